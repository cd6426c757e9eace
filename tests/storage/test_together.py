"""Nudges that go out together: claimed, marked and lost as one, on both databases."""

import asyncio
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, text, update

from bot.services.deliveries import Delivery, DeliveryState, Together
from bot.services.ports import Busy
from bot.storage import claims
from bot.storage.connections import Connections
from bot.storage.database import Database
from bot.storage.engines import open_source
from bot.storage.negotiations import SqlNegotiations
from bot.storage.outbox import SqlOutbox
from bot.storage.tables import delivery
from tests.storage.test_outbox import row
from tests.storage.values import ANN, ANN_ELSEWHERE, BOB, BRIEF, MINUTE, NOW, SECOND, nudge, script

LEASE = timedelta(seconds=30)
TOGETHER = Together(within=5 * MINUTE, at_most=3)


async def claim(outbox: SqlOutbox, now: datetime = NOW) -> list[Delivery]:
    return await outbox.claim(now, 10, LEASE, together=TOGETHER)


@contextmanager
def somebody_writing(database_url: str) -> Iterator[Connection]:
    """Another process in mid-transaction."""
    with closing(Connections(open_source(database_url))) as other, other.transaction() as connection:
        yield connection


def keys(delivery: Delivery) -> list[str]:
    return [one.key for one in delivery.members]


async def test_what_comes_within_five_minutes_goes_together(outbox: SqlOutbox) -> None:
    times = {"first": NOW, "second": NOW + MINUTE, "third": NOW + 5 * MINUTE, "later": NOW + 6 * MINUTE}
    await outbox.add([nudge(key, at, lane="U1") for key, at in times.items()], NOW)

    (one,) = await claim(outbox)

    assert keys(one) == ["first", "second", "third"]
    assert {member.mark for member in one.members} == {one.mark}
    assert {member.claim for member in one.members} == {one.claim}
    assert {member.attempts for member in one.members} == {1}


async def test_no_more_than_one_message_holds(outbox: SqlOutbox) -> None:
    await outbox.add([nudge(f"{number}", NOW, lane="U1") for number in range(5)], NOW)

    (one,) = await claim(outbox)
    await outbox.sent(one, NOW)
    (two,) = await claim(outbox)

    assert (keys(one), keys(two)) == (["0", "1", "2"], ["3", "4"])


async def test_only_the_same_person_s_nudges_go_together(outbox: SqlOutbox) -> None:
    others = [nudge("bob", lane="U2", owner=BOB), nudge("elsewhere", lane="U1", owner=ANN_ELSEWHERE)]
    await outbox.add([nudge("ann", NOW - SECOND, lane="U1"), script("script"), *others], NOW)

    assert sorted(keys(one)[0] for one in await claim(outbox)) == ["ann", "bob", "script"]


async def test_each_of_several_people_gets_their_own(outbox: SqlOutbox) -> None:
    for name, owner in (("U1", ANN), ("U2", BOB)):
        await outbox.add([nudge(f"{name} {n}", NOW + n * SECOND, lane=name, owner=owner) for n in range(2)], NOW)

    assert [keys(one) for one in await claim(outbox)] == [["U1 0", "U1 1"], ["U2 0", "U2 1"]]


async def test_without_being_asked_each_goes_alone(outbox: SqlOutbox) -> None:
    await outbox.add([nudge("first", lane="U1"), nudge("second", lane="U1")], NOW)

    (one,) = await outbox.claim(NOW, 10, LEASE)

    assert keys(one) == ["first"]


async def test_one_mark_settles_all(outbox: SqlOutbox, database: Database) -> None:
    await outbox.add([nudge("first", lane="U1"), nudge("second", NOW + MINUTE, lane="U1")], NOW)
    (one,) = await claim(outbox)

    assert await outbox.sent(one, NOW, "D1")

    assert [(await row(database, key)).state for key in keys(one)] == [DeliveryState.SENT] * 2
    assert not await outbox.sent(one, NOW, "D1")


async def test_one_that_is_dropped_leaves_the_others_to_their_mark(outbox: SqlOutbox, database: Database) -> None:
    await outbox.add([nudge("first", lane="U1"), nudge("second", NOW + MINUTE, lane="U1")], NOW)
    (one,) = await claim(outbox)

    assert await outbox.dropped(one.members[0], "not_wanted", NOW)
    assert await outbox.sent(one, NOW)

    states = [(await row(database, key)).state for key in keys(one)]
    assert states == [DeliveryState.DROPPED, DeliveryState.SENT]


