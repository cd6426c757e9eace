"""The values of the outbox: what is to be sent, how a try ends, and what a nudge needs. Instants are in UTC."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.coaching.brief import Rung
from bot.services.model import Negotiation, Person


class Kind(StrEnum):
    """What a row of the outbox sends."""

    SCRIPT = "script"  # brings the script's messages in line with what the negotiation says now
    NUDGE = "nudge"
    NOTICE = "notice"  # about a script that failed: in the view that waits, else a private line


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
        uncertain_at: when the newest try began, at the latest, that may have reached Slack although nobody knows; None
            without one.
        doubts: tries of which nobody knows whether they reached Slack.
        claim: the opaque token of the current claim; with another token nothing is written.
        mark: an opaque random id that its message carries, to ask Slack about it. Rows of one message share it.
        outcome: Slack's error code, or why it was dropped.
        companions: other nudges for the same person that were claimed with it, to go out in the same message.
        known: what a nudge needs, as it was when its row was read; only for what is claimed or coming.
    """

    id: int = 0
    state: DeliveryState = DeliveryState.PENDING
    attempts: int = 0
    uncertain_at: datetime | None = None
    doubts: int = 0
    claim: str = ""
    mark: str = ""
    outcome: str = ""
    settled_at: datetime | None = None
    companions: tuple["Delivery", ...] = ()
    known: "Reminder | None" = None

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
    """A delivery went out; a private one names the person's own channel, where Slack put it.

    Attributes:
        found: an earlier try had arrived, so this one sent nothing and does not count.
    """

    channel: str = ""
    found: bool = False


@dataclass(frozen=True, slots=True)
class Dropped:
    """A delivery is no longer wanted; `why` is a short code such as `past_meeting` or `superseded`."""

    why: str


@dataclass(frozen=True, slots=True)
class Failed:
    """Slack refused for good, or the tries ran out; `code` says how."""

    code: str


Outcome = Sent | Dropped | Failed
