"""Benchmarks: ours beside what people would otherwise use, in one run on one machine. `make bench` runs all of it.

    rows/        one file for each row of the table
    peers/       what we are compared with, each a process of its own, in the best set-up found
    slack        the Slack that all of them talk to: lean, in a process of its own
    workspace    that process, seen from here
    child        a contestant's process
    ground       databases, filled and analyzed
    contest      the rounds, in turns
    figures      medians, percentiles, ratios
    table        goals and Markdown
    heartbeat, profile   a process watched from inside

How it keeps fair:

- Contestants take turns (A B C, B C A, ...). A machine's slow minute then meets everybody, and nobody always goes
  first. The ratio that counts is the median of the ratios of each round, not the ratio of two medians.
- Everybody meets the same Slack, sends the same messages and begins at the same instant.
- A peer gets what makes it fast: one HTTP session, one prepared message, its tables analyzed.
- A throughput is read off at the receiving end, where no contestant can flatter itself.
- Every run checks that the work was done: a round that lost a message or got a wrong answer is an error, not a figure.
"""
