"""The values that services, storage, outbox and slack exchange. All instants are aware and in UTC."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import NewType

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


@dataclass(frozen=True, slots=True)
class Told:
    """The time zone that Slack told us of a person (an IANA name), and when it last did."""

    zone: str
    at: datetime


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
class Waiting:
    """What is known of a person when they begin something: their zone, what they can continue, and whose reminders
    Slack did not take."""

    told: Told | None
    drafts: tuple[DraftTitle, ...]
    unreached: tuple[Unreached, ...]


@dataclass(frozen=True, slots=True)
class Dismissal:
    """ "Not what I meant": a rule that no longer speaks of a field of this brief. Never holds the text."""

    rule: str
    field: str


Packed = NewType("Packed", bytes)
"""A message that is ready to be sent, but for where it goes."""

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
class Arrived:
    """What Slack told of our messages in a private channel.

    Attributes:
        marks: each message's mark, with its channel and ts.
        whole: it told all, so that what is not among them did not arrive.
    """

    marks: Mapping[str, tuple[str, str]]
    whole: bool


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


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a review is about: the negotiation at one revision, what its person dismissed, whether messages of an
    earlier revision stand in Slack, and the person's zone."""

    negotiation: Negotiation
    dismissed: frozenset[Dismissal]
    posted: bool
    zone: str | None


@dataclass(frozen=True, slots=True)
class Message:
    """A message as Slack takes it: `text` holds everything (screen readers read only that), `blocks` show it."""

    text: str
    blocks: tuple[dict[str, object], ...] = ()

    @property
    def digest(self) -> str:
        """Equal for equal messages, and no word of them can be read from it."""
        return sha256(json.dumps([self.text, self.blocks]).encode()).hexdigest()[:32]
