"""The Web API over HTTP: who calls, with what, and what goes wrong on purpose."""

import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.sandbox.chat import Chat
from bot.sandbox.errors import BOTS_FAULT, Json, Refused
from bot.sandbox.modals import View, check, payload
from bot.sandbox.parts import Parts
from bot.sandbox.people import APP_TOKEN, BOT_TOKEN
from bot.sandbox.reads import Reads
from bot.sandbox.trouble import Trouble, Troubles, Way

CALLS_KEPT = 2_000


@dataclass(frozen=True, slots=True)
class Method:
    """One method: what answers it, the scope it needs ("" for none), the token it takes."""

    answer: Callable[[Json], Json]
    scope: str = ""
    token: str = BOT_TOKEN


@dataclass(slots=True)
class Call:
    """One call that the bot made; times on the server's monotonic clock, `ended` None while under way."""

    method: str
    args: Json
    started: float
    ended: float | None = None
    answer: Json = field(default_factory=dict)


class WebApi:
    """Answers `/api/METHOD` and the response_urls."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self.troubles = Troubles()
        self.calls: deque[Call] = deque(maxlen=CALLS_KEPT)
        self._methods = self._table(parts.chat, Reads(parts.workspace, parts.url))

    def _table(self, chat: Chat, reads: Reads) -> dict[str, Method]:
        return {
            "apps.connections.open": Method(self._connections_open, token=APP_TOKEN),
            "auth.test": Method(reads.auth_test),
            "chat.delete": Method(chat.delete, "chat:write"),
            "chat.getPermalink": Method(chat.get_permalink),
            "chat.postEphemeral": Method(chat.post_ephemeral, "chat:write"),
            "chat.postMessage": Method(chat.post_message, "chat:write"),
            "chat.update": Method(chat.update, "chat:write"),
            "conversations.history": Method(reads.history),
            "conversations.replies": Method(reads.replies),
            "users.info": Method(reads.users_info, "users:read"),
            "views.open": Method(self._views_open),
            "views.push": Method(self._views_push),
            "views.update": Method(self._views_update),
        }

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One call of a method."""
        method = request.match_info["method"]
        try:
            args = await _arguments(request)
        except Refused as refused:
            self._blame(method, refused)
            return web.json_response(refused.answer())
        call = Call(method, {k: v for k, v in args.items() if k != "token"}, self._parts.triggers.clock())
        self.calls.append(call)
        self._parts.workspace.calls += 1
        self._parts.workspace.changed()
        trouble = self.troubles.take(method)
        call.answer = await self._answer(method, args, _token(request, args), trouble)
        call.ended = self._parts.triggers.clock()
        return self._response(request, call.answer, trouble)

    async def handle_hook(self, request: web.Request) -> web.StreamResponse:
        """One use of a response_url."""
        try:
            body = await _arguments(request)
            self._parts.chat.respond(self._parts.triggers.use(request.match_info["token"]), body)
        except Refused as refused:
            self._blame("response_url", refused)
            return web.json_response(refused.answer(), status=404)
        return web.Response(text="ok")

    async def _answer(self, method: str, args: Json, token: str | None, trouble: Trouble | None) -> Json:
        if trouble and trouble.kind is Way.RATE_LIMITED:
            return {"ok": False, "error": "ratelimited"}
        if trouble and trouble.kind in (Way.ERROR, Way.HTTP_500, Way.LOSE):
            return {"ok": False, "error": trouble.code}
        if trouble and trouble.kind is Way.HANG:
            await self.troubles.hang(trouble.seconds)
        try:
            return {"ok": True, **self._method(method, token).answer(args)}
        except Refused as refused:
            self._blame(method, refused)
            return refused.answer()

    def _method(self, name: str, token: str | None) -> Method:
        method, scopes = self._methods.get(name), self._parts.workspace.options.scopes
        if method is None:
            raise Refused("unknown_method", f"the sandbox does not know {name}")
        if token != method.token:
            raise Refused(_wrong_token(token))
        if method.scope and method.scope not in scopes:
            raise Refused("missing_scope", needed=method.scope, provided=",".join(scopes))
        return method

    def _response(self, request: web.Request, answer: Json, trouble: Trouble | None) -> web.Response:
        headers = {"x-oauth-scopes": ",".join(self._parts.workspace.options.scopes)}
        kind = trouble.kind if trouble else None
        if kind in (Way.DROP, Way.LOSE) and request.transport is not None:
            request.transport.abort()
        if trouble and kind is Way.RATE_LIMITED:
            return web.json_response(answer, status=429, headers={**headers, "Retry-After": str(trouble.retry_after)})
        if kind is Way.HTTP_500:
            return web.Response(status=500, text="Internal Server Error")
        return web.json_response(answer, headers=headers)

    def _blame(self, where: str, refused: Refused) -> None:
        if refused.code in BOTS_FAULT:
            self._parts.workspace.blame(where, str(refused))

    def _connections_open(self, args: Json) -> Json:
        return {"url": f"ws{self._parts.url.removeprefix('http')}/link?ticket={self._parts.sockets.ticket()}"}

    def _views_open(self, args: Json) -> Json:
        """https://docs.slack.dev/reference/methods/views.open"""
        return self._exchange(args, lambda user, here, _: self._parts.modals.open(user, args["view"], here))

    def _views_push(self, args: Json) -> Json:
        return self._exchange(args, lambda user, _, view_id: self._parts.modals.push(user, args["view"], view_id))

    def _exchange(self, args: Json, show: Callable[[str, str | None, str | None], View]) -> Json:
        """A view that Slack would not take does not use up the trigger."""
        check(args.get("view"))
        trigger = self._parts.triggers.look(str(args.get("trigger_id", "")))
        view = show(trigger.user, trigger.here, trigger.view_id)
        trigger.used = True
        return {"view": payload(view)}

    def _views_update(self, args: Json) -> Json:
        """https://docs.slack.dev/reference/methods/views.update"""
        check(args.get("view"))
        view = self._parts.modals.find(str(args.get("view_id") or args.get("external_id") or ""))
        return {"view": payload(self._parts.modals.update(view, args["view"], args.get("hash")))}


def _wrong_token(token: str | None) -> str:
    if token is None:
        return "not_authed"
    return "not_allowed_token_type" if token in (BOT_TOKEN, APP_TOKEN) else "invalid_auth"


def _token(request: web.Request, args: Json) -> str | None:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if kind == "Bearer" else args.get("token")


async def _arguments(request: web.Request) -> Json:
    """From the query, a form or JSON; `blocks`, `view` and `metadata` may be JSON once more, in a string."""
    try:
        if request.content_type == "application/json":
            return {key: _parsed(key, value) for key, value in dict(await request.json()).items()}
        return {key: _parsed(key, value) for key, value in {**request.query, **(await request.post())}.items()}
    except (ValueError, TypeError):
        raise Refused("invalid_json", "the body is not what its content type says") from None


def _parsed(key: str, value: Any) -> Any:
    return json.loads(value) if key in {"blocks", "view", "metadata"} and isinstance(value, str) else value
