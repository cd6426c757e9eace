"""Chaos: real processes on a real database against the sandbox, with faults on, and a judge afterwards.

    plan      what one seed does: the only place with a Random
    fleet     the bot's processes: kill, stop, continue, roll
    stores    the databases: a server that can be restarted, and a file
    weather   the Slack side: how each call goes wrong
    crowd     people who prepare, edit, cancel, take back
    run       one seed from start to record
    record    what stands in the database and in Slack afterwards
    judge     pure: what must hold

`python -m tests.chaos --seeds 100` runs it; the ordinary tests do not. The processes are `python -m bot run` with
its real constants: a lease of 30 s and a minute after silence, so most seeds take half a minute and some two.
Only a long downtime is told in another way: while all processes are dead, every planned instant in the database
moves into the past by as much.
"""
