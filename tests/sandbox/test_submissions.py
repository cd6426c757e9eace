"""Filling and submitting a modal, between people and a bot on the real Bolt."""

import asyncio
from typing import Any

import pytest
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp

from bot.sandbox.people import BEN, DEALS
from bot.sandbox.server import SandboxServer
from tests.sandbox.blocks import Json, modal, options, section
from tests.sandbox.driver import Cannot, People
from tests.sandbox.forms import FORM, WHEN, answering, opening
from tests.sandbox.reading import names
from tests.sandbox.tiny import tiny_bot


async def test_a_form_is_filled_by_its_labels_and_arrives_whole(form: AsyncApp, people: People) -> None:
    heard = answering(form)
    await people.ann.command("/winwin")
    await people.ann.fill("My Win", "keep the budget")
    await people.ann.fill("Meeting", WHEN)
    await people.ann.fill("Their name", "Ben Ortiz")
    await people.ann.fill("Post to", "#supply")
    await people.ann.fill("Remind", ["2 hours"])
    assert (await people.ann.submit("Next"))["errors"] == {}

    values = heard[0]["view"]["state"]["values"]
    assert values["my win"]["v"] == {"type": "plain_text_input", "value": "keep the budget"}
    assert values["meeting"]["v"]["selected_date_time"] == int(WHEN.timestamp())
    assert values["their name"]["v"]["selected_user"] == BEN
    assert values["post to"]["v"]["selected_conversation"] == "C0SUPPLY1"
    assert values["remind"]["v"]["selected_options"] == options("2 hours")
    assert heard[0]["view"]["private_metadata"] == "id-1"
    assert people.ann.views == []


@pytest.mark.parametrize(
    ("channel", "chosen"), [("#deals", DEALS), ("#acme-shared", None), ("Ben Ortiz", None), ("#pay-room", "G0PAYROOM")]
)
async def test_the_current_conversation_is_preselected_where_it_may_be(
    form: AsyncApp, people: People, channel: str, chosen: str | None
) -> None:
    await people.ann.command("/winwin", channel)

    assert people.ann.field("Post to") == chosen


async def test_slack_itself_refuses_an_empty_required_field(form: AsyncApp, people: People) -> None:
    heard = answering(form)
    await people.ann.command("/winwin")
    answer = await people.ann.submit()

    assert (answer["sent"], answer["acked"]) == (False, False)
    assert people.ann.errors() == {"My Win": "Please complete this required field."}
    assert heard == []


async def test_errors_of_the_bot_land_on_their_fields_and_go_with_the_next_submission(
    form: AsyncApp, people: People
) -> None:
    heard = answering(form, response_action="errors", errors={"my win": "Say more."})
    await people.ann.command("/winwin")
    await people.ann.fill("My Win", "win")
    assert (await people.ann.submit())["errors"] == {"my win": "Say more."}
    assert people.ann.errors() == {"My Win": "Say more."}
    assert people.ann.field("My Win") == "win"

    await people.ann.fill("My Win", None)
    await people.ann.submit()
    assert people.ann.errors() == {"My Win": "Please complete this required field."}
    assert len(heard) == 1


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"acts": "no input"}},
        {"response_action": "errors", "errors": {"nowhere": "no block"}},
        {"response_action": "errors", "errors": {}},
        {"response_action": "errors", "errors": {"my win": ""}},
        {"response_action": "update", "view": modal(section("s" * 3001))},
        {"response_action": "push", "view": modal(section(""))},
        {"response_action": "dance"},
        {"text": "thanks"},
    ],
)
async def test_an_unusable_answer_keeps_the_view_open_and_is_a_loud_fault(
    form: AsyncApp, people: People, answer: Json
) -> None:
    @form.view("form")
    async def submitted(ack: Any) -> None:
        ack.response = BoltResponse(status=200, body=answer)

    await people.ann.command("/winwin")
    await people.ann.fill("My Win", "win")
    await people.ann.submit()

    assert people.ann.front()["trouble"] == "We had some trouble connecting. Try again?"
    assert people.ann.field("My Win") == "win"
    assert len(await people.faults()) == 1
    await people.forget_faults()


async def test_a_silent_submission_keeps_the_view_open(hasty: SandboxServer) -> None:
    async with tiny_bot(hasty.api_url) as bot, People(hasty.url) as people:
        opening(bot, FORM)

        await people.ann.command("/winwin")
        await people.ann.fill("My Win", "win")
        assert (await people.ann.submit())["timeout"]

        assert people.ann.front()["trouble"] == "We had some trouble connecting. Try again?"
        assert not people.ann.front()["busy"]
        assert await people.faults() == [
            "view_submission: The view_submission was not acknowledged within 0.2 s (operation_timeout)."
        ]


async def test_while_a_submission_waits_the_view_is_busy_and_takes_no_other(form: AsyncApp, people: People) -> None:
    going, may_go = asyncio.Event(), asyncio.Event()

    @form.view("form")
    async def submitted(ack: Any) -> None:
        going.set()
        await may_go.wait()
        await ack()

    await people.ann.command("/winwin")
    await people.ann.fill("My Win", "win")
    first = asyncio.create_task(people.ann.submit())
    await going.wait()
    await people.ann.until(lambda state: state["views"][-1]["busy"])
    with pytest.raises(Cannot, match="being submitted already"):
        await people.ann.submit()
    may_go.set()
    await first

    assert people.ann.views == []


async def test_an_update_in_answer_replaces_the_view_in_its_place(form: AsyncApp, people: People) -> None:
    review = modal(section("The script"), callback_id="review", title={"type": "plain_text", "text": "Review"})
    answering(form, response_action="update", view=review)
    await people.ann.command("/winwin")
    before = people.ann.front()["id"]
    await people.ann.fill("My Win", "win")
    await people.ann.submit()

    (view,) = people.ann.views
    assert (view["title"], view["id"]) == ("Review", before)


async def test_pushed_views_stand_on_each_other_until_all_are_cleared(form: AsyncApp, people: People) -> None:
    top = modal(section("Top"), callback_id="top", title={"type": "plain_text", "text": "Top"})
    answering(form, response_action="push", view=top)

    @form.view("top")
    async def done(ack: Any) -> None:
        await ack(response_action="clear")

    await people.ann.command("/winwin")
    await people.ann.fill("My Win", "win")
    await people.ann.submit()
    assert names(people.ann.views, "title") == ["Brief", "Top"]

    await people.ann.close()
    assert people.ann.field("My Win") == "win"

    await people.ann.submit()
    await people.ann.submit()
    assert people.ann.views == []


async def test_values_may_come_with_the_submission(form: AsyncApp, people: People) -> None:
    heard = answering(form)
    await people.ann.command("/winwin")
    view = people.ann.front()["id"]
    await people.ann.act("submit", view_id=view, values={"my win": {"v": "at last"}})

    assert heard[0]["view"]["state"]["values"]["my win"]["v"]["value"] == "at last"
