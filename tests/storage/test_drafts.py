"""Saving a brief and reading it back, on both databases."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from bot.coaching.brief import Brief, Sealed
from bot.services.errors import NotFound
from bot.services.model import DraftTitle, Negotiation, Person, Post, Reviewed, State
from bot.storage.database import Database
from bot.storage.negotiations import SqlNegotiations
from bot.storage.people import SqlPeople
from bot.storage.tables import brief as brief_table
from tests.storage.values import ANN, ANN_ELSEWHERE, BOB, BRIEF, MINUTE, NOW, briefs, nudge, typed

one_database = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)  # every example saves under an id of its own
numbers = count()


async def test_the_first_revision_makes_a_draft(negotiations: SqlNegotiations) -> None:
    assert (await negotiations.save_draft(ANN, "N1", BRIEF, NOW)).negotiation.revision == 1

    saved = await negotiations.newest(ANN, "N1")
    assert (saved.id, saved.owner, saved.owner.team) == ("N1", ANN, "T1")
    assert (saved.state, saved.revision, saved.confirmed) == (State.DRAFT, 1, 0)
    assert (saved.place, saved.rehearsed_at, saved.cancelled_at) == (None, None, None)
    assert saved.brief == BRIEF


async def test_every_submission_is_a_revision_of_its_own(negotiations: SqlNegotiations) -> None:
    later = replace(BRIEF, my_win="under $95M")
    await negotiations.save_draft(ANN, "N1", BRIEF, NOW)

    assert (await negotiations.save_draft(ANN, "N1", later, NOW + MINUTE)).negotiation.revision == 2
    assert (await negotiations.newest(ANN, "N1")).brief == later
    assert (await negotiations.at(ANN, "N1", 1)).brief == BRIEF


async def test_an_unknown_id_or_revision_is_not_found(negotiations: SqlNegotiations) -> None:
    await negotiations.save_draft(ANN, "N1", BRIEF, NOW)

    for read in (negotiations.newest(ANN, "N2"), negotiations.at(ANN, "N1", 2), negotiations.standing(ANN, "N1")):
        with pytest.raises(NotFound):
            await read


Call = Callable[[SqlNegotiations, Person], Awaitable[object]]
EVERY_CALL: list[Call] = [
    lambda store, who: store.save_draft(who, "N1", BRIEF, NOW),
    lambda store, who: store.newest(who, "N1"),
    lambda store, who: store.at(who, "N1", 1),
    lambda store, who: store.standing(who, "N1"),
    lambda store, who: store.discard(who, "N1", NOW),
    lambda store, who: store.confirm(who, "N1", 1, "C1", [], NOW),
    lambda store, who: store.withdraw(who, "N1", [], NOW),
    lambda store, who: store.cancel(who, "N1", [], NOW),
    lambda store, who: store.restore(who, "N1", NOW, [], NOW),
    lambda store, who: store.snooze(Negotiation("N1", who, State.READY, 1, 1, BRIEF, "C1"), nudge("snooze:1"), NOW),
    lambda store, who: store.rehearsed(who, "N1", NOW),
    lambda store, who: store.silence(who, "N1", NOW),
    lambda store, who: store.posts(who, "N1"),
    lambda store, who: store.forget_posts(who, "N1", []),
]


@pytest.mark.parametrize("stranger", [BOB, ANN_ELSEWHERE], ids=["another user", "same user id elsewhere"])
async def test_nobody_else_sees_or_changes_it(negotiations: SqlNegotiations, stranger: Person) -> None:
    await negotiations.save_draft(ANN, "N1", BRIEF, NOW)
    await negotiations.confirm(ANN, "N1", 1, "C1", [], NOW)
    before = await negotiations.newest(ANN, "N1")

    for call in EVERY_CALL:
        with pytest.raises(NotFound):
            await call(negotiations, stranger)

    assert (await negotiations.waiting(stranger, 10, NOW)).drafts == ()
    assert await negotiations.newest(ANN, "N1") == before


async def test_a_foreign_id_writes_no_brief(negotiations: SqlNegotiations, database: Database) -> None:
    await negotiations.save_draft(ANN, "N1", BRIEF, NOW)

    with pytest.raises(NotFound):
        await negotiations.save_draft(BOB, "N1", replace(BRIEF, title="mine now"), NOW)

    titles = select(brief_table.c.title)
    assert await database.read(lambda connection: connection.scalars(titles).all()) == ["Acme renewal"]


async def test_many_at_a_time_are_each_saved_and_a_foreign_one_alone_is_refused(negotiations: SqlNegotiations) -> None:
    await negotiations.save_draft(ANN, "N7", BRIEF, NOW)
    owners = [ANN if number % 2 else BOB for number in range(20)]
    saves = (negotiations.save_draft(owner, f"N{number}", BRIEF, NOW) for number, owner in enumerate(owners))
    again = (negotiations.save_draft(ANN, "N7", BRIEF, NOW), negotiations.save_draft(BOB, "N7", BRIEF, NOW))

    *saved, second, foreign = await asyncio.gather(*saves, *again, return_exceptions=True)

    assert isinstance(foreign, NotFound)
    revisions = []
    for name, owner, one in [*zip(map("N{}".format, range(20)), owners, saved, strict=True), ("N7", ANN, second)]:
        assert isinstance(one, Reviewed)
        if name == "N7":
            revisions.append(one.negotiation.revision)
        assert one.negotiation == await negotiations.at(owner, name, one.negotiation.revision)
    assert sorted(revisions) == [2, 3]  # whichever came first


@one_database
@given(briefs(typed))
async def test_what_a_save_answers_is_what_the_store_holds(negotiations: SqlNegotiations, brief: Brief) -> None:
    name = f"N{next(numbers)}"
    saved = await negotiations.save_draft(ANN, name, brief, NOW)

    assert saved == await negotiations.reviewed(ANN, name, 1)


async def test_a_save_tells_the_zone_of_its_owner_and_of_nobody_else(
    negotiations: SqlNegotiations, people: SqlPeople
) -> None:
    await people.remember_zone(BOB, "Asia/Tokyo", NOW)
    assert (await negotiations.save_draft(ANN, "N1", BRIEF, NOW)).zone is None

    await people.remember_zone(ANN, "Europe/Paris", NOW)
    for name in ("N1", "N2"):
        assert (await negotiations.save_draft(ANN, name, BRIEF, NOW)).zone == "Europe/Paris"


async def test_another_team_of_the_same_installation_is_the_same_person(negotiations: SqlNegotiations) -> None:
    await negotiations.save_draft(Person("E1", "U1", "T1"), "N1", BRIEF, NOW)

    assert (await negotiations.save_draft(Person("E1", "U1", "T2"), "N1", BRIEF, NOW)).negotiation.revision == 2
    assert (await negotiations.newest(Person("E1", "U1"), "N1")).owner.team == "T1"


@one_database
@given(briefs())
async def test_every_brief_comes_back_as_it_was(negotiations: SqlNegotiations, brief: Brief) -> None:
    name = f"N{next(numbers)}"
    revision = (await negotiations.save_draft(ANN, name, brief, NOW)).negotiation.revision

    back = (await negotiations.at(ANN, name, revision)).brief
    assert back == brief
    assert back.meeting_at is None or back.meeting_at.tzinfo is UTC


@one_database
@given(briefs(typed))
async def test_hostile_text_never_stops_a_save(negotiations: SqlNegotiations, brief: Brief) -> None:
    name = f"N{next(numbers)}"
    await negotiations.save_draft(ANN, name, brief, NOW)

    assert (await negotiations.newest(ANN, name)).brief.rungs == brief.rungs


@pytest.mark.parametrize("letter", ["a", "ß", "漢", "\U0001f91d", "\u202e", "'", "%", "\\"])
async def test_long_fields_in_any_script(negotiations: SqlNegotiations, letter: str) -> None:
    long = letter * 3000
    brief = Brief(long, long, my_win=long, their_win=long, shared_win=long, walk_away=Sealed(long))
    await negotiations.save_draft(ANN, "N1", brief, NOW)

    assert (await negotiations.newest(ANN, "N1")).brief == brief


async def test_a_meeting_without_a_zone_is_refused_and_saves_nothing(negotiations: SqlNegotiations) -> None:
    naive = replace(BRIEF, my_win="private words", meeting_at=NOW.replace(tzinfo=None))

    with pytest.raises(StatementError, match="without a time zone") as refused:
        await negotiations.save_draft(ANN, "N1", naive, NOW)

    assert "private words" not in str(refused.value)
    with pytest.raises(NotFound):
        await negotiations.newest(ANN, "N1")


class TestDrafts:
    """`drafts`: what "Continue ..." offers."""

    async def test_newest_first_and_no_more_than_asked_for(self, negotiations: SqlNegotiations) -> None:
        for number in range(4):
            brief = replace(BRIEF, title=f"Matter {number}")
            await negotiations.save_draft(ANN, f"N{number}", brief, NOW + number * MINUTE)
        await negotiations.save_draft(ANN, "N1", BRIEF, NOW + timedelta(hours=1))

        titles = (await negotiations.waiting(ANN, 3, NOW)).drafts

        assert titles[0] == DraftTitle("N1", "Acme renewal", "Dana", NOW + timedelta(hours=1))
        assert [one.negotiation_id for one in titles] == ["N1", "N3", "N2"]

    async def test_what_stands_is_no_draft_until_it_is_edited(self, negotiations: SqlNegotiations) -> None:
        await negotiations.save_draft(ANN, "N1", BRIEF, NOW)
        await negotiations.confirm(ANN, "N1", 1, "C1", [], NOW)
        not_taken_yet = (await negotiations.waiting(ANN, 10, NOW)).drafts
        assert [one.title for one in not_taken_yet] == [BRIEF.title]

        await negotiations.record_post(ANN, "N1", Post(0, "C1", "C1", "1.0"))
        assert (await negotiations.waiting(ANN, 10, NOW)).drafts == ()

        await negotiations.save_draft(ANN, "N1", replace(BRIEF, title="Edited"), NOW)
        assert [one.title for one in (await negotiations.waiting(ANN, 10, NOW)).drafts] == ["Edited"]

    async def test_what_was_taken_back_is_a_draft_again(self, negotiations: SqlNegotiations) -> None:
        await negotiations.save_draft(ANN, "N1", BRIEF, NOW)
        await negotiations.confirm(ANN, "N1", 1, "C1", [], NOW)
        await negotiations.withdraw(ANN, "N1", [], NOW)

        assert [one.negotiation_id for one in (await negotiations.waiting(ANN, 10, NOW)).drafts] == ["N1"]

    async def test_what_was_cancelled_is_not_offered(self, negotiations: SqlNegotiations) -> None:
        await negotiations.save_draft(ANN, "N1", BRIEF, NOW)
        await negotiations.confirm(ANN, "N1", 1, "C1", [], NOW)
        await negotiations.save_draft(ANN, "N1", BRIEF, NOW)
        await negotiations.cancel(ANN, "N1", [], NOW)

        assert (await negotiations.waiting(ANN, 10, NOW)).drafts == ()
