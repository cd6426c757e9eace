"""The life of a negotiation on both databases: each change is one transaction with its rows of the outbox."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import Connection, event, select, update
from sqlalchemy.exc import StatementError

from bot.coaching.brief import Rung
from bot.services.deliveries import Reminder
from bot.services.errors import NotFound
from bot.services.model import Negotiation, State
from bot.storage.database import Database
from bot.storage.negotiations import SqlNegotiations
from bot.storage.outbox import SqlOutbox
from bot.storage.reads import reminders
from bot.storage.tables import brief, delivery
from tests.storage.values import ANN, BOB, BRIEF, MINUTE, NOW, nudge, script


async def outcomes(database: Database) -> dict[str, str]:
    """Every delivery's key with its state, or why it was dropped."""
    rows = select(delivery.c.key, delivery.c.state, delivery.c.outcome)
    found = await database.read(lambda connection: connection.execute(rows).all())
    return {row.key: row.outcome or row.state for row in found}


@pytest.fixture
async def ready(negotiations: SqlNegotiations) -> Negotiation:
    """Ann's negotiation N1, posted to C1, with a script just due and a nudge to come."""
    await negotiations.save_draft(ANN, "N1", BRIEF, NOW)
    rows = [script("S1"), nudge("A", NOW + MINUTE)]
    assert await negotiations.confirm(ANN, "N1", 1, "C1", rows, NOW)
    return await negotiations.standing(ANN, "N1")


async def test_confirming_makes_it_stand_and_fills_the_outbox(ready: Negotiation, outbox: SqlOutbox) -> None:
    assert (ready.state, ready.confirmed, ready.revision, ready.place) == (State.READY, 1, 1, "C1")
    assert ready.brief == BRIEF
    assert [row.key for row in await outbox.to_send(ANN, "N1")] == ["S1", "A"]


async def test_a_nudge_is_read_no_older_than_what_stands_though_an_edit_comes_between(
    ready: Negotiation, database: Database, negotiations: SqlNegotiations
) -> None:
    await negotiations.save_draft(ANN, ready.id, BRIEF, NOW)
    edits = [negotiations.confirm(ANN, ready.id, 2, "C1", [], NOW, keeps=set(Rung))]
    loop = asyncio.get_running_loop()

    def edit(*_: object) -> None:
        while edits:
            assert asyncio.run_coroutine_threadsafe(edits.pop(), loop).result(20)

    def read(connection: Connection) -> Reminder:
        event.listen(connection, "after_cursor_execute", edit)
        return reminders(connection, [ready.id])[ready.id]

    known = await database.read(read)

    assert not edits
    assert [step.revision for step in known.nudges] == [2]
    assert known.negotiation.confirmed <= 2


