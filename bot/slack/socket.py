"""Socket Mode: two connections that always come back, and answers that leave before the work behind them starts."""

import asyncio
import json
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, suppress
from http import HTTPStatus

import aiohttp
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.services.errors import DeliveryError
from bot.services.trouble import Complaint, Trouble, caught, pauses
from bot.slack.background import Background
from bot.slack.refusals import failure
from bot.slack.web import TIMEOUT

_PING_SECONDS = 1.0
"""How often the connection is looked at; a cut one is noticed after at most this long."""

_HEARTBEAT_SECONDS = 10.0
"""How long a silent connection may take to answer before it counts as lost."""


CONNECTIONS = 2
"""So that one stands while the other is renewed; Slack hands each payload to one of them."""

ALLOWED = 10
"""Connections that Slack allows an app (https://docs.slack.dev/apis/events-api/using-socket-mode)."""

_CROWDED = "too_many_websockets"
"""What Slack says instead of hello, on a socket that it accepted, where an app's are all taken."""

_AT_ONCE_SECONDS = 5.0
"""A connection that stood for less fell at once."""

_FINISH_SECONDS = 3.0
"""How long answers under way may take at stop."""

_log = logging.getLogger(__name__)

Waits = Callable[[], Iterator[float]]
"""Begins the pauses between tries anew."""


