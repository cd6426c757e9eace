"""The page alone: its files from the templates, its workspace made up by the test, its acts written down."""

import asyncio
import json
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Locator, Page, Request, Route, WebSocketRoute

from tests.browser.states import Json, state

FOLDER = Path(__file__).parents[2] / "templates" / "sandbox"
ORIGIN = "http://sandbox.test"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' ws:"
"""No looser than the server's own; with trusted types no text can become HTML, not even by mistake."""


class Stage:
    """`show` puts a state before the page; `acts` is what the page did since: (verb, body)."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.acts: list[tuple[str, Json]] = []
        self.answers: dict[str, tuple[int, Json]] = {}
        self._version = 0
        self._state: Json = {}
        self._sockets: list[WebSocketRoute] = []
        self._acted = asyncio.Condition()

    @classmethod
    async def open(cls, page: Page, path: str = "/") -> "Stage":
        stage = cls(page)
        await page.route(f"{ORIGIN}/**", stage._serve)
        await page.route_web_socket(f"{ORIGIN.replace('http', 'ws')}/**", stage._connect)
        await page.goto(ORIGIN + path)
        return stage

    async def show(self, **parts: Any) -> None:
        """Sends a state made of `parts` (see `states.state`), and waits until the page has drawn it."""
        self._version += 1
        self._state = state(version=self._version, **parts)
        self._tell()
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
        async with asyncio.timeout(5), self._acted:
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

    def _connect(self, socket: WebSocketRoute) -> None:
        self._sockets.append(socket)
        if self._state:
            socket.send(json.dumps(self._state))

    async def _serve(self, route: Route, request: Request) -> None:
        path = urlsplit(request.url).path
        if path.startswith("/sandbox/"):
            await self._act(route, path.removeprefix("/sandbox/"), request.post_data_json or {})
            return
        name = path.removeprefix("/static/") if path.startswith("/static/") else "index.html"
        policy = f"{POLICY}; require-trusted-types-for 'script'"
        headers = {"Content-Type": guess_type(name)[0] or "", "Content-Security-Policy": policy}
        await route.fulfill(body=(FOLDER / name).read_bytes(), headers=headers)

    async def _act(self, route: Route, verb: str, body: Json) -> None:
        async with self._acted:
            self.acts.append((verb, body))
            self._acted.notify_all()
        status, answer = self.answers.get(verb, (200, {"acked": True}))
        if verb == "input" and status == 200:
            self._keep(**body)
        await route.fulfill(status=status, json={"version": self._version, **answer})

    def _keep(self, view_id: str, block_id: str, action_id: str, value: Any, **_: Any) -> None:
        """Typed values live in the workspace."""
        self._version += 1
        self._state["version"] = self._version
        for view in self._state["views"]:
            if view["id"] == view_id:
                view["values"].setdefault(block_id, {})[action_id] = value
        self._tell()

    def _tell(self) -> None:
        for socket in self._sockets:
            socket.send(json.dumps(self._state))
