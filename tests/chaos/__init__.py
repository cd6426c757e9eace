"""Chaos: real processes on a real database against the sandbox, with faults on, and a judge afterwards.

    plan      what one seed does: with `short`, the only place with a Random
    short     the three storms of the short form
    fleet     the bot's processes: kill, stop, continue, roll
    stores    the databases: a server that can be restarted, and a file
    stage     the sandbox, which knows each replica by its address
    weather   the Slack side: how each call goes wrong
    crowd     people who prepare, edit, cancel, take back
    run       one seed from start to record
    traces    reads the record out of the database, the calls and Slack
    record    what stands afterwards, as plain values
    judge     pure: what must hold; asks
      nudges    which nudge a message is, and which stands for another
      doubt     whether the bot could know what became of a message
      fates     whether what was dropped was dropped rightly
    story     what happened to one negotiation, for whoever looks into a violation

`python -m tests.chaos --seeds 100` runs it; the ordinary tests do not. The processes are `python -m bot run` with
its real constants: a lease of 30 s and a minute after silence, so most seeds take half a minute and some two.
Only a long downtime is told in another way: while all processes are dead, every planned instant in the database
moves into the past by as much.
"""
