"""What a run left behind, as plain values for the judge. `traces` makes them.

Instants are seconds since the epoch. A downtime is told by moving all that is planned into the past. What was sent
before shows the plan as it was, so whatever is compared with that is told on the clock of the first plan (`planned`).
"""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A delivery. `mark`: the id that its message carries, together with those that went with it; `moved`: by how many
    seconds its instant lies before the one of the first plan."""

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
    mark: str = ""
    moved: float = 0.0

    @property
    def planned(self) -> float:
        return self.due + self.moved


@dataclass(frozen=True, slots=True)
class Matter:
    """A negotiation as it stands. `zone`: its owner's; `saved`: when what stands was written down."""

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
    saved: float = 0.0
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a chat.postMessage said which Slack took; a message of several nudges is several. `kind`: script,
    nudge or other; `planned`: a nudge's instant, where it has a snooze button; `unknown`: the bot had no answer;
    `sender`: the replica, None where nobody knows."""

    kind: str
    title: str
    channel: str
    lane: str
    ts: str
    begun: float
    ended: float
    due: float | None
    unknown: bool
    rung: int | None = None
    mark: str = ""
    sender: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """The bot asked what had arrived in a channel. `told`: it had an answer."""

    channel: str
    begun: float
    told: bool


@dataclass(frozen=True, slots=True)
class Pressed:
    """What somebody did to a negotiation. `ended`: by then the bot had done it; infinite where nobody knows."""

    verb: str
    title: str
    begun: float
    ended: float


@dataclass(frozen=True, slots=True)
class Standing:
    """A script or its struck line, as it stands in Slack."""

    title: str
    channel: str
    ts: str
    text: str


@dataclass(frozen=True, slots=True)
class Disturbed:
    """A span in which a replica's process was killed or cut off (`gone`), or stopped, and went on at its end."""

    replica: int
    begun: float
    ended: float
    gone: bool


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that the judge looks at. `asks`: Slack tells which private messages arrived; `outages`: in which the
    database was away; `aged`: (when, by how many seconds); `until`: what was due then is over."""

    rows: tuple[Row, ...]
    matters: dict[str, Matter]
    said: tuple[Said, ...]
    standing: tuple[Standing, ...]
    disturbed: tuple[Disturbed, ...] = ()
    outages: tuple[tuple[float, float], ...] = ()
    aged: tuple[float, float] | None = None
    until: float = math.inf
    faults: tuple[str, ...] = ()
    exits: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    asks: bool = False
    asked: tuple[Asked, ...] = ()
    pressed: tuple[Pressed, ...] = ()

    def matter(self, title: str) -> Matter:
        return next(matter for matter in self.matters.values() if matter.title == title)

    def moved(self, instant: float) -> float:
        """By how much a plan made, or read, at that instant lies before the first one."""
        return self.aged[1] if self.aged and instant >= self.aged[0] else 0.0