@pytest.mark.usefixtures("ready")
class TestConfirm:
    async def test_a_double_click_changes_nothing(self, negotiations: SqlNegotiations, database: Database) -> None:
        assert not await negotiations.confirm(ANN, "N1", 1, "C1", [nudge("B")], NOW + MINUTE)

        assert await outcomes(database) == {"S1": "pending", "A": "pending"}

    async def test_another_place_is_a_change(self, negotiations: SqlNegotiations, database: Database) -> None:
        assert await negotiations.confirm(ANN, "N1", 1, "C2", [nudge("B")], NOW)

        assert (await negotiations.standing(ANN, "N1")).place == "C2"
        assert await outcomes(database) == {"S1": "pending", "A": "replanned", "B": "pending"}

    async def test_a_later_revision_replaces_and_forgets_older_drafts(
        self, negotiations: SqlNegotiations, database: Database
    ) -> None:
        for title in ("second", "third", "fourth"):
            await negotiations.save_draft(ANN, "N1", replace(BRIEF, title=title), NOW)
        await negotiations.rehearsed(ANN, "N1", NOW)

        assert await negotiations.confirm(ANN, "N1", 3, "C1", [script("S3")], NOW)

        standing = await negotiations.standing(ANN, "N1")
        assert (standing.brief.title, standing.rehearsed_at) == ("third", None)
        assert (await negotiations.newest(ANN, "N1")).brief.title == "fourth"
        for forgotten in (1, 2):
            with pytest.raises(NotFound):
                await negotiations.at(ANN, "N1", forgotten)
        assert (await outcomes(database))["S3"] == "pending"

    async def test_an_older_revision_no_longer_stands(self, negotiations: SqlNegotiations) -> None:
        await negotiations.save_draft(ANN, "N1", BRIEF, NOW)
        await negotiations.confirm(ANN, "N1", 2, "C1", [], NOW)

        assert not await negotiations.confirm(ANN, "N1", 1, "C9", [], NOW)
        assert (await negotiations.standing(ANN, "N1")).place == "C1"

    async def test_a_revision_that_was_never_saved_cannot_stand(self, negotiations: SqlNegotiations) -> None:
        assert not await negotiations.confirm(ANN, "N1", 2, "C1", [], NOW)

    async def test_after_taking_back_the_same_revision_stands_again(self, negotiations: SqlNegotiations) -> None:
        await negotiations.withdraw(ANN, "N1", [], NOW)

        assert await negotiations.confirm(ANN, "N1", 1, "C1", [], NOW)

    async def test_a_cancelled_one_cannot_stand(self, negotiations: SqlNegotiations) -> None:
        await negotiations.save_draft(ANN, "N1", BRIEF, NOW)
        await negotiations.cancel(ANN, "N1", [], NOW)

        assert not await negotiations.confirm(ANN, "N1", 2, "C1", [], NOW)

    async def test_of_many_clicks_at_once_one_counts(self, negotiations: SqlNegotiations, database: Database) -> None:
        await negotiations.save_draft(ANN, "N1", BRIEF, NOW)

        clicks = [negotiations.confirm(ANN, "N1", 2, "C1", [script(f"S{n}")], NOW) for n in range(10, 20)]

        assert sum(await asyncio.gather(*clicks)) == 1
        assert len(await outcomes(database)) == 3

    async def test_a_failure_on_the_way_leaves_all_as_it_was(
        self, ready: Negotiation, negotiations: SqlNegotiations, database: Database
    ) -> None:
        await negotiations.save_draft(ANN, "N1", BRIEF, NOW)
        impossible = nudge("B", NOW.replace(tzinfo=None))

        with pytest.raises(StatementError):
            await negotiations.confirm(ANN, "N1", 2, "C2", [script("S2"), impossible], NOW)

        assert await negotiations.standing(ANN, "N1") == ready
        assert await outcomes(database) == {"S1": "pending", "A": "pending"}


@pytest.mark.usefixtures("ready")
class TestWithdraw:
    async def test_it_stands_nowhere_and_keeps_its_nudges(
        self, negotiations: SqlNegotiations, database: Database
    ) -> None:
        assert await negotiations.withdraw(ANN, "N1", [script("S2")], NOW)

        kept = await negotiations.standing(ANN, "N1")
        assert (kept.place, kept.state, kept.brief) == (None, State.READY, BRIEF)
        assert await outcomes(database) == {"S1": "pending", "A": "pending", "S2": "pending"}

    async def test_twice_is_once(self, negotiations: SqlNegotiations, database: Database) -> None:
        await negotiations.withdraw(ANN, "N1", [], NOW)

        assert not await negotiations.withdraw(ANN, "N1", [script("S2")], NOW)
        assert "S2" not in await outcomes(database)


@pytest.mark.usefixtures("ready")
class TestCancelAndRestore:
    async def test_cancelling_silences_it(self, negotiations: SqlNegotiations, database: Database) -> None:
        assert await negotiations.cancel(ANN, "N1", [script("S2")], NOW)

        cancelled = await negotiations.standing(ANN, "N1")
        assert (cancelled.state, cancelled.cancelled_at, cancelled.place) == (State.CANCELLED, NOW, "C1")
        assert await outcomes(database) == {"S1": "pending", "A": "cancelled", "S2": "pending"}

    async def test_only_what_is_ready_can_be_cancelled(self, negotiations: SqlNegotiations) -> None:
        await negotiations.cancel(ANN, "N1", [], NOW)
        await negotiations.save_draft(ANN, "N2", BRIEF, NOW)

        assert not await negotiations.cancel(ANN, "N1", [], NOW)
        assert not await negotiations.cancel(ANN, "N2", [], NOW)

    async def test_undone_in_time_it_is_ready_again(self, negotiations: SqlNegotiations, database: Database) -> None:
        await negotiations.cancel(ANN, "N1", [], NOW)

        assert await negotiations.restore(ANN, "N1", NOW, [nudge("B")], NOW + MINUTE)

        restored = await negotiations.standing(ANN, "N1")
        assert (restored.state, restored.cancelled_at) == (State.READY, None)
        assert await outcomes(database) == {"S1": "pending", "A": "pending", "B": "pending"}

    async def test_too_late_it_stays_cancelled(self, negotiations: SqlNegotiations, database: Database) -> None:
        await negotiations.cancel(ANN, "N1", [], NOW)

        assert not await negotiations.restore(ANN, "N1", NOW + MINUTE, [nudge("B")], NOW + 2 * MINUTE)
        assert (await negotiations.standing(ANN, "N1")).state is State.CANCELLED
        assert "B" not in await outcomes(database)

    async def test_what_was_not_cancelled_cannot_be_restored(self, negotiations: SqlNegotiations) -> None:
        assert not await negotiations.restore(ANN, "N1", NOW - MINUTE, [], NOW)


