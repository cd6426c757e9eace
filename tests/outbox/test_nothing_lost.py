"""The promise, tried at random: nothing lost, nothing twice, whatever fails and whoever dies."""

import asyncio
from collections import Counter
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.outbox.carrier import LEASE
from bot.services.deliveries import DeliveryState, Dropped, Failed, Sent
from tests.outbox.rig import Fate, Rig, running

FINAL = {DeliveryState.SENT: Sent, DeliveryState.DROPPED: Dropped, DeliveryState.FAILED: Failed}
DOUBTFUL = (Fate.UNHEARD, Fate.LOST, Fate.BUG, Fate.LATE_BUG)
SILENT = (Fate.UNHEARD, Fate.LATE_BUG)
"""Slack took it, and we do not know."""

fates = st.lists(st.sampled_from(Fate), max_size=3)
"""At most three per row: fewer than any bound on tries."""
places = st.tuples(st.sampled_from(["C1", "C2", None]), st.sampled_from(["T1", "T2"]), st.integers(-5, 90))
plans = st.lists(st.tuples(places, fates), min_size=1, max_size=25)
Plan = list[tuple[tuple[str | None, str, int], list[Fate]]]

often = settings(max_examples=45, deadline=None)


def run(test: Coroutine[Any, Any, None]) -> None:
    """A loop of its own for each example."""
    asyncio.run(asyncio.wait_for(test, 60))


def check_sent_once_but_perhaps_early(rig: Rig) -> None:
    """Set back between a claim and its send, the clock may say so; then the handler puts the row off."""
    rig.handler.faults = [fault for fault in rig.handler.faults if not fault.endswith("came early")]
    check_sent_once(rig)


async def planned(plan: Plan, asks: bool) -> Rig:
    rig = Rig(asks)
    for number, ((lane, installation, due_in), row_fates) in enumerate(plan):
        rig.handler.fates[f"row {number}"] = list(row_fates)
        own = f"{lane}/{installation}" if lane else None
        await rig.add(f"row {number}", due_in=due_in, lane=own, installation=installation)
    return rig


def check_settled(rig: Rig) -> None:
    """Every row has come to its end, and its handler heard it."""
    told = dict(rig.handler.told)
    assert {row.key: FINAL[row.state] for row in rig.store.rows.values()} == {k: type(o) for k, o in told.items()}
    assert len(told) == len(rig.handler.told)


def check_sent_once(rig: Rig) -> None:
    taken = Counter(rig.handler.slack)
    assert max(taken.values(), default=1) == 1
    for row in rig.store.rows.values():
        assert row.state is not DeliveryState.SENT or taken[row.key] == 1
    assert rig.handler.faults == []


@often
@given(plan=plans)
def test_with_every_kind_of_failure_each_row_arrives_once(plan: Plan) -> None:
    async def body() -> None:
        rig = await planned(plan, asks=True)
        async with running(rig):
            await rig.run_down()
        check_settled(rig)
        check_sent_once(rig)

    run(body())


@often
@given(plan=plans)
def test_where_nobody_can_ask_only_a_silent_answer_makes_a_duplicate(plan: Plan) -> None:
    async def body() -> None:
        rig = await planned(plan, asks=False)
        async with running(rig):
            await rig.run_down()
        check_settled(rig)
        taken = Counter(rig.handler.slack)
        for number, (_, row_fates) in enumerate(plan):
            silences = sum(fate in SILENT for fate in row_fates)
            assert taken[f"row {number}"] <= 1 + silences

    run(body())


@often
@given(plan=plans, deaths=st.lists(st.integers(0, 60), min_size=1, max_size=5))
def test_whoever_dies_at_whatever_moment_each_row_arrives_once(plan: Plan, deaths: list[int]) -> None:
    async def body() -> None:
        rig = await planned(plan, asks=True)
        for turns in deaths:
            await rig.drain.start()
            for _ in range(turns):
                await asyncio.sleep(0)
            await rig.drain.stop(0)
            rig.drain = rig.new_drain()
            rig.jump(1)  # a new process does not know that a lane rests
        rig.jump(LEASE.total_seconds())
        async with running(rig):
            await rig.run_down()
        assert rig.store.open() == []
        check_sent_once(rig)

    run(body())


@often
@given(plan=plans, sets=st.lists(st.tuples(st.integers(0, 40), st.integers(-7200, 7200)), min_size=1, max_size=4))
def test_however_the_wall_clock_is_set_each_row_arrives_once(plan: Plan, sets: list[tuple[int, int]]) -> None:
    async def body() -> None:
        rig = await planned(plan, asks=True)
        async with running(rig):
            for turns, seconds in sets:
                for _ in range(turns):
                    await asyncio.sleep(0)
                rig.clock.set(by=timedelta(seconds=seconds))
                rig.drain.wake()
            await rig.run_down()
        check_settled(rig)
        check_sent_once_but_perhaps_early(rig)

    run(body())


@often
@given(plan=plans, turns=st.integers(0, 60))
def test_a_calm_stop_leaves_nothing_in_doubt(plan: Plan, turns: int) -> None:
    async def body() -> None:
        rig = await planned([(place, []) for place, _ in plan], asks=False)
        await rig.drain.start()
        for _ in range(turns):
            await asyncio.sleep(0)
        await rig.drain.stop(30)
        assert rig.store.running() == []
        rig.drain = rig.new_drain()
        rig.jump(1)  # a new process does not know that a lane rests
        async with running(rig):
            await rig.run_down()
        check_settled(rig)
        check_sent_once(rig)

    run(body())


@often
@given(plan=plans)
def test_two_drains_on_one_store_share_the_work_and_double_nothing(plan: Plan) -> None:
    async def body() -> None:
        rig = await planned(plan, asks=False)
        other = rig.new_drain()
        await other.start()
        async with running(rig):
            await rig.run_down()
        await other.stop(30)
        check_settled(rig)
        assert not any("two at once" in fault or "early" in fault for fault in rig.handler.faults)

    run(body())
