"""Everything SQL: SQLite (one file) or PostgreSQL, one store per aggregate returning the services' values.

    database      runs the stores' plain work in threads of its own, migrates, locks
    connections   one for each thread; syncing: SQLite's commits to the disk
    engines       an address (DATABASE_URL) -> an SQLAlchemy engine
    tables        the tables, with the types of `columns`; rows: how the values lie in them; owned: whose they are
    negotiations  NegotiationStore, with revisions, drafts, dismissals; scripts: the messages that stand in Slack
    people        PeopleStore
    outbox        OutboxStore; claims: the statement that holds across processes; endings: how a claim ends
    reads         what several of them read; listed: many values as one parameter; gathering: many calls, one statement
    migrations    the steps from one schema to the next

The stores' public methods are documented in `bot.services.ports`.
"""
