"""Socket Mode: tickets, envelopes, acknowledgements, connections that come and go."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType, WSServerHandshakeError
from slack_bolt.async_app import AsyncApp

from bot.sandbox.people import APP_TOKEN
from bot.sandbox.server import SandboxServer
from bot.sandbox.sockets import Unacknowledged
from tests.sandbox.driver import People
from tests.sandbox.tiny import client, tiny_bot

Json = dict[str, Any]


class Line:
    """One raw connection of a bot."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self.socket = socket

    async def next(self) -> Json:
        return dict(await self.socket.receive_json(timeout=5))

    async def ack(self, envelope: Json, payload: Json | None = None) -> None:
        answer = {"envelope_id": envelope["envelope_id"]} | ({"payload": payload} if payload else {})
        await self.socket.send_json(answer)


async def address(sandbox: SandboxServer) -> str:
    return str((await client(sandbox.api_url, APP_TOKEN).apps_connections_open(app_token=APP_TOKEN))["url"])


@asynccontextmanager
async def connected(sandbox: SandboxServer) -> AsyncIterator[Line]:
    async with ClientSession() as session, session.ws_connect(await address(sandbox)) as socket:
        yield Line(socket)


async def test_a_connection_is_greeted(sandbox: SandboxServer) -> None:
    async with connected(sandbox) as line:
        hello = await line.next()

    assert (hello["type"], hello["num_connections"]) == ("hello", 1)


async def test_a_ticket_is_good_for_one_connection(sandbox: SandboxServer) -> None:
    url = await address(sandbox)
    async with ClientSession() as session:
        await (await session.ws_connect(url)).close()
        with pytest.raises(WSServerHandshakeError):
            await session.ws_connect(url)


async def test_an_envelope_has_what_slack_puts_on_it(sandbox: SandboxServer) -> None:
    async with connected(sandbox) as line:
        await line.next()
        delivery = asyncio.create_task(sandbox.parts.sockets.deliver("interactive", {"type": "shortcut"}))
        envelope = await line.next()
        await line.ack(envelope, {"text": "done"})

        assert await delivery == {"text": "done"}
    assert envelope["envelope_id"]
    assert (envelope["type"], envelope["payload"]) == ("interactive", {"type": "shortcut"})
    assert envelope["accepts_response_payload"] is True


async def test_an_envelope_goes_to_one_connection_and_each_gets_its_turn(sandbox: SandboxServer) -> None:
    async with connected(sandbox) as one, connected(sandbox) as two:
        await one.next()
        await two.next()
        for line in (one, two, one):
            delivery = asyncio.create_task(sandbox.parts.sockets.deliver("interactive", {}))
            await line.ack(await line.next())
            assert await delivery == {}


async def test_an_envelope_that_was_not_acknowledged_moves_on_when_its_connection_dies(
    sandbox: SandboxServer,
) -> None:
    async with connected(sandbox) as one, connected(sandbox) as two:
        await one.next()
        await two.next()
        delivery = asyncio.create_task(sandbox.parts.sockets.deliver("events_api", {"n": 1}, answers=False))
        first = await one.next()
        await one.socket.close()
        second = await two.next()
        await two.ack(second)

        assert await delivery == {}
    assert first["envelope_id"] == second["envelope_id"]
    assert (first["retry_attempt"], second["retry_attempt"]) == (0, 1)
    assert second["accepts_response_payload"] is False


async def test_an_envelope_waits_for_a_connection(sandbox: SandboxServer) -> None:
    delivery = asyncio.create_task(sandbox.parts.sockets.deliver("interactive", {}))
    async with connected(sandbox) as line:
        await line.next()
        await line.ack(await line.next())

        assert await delivery == {}


@pytest.mark.parametrize(("there", "code"), [(True, "operation_timeout"), (False, "dispatch_failed")])
async def test_silence_has_a_name(hasty: SandboxServer, there: bool, code: str) -> None:
    async with connected(hasty) as line:
        await line.next()
        if not there:
            await line.socket.close()
        with pytest.raises(Unacknowledged, match=code):
            await hasty.parts.sockets.deliver("interactive", {})


async def test_a_late_or_foreign_acknowledgement_is_ignored(sandbox: SandboxServer) -> None:
    async with connected(sandbox) as line:
        await line.next()
        await line.ack({"envelope_id": "unknown"})
        delivery = asyncio.create_task(sandbox.parts.sockets.deliver("interactive", {}))
        await line.ack(await line.next())

        assert await delivery == {}


async def test_ten_connections_and_no_more(sandbox: SandboxServer) -> None:
    async with ClientSession() as session:
        lines = [Line(await session.ws_connect(await address(sandbox))) for _ in range(11)]
        said = [await line.next() for line in lines]

        assert [one["type"] for one in said] == ["hello"] * 10 + ["disconnect"]
        assert said[-1]["reason"] == "too_many_websockets"


async def test_a_connection_that_was_asked_to_go_counts_until_it_is_closed(
    people: People, sandbox: SandboxServer
) -> None:
    async with connected(sandbox) as old:
        await old.next()
        await people.sockets("disconnect")
        async with connected(sandbox) as new:
            assert (await new.next())["num_connections"] == 2


async def test_a_polite_disconnect_gives_no_more_envelopes(people: People, sandbox: SandboxServer) -> None:
    async with connected(sandbox) as old, connected(sandbox) as new:
        await old.next()
        await new.next()
        await people.sockets("disconnect")
        assert (await old.next())["reason"] == "refresh_requested"
        async with connected(sandbox) as fresh:
            await fresh.next()
            delivery = asyncio.create_task(sandbox.parts.sockets.deliver("interactive", {}))
            await fresh.ack(await fresh.next())
            assert await delivery == {}


async def test_dropped_connections_are_gone_at_once(people: People, sandbox: SandboxServer) -> None:
    async with connected(sandbox) as line:
        await line.next()
        await people.ann.until(lambda state: state["bot"]["connections"] == 1)
        await people.sockets("drop")

        assert (await line.socket.receive(timeout=5)).type in (WSMsgType.CLOSED, WSMsgType.ERROR)
        await people.ann.until(lambda state: state["bot"]["connections"] == 0)


async def test_new_connections_can_be_refused_for_a_while(people: People, sandbox: SandboxServer) -> None:
    await people.ann.act("trouble", refuse_sockets=3600)
    with pytest.raises(WSServerHandshakeError):
        async with connected(sandbox):
            """It does not come so far."""

    await people.ann.act("trouble", clear=True)
    async with connected(sandbox) as line:
        assert (await line.next())["type"] == "hello"


async def test_the_sdk_comes_back_after_a_polite_disconnect(
    people: People, sandbox: SandboxServer, bot: AsyncApp
) -> None:
    @bot.command("/winwin")
    async def answer(ack: Any) -> None:
        await ack("still here")

    await people.sockets("disconnect")
    await people.ann.until(lambda state: state["bot"]["connections"] == 1)
    await people.ann.command("/winwin")

    assert people.ann.private_lines() == ["still here"]


async def test_the_sdk_comes_back_after_a_cut(people: People, sandbox: SandboxServer) -> None:
    async with tiny_bot(sandbox.api_url, ping_interval=0.1) as bot:

        @bot.command("/winwin")
        async def answer(ack: Any) -> None:
            await ack("still here")

        await people.sockets("drop")
        await people.ann.until(lambda state: state["bot"]["connections"] == 1)
        await people.ann.command("/winwin")

    assert people.ann.private_lines() == ["still here"]
