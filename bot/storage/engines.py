"""From an address (DATABASE_URL) to SQLAlchemy engines. Nothing is connected here; a SQLite file is made."""

import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from bot.services.errors import StorageError

POSTGRESQL_THREADS = 10
_SQLITE = "sqlite:///"
_EXAMPLES = "Write sqlite:///path/file.db or postgresql://user@host/name."
_CONNECT: dict[str, str | int] = {
    "client_encoding": "utf8",
    # Seconds (the last: milliseconds): a silent network is an error soon, not a thread lost for hours.
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}


@dataclass(frozen=True, slots=True)
class Engines:
    """One pool of connections, used in two ways.

    Attributes:
        transaction: several statements that hold together; on SQLite it takes the write lock at once.
        statement: one statement, which commits by itself: on PostgreSQL one round trip instead of three.
        words: the database's name for a person, without a password.
        file: the SQLite file, None on PostgreSQL.
    """

    transaction: Engine
    statement: Engine
    words: str
    file: Path | None = None


def open_engines(url: str) -> Engines:
    """Engines for `sqlite:///path` (the path as typed, relative to the working directory or absolute),
    `postgresql://...` or `postgres://...`. Raises StorageError where the address or the file cannot be used."""
    if url.startswith(_SQLITE):
        return _sqlite(url.removeprefix(_SQLITE))
    return _postgresql(_parsed(url))


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # their words may quote the password
        raise StorageError(f"DATABASE_URL is not a database's address. {_EXAMPLES}") from None
    if parsed.drivername not in ("postgresql", "postgres"):
        raise StorageError(f"DATABASE_URL names no database that Win-Win knows. {_EXAMPLES}")
    if "@" in (parsed.host or ""):
        raise StorageError("DATABASE_URL holds more than one @. In a password, write %40 for it.")
    return parsed


def _postgresql(url: URL) -> Engines:
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_size=POSTGRESQL_THREADS,
        max_overflow=0,
        pool_pre_ping=True,
        isolation_level="READ COMMITTED",  # a claim must see what was committed while it waited for its turn
        hide_parameters=True,
        connect_args={key: value for key, value in _CONNECT.items() if key not in url.query},
    )
    words = (
        f'the PostgreSQL database "{url.database or url.username}" at {url.host or url.query.get("host", "this host")}'
    )
    return Engines(engine, engine.execution_options(isolation_level="AUTOCOMMIT"), words)


def _sqlite(path: str) -> Engines:
    if not path or path.startswith(":memory:"):
        raise StorageError("DATABASE_URL names no file. Write sqlite:///path/file.db.")
    file = Path(path).absolute()
    _make_private(file)
    engine = create_engine(URL.create("sqlite", database=str(file)), hide_parameters=True, connect_args={"timeout": 10})
    event.listen(engine, "connect", _prepare_sqlite)
    transaction = engine.execution_options()
    event.listen(transaction, "begin", _begin_immediate)
    return Engines(transaction, engine, f"the database file {file}", file)


def _make_private(file: Path) -> None:
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise StorageError(
            f"The database file {file} cannot be used: {error.strerror}. "
            "Name a place that can be written with WINWIN_DATA_DIR or DATABASE_URL."
        ) from error


def _prepare_sqlite(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    """With WAL, NORMAL keeps everything committed through a kill of the process; only a power cut may
    take back the last moments, and never harms the file. FULL would sync the disk at each commit."""
    connection.isolation_level = None  # sqlite3 begins nothing by itself: we say when, and how
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_immediate(connection: Connection) -> None:
    """A transaction that reads first and writes later could not wait for another writer; this one waits here."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
