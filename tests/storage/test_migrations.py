"""The steps lead to the tables that the stores use, from wherever a database stands."""

import asyncio
import multiprocessing
import re
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from bot.services.errors import StorageError
from bot.storage import migrations
from bot.storage.database import Database
from bot.storage.people import SqlPeople
from bot.storage.tables import declare_partial_indexes, delivery, metadata
from tests.databases import PostgreSQL
from tests.storage.values import ANN, NOW

_SQLITE_SCHEMA = "SELECT name, sql FROM sqlite_master WHERE tbl_name <> 'alembic_version'"
_POSTGRESQL_SCHEMA = """
    SELECT table_name || '.' || column_name,
           ordinal_position || data_type || is_nullable || coalesce(column_default, '')
    FROM information_schema.columns
    WHERE table_schema = current_schema AND table_name <> 'alembic_version'
    UNION ALL
    SELECT indexname, indexdef FROM pg_indexes
    WHERE schemaname = current_schema AND tablename <> 'alembic_version'
    UNION ALL
    SELECT conname, conrelid::regclass || pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = current_schema::regnamespace AND conrelid::regclass::text <> 'alembic_version'
"""


def schema(connection: Connection) -> dict[str, str]:
    """Every column, index and constraint with its definition, whatever the schema is called."""
    dialect = connection.dialect.name
    rows = connection.execute(text(_SQLITE_SCHEMA if dialect == "sqlite" else _POSTGRESQL_SCHEMA)).all()
    return {name: re.sub(r"\s+|test_\d+\.", " ", definition or "") for name, definition in rows}


def make_afresh(connection: Connection) -> None:
    if "delivery_wake" not in {index.name for index in delivery.indexes}:
        declare_partial_indexes()
    metadata.drop_all(connection)
    metadata.create_all(connection)


async def test_the_steps_lead_to_the_tables(database: Database) -> None:
    migrated = await database.read(schema)
    await database.run(make_afresh)

    assert migrated == await database.read(schema)
    assert {"delivery_wake", "delivery_lane", "delivery_negotiation"} <= migrated.keys()


async def test_again_changes_nothing(database: Database) -> None:
    before = await database.read(schema)
    await database.migrate()

    assert await database.read(schema) == before


def test_head_is_the_newest_step() -> None:
    folder = Path(migrations.__file__).parent

    assert ScriptDirectory(folder).get_current_head() == migrations.HEAD


async def test_a_database_of_a_newer_version_is_refused(database: Database) -> None:
    newer = text("UPDATE alembic_version SET version_num = '9999'")
    await database.run(lambda connection: connection.execute(newer))

    with pytest.raises(StorageError, match="newer Win-Win"):
        await database.migrate()


async def test_a_step_that_fails_leaves_nothing_behind(database_url: str) -> None:
    database = Database.open(database_url)
    in_the_way = text("CREATE TABLE post (id INTEGER)")
    await database.run(lambda connection: connection.execute(in_the_way))

    with pytest.raises(StorageError, match="already exists"):
        await database.migrate()

    assert not any(name.startswith("negotiation") for name in await database.read(schema))
    await database.close()


async def test_threads_that_start_together(database_url: str) -> None:
    databases = [Database.open(database_url) for _ in range(3)]
    await asyncio.gather(*(database.migrate() for database in databases))

    assert await databases[0].read(migrations.is_current)
    for database in databases:
        await database.close()


def test_processes_that_start_together(database_url: str) -> None:
    with ProcessPoolExecutor(3, mp_context=multiprocessing.get_context("spawn")) as processes:
        assert list(processes.map(migrate_in_a_process, [database_url] * 6)) == [True] * 6


def migrate_in_a_process(url: str) -> bool:
    """Whether the schema is current after this process migrated it."""
    return asyncio.run(_migrate(url))


async def _migrate(url: str) -> bool:
    database = Database.open(url)
    await database.migrate()
    current = await database.read(migrations.is_current)
    await database.close()
    return current


def test_a_start_with_nothing_to_do_leaves_alembic_alone(database_url: str) -> None:
    asyncio.run(_migrate(database_url))
    program = (
        "import asyncio, sys\n"
        "from tests.storage.test_migrations import _migrate\n"
        "for name in [name for name in sys.modules if name.startswith('alembic')]: del sys.modules[name]\n"
        "assert asyncio.run(_migrate(sys.argv[1]))\n"
        "assert not any(name.startswith('alembic') for name in sys.modules)"
    )

    subprocess.run([sys.executable, "-c", program, database_url], check=True, timeout=60)


async def test_sqlite_keeps_a_write_ahead_log(database: Database, database_url: str) -> None:
    if database_url.startswith("sqlite"):
        mode = await database.read(lambda connection: connection.scalar(text("PRAGMA journal_mode")))
        assert mode == "wal"


async def test_a_migrated_schema_elsewhere_is_not_ours(postgresql: PostgreSQL) -> None:
    first, second = postgresql.fresh(), postgresql.fresh()
    assert await _migrate(postgresql.url(first))

    database = Database.open(postgresql.url(second))
    assert not await database.read(migrations.is_current)
    await database.close()
    postgresql.drop(first)
    postgresql.drop(second)


@pytest.mark.parametrize(("encoding", "refused"), [("LATIN1", True), ("SQL_ASCII", False), ("UTF8", False)])
async def test_a_database_must_hold_every_script(postgresql: PostgreSQL, encoding: str, refused: bool) -> None:
    made = f"CREATE DATABASE {{}} ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
    postgresql.execute(made, encoding)
    database = Database.open(postgresql.uri.replace("/postgres?", f"/{encoding}?"))

    if refused:
        with pytest.raises(StorageError, match="keeps text as LATIN1"):
            await database.migrate()
    else:
        await database.migrate()
        await SqlPeople(database).remember_zone(ANN, "\U0001f91d 漢", NOW)
        assert await SqlPeople(database).zone(ANN) == "\U0001f91d 漢"
    await database.close()
    postgresql.execute("DROP DATABASE {}", encoding)
