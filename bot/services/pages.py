"""What a message or a view has to show, as values; the Slack room decides how it looks."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.coaching.brief import Field, Rung
from bot.coaching.findings import Finding
from bot.coaching.gate import Problem
from bot.coaching.ladder import Planned
from bot.coaching.script import Script
from bot.services.model import DraftTitle, Negotiation, Unreached


@dataclass(frozen=True, slots=True)
class Refused:
    """The gate did not open: the brief is saved, and these fields need a second look."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """The script as it will read, before it goes anywhere.

    Attributes:
        sensitive: about pay, hiring, dismissal or one named colleague, so the private way comes first.
        posted: messages of an earlier revision stand in Slack.
        zone: the person's IANA time zone, None while Slack has not told us.
    """

    negotiation: Negotiation
    script: Script
    findings: tuple[Finding, ...]
    nudges: tuple[Planned, ...]
    sensitive: bool
    posted: bool
    zone: str | None

    @property
    def private_first(self) -> bool:
        """Keeping it private is the first choice: there is no place, or the matter is sensitive or was kept private
        before; unless it stands in that very place already, as the person decided."""
        wanted, stands = self.negotiation.brief.place, self.stands_at
        if wanted is None or stands == wanted:
            return wanted is None
        return self.sensitive or stands == self.negotiation.owner.user

    @property
    def updates(self) -> bool:
        """The first choice changes the message that stands, in place."""
        first = self.negotiation.owner.user if self.private_first else self.negotiation.brief.place
        return self.stands_at == first

    @property
    def leaves(self) -> str | None:
        """The channel that the first choice takes the script away from."""
        stands = self.stands_at
        return None if self.updates or stands == self.negotiation.owner.user else stands

    @property
    def stands_at(self) -> str | None:
        """Where an earlier revision stands now."""
        return self.negotiation.place if self.posted else None

    @property
    def too_close(self) -> bool:
        """A meeting is set and reminders are wanted, yet every rung is past already."""
        brief = self.negotiation.brief
        return bool(brief.meeting_at and brief.rungs and not self.nudges)


@dataclass(frozen=True, slots=True)
class Reworded:
    """What was typed in a layer before the coach's wording took its place; `revision` holds it."""

    layer: Field
    revision: int
    words: str


@dataclass(frozen=True, slots=True)
class Form:
    """The brief's form.

    Attributes:
        generation: part of the inputs' ids. Slack keeps what was typed where ids stay and takes our
            values where they change, so showing other content needs another generation.
        fresh: opened by a command for the first time: the current conversation is preselected.
        drafts: what can be continued instead.
        unreached: whose reminders Slack did not take.
        note: the phrase that says what was done just now ("form.saved").
        before: what the coach's wording replaced, which can be taken back.
    """

    negotiation: Negotiation
    generation: str
    fresh: bool = False
    drafts: tuple[DraftTitle, ...] = ()
    unreached: tuple[Unreached, ...] = ()
    note: str = ""
    before: Reworded | None = None


@dataclass(frozen=True, slots=True)
class ScriptPage:
    """The script as its message shows it. Built from the shareable part of a brief only."""

    negotiation: Negotiation
    script: Script
    zone: str | None


@dataclass(frozen=True, slots=True)
class CancelledPage:
    """The one struck line that a cancelled negotiation leaves."""

    negotiation: Negotiation


@dataclass(frozen=True, slots=True)
class Occasion:
    """All that decides what a nudge says.

    Attributes:
        focus: the rung whose practice fits the time that is left.
        due_at: when it should have gone out; shown where `late`.
        snooze: how long a snooze would be; None where it would reach the meeting.
    """

    negotiation: Negotiation
    rung: Rung
    focus: Rung
    due_at: datetime
    late: bool
    snooze: timedelta | None
    zone: str | None


@dataclass(frozen=True, slots=True)
class NudgePage:
    """One private reminder to rehearse: the script at its occasion."""

    occasion: Occasion
    script: Script


@dataclass(frozen=True, slots=True)
class DigestPage:
    """Several reminders for one person in one message, the soonest meeting first."""

    nudges: tuple[NudgePage, ...]


@dataclass(frozen=True, slots=True)
class PostedPage:
    """The script stands. `link` leads to it; None where Slack gave none."""

    negotiation: Negotiation
    link: str | None
    nudges: tuple[Planned, ...]
    zone: str | None


@dataclass(frozen=True, slots=True)
class FailedPage:
    """Slack did not take the script; `code` says why. Shown in the waiting view or as a private message.

    Attributes:
        head_ts: the message that stands, which *Post again* would replace.
    """

    negotiation: Negotiation
    code: str
    head_ts: str = ""


@dataclass(frozen=True, slots=True)
class DelayedPage:
    """Slack has not taken the script yet; the next try is at `again_at`."""

    negotiation: Negotiation
    again_at: datetime
    zone: str | None


MessagePage = ScriptPage | CancelledPage | NudgePage | DigestPage | FailedPage
ViewPage = PostedPage | FailedPage | DelayedPage
