"""Where a script stands: posted once, changed in place, taken back, cancelled, brought back."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.coaching.brief import Rung
from bot.services import delivering
from bot.services.deliveries import Kind
from bot.services.errors import DeliveryError, NotFound
from bot.services.model import State
from bot.services.pages import FailedPage, PostedPage, Refused
from tests.services.conftest import BRIEF, House
from tests.services.fakes import ANN, BEN, NOW, FakeSlack


async def test_a_confirmed_script_is_posted_once(house: House) -> None:
    negotiation_id = await house.stand(view_id="V1")

    assert len(house.slack.texts("C_DEALS")) == 1
    (page,) = house.slack.views["V1"]
    assert isinstance(page, PostedPage)
    assert page.link == "https://acme.test/C_DEALS/1"
    assert [step.rung for step in page.nudges] == [Rung.DAY, Rung.HOURS, Rung.MINUTES]
    assert (await house.negotiations.standing(ANN, negotiation_id)).state is State.READY


async def test_a_double_click_posts_once_and_answers_both_views(house: House) -> None:
    await house.preparing.submit(ANN, "n1", BRIEF)
    for view_id in ("V1", "V2"):
        await house.publishing.confirm(ANN, "n1", 1, private=False, view_id=view_id)
    await house.deliver()

    assert house.slack.posted == 1
    assert all(isinstance(house.slack.views[view][-1], PostedPage) for view in ("V1", "V2"))


async def test_kept_private_goes_to_its_owner_alone(house: House) -> None:
    negotiation_id = await house.stand(private=True)

    assert house.slack.texts("C_DEALS") == []
    assert len(house.slack.texts("D_ANN")) == 1
    assert (await house.negotiations.standing(ANN, negotiation_id)).place == ANN.user


async def test_an_edit_changes_the_same_message(house: House) -> None:
    negotiation_id = await house.stand()
    await house.edit(negotiation_id, my_win="a 12 % discount")

    assert house.slack.posted == 1
    assert "12 %" in house.slack.texts("C_DEALS")[0]


async def test_an_edit_adds_and_removes_replies(house: House) -> None:
    house.slack.parts = 3
    negotiation_id = await house.stand()
    assert [house.slack.threads["C_DEALS", ts] for ts in ("1", "2", "3")] == [None, "1", "1"]

    house.slack.parts = 2
    await house.edit(negotiation_id, title="Acme renewal 2027")
    assert len(house.slack.texts("C_DEALS")) == 2

    house.slack.parts = 4
    await house.edit(negotiation_id, title="Acme renewal 2028")
    assert [house.slack.threads[key] for key in house.slack.messages] == [None, "1", "1", "1"]


async def test_another_place_moves_the_script(house: House) -> None:
    negotiation_id = await house.stand()
    await house.edit(negotiation_id, place="C_SUPPLY")

    assert house.slack.texts("C_DEALS") == []
    assert len(house.slack.texts("C_SUPPLY")) == 1


async def test_a_stop_between_two_parts_posts_no_part_twice(house: House) -> None:
    house.slack.parts = 3
    house.slack.refusals = [None, DeliveryError("connection")]
    negotiation_id = await house.stand()
    assert len(house.slack.texts("C_DEALS")) == 1

    await house.publishing.again(ANN, negotiation_id)
    await house.deliver()

    assert house.slack.texts("C_DEALS")[0].endswith("[0]")
    assert [text[-3:] for text in house.slack.texts("C_DEALS")] == ["[0]", "[1]", "[2]"]


async def test_taking_back_deletes_every_part_and_keeps_the_brief(house: House) -> None:
    house.slack.parts = 3
    negotiation_id = await house.stand()

    assert await house.publishing.take_back(ANN, negotiation_id)
    assert not await house.publishing.take_back(ANN, negotiation_id)
    await house.deliver()

    assert house.slack.texts("C_DEALS") == []
    (draft,) = (await house.preparing.waiting(ANN)).drafts
    assert draft.negotiation_id == negotiation_id


async def test_a_script_taken_back_can_be_posted_again(house: House) -> None:
    negotiation_id = await house.stand()
    await house.publishing.take_back(ANN, negotiation_id)
    await house.deliver()
    await house.edit(negotiation_id)

    assert len(house.slack.texts("C_DEALS")) == 1


async def test_cancelling_leaves_one_line_and_silences_the_nudges(house: House) -> None:
    house.slack.parts = 2
    negotiation_id = await house.stand()

    assert await house.publishing.cancel(ANN, negotiation_id)
    assert not await house.publishing.cancel(ANN, negotiation_id)
    await house.deliver()

    assert house.slack.texts("C_DEALS") == ["cancelled"]
    assert await house.outbox.to_send(ANN, negotiation_id) == []


@pytest.mark.parametrize(("waited", "back"), [(0, True), (59, True), (120, False)])
async def test_undo_brings_it_back_for_a_minute(house: House, waited: int, back: bool) -> None:
    negotiation_id = await house.stand()
    await house.publishing.cancel(ANN, negotiation_id)
    await house.deliver()
    house.clock.pass_(timedelta(seconds=waited))

    assert await house.publishing.undo_cancel(ANN, negotiation_id) is back
    await house.deliver()

    assert (house.slack.texts("C_DEALS") != ["cancelled"]) is back
    nudges = [row.rung for row in await house.outbox.to_send(ANN, negotiation_id) if row.kind is Kind.NUDGE]
    assert nudges == ([Rung.DAY, Rung.HOURS, Rung.MINUTES] if back else [])


async def test_moving_the_meeting_moves_its_ladder(house: House) -> None:
    negotiation_id = await house.stand()
    later = NOW + timedelta(days=5)

    moved = await house.publishing.move(ANN, negotiation_id, later, frozenset({Rung.MINUTES}))
    await house.deliver()

    assert not isinstance(moved, Refused)
    (row,) = await house.outbox.to_send(ANN, negotiation_id)
    assert row.due_at == later - timedelta(minutes=15)
    assert house.slack.posted == 1


async def test_moving_keeps_an_unfinished_edit(house: House) -> None:
    negotiation_id = await house.stand()
    await house.preparing.keep_draft(ANN, negotiation_id, replace(BRIEF, my_win="half an idea"))
    await house.publishing.move(ANN, negotiation_id, NOW + timedelta(days=5), BRIEF.rungs)

    newest = await house.preparing.newest(ANN, negotiation_id)
    assert newest.brief.my_win == "half an idea"
    assert newest.brief.meeting_at == NOW + timedelta(days=5)
    assert (await house.negotiations.standing(ANN, negotiation_id)).brief.my_win == BRIEF.my_win


@pytest.mark.parametrize("stands", [True, False])
async def test_a_copy_that_nobody_knows_goes_where_its_menu_takes_it_back(house: House, stands: bool) -> None:
    negotiation_id = await house.stand()
    house.slack.messages["C_DEALS", "copy"] = "left by a kill"
    if not stands:
        await house.publishing.take_back(ANN, negotiation_id)
        await house.deliver()
        house.clock.pass_(timedelta(seconds=1))

    assert await house.publishing.take_back(ANN, negotiation_id, ("C_DEALS", "copy"))
    await house.deliver()

    assert house.slack.texts("C_DEALS") == []
    assert await house.negotiations.posts(ANN, negotiation_id) == []


async def test_taking_back_by_the_known_message_leaves_no_other(house: House) -> None:
    negotiation_id = await house.stand()
    assert await house.publishing.take_back(ANN, negotiation_id, ("C_DEALS", "1"))
    assert [post.ts for post in await house.negotiations.posts(ANN, negotiation_id)] == ["1"]


@pytest.mark.parametrize("meeting", [None, NOW, NOW - timedelta(days=1)])
async def test_a_meeting_cannot_be_moved_into_the_past(house: House, meeting: None) -> None:
    negotiation_id = await house.stand()

    assert isinstance(await house.publishing.move(ANN, negotiation_id, meeting, BRIEF.rungs), Refused)


async def test_a_refused_post_is_shown_where_the_person_waits(house: House) -> None:
    house.slack.refusals = [DeliveryError("not_in_channel", permanent=True)]
    await house.stand(view_id="V1")

    (page,) = house.slack.views["V1"]
    assert isinstance(page, FailedPage)
    assert page.code == "not_in_channel"
    assert house.slack.texts("D_ANN") == []


async def test_a_refused_post_is_told_privately_where_the_view_was_closed(house: House) -> None:
    house.slack.closed_views = {"V1"}
    house.slack.refusals = [DeliveryError("not_in_channel", permanent=True)]
    await house.stand(view_id="V1")

    assert house.slack.texts("D_ANN") == ["failed not_in_channel"]


@pytest.mark.parametrize("hangs", [True, False])
async def test_a_refused_post_is_told_privately_where_the_view_cannot_be_filled(
    house: House, hangs: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivering, "_SHOW_SECONDS", 0.01)

    async def show(*_: object) -> bool:
        if hangs:
            await asyncio.Event().wait()
        raise DeliveryError("timeout", uncertain=True)

    monkeypatch.setattr(FakeSlack, "show", show)
    house.slack.refusals = [DeliveryError("not_in_channel", permanent=True)]
    async with asyncio.timeout(20):
        await house.stand(view_id="V1")

    assert house.slack.texts("D_ANN") == ["failed not_in_channel"]


async def test_trying_again_posts_what_was_refused(house: House) -> None:
    house.slack.refusals = [DeliveryError("not_in_channel", permanent=True)]
    negotiation_id = await house.stand(view_id="V1")
    await house.publishing.again(ANN, negotiation_id, view_id="V1")
    await house.deliver()

    assert len(house.slack.texts("C_DEALS")) == 1
    assert isinstance(house.slack.views["V1"][-1], PostedPage)


async def test_an_edit_that_slack_refuses_can_be_posted_anew(house: House) -> None:
    negotiation_id = await house.stand()
    house.slack.messages.clear()
    await house.edit(negotiation_id, my_win="a 12 % discount")
    assert house.slack.texts("D_ANN") == ["failed message_not_found"]

    await house.publishing.again(ANN, negotiation_id, instead_of="1")
    await house.deliver()

    assert len(house.slack.texts("C_DEALS")) == 1


async def test_nobody_else_can_change_it(house: House) -> None:
    negotiation_id = await house.stand()

    for change in (house.publishing.take_back, house.publishing.cancel, house.publishing.undo_cancel):
        with pytest.raises(NotFound):
            await change(BEN, negotiation_id)
    with pytest.raises(NotFound):
        await house.preparing.submit(BEN, negotiation_id, BRIEF)
