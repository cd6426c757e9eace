"""The messages of a script that stand in Slack, on both databases."""

import pytest

from bot.services.errors import NotFound
from bot.services.model import Post, Posting
from bot.storage.negotiations import SqlNegotiations
from tests.storage.values import ANN, BOB, BRIEF, NOW

HEAD = Post(0, "C1", "C1", "1.0")
REPLY = Post(1, "C1", "C1", "1.1")
PRIVATE = Post(0, "U1", "D1", "2.0")


@pytest.fixture
async def store(negotiations: SqlNegotiations) -> SqlNegotiations:
    """Holds Ann's negotiation N1, of which nothing is posted."""
    await negotiations.save_draft(ANN, "N1", BRIEF, NOW)
    return negotiations


async def test_nothing_is_posted_at_first(store: SqlNegotiations) -> None:
    assert await store.posts(ANN, "N1") == []


async def test_posts_come_back_by_target_then_part(store: SqlNegotiations) -> None:
    for post in (PRIVATE, REPLY, HEAD):
        await store.record_post(ANN, "N1", post)

    assert await store.posts(ANN, "N1") == [HEAD, REPLY, PRIVATE]


async def test_a_message_posted_anew_replaces_the_old_one(store: SqlNegotiations) -> None:
    anew = Post(0, "C1", "C1", "9.0")
    await store.record_post(ANN, "N1", HEAD)
    await store.record_post(ANN, "N1", anew)

    assert await store.posts(ANN, "N1") == [anew]


async def test_forgetting_takes_exactly_those_messages(store: SqlNegotiations) -> None:
    anew = Post(0, "C1", "C1", "9.0")
    for post in (HEAD, anew, REPLY, PRIVATE):
        await store.record_post(ANN, "N1", post)

    await store.forget_posts(ANN, "N1", [HEAD, REPLY])

    assert await store.posts(ANN, "N1") == [anew, PRIVATE]


async def test_a_stranger_records_and_forgets_nothing(store: SqlNegotiations) -> None:
    await store.record_post(ANN, "N1", HEAD)

    with pytest.raises(NotFound):
        await store.record_post(BOB, "N1", REPLY)
    with pytest.raises(NotFound):
        await store.forget_posts(BOB, "N1", [HEAD])

    assert await store.posts(ANN, "N1") == [HEAD]


async def test_another_negotiation_has_posts_of_its_own(store: SqlNegotiations) -> None:
    await store.save_draft(ANN, "N2", BRIEF, NOW)
    await store.record_post(ANN, "N1", HEAD)

    assert await store.posts(ANN, "N2") == []


async def test_only_one_may_send_a_part_to_a_target(negotiations: SqlNegotiations) -> None:
    await negotiations.save_draft(ANN, "N1", BRIEF, NOW)
    mine, theirs = Posting(0, "C1", "mine", NOW), Posting(0, "C1", "theirs", NOW)

    assert await negotiations.begin_posting(ANN, "N1", mine)
    assert not await negotiations.begin_posting(ANN, "N1", theirs)
    assert await negotiations.begin_posting(ANN, "N1", Posting(1, "C1", "more", NOW))
    await negotiations.record_post(ANN, "N1", Post(0, "C1", "C1", "1.0"))

    assert not await negotiations.begin_posting(ANN, "N1", theirs)
    assert [one.part for one in await negotiations.postings(ANN, "N1")] == [1]
    assert await negotiations.postings(BOB, "N1") == []
