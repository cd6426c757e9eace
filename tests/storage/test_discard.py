"""Deleting what was begun, on both databases."""

from dataclasses import replace

import pytest

from bot.services.deliveries import NewDelivery
from bot.services.errors import NotFound
from bot.services.model import Dismissal, Post
from bot.storage.negotiations import SqlNegotiations
from bot.storage.outbox import SqlOutbox
from tests.storage.values import ANN, BRIEF, MINUTE, NOW, nudge, script

HEAD = Post(0, "C1", "C1", "1.0")


async def stand(negotiations: SqlNegotiations, *nudges: NewDelivery) -> None:
    """A script that stands in a channel."""
    await negotiations.save_draft(ANN, "N1", BRIEF, NOW)
    await negotiations.confirm(ANN, "N1", 1, "C1", nudges, NOW)
    await negotiations.record_post(ANN, "N1", HEAD)


async def test_a_draft_goes_with_all_that_hangs_on_it(negotiations: SqlNegotiations) -> None:
    await negotiations.save_draft(ANN, "N1", BRIEF, NOW)
    await negotiations.dismiss(ANN, "N1", Dismissal("rule", "my_win"), NOW)
    await negotiations.save_draft(ANN, "N2", BRIEF, NOW)

    assert await negotiations.discard(ANN, "N1", NOW)
    assert [one.negotiation_id for one in (await negotiations.waiting(ANN, 10, NOW)).drafts] == ["N2"]
    with pytest.raises(NotFound):
        await negotiations.newest(ANN, "N1")


async def test_of_what_stands_only_the_unfinished_edit_goes(negotiations: SqlNegotiations, outbox: SqlOutbox) -> None:
    await stand(negotiations, nudge("nudge:N1:1"))
    await negotiations.save_draft(ANN, "N1", replace(BRIEF, title="Edited"), NOW)

    assert await negotiations.discard(ANN, "N1", NOW)
    assert (await negotiations.waiting(ANN, 10, NOW)).drafts == ()
    left = await negotiations.newest(ANN, "N1")
    assert left.brief == BRIEF
    assert left.confirmed == left.revision
    assert [row.revision for row in await outbox.to_send(ANN, "N1")] == [left.confirmed]
    assert await negotiations.posts(ANN, "N1") == [HEAD]


async def test_no_revision_is_given_twice(negotiations: SqlNegotiations) -> None:
    """A review of what was deleted must not confirm what came after it."""
    await stand(negotiations)
    deleted = (await negotiations.save_draft(ANN, "N1", replace(BRIEF, title="Edited"), NOW)).negotiation.revision
    await negotiations.discard(ANN, "N1", NOW)

    assert (await negotiations.save_draft(ANN, "N1", BRIEF, NOW)).negotiation.revision > deleted
    assert not await negotiations.confirm(ANN, "N1", deleted, "C1", [], NOW)


async def test_nothing_goes_while_a_nudge_is_being_sent(negotiations: SqlNegotiations, outbox: SqlOutbox) -> None:
    await stand(negotiations, nudge("nudge:N1:1"))
    await negotiations.save_draft(ANN, "N1", replace(BRIEF, title="Edited"), NOW)
    (row,) = await outbox.claim(NOW, 1, MINUTE)

    assert not await negotiations.discard(ANN, "N1", NOW)
    await outbox.sent(row, NOW)
    assert await negotiations.discard(ANN, "N1", NOW)


async def test_nothing_goes_while_a_script_is_on_its_way(negotiations: SqlNegotiations) -> None:
    await negotiations.save_draft(ANN, "N1", BRIEF, NOW)
    await negotiations.confirm(ANN, "N1", 1, "C1", [script("script:N1:1")], NOW)

    assert not await negotiations.discard(ANN, "N1", NOW)
    assert (await negotiations.standing(ANN, "N1")).brief == BRIEF


async def test_what_was_taken_back_goes_once_its_message_is_gone(negotiations: SqlNegotiations) -> None:
    await stand(negotiations)
    await negotiations.withdraw(ANN, "N1", [], NOW)
    assert not await negotiations.discard(ANN, "N1", NOW)

    await negotiations.forget_posts(ANN, "N1", [HEAD])
    assert await negotiations.discard(ANN, "N1", NOW)
    with pytest.raises(NotFound):
        await negotiations.standing(ANN, "N1")
