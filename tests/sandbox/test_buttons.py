"""What messages offer to press and to choose, between people and a bot on the real Bolt."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.people import DEALS
from bot.sandbox.server import SandboxServer
from tests.sandbox.blocks import Json, actions, button, options, overflow, plain, section
from tests.sandbox.driver import Cannot, People
from tests.sandbox.tiny import client, tiny_bot

CONFIRM = {"title": plain("Sure"), "text": plain("Really?"), "confirm": plain("Yes"), "deny": plain("No")}


@pytest.fixture
def web(sandbox: SandboxServer) -> AsyncWebClient:
    return client(sandbox.api_url)


async def post(web: AsyncWebClient, *elements: Json, channel: str = DEALS) -> str:
    blocks = [section("Script"), actions(*elements)]
    return str((await web.chat_postMessage(channel=channel, text="Script", blocks=blocks))["ts"])


async def test_a_button_tells_the_bot_which_message_it_was_on(
    bot: AsyncApp, people: People, web: AsyncWebClient
) -> None:
    heard: list[Json] = []

    @bot.action("go")
    async def answer(ack: Any, body: Json, respond: Any) -> None:
        heard.append(body)
        await ack()
        await respond("private", replace_original=False)

    ts = await post(web, button("Rehearse", value="v1"))
    assert (await people.ben.press("Rehearse"))["acked"]

    assert heard[0]["message"]["ts"] == heard[0]["container"]["message_ts"] == ts
    assert heard[0]["channel"] == {"id": DEALS, "name": "deals"}
    assert (heard[0]["actions"][0]["value"], heard[0]["user"]["id"]) == ("v1", people.ben.id)
    assert people.ben.private_lines() == ["private"]
    await people.ann.look()
    assert people.ann.private_lines() == []


async def test_an_overflow_tells_what_was_chosen(bot: AsyncApp, people: People, web: AsyncWebClient) -> None:
    heard: list[Json] = []

    @bot.action("more")
    async def answer(ack: Any, action: Json) -> None:
        heard.append(action)
        await ack()

    await post(web, overflow("Edit", "Cancel the negotiation"))
    await people.ann.choose("Cancel the negotiation")

    assert heard[0]["selected_option"] == options("Cancel the negotiation")[0]


async def test_a_menu_in_a_message_keeps_its_choice_in_the_state(
    bot: AsyncApp, people: People, web: AsyncWebClient
) -> None:
    states: list[Json] = []

    @bot.action("menu")
    @bot.action("go")
    async def answer(ack: Any, body: Json) -> None:
        states.append(body["state"]["values"]["acts"]["menu"]["selected_option"])
        await ack()

    menu = {"type": "static_select", "action_id": "menu", "options": options("One", "Two")}
    await post(web, menu, button())
    await people.ann.press("Go")
    await people.ann.choose("Two")
    await people.ann.press("Go")

    assert states == [None, options("Two")[0], options("Two")[0]]


async def test_a_button_that_asks_first_needs_the_answer(bot: AsyncApp, people: People, web: AsyncWebClient) -> None:
    heard: list[Json] = []

    @bot.action("go")
    async def answer(ack: Any, action: Json) -> None:
        heard.append(action)
        await ack()

    await post(web, button(confirm=CONFIRM))
    with pytest.raises(Cannot, match="confirmation"):
        await people.ann.press("Go")
    assert heard == []

    await people.ann.press("Go", confirm=True)
    assert len(heard) == 1


async def test_a_click_that_is_not_acknowledged_leaves_a_warning(hasty: SandboxServer) -> None:
    async with tiny_bot(hasty.api_url), People(hasty.url) as people:
        await post(client(hasty.api_url), button())
        await people.ann.look()
        assert (await people.ann.press("Go"))["timeout"]
        (message,) = people.ann.messages()

        assert message["warning"]["action_id"] == "go"
        assert await people.faults() == [
            "block_actions: The action go was not acknowledged within 0.2 s (operation_timeout)."
        ]


async def test_an_update_takes_the_warning_away(people: People, sandbox: SandboxServer, web: AsyncWebClient) -> None:
    ts = await post(web, button())
    sandbox.workspace.channels[DEALS].messages[ts].warning = {"text": "x"}
    await web.chat_update(channel=DEALS, ts=ts, text="new")
    await people.ann.look()

    assert people.ann.messages()[0]["warning"] is None


async def test_an_ephemeral_line_can_be_replaced_and_deleted_by_its_own_buttons(bot: AsyncApp, people: People) -> None:
    @bot.command("/winwin")
    async def answer(ack: Any) -> None:
        await ack(text="One?", blocks=[actions(button("Undo"))])

    @bot.action("go")
    async def undo(ack: Any, respond: Any, body: Json) -> None:
        await ack()
        assert "message" not in body
        await respond(replace_original=True, text="Two?", blocks=[actions(button("Away", "away"))])

    @bot.action("away")
    async def away(ack: Any, respond: Any) -> None:
        await ack()
        await respond(delete_original=True)

    await people.ann.command("/winwin")
    await people.ann.press("Undo")
    await people.ann.until(lambda _: people.ann.private_lines() == ["Two?"])
    await people.ann.press("Away")

    assert await people.ann.until(lambda _: people.ann.messages() == [])


async def test_nobody_presses_what_is_not_there(people: People, web: AsyncWebClient) -> None:
    ts = await post(web, button("Rehearse"), overflow("Edit"))
    await people.ann.look()

    with pytest.raises(Cannot, match=r"no button 'Fly'; there are: \['Rehearse'\]"):
        await people.ann.press("Fly")
    with pytest.raises(Cannot, match=r"no option 'Fly'; there are: \['Edit'\]"):
        await people.ann.choose("Fly")
    for wrong in ({"ts": "1.2"}, {"ts": ts, "action_id": "x"}, {"ts": ts, "action_id": "more", "value": None}):
        with pytest.raises(Cannot):
            await people.ann.act("action", **{"channel": DEALS, "block_id": "acts", "action_id": "go", **wrong})


async def test_nobody_presses_the_private_lines_of_others(bot: AsyncApp, people: People) -> None:
    @bot.command("/winwin")
    async def answer(ack: Any) -> None:
        await ack(text="x", blocks=[actions(button())])

    await people.ann.command("/winwin")
    line = people.ann.messages()[0]

    with pytest.raises(Cannot, match="sees no such message"):
        await people.ben.press("Go", at=line)
    with pytest.raises(Cannot, match="channels only"):
        await people.ann.act("invite", channel="D0ANNBEN1")
