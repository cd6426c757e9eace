"""Calls to Slack's Web API: one HTTP session for all, every failure as a DeliveryError, no retries of its own."""

import asyncio
import json
import logging
import socket
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any

import aiohttp
from aiohttp.connector import AddrInfoType
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from bot.services.errors import DeliveryError
from bot.services.limit import Limit
from bot.services.model import Message, Packed
from bot.slack.refusals import failure, refusal
from bot.slack.views.plain import PackedView, packed, plain

TIMEOUT = 10
"""Seconds for a whole call. A delivery's lease outlasts it."""

UNHEARD = 5
"""Seconds for which the machine goes on sending what nobody acknowledges. Left to itself it would try for a minute, and
a message could arrive long after its call was given up and Slack was asked for it."""

_MARKED = "winwin_delivery"
"""The type of our messages' metadata."""

_READING = {"auth.test", "chat.getPermalink", "conversations.history", "conversations.replies", "users.info"}
"""Methods that take their arguments as a query and no JSON (https://docs.slack.dev/apis/web-api/#methods)."""


_SILENCE = {"timeout", "connection"}

_POST = "chat.postMessage"

_OURS = {_POST, "chat.update", "chat.delete"}
"""Methods that can wait: the outbox calls them. Nobody's click waits for their limits."""

_CONNECT = aiohttp.ClientTimeout(total=None, connect=TIMEOUT - 2)
"""For the whole call our own limit is cheaper; but what found no connection in time surely did not arrive."""

_Request = Callable[..., AbstractAsyncContextManager[aiohttp.ClientResponse]]

_JSON = {"Content-Type": "application/json; charset=utf-8"}

_BLINK = 0.05
"""Seconds that two clocks may differ by."""

_PAGES = 5
"""Of a hundred messages, at most, that one question reads."""

_GONE = {"not_found", "hash_conflict", "view_not_found"}

_TRIGGER_PATIENCE = 1.0
"""Seconds that are worth waiting for with a trigger that lives three."""

_PAUSES = (0.3, 1.0, 3.0, None)
"""Seconds after each try to fill a view; None is the last."""


def new_session() -> aiohttp.ClientSession:
    """The one session for all calls; those of the SDK take its limit."""
    connector, no_cookies = aiohttp.TCPConnector(socket_factory=_new_socket), aiohttp.DummyCookieJar()
    timeout = aiohttp.ClientTimeout(total=TIMEOUT)
    return aiohttp.ClientSession(connector=connector, timeout=timeout, cookie_jar=no_cookies)


def _new_socket(address: AddrInfoType) -> socket.socket:
    family, kind, protocol, *_ = address
    made = socket.socket(family, kind, protocol)
    if hasattr(socket, "TCP_USER_TIMEOUT"):  # Linux
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNHEARD * 1000)
    return made


def new_client(token: str, base_url: str, session: aiohttp.ClientSession) -> AsyncWebClient:
    """A client that never tries twice: the SDK's own retries post twice where a connection drops after the
    server took the message."""
    return AsyncWebClient(
        token=token, base_url=base_url, session=session, timeout=TIMEOUT, retry_handlers=[], logger=sdk_log()
    )


def sdk_log() -> logging.Logger:
    """The log of Slack's own libraries: errors only, because below that some lines hold whole payloads."""
    log = logging.getLogger("bot.slack.sdk")
    log.setLevel(logging.ERROR)
    return log


