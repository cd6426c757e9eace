"""The nudge ladder: when to remind, how long to snooze, what counts as late. All instants are aware and in UTC."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.coaching.brief import Rung

LATE_AFTER = timedelta(seconds=10)
"""A nudge sent later than this says so."""
SNOOZE = timedelta(minutes=15)
SHORT_SNOOZE = timedelta(minutes=5)
SHORT_BELOW = timedelta(minutes=20)
"""With less than this left before the meeting a snooze is short."""
_STAYS_BELOW = timedelta(hours=2)
"""Shorter leads are for a meeting that is near: they come at any hour."""
_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)
_NEAREST_FIRST = sorted(Rung, key=lambda rung: rung.lead)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Wall times between which no early nudge comes; equal times mean never quiet."""

    begin: time = time(20)
    end: time = time(8)

    def covers(self, wall: time) -> bool:
        if self.begin <= self.end:
            return self.begin <= wall < self.end
        return wall >= self.begin or wall < self.end


@dataclass(frozen=True, slots=True)
class Planned:
    """A rung and the instant of its nudge."""

    rung: Rung
    at: datetime


def plan(
    meeting_at: datetime, rungs: Iterable[Rung], now: datetime, zone: str | None, quiet: QuietHours
) -> tuple[Planned, ...]:
    """The nudges still to come, soonest first; rungs already past are skipped.

    A rung of two hours or more that falls into the quiet hours moves to the last minute before them.
    Where two fall on the same instant the nearer rung stays.

    Args:
        zone: the person's IANA zone; without a known one there are no quiet hours.
    """
    at: dict[datetime, Rung] = {}
    for rung in sorted(rungs, key=lambda rung: rung.lead, reverse=True):
        at[instant_of(rung, meeting_at, zone, quiet)] = rung
    return tuple(Planned(at[instant], instant) for instant in sorted(at) if instant > now)


def instant_of(rung: Rung, meeting_at: datetime, zone: str | None, quiet: QuietHours) -> datetime:
    """When a rung's nudge comes: its lead before the meeting, moved out of the quiet hours where it keeps out."""
    known, instant = known_zone(zone), meeting_at - rung.lead
    return _before_quiet(instant, known, quiet) if known and rung.lead >= _STAYS_BELOW else instant


def snooze(now: datetime, meeting_at: datetime | None) -> timedelta | None:
    """How long a snooze would be; None where it would reach the start of the meeting."""
    if meeting_at is None:
        return SNOOZE
    left = meeting_at - now
    delay = SHORT_SNOOZE if left < SHORT_BELOW else SNOOZE
    return delay if delay < left else None


def is_late(due_at: datetime, now: datetime) -> bool:
    """Should a nudge that was due then, and goes out now, say that it is late?"""
    return now - due_at > LATE_AFTER


def focus(rung: Rung, now: datetime, meeting_at: datetime | None) -> Rung:
    """The rung whose practice a nudge asks for when it goes out now: a late one asks for what the time left allows."""
    left = min(meeting_at - now, rung.lead) if meeting_at else rung.lead
    return next(one for one in _NEAREST_FIRST if one.lead >= left)


def disturbs(rung: Rung, now: datetime, zone: str | None, quiet: QuietHours) -> bool:
    """Would a nudge of this rung, sent now, fall into the quiet hours that it keeps out of?"""
    known = known_zone(zone) if rung.lead >= _STAYS_BELOW else None
    return known is not None and quiet.covers(now.astimezone(known).time())


def known_zone(zone: str | None) -> ZoneInfo | None:
    """The zone of an IANA name; None where there is none or nobody knows it."""
    try:
        return ZoneInfo(zone) if zone else None
    except (KeyError, ValueError, OSError):  # unknown; not a name; a folder of names such as "Europe"
        return None


def _before_quiet(instant: datetime, zone: ZoneInfo, quiet: QuietHours) -> datetime:
    """The instant itself, or the last whole minute before the quiet hours around it.

    Only where the clocks changed meanwhile it walks back minute by minute, at most a night, because that may repeat
    or skip their beginning.
    """

    def is_quiet(at: datetime) -> bool:
        return quiet.covers(at.astimezone(zone).time())

    if not is_quiet(instant):
        return instant
    earlier = instant.replace(second=0, microsecond=0)
    wall = earlier.astimezone(zone)
    lasting = (wall.replace(tzinfo=None) - datetime.combine(wall, quiet.begin)) % _DAY
    before = earlier - lasting - _MINUTE
    if before.astimezone(zone).utcoffset() == wall.utcoffset() and not is_quiet(before):
        return before.astimezone(UTC)
    while is_quiet(earlier):
        earlier -= _MINUTE
    return earlier.astimezone(UTC)
