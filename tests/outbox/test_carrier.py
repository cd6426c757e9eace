"""One delivery from its claim to its outcome, where things go wrong in between."""

import asyncio
import itertools
from datetime import timedelta
from typing import Any

import pytest

from bot.outbox import carrier
from bot.outbox.carrier import BEGINS_WITHIN, CALL_LIMIT, LEASE, Carrier, ClaimLease
from bot.outbox.pace import Pace
from bot.outbox.policy import ASK_AFTER, TRIES, Again
from bot.services import trouble
from bot.services.deliveries import Delivery, DeliveryState, Dropped, Failed, Outcome, Sent
from bot.services.errors import StorageError
from tests.outbox.rig import PATIENCE, Fate, Rig
from tests.outbox.rows import delivery, new_row

TERM = LEASE.total_seconds()


class Bench(Rig):
    """A carrier without its drain: each test claims by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.pace = Pace(self.clock.monotonic)
        self.carrier = Carrier(self.store, self.handler, self.clock, self.pace, self.clock.monotonic)

    async def claimed(self, key: str = "row", lane: str | None = None) -> Delivery:
        await self.add(key, lane=lane)
        (row,) = await self.store.claim(self.clock.now(), 1, LEASE)
        return row

    async def carry(self, row: Delivery, lease_left: float = TERM) -> None:
        await self.carry_on(row, self.term(lease_left))

    async def carry_on(self, row: Delivery, term: ClaimLease) -> None:
        async with asyncio.timeout(PATIENCE):
            step = await self.carrier.attempt(row, term)
            if await self.carrier.end(row, step):
                await self.carrier.tell(row, step)

    def term(self, left: float = TERM) -> ClaimLease:
        return ClaimLease(self.clock.monotonic() + left, self.clock.now() + LEASE, self.clock.monotonic, self.clock)


@pytest.fixture
def bench() -> Bench:
    return Bench()


async def test_a_sent_row_is_marked_and_then_told(bench: Bench) -> None:
    await bench.carry(await bench.claimed())
    assert bench.state("row").state is DeliveryState.SENT
    assert bench.handler.told == [("row", Sent())]


async def test_a_lease_that_would_not_outlast_the_send_is_given_back_untried(bench: Bench) -> None:
    await bench.carry(await bench.claimed(), lease_left=CALL_LIMIT - 1)
    row = bench.state("row")
    assert bench.handler.slack == []
    assert (row.state, row.attempts, row.uncertain) == (DeliveryState.PENDING, 0, False)
    assert bench.handler.told == []


async def test_a_try_begins_within_the_time_from_which_its_doubt_counts_or_never(bench: Bench) -> None:
    for key, late, sent in (("in time", -0.5, ["in time"]), ("too late", 0.5, [])):
        bench.handler.slack.clear()
        await bench.carry(await bench.claimed(key), lease_left=TERM - BEGINS_WITHIN.total_seconds() - late)
        assert bench.handler.slack == sent


async def test_who_slept_past_the_lease_sends_nothing_and_changes_nothing(bench: Bench) -> None:
    mine = await bench.claimed()
    term = bench.term()
    bench.jump(TERM + 1)
    (theirs,) = await bench.store.claim(bench.clock.now(), 1, LEASE)
    await bench.carry_on(mine, term)
    assert bench.handler.slack == []
    assert bench.state("row") == theirs


async def test_a_machine_that_was_suspended_sends_nothing_though_its_monotonic_clock_stood_still(bench: Bench) -> None:
    row = await bench.claimed()
    seconds = bench.clock.monotonic()
    asleep = ClaimLease(seconds + TERM, bench.clock.now() + LEASE, lambda: seconds, bench.clock)
    bench.jump(TERM)
    await bench.carry_on(row, asleep)

    assert bench.handler.slack == []


async def test_a_database_that_is_away_before_the_send_leaves_no_doubt(bench: Bench) -> None:
    bench.handler.fates["row"] = [Fate.NO_STORE]
    await bench.carry(await bench.claimed())

    row = bench.state("row")
    assert (row.state, row.outcome, row.uncertain) == (DeliveryState.PENDING, "storage", False)


async def test_a_mark_for_a_claim_that_was_lost_is_not_told(bench: Bench) -> None:
    mine = await bench.claimed()
    bench.jump(TERM + 1)
    await bench.store.claim(bench.clock.now(), 1, LEASE)
    await bench.carry(mine)
    assert bench.handler.told == []


async def test_a_row_of_a_held_workspace_waits_for_the_end_of_the_hold(bench: Bench) -> None:
    row = await bench.claimed()
    before = bench.clock.now()
    bench.pace.hold("T1", 30)
    await bench.carry(row)
    state = bench.state("row")
    assert bench.handler.slack == []
    assert state.attempts == 0
    assert before + timedelta(seconds=29) < state.due_at <= bench.clock.now() + timedelta(seconds=30)


async def test_what_was_claimed_while_its_lane_rests_goes_back_untried_to_its_place(bench: Bench) -> None:
    await bench.carry(await bench.claimed("first", lane="C1"))
    row = await bench.claimed("second", lane="C1")
    await bench.carry(row)
    state = bench.state("second")
    assert bench.handler.slack == ["first"]
    assert (state.state, state.attempts, state.due_at) == (DeliveryState.PENDING, 0, row.due_at)
    assert bench.pace.busy().lanes == ["C1"]


async def test_a_429_holds_the_workspace_as_long_as_the_row(bench: Bench) -> None:
    bench.handler.fates["row"] = [Fate.LIMITED]
    await bench.carry(await bench.claimed())
    assert 0 < bench.pace.held(delivery(installation="T1")) <= 7
    assert bench.pace.held(delivery(installation="T2")) == 0


async def test_a_row_that_killed_everybody_who_tried_is_given_up_untried(bench: Bench) -> None:
    row = await bench.claimed()
    for _ in range(TRIES):
        bench.jump(TERM + 1)
        (row,) = await bench.store.claim(bench.clock.now(), 1, LEASE)
    await bench.carry(row)
    assert bench.handler.slack == []
    assert bench.handler.told == [("row", Failed("gave_up"))]


@pytest.mark.parametrize("fate", [Fate.BUG, Fate.LATE_BUG])
async def test_a_bug_leaves_the_row_in_doubt(bench: Bench, fate: Fate) -> None:
    bench.handler.fates["row"] = [fate]
    before = bench.clock.now()
    await bench.carry(await bench.claimed())
    row = bench.state("row")
    assert (row.state, row.outcome, row.uncertain) == (DeliveryState.PENDING, "bug", True)
    assert row.due_at >= before + ASK_AFTER


async def test_the_outcome_waits_for_a_database_that_is_away(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trouble, "pauses", lambda: itertools.repeat(0.0))
    row = await bench.claimed()
    bench.store.broken = ConnectionError()
    carrying = asyncio.create_task(bench.carry(row))
    for _ in range(5):
        await asyncio.wait_for(bench.store.refusals.acquire(), PATIENCE)
    bench.store.broken = None
    await carrying
    assert bench.handler.slack == ["row"]
    assert bench.state("row").state is DeliveryState.SENT


class Deaf(Bench):
    """Whoever should hear of the outcome fails, or never answers."""

    def __init__(self, error: Exception | None) -> None:
        super().__init__()
        self._error = error
        self.handler.settled = self._settled  # type: ignore[method-assign]

    async def _settled(self, delivery: Delivery, outcome: Outcome) -> None:
        if self._error:
            raise self._error
        await asyncio.Event().wait()


@pytest.mark.parametrize("error", [RuntimeError("what a person wrote"), None])
async def test_who_does_not_hear_changes_nothing(
    error: Exception | None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(carrier, "TELL_LIMIT", 0.01)
    bench = Deaf(error)
    await bench.carry(await bench.claimed())
    assert bench.state("row").state is DeliveryState.SENT
    assert "nobody heard of delivery" in caplog.text
    assert "what a person wrote" not in caplog.text


async def test_a_delay_is_not_told_once_the_next_try_is_due(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    told = asyncio.Event()
    bench.handler.delayed = lambda *_: told.wait()  # type: ignore[method-assign,assignment]

    async with asyncio.timeout(PATIENCE):
        await bench.carrier.tell(await bench.claimed(), Again(timedelta(seconds=0.01), "timeout"))


@pytest.mark.parametrize("claim_is_lost", [False, True])
async def test_a_failure_and_the_notice_of_it_are_written_together(bench: Bench, claim_is_lost: bool) -> None:
    bench.handler.fates["row"] = [Fate.FORBIDDEN]
    row = await bench.claimed()
    bench.handler.notices["row"] = new_row("notice", bench.clock.now())
    step = await bench.carrier.attempt(row, bench.term())
    if claim_is_lost:
        bench.jump(TERM)
        await bench.store.claim(bench.clock.now(), 1, LEASE)

    assert await bench.carrier.end(row, step) is not claim_is_lost

    notices = [one.key for one in bench.store.rows.values() if one.key == "notice"]
    assert notices == ([] if claim_is_lost else ["notice"])


@pytest.mark.parametrize("ending", ["sent", "failed"])
async def test_only_who_sent_it_tells_where_the_answer_to_a_commit_was_lost(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    """The next try finds the claim gone; somebody else may have had it, and it may have gone well there."""
    row, taken = await bench.claimed(), getattr(bench.store, ending)

    async def taken_and_unheard(*args: Any, **more: Any) -> bool:
        await taken(*args, **more)
        monkeypatch.undo()
        raise StorageError("the connection is lost")

    monkeypatch.setattr(bench.store, ending, taken_and_unheard)
    async with asyncio.timeout(PATIENCE):
        told = await bench.carrier.end(row, Sent() if ending == "sent" else Failed("account_inactive"))

    assert told is (ending == "sent")
    assert bench.state("row").state == ending


async def test_a_row_that_is_no_longer_wanted_is_dropped_with_its_reason(bench: Bench) -> None:
    bench.handler.fates["row"] = [Fate.UNWANTED]
    await bench.carry(await bench.claimed())
    assert bench.state("row").outcome == "not_wanted"
    assert bench.handler.told == [("row", Dropped("not_wanted"))]


@pytest.mark.parametrize(("fate", "told"), [(Fate.REFUSED, 0), (Fate.LIMITED, 1), (Fate.LOST, 1)])
async def test_a_long_pause_is_told_and_a_short_one_is_not(bench: Bench, fate: Fate, told: int) -> None:
    bench.handler.fates["row"] = [fate]
    await bench.carry(await bench.claimed())

    assert len(bench.handler.delays) == told
    assert bench.handler.told == []
