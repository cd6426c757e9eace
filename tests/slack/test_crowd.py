"""More processes than Slack has connections for."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse
from slack_bolt.async_app import AsyncApp

from bot.sandbox.people import APP_TOKEN, BOT_TOKEN
from bot.sandbox.server import SandboxServer
from bot.slack.background import Background
from bot.slack.socket import ALLOWED, CONNECTIONS, SocketMode
from bot.slack.web import new_client, sdk_log
from tests.sandbox.tiny import authorize

PATIENCE = 10.0
HOURS = 3600.0
TAKEN = "Slack allows an app 10 connections, and all are taken"


def brief() -> Iterator[float]:
    """Pauses short enough to wait for."""
    return itertools.repeat(0.01)


async def soon(what: Awaitable[object]) -> None:
    await asyncio.wait_for(what, PATIENCE)


class Office:
    """A sandbox with processes of the bot, each as far as Socket Mode goes. `at` is their clock."""

    def __init__(self, ends: AsyncExitStack) -> None:
        self.at = 0.0
        self.lines: list[ClientWebSocketResponse] = []
        self.sandbox = SandboxServer(lambda: datetime.now(UTC))
        self._ends = ends

    async def open(self) -> None:
        await self.sandbox.start()
        self._ends.push_async_callback(self.sandbox.stop)
        self._session = await self._ends.enter_async_context(ClientSession())

    def process(self, waits: Callable[[], Iterator[float]] = brief) -> SocketMode:
        client = new_client(BOT_TOKEN, self.sandbox.api_url, self._session)
        app = AsyncApp(client=client, authorize=authorize, logger=sdk_log())
        process = SocketMode(app, APP_TOKEN, client, Background(), waits, lambda: self.at)
        self._ends.push_async_callback(process.stop)
        return process

    async def take(self, count: int) -> None:
        """Others hold so many connections: `lines`."""
        for _ in range(count):
            ticket = self.sandbox.parts.sockets.ticket()
            line = await self._session.ws_connect(f"{self.sandbox.url}/link?ticket={ticket}")
            assert (await line.receive_json())["type"] == "hello"
            self.lines.append(line)
            self._ends.push_async_callback(line.close)

    async def until(self, count: int) -> None:
        """Waits until so many connections take payloads."""
        changed = asyncio.Event()
        with self.sandbox.workspace.watched(changed.set):
            async with asyncio.timeout(PATIENCE):
                while self.sandbox.parts.sockets.count != count:
                    await changed.wait()
                    changed.clear()

    @property
    def opened(self) -> int:
        return sum(call.method == "apps.connections.open" for call in self.sandbox.api.calls)


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    async with AsyncExitStack() as ends:
        office = Office(ends)
        await office.open()
        yield office


async def test_the_eleventh_connection_is_tried_with_growing_pauses_and_said_once(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    over = asyncio.Event()

    def pauses() -> Iterator[float]:
        yield from (0.0, 0.0, 0.0)
        over.set()
        yield HOURS

    await office.take(ALLOWED)
    starting = asyncio.create_task(office.process(pauses).start())
    await soon(over.wait())

    assert office.opened == 4
    assert not starting.done()
    assert caplog.text.count(TAKEN) == 1
    assert "too_many_websockets" in caplog.text
    starting.cancel()
    await asyncio.gather(starting, return_exceptions=True)


async def test_it_stands_when_another_goes(office: Office) -> None:
    await office.take(ALLOWED)
    refused = asyncio.Event()

    def pauses() -> Iterator[float]:
        refused.set()
        yield from brief()

    starting = asyncio.create_task(office.process(pauses).start())
    await soon(refused.wait())
    assert not starting.done()

    await office.lines[0].close()
    await soon(starting)
    await office.until(ALLOWED)


async def test_the_one_that_takes_the_last_connection_says_so(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    await office.take(ALLOWED - 1)
    await soon(office.process().start())

    assert caplog.text.count(TAKEN) == 1
    assert "num_connections" in caplog.text


async def test_while_there_is_room_nothing_is_said(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    await office.take(ALLOWED - CONNECTIONS - 1)
    await soon(office.process().start())
    await office.until(ALLOWED - 1)

    assert caplog.text == ""


async def test_a_rolling_upgrade_passes_the_connections_on(office: Office) -> None:
    old = [office.process() for _ in range(ALLOWED // CONNECTIONS)]
    for one in old:
        await soon(one.start())
    await office.until(ALLOWED)

    for one in old:
        starting = asyncio.create_task(office.process().start())
        await soon(one.stop())
        await soon(starting)
    await office.until(ALLOWED)


async def test_at_the_limit_a_refresh_makes_room_for_itself(office: Office) -> None:
    processes = [office.process() for _ in range(ALLOWED // CONNECTIONS)]
    for one in processes:
        await soon(one.start())
    await office.until(ALLOWED)
    office.at += HOURS
    before = office.opened
    await office.sandbox.parts.sockets.disconnect("refresh_requested")
    await office.until(ALLOWED)

    assert office.opened >= before + ALLOWED
