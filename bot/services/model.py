"""The values that services, storage, outbox and slack exchange. All instants are aware and in UTC."""

import json
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from bot.coaching.brief import Brief, Rung


@dataclass(frozen=True, slots=True)
class Person:
    """Who acts. Rows are keyed by (installation, user).

    Attributes:
        installation: the enterprise id of an org-wide install, else the team id.
        user: Slack's user id.
        team: the originating team, for calls to Slack; not part of who the person is.
    """

    installation: str
    user: str
    team: str = field(default="", compare=False)


class State(StrEnum):
    """The life of a negotiation."""

    DRAFT = "draft"
    READY = "ready"
    MET = "met"
    CLOSED = "closed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Negotiation:
    """One matter with one counterpart, seen at one revision of its brief.

    Attributes:
        revision: the revision that `brief` holds; every submission of the form makes one.
        confirmed: the revision that stands (posted or kept private); 0 before the first.
        place: where the script stands: a channel id, the owner's own user id when kept private,
            None when nowhere (never confirmed, or taken back).
    """

    id: str
    owner: Person
    state: State
    revision: int
    confirmed: int
    brief: Brief
    place: str | None = None
    rehearsed_at: datetime | None = None
    cancelled_at: datetime | None = None

    def wants(self, rung: Rung) -> bool:
        """Whether nudges of this rung are still wanted."""
        return self.state is State.READY and self.rehearsed_at is None and rung in self.brief.rungs


@dataclass(frozen=True, slots=True)
class DraftTitle:
    """One line of "Continue ...": a negotiation whose newest revision does not stand yet."""

    negotiation_id: str
    title: str
    counterpart: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Unreached:
    """Reminders of a coming meeting that Slack did not take; `code` says why."""

    title: str
    code: str


@dataclass(frozen=True, slots=True)
class Dismissal:
    """ "Not what I meant": a rule that no longer speaks of a field of this brief. Never holds the text."""

    rule: str
    field: str


LEAVING, RETIRED = "leaving", "retired"
"""What the target of a message begins with that is to be deleted; a retired one is one that Slack no longer let us
change and another replaced, so that it may stay where Slack insists."""


@dataclass(frozen=True, slots=True)
class Post:
    """One Slack message of a script: part 0 is the head, the others are replies in its thread.

    `target` is what we posted to (a channel or user id), `channel` and `ts` what Slack answered; `digest` tells
    whether it shows what it should.
    """

    part: int
    target: str
    channel: str
    ts: str
    digest: str = ""

    @property
    def aside(self) -> bool:
        """To be deleted: it no longer shows the script."""
        return self.target.startswith((LEAVING, RETIRED))


@dataclass(frozen=True, slots=True)
class Posting:
    """A message of a script on its way to Slack, written down before it goes: what is still here when somebody else
    looks may have arrived without anybody knowing.

    Attributes:
        mark: an opaque random id that the message carries, to ask Slack about it.
    """

    part: int
    target: str
    mark: str
    begun_at: datetime


class Kind(StrEnum):
    """What a row of the outbox sends."""

    SCRIPT = "script"  # brings the script's messages in line with what the negotiation says now
    NUDGE = "nudge"
    NOTICE = "notice"  # a private line about a delivery that failed


@dataclass(frozen=True, slots=True)
class NewDelivery:
    """A row for the outbox. `key` is unique: adding the same key twice adds one row.

    Attributes:
        lane: the channel or user id it goes to; Slack takes about one message a second in each.
        due_at: when to send (UTC).
        rung: for a nudge, which one.
        view_id: the modal that waits for the outcome, if any.
        note: for a notice, the error code it is about.
    """

    key: str
    kind: Kind
    owner: Person
    negotiation_id: str
    revision: int
    lane: str
    due_at: datetime
    rung: Rung | None = None
    view_id: str | None = None
    note: str = ""


SNOOZED = "snooze:"
"""What the key of a snoozed nudge begins with."""


class DeliveryState(StrEnum):
    """PENDING and CLAIMED rows are still to be sent; the others are over."""

    PENDING = "pending"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Delivery(NewDelivery):
    """A row of the outbox.

    Attributes:
        id: the row's number.
        state: see DeliveryState.
        attempts: tries so far, the current claim included.
        uncertain_at: when the newest try began that may have reached Slack although nobody knows; None without one.
        claim: the opaque token of the current claim; a mark with another token changes nothing.
        mark: an opaque random id that its message carries, to ask Slack about it. Rows of one message share it.
        outcome: Slack's error code, or why it was dropped.
        companions: other nudges for the same person that were claimed with it, to go out in the same message.
    """

    id: int = 0
    state: DeliveryState = DeliveryState.PENDING
    attempts: int = 0
    uncertain_at: datetime | None = None
    claim: str = ""
    mark: str = ""
    outcome: str = ""
    settled_at: datetime | None = None
    companions: tuple["Delivery", ...] = ()

    @property
    def uncertain(self) -> bool:
        """A try up to now may have reached Slack although nobody knows."""
        return self.uncertain_at is not None

    @property
    def snoozed(self) -> bool:
        """Its person put it where it is."""
        return self.key.startswith(SNOOZED)

    @property
    def members(self) -> tuple["Delivery", ...]:
        """All rows that go out together, each alone, soonest first."""
        return (replace(self, companions=()), *self.companions) if self.companions else (self,)


@dataclass(frozen=True, slots=True)
class Together:
    """Which nudges for one person become one message: those due `within` that span after it goes, `at_most` so
    many."""

    within: timedelta
    at_most: int


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a review is about: the negotiation at one revision, what its person dismissed, whether messages of an
    earlier revision stand in Slack, and the person's zone."""

    negotiation: Negotiation
    dismissed: frozenset[Dismissal]
    posted: bool
    zone: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """A nudge among those of its ladder."""

    id: int
    rung: Rung
    due_at: datetime
    state: DeliveryState
    revision: int

    @property
    def is_open(self) -> bool:
        """Still to be sent."""
        return self.state in (DeliveryState.PENDING, DeliveryState.CLAIMED)


@dataclass(frozen=True, slots=True)
class Reminder:
    """What a nudge is about when it goes out: the negotiation as it stands, every nudge that it ever had, and its
    owner's zone."""

    negotiation: Negotiation
    nudges: tuple[Step, ...]
    zone: str | None


@dataclass(frozen=True, slots=True)
class Sent:
    """A delivery went out; a private one names the person's own channel, where Slack put it."""

    channel: str = ""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A delivery is no longer wanted; `why` is a short code such as `past_meeting` or `superseded`."""

    why: str


@dataclass(frozen=True, slots=True)
class Failed:
    """Slack refused for good, or the tries ran out; `code` says how."""

    code: str


Outcome = Sent | Dropped | Failed


@dataclass(frozen=True, slots=True)
class Message:
    """A message as Slack takes it: `text` holds everything (screen readers read only that), `blocks` show it."""

    text: str
    blocks: tuple[dict[str, object], ...] = ()

    @property
    def digest(self) -> str:
        """Equal for equal messages, and no word of them can be read from it."""
        return sha256(json.dumps([self.text, self.blocks]).encode()).hexdigest()[:32]
