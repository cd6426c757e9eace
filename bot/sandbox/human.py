"""What a person does in the sandbox, over HTTP and JSON on loopback: the contract of the page and of the tests.

Every address below refuses (403) a Host or an Origin that is not the server's own. A request that a person could not
make in Slack answers 409 `{"error": sentence}`, a malformed one 400 `{"error": sentence}`.

Pages
    GET /                           templates/sandbox/index.html
    GET /archives/CHANNEL/pTS       the same page: the address that chat.getPermalink gives. `pTS` is the ts without
                                    its dot; the page opens CHANNEL and scrolls to that message
    GET /static/NAME                templates/sandbox/NAME (one folder; .css .js .svg .png .woff2 .html)
    Content-Security-Policy: self only: no inline script, no inline style, no style attribute in HTML text.

Seeing
    GET /sandbox/state?user=U       the STATE of that person (below); the first person where none is named
    GET /sandbox/live?user=U        WebSocket; sends the whole STATE at once and again after every change the person
                                    sees (several quick changes may arrive as one)
    GET /sandbox/calls              the Web API calls so far, oldest first (the last 2,000):
                                    [{"method", "args", "answer", "started", "ended"}], both on one monotonic clock

Doing: POST with a JSON body. Every answer has `"version"`. An act that sends something to the bot answers once the
bot acknowledged, or did not in 3 s: `{"acked": true}` or `{"acked": false, "timeout": true}`, and what it says below.
    /sandbox/command   {user, channel, text}          text with its command, "/winwin Acme renewal"
    /sandbox/message   {user, channel, text, thread_ts?}   -> {"ts"}: an ordinary message of that person
    /sandbox/shortcut  {user, callback_id, channel?}  a global shortcut; channel: where the person is looking
    /sandbox/input     {user, view_id, block_id, action_id, value}
                       what is typed or picked in an input of a view; kept here, nothing is sent to the bot
    /sandbox/action    {user, view_id | channel + ts, block_id, action_id, value?, confirmed?}
                       a button (no value), an overflow (the option's value), or any other element that dispatches
                       (in a section or actions block, or in an input block with dispatch_action).
                       An element with `confirm` needs confirmed: true (else 409): the page asks first
    /sandbox/submit    {user, view_id, values?}       values {block_id: {action_id: value}} are typed in first
                       -> {"acked", "sent", "errors": {block_id: sentence}}. sent: false means that Slack itself
                       refused (a required field is empty, too short, too long): the bot never saw it.
                       A bot that answers nothing usable leaves the view open with `trouble` set
    /sandbox/close     {user, view_id, all?}          Cancel (goes back to the view below) or, with all, the X
    /sandbox/invite    {channel}                      makes the bot a member;  /sandbox/remove {channel} the reverse
    /sandbox/jump      {}      "Jump to the next nudge" -> {"offset_seconds"}, null where nothing is to come
    /sandbox/options   {messages_tab?, scopes?, events?, edit_window_closed?}    -> the options now
                       messages_tab  "on" | "read_only" (a person cannot write there; default) | "off"
                       scopes        what the bot token may do; default what manifest.yml asks for
                       events        subscribed events: message.im (default none)
                       edit_window_closed   true: chat.update answers edit_window_closed
    /sandbox/trouble   {method, kind, count?=1, after?=0, ...}      what goes wrong with the next calls of a method
                       ("*" any), once `after` calls of it went well:
                       kind  rate_limited (retry_after=1), http_500, error (code), hang (seconds; then goes on),
                             drop (done, but the connection dies without an answer), lose (dies, nothing done)
                       {sockets: "drop"} cuts all now; {sockets: "disconnect", reason?} asks them politely to
                       reconnect; {refuse_sockets: seconds} refuses new ones; {clear: true} ends all trouble
    /sandbox/faults    {}                             forgets the faults so far

Values, by type of element ("" or null or [] empties it)
    plain_text_input, email_text_input, url_text_input, number_input    string
    datetimepicker   whole UNIX seconds;   datepicker "2026-05-01";   timepicker "15:30"
    checkboxes, multi_static_select                                     list of option values
    radio_buttons, static_select                                        one option's value
    users_select, conversations_select, channels_select                 an id;    multi_...: a list of ids

STATE
    version     grows with every change of the workspace
    me          the person's id
    team        {id, name, domain}
    bot         {user_id, name, connections: open Socket Mode connections, calls: Web API calls so far}
    people      [{id, name, real_name, tz, tz_label, tz_offset, locale}]    (the bot is not among them)
    channels    [{id, name, kind, members, bot_is_member, can_write, messages}], in the order to show them; those that
                the person is in. kind: public | private | shared (with another company) | dm (name: the other's);
                can_write false: no composer ("Sending messages to this app has been turned off.")
    views       the open modal, bottom first; the last one is shown. [] when none is open
    faults      [{id, where, what}]: what the bot did wrong, a sentence each; show them loudly
    clock       {now: ISO with offset, epoch: seconds, offset_seconds: how far the clock was moved}
    options     as above
    commands    [{command, hint, description}] for the composer;  shortcuts [{callback_id, name}]

MESSAGE
    channel, ts (its id), user (the bot's user id for the bot's), from: person | bot | slackbot
    text        Slack mrkdwn, raw: & < > arrive as entities, <@U..>, <#C..>, <!date^..>, <url|label> to be rendered
    blocks      as posted, each with a block_id, each element with an action_id; [] for plain text
    edited      true once changed (Slack shows "(edited)" only where there are no blocks)
    deleted     true for "This message was deleted." above a living thread
    ephemeral   true: "Only visible to you"; has a ts like any other
    metadata    as posted or null
    thread_ts   the ts of its parent, null outside a thread;  replies: [MESSAGE] under a parent
    warning     null, or {block_id, action_id, text}: a click that the bot did not acknowledge

VIEW
    id, hash, callback_id, root_view_id, previous_view_id
    title, submit, close   plain strings; submit null: no such button; close "Cancel" where the bot gave none
    blocks      as given, ids filled in;  notify_on_close, clear_on_close
    values      {block_id: {action_id: value}}: what stands in every input now, shaped as under "Values"
    choices     {block_id: {action_id: [{id, name}]}} for selects of people, channels and conversations,
                filtered as the bot asked
    errors      {block_id: sentence} to show under the inputs;  busy: a submission waits for the bot
    trouble     null, or "We had some trouble connecting. Try again?"
    warning     as in MESSAGE
  A page should write `values` into its fields when the view's id or hash changes and leave the focused field alone
  otherwise. Typed values survive an update of the view wherever block_id, action_id and type of the element stay.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from bot.sandbox import state
from bot.sandbox.acts import Acts
from bot.sandbox.api import WebApi
from bot.sandbox.errors import CannotDo, Json, Malformed
from bot.sandbox.modal_acts import ModalActs
from bot.sandbox.parts import Parts

TABS = ("on", "read_only", "off")

Jump = Callable[[], Awaitable[float | None]]
Act = Callable[[Json], Awaitable[Json]]


class Human:
    """What a person does, under `/sandbox/`."""

    def __init__(self, parts: Parts, api: WebApi, jump: Jump | None) -> None:
        self._parts, self._api, self._jump = parts, api, jump
        self._acts, self._modal_acts = Acts(parts), ModalActs(parts)

    def routes(self) -> list[web.RouteDef]:
        doing: dict[str, Act] = {
            "action": self._action,
            "close": self._close,
            "command": self._command,
            "faults": self._faults,
            "input": self._input,
            "invite": self._invite,
            "jump": self._jumped,
            "message": self._message,
            "options": self._options,
            "remove": self._remove,
            "shortcut": self._shortcut,
            "submit": self._submit,
            "trouble": self._trouble,
        }
        return [web.post(f"/sandbox/{name}", self._answering(act)) for name, act in doing.items()]

    def _answering(self, act: Act) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def handle(request: web.Request) -> web.Response:
            try:
                answer = await act(await _body(request))
            except CannotDo as reason:
                return web.json_response({"error": str(reason)}, status=409)
            except Malformed as reason:
                return web.json_response({"error": str(reason)}, status=400)
            return web.json_response({**answer, "version": self._parts.workspace.version})

        return handle

    async def _command(self, body: Json) -> Json:
        return await self._acts.command(_text(body, "user"), _text(body, "channel"), _text(body, "text"))

    async def _message(self, body: Json) -> Json:
        place = _text(body, "user"), _text(body, "channel")
        return await self._acts.message(*place, _text(body, "text"), body.get("thread_ts"))

    async def _shortcut(self, body: Json) -> Json:
        return await self._acts.shortcut(_text(body, "user"), _text(body, "callback_id"), body.get("channel"))

    async def _input(self, body: Json) -> Json:
        return self._modal_acts.type(*_element(body, "view_id"), body.get("value"))

    async def _action(self, body: Json) -> Json:
        value, confirmed = body.get("value"), bool(body.get("confirmed"))
        if "view_id" in body:
            return await self._modal_acts.press(*_element(body, "view_id"), value, confirmed=confirmed)
        user, channel, block_id, action_id = _element(body, "channel")
        where = user, channel, _text(body, "ts")
        return await self._acts.press(*where, block_id, action_id, value, confirmed=confirmed)

    async def _submit(self, body: Json) -> Json:
        values = body.get("values", {})
        if not isinstance(values, dict) or not all(isinstance(fields, dict) for fields in values.values()):
            raise Malformed("values takes {block_id: {action_id: value}}")
        return await self._modal_acts.submit(_text(body, "user"), _text(body, "view_id"), values)

    async def _close(self, body: Json) -> Json:
        everything = bool(body.get("all"))
        return await self._modal_acts.close(_text(body, "user"), _text(body, "view_id"), everything=everything)

    async def _invite(self, body: Json) -> Json:
        return self._acts.invite(_text(body, "channel"), member=True)

    async def _remove(self, body: Json) -> Json:
        return self._acts.invite(_text(body, "channel"), member=False)

    async def _jumped(self, body: Json) -> Json:
        offset = await self._jump() if self._jump else None
        if offset is not None:
            self._parts.workspace.offset_seconds = offset
            self._parts.workspace.changed()
        return {"offset_seconds": offset}

    async def _options(self, body: Json) -> Json:
        options = self._parts.workspace.options
        for name, value in body.items():
            known = state.as_options(options)
            if name not in known or type(value) is not type(known[name]):
                raise Malformed(f"there is no option {name} of that type")
            if name == "messages_tab" and value not in TABS:
                raise Malformed(f"messages_tab takes one of {', '.join(TABS)}")
            setattr(options, name, tuple(value) if isinstance(value, list) else value)
        self._parts.workspace.changed()
        return state.as_options(options)

    async def _faults(self, body: Json) -> Json:
        self._parts.workspace.faults.clear()
        self._parts.workspace.changed()
        return {}

    async def _trouble(self, body: Json) -> Json:
        if body.get("clear"):
            self._api.troubles.clear()
            self._parts.sockets.refuse(0)
        elif "refuse_sockets" in body:
            self._parts.sockets.refuse(_number(body, "refuse_sockets"))
        elif body.get("sockets") == "drop":
            self._parts.sockets.drop()
        elif body.get("sockets") == "disconnect":
            await self._parts.sockets.disconnect(str(body.get("reason", "refresh_requested")))
        else:
            self._api.troubles.add(body)
        return {}


async def _body(request: web.Request) -> Json:
    try:
        body = await request.json()
    except ValueError:
        raise Malformed("the body must be JSON") from None
    if not isinstance(body, dict):
        raise Malformed("the body must be an object")
    return body


def _text(body: Json, name: str) -> str:
    value: Any = body.get(name)
    if not isinstance(value, str):
        raise Malformed(f"{name} must be given, as a string")
    return value


def _number(body: Json, name: str) -> float:
    value: Any = body.get(name)
    if not isinstance(value, int | float):
        raise Malformed(f"{name} must be given, as a number")
    return value


def _element(body: Json, place: str) -> tuple[str, str, str, str]:
    return _text(body, "user"), _text(body, place), _text(body, "block_id"), _text(body, "action_id")
