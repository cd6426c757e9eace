"""Socket Mode, Slack's side: connections, envelopes, acknowledgements.

https://docs.slack.dev/apis/events-api/using-socket-mode
"""

import asyncio
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from bot.sandbox.errors import Json
from bot.sandbox.people import APP_ID

ACK_SECONDS = 3.0
MOST_CONNECTIONS = 10


class Unacknowledged(Exception):
    """The bot did not acknowledge in time. `code` is the word that Slack's client shows to the person."""

    def __init__(self, connected: bool, seconds: float) -> None:
        self.code = "operation_timeout" if connected else "dispatch_failed"
        why = f"not acknowledged within {seconds:g} s" if connected else "not delivered: the bot has no connection"
        super().__init__(f"{why} ({self.code})")


@dataclass(slots=True, eq=False)
class Connection:
    """One open WebSocket of the bot. `gone` is set once it is closed, from whichever side."""

    socket: web.WebSocketResponse
    request: web.Request
    gone: "asyncio.Future[None]"
    retired: bool = False

    @property
    def takes(self) -> bool:
        """Whether envelopes may go there."""
        return not self.retired and not self.gone.done()

    async def send(self, message: Json) -> None:
        """A connection that broke meanwhile shows by `gone`."""
        try:
            await self.socket.send_json(message)
        except ConnectionError:
            self.close()

    def cut(self) -> None:
        """Breaks the connection without a word."""
        if self.request.transport is not None:
            self.request.transport.abort()
        self.close()

    def close(self) -> None:
        if not self.gone.done():
            self.gone.set_result(None)


@dataclass(slots=True)
class Sockets:
    """All connections. `clock` counts real seconds; `changed` is told when one comes or goes."""

    changed: Callable[[], None]
    clock: Callable[[], float]
    ack_seconds: float = ACK_SECONDS
    _connections: list[Connection] = field(default_factory=list)
    _tickets: set[str] = field(default_factory=set)
    _waiting: "dict[str, asyncio.Future[Json]]" = field(default_factory=dict)
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)
    _refused_until: float = 0.0

    @property
    def count(self) -> int:
        """Connections that take envelopes."""
        return sum(connection.takes for connection in self._connections)

    @property
    def open(self) -> int:
        """Connections that Slack's limit is about: one that was asked to go counts until it is closed."""
        return sum(not connection.gone.done() for connection in self._connections)

    def ticket(self) -> str:
        """Lets the bot connect once."""
        ticket = secrets.token_hex(16)
        self._tickets.add(ticket)
        return ticket

    def refuse(self, seconds: float) -> None:
        """Takes no new connection for that long."""
        self._refused_until = self.clock() + seconds

    def drop(self) -> None:
        """Breaks all connections at once."""
        for connection in list(self._connections):
            connection.cut()

    async def disconnect(self, reason: str) -> None:
        """Asks all connections politely to be replaced."""
        for connection in list(self._connections):
            connection.retired = True
            await connection.send(_disconnect(reason))
        self.changed()

    async def close(self) -> None:
        for connection in list(self._connections):
            await connection.socket.close()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """The address that apps.connections.open gave: one WebSocket for one ticket."""
        ticket = request.query.get("ticket", "")
        if self.clock() < self._refused_until:
            return web.Response(status=503)
        if ticket not in self._tickets:
            return web.Response(status=404)
        self._tickets.remove(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if self.open >= MOST_CONNECTIONS:
            await socket.send_json(_disconnect("too_many_websockets"))
            await socket.close()
            return socket
        await self._serve(Connection(socket, request, asyncio.get_running_loop().create_future()))
        return socket

    async def _serve(self, connection: Connection) -> None:
        self._connections.append(connection)
        await connection.send(self._hello())
        self._arrived.set()
        self.changed()
        try:
            async for message in connection.socket:
                if message.type is WSMsgType.TEXT:
                    self._acknowledge(message.data)
        finally:
            connection.close()
            self._connections.remove(connection)
            self.changed()

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": self.open,
            "connection_info": {"app_id": APP_ID},
            "debug_info": {"host": "sandbox", "build_number": 1, "approximate_connection_time": 18060},
        }

    def _acknowledge(self, text: str) -> None:
        answer = json.loads(text)
        waiting = self._waiting.get(answer.get("envelope_id", ""))
        if waiting is not None and not waiting.done():
            waiting.set_result(answer.get("payload") or {})

    async def deliver(self, kind: str, payload: Json, *, answers: bool = True) -> Json:
        """Sends one envelope and returns what the acknowledgement carried ({} for nothing). Where the connection
        dies before, the envelope goes to another one. Raises Unacknowledged after `ack_seconds`."""
        envelope = {
            "envelope_id": secrets.token_hex(16),
            "type": kind,
            "payload": payload,
            "accepts_response_payload": answers,
        }
        if kind == "events_api":
            envelope |= {"retry_attempt": 0, "retry_reason": ""}
        acked = self._waiting[str(envelope["envelope_id"])] = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(self.ack_seconds):
                return await self._until_acked(envelope, acked)
        except TimeoutError:
            raise Unacknowledged(self.count > 0, self.ack_seconds) from None
        finally:
            del self._waiting[str(envelope["envelope_id"])]

    async def _until_acked(self, envelope: Json, acked: "asyncio.Future[Json]") -> Json:
        while not acked.done():
            connection = await self._next()
            await connection.send(envelope)
            waits: set[asyncio.Future[Any]] = {acked, connection.gone}
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            if "retry_attempt" in envelope:
                envelope["retry_attempt"], envelope["retry_reason"] = envelope["retry_attempt"] + 1, "timeout"
        return acked.result()

    async def _next(self) -> Connection:
        """Each connection in turn; waits where there is none."""
        while True:
            for connection in self._connections:
                if connection.takes:
                    self._connections.remove(connection)
                    self._connections.append(connection)
                    return connection
            self._arrived.clear()
            await self._arrived.wait()


def _disconnect(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}
