"""What the services need from the rooms around them. All instants are aware and in UTC."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.coaching.brief import Brief, Rung
from bot.services.deliveries import Delivery, NewDelivery, Reminder, Together
from bot.services.model import (
    Arrived,
    Dismissal,
    Message,
    Negotiation,
    Packed,
    Person,
    Post,
    Posting,
    Reviewed,
    Told,
    Waiting,
)
from bot.services.pages import MessagePage, ViewPage


class Clock(Protocol):
    """The only source of the time; the composition root owns it."""

    def now(self) -> datetime: ...

    def real(self, instant: datetime) -> datetime:
        """When that instant comes on the machine's own clock (the sandbox runs ahead of it after a jump)."""


class NegotiationStore(Protocol):
    """Negotiations and their briefs. Every method looks only at rows of `owner`; a foreign or unknown id
    raises NotFound. What writes is one transaction; what reads more than one table may see each at a moment of its
    own."""

    async def save_draft(self, owner: Person, negotiation_id: str, brief: Brief, now: datetime) -> Reviewed:
        """Appends a revision of the brief (making the negotiation on its first); they count from 1."""

    async def newest(self, owner: Person, negotiation_id: str) -> Negotiation:
        """The negotiation with its newest revision, draft or not."""

    async def at(self, owner: Person, negotiation_id: str, revision: int) -> Negotiation:
        """The negotiation with that revision of its brief."""

    async def standing(self, owner: Person, negotiation_id: str) -> Negotiation:
        """The negotiation with its confirmed revision; NotFound where none was confirmed yet."""

    async def reviewed(self, owner: Person, negotiation_id: str, revision: int) -> Reviewed:
        """All that a review needs; NotFound like `at`."""

    async def reminder(self, owner: Person, negotiation_id: str) -> Reminder:
        """All that a nudge needs, what stands read before its nudges; NotFound like `standing`."""

    async def waiting(self, owner: Person, limit: int, now: datetime) -> Waiting:
        """What Slack told of the person. At most `limit` drafts, newest first: not cancelled, and the newest revision
        is not confirmed, or the script stands nowhere: taken back, or never taken by Slack. And the ready negotiations,
        the soonest meeting first, a reminder of whose standing plan failed, while their meeting is to come."""

    async def discard(self, owner: Person, negotiation_id: str, now: datetime) -> bool:
        """Deletes a draft that `waiting` offers: the whole negotiation where its script stands nowhere, else only what
        was typed since. False, and nothing is deleted, while messages of it are still to be posted or deleted."""

    async def confirm(
        self,
        owner: Person,
        negotiation_id: str,
        revision: int,
        place: str | None,
        deliveries: Sequence[NewDelivery],
        now: datetime,
        *,
        seen: Negotiation | None = None,
        keeps: Collection[Rung] = (),
    ) -> bool:
        """Makes `revision` the one that stands at `place`: state ready, rehearsed_at cleared, `deliveries` added,
        drafts older than `revision` forgotten. Nudges that are still to be sent stay, as nudges of this revision, where
        their rung is one of `keeps`, and take the place of a new one of that rung; the other pending ones are dropped
        ("replanned").

        False, and nothing changes, where this revision already stands at that place with the script not taken
        back (a double click), a later one stands, the negotiation is cancelled, or it no longer stands as `seen`.
        """

    async def withdraw(
        self, owner: Person, negotiation_id: str, deliveries: Sequence[NewDelivery], now: datetime
    ) -> bool:
        """Takes the script back: place becomes None, `deliveries` are added; nudges stay. False if it stood nowhere."""

    async def cancel(
        self, owner: Person, negotiation_id: str, deliveries: Sequence[NewDelivery], now: datetime
    ) -> bool:
        """Ready becomes cancelled, pending nudges are dropped ("cancelled"), `deliveries` added. False if not ready."""

    async def restore(
        self,
        owner: Person,
        negotiation_id: str,
        cancelled_since: datetime,
        deliveries: Sequence[NewDelivery],
        now: datetime,
    ) -> bool:
        """Undoes a cancel made at or after `cancelled_since`: the nudges that it dropped are to be sent again,
        `deliveries` are added. False if it was earlier or there is none."""

    async def snooze(self, seen: Negotiation, nudge: NewDelivery, now: datetime) -> bool:
        """Adds a nudge, unless its key exists. False, and nothing is added, where the negotiation no longer stands as
        `seen`: a nudge of a revision that no longer stands would never go."""

    async def rehearsed(self, owner: Person, negotiation_id: str, now: datetime) -> bool:
        """Sets rehearsed_at and drops pending nudges ("rehearsed"). False if it was rehearsed already."""

    async def silence(self, owner: Person, negotiation_id: str, now: datetime) -> None:
        """Stop: the confirmed brief's rungs become empty and pending nudges are dropped ("stopped")."""

    async def dismiss(self, owner: Person, negotiation_id: str, which: Dismissal, now: datetime) -> None:
        """Keeps a rule of the coach from speaking of a field of this negotiation again."""

    async def posts(self, owner: Person, negotiation_id: str) -> list[Post]:
        """The messages of the script that stand in Slack, by target, then part."""

    async def begin_posting(self, owner: Person, negotiation_id: str, posting: Posting) -> bool:
        """Writes down that a message is about to be sent. False where somebody is at it, or was: only one may send
        a part to a target."""

    async def end_posting(self, owner: Person, negotiation_id: str, posting: Posting) -> None:
        """Forgets it: Slack did not take it, or what became of it is known."""

    async def postings(self, owner: Person, negotiation_id: str) -> list[Posting]:
        """What was about to be sent and has no outcome, by target, then part."""

    async def record_post(self, owner: Person, negotiation_id: str, post: Post) -> None:
        """Remembers a message just posted (replacing one with the same target and part) and ends its posting."""

    async def set_aside(self, owner: Person, negotiation_id: str, posts: Sequence[Post], why: str) -> None:
        """Marks messages that are to be deleted: their target becomes `why` (LEAVING or RETIRED) and their ts."""

    async def forget_posts(self, owner: Person, negotiation_id: str, posts: Sequence[Post]) -> None:
        """Forgets messages that are deleted or gone."""


