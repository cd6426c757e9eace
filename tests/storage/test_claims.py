"""Claims on both databases, against a plain reference, and raced by several connections and processes."""

import asyncio
import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, delete, event, update

from bot.services.deliveries import Delivery, Together
from bot.services.ports import Busy
from bot.storage.database import Database
from bot.storage.outbox import SqlOutbox
from bot.storage.tables import delivery
from tests.storage.values import ANN, ANN_ELSEWHERE, MINUTE, NOW, SECOND, nudge

LEASE = timedelta(seconds=30)


def keys(deliveries: Sequence[Delivery]) -> list[str]:
    return [one.key for one in deliveries]


async def test_what_is_due_comes_soonest_first(outbox: SqlOutbox) -> None:
    await outbox.add([nudge("C", NOW), nudge("A", NOW - MINUTE), nudge("later", NOW + SECOND), nudge("B", NOW)], NOW)

    assert keys(await outbox.claim(NOW, 10, LEASE)) == ["A", "C", "B"]


async def test_no_more_than_asked_for(outbox: SqlOutbox) -> None:
    await outbox.add([nudge(f"{number}", NOW - number * SECOND) for number in range(5)], NOW)

    assert keys(await outbox.claim(NOW, 2, LEASE)) == ["4", "3"]
    assert keys(await outbox.claim(NOW, 2, LEASE)) == ["2", "1"]
    assert keys(await outbox.claim(NOW, 2, LEASE)) == ["0"]


async def test_one_a_lane_until_it_is_marked(outbox: SqlOutbox) -> None:
    await outbox.add([nudge("first", lane="C1"), nudge("second", lane="C1"), nudge("other", lane="C2")], NOW)
    taken = await outbox.claim(NOW, 10, LEASE)
    assert keys(taken) == ["first", "other"]
    assert await outbox.claim(NOW, 10, LEASE) == []

    await outbox.sent(taken[0], NOW)

    assert keys(await outbox.claim(NOW, 10, LEASE)) == ["second"]


@pytest.mark.parametrize("newer", [{"kind": "poll"}, {"rung": 7}])
async def test_what_only_a_newer_process_can_read_is_left_to_it(outbox: SqlOutbox, newer: dict[str, Any]) -> None:
    await outbox.add([nudge("new", NOW - SECOND, lane="C1"), nudge("old", lane="C1")], NOW)
    written = update(delivery).where(delivery.c.key == "new").values(newer)
    await outbox.database.run_one(lambda connection: connection.execute(written))

    assert keys(await outbox.to_send(ANN, "N1")) == ["old"]
    assert keys(await outbox.coming((NOW - MINUTE, 0), NOW, 10)) == ["old"]
    assert await outbox.next_due() == NOW
    assert keys(await outbox.claim(NOW, 10, LEASE, together=Together(MINUTE, 3))) == ["old"]


async def test_busy_lanes_wait(outbox: SqlOutbox) -> None:
    await outbox.add([nudge("A", lane="C1"), nudge("B", lane="C2"), nudge("C", lane="C3")], NOW)

    assert keys(await outbox.claim(NOW, 10, LEASE, Busy(lanes=["C1", "C3"]))) == ["B"]


async def test_busy_installations_wait_and_hold_nobody_up(outbox: SqlOutbox) -> None:
    shared = [nudge("first", NOW - MINUTE, lane="C1"), nudge("second", lane="C1", owner=ANN_ELSEWHERE)]
    await outbox.add([*shared, nudge("other", owner=ANN_ELSEWHERE), nudge("more")], NOW)

    assert keys(await outbox.claim(NOW, 10, LEASE, Busy(installations=["T1"]))) == ["second", "other"]
    assert keys(await outbox.claim(NOW, 10, LEASE)) == ["more"]


async def test_a_lease_that_ran_out_comes_again_and_is_uncertain(outbox: SqlOutbox) -> None:
    await outbox.add([nudge("A")], NOW)
    (lost,) = await outbox.claim(NOW, 10, LEASE)

    assert await outbox.claim(NOW + LEASE - SECOND, 10, LEASE) == []
    (again,) = await outbox.claim(NOW + LEASE, 10, LEASE)

    assert (again.attempts, again.uncertain, again.due_at) == (2, True, NOW)
    assert again.claim != lost.claim


