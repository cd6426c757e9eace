"""Delivering: what the outbox calls for each row that is due. Everything is rendered at this moment, from
what the negotiation says now."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from weakref import WeakValueDictionary

from bot.coaching import ladder, script
from bot.coaching.ladder import Planned
from bot.services.errors import DeliveryError, NotFound
from bot.services.method import Method
from bot.services.model import (
    LEAVING,
    RETIRED,
    Delivery,
    Dropped,
    Failed,
    Kind,
    Message,
    Negotiation,
    NewDelivery,
    Outcome,
    Person,
    Post,
    Sent,
    State,
)
from bot.services.pages import CancelledPage, DelayedPage, FailedPage, MessagePage, NudgePage, PostedPage, ScriptPage
from bot.services.ports import Clock, Messenger, NegotiationStore, OutboxStore, PeopleStore
from bot.services.trouble import Complaint, insist

_SCRIPT_SECONDS = 12.0
"""How long one try at a script may post; a longer one goes on at the next, where it was."""


@dataclass(frozen=True, slots=True)
class Delivering:
    """Sends scripts, nudges and notices, and tells a waiting view how it went."""

    negotiations: NegotiationStore
    outbox: OutboxStore
    people: PeopleStore
    messenger: Messenger
    method: Method
    clock: Clock
    wake: Callable[[], None]
    _locks: WeakValueDictionary[str, asyncio.Lock] = field(default_factory=WeakValueDictionary)
    _complaint: Complaint = field(default_factory=lambda: Complaint("a posted message cannot be recorded; trying on"))

    async def deliver(self, delivery: Delivery) -> Sent | Dropped:
        """Sends one row. Raises DeliveryError where Slack does not take it."""
        try:
            negotiation = await self.negotiations.standing(delivery.owner, delivery.negotiation_id)
        except NotFound:
            return Dropped("deleted")
        if delivery.revision < negotiation.confirmed and delivery.kind is Kind.NUDGE:
            return Dropped("superseded")
        match delivery.kind:
            case Kind.SCRIPT:
                return await self._script(negotiation)
            case Kind.NUDGE:
                return await self._nudge(delivery, negotiation)
            case Kind.NOTICE:
                head_ts = await self._head_ts(negotiation)
                return await self._say(delivery, FailedPage(negotiation, delivery.note, head_ts))

    async def settled(self, delivery: Delivery, outcome: Outcome) -> None:
        """Shows the person how a script's delivery ended: in the view that waits, else in a private message."""
        if delivery.kind is not Kind.SCRIPT:
            return
        negotiation = await self.negotiations.standing(delivery.owner, delivery.negotiation_id)
        if isinstance(outcome, Failed):
            await self._failed(delivery, negotiation, outcome.code)
        elif delivery.view_id:
            page = PostedPage(negotiation, await self._link(negotiation), *await self._to_come(negotiation))
            await self.messenger.show(delivery.owner, delivery.view_id, page)

    async def delayed(self, delivery: Delivery, again_at: datetime) -> None:
        """Tells a waiting view that Slack has not taken the script yet."""
        if delivery.view_id:
            negotiation = await self.negotiations.standing(delivery.owner, delivery.negotiation_id)
            page = DelayedPage(negotiation, again_at, await self.people.zone(delivery.owner))
            await self.messenger.show(delivery.owner, delivery.view_id, page)

    async def _script(self, negotiation: Negotiation) -> Sent:
        """Makes Slack show what should stand, until nothing changed meanwhile; one row of a negotiation at a time."""
        deadline = asyncio.get_running_loop().time() + _SCRIPT_SECONDS
        async with self._locks.setdefault(negotiation.id, asyncio.Lock()):
            while True:
                shown = await self.negotiations.standing(negotiation.owner, negotiation.id)
                await self._reconcile(shown, deadline)
                after = await self.negotiations.standing(negotiation.owner, negotiation.id)
                if _basis(after) == _basis(shown):
                    return Sent()

    async def _reconcile(self, negotiation: Negotiation, deadline: float) -> None:
        """Updates what is there, posts what is missing, deletes the rest."""
        target = negotiation.place
        wanted = self.messenger.compose(await self._page(negotiation)) if target else ()
        posts = await self.negotiations.posts(negotiation.owner, negotiation.id)
        standing = {post.part: post for post in posts if post.target == target}
        head = standing.get(0)
        if negotiation.state is State.CANCELLED and head is None:
            wanted = ()  # there is no message to strike through
        for part, message in enumerate(wanted):
            if asyncio.get_running_loop().time() > deadline:
                raise DeliveryError("unfinished", retry_after=1)  # what stands is remembered: it goes on there
            post = await self._part(negotiation, part, message, standing.pop(part, None), head)
            head = head or post
        await self._delete(negotiation, [*standing.values(), *(post for post in posts if post.target != target)])

    async def _part(
        self, negotiation: Negotiation, part: int, message: Message, post: Post | None, head: Post | None
    ) -> Post:
        """One message of the script, posted or brought up to date. Remembered one by one, so that a stop in between
        posts no part twice and does none again."""
        owner, target = negotiation.owner, negotiation.place or negotiation.owner.user
        if post is None:
            channel, ts = await self.messenger.post(owner, target, message, head.ts if head else None)
            done = Post(part, target, channel, ts, message.digest)
        elif post.digest != message.digest:
            await self.messenger.update(owner, post.channel, post.ts, message)
            done = replace(post, digest=message.digest)
        else:
            return post
        # A message that is forgotten is posted twice.
        await insist(lambda: self.negotiations.record_post(owner, negotiation.id, done), self._complaint)
        return done

    async def _page(self, negotiation: Negotiation) -> MessagePage:
        if negotiation.state is State.CANCELLED:
            return CancelledPage(negotiation)
        words = script.write_script(negotiation.brief, self.method.leads)
        return ScriptPage(negotiation, words, await self.people.zone(negotiation.owner))

    async def _delete(self, negotiation: Negotiation, posts: list[Post]) -> None:
        """Set aside first: what Slack deleted must never be taken for a message that stands."""
        owner = negotiation.owner
        await self.negotiations.set_aside(owner, negotiation.id, [post for post in posts if not post.aside], LEAVING)
        aside = [post for post in await self.negotiations.posts(owner, negotiation.id) if post.aside]
        for post in sorted(aside, key=lambda post: -post.part):  # replies before their head
            try:
                await self.messenger.delete(owner, post.channel, post.ts)
            except DeliveryError as error:
                if error.permanent and post.target.startswith(RETIRED):
                    continue  # Slack lets us neither change nor delete it; another stands in its place
                raise
            await self.negotiations.forget_posts(owner, negotiation.id, [post])

    async def _nudge(self, delivery: Delivery, negotiation: Negotiation) -> Sent | Dropped:
        now, meeting, rung = self.clock.now(), negotiation.brief.meeting_at, delivery.rung
        if rung is None or not negotiation.wants(rung):
            return Dropped("not_wanted")
        if meeting is not None and meeting <= now:
            return Dropped("past_meeting")
        rows = await self.outbox.to_send(delivery.owner, negotiation.id)
        if any(row.kind is Kind.NUDGE and delivery.due_at < row.due_at <= now for row in rows):
            return Dropped("superseded")  # after a pause one message stands for what is left of the ladder
        zone = await self._zone(delivery.owner)
        if ladder.disturbs(rung, now, zone, self.method.quiet):
            return Dropped("quiet_hours")  # planned before the zone was known, or too late to come before the night
        page = NudgePage(
            negotiation,
            script.write_script(negotiation.brief, self.method.leads),
            rung,
            delivery.due_at,
            ladder.is_late(delivery.due_at, now),
            ladder.snooze(now, meeting),
            zone,
        )
        return await self._say(delivery, page)

    async def _zone(self, owner: Person) -> str | None:
        """The person's zone; asked for where nobody told us yet."""
        zone = await self.people.zone(owner)
        if zone is None:
            with suppress(DeliveryError):  # without it the nudge goes out all the same
                zone = await self.messenger.zone(owner)
        return zone

    async def _say(self, delivery: Delivery, page: MessagePage) -> Sent:
        (message,) = self.messenger.compose(page)
        await self.messenger.post(delivery.owner, delivery.owner.user, message)
        return Sent()

    async def _failed(self, delivery: Delivery, negotiation: Negotiation, code: str) -> None:
        if delivery.view_id and await self._shown_in(delivery, delivery.view_id, negotiation, code):
            return
        now = self.clock.now()
        row = NewDelivery(
            key=f"notice:{delivery.key}",
            kind=Kind.NOTICE,
            owner=delivery.owner,
            negotiation_id=delivery.negotiation_id,
            revision=delivery.revision,
            lane=delivery.owner.user,
            due_at=now,
            note=code,
        )
        await self.outbox.add([row], now)
        self.wake()

    async def _shown_in(self, delivery: Delivery, view_id: str, negotiation: Negotiation, code: str) -> bool:
        page = FailedPage(negotiation, code, await self._head_ts(negotiation))
        try:
            return await self.messenger.show(delivery.owner, view_id, page)
        except DeliveryError:
            return False

    async def _head_ts(self, negotiation: Negotiation) -> str:
        posts = await self.negotiations.posts(negotiation.owner, negotiation.id)
        return next((post.ts for post in posts if post.part == 0 and post.target == negotiation.place), "")

    async def _link(self, negotiation: Negotiation) -> str | None:
        heads = [post for post in await self.negotiations.posts(negotiation.owner, negotiation.id) if post.part == 0]
        heads = [post for post in heads if post.target == negotiation.place]
        try:
            return await self.messenger.permalink(negotiation.owner, heads[0].channel, heads[0].ts) if heads else None
        except DeliveryError:
            return None  # the script stands all the same; a link is a convenience

    async def _to_come(self, negotiation: Negotiation) -> tuple[tuple[Planned, ...], str | None]:
        rows = await self.outbox.to_send(negotiation.owner, negotiation.id)
        nudges = tuple(Planned(row.rung, row.due_at) for row in rows if row.kind is Kind.NUDGE and row.rung)
        return nudges, await self.people.zone(negotiation.owner)


def _basis(negotiation: Negotiation) -> tuple[str | None, int, State]:
    """What a reconciled script depends on."""
    return negotiation.place, negotiation.confirmed, negotiation.state
