"""HTTP: one address that takes what Slack signed, and answers that leave before the work behind them starts."""

import asyncio
import logging
from collections.abc import Mapping
from contextlib import suppress

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier

from bot.services.trouble import Complaint, Trouble, caught
from bot.slack.background import Background

HEALTH = "/health"
"""For load balancers; it tells nothing of people or of the database."""

LARGEST = 2 * 1024**2
"""Bytes that a payload may have. A view of Slack holds 250 kB, a form spells them in up to three times as many, and
what stands in the view's inputs comes on top."""

_READ_SECONDS = 3.0
"""How long a payload may take to come in; Slack waits no longer for its answer."""

_FINISH_SECONDS = 3.0
"""How long answers under way may take at stop, as over Socket Mode."""

_KINDS = {"command", "type", "ssl_check"}
"""Each payload has one of these; `ssl_check` is Slack's test of the address."""

_log = logging.getLogger(__name__)


class HttpMode:
    """Receives payloads over HTTP and answers them.

    One that comes again (Slack says so in X-Slack-Retry-Num, a proxy does not) is handled like any other: the first
    may never have been handled, and what it changed once the stores do not change twice.
    """

    def __init__(
        self, app: AsyncApp, signing_secret: str, background: Background, *, host: str, port: int, path: str
    ) -> None:
        self._app = app
        self._verifier = SignatureVerifier(signing_secret)
        self._background = background
        self._host, self._port, self._path = host, port, path
        self._handling: set[asyncio.Task[object]] = set()
        self._stopping = False
        self._unsigned = Complaint("Requests are refused: their signature does not fit, or is older than five minutes")
        self._runner = self._server()

    def _server(self) -> web.AppRunner:
        server = web.Application(client_max_size=LARGEST)
        server.add_routes([web.post(self._path, self._payload), web.get(HEALTH, self._health)])
        silent = logging.getLogger(f"{__name__}.server")
        silent.setLevel(logging.CRITICAL)  # it quotes what it cannot read
        return web.AppRunner(server, access_log=None, logger=silent, shutdown_timeout=0.1)

    @property
    def way(self) -> str:
        """For the line at start; with the port that was free, where any was wanted."""
        host, port = self._runner.addresses[0][:2]
        own = f"http://{f'[{host}]' if ':' in host else host}:{port}{self._path}"
        return f"over HTTP at {own} (Slack must reach this through https)"

    async def start(self) -> None:
        """Listens. Raises OSError where the address is taken or not of this machine."""
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port).start()

    async def stop(self) -> None:
        """Takes no more work, finishes what is being answered, closes. A proxy that finds nobody listening asks
        another process; over a connection that stands it is told."""
        self._stopping = True
        for site in self._runner.sites:
            await site.stop()
        if self._handling:
            await asyncio.wait(self._handling, timeout=_FINISH_SECONDS)
        await self._runner.cleanup()

    async def _health(self, request: web.Request) -> web.Response:
        self._refuse_while_stopping()
        return web.Response(text="Win-Win serves.")

    async def _payload(self, request: web.Request) -> web.Response:
        """The server runs each request in a task of its own."""
        self._refuse_while_stopping()
        task = asyncio.current_task()
        if task is not None:
            self._handling.add(task)
            task.add_done_callback(self._handling.discard)
        payload = await self._checked(request)
        with self._background.answering():
            answered = await caught(self._answer(request, payload))
        if isinstance(answered, Trouble):  # the server would log its message, which may quote what a person wrote
            _log.error("No answer to a payload (reference %s)\n%s", answered.reference, answered.trace)
            raise web.HTTPInternalServerError(text=f"Win-Win could not answer (reference {answered.reference}).")
        return answered

    async def _answer(self, request: web.Request, payload: AsyncBoltRequest) -> web.Response:
        response = await to_aiohttp_response(await self._app.async_dispatch(payload))
        with suppress(ConnectionError):  # nobody waits any more, but what was saved is saved
            await response.prepare(request)
            await response.write_eof()
        return response

    async def _checked(self, request: web.Request) -> AsyncBoltRequest:
        """Reads nothing of a payload before its signature fits. Raises the answer to what is none of Slack's."""
        try:
            async with asyncio.timeout(_READ_SECONDS):
                body = await request.read()
        except TimeoutError:
            raise web.HTTPRequestTimeout(text="The payload did not come in within three seconds.") from None
        if not self._is_signed(body, request.headers):
            raise web.HTTPUnauthorized(text="This takes only what Slack signed, not longer than five minutes ago.")
        payload = await caught(to_bolt_request(request))
        if isinstance(payload, Trouble) or not payload.body.keys() & _KINDS:
            raise web.HTTPBadRequest(text="This is no payload of Slack.")
        return payload

    def _is_signed(self, body: bytes, headers: Mapping[str, str]) -> bool:
        with suppress(ValueError, TypeError):  # a time that is no number, a body or a signature that is no text
            if self._verifier.is_valid_request(body, dict(headers)):
                return True
        if "X-Slack-Signature" in headers:
            self._unsigned.because("SLACK_SIGNING_SECRET or the clock of this machine may be wrong")
        return False

    def _refuse_while_stopping(self) -> None:
        if self._stopping:
            raise web.HTTPServiceUnavailable(text="Win-Win is stopping.")
