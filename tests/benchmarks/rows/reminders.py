"""Adding, moving and cancelling one reminder: our rows, APScheduler's jobs in a store, and the least that a database
takes for one row."""

import asyncio
import json
import secrets
import sqlite3
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count as counting
from operator import itemgetter
from pathlib import Path
from typing import Any

import psycopg
import uvloop
from apscheduler.schedulers.base import BaseScheduler
from sqlalchemy import Connection, Engine, create_engine

from bot.services.deliveries import NewDelivery
from bot.storage import outbox
from bot.storage.database import Database
from tests.benchmarks.contest import in_turns
from tests.benchmarks.ground import fill_nudges, migrated, negotiation_id, nudge, someone
from tests.benchmarks.peers.apscheduler_jobs import scheduler_on
from tests.benchmarks.peers.posting import REMIND
from tests.benchmarks.peers.sqlite import sqlite_engine
from tests.benchmarks.readymade import nudges
from tests.benchmarks.table import Goal, Section, compared, rounds_of

OURS, AS_IT_COMES, SET_ALIKE = "ours", "APScheduler", "APScheduler, its file set as ours"
LEAST = "one bare INSERT by the driver"
ADD, MOVE, CANCEL = "add", "move", "cancel"
AT_ONCE = 10
CROWD = f"add, {AT_ONCE} people at once"
Costs = dict[str, float]
"""Microseconds of each operation, by its name."""


GOALS = {"SQLite": Goal(1 / 4), "PostgreSQL": Goal(1 / 2.5)}


async def section(folder: Path, name: str, url: str, count: int, rounds: int) -> Section:
    await fill_nudges(url, datetime.now(UTC) + timedelta(days=3), range(count))
    database = await migrated(url)
    schedulers = {other: scheduler_on(engine) for other, engine in engines(folder, url).items()}
    for scheduler in schedulers.values():
        scheduler.start(paused=True)
    numbers = range(count)
    turns = counting()

    async def our_turn() -> Costs:  # on the loop that the bot serves on
        return await asyncio.to_thread(uvloop.run, ours(database, numbers, next(turns)))

    sides: dict[str, Callable[[], Awaitable[Costs]]] = {OURS: our_turn}
    for other, scheduler in schedulers.items():
        sides[other] = partial(apscheduler, scheduler, numbers)
    with driver(folder, url) as (connection, insert):
        sides[LEAST] = partial(least, connection, insert, numbers)
        costs = await in_turns(sides, rounds)
    await database.close()
    goals = {(act, AS_IT_COMES): GOALS[name] for act in (ADD, CROWD)}
    lines = [
        compared(act, f"{other}: ", costs[OURS], costs[other], itemgetter(act), "{:,.0f} us", goals.get((act, other)))
        for act in (ADD, CROWD, MOVE, CANCEL)
        for other in schedulers
    ]
    lines.insert(len(schedulers), compared(ADD, f"{LEAST}: ", costs[OURS], costs[LEAST], itemgetter(ADD), "{:,.0f} us"))
    return Section(f"One reminder, {name} ({rounds_of(rounds)} of {count})", lines)


def engines(folder: Path, url: str) -> dict[str, Engine]:
    """For the peer: the same kind of database, as it comes and, where that differs, set as ours is."""
    if url.startswith("postgresql"):
        return {AS_IT_COMES: create_engine(url.replace("postgresql", "postgresql+psycopg", 1))}
    return {
        AS_IT_COMES: create_engine(f"sqlite:///{folder}/jobs-as-it-comes.db"),
        SET_ALIKE: sqlite_engine(f"{folder}/jobs-set-alike.db"),
    }


@contextmanager
def driver(folder: Path, url: str) -> Iterator[tuple[Any, str]]:
    """A connection without SQLAlchemy, set as ours is, and a statement that adds a row of three columns to a table
    with one index."""
    if url.startswith("postgresql"):
        opened: Any = psycopg.connect(url, autocommit=True)
    else:
        opened = sqlite3.connect(folder / "bare.db", isolation_level=None)
        opened.execute("PRAGMA journal_mode = WAL")
        opened.execute("PRAGMA synchronous = NORMAL")
    with closing(opened):
        opened.execute("CREATE TABLE bare (id TEXT PRIMARY KEY, due_at TEXT, message TEXT)")
        mark = "%s" if url.startswith("postgresql") else "?"
        yield opened, f"INSERT INTO bare VALUES ({mark}, {mark}, {mark})"


async def least(connection: Any, insert: str, numbers: range) -> Costs:
    later, words = str(datetime.now(UTC) + timedelta(days=1)), json.dumps(nudges(1)[0][1])
    return {ADD: _every(numbers, lambda _: connection.execute(insert, (secrets.token_hex(12), later, words)))}


async def ours(database: Database, numbers: range, turn: int) -> Costs:
    """The statements that a confirmed, a moved and a cancelled meeting come down to, each in its transaction."""
    now = datetime.now(UTC)
    later, latest = now + timedelta(days=1), now + timedelta(days=2)
    store = outbox.SqlOutbox(database)

    async def move(number: int) -> None:
        await database.run(partial(_move, new=nudge(number, latest, f"moved {turn}"), now=now))

    async def add(number: int, key: str) -> None:
        await store.add([nudge(number, later, f"{key} {turn}")], now)

    async def cancel(number: int) -> None:
        owner, id_ = someone(number), negotiation_id(number)
        await database.run(lambda connection: outbox.drop_nudges(connection, owner, id_, "cancelled", now))

    crowd = await _each(numbers, lambda number: add(number, "crowd"), AT_ONCE)
    await _each(numbers, cancel)
    return {
        CROWD: crowd,
        ADD: await _each(numbers, lambda number: add(number, "alone")),
        MOVE: await _each(numbers, move),
        CANCEL: await _each(numbers, cancel),
    }


def _move(connection: Connection, new: NewDelivery, now: datetime) -> None:
    outbox.drop_nudges(connection, new.owner, new.negotiation_id, "replanned", now)
    outbox.add(connection, [new], now)


async def _each(numbers: range, act: Callable[[int], Awaitable[object]], at_once: int = 1) -> float:
    left = iter(numbers)

    async def one_after_another() -> None:
        for number in left:
            await act(number)

    begun = time.perf_counter()
    await asyncio.gather(*(one_after_another() for _ in range(at_once)))
    return (time.perf_counter() - begun) / len(numbers) * 1e6


async def apscheduler(scheduler: BaseScheduler, numbers: range) -> Costs:
    """The scheduler stands still, so that its look for the next job is not counted; ours is not either. It adds one
    job after another, whoever asks, and everybody waits meanwhile."""
    later = datetime.now(UTC) + timedelta(days=1)
    latest = later + timedelta(days=1)
    words = nudges(1)[0][1]

    def add(number: int) -> None:
        args = [someone(number).user, words]
        scheduler.add_job(REMIND, "date", run_date=later, args=args, id=negotiation_id(number))

    def move(number: int) -> None:
        scheduler.reschedule_job(negotiation_id(number), None, "date", run_date=latest)

    added = _every(numbers, add)
    return {
        ADD: added,
        CROWD: added,
        MOVE: _every(numbers, move),
        CANCEL: _every(numbers, lambda number: scheduler.remove_job(negotiation_id(number))),
    }


def _every(numbers: range, act: Callable[[int], object]) -> float:
    begun = time.perf_counter()
    for number in numbers:
        act(number)
    return (time.perf_counter() - begun) / len(numbers) * 1e6