@pytest.mark.usefixtures("ready")
class TestRehearsedAndSilence:
    async def test_a_rehearsal_ends_the_ladder(self, negotiations: SqlNegotiations, database: Database) -> None:
        assert await negotiations.rehearsed(ANN, "N1", NOW)
        assert not await negotiations.rehearsed(ANN, "N1", NOW + MINUTE)

        assert (await negotiations.standing(ANN, "N1")).rehearsed_at == NOW
        assert await outcomes(database) == {"S1": "pending", "A": "rehearsed"}

    async def test_stop_silences_this_negotiation_only(
        self, negotiations: SqlNegotiations, outbox: SqlOutbox, database: Database
    ) -> None:
        await negotiations.save_draft(ANN, "N1", BRIEF, NOW)
        await outbox.add([nudge("other", negotiation_id="N2"), nudge("Bob's", owner=BOB)], NOW)

        await negotiations.silence(ANN, "N1", NOW)

        assert (await negotiations.standing(ANN, "N1")).brief == replace(BRIEF, rungs=frozenset())
        assert (await negotiations.newest(ANN, "N1")).brief.rungs == frozenset(Rung)
        assert await outcomes(database) == {"S1": "pending", "A": "stopped", "other": "pending", "Bob's": "pending"}

    async def test_a_nudge_in_flight_is_left_to_its_sender(
        self, negotiations: SqlNegotiations, outbox: SqlOutbox, database: Database
    ) -> None:
        (_, flying) = await outbox.claim(NOW + MINUTE, 2, MINUTE)

        await negotiations.silence(ANN, "N1", NOW)

        assert flying.key == "A"
        assert (await outcomes(database))["A"] == "claimed"
        assert await outbox.dropped(flying, "not_wanted", NOW)


async def test_a_negotiation_that_cannot_be_read_keeps_no_other_from_its_claim(
    negotiations: SqlNegotiations, outbox: SqlOutbox, database: Database
) -> None:
    for which in ("N1", "N2"):
        await negotiations.save_draft(ANN, which, BRIEF, NOW)
        await negotiations.confirm(ANN, which, 1, None, [nudge(which, negotiation_id=which)], NOW)
    spoil = update(brief).where(brief.c.negotiation_id == "N1").values(rungs="often")
    await database.run_one(lambda connection: connection.execute(spoil))

    claimed = await outbox.claim(NOW, 10, MINUTE)

    assert [row.key for row in claimed] == ["N1", "N2"]
    with pytest.raises(ValueError, match="often"):
        await negotiations.reminder(ANN, "N1")
    assert (await negotiations.reminder(ANN, "N2")).negotiation.brief == BRIEF


async def test_a_rung_that_only_a_newer_process_knows_keeps_none_of_the_others_back(
    negotiations: SqlNegotiations, outbox: SqlOutbox, database: Database
) -> None:
    ladder = [nudge("week", rung=Rung.DAY), nudge("hours", rung=Rung.HOURS)]
    await negotiations.save_draft(ANN, "N1", BRIEF, NOW)
    await negotiations.confirm(ANN, "N1", 1, None, ladder, NOW)
    week = [
        update(brief).where(brief.c.negotiation_id == "N1").values(rungs="10080,120"),
        update(delivery).where(delivery.c.key == "week").values(rung=10080),
    ]
    await database.run(lambda connection: [connection.execute(written) for written in week])

    known = await negotiations.reminder(ANN, "N1")
    (claimed,) = await outbox.claim(NOW, 10, MINUTE)

    assert claimed.known is not None
    assert (claimed.key, claimed.known.negotiation) == ("hours", known.negotiation)
    assert known.negotiation.brief.rungs == {Rung.HOURS}
    assert [step.rung for step in known.nudges] == [Rung.HOURS]
