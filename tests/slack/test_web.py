"""Calls to Slack over real connections: what surely did not arrive, what may come late, and what is asked for."""

import asyncio
import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from aiohttp import ClientSession, ClientTimeout

from bot.sandbox.people import ANN, APP_TOKEN, BOT_TOKEN, BOT_USER
from bot.sandbox.server import SandboxServer
from bot.sandbox.workspace import Message, Workspace
from bot.services.errors import DeliveryError
from bot.services.model import Person
from bot.slack import web as calls
from bot.slack.messenger import SlackMessenger
from bot.slack.web import UNHEARD, Web, new_client, new_session
from bot.wording.files import Folders
from bot.wording.words import load_words

PATIENCE = 10
WORDS = load_words(Folders())
OWNER = Person("T1", ANN)


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    async with new_session() as session:
        yield session


@pytest.fixture
async def sandbox() -> AsyncIterator[SandboxServer]:
    server = SandboxServer(lambda: datetime.now(UTC), commands=(), shortcuts=())
    await server.start()
    server.workspace.options.scopes = ("chat:write", "im:history")
    yield server
    await server.stop()


@pytest.fixture
def web(sandbox: SandboxServer, session: ClientSession) -> Web:
    return Web(new_client(BOT_TOKEN, sandbox.api_url, session))


async def test_a_connection_that_does_not_come_about_leaves_no_doubt(
    session: ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calls, "_CONNECT", ClientTimeout(total=None, connect=0.05))
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        place = full.getsockname()
        with socket.create_connection(place):  # nobody takes it, and there is no room for another
            web = Web(new_client(BOT_TOKEN, f"http://127.0.0.1:{place[1]}/", session))
            async with asyncio.timeout(PATIENCE):
                with pytest.raises(DeliveryError) as failed:
                    await web.call("chat.postMessage", channel="C1", text="Hello")

    assert (failed.value.code, failed.value.uncertain) == ("unreachable", False)


async def test_what_nobody_acknowledges_is_not_sent_for_long(sandbox: SandboxServer, session: ClientSession) -> None:
    place = await Web(new_client(APP_TOKEN, sandbox.api_url, session)).call("apps.connections.open")
    async with session.ws_connect(place["url"]) as connection:  # one that stands, so that it can be looked at
        connected: socket.socket = connection.get_extra_info("socket")
        if hasattr(socket, "TCP_USER_TIMEOUT"):  # other systems cannot be told
            assert connected.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == UNHEARD * 1000


def _said(workspace: Workspace, marks: int) -> str:
    channel = workspace.dm_of(ANN).id
    for number in range(marks):
        metadata = {"event_type": "winwin_delivery", "event_payload": {"id": f"mark {number}"}}
        workspace.say(Message(channel, workspace.next_ts(), BOT_USER, "a nudge", metadata=metadata))
    return channel


async def test_a_long_history_is_read_to_its_end(sandbox: SandboxServer, web: Web) -> None:
    channel = _said(sandbox.workspace, 250)
    arrived = await SlackMessenger(web, WORDS).arrived(OWNER, channel, datetime.fromtimestamp(0, UTC))

    assert arrived.whole
    assert set(arrived.marks) == {f"mark {n}" for n in range(250)}


async def test_what_was_not_read_does_not_count_as_absent(sandbox: SandboxServer, web: Web) -> None:
    channel = _said(sandbox.workspace, 501)
    arrived = await SlackMessenger(web, WORDS).arrived(OWNER, channel, datetime.fromtimestamp(0, UTC))

    assert not arrived.whole
    assert set(arrived.marks) == {f"mark {n}" for n in range(1, 501)}


async def test_what_was_read_before_slack_fell_silent_is_known(sandbox: SandboxServer, web: Web) -> None:
    channel = _said(sandbox.workspace, 150)
    sandbox.api.troubles.add({"method": "conversations.history", "kind": "http_500", "after": 1})
    arrived = await SlackMessenger(web, WORDS).arrived(OWNER, channel, datetime.fromtimestamp(0, UTC))

    assert not arrived.whole
    assert set(arrived.marks) == {f"mark {n}" for n in range(50, 150)}
