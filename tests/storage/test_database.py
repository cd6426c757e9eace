"""Running work, trouble, and one process to a file."""

import asyncio
import multiprocessing
import os
import signal
import stat
import threading
from datetime import timedelta
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

import pytest
from sqlalchemy import Connection, select, text, update

from bot.services.errors import NotFound, StorageError
from bot.services.ports import NegotiationStore, OutboxStore, PeopleStore
from bot.storage.database import Database
from bot.storage.negotiations import SqlNegotiations
from bot.storage.outbox import SqlOutbox
from bot.storage.people import SqlPeople
from bot.storage.tables import person
from tests.databases import PostgreSQL
from tests.storage.values import ANN, BRIEF, NOW, nudge

on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
SPAWN = multiprocessing.get_context("spawn")


async def test_work_runs_in_threads_of_its_own(database: Database) -> None:
    def name(_: Connection) -> str:
        return threading.current_thread().name

    assert (await database.run(name)).startswith("winwin-")
    assert (await database.read(name)).startswith("winwin-")


async def test_an_exception_rolls_the_transaction_back(database: Database, people: SqlPeople) -> None:
    await people.remember_zone(ANN, "Asia/Tokyo", NOW)

    def change_and_fail(connection: Connection) -> None:
        connection.execute(text("UPDATE person SET zone = 'Europe/Paris'"))
        raise NotFound

    with pytest.raises(NotFound):
        await database.run(change_and_fail)

    assert await people.zone(ANN) == "Asia/Tokyo"


async def test_a_reader_does_not_wait_for_a_writer(database: Database, people: SqlPeople) -> None:
    await people.remember_zone(ANN, "Asia/Tokyo", NOW)
    writing, go_on = threading.Event(), threading.Event()

    def write_slowly(connection: Connection) -> None:
        connection.execute(text("UPDATE person SET zone = 'Europe/Paris'"))
        writing.set()
        assert go_on.wait(timeout=60)

    slow = asyncio.create_task(database.run(write_slowly))
    await asyncio.to_thread(writing.wait, 60)
    seen = await people.zone(ANN)
    go_on.set()
    await slow

    assert seen == "Asia/Tokyo"
    assert await people.zone(ANN) == "Europe/Paris"


async def test_writers_wait_for_each_other(database_url: str, database: Database, people: SqlPeople) -> None:
    """A transaction that reads before it writes, in two processes' stead: neither change is lost."""
    await people.remember_zone(ANN, "0", NOW)
    other = Database.open(database_url)
    read = select(person.c.zone).with_for_update()

    def count_up(connection: Connection) -> None:
        zone = int(connection.scalars(read).one())
        connection.execute(update(person).values(zone=str(zone + 1)))

    await asyncio.gather(*(one.run(count_up) for one in [database, other] * 10))
    await other.close()

    assert await people.zone(ANN) == "20"


async def test_closing_waits_for_what_has_begun(database_url: str) -> None:
    opened = Database.open(database_url)
    await opened.migrate()
    people = SqlPeople(opened)

    saving = asyncio.gather(*(people.remember_zone(ANN, "Asia/Tokyo", NOW) for _ in range(20)))
    await asyncio.sleep(0)
    await opened.close()
    await saving


def test_the_stores_are_what_the_services_ask_for(database: Database) -> None:
    stores: tuple[NegotiationStore, PeopleStore, OutboxStore]
    stores = SqlNegotiations(database), SqlPeople(database), SqlOutbox(database)

    assert len(stores) == 3  # that they fit is for the type checker to say


async def test_every_file_is_for_its_owner_only(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path}/winwin.db")
    database.lock_for_serving()
    await database.migrate()
    modes = modes_in(tmp_path)
    await database.close()

    assert {"winwin.db", "winwin.db-wal", "winwin.db.lock"} <= modes.keys()
    assert set(modes.values()) == {0o600}


def modes_in(folder: Path) -> dict[str, int]:
    return {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}


async def test_a_servers_own_zone_shifts_nothing(postgresql: PostgreSQL) -> None:
    schema = postgresql.fresh()
    database = Database.open(postgresql.url(schema) + "%20-ctimezone%3DAmerica/New_York")
    await database.migrate()
    outbox = SqlOutbox(database)
    night_the_clocks_go_back = [NOW.replace(month=11, hour=5) + n * timedelta(minutes=30) for n in range(4)]
    await outbox.add([nudge(f"{due_at}", due_at) for due_at in night_the_clocks_go_back], NOW)

    assert [one.due_at for one in await outbox.to_send(ANN, "N1")] == night_the_clocks_go_back
    await database.close()
    postgresql.drop(schema)


