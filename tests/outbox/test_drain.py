"""The drain, one behaviour at a time, on real asyncio and a real scheduler."""

import asyncio

import pytest

from bot.outbox import carrier
from bot.outbox.carrier import BEGINS_WITHIN, LEASE
from bot.outbox.policy import ASK_AFTER
from bot.services.deliveries import DeliveryState, Dropped, Failed, Sent
from tests.outbox.rig import PATIENCE, Fate, Rig, running, soon, until


async def test_the_scheduler_wakes_it_for_a_row_that_becomes_due() -> None:
    async with running(Rig()) as rig:
        await rig.add("soon", due_in=0.2)
        await rig.drain.idle()
        assert rig.handler.slack == []
        await soon(rig.handler.begun["soon"])


async def test_what_became_due_while_nobody_ran_goes_out_at_the_start() -> None:
    rig = Rig()
    await rig.add("late", due_in=-3600)
    async with running(rig):
        await rig.drain.idle()
    assert rig.handler.slack == ["late"]


async def test_nothing_goes_before_its_time() -> None:
    async with running(Rig()) as rig:
        await rig.add("later", due_in=60)
        await rig.drain.idle()
        assert rig.handler.slack == []
        rig.jump(61)
        await rig.drain.idle()
        assert rig.handler.slack == ["later"]


async def test_a_row_added_while_a_slow_one_flies_does_not_wait_for_it() -> None:
    async with running(Rig()) as rig:
        rig.handler.gates["slow"] = asyncio.Event()
        await rig.add("slow")
        rig.drain.wake()
        await soon(rig.handler.begun["slow"])
        await rig.add("quick")
        rig.drain.wake()
        await soon(rig.handler.begun["quick"])
        assert not rig.handler.gates["slow"].is_set()


async def test_a_row_that_becomes_due_while_a_slow_one_flies_does_not_wait_for_it() -> None:
    async with running(Rig()) as rig:
        rig.handler.gates["slow"] = asyncio.Event()
        await rig.add("slow")
        await rig.add("next", due_in=0.2)
        rig.drain.wake()
        await soon(rig.handler.begun["slow"])
        await soon(rig.handler.begun["next"])


async def test_a_busy_lane_keeps_its_order_and_no_other_waits_for_it() -> None:
    async with running(Rig()) as rig:
        await rig.add("first", "second", "third", lane="C1")
        await rig.add("elsewhere")
        rig.drain.wake()
        await soon(rig.handler.begun["elsewhere"])
        assert "second" not in rig.handler.slack
        await rig.run_down()
        assert [key for key in rig.handler.slack if key != "elsewhere"] == ["first", "second", "third"]
        assert rig.handler.faults == []


async def test_a_lane_is_free_before_its_outcome_is_told() -> None:
    async with running(Rig()) as rig:
        rig.handler.hears = asyncio.Event()
        await rig.add("one", "another", lane="C1")
        rig.drain.wake()
        await until(lambda: rig.state("one").state is DeliveryState.SENT)
        rig.jump(1)
        await until(lambda: rig.state("another").state is DeliveryState.SENT)
        assert rig.handler.told == []

        rig.handler.hears.set()
        await rig.drain.idle()
        assert sorted(key for key, _ in rig.handler.told) == ["another", "one"]


async def test_a_lane_goes_on_by_itself_when_its_second_is_over() -> None:
    async with running(Rig()) as rig:
        await rig.add("first", "second", lane="C1")
        await rig.drain.idle()
    assert rig.handler.slack == ["first", "second"]
    assert rig.handler.faults == []


async def test_waiting_for_a_lane_does_not_mean_asking_all_the_time() -> None:
    async with running(Rig()) as rig:
        await rig.add("first", "second", lane="C1")
        await rig.drain.idle()
    assert len(rig.store.claims) < 50


async def test_a_429_holds_its_workspace_and_no_other() -> None:
    async with running(Rig()) as rig:
        rig.handler.fates["a1"] = [Fate.LIMITED]
        await rig.add("a1", installation="T1")
        rig.drain.wake()
        await soon(rig.handler.begun["a1"])
        await rig.drain.idle()
        await rig.add("a2", installation="T1")
        await rig.add("b", installation="T2")
        rig.drain.wake()
        await soon(rig.handler.begun["b"])
        assert rig.handler.slack == ["b"]
        assert rig.state("a2").attempts == 0
        await rig.run_down()
        assert sorted(rig.handler.slack) == ["a1", "a2", "b"]


async def test_a_429_costs_no_try() -> None:
    async with running(Rig()) as rig:
        rig.handler.fates["row"] = [Fate.LIMITED] * 40
        await rig.add("row")
        await rig.run_down()
    assert rig.state("row").state is DeliveryState.SENT
    assert rig.state("row").attempts == 1


@pytest.mark.parametrize(
    ("fates", "outcome"),
    [
        ([], Sent()),
        ([Fate.REFUSED, Fate.REFUSED], Sent()),
        ([Fate.UNWANTED], Dropped("not_wanted")),
        ([Fate.FORBIDDEN], Failed("account_inactive")),
        ([Fate.LOST] * 9, Failed("gave_up")),
        ([Fate.REFUSED] * 99, Failed("gave_up")),
        ([Fate.BUG] * 99, Failed("gave_up")),
    ],
)
async def test_the_handler_hears_how_it_ended_exactly_once(fates: list[Fate], outcome: Sent | Dropped | Failed) -> None:
    async with running(Rig()) as rig:
        rig.handler.fates["row"] = fates
        await rig.add("row")
        await rig.run_down()
    assert rig.handler.told == [("row", outcome)]


