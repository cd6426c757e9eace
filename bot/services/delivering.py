"""Delivering: what the outbox calls for each row that is due. Everything is rendered at this moment, from
what the negotiation says now."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from bot.coaching.ladder import Planned
from bot.services.asking import Asking
from bot.services.deliveries import Delivery, Dropped, Failed, Kind, NewDelivery, Outcome, Sent
from bot.services.errors import DeliveryError, NotFound
from bot.services.method import Method
from bot.services.model import Negotiation
from bot.services.nudging import Nudging
from bot.services.pages import DelayedPage, FailedPage, PostedPage
from bot.services.people import People
from bot.services.ports import Clock, Lease, Messenger, NegotiationStore, OutboxStore
from bot.services.reconciling import Reconciling
from bot.services.trouble import caught

_SHOW_SECONDS = 10.0
"""How long a view may take to be filled before its person is told in a message."""


@dataclass(frozen=True, slots=True)
class Delivering:
    """Sends scripts, nudges and notices, and tells a waiting view how it went."""

    negotiations: NegotiationStore
    outbox: OutboxStore
    people: People
    messenger: Messenger
    reconciling: Reconciling
    nudging: Nudging
    asking: Asking
    clock: Clock

    @classmethod
    def over(
        cls,
        negotiations: NegotiationStore,
        outbox: OutboxStore,
        people: People,
        messenger: Messenger,
        method: Method,
        clock: Clock,
    ) -> Self:
        """With those that it hands its work to."""
        asking = Asking(outbox, messenger, clock)
        reconciling = Reconciling(negotiations, people, messenger, asking, method, clock)
        nudging = Nudging(negotiations, outbox, people, messenger, asking, method, clock)
        return cls(negotiations, outbox, people, messenger, reconciling, nudging, asking, clock)

    async def deliver(self, delivery: Delivery, lease: Lease) -> Sent | Dropped:
        """Sends what was claimed. Raises DeliveryError where Slack does not take it."""
        try:
            match delivery.kind:
                case Kind.SCRIPT:
                    return await self.reconciling.deliver(delivery, lease)
                case Kind.NUDGE:
                    return await self.nudging.deliver(delivery, lease)
                case Kind.NOTICE:
                    return await self._notice(delivery, lease)
        except NotFound:
            return Dropped("deleted")

    async def compose_ahead(self, delivery: Delivery) -> None:
        """What a nudge will say can be known a minute before."""
        await self.nudging.compose_ahead(delivery)

    def forget(self) -> None:
        self.nudging.ahead.forget(self.clock.now())

    def notice(self, delivery: Delivery, code: str, now: datetime) -> NewDelivery | None:
        """Of a script that failed; a ladder's end is shown where its person looks next."""
        if delivery.kind is not Kind.SCRIPT:
            return None
        return NewDelivery(
            key=f"notice:{delivery.key}",
            kind=Kind.NOTICE,
            owner=delivery.owner,
            negotiation_id=delivery.negotiation_id,
            revision=delivery.revision,
            lane=delivery.owner.user,
            due_at=now,
            view_id=delivery.view_id,
            note=code,
        )

    def concerns(self, delivery: Delivery, outcome: Outcome) -> bool:
        """Only a view that waits, and the rest of a ladder that Slack refused."""
        if isinstance(outcome, Failed):
            return delivery.kind is Kind.NUDGE and outcome.code != "gave_up"
        return isinstance(outcome, Sent) and delivery.kind is Kind.SCRIPT and delivery.view_id is not None

    async def settled(self, delivery: Delivery, outcome: Outcome) -> None:
        """Shows the view that waits how a script stands; ends a ladder that Slack refused."""
        if isinstance(outcome, Failed):
            await self.nudging.refused(delivery, outcome.code)
        elif delivery.view_id:
            negotiation = await self.negotiations.standing(delivery.owner, delivery.negotiation_id)
            page = PostedPage(negotiation, await self._link(negotiation), *await self._to_come(negotiation))
            await self.messenger.show(delivery.owner, delivery.view_id, page)

    async def delayed(self, delivery: Delivery, again_at: datetime) -> None:
        """Tells a waiting view that Slack has not taken the script yet."""
        if delivery.view_id:
            negotiation = await self.negotiations.standing(delivery.owner, delivery.negotiation_id)
            page = DelayedPage(negotiation, again_at, await self.people.zone(delivery.owner))
            await self.messenger.show(delivery.owner, delivery.view_id, page)

    async def _notice(self, delivery: Delivery, lease: Lease) -> Sent | Dropped:
        """In the view that waits, where it is still open, else as a private message."""
        return await self.asking.send(delivery, lambda: self._tell(delivery, lease))

    async def _tell(self, delivery: Delivery, lease: Lease) -> Sent | Dropped:
        negotiation = await self.negotiations.standing(delivery.owner, delivery.negotiation_id)
        page = FailedPage(negotiation, delivery.note, await self._head_ts(negotiation))
        if delivery.view_id and await caught(self._shown_in(delivery.view_id, page)) is True:
            return Dropped("shown")
        (message,) = self.messenger.compose(page)
        lease.check()
        channel, _ = await self.messenger.post(delivery.owner, delivery.owner.user, message, mark=delivery.mark)
        return Sent(channel)

    async def _shown_in(self, view_id: str, page: FailedPage) -> bool:
        async with asyncio.timeout(_SHOW_SECONDS):
            return await self.messenger.show(page.negotiation.owner, view_id, page)

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
