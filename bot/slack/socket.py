"""Socket Mode: two connections that always come back, and answers that leave before the work behind them starts."""

import asyncio
import json
import logging
from functools import cached_property
from http import HTTPStatus
from typing import Any

import aiohttp
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

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

_FINISH_SECONDS = 3.0
"""How long answers under way may take at stop."""

_log = logging.getLogger(__name__)


class SteadyClient(SocketModeClient):
    """The SDK's client, except that it asks for a new address at every try, waits longer after each failure and
    says once a minute that Slack is away, instead of a trace every few seconds."""

    _stood = False

    @cached_property
    def _complaint(self) -> Complaint:
        return Complaint("Slack cannot be reached; trying again with growing pauses")

    async def connect(self) -> None:
        """Returns once connected. Raises DeliveryError where Slack refuses the token at the first time."""
        waits = pauses()
        while not self.closed:
            try:
                await self._connect_once()
            except (SlackApiError, aiohttp.ClientError, OSError, TimeoutError) as error:
                failed = failure(error)
                if failed.permanent and not self._stood:
                    raise failed from None
                self._complaint.because(failed.code)
                await asyncio.sleep(max(next(waits), failed.retry_after or 0))
            else:
                self._stood = True
                return

    async def is_ping_pong_failing(self) -> bool:
        """Left to aiohttp's heartbeat, whose patience is not that of the look."""
        return False

    async def issue_new_wss_url(self) -> str:
        """Left to `_connect_once`: an address serves one try only."""
        return ""

    async def _connect_once(self) -> None:
        """The new connection stands before the old one goes, so that there is no time without one."""
        self.auto_reconnect_enabled = False
        old = self.current_session
        opened = await self.web_client.apps_connections_open(app_token=self.app_token)
        async with asyncio.timeout(TIMEOUT):
            self.current_session = await self.aiohttp_client_session.ws_connect(
                opened["url"], autoping=False, heartbeat=_HEARTBEAT_SECONDS, proxy=self.proxy
            )
        self.auto_reconnect_enabled = self.default_auto_reconnect_enabled
        self.stale = False
        self.last_ping_pong_time = None
        for task in (self.current_session_monitor, self.message_receiver):
            if task is not None and task is not asyncio.current_task():
                task.cancel()
        self.current_session_monitor = asyncio.ensure_future(self.monitor_current_session())
        self.message_receiver = asyncio.ensure_future(self.receive_messages())
        if old is not None:
            await old.close()


class SocketMode:
    """Receives payloads over WebSockets and answers them."""

    way = "over Socket Mode"

    def __init__(self, app: AsyncApp, app_token: str, web_client: AsyncWebClient, background: Background) -> None:
        self._app = app
        self._background = background
        self._handling: set[asyncio.Task[None]] = set()
        self._others: list[asyncio.Task[None]] = []
        self._crowd = Complaint(f"Slack allows an app {ALLOWED} connections: more processes would get no payloads")
        self._clients = [self._client(app_token, web_client) for _ in range(CONNECTIONS)]

    def _client(self, app_token: str, web_client: AsyncWebClient) -> SteadyClient:
        client = SteadyClient(
            app_token=app_token, web_client=web_client, logger=self._app.logger, ping_interval=_PING_SECONDS
        )
        client.socket_mode_request_listeners.append(self._handle)
        client.message_listeners.append(self._greet)
        return client

    async def start(self) -> None:
        """Connects; returns once the first connection stands. Raises DeliveryError where Slack refuses the token."""
        first, *others = self._clients
        await first.connect()
        self._others = [asyncio.create_task(client.connect()) for client in others]

    async def stop(self) -> None:
        """Takes no more work, finishes what is being answered, closes."""
        for task in self._others:
            task.cancel()
        await asyncio.gather(*self._others, return_exceptions=True)
        for client in self._clients:
            client.auto_reconnect_enabled = False
            client.socket_mode_request_listeners.clear()
        if self._handling:
            await asyncio.wait(self._handling, timeout=_FINISH_SECONDS)
        await asyncio.gather(*(client.close() for client in self._clients))  # type: ignore[no-untyped-call]

    async def _greet(self, client: AsyncBaseSocketModeClient, message: dict[str, Any], raw: str | None) -> None:
        """Slack's hello tells how many connections the app has, those of other processes included."""
        if message.get("type") == "hello" and int(message.get("num_connections") or 0) >= ALLOWED:
            self._crowd.because("num_connections")

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
