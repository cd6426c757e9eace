"""Where a script goes next, and what becomes of the message that stands: nothing is orphaned, nothing comes twice."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.services.deliveries import Sent
from bot.services.errors import Cancelled, DeliveryError, Superseded
from bot.services.model import LEAVING
from bot.services.pages import Review
from tests.services.conftest import BRIEF, LEASE, House
from tests.services.fakes import ANN, NOW


async def test_a_private_script_stays_private_at_the_next_edit(house: House) -> None:
    negotiation_id = await house.stand(private=True)
    again = await house.preparing.submit(ANN, negotiation_id, replace(BRIEF, my_win="a 12 % discount"))

    assert isinstance(again, Review)
    assert again.private_first
    assert again.updates


async def test_what_stands_in_a_channel_is_updated_there_even_where_it_is_sensitive(house: House) -> None:
    negotiation_id = await house.stand(replace(BRIEF, title="salary"))
    again = await house.preparing.submit(ANN, negotiation_id, replace(BRIEF, title="salary 2027"))

    assert isinstance(again, Review)
    assert not again.private_first
    assert again.updates


async def test_leaving_a_channel_is_said(house: House) -> None:
    negotiation_id = await house.stand()
    again = await house.preparing.submit(ANN, negotiation_id, replace(BRIEF, place=None))

    assert isinstance(again, Review)
    assert again.leaves == "C_DEALS"


async def test_posting_again_twice_posts_one_new_message(house: House) -> None:
    negotiation_id = await house.stand()
    for _ in range(2):
        await house.publishing.again(ANN, negotiation_id, instead_of="1")
        await house.deliver()
        house.clock.pass_(timedelta(seconds=1))

    assert len(house.slack.texts("C_DEALS")) == 1
    assert house.slack.posted == 2


async def test_taking_back_reaches_a_message_that_was_replaced(house: House) -> None:
    negotiation_id = await house.stand()
    house.slack.refusals = [None, DeliveryError("cant_delete_message", permanent=True)]
    await house.publishing.again(ANN, negotiation_id, instead_of="1")
    await house.deliver()
    assert len(house.slack.texts("C_DEALS")) == 2

    await house.publishing.take_back(ANN, negotiation_id)
    await house.deliver()
    assert house.slack.texts("C_DEALS") == []


async def test_a_take_back_that_slack_refuses_can_be_tried_again(house: House) -> None:
    negotiation_id = await house.stand()
    house.slack.refusals = [DeliveryError("restricted_action", permanent=True)]
    await house.publishing.take_back(ANN, negotiation_id)
    await house.deliver()
    assert house.slack.texts("D_ANN") == ["failed restricted_action"]

    await house.publishing.again(ANN, negotiation_id)
    await house.deliver()
    assert house.slack.texts("C_DEALS") == []


async def test_moving_the_meeting_does_not_keep_what_was_taken_back(house: House) -> None:
    negotiation_id = await house.stand()
    await house.publishing.take_back(ANN, negotiation_id)
    await house.publishing.move(ANN, negotiation_id, NOW + timedelta(days=5), BRIEF.rungs)
    await house.deliver()

    assert house.slack.texts("C_DEALS") == []


async def test_a_stop_in_mid_deletion_leaves_no_ghost(house: House) -> None:
    """Slack deleted the message and we died before we knew: the next script is a new message."""
    negotiation_id = await house.stand()
    await house.publishing.take_back(ANN, negotiation_id)
    (row,) = await house.outbox.claim(house.clock.now(), 10, timedelta(seconds=30))
    house.slack.refusals = [None]
    house.slack.messages.clear()
    posts = await house.negotiations.posts(ANN, negotiation_id)
    await house.negotiations.set_aside(ANN, negotiation_id, posts, LEAVING)
    await house.outbox.dropped(row, "killed", house.clock.now())
    await house.edit(negotiation_id)

    assert len(house.slack.texts("C_DEALS")) == 1
    assert house.slack.texts("D_ANN") == []


async def test_a_review_left_open_while_it_was_cancelled_posts_nothing(house: House) -> None:
    negotiation_id = await house.stand()
    await house.preparing.submit(ANN, negotiation_id, BRIEF)
    await house.publishing.cancel(ANN, negotiation_id)

    with pytest.raises(Cancelled):
        await house.publishing.confirm(ANN, negotiation_id, 2, private=False, view_id=None)
    with pytest.raises(Cancelled):
        await house.publishing.move(ANN, negotiation_id, NOW + timedelta(days=5), BRIEF.rungs)


async def test_an_older_review_says_that_a_newer_one_stands(house: House) -> None:
    negotiation_id = await house.stand()
    await house.preparing.submit(ANN, negotiation_id, BRIEF)
    await house.edit(negotiation_id)

    with pytest.raises(Superseded):
        await house.publishing.confirm(ANN, negotiation_id, 2, private=False, view_id=None)


async def test_what_stands_as_it_should_is_not_sent_again(house: House) -> None:
    negotiation_id = await house.stand()
    house.slack.refusals = [DeliveryError("message_not_found", permanent=True)]
    await house.publishing.again(ANN, negotiation_id)
    ((_, outcome),) = await house.deliver()

    assert outcome == Sent()


async def test_a_row_of_the_old_place_leaves_the_new_one_to_its_own(house: House) -> None:
    await house.preparing.submit(ANN, "N1", BRIEF)
    await house.publishing.confirm(ANN, "N1", 1, private=False, view_id=None)
    await house.publishing.confirm(ANN, "N1", 1, private=True, view_id=None)
    old, new = await house.outbox.claim(house.clock.now(), 10, LEASE)
    assert [row.lane for row in (old, new)] == ["C_DEALS", "U_ANN"]

    await house.carry(old)
    assert house.slack.messages == {}
    await house.carry(new)
    assert [channel for channel, _ in house.slack.messages] == ["D_ANN"]
