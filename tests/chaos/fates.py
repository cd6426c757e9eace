"""Whether a delivery was dropped for a reason that held. Pure."""

from collections.abc import Iterator

from tests.chaos.nudges import ABOUT, TOGETHER, later, nudges_of
from tests.chaos.record import Record, Row

AT_ONCE = 1.0
"""Seconds between two things of which nobody can say which was first."""

_ANSWERS = ("again", "taken_back", "cancelled", "undone")
"""In the key of a script's row that confirms nothing."""


def rightly(record: Record, row: Row) -> bool:
    """Whether its reason held when it was dropped."""
    matter, settled = record.matter(row.title), row.settled or 0.0
    if row.kind == "notice":
        return row.outcome == "shown"
    if row.kind == "script":
        return row.outcome == "superseded" and row.revision < matter.confirmed
    match row.outcome:
        case "past_meeting":
            return _met(record, row)
        case "superseded":
            return _replaced(record, row) or _passed_on(record, row)
        case "replanned":
            return row.due > settled or bool(later(record, row)) or _met(record, row)
        case "sent_ahead":
            went = (one for one in nudges_of(record, row.title) if one.state == "sent" and one.rung == row.rung)
            return any(abs(one.planned - row.planned) < ABOUT for one in went)
        case "cancelled":
            return matter.state == "cancelled"
        case "rehearsed":
            return _pressed(record, row, "rehearsed")
        case "stopped":
            return _pressed(record, row, "stop")
        case "not_wanted":
            return _unwanted(record, row)
    return False


def confirmed_at(record: Record, title: str) -> Iterator[tuple[float, int]]:
    """When which revision was made to stand somewhere, as the rows of its script tell it."""
    scripts = (row for row in record.rows if (row.kind, row.title) == ("script", title))
    return ((row.created, row.revision) for row in scripts if not any(answer in row.key for answer in _ANSWERS))


def _met(record: Record, row: Row) -> bool:
    """Whether the meeting had begun. An earlier plan's meeting is forgotten: only its near rung tells when it was."""
    matter, settled = record.matter(row.title), row.settled or 0.0
    if row.revision < matter.confirmed:
        return row.key.startswith("snooze:") or settled >= row.due + 60 * (row.rung or 0)
    moved = record.moved(settled) - (record.aged[1] if record.aged else 0.0)  # the record tells the moved meeting
    return matter.meeting is not None and settled >= matter.meeting - moved


def _replaced(record: Record, row: Row) -> bool:
    """Whether a newer revision stood by then: its own plan counts."""
    matter, settled = record.matter(row.title), row.settled or 0.0
    if row.revision < matter.confirmed and matter.saved <= settled:
        return True
    return any(revision > row.revision and at <= settled for at, revision in confirmed_at(record, row.title))


def _passed_on(record: Record, row: Row) -> bool:
    """Whether a later nudge of its ladder, due by then or in the same message, stood for it to the end: it went, it
    waits, or it was dropped rightly itself, perhaps because yet another stood for it."""
    settled = row.settled or 0.0
    due = [one for one in later(record, row) if one.planned - record.moved(settled) <= settled + TOGETHER]
    return any(one.state in ("sent", "pending", "claimed") or rightly(record, one) for one in due)


def _pressed(record: Record, row: Row, verb: str) -> bool:
    """Whether somebody had begun to do that by then."""
    pressed = (one for one in record.pressed if (one.title, one.verb) == (row.title, verb))
    return any(one.begun <= (row.settled or 0.0) for one in pressed)


def _unwanted(record: Record, row: Row) -> bool:
    """Whether no nudge was wanted when it was found unwanted: all was cancelled and stayed so (undoing brings nudges
    back), or the rehearsal was done or nudges were stopped, and nothing was confirmed since."""
    matter, settled = record.matter(row.title), row.settled or 0.0
    if matter.state == "cancelled":
        return matter.cancelled is not None and matter.cancelled <= settled + AT_ONCE
    if matter.rehearsed is not None and matter.rehearsed <= settled + AT_ONCE:
        return True
    confirmed = [at for at, _ in confirmed_at(record, row.title) if at < settled - AT_ONCE]
    ends = (one for one in record.pressed if one.title == row.title and one.verb in ("rehearsed", "stop"))
    return any(one.begun <= settled and not any(one.ended < at for at in confirmed) for one in ends)
