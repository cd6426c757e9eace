"""The drain's room: how much it holds and has in flight, and what hangs there."""

import asyncio

import pytest

from bot.outbox import drain
from bot.outbox.alarm import SWEEP
from bot.outbox.drain import HELD, IN_FLIGHT, QUEUED
from bot.outbox.pace import TURN
from bot.services.deliveries import Delivery, DeliveryState, Kind, Outcome
from bot.services.errors import StorageError
from tests.outbox.rig import PATIENCE, FateHandler, HandClock, Rig, running, soon, until


class Telling(FateHandler):
    """Some take long to tell."""

    def __init__(self, clock: HandClock) -> None:
        super().__init__(clock)
        self.told_all = asyncio.Event()

    async def settled(self, delivery: Delivery, outcome: Outcome) -> None:
        await super().settled(delivery, outcome)
        if delivery.key.startswith("hung"):
            await self.told_all.wait()


async def test_what_hangs_holds_up_nobody_else() -> None:
    rig = Rig()
    rig.handler = telling = Telling(rig.clock)
    rig.drain = rig.new_drain()
    async with running(rig):
        await rig.add(*(f"hung {n}" for n in range(HELD - 5)), *(f"quick {n}" for n in range(5)))
        await rig.add("next", due_in=0.3)
        rig.drain.wake()
        async with asyncio.timeout(SWEEP.total_seconds() - 1):
            await rig.handler.begun["next"].wait()
        telling.told_all.set()


async def test_what_can_be_in_flight_at_once_is_claimed_first() -> None:
    async with running(Rig()) as rig:
        await rig.drain.idle()
        rig.store.claims.clear()
        await rig.add(*(f"row {n}" for n in range(3 * IN_FLIGHT)))
        await rig.drain.idle()
    assert rig.store.claims[0][0] == IN_FLIGHT


async def test_what_waits_is_bounded_whatever_else_is_held() -> None:
    async with running(Rig()) as rig:
        rows = [f"row {n}" for n in range(HELD)]
        rig.handler.gates = {key: asyncio.Event() for key in rows}
        await rig.add(*rows)
        rig.drain.wake()
        await soon(rig.handler.begun[f"row {IN_FLIGHT - 1}"])
        await until(lambda: len(rig.store.running()) >= IN_FLIGHT + QUEUED)
        assert len(rig.store.running()) == IN_FLIGHT + QUEUED


async def test_no_turn_is_taken_where_nobody_waits() -> None:
    async with running(Rig()) as rig:
        await rig.add("first")
        await rig.run_down()
        rig.jump(2 * TURN)
        await rig.add("second")
        await rig.run_down()
    assert not any(busy.installations for _, busy in rig.store.claims)


async def test_room_for_one_is_enough_to_go_on() -> None:
    async with running(Rig()) as rig:
        stuck = [f"stuck {n}" for n in range(IN_FLIGHT - 1)]
        rig.handler.gates = {key: asyncio.Event() for key in stuck}
        await rig.add(*stuck)
        rows = await rig.add("one", "two", "three")
        rig.drain.wake()
        for row in rows:
            await soon(rig.handler.begun[row.key])
        assert rig.handler.most_at_once == IN_FLIGHT


async def test_it_never_has_more_in_flight_than_it_may() -> None:
    async with running(Rig()) as rig:
        await rig.add(*(f"row {n}" for n in range(5 * IN_FLIGHT)))
        await rig.drain.idle()
        assert sorted(rig.handler.slack) == sorted(f"row {n}" for n in range(5 * IN_FLIGHT))
        assert rig.handler.most_at_once == IN_FLIGHT


async def test_a_stop_begins_nothing_more_and_gives_back_what_waits() -> None:
    rig = Rig()
    rows = [f"row {n}" for n in range(IN_FLIGHT + 5)]
    rig.handler.gates = {key: asyncio.Event() for key in rows}
    await rig.add(*rows)
    await rig.drain.start()
    await soon(rig.handler.begun["row 0"])
    await until(lambda: len(rig.store.running()) == len(rows))

    await rig.drain.stop(0)

    assert asyncio.all_tasks() == {asyncio.current_task()}
    assert not any(rig.handler.begun[key].is_set() for key in rows[IN_FLIGHT:])
    cut_off, given_back = (list(map(rig.state, part)) for part in (rows[:IN_FLIGHT], rows[IN_FLIGHT:]))
    assert {row.state for row in cut_off} == {DeliveryState.CLAIMED}
    assert {(row.state, row.attempts, row.uncertain) for row in given_back} == {(DeliveryState.PENDING, 0, False)}


async def test_a_stop_does_not_wait_for_a_database_that_takes_nothing_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drain, "GIVE_BACK", 0.01)
    rig = Rig()
    rows = [f"row {n}" for n in range(IN_FLIGHT + 1)]
    rig.handler.gates = {key: asyncio.Event() for key in rows}
    await rig.add(*rows)
    await rig.drain.start()
    await until(lambda: len(rig.store.running()) == len(rows))
    rig.store.broken = StorageError("Cannot use the database")

    async with asyncio.timeout(PATIENCE):
        await rig.drain.stop(0)

    assert rig.state(rows[-1]).state is DeliveryState.CLAIMED


async def test_a_stop_within_a_claim_lets_no_other_follow() -> None:
    rig = Rig()
    await rig.add(*(f"row {n}" for n in range(3 * IN_FLIGHT)))
    await rig.drain.start()
    await until(lambda: bool(rig.store.claims))
    await rig.drain.stop(PATIENCE)
    assert [limit for limit, _ in rig.store.claims] == [IN_FLIGHT]


async def test_whose_turn_comes_goes_before_all_that_waits() -> None:
    async with running(Rig()) as rig:
        big = [f"big {n}" for n in range(HELD)]
        rig.handler.gates = {key: asyncio.Event() for key in big}
        await rig.add(*big, due_in=-60)
        await rig.add("small", installation="T2")
        rig.drain.wake()
        await until(lambda: len(rig.store.running()) == IN_FLIGHT + QUEUED)
        rig.jump(TURN)
        rig.handler.gates["big 0"].set()
        await until(lambda: rig.store.claims[-1][1].installations == ["T1"])
        rig.handler.gates["big 1"].set()
        await soon(rig.handler.begun["small"])
        assert not rig.handler.begun[f"big {IN_FLIGHT + 5}"].is_set()


async def test_thousands_of_due_rows_of_one_workspace_do_not_keep_another_waiting() -> None:
    async with running(Rig()) as rig:
        await rig.add(*(f"big {n}" for n in range(3000)), due_in=-60, installation="T1")
        await rig.add("small", installation="T2")
        rig.drain.wake()
        await soon(rig.handler.begun["big 50"])
        rig.jump(TURN)
        await soon(rig.handler.begun["small"])
        assert "big 2000" not in rig.handler.slack


async def test_a_script_that_somebody_waits_for_does_not_stand_behind_all_nudges() -> None:
    async with running(Rig()) as rig:
        await rig.add(*(f"nudge {n}" for n in range(3000)), due_in=-60)
        await rig.add("script", kind=Kind.SCRIPT)
        rig.drain.wake()
        for seen in (50, 500):
            await soon(rig.handler.begun[f"nudge {seen}"])
            rig.jump(TURN)
        await soon(rig.handler.begun["script"])
        assert "nudge 2500" not in rig.handler.slack
