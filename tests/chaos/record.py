"""What a run left behind: the rows, the calls and what stands in Slack, as plain values for the judge.

Instants are seconds since the epoch. Where the database was aged, planned instants of earlier calls are moved as
the database's were, so that both agree.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.sandbox.api import Call
from bot.sandbox.people import BOT_USER
from bot.sandbox.trouble import Trouble, Way
from bot.sandbox.workspace import Workspace
from tests.chaos.plan import CLIENT_TIMEOUT

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """A delivery."""

    key: str
    kind: str
    title: str
    revision: int
    rung: int | None
    state: str
    outcome: str
    created: float
    due: float
    settled: float | None
    attempts: int


@dataclass(frozen=True, slots=True)
class Matter:
    """A negotiation as it stands."""

    title: str
    state: str
    confirmed: int
    place: str | None
    meeting: float | None
    rungs: frozenset[int]
    my_win: str
    rehearsed: float | None
    cancelled: float | None
    posts: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a chat.postMessage said which Slack took; a message of several nudges is several. `kind`: script,
    nudge or other; `unknown`: the bot had no answer."""

    kind: str
    title: str
    channel: str
    lane: str
    ts: str
    begun: float
    ended: float
    due: float | None
    unknown: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """A script or its struck line, as it stands in Slack."""

    title: str
    channel: str
    ts: str
    text: str


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that the judge looks at. `asks`: Slack tells which private messages arrived; `disturbed`: spans in
    which a process was killed, stopped or ended; `outages`: in which the database was away; `aged`: (when, by how many
    seconds); `until`: what was due then is over."""

    rows: tuple[Row, ...]
    matters: dict[str, Matter]
    said: tuple[Said, ...]
    standing: tuple[Standing, ...]
    disturbed: tuple[tuple[float, float], ...] = ()
    outages: tuple[tuple[float, float], ...] = ()
    aged: tuple[float, float] | None = None
    until: float = math.inf
    faults: tuple[str, ...] = ()
    exits: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    asks: bool = False


def seconds(instant: datetime | None) -> float | None:
    return None if instant is None else instant.timestamp()


def matters(tables: dict[str, list[Json]]) -> dict[str, Matter]:
    """By the negotiation's id; those that nobody confirmed are left out."""
    briefs = {(row["negotiation_id"], row["revision"]): row for row in tables["brief"]}
    found = {}
    for row in tables["negotiation"]:
        if not row["confirmed"]:
            continue
        brief = briefs[row["id"], row["confirmed"]]
        posts = frozenset((one["channel"], one["ts"]) for one in tables["post"] if one["negotiation_id"] == row["id"])
        found[row["id"]] = Matter(
            brief["title"],
            row["state"],
            row["confirmed"],
            row["place"],
            seconds(brief["meeting_at"]),
            frozenset(map(int, filter(None, brief["rungs"].split(",")))),
            brief["my_win"],
            seconds(row["rehearsed_at"]),
            seconds(row["cancelled_at"]),
            posts,
        )
    return found


def rows(tables: dict[str, list[Json]], known: dict[str, Matter]) -> tuple[Row, ...]:
    return tuple(
        Row(
            row["key"],
            row["kind"],
            known[row["negotiation_id"]].title,
            row["revision"],
            row["rung"],
            row["state"],
            row["outcome"],
            row["created_at"].timestamp(),
            row["due_at"].timestamp(),
            seconds(row["settled_at"]),
            row["attempts"],
        )
        for row in tables["delivery"]
    )


def said(calls: list[Call], met: dict[int, Trouble], wall: float, aged: tuple[float, float] | None) -> Iterator[Said]:
    """`wall` is what to add to the server's monotonic clock."""
    for call in calls:
        if call.method != "chat.postMessage" or not call.answer.get("ok") or call.ended is None:
            continue
        begun = call.started + wall
        shift = aged[1] if aged and begun < aged[0] else 0.0
        trouble = met.get(id(call))
        unknown = trouble is not None and (trouble.kind is Way.DROP or call.ended - call.started > CLIENT_TIMEOUT - 0.5)
        for kind, title, due in _contents(call.args):
            yield Said(
                kind,
                title,
                call.answer["channel"],
                str(call.args["channel"]),
                call.answer["ts"],
                begun,
                call.ended + wall,
                None if due is None else due - shift,
                unknown,
            )


def standing(workspace: Workspace) -> Iterator[Standing]:
    """The heads of scripts and the struck lines in all channels."""
    for channel in workspace.channels.values():
        for message in channel.messages.values():
            head = message.user == BOT_USER and not message.only_for and not message.deleted and not message.thread_ts
            if head and _contents({"blocks": message.blocks, "text": message.text})[0][0] == "script":
                yield Standing(title_in(message.text), channel.id, message.ts, message.text)


def title_in(text: str) -> str:
    found = re.search(r"Matter \d\d", text)
    return found.group() if found else ""


def _contents(args: Json) -> list[tuple[str, str, float | None]]:
    """What a message says, by its buttons: kind, title and, for a nudge with a snooze button, when it was due."""
    text, blocks = str(args.get("text", "")), list(args.get("blocks") or ())
    buttons = [(block, {one.get("action_id"): one for one in block.get("elements", ())}) for block in blocks]
    if "Cancelled by" in text or any("script_menu" in elements for _, elements in buttons):
        return [("script", title_in(text), None)]
    nudges = [
        ("nudge", _title_of(block, blocks), _due(elements)) for block, elements in buttons if "rehearsed" in elements
    ]
    return nudges or [("other", title_in(text), None)]


def _title_of(buttons: Json, blocks: list[Json]) -> str:
    """The blocks of one nudge share the beginning of their ids."""
    stem = buttons["block_id"].rpartition(" ")[0]
    return title_in(str([block.get("text") for block in blocks if block.get("block_id", "").startswith(stem)]))


def _due(elements: dict[Any, Json]) -> float | None:
    snooze = elements.get("snooze")
    return datetime.fromisoformat(snooze["value"].split(" ")[-1]).timestamp() if snooze else None