class Web:
    """The few calls we make, typed. Straight over the session, because a call by the SDK costs as much again."""

    def __init__(self, client: AsyncWebClient, monotonic: Callable[[], float] = time.monotonic) -> None:
        if client.session is None:
            raise ValueError("calls to Slack need a session")
        self._session: aiohttp.ClientSession = client.session
        self._base_url = client.base_url
        self._headers = {"Authorization": f"Bearer {client.token}"}
        self._json_headers = self._headers | _JSON
        self._proxy = client.proxy  # the SDK read the environment; the session would read it anew for each call
        self._limit = Limit()
        self._now = monotonic
        self._limited: dict[str, float] = {}  # until when Slack takes no call of a method

    async def call(self, method: str, **args: Any) -> Mapping[str, Any]:
        """One call. Raises DeliveryError; see `failure` and `refusal` for what is permanent, and `uncertain` only where
        a repeat or a late arrival does harm: a new message, a change without an answer. A method that Slack limited is
        not called before its time."""
        given = {name: value for name, value in args.items() if value is not None}
        if method not in _READING:
            return await self._posted(method, json.dumps(given).encode())
        query = {name: str(value) for name, value in given.items()}
        return await self._answer(method, self._session.get, params=query, headers=self._headers)

    async def _posted(self, method: str, body: bytes) -> Mapping[str, Any]:
        return await self._answer(method, self._session.post, data=body, headers=self._json_headers)

    async def _answer(self, method: str, request: _Request, **what: Any) -> Mapping[str, Any]:
        self._respect(method)
        url = self._base_url + method
        try:
            exchange = _exchange(request(url, proxy=self._proxy, timeout=_CONNECT, **what))
            status, headers, text = await self._limit.within(TIMEOUT, exchange)
        except (aiohttp.ClientError, TimeoutError) as error:
            raise self._failed(method, failure(error)) from None
        data = _parsed(text)
        if status != 200 or not data.get("ok"):
            raise self._failed(method, refusal(status, headers, data))
        return data

    def _respect(self, method: str) -> None:
        left = self._limited.get(method, 0.0) - self._now()
        if left > _BLINK and method in _OURS:
            raise DeliveryError("ratelimited", retry_after=left, stops_posting=method == _POST)

    def _failed(self, method: str, error: DeliveryError) -> DeliveryError:
        late = method == "chat.update" and error.code in _SILENCE  # it may yet come, after a newer change
        error.uncertain = error.uncertain and (method == _POST or late)
        if error.code == "ratelimited" and error.retry_after:
            error.stops_posting = method == _POST
            self._limited[method] = self._now() + error.retry_after
        return error

    async def post(
        self, channel: str, message: Message | Packed, thread_ts: str | None = None, mark: str = ""
    ) -> tuple[str, str]:
        """Posts a message and returns its channel and ts. Its metadata hold the mark and nothing else."""
        body = b'{"channel": %b, ' % _quoted(channel)
        if thread_ts is not None:
            body += b'"thread_ts": %b, ' % _quoted(thread_ts)
        if mark:
            marked = (_quoted(_MARKED), _quoted(mark))
            body += b'"metadata": {"event_type": %b, "event_payload": {"id": %b}}, ' % marked
        packed = pack(message) if isinstance(message, Message) else message
        answer = await self._posted(_POST, body + packed.removeprefix(b"{"))
        return answer["channel"], answer["ts"]

    async def marks(self, method: str, **where: str) -> AsyncIterator[tuple[str, str]]:
        """The marks of the messages that conversations.history or conversations.replies tells, each with its ts. Raises
        DeliveryError also where that is too much to read: what was not seen must not count as absent."""
        cursor = None
        for _ in range(_PAGES):
            answer = await self.call(method, include_all_metadata="true", limit=100, cursor=cursor, **where)
            for message in answer.get("messages", ()):
                metadata = message.get("metadata") or {}
                if metadata.get("event_type") == _MARKED:
                    yield str(metadata.get("event_payload", {}).get("id", "")), str(message["ts"])
            cursor = (answer.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return
        raise DeliveryError("too_much_history")

    async def update(self, channel: str, ts: str, message: Message) -> None:
        await self.call("chat.update", channel=channel, ts=ts, **_body(message))

    async def open_view(self, trigger_id: str, view: View | PackedView) -> tuple[str, str]:
        """Opens a modal and returns its view id and hash. Tries once more where Slack stumbled: one trigger never
        opens two."""
        try:
            return await self._open("views.open", trigger_id, view)
        except DeliveryError as error:
            if error.permanent or error.code in _SILENCE or (error.retry_after or 0) > _TRIGGER_PATIENCE:
                raise  # after a time-out the trigger is dead
            await asyncio.sleep(error.retry_after or 0)
            return await self._open("views.open", trigger_id, view)

    async def push_view(self, trigger_id: str, view: View) -> tuple[str, str]:
        """Puts a modal on top of the open one."""
        return await self._open("views.push", trigger_id, view)

    async def _open(self, method: str, trigger_id: str, view: View | PackedView) -> tuple[str, str]:
        shown = packed(view) if isinstance(view, View) else view
        body = b'{"trigger_id": %b, "view": %b}' % (_quoted(trigger_id), shown)
        opened = (await self._posted(method, body))["view"]
        return opened["id"], opened.get("hash", "")

    async def update_view(self, view_id: str, view: View | Mapping[str, Any], hash_: str | None = None) -> bool:
        """Fills an open modal; tries a few times, as filling it twice does no harm. False where the person closed
        it or changed it meanwhile."""
        filled = _shown(view)
        for pause in _PAUSES:
            try:
                await self.call("views.update", view_id=view_id, view=filled, hash=hash_ or None)
            except DeliveryError as error:
                if error.code in _GONE:
                    return False
                if error.permanent or pause is None:
                    raise
                await asyncio.sleep(max(pause, error.retry_after or 0))
            else:
                break
        return True

    async def respond(self, response_url: str, message: Message, *, replace: bool = False) -> None:
        """Answers a click or a command privately, by the address that came with it."""
        body = {"replace_original": replace, **_body(message)}
        if not replace:
            body["response_type"] = "ephemeral"
        try:
            async with self._session.post(response_url, json=body, proxy=self._proxy) as response:
                if response.status != 200:
                    raise DeliveryError(f"http_{response.status}")
        except (aiohttp.ClientError, TimeoutError) as error:
            raise failure(error) from None


async def _exchange(
    request: AbstractAsyncContextManager[aiohttp.ClientResponse],
) -> tuple[int, Mapping[str, str], bytes]:
    async with request as response:
        return response.status, response.headers, await response.read()


def pack(message: Message) -> Packed:
    """The message's own part of the call that posts it."""
    return Packed(json.dumps({"unfurl_links": False, "unfurl_media": False, **_body(message)}).encode())


def _quoted(text: str) -> bytes:
    return json.dumps(text).encode()


def _body(message: Message) -> dict[str, Any]:
    return {"text": message.text, "blocks": list(message.blocks)}


def _shown(view: View | Mapping[str, Any]) -> dict[str, Any]:
    return plain(view) if isinstance(view, View) else dict(view)


def _parsed(text: bytes) -> dict[str, Any]:
    """What Slack answered; nothing where it is not what Slack answers."""
    try:
        data = json.loads(text.decode())
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}