async def test_a_doubt_stays_and_tells_when_the_newest_doubtful_try_began(outbox: SqlOutbox) -> None:
    await outbox.add([nudge("A")], NOW)
    (first,) = await outbox.claim(NOW, 10, LEASE)
    await outbox.again(first, NOW, "timeout", uncertain=True)

    (second,) = await outbox.claim(NOW + SECOND, 10, LEASE)
    await outbox.again(second, NOW, "ratelimited", uncertain=False)
    (third,) = await outbox.claim(NOW + 2 * SECOND, 10, LEASE)
    (after_a_death,) = await outbox.claim(NOW + 2 * SECOND + LEASE, 10, LEASE)

    since = [one.uncertain_at for one in (first, second, third, after_a_death)]
    assert since == [None, NOW, NOW, NOW + 2 * SECOND]


async def test_a_doubt_counts_from_the_latest_moment_at_which_its_try_can_have_begun(outbox: SqlOutbox) -> None:
    await outbox.add([nudge("A")], NOW)
    await outbox.claim(NOW, 10, LEASE, begins_within=18 * SECOND)

    (again,) = await outbox.claim(NOW + LEASE, 10, LEASE)

    assert again.uncertain_at == NOW + 18 * SECOND


@dataclass
class Row:
    """A row of the reference outbox."""

    key: str
    lane: str
    wake_at: datetime
    claimed: bool = False


@dataclass
class Reference:
    """What `claim` promises, said plainly. A lane's rows wait behind its soonest."""

    rows: list[Row] = field(default_factory=list)

    def claim(self, now: datetime, limit: int, busy: Sequence[str]) -> list[str]:
        held = {row.lane for row in self.rows if row.claimed and row.wake_at > now}
        due = sorted((row for row in self.rows if row.wake_at <= now), key=lambda row: row.wake_at)
        heads: dict[str, Row] = {}
        for row in due:
            heads.setdefault(row.lane, row)
        chosen = [row for row in heads.values() if row.lane not in held and row.lane not in busy][:limit]
        for row in chosen:
            row.claimed, row.wake_at = True, now + LEASE
        return [row.key for row in chosen]

    def take(self, key: str) -> Row:
        row = next(row for row in self.rows if row.key == key)
        self.rows.remove(row)
        return row


lanes = st.sampled_from(["C1", "C2", "U1"])
steps = st.one_of(
    st.tuples(st.just("add"), lanes, st.integers(-40, 90)),
    st.tuples(st.just("claim"), st.integers(1, 3), st.sets(lanes, max_size=1)),
    st.tuples(st.just("sent"), st.integers(0, 5), st.none()),
    st.tuples(st.just("again"), st.integers(0, 5), st.integers(0, 40)),
    st.tuples(st.just("wait"), st.integers(1, 40), st.none()),
)
one_database = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


class Walk:
    """Takes the same steps in the outbox and in the reference, and compares them after each."""

    def __init__(self, outbox: SqlOutbox) -> None:
        self.outbox, self.reference = outbox, Reference()
        self.now, self.held, self.numbers = NOW, dict[str, Delivery](), count()

    async def add(self, lane: str, seconds: int) -> None:
        key, due_at = f"K{next(self.numbers)}", self.now + seconds * SECOND
        await self.outbox.add([nudge(key, due_at, lane=lane)], self.now)
        self.reference.rows.append(Row(key, lane, due_at))

    async def claim(self, limit: int, busy: set[str]) -> None:
        taken = await self.outbox.claim(self.now, limit, LEASE, Busy(lanes=sorted(busy)))
        assert sorted(keys(taken)) == sorted(self.reference.claim(self.now, limit, sorted(busy)))
        self.held |= {one.key: one for one in taken}

    async def sent(self, which: int, _: None) -> None:
        if one := self._pick(which):
            assert await self.outbox.sent(one, self.now)
            self.reference.take(one.key)

    async def again(self, which: int, seconds: int) -> None:
        if one := self._pick(which):
            assert await self.outbox.again(one, self.now + seconds * SECOND, "code", uncertain=False)
            row = next(row for row in self.reference.rows if row.key == one.key)
            row.claimed, row.wake_at = False, self.now + seconds * SECOND

    async def wait(self, seconds: int, _: None) -> None:
        self.now += seconds * SECOND

    async def agree(self) -> None:
        wakes = [row.wake_at for row in self.reference.rows]
        assert await self.outbox.next_due() == min(wakes, default=None)

    def _pick(self, which: int) -> Delivery | None:
        return self.held.pop(sorted(self.held)[which]) if which < len(self.held) else None


