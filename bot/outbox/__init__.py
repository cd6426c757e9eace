"""The engine that sends what the bot says by itself: at least once, in practice once, on time.

    alarm     APScheduler as a clock: rings when a row is due
    drain     the one task that claims what is due
    foresight what is due soon is composed while it is quiet
    carrier   one delivery from its claim to its outcome
    pace      Slack's limits: lanes, holds, turns
    policy    what to do after an error

The row in the store is the truth. A process may die at any line: what it had claimed becomes due again when its
lease runs out, and comes back as uncertain.
"""