async def test_in_doubt_they_stay_together_and_nothing_joins_them(outbox: SqlOutbox) -> None:
    await outbox.add([nudge("first", lane="U1"), nudge("second", NOW + MINUTE, lane="U1")], NOW)
    (one,) = await claim(outbox)
    await outbox.again(one, NOW + 5 * SECOND, "timeout", uncertain=True)
    await outbox.add([nudge("new", NOW, lane="U1")], NOW)

    (new,) = await claim(outbox, NOW)
    await outbox.sent(new, NOW)
    (again,) = await claim(outbox, NOW + 5 * SECOND)

    assert (keys(new), keys(again)) == (["new"], ["first", "second"])
    assert (again.mark, again.uncertain_at) == (one.mark, NOW)


async def test_a_newer_one_pushes_none_out_of_the_message_that_they_share(outbox: SqlOutbox) -> None:
    all_that_fit = ["first", "second", "third"]
    await outbox.add([nudge(key, NOW + at * SECOND, lane="U1") for at, key in enumerate(all_that_fit)], NOW)
    (one,) = await claim(outbox)
    await outbox.again(one, NOW, "lease", uncertain=False, counts=False)
    await outbox.add([nudge("newer", NOW + SECOND, lane="U1")], NOW)

    (again,) = await claim(outbox)

    assert keys(again) == all_that_fit
    assert {member.mark for member in again.members} == {again.mark}


async def _two_in_doubt(outbox: SqlOutbox, store: SqlNegotiations) -> Delivery:
    """N1 and N2, which went in one message."""
    for which in ("N1", "N2"):
        await store.save_draft(ANN, which, BRIEF, NOW)
        await store.confirm(ANN, which, 1, "U1", [nudge(which, lane="U1", negotiation_id=which)], NOW)
    (both,) = await claim(outbox)
    await outbox.again(both, NOW, "timeout", uncertain=True)
    return both


@pytest.mark.parametrize("was_found", [False, True])
async def test_one_that_comes_back_is_not_taken_for_part_of_what_went_without_it(
    outbox: SqlOutbox, database: Database, was_found: bool
) -> None:
    store = SqlNegotiations(database)
    both = await _two_in_doubt(outbox, store)
    await store.cancel(ANN, "N1", [], NOW)

    assert await store.restore(ANN, "N1", NOW, [], NOW)
    assert (await row(database, "N1")).mark == both.mark

    await store.cancel(ANN, "N1", [], NOW)
    (alone,) = await claim(outbox)
    await outbox.sent(alone, NOW, "D1", counts=not was_found)
    assert await store.restore(ANN, "N1", NOW, [], NOW)
    assert ((await row(database, "N1")).mark == both.mark) is was_found


async def test_who_dies_with_them_leaves_them_together(outbox: SqlOutbox) -> None:
    await outbox.add([nudge("first", lane="U1"), nudge("second", NOW + MINUTE, lane="U1")], NOW)
    (one,) = await claim(outbox)
    assert await claim(outbox, NOW + LEASE - SECOND) == []

    (again,) = await claim(outbox, NOW + LEASE)

    assert keys(again) == ["first", "second"]
    assert {member.uncertain_at for member in again.members} == {NOW}
    assert again.mark == one.mark


async def test_the_private_channel_is_the_newest_that_slack_named(outbox: SqlOutbox, database: Database) -> None:
    await SqlNegotiations(database).save_draft(ANN, "N1", BRIEF, NOW)
    await outbox.add([nudge("first"), nudge("second"), nudge("third")], NOW)
    assert await outbox.private_channel(ANN) is None
    first, second, third = await outbox.claim(NOW, 10, LEASE)

    await outbox.sent(first, NOW, "D1")
    await outbox.sent(second, NOW + SECOND, "D2")
    await outbox.failed(third, "gave_up", NOW + MINUTE)

    assert await outbox.private_channel(ANN) == "D2"
    assert await outbox.private_channel(BOB) is None


