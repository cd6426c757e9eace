"""Reads a record out of the database, of the calls and of what stands in Slack."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.sandbox.api import Call
from bot.sandbox.people import BOT_USER, PEOPLE
from bot.sandbox.trouble import Way
from bot.sandbox.workspace import Workspace
from tests.chaos.plan import ALMOST, ASKING
from tests.chaos.record import Asked, Matter, Row, Said, Standing
from tests.chaos.weather import Met

Json = dict[str, Any]
Aged = tuple[float, float] | None


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
            brief["saved_at"].timestamp(),
            PEOPLE[row["user_id"]].zone,
        )
    return found


def rows(
    tables: dict[str, list[Json]], known: dict[str, Matter], aged: Aged, moved: Collection[str]
) -> tuple[Row, ...]:
    """`moved`: the keys of the rows that the downtime moved; those made after it were planned on the moved clock."""

    def by(row: Json) -> float:
        return aged[1] if aged and (row["key"] in moved or row["created_at"].timestamp() >= aged[0]) else 0.0

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
            row["mark"],
            by(row),
        )
        for row in tables["delivery"]
    )


@dataclass(frozen=True, slots=True)
class Calls:
    """The bot's calls, what each met, and what to add to the server's monotonic clock."""

    calls: tuple[Call, ...]
    met: dict[int, Met]
    wall: float

    def said(self, aged: Aged) -> Iterator[Said]:
        for call in self.calls:
            if call.method != "chat.postMessage" or not call.answer.get("ok") or call.ended is None:
                continue
            begun = call.started + self.wall
            moved = aged[1] if aged and begun >= aged[0] else 0.0
            for kind, title, nudge in _contents(call.args):
                yield Said(
                    kind,
                    title,
                    call.answer["channel"],
                    str(call.args["channel"]),
                    call.answer["ts"],
                    begun,
                    call.ended + self.wall,
                    nudge[1] + moved if nudge else None,
                    not self._heard(call),
                    nudge[0] if nudge else None,
                    str(((call.args.get("metadata") or {}).get("event_payload") or {}).get("id", "")),
                    self.met[id(call)].caller,
                )

    def asked(self) -> Iterator[Asked]:
        for call in self.calls:
            if call.method in ASKING:
                told = bool(call.answer.get("ok")) and self._heard(call)
                yield Asked(str(call.args.get("channel", "")), call.started + self.wall, told)

    def _heard(self, call: Call) -> bool:
        """Whether the bot had the answer, as long as it lived."""
        trouble = self.met[id(call)].trouble
        late = call.ended is None or call.ended - call.started > ALMOST
        return not late and (trouble is None or trouble.kind not in (Way.DROP, Way.LOSE))


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


def title_of(buttons: Json, blocks: list[Json]) -> str:
    """Of one nudge in a message: its blocks share the beginning of their ids."""
    stem = buttons["block_id"].rpartition(" ")[0]
    return title_in(str([block.get("text") for block in blocks if block.get("block_id", "").startswith(stem)]))


def _contents(args: Json) -> list[tuple[str, str, tuple[int, float] | None]]:
    """What a message says, by its buttons: kind, title and, for a nudge with a snooze button, its rung and instant."""
    text, blocks = str(args.get("text", "")), list(args.get("blocks") or ())
    buttons = [(block, {one.get("action_id"): one for one in block.get("elements", ())}) for block in blocks]
    if "Cancelled by" in text or any("script_menu" in elements for _, elements in buttons):
        return [("script", title_in(text), None)]
    nudges = [
        ("nudge", title_of(block, blocks), _snoozed(elements)) for block, elements in buttons if "rehearsed" in elements
    ]
    return nudges or [("other", title_in(text), None)]


def _snoozed(elements: dict[Any, Json]) -> tuple[int, float] | None:
    if "snooze" not in elements:
        return None
    *_, rung, instant = elements["snooze"]["value"].split(" ")
    return int(rung), datetime.fromisoformat(instant).timestamp()
