"""What happened to one negotiation, in order, for whoever looks into a violation."""

import time
from collections.abc import Iterator
from typing import Any

from bot.sandbox.api import Call
from tests.chaos.traces import Calls, Json, title_in
from tests.chaos.weather import Met

Line = tuple[float, str]


def stories(tables: dict[str, list[Json]], calls: Calls) -> dict[str, list[str]]:
    """By title: rows and calls, oldest first."""
    titles = {row["negotiation_id"]: row["title"] for row in tables["brief"]}
    lines: dict[str, list[Line]] = {title: [] for title in titles.values()}
    for row in tables["delivery"]:
        lines.setdefault(titles.get(row["negotiation_id"], ""), []).extend(_row(row))
    by_ts: dict[Any, str] = {}
    for call in calls.calls:
        ts = call.args.get("ts") or call.answer.get("ts")
        title = by_ts.get(ts) or title_in(str(call.args.get("text", "")))
        if not call.method.startswith("chat.") or not title:
            continue
        by_ts[ts] = title
        lines.setdefault(title, []).append((call.started + calls.wall, _call(call, calls.met[id(call)])))
    return {title: [f"{_clock(at)} {line}" for at, line in sorted(found)] for title, found in lines.items()}


def _row(row: Json) -> Iterator[Line]:
    yield row["created_at"].timestamp(), f"row {row['key']} to {row['lane']}, due {_clock(row['due_at'].timestamp())}"
    if row["settled_at"]:
        what = f"{row['state']} {row['outcome']}, tries {row['attempts']}, in doubt {bool(row['uncertain_at'])}"
        yield row["settled_at"].timestamp(), f"row {row['key']} {what}"


def _call(call: Call, met: Met) -> str:
    where = f"{call.args.get('channel')} {call.args.get('ts') or call.answer.get('ts', '')}"
    took = "" if call.ended is None else f"{call.ended - call.started:.2f} s"
    trouble = met.trouble.kind if met.trouble else ""
    return f"{call.method} by {met.caller} {where} {call.answer.get('error', 'ok')} {trouble} {took}"


def _clock(at: float) -> str:
    return time.strftime("%H:%M:%S", time.gmtime(at)) + f"{at % 1:.3f}"[1:]
