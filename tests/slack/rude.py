"""A Slack that accepts sockets and then treats them as a test says."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import WSMsgType, web
from aiohttp.test_utils import TestServer

Socket = web.WebSocketResponse
Manner = Callable[[Socket], Awaitable[None]]


class RudeSlack:
    """Each socket is treated in the next of the manners, those that are left over in the last. `opened` counts the
    calls of apps.connections.open."""

    def __init__(self, *manners: Manner) -> None:
        self.opened = 0
        self._manners = list(manners)

    async def open(self, request: web.Request) -> web.Response:
        self.opened += 1
        return web.json_response({"ok": True, "url": f"ws://{request.host}/link?number={self.opened}"})

    async def link(self, request: web.Request) -> Socket:
        number = int(request.query["number"])
        socket = Socket(autoping=False)
        await socket.prepare(request)
        await self._manners[min(number, len(self._manners)) - 1](socket)
        return socket

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[str]:
        """Listens on loopback; the base_url for a client."""
        app = web.Application()
        app.add_routes([web.post("/api/apps.connections.open", self.open), web.get("/link", self.link)])
        async with TestServer(app) as server:
            yield str(server.make_url("/api/"))


async def stays(socket: Socket) -> None:
    """Greets, then leaves it to the bot to go."""
    await socket.send_json({"type": "hello", "num_connections": 1})
    await mute(socket)


async def falls(socket: Socket) -> None:
    """Greets and closes at once."""
    await socket.send_json({"type": "hello", "num_connections": 1})


async def slams(_: Socket) -> None:
    """Accepts and closes at once."""


async def stumbles(socket: Socket) -> None:
    """Says goodbye before hello."""
    await socket.send_json({"type": "disconnect", "reason": "warning"})
    await mute(socket)


async def babbles(socket: Socket) -> None:
    """Says what only a broken proxy would."""
    await socket.send_str("hello?")
    await mute(socket)


async def mute(socket: Socket) -> None:
    """Accepts and never says a word."""
    async for _ in socket:
        """Pings."""


async def heard(socket: Socket) -> None:
    """Returns once the bot listens to the socket."""
    await socket.ping()
    while (await socket.receive()).type is not WSMsgType.PONG:
        """The bot's own pings."""


class Late:
    """Greets only when told to. `heard` is set once the bot waits for it."""

    def __init__(self) -> None:
        self.heard, self.told = asyncio.Event(), asyncio.Event()

    async def __call__(self, socket: Socket) -> None:
        await heard(socket)
        self.heard.set()
        await self.told.wait()
        await stays(socket)


class Leaving:
    """Greets, and when told to asks to be replaced; without a reason it closes. `stands` is set once the bot listens
    after hello, `left` once it went."""

    def __init__(self, reason: str = "") -> None:
        self.stands, self.told, self.left = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._reason = reason

    async def __call__(self, socket: Socket) -> None:
        await socket.send_json({"type": "hello", "num_connections": 1})
        await heard(socket)
        self.stands.set()
        await self.told.wait()
        if self._reason:
            await socket.send_json({"type": "disconnect", "reason": self._reason})
            await mute(socket)
        self.left.set()