class TestTrouble:
    """What a person is told when the database cannot be used."""

    async def test_a_server_that_does_not_listen(self) -> None:
        database = Database.open("postgresql://ann:s3cret@127.0.0.1:1/winwin")

        with pytest.raises(StorageError, match=r'PostgreSQL database "winwin" at 127\.0\.0\.1') as refused:
            await database.migrate()
        await database.close()

        assert "refused" in str(refused.value)
        assert "s3cret" not in str(refused.value)
        assert "\n" not in str(refused.value)

    async def test_a_host_that_does_not_exist(self) -> None:
        database = Database.open("postgresql://ann:s3cret@no-such-host.invalid/winwin")

        with pytest.raises(StorageError, match=r"no-such-host\.invalid") as refused:
            await database.migrate()
        await database.close()

        assert "s3cret" not in str(refused.value)

    async def test_a_database_that_does_not_exist(self, postgresql: PostgreSQL) -> None:
        database = Database.open(postgresql.uri.replace("/postgres?", "/nowhere?"))

        with pytest.raises(StorageError, match='database "nowhere" does not exist'):
            await database.migrate()
        await database.close()

    async def test_a_file_that_is_no_database(self, tmp_path: Path) -> None:
        (tmp_path / "letter.db").write_text("Dear Dana, " * 100)
        database = Database.open(f"sqlite:///{tmp_path}/letter.db")

        with pytest.raises(StorageError, match=r"letter\.db: file is not a database"):
            await database.migrate()
        await database.close()

    @on_postgresql
    async def test_a_connection_cut_by_the_server_is_made_anew(self, postgresql: PostgreSQL, people: SqlPeople) -> None:
        await people.remember_zone(ANN, "Asia/Tokyo", NOW)
        others = "backend_type = 'client backend' AND pid <> pg_backend_pid()"
        postgresql.execute(f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE {others}")

        assert await people.zone(ANN) == "Asia/Tokyo"

    @on_postgresql
    async def test_a_connection_cut_within_work_is_told(self, database: Database) -> None:
        cut = text("SELECT pg_terminate_backend(pg_backend_pid())")

        with pytest.raises(StorageError, match="terminating connection"):
            await database.run(lambda connection: connection.execute(cut))

        assert await database.read(lambda connection: connection.scalar(text("SELECT 1"))) == 1

    async def test_what_was_written_is_in_no_message(self, database: Database) -> None:
        wrong = text("INSERT INTO nowhere VALUES (:words)")

        with pytest.raises(Exception, match="nowhere") as failed:
            await database.run(lambda connection: connection.execute(wrong, {"words": "my walk-away"}))

        assert "walk-away" not in str(failed.value)


class TestServing:
    """`run` and `sandbox` take a SQLite file for themselves; PostgreSQL serves many."""

    async def test_a_second_one_is_refused(self, database_url: str, database: Database) -> None:
        database.lock_for_serving()
        second = Database.open(database_url)

        if database_url.startswith("sqlite"):
            with pytest.raises(StorageError, match=r"Another Win-Win is already using .*winwin\.db"):
                second.lock_for_serving()
        else:
            second.lock_for_serving()
        await second.close()

    async def test_closing_gives_the_file_up(self, database_url: str) -> None:
        for _ in range(2):
            database = Database.open(database_url)
            database.lock_for_serving()
            await database.close()

    async def test_tools_work_beside_it(self, database_url: str, database: Database, people: SqlPeople) -> None:
        database.lock_for_serving()
        tool = Database.open(database_url)
        await tool.migrate()
        await SqlPeople(tool).remember_zone(ANN, "Asia/Tokyo", NOW)
        await tool.close()

        assert await people.zone(ANN) == "Asia/Tokyo"


async def test_a_killed_process_loses_nothing_and_frees_its_file(database_url: str) -> None:
    saved = SPAWN.Value("i", 0)
    process = SPAWN.Process(target=save_until_killed, args=(database_url, saved))
    process.start()
    await asyncio.to_thread(process.join, 60)
    assert process.exitcode == -signal.SIGKILL

    database = Database.open(database_url)
    database.lock_for_serving()
    revision = (await SqlNegotiations(database).newest(ANN, "N1")).revision
    await database.close()
    assert revision == saved.value == 20


def save_until_killed(url: str, saved: "Synchronized[int]") -> None:
    """Serves, saves twenty drafts, and dies the moment the last one is said to be saved."""
    asyncio.run(_save_until_killed(url, saved))


async def _save_until_killed(url: str, saved: "Synchronized[int]") -> None:
    database = Database.open(url)
    database.lock_for_serving()
    await database.migrate()
    negotiations = SqlNegotiations(database)
    for _ in range(20):
        saved.value = (await negotiations.save_draft(ANN, "N1", BRIEF, NOW)).negotiation.revision
    os.kill(os.getpid(), signal.SIGKILL)
