"""The page alone: its own files, a workspace made up by the test, its acts written down."""

import asyncio
from mimetypes import guess_type
from pathlib import Path
from typing import Any

from aiohttp import web
from playwright.async_api import Locator, Page

from tests.browser.states import Json, state

FOLDER = Path(__file__).parents[2] / "templates" / "sandbox"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "require-trusted-types-for 'script'"
)
"""No looser than the sandbox's own; with trusted types no text can become HTML, not even by mistake."""


class Stage:
    """`show` puts a state before the page; `acts` is what the page did since `begin`: (verb, body); `complaints` what
    its console says."""

    def __init__(self, page: Page, complaints: list[str]) -> None:
        self.page = page
        self.complaints = complaints
        self.origin = ""
        self.acts: list[tuple[str, Json]] = []
        self.answers: dict[str, tuple[int, Json]] = {}
        self._version = 0
        self._state: Json = {}
        self._sockets: list[web.WebSocketResponse] = []
        self._acted = asyncio.Condition()

    async def serve(self) -> web.AppRunner:
        """Serves the page's files on a port of its own; whoever calls this cleans the runner up."""
        app = web.Application()
        app.add_routes(
            [
                web.get("/sandbox/live", self._connect),
                web.post("/sandbox/{verb}", self._act),
                web.get("/static/{name}", self._file),
                web.get("/{path:.*}", self._file),
            ]
        )
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.origin = f"http://127.0.0.1:{runner.addresses[0][1]}"
        return runner

    async def begin(self) -> None:
        """Forgets the test before and loads the page anew."""
        await self.page.goto("about:blank")  # the page of the test before must say nothing more
        await self.hang_up()
        self.complaints.clear()
        self.acts, self.answers, self._state, self._version = [], {}, {}, 0
        await self.page.set_viewport_size({"width": 1280, "height": 860})
        await self.page.emulate_media(color_scheme="light")
        await self.page.goto(f"{self.origin}/")

    async def show(self, **parts: Any) -> None:
        """Sends a state made of `parts` (see `states.state`), and waits until the page has drawn it."""
        self._version += 1
        self._state = state(version=self._version, **parts)
        await self._tell()
        await self.page.locator(f"#app[data-version='{self._version}']").wait_for(state="attached")

    @property
    def modal(self) -> Locator:
        return self.page.locator("#modal")

    @property
    def messages(self) -> Locator:
        return self.page.get_by_role("article")

    def did(self, verb: str) -> list[Json]:
        """The bodies of all acts of that kind."""
        return [body for act, body in self.acts if act == verb]

    async def until_did(self, verb: str, **parts: Any) -> Json:
        """Waits for an act of that kind whose body has these parts, and returns the body."""
        async with asyncio.timeout(10), self._acted:
            while True:
                for body in reversed(self.did(verb)):
                    if parts.items() <= {key: body.get(key) for key in parts}.items():
                        return body
                await self._acted.wait()

    async def module(self, name: str, expression: str, argument: Any = None) -> Any:
        """The value of a JavaScript expression of `it` (a module of the page) and `given` (the argument)."""
        script = f"async (given) => {{ const it = await import('/static/{name}.js'); return {expression}; }}"
        return await self.page.evaluate(script, argument)

    async def hang_up(self) -> None:
        """Cuts the live connection, as when the sandbox stops."""
        sockets, self._sockets = self._sockets, []
        for socket in sockets:
            await socket.close()

    async def _file(self, request: web.Request) -> web.Response:
        name = request.match_info.get("name", "index.html")
        headers = {"Content-Security-Policy": POLICY, "Cache-Control": "max-age=600"}
        kind = guess_type(name)[0] or ""
        return web.Response(body=(FOLDER / name).read_bytes(), content_type=kind, headers=headers)

    async def _connect(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._sockets.append(socket)
        if self._state:
            await socket.send_json(self._state)
        async for _ in socket:
            """The page only listens; this ends when it leaves."""
        return socket

    async def _act(self, request: web.Request) -> web.Response:
        verb, body = request.match_info["verb"], await request.json()
        async with self._acted:
            self.acts.append((verb, body))
            self._acted.notify_all()
        status, answer = self.answers.get(verb, (200, {"acked": True}))
        if verb == "input" and status == 200 and self._state:
            await self._keep(**body)
        return web.json_response({"version": self._version, **answer}, status=status)

    async def _keep(self, view_id: str, block_id: str, action_id: str, value: Any, **_: Any) -> None:
        """Typed values live in the workspace."""
        self._version += 1
        self._state["version"] = self._version
        for view in self._state["views"]:
            if view["id"] == view_id:
                view["values"].setdefault(block_id, {})[action_id] = value
        await self._tell()

    async def _tell(self) -> None:
        for socket in self._sockets:
            if not socket.closed:
                await socket.send_json(self._state)