async def test_where_slack_takes_nothing_new_changes_still_go(outbox: SqlOutbox) -> None:
    await outbox.add([nudge("nudge", NOW - MINUTE, lane="C1"), script("script")], NOW)

    assert [one.key for one in await outbox.claim(NOW, 10, LEASE, Busy(posting=["T1"]))] == ["script"]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_nobody_waits_for_a_nudge_that_a_stopped_process_holds(
    database_url: str, outbox: SqlOutbox, database: Database
) -> None:
    rows = [nudge("lead", lane="U1"), nudge("held", NOW + MINUTE, lane="U1"), nudge("other", lane="U2", owner=BOB)]
    await outbox.add(rows, NOW)
    with somebody_writing(database_url) as connection:
        connection.execute(update(delivery).where(delivery.c.key == "held").values(outcome="in mid-change"))
        async with asyncio.timeout(20):
            taken = [await outbox.claim(NOW, 1, LEASE, together=TOGETHER) for _ in range(2)]

    assert [keys(one) for claimed in taken for one in claimed] == [["lead"], ["other"]]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_message_in_doubt_is_left_while_somebody_writes_a_part_of_it(
    database_url: str, outbox: SqlOutbox, database: Database
) -> None:
    both = await _two_in_doubt(outbox, SqlNegotiations(database))
    with somebody_writing(database_url) as connection:
        connection.execute(update(delivery).where(delivery.c.key == "N2").values(revision=2))
        assert await claim(outbox) == []
    left = await row(database, "N1")
    assert (left.state, left.attempts, left.doubts, left.uncertain_at) == (DeliveryState.PENDING, 1, 1, NOW)

    (whole,) = await claim(outbox, NOW + SECOND)
    assert (sorted(keys(whole)), whole.mark) == (["N1", "N2"], both.mark)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_one_comes_back_only_after_a_claim_that_did_not_see_it(
    database_url: str, outbox: SqlOutbox, database: Database
) -> None:
    store = SqlNegotiations(database)
    both = await _two_in_doubt(outbox, store)
    await store.cancel(ANN, "N1", [], NOW)
    with somebody_writing(database_url) as connection:
        claims.take_turn(connection)
        connection.execute(update(delivery).where(delivery.c.key == "N2").values(attempts=2))
        restoring = asyncio.create_task(store.restore(ANN, "N1", NOW, [], NOW))
        for _ in range(1_000):
            if restoring.done() or await database.read(_somebody_waits):
                break
            await asyncio.sleep(0.01)

    assert await restoring
    assert (await row(database, "N1")).mark != both.mark


def _somebody_waits(connection: Connection) -> bool:
    return bool(connection.scalar(text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")))


@pytest.mark.parametrize("alone", [False, True])
async def test_a_try_that_alone_is_in_doubt_is_counted_anew(outbox: SqlOutbox, database: Database, alone: bool) -> None:
    await _two_in_doubt(outbox, SqlNegotiations(database))
    (again,) = await claim(outbox)
    await outbox.again(again, NOW, "timeout", uncertain=True, alone=alone)

    for key in ("N1", "N2"):
        assert ((await row(database, key)).doubts, (await row(database, key)).uncertain_at) == (2 - alone, NOW)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_what_surely_did_not_arrive_leaves_its_mark_to_who_stays_behind(
    database_url: str, outbox: SqlOutbox, database: Database
) -> None:
    await outbox.add([nudge("first", lane="U1"), nudge("second", NOW + MINUTE, lane="U1")], NOW)
    (both,) = await claim(outbox)
    await outbox.again(both, NOW, "resting", uncertain=False, counts=False)
    with somebody_writing(database_url) as connection:
        connection.execute(update(delivery).where(delivery.c.key == "second").values(revision=2))
        (first,) = await claim(outbox)

    assert (keys(first), (await row(database, "first")).mark) == (["first"], first.mark)
    assert (await row(database, "second")).mark == both.mark != first.mark


async def test_what_was_tried_takes_nothing_new_along(outbox: SqlOutbox) -> None:
    await outbox.add([nudge("old", NOW - MINUTE, lane="U1")], NOW)
    (old,) = await claim(outbox)
    await outbox.again(old, NOW, "service_unavailable", uncertain=False)
    await outbox.add([nudge("new", lane="U1"), nudge("snooze:1", lane="U1")], NOW)

    (again,) = await claim(outbox)

    assert keys(again) == ["old"]


async def test_a_snoozed_one_stays_where_its_person_put_it(outbox: SqlOutbox) -> None:
    await outbox.add([nudge("new", lane="U1"), nudge("snooze:1", NOW + MINUTE, lane="U1")], NOW)

    (one,) = await claim(outbox)

    assert keys(one) == ["new"]
