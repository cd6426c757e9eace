"""Rows of the outbox on both databases: adding, looking, marking."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from bot.coaching.brief import Rung
from bot.services.deliveries import Delivery, DeliveryState, Kind, NewDelivery
from bot.services.model import Person
from bot.storage.database import Database
from bot.storage.outbox import SqlOutbox
from bot.storage.rows import DELIVERY, delivery_from
from bot.storage.tables import delivery
from tests.storage.values import ANN, ANN_ELSEWHERE, BOB, MINUTE, NOW, ids, instants, nudge, script, stored

LEASE = timedelta(seconds=30)


async def row(database: Database, key: str) -> Delivery:
    """A delivery as it lies in the table, over or not."""
    found = select(*DELIVERY).where(delivery.c.key == key)
    return await database.read(lambda connection: delivery_from(connection.execute(found).one()))


async def claimed(outbox: SqlOutbox, now: datetime = NOW) -> Delivery:
    (one,) = await outbox.claim(now, 10, LEASE)
    return one


async def test_an_empty_outbox_wants_nothing(outbox: SqlOutbox) -> None:
    assert await outbox.next_due() is None
    assert await outbox.claim(NOW, 10, LEASE) == []
    await outbox.add([], NOW)
    assert await outbox.to_send(ANN, "N1") == []


async def test_a_row_is_seen_as_soon_as_it_is_added(outbox: SqlOutbox) -> None:
    for minutes in (3, 1, 2):
        await outbox.add([nudge(f"{minutes}", NOW + minutes * MINUTE)], NOW)

    assert await outbox.next_due() == NOW + MINUTE
    assert [one.key for one in await outbox.to_send(ANN, "N1")] == ["1", "2", "3"]


async def test_the_same_key_adds_one_row(outbox: SqlOutbox) -> None:
    await outbox.add([nudge("A"), nudge("B"), nudge("A")], NOW)
    await outbox.add([nudge("B", NOW - MINUTE), nudge("C")], NOW)

    assert [(one.key, one.due_at) for one in await outbox.to_send(ANN, "N1")] == [("A", NOW), ("B", NOW), ("C", NOW)]


async def test_a_key_stays_taken_after_its_row_is_over(outbox: SqlOutbox) -> None:
    await outbox.add([nudge("A")], NOW)
    await outbox.sent(await claimed(outbox), NOW)

    await outbox.add([nudge("A")], NOW)
    assert await outbox.to_send(ANN, "N1") == []


async def test_only_its_owners_rows_of_one_negotiation_are_to_send(outbox: SqlOutbox) -> None:
    others = [nudge("bob", owner=BOB), nudge("elsewhere", owner=ANN_ELSEWHERE), nudge("N2", negotiation_id="N2")]
    await outbox.add([nudge("A"), *others], NOW)

    assert [one.key for one in await outbox.to_send(ANN, "N1")] == ["A"]
    assert [one.owner.installation for one in await outbox.to_send(ANN_ELSEWHERE, "N1")] == ["T2"]


numbers = count()
new_deliveries = st.builds(
    NewDelivery,
    key=st.builds(lambda: f"K{next(numbers)}"),
    kind=st.sampled_from(Kind),
    owner=st.builds(Person, ids, ids, ids),
    negotiation_id=stored,
    revision=st.integers(0, 2**31 - 1),
    lane=stored,
    due_at=instants,
    rung=st.none() | st.sampled_from(Rung),
    view_id=st.none() | stored,
    note=stored,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(new_deliveries)
async def test_every_row_comes_back_as_it_was(outbox: SqlOutbox, new: NewDelivery) -> None:
    await outbox.add([new], NOW)

    back = next(one for one in await outbox.to_send(new.owner, new.negotiation_id) if one.key == new.key)
    assert {name: getattr(back, name) for name in NewDelivery.__slots__} == {
        name: getattr(new, name) for name in NewDelivery.__slots__
    }
    assert back.owner.team == new.owner.team
    assert (back.state, back.attempts, back.uncertain, back.claim) == (DeliveryState.PENDING, 0, False, "")


async def test_a_claimed_row_is_still_to_be_sent(outbox: SqlOutbox) -> None:
    await outbox.add([nudge("A")], NOW)
    taken = await claimed(outbox)

    assert (taken.state, taken.attempts, taken.uncertain) == (DeliveryState.CLAIMED, 1, False)
    assert taken.claim
    assert await outbox.to_send(ANN, "N1") == [taken]
    assert await outbox.next_due() == NOW + LEASE


async def test_sent_settles_it(outbox: SqlOutbox, database: Database) -> None:
    await outbox.add([nudge("A")], NOW)

    assert await outbox.sent(await claimed(outbox), NOW + MINUTE)

    over = await row(database, "A")
    assert (over.state, over.settled_at, over.outcome, over.claim) == (DeliveryState.SENT, NOW + MINUTE, "", "")
    assert await outbox.to_send(ANN, "N1") == []
    assert await outbox.next_due() is None


async def test_failed_and_dropped_say_why(outbox: SqlOutbox, database: Database) -> None:
    await outbox.add([nudge("A"), nudge("B")], NOW)
    first, second = await outbox.claim(NOW, 10, LEASE)

    assert await outbox.failed(first, "account_inactive", NOW)
    assert await outbox.dropped(second, "past_meeting", NOW)

    failed, dropped = await row(database, "A"), await row(database, "B")
    assert (failed.state, failed.outcome) == (DeliveryState.FAILED, "account_inactive")
    assert (dropped.state, dropped.outcome) == (DeliveryState.DROPPED, "past_meeting")


async def test_a_failure_adds_the_notice_of_it_and_only_where_the_claim_still_holds(outbox: SqlOutbox) -> None:
    await outbox.add([nudge("A")], NOW)
    lost = await claimed(outbox)
    (held,) = await outbox.claim(NOW + LEASE, 10, LEASE)

    assert not await outbox.failed(lost, "gave_up", NOW, nudge("notice:lost"))
    assert await outbox.failed(held, "gave_up", NOW, nudge("notice:held"))

    assert [one.key for one in await outbox.to_send(ANN, "N1")] == ["notice:held"]


async def test_a_failure_and_its_notice_are_one_transaction(outbox: SqlOutbox, database: Database) -> None:
    await outbox.add([nudge("A")], NOW)
    impossible = replace(nudge("notice:A"), due_at=NOW.replace(tzinfo=None))

    with pytest.raises(StatementError):
        await outbox.failed(await claimed(outbox), "gave_up", NOW, impossible)

    assert (await row(database, "A")).state == DeliveryState.CLAIMED


@pytest.mark.parametrize("uncertain", [True, False])
async def test_again_puts_it_back(outbox: SqlOutbox, uncertain: bool) -> None:
    await outbox.add([nudge("A")], NOW)
    later = NOW + MINUTE

    assert await outbox.again(await claimed(outbox), later, "http_500", uncertain=uncertain)

    assert await outbox.next_due() == later
    assert await outbox.claim(later - timedelta(microseconds=1), 10, LEASE) == []
    retried = await claimed(outbox, later)
    assert (retried.attempts, retried.uncertain, retried.due_at) == (2, uncertain, NOW)  # late is late
    assert retried.outcome == "http_500"


async def test_a_try_that_does_not_count_leaves_the_attempts_alone(outbox: SqlOutbox) -> None:
    await outbox.add([nudge("A")], NOW)
    for _ in range(3):
        await outbox.again(await claimed(outbox), NOW, "ratelimited", uncertain=False, counts=False)

    assert (await claimed(outbox)).attempts == 1


async def test_a_mark_without_the_claim_changes_nothing(outbox: SqlOutbox, database: Database) -> None:
    await outbox.add([nudge("A")], NOW)
    (waiting,) = await outbox.to_send(ANN, "N1")
    lost = await claimed(outbox)
    held = await claimed(outbox, NOW + LEASE)

    for without in (waiting, lost, replace(held, claim="guessed"), replace(held, id=held.id + 1)):
        assert not await outbox.sent(without, NOW)
        assert not await outbox.failed(without, "code", NOW)
        assert not await outbox.dropped(without, "why", NOW)
        assert not await outbox.again(without, NOW, "code", uncertain=True)

    assert await row(database, "A") == held
    assert await outbox.sent(held, NOW)
    assert not await outbox.sent(held, NOW), "a claim is used up by its first mark"


async def test_a_late_mark_counts_while_nobody_else_took_the_row(outbox: SqlOutbox) -> None:
    await outbox.add([nudge("A")], NOW)

    assert await outbox.sent(await claimed(outbox), NOW + 10 * LEASE)


async def test_a_thousand_rows_are_added_at_once(outbox: SqlOutbox) -> None:
    rows = [script(f"S{number}") for number in range(1_000)]

    for _ in range(2):
        await outbox.add(rows, NOW)
        assert len(await outbox.to_send(ANN, "N1")) == 1_000


async def test_what_is_coming_is_listed_by_instant_and_id_behind_the_last_one_seen(outbox: SqlOutbox) -> None:
    await outbox.add([nudge(key, NOW + MINUTE) for key in "ABC"], NOW)
    await outbox.add([nudge("D", NOW + 2 * MINUTE), nudge("E", NOW + 3 * MINUTE), script("F", NOW + MINUTE)], NOW)

    first = await outbox.coming((NOW, 0), NOW + 2 * MINUTE, 2)
    rest = await outbox.coming((first[-1].due_at, first[-1].id), NOW + 2 * MINUTE, 10)

    assert [[one.key for one in rows] for rows in (first, rest)] == [["A", "B"], ["C", "D"]]
    assert await outbox.coming((NOW + 2 * MINUTE, rest[-1].id), NOW + 2 * MINUTE, 10) == []


@pytest.mark.parametrize("counts", [True, False])
async def test_what_was_tried_or_put_back_is_no_longer_coming(outbox: SqlOutbox, counts: bool) -> None:
    await outbox.add([nudge("A")], NOW)
    await outbox.again(await claimed(outbox), NOW + MINUTE, "busy", uncertain=False, counts=counts)

    assert await outbox.coming((NOW, 0), NOW + 2 * MINUTE, 10) == []


async def test_marks_that_come_together_are_each_their_own(outbox: SqlOutbox, database: Database) -> None:
    await outbox.add([nudge(key) for key in "ABCDE"], NOW)
    a, b, c, d, e = await outbox.claim(NOW, 10, LEASE)
    stale = replace(c, claim="another's")

    told = await asyncio.gather(
        outbox.sent(a, NOW, "DA"),
        outbox.sent(b, NOW, "DB"),
        outbox.sent(stale, NOW, "DC"),
        outbox.failed(d, "no_text", NOW),
        outbox.again(e, NOW + MINUTE, "busy", uncertain=True),
    )

    assert list(told) == [True, True, False, True, True]
    channels = select(delivery.c.key, delivery.c.channel, delivery.c.state).order_by(delivery.c.key)
    rows = await database.read(lambda connection: [tuple(row) for row in connection.execute(channels)])
    assert rows == [
        ("A", "DA", "sent"),
        ("B", "DB", "sent"),
        ("C", None, "claimed"),
        ("D", "", "failed"),
        ("E", None, "pending"),
    ]
    assert (await row(database, "E")).uncertain


async def test_marks_of_several_claims_go_together_and_a_lost_one_takes_no_other_along(outbox: SqlOutbox) -> None:
    await outbox.add([nudge(f"{number}") for number in range(4)], NOW)
    early = await outbox.claim(NOW, 2, timedelta(seconds=1))
    later = await outbox.claim(NOW, 2, LEASE)
    again = await outbox.claim(NOW + MINUTE, 1, LEASE)  # the lease of the first two ran out

    marked = await asyncio.gather(*(outbox.sent(row, NOW, f"D{row.id}") for row in (*early, *later, *again)))

    assert [one.id for one in again] == [early[0].id]
    assert marked == [False, True, True, True, True]
