"""Delivering: what the outbox calls for each row that is due. Everything is rendered at this moment, from
what the negotiation says now."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.coaching import ladder, script
from bot.coaching.ladder import Planned
from bot.services.errors import DeliveryError, NotFound
from bot.services.method import Method
from bot.services.model import (
    Delivery,
    Dropped,
    Failed,
    Kind,
    Negotiation,
    NewDelivery,
    Outcome,
    Post,
    Sent,
    State,
)
from bot.services.pages import CancelledPage, FailedPage, MessagePage, NudgePage, PostedPage, ScriptPage
from bot.services.ports import Clock, Messenger, NegotiationStore, OutboxStore, PeopleStore


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

    async def deliver(self, delivery: Delivery) -> Sent | Dropped:
        """Sends one row. Raises DeliveryError where Slack does not take it."""
        try:
            negotiation = await self.negotiations.standing(delivery.owner, delivery.negotiation_id)
        except NotFound:
            return Dropped("deleted")
        if delivery.revision < negotiation.confirmed and delivery.kind is not Kind.NOTICE:
            return Dropped("superseded")
        match delivery.kind:
            case Kind.SCRIPT:
                return await self._script(negotiation)
            case Kind.NUDGE:
                return await self._nudge(delivery, negotiation)
            case Kind.NOTICE:
                return await self._say(delivery, FailedPage(negotiation, delivery.note))

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

    async def _script(self, negotiation: Negotiation) -> Sent:
        """Makes Slack show what should stand: updates what is there, posts what is missing, deletes the rest."""
        owner, target = negotiation.owner, negotiation.place
        wanted = self.messenger.compose(await self._page(negotiation)) if target else ()
        posts = await self.negotiations.posts(owner, negotiation.id)
        standing = {post.part: post for post in posts if post.target == target}
        head = standing.get(0)
        for part, message in enumerate(wanted):
            if post := standing.pop(part, None):
                await self.messenger.update(owner, post.channel, post.ts, message)
            elif target:
                thread = head.ts if head else None
                channel, ts = await self.messenger.post(owner, target, message, thread)
                post = Post(part, target, channel, ts)
                # Remembered one by one, so that a kill in between posts no part twice.
                await self.negotiations.record_post(owner, negotiation.id, post)
            head = head or post
        await self._delete(negotiation, [*standing.values(), *(post for post in posts if post.target != target)])
        return Sent()

    async def _page(self, negotiation: Negotiation) -> MessagePage:
        if negotiation.state is State.CANCELLED:
            return CancelledPage(negotiation)
        words = script.write_script(negotiation.brief, self.method.leads)
        return ScriptPage(negotiation, words, await self.people.zone(negotiation.owner))

    async def _delete(self, negotiation: Negotiation, posts: list[Post]) -> None:
        for post in sorted(posts, key=lambda post: -post.part):  # replies before their head
            await self.messenger.delete(negotiation.owner, post.channel, post.ts)
            await self.negotiations.forget_posts(negotiation.owner, negotiation.id, [post])

    async def _nudge(self, delivery: Delivery, negotiation: Negotiation) -> Sent | Dropped:
        now, meeting = self.clock.now(), negotiation.brief.meeting_at
        if negotiation.state is not State.READY or negotiation.rehearsed_at or delivery.rung is None:
            return Dropped("not_wanted")
        if meeting is not None and meeting <= now:
            return Dropped("past_meeting")
        rows = await self.outbox.to_send(delivery.owner, negotiation.id)
        if any(row.kind is Kind.NUDGE and delivery.due_at < row.due_at <= now for row in rows):
            return Dropped("superseded")  # after a pause one message stands for what is left of the ladder
        page = NudgePage(
            negotiation,
            script.write_script(negotiation.brief, self.method.leads),
            delivery.rung,
            delivery.due_at,
            ladder.is_late(delivery.due_at, now),
            ladder.snooze(now, meeting),
            await self.people.zone(delivery.owner),
        )
        return await self._say(delivery, page)

    async def _say(self, delivery: Delivery, page: MessagePage) -> Sent:
        (message,) = self.messenger.compose(page)
        await self.messenger.post(delivery.owner, delivery.owner.user, message)
        return Sent()

    async def _failed(self, delivery: Delivery, negotiation: Negotiation, code: str) -> None:
        page = FailedPage(negotiation, code)
        if delivery.view_id and await self.messenger.show(delivery.owner, delivery.view_id, page):
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

    async def _link(self, negotiation: Negotiation) -> str | None:
        heads = [post for post in await self.negotiations.posts(negotiation.owner, negotiation.id) if post.part == 0]
        try:
            return await self.messenger.permalink(negotiation.owner, heads[0].channel, heads[0].ts) if heads else None
        except DeliveryError:
            return None  # the script stands all the same; a link is a convenience

    async def _to_come(self, negotiation: Negotiation) -> tuple[tuple[Planned, ...], str | None]:
        rows = await self.outbox.to_send(negotiation.owner, negotiation.id)
        nudges = tuple(Planned(row.rung, row.due_at) for row in rows if row.kind is Kind.NUDGE and row.rung)
        return nudges, await self.people.zone(negotiation.owner)