async def test_a_poison_row_stops_no_other(caplog: pytest.LogCaptureFixture) -> None:
    async with running(Rig()) as rig:
        rig.handler.fates["poison"] = [Fate.BUG] * 99
        await rig.add("poison")
        await rig.add(*(f"row {n}" for n in range(50)))
        await rig.run_down()
    assert len(rig.handler.slack) == 50
    assert rig.state("poison").state is DeliveryState.FAILED
    assert "KeyError" in caplog.text
    assert "what a person wrote" not in caplog.text


async def test_a_silent_slack_is_asked_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carrier, "END_LIMIT", LEASE.total_seconds() - 0.05)
    async with running(Rig()) as rig:
        rig.handler.gates["row"] = asyncio.Event()
        await rig.add("row")
        before = rig.clock.now()
        rig.drain.wake()
        await soon(rig.handler.begun["row"])
        await rig.drain.idle()
        row = rig.state("row")
        assert (row.outcome, row.uncertain) == ("timeout", True)
        assert row.due_at >= before + ASK_AFTER


async def test_a_doubt_never_counts_from_before_the_try() -> None:
    async with running(Rig()) as rig:
        rig.handler.gates["row"], rig.handler.fates["row"] = asyncio.Event(), [Fate.LOST]
        await rig.add("row")
        rig.drain.wake()
        await soon(rig.handler.begun["row"])
        rig.jump(BEGINS_WITHIN.total_seconds() - 1)  # so long it waited, and goes all the same
        goes_at = rig.clock.now()
        rig.handler.gates["row"].set()
        await until(lambda: rig.state("row").state is DeliveryState.PENDING)

        row = rig.state("row")
        assert (row.outcome, row.attempts) == ("connection", 1)
        assert row.uncertain_at is not None
        assert row.uncertain_at >= goes_at


async def test_stopping_finishes_what_flies_and_claims_no_more() -> None:
    async with running(Rig()) as rig:
        rig.handler.gates["flying"] = asyncio.Event()
        await rig.add("flying", "waiting", lane="C1")
        rig.drain.wake()
        await soon(rig.handler.begun["flying"])
        stopping = asyncio.create_task(rig.drain.stop(PATIENCE))
        await asyncio.sleep(0)
        assert not stopping.done()
        rig.handler.gates["flying"].set()
        await stopping
    assert rig.state("flying").state is DeliveryState.SENT
    assert rig.state("waiting").state is DeliveryState.PENDING
    assert rig.handler.told == [("flying", Sent())]


async def test_what_the_stop_cuts_off_comes_back_uncertain_when_its_lease_ran_out() -> None:
    rig = Rig()
    rig.handler.gates["row"] = asyncio.Event()
    await rig.add("row")
    await rig.drain.start()
    await soon(rig.handler.begun["row"])
    await rig.drain.stop(0)
    assert rig.state("row").state is DeliveryState.CLAIMED
    rig.handler.gates.clear()
    rig.drain = rig.new_drain()
    async with running(rig):
        await rig.drain.idle()
        assert rig.handler.slack == []
        rig.jump(LEASE.total_seconds())
        await rig.drain.idle()
    assert rig.handler.slack == ["row"]
    assert rig.state("row").uncertain


async def test_it_can_be_stopped_twice_or_before_its_start() -> None:
    rig = Rig()
    await rig.drain.stop(1)
    rig.drain = rig.new_drain()
    await rig.drain.start()
    await rig.drain.stop(1)
    await rig.drain.stop(1)


async def test_a_database_that_is_away_costs_a_pause_and_one_line(caplog: pytest.LogCaptureFixture) -> None:
    rig = Rig()
    await rig.add("row")
    rig.store.broken = ConnectionError("postgresql://user:password@host")
    async with running(rig):
        for _ in range(3):
            await asyncio.wait_for(rig.store.refusals.acquire(), PATIENCE)
        rig.store.broken = None
        await soon(rig.handler.begun["row"])
    assert len(caplog.messages) == 1
    assert "ConnectionError" in caplog.text
    assert "password" not in caplog.text


async def test_a_stop_does_not_wait_for_a_database_that_is_away() -> None:
    rig = Rig()
    rig.store.broken = ConnectionError()
    await rig.drain.start()
    await asyncio.wait_for(rig.store.refusals.acquire(), PATIENCE)
    await asyncio.wait_for(rig.drain.stop(3600), PATIENCE)


async def test_it_is_idle_only_when_nothing_flies_and_nothing_is_due() -> None:
    async with running(Rig()) as rig:
        rig.handler.gates["row"] = asyncio.Event()
        await rig.add("row")
        idle = [asyncio.create_task(rig.drain.idle()) for _ in range(2)]
        await soon(rig.handler.begun["row"])
        assert not any(task.done() for task in idle)
        rig.handler.gates["row"].set()
        await asyncio.wait_for(asyncio.gather(*idle), PATIENCE)
        assert rig.state("row").state is DeliveryState.SENT


async def test_a_look_that_began_before_the_question_does_not_answer_it() -> None:
    rig = Rig()
    async with running(rig):
        await rig.drain.idle()
        rig.store.pause = asyncio.Event()
        rig.drain.wake()
        await soon(rig.store.paused)
        await rig.add("row")
        idle = asyncio.create_task(rig.drain.idle())
        await asyncio.sleep(0)
        rig.store.pause.set()
        await asyncio.wait_for(idle, PATIENCE)
        assert rig.handler.slack == ["row"]
