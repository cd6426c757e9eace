"""Calls to Slack's Web API: one HTTP session for all, every failure as a DeliveryError, no retries of its own."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from bot.services.errors import DeliveryError
from bot.services.model import Message
from bot.slack.views.plain import plain

TIMEOUT = 10
"""Seconds for a whole call. A delivery's lease outlasts it."""

_TRANSIENT = {
    "accesslimited",
    "fatal_error",
    "internal_error",
    "ratelimited",
    "request_timeout",
    "service_unavailable",
    "team_added_to_org",
}
"""Codes after which the same call may go through later; every other code is final
(https://docs.slack.dev/reference/methods/chat.postMessage#errors)."""


_MARKED = "winwin_delivery"
"""The type of our messages' metadata."""

_READING = {"auth.test", "chat.getPermalink", "conversations.history", "conversations.replies", "users.info"}
"""Methods that take their arguments as a query and no JSON (https://docs.slack.dev/apis/web-api/#methods)."""


_BROKEN = {"fatal_error", "internal_error"}
"""Codes of which Slack says that some of the operation may have succeeded."""

_SILENCE = {"timeout", "connection"}

_OURS = {"chat.postMessage", "chat.update", "chat.delete"}
"""Methods that can wait: the outbox calls them. Nobody's click waits for their limits."""

_BLINK = 0.05
"""Seconds that two clocks may differ by."""

_GONE = {"not_found", "hash_conflict", "view_not_found"}

_TRIGGER_PATIENCE = 1.0
"""Seconds that are worth waiting for with a trigger that lives three."""

_PAUSES = (0.3, 1.0, 3.0, None)
"""Seconds after each try to fill a view; None is the last."""


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
    """The few calls we make, typed."""

    def __init__(self, client: AsyncWebClient, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._now = monotonic
        self._limited: dict[str, float] = {}  # until when Slack takes no call of a method

    async def call(self, method: str, **args: Any) -> Mapping[str, Any]:
        """One call. Raises DeliveryError; see `failure` for what is permanent. In doubt is only what does harm when
        it is done twice: a new message. A method that Slack limited is not called before its time."""
        self._respect(method)
        given = {name: value for name, value in args.items() if value is not None}
        try:
            if method in _READING:
                response = await self._client.api_call(method, http_verb="GET", params=given)
            else:
                response = await self._client.api_call(method, json=given)
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            raise self._failed(method, failure(error)) from None
        data = response.data
        return data if isinstance(data, dict) else {}

    def _respect(self, method: str) -> None:
        left = self._limited.get(method, 0.0) - self._now()
        if left > _BLINK and method in _OURS:
            raise DeliveryError("ratelimited", retry_after=left, limited=method)

    def _failed(self, method: str, error: DeliveryError) -> DeliveryError:
        error.uncertain = error.uncertain and method == "chat.postMessage"
        if error.code == "ratelimited" and error.retry_after:
            error.limited = method
            self._limited[method] = self._now() + error.retry_after
        return error

    async def post(
        self, channel: str, message: Message, thread_ts: str | None = None, mark: str = ""
    ) -> tuple[str, str]:
        """Posts a message and returns its channel and ts. Its metadata hold the mark and nothing else."""
        answer = await self.call(
            "chat.postMessage",
            channel=channel,
            thread_ts=thread_ts,
            unfurl_links=False,
            unfurl_media=False,
            metadata={"event_type": _MARKED, "event_payload": {"id": mark}} if mark else None,
            **_body(message),
        )
        return answer["channel"], answer["ts"]

    async def marks(self, method: str, **where: str) -> dict[str, str]:
        """The marks of the messages that conversations.history or conversations.replies tells, each with its ts."""
        answer = await self.call(method, include_all_metadata=True, limit=100, **where)
        found = {}
        for message in answer.get("messages", ()):
            metadata = message.get("metadata") or {}
            if metadata.get("event_type") == _MARKED:
                found[str(metadata.get("event_payload", {}).get("id", ""))] = str(message["ts"])
        return found

    async def update(self, channel: str, ts: str, message: Message) -> None:
        await self.call("chat.update", channel=channel, ts=ts, **_body(message))

    async def open_view(self, trigger_id: str, view: View) -> tuple[str, str]:
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

    async def _open(self, method: str, trigger_id: str, view: View) -> tuple[str, str]:
        opened = (await self.call(method, trigger_id=trigger_id, view=plain(view)))["view"]
        return opened["id"], opened.get("hash", "")

    async def update_view(self, view_id: str, view: View | Mapping[str, Any], hash_: str | None = None) -> bool:
        """Fills an open modal; tries a few times, as filling it twice does no harm. False where the person closed
        it or changed it meanwhile."""
        filled = plain(view) if isinstance(view, View) else dict(view)
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
        session = self._client.session
        if session is None:
            raise DeliveryError("no_session", permanent=True)
        try:
            async with session.post(response_url, json=body) as response:
                if response.status != 200:
                    raise DeliveryError(f"http_{response.status}")
        except (aiohttp.ClientError, TimeoutError) as error:
            raise failure(error) from None


def _body(message: Message) -> dict[str, Any]:
    return {"text": message.text, "blocks": list(message.blocks)}


def failure(error: Exception) -> DeliveryError:
    """What a failed call means: a refusal is permanent or not by its code; a call that never reached Slack may be
    repeated; one whose answer was lost, or that broke within Slack, is uncertain."""
    if isinstance(error, SlackApiError):
        return _refusal(error)
    if isinstance(error, aiohttp.ClientConnectorError):
        return DeliveryError("unreachable")
    return DeliveryError("timeout" if isinstance(error, TimeoutError) else "connection", uncertain=True)


def _refusal(error: SlackApiError) -> DeliveryError:
    response = error.response
    status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0) or 0)
    headers = getattr(response, "headers", {}) or {}
    data = getattr(response, "data", None)
    code = str(data.get("error") or "") if isinstance(data, dict) else ""
    if status == 429 or code == "ratelimited":
        return DeliveryError("ratelimited", retry_after=_seconds(headers.get("Retry-After")))
    if status >= 500 or not code:
        return DeliveryError(f"http_{status}", uncertain=status >= 500)
    return DeliveryError(code, permanent=code not in _TRANSIENT, uncertain=code in _BROKEN)


def _seconds(header: Any) -> float:
    try:
        return max(float(header), 1.0)
    except (TypeError, ValueError):
        return 1.0
