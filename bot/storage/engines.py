"""From an address (DATABASE_URL) to an SQLAlchemy engine. Nothing is connected here; a SQLite file is made."""

import os
import select
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from bot.services.errors import StorageError

POSTGRESQL_THREADS = 10
# A transaction that reads first and writes later could not wait for another writer; this one waits when it begins.
_BEGIN_SQLITE = "BEGIN IMMEDIATE"
# A claim must see what was committed while it waited for its turn, whatever the server's default is.
_BEGIN_POSTGRESQL = "BEGIN ISOLATION LEVEL READ COMMITTED"
# What a process holds that was stopped in mid-transaction comes free, and what it meant to do is undone.
_HOLDS_AT_MOST = "5s"
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
class Source:
    """Where connections come from. Each of their statements commits by itself, unless `begin` came before it: on
    PostgreSQL one round trip instead of three.

    Attributes:
        begin: the statement that begins a transaction, for several statements that hold together.
        is_cut: whether a connection at rest is known to be of no more use.
        words: the database's name for a person, without a password.
        file: the SQLite file, None on PostgreSQL.
    """

    engine: Engine
    begin: str
    is_cut: Callable[[Connection], bool]
    words: str
    file: Path | None = None


def open_source(url: str) -> Source:
    """Connections to `sqlite:///path` (the path as typed, relative to the working directory or absolute),
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


def _postgresql(url: URL) -> Source:
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        hide_parameters=True,
        connect_args={key: value for key, value in _CONNECT.items() if key not in url.query},
    )
    event.listen(engine, "connect", _prepare_postgresql)
    words = (
        f'the PostgreSQL database "{url.database or url.username}" at {url.host or url.query.get("host", "this host")}'
    )
    return Source(engine, _BEGIN_POSTGRESQL, _has_something_to_say, words)


def _sqlite(path: str) -> Source:
    if not path or path.startswith(":memory:"):
        raise StorageError("DATABASE_URL names no file. Write sqlite:///path/file.db.")
    file = Path(path).absolute()
    _make_private(file)
    engine = create_engine(
        URL.create("sqlite", database=str(file)), poolclass=NullPool, hide_parameters=True, connect_args={"timeout": 10}
    )
    event.listen(engine, "connect", _prepare_sqlite)
    return Source(engine, _BEGIN_SQLITE, lambda _: False, f"the database file {file}", file)


def _has_something_to_say(connection: Connection) -> bool:
    """A server speaks to a connection at rest when it closes it, and a network that lost one says so here too
    (see the keepalives). Looking costs nothing, where a question would cost a round trip before each statement."""
    driver = connection.connection
    if driver.closed:
        return True
    look = select.poll()
    look.register(driver, select.POLLIN)
    return bool(look.poll(0))


def _make_private(file: Path) -> None:
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise StorageError(
            f"The database file {file} cannot be used: {error.strerror}. "
            "Name a place that can be written with WINWIN_DATA_DIR or DATABASE_URL."
        ) from error


def _prepare_postgresql(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    with closing(connection.cursor()) as cursor:
        cursor.execute(f"SET idle_in_transaction_session_timeout = '{_HOLDS_AT_MOST}'")


def _prepare_sqlite(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    """With WAL, NORMAL keeps everything committed through a kill of the process; a power cut never harms the file, and
    takes back the last moments (see `syncing`). FULL would sync the disk at each commit."""
    connection.isolation_level = None  # sqlite3 begins nothing by itself: we say when, and how
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
