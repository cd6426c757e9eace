"""States of a made-up workspace, in the form that `bot.sandbox.human` promises."""

from collections.abc import Sequence
from typing import Any

Json = dict[str, Any]

NOW = 1_788_264_000
"""Tuesday, 2026-09-01, 12:00 UTC."""

PEOPLE = [
    {"id": "U0ANN", "real_name": "Ann Keller", "tz": "Europe/Berlin", "locale": "en-GB"},
    {"id": "U0BEN", "real_name": "Ben Ortiz", "tz": "America/New_York", "locale": "en-US"},
]


def state(
    *,
    version: int = 1,
    me: str = "U0ANN",
    messages: Sequence[Json] = (),
    channels: Sequence[Json] = (),
    views: Sequence[Json] = (),
    faults: Sequence[Json] = (),
    connections: int = 1,
    now: float = NOW,
    offset: float = 0,
) -> Json:
    return {
        "version": version,
        "me": me,
        "bot": {"user_id": "U0BOT", "name": "Win-Win", "connections": connections},
        "people": [{**person, "name": "", "tz_label": person["tz"], "tz_offset": 0} for person in PEOPLE],
        "channels": [channel("C0DEALS", "deals", messages=list(messages)), *channels],
        "views": list(views),
        "faults": list(faults),
        "clock": {"now": "", "epoch": now, "offset_seconds": offset},
        "options": {},
        "commands": [{"command": "/winwin", "hint": "[what it is about]", "description": "Prepare a negotiation"}],
        "shortcuts": [{"callback_id": "prepare", "name": "Prepare a win-win"}],
    }


def channel(id_: str, name: str, kind: str = "public", **changes: Any) -> Json:
    plain = {"members": ["U0ANN", "U0BEN"], "bot_is_member": True, "can_write": True, "messages": []}
    return {"id": id_, "name": name, "kind": kind, **plain, **changes}


def message(text: str = "", *blocks: Json, ts: str = f"{NOW}.000100", **changes: Any) -> Json:
    plain = {"channel": "C0DEALS", "user": "U0BOT", "from": "bot", "edited": False, "deleted": False}
    rest: Json = {"ephemeral": False, "metadata": None, "thread_ts": None, "replies": [], "warning": None}
    return {**plain, **rest, "ts": ts, "text": text, "blocks": numbered(blocks), **changes}


def view(*blocks: Json, **changes: Any) -> Json:
    """A modal with a submit button. Values and choices are given by block id."""
    words = {"title": "A form", "submit": "Send it", "close": "Not now", "callback_id": "form"}
    rest: Json = {
        "root_view_id": "V1",
        "previous_view_id": None,
        "errors": {},
        "busy": False,
        "trouble": None,
        "warning": None,
    }
    return {
        "id": "V1",
        "hash": "1",
        **words,
        **rest,
        "blocks": numbered(blocks),
        "values": {},
        "choices": {},
        **changes,
    }


def numbered(blocks: Sequence[Json]) -> list[Json]:
    return [{"block_id": f"b{number}", **block} for number, block in enumerate(blocks)]


def input_(label: str, kind: str = "plain_text_input", *, hint: str = "", **traits: Any) -> Json:
    block: Json = {key: traits.pop(key) for key in ("optional", "block_id", "dispatch_action") if key in traits}
    hints = {"hint": {"type": "plain_text", "text": hint}} if hint else {}
    element = {"type": kind, "action_id": "a", **traits}
    return {"type": "input", "label": {"type": "plain_text", "text": label}, "element": element, **hints, **block}


def section(text: str, kind: str = "mrkdwn", **traits: Any) -> Json:
    return {"type": "section", "text": {"type": kind, "text": text}, **traits}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def button(label: str, action_id: str = "press", **traits: Any) -> Json:
    return {"type": "button", "action_id": action_id, "text": {"type": "plain_text", "text": label}, **traits}


def option(label: str, value: str) -> Json:
    return {"text": {"type": "plain_text", "text": label}, "value": value}
