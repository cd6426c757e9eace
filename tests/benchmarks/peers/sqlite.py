"""A SQLite file for a peer, set as ours is: WAL, and no sync at each commit."""

import sqlite3

from sqlalchemy import Engine, create_engine, event


def sqlite_engine(file: str) -> Engine:
    engine = create_engine(f"sqlite:///{file}")
    event.listen(engine, "connect", _fast)
    return engine


def _fast(connection: sqlite3.Connection, _: object) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