class SteadyClient(SocketModeClient):
    """The SDK's client, except that a connection stands only once Slack greeted it, that each try asks for a new
    address, and that every failure meets a longer pause and one line a minute instead of a trace."""

    def __init__(
        self,
        app_token: str,
        web_client: AsyncWebClient,
        logger: logging.Logger,
        complain: Callable[[str], None],
        waits: Waits,
        monotonic: Callable[[], float],
    ) -> None:
        super().__init__(app_token, logger, web_client, ping_interval=_PING_SECONDS)
        self._complain = complain
        self._waits = waits
        self._now = monotonic
        self._falls = waits()
        self._stood_at: float | None = None
        self._connecting: asyncio.Task[None] | None = None

    def reconnect(self) -> asyncio.Task[None]:
        """Connects in a task of its own. Never in two: one of their connections would stay open and unread."""
        if self._connecting is None or self._connecting.done():
            self._connecting = asyncio.create_task(self.connect())
        return self._connecting

    async def connect_to_new_endpoint(self, force: bool = False) -> None:
        """The SDK calls it when Slack asks for another connection (`force`) and when one is lost."""
        if self.auto_reconnect_enabled and (force or not await self.is_connected()):
            self.reconnect()

    async def connect(self) -> None:
        """Returns once a connection stands. Raises DeliveryError where Slack refuses the token at the first time."""
        async with self.connect_operation_lock:  # an answer that met a cut waits for it
            await self._calm()
            waits = self._waits()
            while failed := await self._failed():
                if failed.permanent and self._stood_at is None:
                    raise failed
                self._complain(failed.code)
                if failed.code == _CROWDED:
                    await self.disconnect()  # type: ignore[no-untyped-call]  # it may hold its successor's place
                await asyncio.sleep(max(next(waits), failed.retry_after or 0))
            self._stood_at = self._now()

    async def close(self) -> None:
        if self._connecting is not None:
            self._connecting.cancel()
            await asyncio.gather(self._connecting, return_exceptions=True)
        await super().close()  # type: ignore[no-untyped-call]

    async def is_ping_pong_failing(self) -> bool:
        """Left to aiohttp's heartbeat, whose patience is not that of the look."""
        return False

    async def _calm(self) -> None:
        """Connections that stand and fall at once, again and again, are renewed ever more slowly."""
        if self._stood_at is not None and self._now() < self._stood_at + _AT_ONCE_SECONDS:
            self._complain("closed")
            await asyncio.sleep(next(self._falls))
        else:
            self._falls = self._waits()

    async def _failed(self) -> DeliveryError | None:
        """Tries once; what went wrong, if anything did."""
        try:
            await self._connect_once()
        except DeliveryError as refused:
            return refused
        except (SlackApiError, aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            return failure(error)
        return None

    async def _connect_once(self) -> None:
        """The new connection stands before the old one goes, so that there is no time without one."""
        opened = await self.web_client.apps_connections_open(app_token=self.app_token)
        async with asyncio.timeout(TIMEOUT), AsyncExitStack() as unless_greeted:
            connecting = self.aiohttp_client_session.ws_connect(
                opened["url"], heartbeat=_HEARTBEAT_SECONDS, proxy=self.proxy
            )
            new = await unless_greeted.enter_async_context(connecting)
            if await _connections(new) >= ALLOWED:
                self._complain("num_connections")
            unless_greeted.pop_all()
        old, self.current_session = self.current_session, new
        for task in (self.current_session_monitor, self.message_receiver):
            if task is not None:
                task.cancel()
        self.current_session_monitor = asyncio.ensure_future(self.monitor_current_session())
        self.message_receiver = asyncio.ensure_future(self.receive_messages())
        if old is not None:
            await old.close()


async def _connections(socket: aiohttp.ClientWebSocketResponse) -> int:
    """How many connections the app has, those of other processes included: Slack's hello tells. Raises DeliveryError
    where anything else comes first."""
    first = await socket.receive()
    said = json.loads(first.data) if first.type is aiohttp.WSMsgType.TEXT else {}
    if said.get("type") != "hello":
        raise DeliveryError(str(said.get("reason") or "closed"))
    return int(said.get("num_connections") or 0)


class SocketMode:
    """Receives payloads over WebSockets and answers them."""

    way = "over Socket Mode"

    def __init__(
        self,
        app: AsyncApp,
        app_token: str,
        web_client: AsyncWebClient,
        background: Background,
        waits: Waits = pauses,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app = app
        self._background = background
        self._handling: set[asyncio.Task[None]] = set()
        self._away = Complaint("Slack cannot be reached; trying again with growing pauses")
        self._crowd = Complaint(
            f"Slack allows an app {ALLOWED} connections, and all are taken: "
            "another process gets no payloads until one of them ends"
        )
        self._clients = [
            SteadyClient(app_token, web_client, app.logger, self._complain, waits, monotonic)
            for _ in range(CONNECTIONS)
        ]
        for client in self._clients:
            client.socket_mode_request_listeners.append(self._handle)

    def _complain(self, code: str) -> None:
        crowded = code in (_CROWDED, "num_connections")
        (self._crowd if crowded else self._away).because(code)

    async def start(self) -> None:
        """Connects; returns once the first connection stands. Raises DeliveryError where Slack refuses the token."""
        first, *others = self._clients
        await first.reconnect()
        for client in others:
            client.reconnect()

    async def stop(self) -> None:
        """Takes no more work, finishes what is being answered, closes."""
        for client in self._clients:
            client.auto_reconnect_enabled = False
            client.socket_mode_request_listeners.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(_FINISH_SECONDS):
                if self._handling:
                    await asyncio.wait(self._handling)
                await asyncio.gather(*(client.close() for client in self._clients))

    async def _handle(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._handling.add(task)
            task.add_done_callback(self._handling.discard)
        with self._background.answering():
            answered = await caught(self._answer(client, request))
        if isinstance(answered, Trouble):  # the SDK would log its message, which may quote what a person wrote
            _log.error("No answer to a payload (reference %s)\n%s", answered.reference, answered.trace)

    async def _answer(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        response = await run_async_bolt_app(self._app, request)
        if response.status == HTTPStatus.OK:
            await client.send_message(_acknowledgement(request.envelope_id, response.body))


def _acknowledgement(envelope_id: str, body: str) -> str:
    """Bolt's answer is JSON already, which the SDK would read and write once more, or a private line."""
    if not body:
        return json.dumps({"envelope_id": envelope_id})
    payload = body if body.startswith("{") else json.dumps({"text": body})
    return f'{{"envelope_id": {json.dumps(envelope_id)}, "payload": {payload}}}'
