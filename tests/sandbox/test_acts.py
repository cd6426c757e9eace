"""Commands, shortcuts and messages, between people and a bot on the real Bolt."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp

from bot.sandbox.people import ANN, DEALS
from bot.sandbox.server import SandboxServer
from tests.sandbox.blocks import Json
from tests.sandbox.driver import Cannot, People
from tests.sandbox.tiny import tiny_bot


async def test_a_command_reaches_the_bot_and_its_answer_only_the_person(bot: AsyncApp, people: People) -> None:
    heard: list[Json] = []

    @bot.command("/winwin")
    async def answer(ack: Any, command: Json) -> None:
        heard.append(command)
        await ack(f"You said {command['text']}")

    assert (await people.ann.command("/winwin  Acme renewal "))["acked"]
    await people.ben.look()

    assert people.ann.private_lines() == ["You said Acme renewal"]
    assert people.ben.messages() == []
    assert (heard[0]["user_id"], heard[0]["channel_id"]) == (ANN, DEALS)


async def test_an_acknowledgement_may_speak_to_all(bot: AsyncApp, people: People) -> None:
    @bot.command("/winwin")
    async def answer(ack: Any) -> None:
        await ack(text="for all", response_type="in_channel")

    await people.ann.command("/winwin")
    await people.ben.look()

    assert [message["text"] for message in people.ben.messages()] == ["for all"]


async def test_respond_works_five_times(bot: AsyncApp, people: People) -> None:
    statuses: list[int] = []

    @bot.command("/winwin")
    async def answer(ack: Any, respond: Any) -> None:
        statuses.extend([(await respond(f"line {number}")).status_code for number in range(6)])
        await ack()

    await people.ann.command("/winwin")

    assert statuses == [200] * 5 + [404]
    assert people.ann.private_lines() == [f"line {number}" for number in range(5)]
    assert await people.faults() == ["response_url: used_url: a response_url may be used 5 times"]
    await people.forget_faults()


async def test_respond_reaches_where_the_bot_is_not(bot: AsyncApp, people: People) -> None:
    @bot.command("/winwin")
    async def answer(ack: Any, respond: Any) -> None:
        await respond("even here")
        await ack()

    await people.ann.command("/winwin", "Ben Ortiz")

    assert people.ann.private_lines("Ben Ortiz") == ["even here"]


async def test_a_command_that_is_not_acknowledged_says_so_to_the_person(hasty: SandboxServer) -> None:
    async with tiny_bot(hasty.api_url), People(hasty.url) as people:
        assert await people.ann.command("/winwin") | {"version": 0} == {"acked": False, "timeout": True, "version": 0}

        assert people.ann.private_lines() == ["operation_timeout: /winwin did not respond"]
        assert await people.faults() == ["/winwin: The command was not acknowledged within 0.2 s (operation_timeout)."]


async def test_without_a_bot_a_command_fails_by_another_name(hasty: SandboxServer) -> None:
    async with People(hasty.url) as people:
        await people.ann.command("/winwin")

        assert people.ann.private_lines() == ["dispatch_failed: /winwin did not respond"]


@pytest.mark.parametrize(
    ("text", "channel", "why"),
    [
        ("/other", "#deals", "not a valid command"),
        ("/winwin", "Win-Win", "turned off"),
        ("/winwin", "nowhere", "no conversation 'nowhere'"),
    ],
)
async def test_commands_that_nobody_can_type(people: People, text: str, channel: str, why: str) -> None:
    with pytest.raises(Cannot, match=why):
        await people.ann.command(text, channel)


async def test_nobody_acts_in_a_channel_that_they_are_not_in(people: People) -> None:
    with pytest.raises(Cannot, match="in no such conversation"):
        await people.chandra.act("command", channel="G0PAYROOM", text="/winwin")


async def test_with_the_tab_on_a_person_may_write_to_the_bot(bot: AsyncApp, people: People) -> None:
    @bot.command("/winwin")
    async def answer(ack: Any) -> None:
        await ack("hello")

    await people.options(messages_tab="on")
    await people.ann.look()
    await people.ann.command("/winwin", "Win-Win")

    assert [message["text"] for message in people.ann.dm()] == ["hello"]


async def test_a_shortcut_reaches_the_bot(bot: AsyncApp, people: People) -> None:
    heard: list[Json] = []

    @bot.shortcut("prepare")
    async def answer(ack: Any, shortcut: Json) -> None:
        heard.append(shortcut)
        await ack()

    assert (await people.ben.shortcut("prepare"))["acked"]
    assert heard[0]["user"]["name"] == "ben"
    with pytest.raises(Cannot, match="no shortcut"):
        await people.ben.shortcut("other")


async def test_people_talk_and_the_bot_hears_only_what_it_asked_for(bot: AsyncApp, people: People) -> None:
    heard: list[str] = []

    @bot.event("message")
    async def answer(event: Json, say: Any) -> None:
        heard.append(event["text"])
        await say("I heard you")

    await people.ann.say("to everybody & @ben")
    await people.options(messages_tab="on", events=["message.im"])
    await people.ann.say("to the bot", "Win-Win")

    assert [message["text"] for message in people.ann.messages()] == ["to everybody &amp; <@U0BEN0001|ben>"]
    assert heard == ["to the bot"]
    assert [message["text"] for message in people.ann.dm()] == ["to the bot", "I heard you"]


async def test_threads_hold_their_replies(people: People) -> None:
    ts = (await people.ann.say("parent"))["ts"]
    await people.ben.say("reply", thread_ts=ts)
    await people.ann.look()
    (parent,) = people.ann.messages()

    assert [reply["text"] for reply in parent["replies"]] == ["reply"]
