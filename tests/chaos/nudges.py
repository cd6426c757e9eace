"""Which nudge a message is, and which nudge stands for another. Pure."""

from collections import defaultdict

from tests.chaos.record import Record, Row, Said

TOGETHER = 300.0
"""Nudges of one person that come within five minutes are one message."""

ABOUT = 2.0
"""Instants as near as that are the same."""


def nudges_of(record: Record, title: str) -> list[Row]:
    return [row for row in record.rows if (row.kind, row.title) == ("nudge", title)]


def row_of(record: Record, one: Said) -> Row | None:
    """The nudge that a message is, by its mark. A message says one nudge of a negotiation: where several rows went
    into it, the snooze button tells which, else it was the latest of those that went, or of all. What was tried with
    others and left them has a new mark: only a snooze button tells what the old message was. Plans may lie a second
    apart, so the nearest instant counts."""
    mine = nudges_of(record, one.title)
    marked = [row for row in mine if row.mark == one.mark]
    if one.due is not None:
        said = [row for row in marked or mine if row.rung == one.rung and abs(row.planned - one.due) < ABOUT]
        return max(said, key=lambda row: (-abs(row.planned - (one.due or 0.0)), order(row)), default=None)
    went = [row for row in marked if row.state == "sent"]
    return max(went or marked, key=order, default=None)


def copies(record: Record) -> list[list[Said]]:
    """The messages that said the same nudge, each group in order: those of one mark, and those of one instant, which
    can be rows of several plans."""
    groups: defaultdict[object, dict[tuple[str, str], Said]] = defaultdict(dict)
    for one in sorted(record.said, key=lambda said: said.begun):
        if one.kind != "nudge":
            continue
        row = row_of(record, one)
        groups[one.title, one.mark or one.ts][one.channel, one.ts] = one
        if row is not None:
            groups[one.title, row.rung, round(row.planned)][one.channel, one.ts] = one
    found = [list(group.values()) for group in groups.values()]
    return [group for number, group in enumerate(found) if group not in found[:number]]


def order(row: Row) -> tuple[float, int, int]:
    """The later a nudge stands in its ladder, the greater. Of two at the same instant the nearer rung is later."""
    return row.planned, -(row.rung or 0), row.revision


def was_open(row: Row, at: float) -> bool:
    """Whether it was still to come then, give or take the time of a mark, or had gone."""
    return row.created <= at + ABOUT and (row.state == "sent" or row.settled is None or row.settled > at - ABOUT)


def later(record: Record, row: Row) -> list[Row]:
    """Those later in its ladder that had gone, or were still to come, when it was over."""
    at = row.settled or 0.0
    return [one for one in nudges_of(record, row.title) if order(one) > order(row) and was_open(one, at)]
