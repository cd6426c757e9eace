"""Buttons of modals, closing and opening them, between people and a bot on the real Bolt."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from bot.sandbox.server import SandboxServer
from tests.sandbox.blocks import Json, field, modal, section
from tests.sandbox.driver import Cannot, People
from tests.sandbox.forms import FORM, answering, opening
from tests.sandbox.tiny import tiny_bot


async def test_a_button_in_a_view_carries_what_is_typed(form: AsyncApp, people: People) -> None:
    heard: list[Json] = []

    @form.action("save")
    async def save(ack: Any, body: Json, client: Any) -> None:
        heard.append(body)
        await ack()
        await client.views_push(trigger_id=body["trigger_id"], view=modal(section("Saved")))

    await people.ann.command("/winwin")
    await people.ann.fill("My Win", "half a tho")
    await people.ann.press("Save draft")
    await people.ann.until(lambda state: len(state["views"]) == 2)

    assert heard[0]["view"]["state"]["values"]["my win"]["v"]["value"] == "half a tho"
    assert heard[0]["container"]["view_id"] == heard[0]["view"]["id"]
    assert "message" not in heard[0]


async def test_an_overflow_in_a_view(form: AsyncApp, people: People) -> None:
    heard: list[str] = []

    @form.action("more")
    async def chosen(ack: Any, action: Json) -> None:
        heard.append(action["selected_option"]["value"])
        await ack()

    await people.ann.command("/winwin")
    await people.ann.choose("Delete")

    assert heard == ["delete"]


async def test_what_is_typed_survives_an_update_from_the_bot(form: AsyncApp, people: People) -> None:
    @form.action("save")
    async def save(ack: Any, body: Json, client: Any) -> None:
        await ack()
        view = {**FORM, "blocks": [section("Continue?"), *FORM["blocks"]]}
        await client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=view)

    await people.ann.command("/winwin")
    await people.ann.fill("My Win", "typed")
    await people.ann.press("Save draft")
    await people.ann.until(lambda state: state["views"][-1]["blocks"][0]["type"] == "section")

    assert people.ann.field("My Win") == "typed"


async def test_a_closed_view_tells_the_bot_without_what_was_typed(form: AsyncApp, people: People) -> None:
    heard: list[Json] = []

    @form.view_closed("form")
    async def closed(ack: Any, body: Json) -> None:
        heard.append(body)
        await ack()

    await people.ann.command("/winwin")
    await people.ann.fill("My Win", "typed")
    await people.ann.close()

    assert heard[0]["view"]["state"] == {"values": {}}
    assert heard[0]["is_cleared"] is False
    assert people.ann.views == []


async def test_the_x_closes_all_views_at_once(form: AsyncApp, people: People) -> None:
    cleared: list[bool] = []
    answering(form, response_action="push", view=modal(section("Top"), notify_on_close=True))

    @form.view_closed("form")
    async def closed(ack: Any, body: Json) -> None:
        cleared.append(body["is_cleared"])
        await ack()

    await people.ann.command("/winwin")
    await people.ann.fill("My Win", "win")
    await people.ann.submit()
    await people.ann.close(everything=True)

    assert cleared == [True, True]
    assert people.ann.views == []


async def test_a_closed_view_cannot_be_updated_and_that_is_no_fault(form: AsyncApp, people: People) -> None:
    codes: list[str] = []

    @form.view_closed("form")
    async def closed(ack: Any, body: Json, client: Any) -> None:
        try:
            await client.views_update(view_id=body["view"]["id"], view=FORM)
        except SlackApiError as refused:
            codes.append(refused.response["error"])
        await ack()

    await people.ann.command("/winwin")
    await people.ann.close()

    assert codes == ["not_found"]


async def test_a_trigger_opens_one_view(bot: AsyncApp, people: People) -> None:
    codes: list[str] = []

    @bot.command("/winwin")
    async def open_twice(ack: Any, client: Any, body: Json) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=modal())
        for trigger_id in (body["trigger_id"], "invented"):
            try:
                await client.views_open(trigger_id=trigger_id, view=modal())
            except SlackApiError as refused:
                codes.append(refused.response["error"])
        await ack()

    await people.ann.command("/winwin")

    assert codes == ["exchanged_trigger_id", "invalid_trigger_id"]
    assert len(await people.faults()) == 2
    await people.forget_faults()


async def test_a_view_that_is_refused_leaves_the_trigger_for_another(bot: AsyncApp, people: People) -> None:
    reasons: list[str] = []

    @bot.command("/winwin")
    async def open_twice(ack: Any, client: Any, body: Json) -> None:
        try:
            await client.views_open(trigger_id=body["trigger_id"], view=modal(section("")))
        except SlackApiError as refused:
            reasons.extend(refused.response["response_metadata"]["messages"])
        await client.views_open(trigger_id=body["trigger_id"], view=modal())
        await ack()

    await people.ann.command("/winwin")

    assert reasons == ["[ERROR] must be more than 0 characters [json-pointer:/view/blocks/0/text/text]"]
    assert (await people.ann.view())["title"] == "Brief"
    await people.forget_faults()


async def test_a_field_that_dispatches_tells_the_bot_at_once(bot: AsyncApp, people: People) -> None:
    heard: list[str] = []

    opening(bot, modal(field("Live", dispatch_action=True), field("Still")))

    @bot.action("v")
    async def typed(ack: Any, action: Json) -> None:
        heard.append(action["value"])
        await ack()

    await people.ann.command("/winwin")
    view = people.ann.front()["id"]
    await people.ann.act("action", view_id=view, block_id="live", action_id="v", value="now")
    with pytest.raises(Cannot, match="goes with the submission"):
        await people.ann.act("action", view_id=view, block_id="still", action_id="v", value="later")

    assert heard == ["now"]
    assert people.ann.field("Live") == "now"


async def test_a_click_in_a_view_that_is_not_acknowledged_leaves_a_warning(hasty: SandboxServer) -> None:
    async with tiny_bot(hasty.api_url) as bot, People(hasty.url) as people:
        opening(bot, FORM)

        await people.ann.command("/winwin")
        await people.ann.press("Save draft")

        assert people.ann.front()["warning"]["action_id"] == "save"


async def test_what_nobody_can_do_in_a_view(form: AsyncApp, people: People) -> None:
    await people.ann.command("/winwin")
    view = people.ann.front()["id"]

    with pytest.raises(Cannot, match="no field 'Walk-away'; there are: "):
        await people.ann.fill("Walk-away", "x")
    with pytest.raises(Cannot, match="cannot be entered"):
        await people.ann.fill("Post to", "#acme-shared")
    with pytest.raises(Cannot, match="this view's is 'Next'"):
        await people.ann.submit("Post script")
    with pytest.raises(Cannot, match="not open in front"):
        await people.ben.act("submit", view_id=view)
    with pytest.raises(Cannot, match="Nothing can be entered"):
        await people.ann.act("input", view_id=view, block_id="acts", action_id="save", value="x")
    with pytest.raises(Cannot, match="no view is open"):
        await people.ben.submit()


async def test_a_view_without_submit_is_only_closed(bot: AsyncApp, people: People) -> None:
    opening(bot, {key: value for key, value in modal(section()).items() if key != "submit"})

    await people.ann.command("/winwin")
    assert people.ann.front()["submit"] is None
    with pytest.raises(Cannot, match="no submit button"):
        await people.ann.act("submit", view_id=people.ann.front()["id"])
    await people.ann.close()

    assert people.ann.views == []
