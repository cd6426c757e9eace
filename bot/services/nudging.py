"""Nudging: what a person reads when one or more of their reminders are due."""

import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.coaching import ladder, script
from bot.services.asking import Asking
from bot.services.errors import NotFound, StorageError
from bot.services.method import Method
from bot.services.model import Delivery, DeliveryState, Dropped, Negotiation, Person, Sent, Step
from bot.services.pages import DigestPage, NudgePage
from bot.services.people import People
from bot.services.ports import Clock, Lease, Messenger, NegotiationStore, OutboxStore
from bot.services.trouble import caught

_log = logging.getLogger(__name__)

_ALONE = timedelta(minutes=1)
"""When one that cannot be shown is tried again, by itself."""


@dataclass(frozen=True, slots=True)
class Nudging:
    """Sends the nudges that came due together as one private message."""

    negotiations: NegotiationStore
    outbox: OutboxStore
    people: People
    messenger: Messenger
    asking: Asking
    method: Method
    clock: Clock

    async def deliver(self, delivery: Delivery, lease: Lease) -> Sent | Dropped:
        """Sends what is still wanted of a delivery and its companions; drops the rest, one by one. Raises
        DeliveryError where Slack does not take it."""
        owner = delivery.owner
        if delivery.uncertain and (sent := await self.asking.sent(delivery)):
            return sent
        pages, why = await self._pages(delivery)
        if not pages:
            return Dropped(why)
        page = pages[0] if len(pages) == 1 else DigestPage(tuple(pages))
        (message,) = self.messenger.compose(page)
        lease.check()
        channel, _ = await self.messenger.post(owner, owner.user, message, mark=delivery.mark)
        return Sent(channel)

    async def refused(self, delivery: Delivery, code: str) -> None:
        """Slack takes no more private messages for this person: the rest of the ladder would fail as well."""
        for member in delivery.members:
            await self.outbox.drop_nudges(member.owner, member.negotiation_id, code, self.clock.now())

    async def _pages(self, delivery: Delivery) -> tuple[list[NudgePage], str]:
        """A page for each that is wanted, the soonest meeting first. The others leave the message here: what is not
        wanted is dropped (why, for the last), what must not come ahead or cannot be shown goes alone."""
        pages: list[NudgePage] = []
        why = ""
        for member in delivery.members:
            page = await caught(self._page(member, delivery))
            if isinstance(page, NudgePage):
                pages.append(page)
            elif isinstance(page, Dropped):
                why = page.why
                await self.outbox.dropped(member, why, self.clock.now())
            elif isinstance(page, datetime):
                await self._send_alone(member, page, "ahead", counts=False)
            elif isinstance(page.error, StorageError) or not delivery.companions:
                raise page.error
            else:
                _log.error("delivery %d met a bug (reference %s)\n%s", member.id, page.reference, page.trace)
                await self._send_alone(member, self.clock.now() + _ALONE, "bug", counts=True)
        return sorted(pages, key=_by_meeting), why

    async def _send_alone(self, member: Delivery, at: datetime, code: str, *, counts: bool) -> None:
        """It leaves the others' message and its mark."""
        own = replace(member, mark=secrets.token_hex(8))
        await self.outbox.again(own, at, code, uncertain=False, counts=counts)

    async def _page(self, member: Delivery, delivery: Delivery) -> NudgePage | Dropped | datetime:
        """An instant where it must not come before."""
        try:
            known = await self.negotiations.reminder(member.owner, member.negotiation_id)
        except NotFound:
            return Dropped("deleted")
        if why := self._unwanted(member, known.negotiation) or self._overtaken(member, delivery, known.nudges):
            return Dropped(why)
        negotiation, now, rung = known.negotiation, self.clock.now(), member.rung
        zone = known.zone or await self._ask_zone(member.owner)
        if rung is None or ladder.disturbs(rung, now, zone, self.method.quiet):
            if member.due_at > now:
                return member.due_at  # with another it would have come ahead, out of the night
            return Dropped("quiet_hours")  # planned before the zone was known, or too late to come before the night
        return NudgePage(
            negotiation,
            script.write_script(negotiation.brief, self.method.leads),
            rung,
            ladder.focus(rung, now, negotiation.brief.meeting_at),
            member.due_at,
            ladder.is_late(member.due_at, now),
            ladder.snooze(now, negotiation.brief.meeting_at),
            zone,
        )

    def _unwanted(self, member: Delivery, negotiation: Negotiation) -> str:
        """Why it is no longer wanted; "" where it is."""
        meeting = negotiation.brief.meeting_at
        if member.revision < negotiation.confirmed:
            return "superseded"
        if member.rung is None or not negotiation.wants(member.rung):
            return "not_wanted"
        return "past_meeting" if meeting is not None and meeting <= self.clock.now() else ""

    def _overtaken(self, member: Delivery, delivery: Delivery, steps: Sequence[Step]) -> str:
        """Why another nudge of the ladder stands for this one; "" where none does."""
        together = {one.id for one in delivery.members}
        for step in steps:
            if step.state is DeliveryState.SENT and (step.rung, step.due_at) == (member.rung, member.due_at):
                return "sent_ahead"  # with another of the person's, and was planned anew since
            # After a pause one message stands for what is left of the ladder.
            goes_now = step.due_at <= self.clock.now() or step.id in together
            if step.is_open and goes_now and _order(member) < _order(step):
                return "superseded"
        return ""

    async def _ask_zone(self, owner: Person) -> str | None:
        """Where nobody told us yet. Without it the nudge goes out all the same."""
        await self.people.refresh(owner)
        return await self.people.zone(owner)


def _order(nudge: Delivery | Step) -> tuple[datetime, timedelta]:
    """Of two at the same instant the nearer rung is the later one."""
    return nudge.due_at, -nudge.rung.lead if nudge.rung else timedelta()


def _by_meeting(page: NudgePage) -> datetime:
    return page.negotiation.brief.meeting_at or datetime.max.replace(tzinfo=UTC)
