"""The nudge ladder: when to remind a person to rehearse, and what a snooze may be."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.coaching.brief import Rung

MOVABLE = timedelta(hours=2)
"""Rungs of this lead or more keep out of quiet hours; nearer ones come when they must."""

LATE = timedelta(seconds=60)
"""A nudge later than this says so."""

SNOOZE = timedelta(minutes=15)
SHORT_SNOOZE = timedelta(minutes=5)
NEAR = timedelta(minutes=20)
"""With less than this before the meeting a snooze is the short one."""


@dataclass(frozen=True, slots=True)
class QuietHours:
    """When no movable nudge comes, in the person's own zone; from `begin` to `end` on the next day."""

    begin: time = time(20)
    end: time = time(8)

    def covers(self, wall: time) -> bool:
        if self.begin <= self.end:
            return self.begin <= wall < self.end
        return wall >= self.begin or wall < self.end


@dataclass(frozen=True, slots=True)
class Planned:
    """One nudge to come; `at` is in UTC."""

    rung: Rung
    at: datetime


def plan(
    meeting_at: datetime, rungs: Iterable[Rung], now: datetime, zone: str | None, quiet: QuietHours
) -> tuple[Planned, ...]:
    """The nudges that will come, soonest first. Rungs that are past are skipped; of two that fall on one instant
    the nearer to the meeting stays. Without a zone there are no quiet hours."""
    steps: dict[datetime, Planned] = {}
    for rung in sorted(rungs, key=lambda rung: -rung.lead):
        at = (meeting_at - rung.lead).astimezone(UTC)
        if zone and rung.lead >= MOVABLE:
            at = _before_quiet(at, ZoneInfo(zone), quiet)
        if at > now:
            steps[at] = Planned(rung, at)
    return tuple(steps[at] for at in sorted(steps))


def snooze(now: datetime, meeting_at: datetime | None) -> timedelta | None:
    """How long a snooze is; None where it would reach the meeting."""
    if meeting_at is None:
        return SNOOZE
    left = meeting_at - now
    pause = SNOOZE if left >= NEAR else SHORT_SNOOZE
    return pause if pause < left else None


def is_late(due_at: datetime, now: datetime) -> bool:
    """Whether a nudge must say that it comes late."""
    return now - due_at > LATE


def _before_quiet(at: datetime, zone: ZoneInfo, quiet: QuietHours) -> datetime:
    """The last minute before the quiet hours that `at` falls into; `at` itself outside them."""
    local = at.astimezone(zone)
    if not quiet.covers(local.time()):
        return at
    began = local.date() if local.time() >= quiet.begin else local.date() - timedelta(days=1)
    last = datetime.combine(began, quiet.begin, zone).astimezone(UTC) - timedelta(minutes=1)
    return min(last, at)
