"""The sandbox's one server on loopback: Web API, Socket Mode, human API and the page."""

import re
import socket
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from mimetypes import guess_type

from aiohttp import web

from bot.sandbox.api import WebApi
from bot.sandbox.chat import Chat
from bot.sandbox.human import Human, Jump
from bot.sandbox.live import Live
from bot.sandbox.modals import Modals
from bot.sandbox.parts import Parts
from bot.sandbox.people import Command, Shortcut
from bot.sandbox.posts import Posts
from bot.sandbox.sockets import ACK_SECONDS, Sockets
from bot.sandbox.triggers import TRIGGER_SECONDS, Triggers
from bot.sandbox.workspace import Workspace
from bot.wording.files import Folders, WordingError

FIRST_PORT = 3000
LOOPBACK = "127.0.0.1"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def free_port(first: int = FIRST_PORT, host: str = LOOPBACK) -> int:
    """The next port from `first` that nobody listens on. Raises OSError where the next hundred are taken."""
    for port in range(first, first + 100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise OSError(f"no free port from {first} to {first + 99}")


class SandboxServer:
    """One workspace and its server.

    Args:
        now: the workspace's time, aware; it stamps messages and shows on the page's clock.
        jump: "Jump to the next nudge": moves that time and answers how many seconds it is ahead in all, or None
            where nothing is to come.
        commands, shortcuts: what the app's manifest declares.
        ack_seconds, trigger_seconds: Slack's deadlines, in real seconds.
    """

    def __init__(
        self,
        now: Callable[[], datetime],
        *,
        jump: Jump | None = None,
        commands: tuple[Command, ...] = (Command("/winwin"),),
        shortcuts: tuple[Shortcut, ...] = (),
        folders: Folders | None = None,
        ack_seconds: float = ACK_SECONDS,
        trigger_seconds: float = TRIGGER_SECONDS,
    ) -> None:
        self.workspace = Workspace(now, commands, shortcuts)
        self.url = ""
        self._jump, self._folders = jump, folders or Folders()
        self._ack_seconds, self._trigger_seconds = ack_seconds, trigger_seconds
        self._runner: web.AppRunner | None = None

    @property
    def api_url(self) -> str:
        """The base_url for the bot's client; ends with a slash."""
        return f"{self.url}/api/"

    async def start(self, host: str = LOOPBACK, port: int = 0) -> str:
        """Listens, on a free port where `port` is 0, and returns the address to open. Raises OSError."""
        listener = socket.create_server((host, port), reuse_port=False)
        self.url = f"http://{host}:{listener.getsockname()[1]}"
        self._runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.SockSite(self._runner, listener).start()
        return self.url

    async def stop(self) -> None:
        """Closes every connection and the port."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def _application(self) -> web.Application:
        triggers = Triggers(time.monotonic, self._trigger_seconds)
        sockets = Sockets(self.workspace.changed, time.monotonic, self._ack_seconds)
        posts, chat = Posts(self._ack_seconds), Chat(self.workspace, self.url)
        self.parts = parts = Parts(self.workspace, Modals(self.workspace), triggers, sockets, posts, chat, self.url)
        self.api = WebApi(parts)
        live = Live(parts, self.api)
        app = web.Application(middlewares=[self._guarded], client_max_size=4 * 1024**2)
        app.add_routes(
            [
                web.get("/", self._page),
                web.get("/archives/{channel}/{message}", self._page),
                web.get("/static/{name}", self._static),
                web.route("*", "/api/{method}", self.api.handle),
                web.post("/respond/{token}", self.api.handle_hook),
                web.get("/link", sockets.handle),
                *live.routes(),
                *Human(parts, self.api, self._jump).routes(),
            ]
        )

        async def hang_up(_: web.Application) -> None:
            self.api.troubles.clear()
            await sockets.close()
            await live.close()

        app.on_shutdown.append(hang_up)
        return app

    @web.middleware
    async def _guarded(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Only this page may talk to this server: another site in the same browser must not."""
        own = self.url.removeprefix("http://")
        names = {own, own.replace(LOOPBACK, "localhost")}
        origin = request.headers.get("Origin")
        if request.host not in names or (origin is not None and origin not in {f"http://{name}" for name in names}):
            return web.json_response({"error": "This sandbox talks to its own page only."}, status=403)
        response = await handler(request)
        if not response.prepared:
            response.headers.update(_HEADERS)
            response.headers["Content-Security-Policy"] = _POLICY.format(host=request.host)
        return response

    async def _page(self, request: web.Request) -> web.Response:
        return self._file("index.html")

    async def _static(self, request: web.Request) -> web.Response:
        return self._file(request.match_info["name"])

    def _file(self, name: str) -> web.Response:
        if not re.fullmatch(r"\w[\w.-]*", name):
            raise web.HTTPNotFound(text="There is no such file.")
        try:
            path = self._folders.find(f"sandbox/{name}")
        except WordingError:
            raise web.HTTPNotFound(text=f"templates/sandbox/{name} is missing.") from None
        kind = guess_type(name)[0] or "application/octet-stream"
        charset = "utf-8" if kind.startswith("text/") else None
        return web.Response(body=path.read_bytes(), content_type=kind, charset=charset)


_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self' ws://{host}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}
