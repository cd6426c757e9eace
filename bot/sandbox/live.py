"""What a person sees: the state on request, and live over a WebSocket; see the contract in `human`."""

import asyncio

from aiohttp import web

from bot.sandbox.api import WebApi
from bot.sandbox.errors import Json
from bot.sandbox.parts import Parts
from bot.sandbox.people import ANN, PEOPLE
from bot.sandbox.state import see


class Live:
    """The addresses under `/sandbox/` that change nothing."""

    def __init__(self, parts: Parts, api: WebApi) -> None:
        self._parts, self._api = parts, api
        self._sockets: set[web.WebSocketResponse] = set()

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/sandbox/state", self._state),
            web.get("/sandbox/live", self._live),
            web.get("/sandbox/calls", self._calls),
        ]

    async def close(self) -> None:
        """Ends the live connections."""
        for socket in list(self._sockets):
            await socket.close()

    async def _state(self, request: web.Request) -> web.Response:
        return web.json_response(see(self._parts, _viewer(request)))

    async def _calls(self, request: web.Request) -> web.Response:
        calls = [
            {"method": c.method, "args": c.args, "answer": c.answer, "started": c.started, "ended": c.ended}
            for c in self._api.calls
        ]
        return web.json_response(calls)

    async def _live(self, request: web.Request) -> web.WebSocketResponse:
        user, socket, stirred = _viewer(request), web.WebSocketResponse(), asyncio.Event()
        await socket.prepare(request)
        self._sockets.add(socket)
        stirred.set()
        with self._parts.workspace.watched(stirred.set):
            pushing = asyncio.create_task(self._push(socket, user, stirred))
            async for _ in socket:
                """Nothing is expected from the page; this ends when it leaves."""
            pushing.cancel()
            await asyncio.gather(pushing, return_exceptions=True)
        self._sockets.discard(socket)
        return socket

    async def _push(self, socket: web.WebSocketResponse, user: str, stirred: asyncio.Event) -> None:
        """Sends the state whenever it differs in more than its number and its clock."""
        sent: Json = {}
        while not socket.closed:
            await stirred.wait()
            stirred.clear()
            now = see(self._parts, user)
            shown = {**now, "version": 0, "clock": now["clock"]["offset_seconds"]}
            if shown != sent:
                await socket.send_json(now)
                sent = shown


def _viewer(request: web.Request) -> str:
    user = request.query.get("user", ANN)
    if user not in PEOPLE:
        raise web.HTTPBadRequest(text=f"user takes one of {', '.join(PEOPLE)}")
    return user