@one_database
@given(st.lists(steps, max_size=25))
async def test_any_sequence_of_steps_agrees_with_the_reference(
    database: Database, outbox: SqlOutbox, taken: list[tuple[str, object, object]]
) -> None:
    await database.run(lambda connection: connection.execute(delete(delivery)))
    walk = Walk(outbox)
    for step, first, second in taken:
        await getattr(walk, step)(first, second)
        await walk.agree()


async def test_connections_that_race_never_share_a_row_or_a_lane(database_url: str, outbox: SqlOutbox) -> None:
    rows = [nudge(f"{lane}/{number}", lane=f"{lane}") for lane in range(20) for number in range(3)]
    await outbox.add(rows, NOW)

    async with AsyncExitStack() as stack:
        racers = [Database.open(database_url) for _ in range(4)]
        for racer in racers:
            stack.push_async_callback(racer.close)
        claims = [SqlOutbox(racer).claim(NOW, 3, LEASE) for racer in racers for _ in range(10)]
        taken = [one for claimed in await asyncio.gather(*claims) for one in claimed]

    assert len(taken) == 20
    assert len({one.lane for one in taken}) == 20


async def test_processes_that_drain_together_send_each_row_once(database_url: str, outbox: SqlOutbox) -> None:
    everything = [nudge(f"{number}", lane=f"{number % 25}") for number in range(150)]
    await outbox.add(everything, NOW)

    with ProcessPoolExecutor(3, mp_context=multiprocessing.get_context("spawn")) as processes:
        drained = list(processes.map(drain_in_a_process, [database_url] * 3))

    sent = [key for keys_of_one in drained for key in keys_of_one]
    assert sorted(sent) == sorted(one.key for one in everything)
    assert await outbox.next_due() is None


async def test_claims_and_marks_read_only_what_they_take(outbox: SqlOutbox, database: Database) -> None:
    """Before anything was analyzed, too: every table by an index, and no sorting of all that is due."""
    asked: list[tuple[str, Any]] = []

    def note(_: object, __: object, statement: str, parameters: Any, *___: object) -> None:
        asked.append((statement, parameters))

    await outbox.add([nudge(f"{number}") for number in range(2_000)], NOW)
    event.listen(Engine, "before_cursor_execute", note)
    rows = await outbox.claim(NOW, 20, LEASE, together=Together(timedelta(minutes=5), 5))
    await asyncio.gather(*(outbox.sent(row, NOW) for row in rows))
    event.remove(Engine, "before_cursor_execute", note)

    plans = await database.run(lambda connection: explained(connection, asked))
    assert "delivery_wake" in plans
    assert "delivery_lane" in plans
    assert plans.count("delivery_negotiation") == 1
    for wasteful in ("Seq Scan", "Sort", "SCAN delivery", "SCAN negotiation", "SCAN other", "TEMP B-TREE"):
        assert wasteful not in plans


def explained(connection: Connection, asked: list[tuple[str, Any]]) -> str:
    """The plans of all statements that read or change rows, each after those before it ran."""
    how = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
    plans: list[Any] = []
    for statement, parameters in asked:
        if " FROM " in statement.replace("\n", " ") or "UPDATE" in statement:
            plans += connection.exec_driver_sql(f"{how} {statement}", parameters).all()
        if not statement.startswith("BEGIN"):
            connection.exec_driver_sql(statement, parameters)
    return "\n".join(map(str, plans))


def drain_in_a_process(url: str) -> list[str]:
    """Claims and marks until nothing is left; the keys it marked as sent."""
    return asyncio.run(_drain(url))


async def _drain(url: str) -> list[str]:
    database = Database.open(url)
    outbox, sent = SqlOutbox(database), list[str]()
    while await outbox.next_due() is not None:
        for one in await outbox.claim(NOW, 4, LEASE):
            assert await outbox.sent(one, NOW)
            sent.append(one.key)
    await database.close()
    return sent