class PeopleStore(Protocol):
    """What we know of a person: the time zone (an IANA name) that Slack told us."""

    async def zone(self, person: Person) -> str | None: ...

    async def told(self, person: Person) -> Told | None:
        """The same, and when."""

    async def remember_zone(self, person: Person, zone: str, now: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Busy:
    """What must not be claimed now.

    Attributes:
        lanes: with a message in flight or at rest.
        installations: not at all.
        posting: installations from which Slack takes no new message for a while; changes still go.
    """

    lanes: Sequence[str] = ()
    installations: Sequence[str] = ()
    posting: Sequence[str] = ()


NOTHING = Busy()


class OutboxStore(Protocol):
    """The outbox's rows. A claim ends (`sent`, `again`, `failed`, `dropped`) by one conditional UPDATE on its token,
    for a delivery and its companions; it returns False where the claim was lost meanwhile."""

    async def add(self, deliveries: Sequence[NewDelivery], now: datetime) -> None:
        """Adds rows, ignoring keys that exist."""

    async def to_send(self, owner: Person, negotiation_id: str) -> list[Delivery]:
        """Pending and claimed rows of one negotiation, soonest first."""

    async def coming(self, after: tuple[datetime, int], until: datetime, limit: int) -> list[Delivery]:
        """Nudges never tried nor put back, by their instant and id, from behind `after` to `until`; claims nothing."""

    async def next_due(self) -> datetime | None:
        """When the next row wants attention: the least of what is pending and of the leases that run."""

    async def claim(
        self,
        now: datetime,
        limit: int,
        lease: timedelta,
        busy: Busy = NOTHING,
        together: Together | None = None,
        begins_within: timedelta = timedelta(),
    ) -> list[Delivery]:
        """Claims up to `limit` due rows for `lease`, soonest first, at most one a lane, none that is `busy` nor in
        a lane with a running claim. A row whose lease ran out is due again; its lost try makes it uncertain. With
        `together`, a nudge brings the person's others that are due soon as its companions; an uncertain one brings
        those that share its mark, and no others. No row is handed to two callers. A try begins within `begins_within`
        or never, so a minute after an unknown outcome is counted from there."""

    async def sent(self, delivery: Delivery, now: datetime, channel: str = "", *, counts: bool = True) -> bool:
        """`channel` is the private channel where Slack put it. Where an earlier try had arrived, this one does not
        count: `attempts` loses it again."""

    async def again(
        self,
        delivery: Delivery,
        due_at: datetime,
        code: str,
        *,
        uncertain: bool,
        alone: bool = False,
        counts: bool = True,
    ) -> bool:
        """Puts the rows back, to be claimed from `due_at` on; when they were due stays what it was. `uncertain`: this
        try may have reached Slack, and `alone`: no other may. Where the try does not count, `attempts` loses it
        again."""

    async def failed(self, delivery: Delivery, code: str, now: datetime, notice: NewDelivery | None = None) -> bool:
        """Adds the `notice` of it in the same transaction, so that whoever dies then leaves nobody untold."""

    async def dropped(self, delivery: Delivery, why: str, now: datetime) -> bool: ...

    async def drop_nudges(self, owner: Person, negotiation_id: str, why: str, now: datetime) -> None:
        """Drops a negotiation's pending nudges."""

    async def nudges(self, owner: Person) -> list[Delivery]:
        """A person's pending nudges, soonest first."""

    async def move(self, nudge: Delivery, due_at: datetime | None, now: datetime) -> bool:
        """Gives a pending nudge another instant; None drops it ("quiet_hours"). False where it is no longer pending
        at the instant it was."""

    async def private_channel(self, owner: Person) -> str | None:
        """The channel of the person's private messages, once one arrived."""


class Lease(Protocol):
    """How long a claim still protects its row."""

    @property
    def age(self) -> float:
        """Seconds since the claim was made, or a little more."""

    def check(self) -> None:
        """To be called immediately before each send. Raises DeliveryError where the lease might not outlast it:
        somebody else may then be sending the same."""


class Messenger(Protocol):
    """Slack, seen from the services. Every call raises DeliveryError where Slack does not take it."""

    def compose(self, page: MessagePage) -> Sequence[Message]:
        """The messages that show a page: the head, then replies for its thread where it is too long for one."""

    def pack(self, message: Message) -> Packed:
        """What `post` would make of it first."""

    async def post(
        self, owner: Person, target: str, message: Message | Packed, thread_ts: str | None = None, mark: str = ""
    ) -> tuple[str, str]:
        """Posts to a channel or, privately, to a user id, with a mark to ask about. Returns Slack's channel id and
        ts."""

    async def arrived(self, owner: Person, channel: str, since: datetime, thread_ts: str | None = None) -> Arrived:
        """Our messages in a private channel, and in that thread of it, as far as Slack tells of them."""

    async def update(self, owner: Person, channel: str, ts: str, message: Message) -> None: ...

    async def delete(self, owner: Person, channel: str, ts: str) -> None:
        """Deletes one message; one that is gone already counts as deleted."""

    async def permalink(self, owner: Person, channel: str, ts: str) -> str | None:
        """A link to a message, or None where Slack gives none."""

    async def show(self, owner: Person, view_id: str, page: ViewPage) -> bool:
        """Fills a waiting view. False where the person closed it meanwhile."""

    async def zone(self, person: Person) -> str | None:
        """The person's IANA time zone as Slack knows it."""
