"""Nudging: what a person reads when one or more of their reminders are due."""

import asyncio
import logging
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bot.coaching import ladder, script
from bot.coaching.brief import Rung
from bot.services.ahead import Ahead
from bot.services.asking import Asking
from bot.services.deliveries import Delivery, DeliveryState, Dropped, Reminder, Sent, Step
from bot.services.errors import DeliveryError, NotFound, StorageError
from bot.services.method import Method
from bot.services.model import Negotiation, Packed, Person
from bot.services.pages import DigestPage, NudgePage, Occasion
from bot.services.people import People
from bot.services.ports import Clock, Lease, Messenger, NegotiationStore, OutboxStore
from bot.services.trouble import Trouble, caught

_log = logging.getLogger(__name__)

_ZONE_SECONDS = 3.0
"""How long a nudge waits for its person's zone."""

OF_THE_MESSAGE = frozenset(
    {
        *("invalid_arguments", "invalid_blocks", "invalid_blocks_format", "invalid_json", "metadata_too_large"),
        *("invalid_metadata_format", "invalid_metadata_schema", "msg_blocks_too_long", "msg_too_long", "no_text"),
    }
)
"""Codes by which Slack refuses one message, whoever it is for
(https://docs.slack.dev/reference/methods/chat.postMessage#errors)."""

_BLINK = 0.25
"""Seconds for which what was read with the claim still counts as what is."""

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
    ahead: Ahead = field(default_factory=Ahead)

    async def deliver(self, delivery: Delivery, lease: Lease) -> Sent | Dropped:
        """Sends what is still wanted of a delivery and its companions; drops the rest, one by one. Raises
        DeliveryError where Slack does not take it."""
        return await self.asking.send(delivery, lambda: self._send(delivery, lease))

    async def _send(self, delivery: Delivery, lease: Lease) -> Sent | Dropped:
        if delivery.companions:
            return await self._together(delivery, lease)
        occasion = await self._occasion(delivery, delivery, lease, [])
        if isinstance(occasion, Occasion):
            return await self._post(delivery, self.ahead.take(occasion) or self._composed(occasion), lease)
        if isinstance(occasion, datetime):  # the clock was set back
            await self._send_alone(delivery, occasion, "ahead", counts=False)
            return Dropped("ahead")
        return occasion

    async def compose_ahead(self, delivery: Delivery) -> None:
        """Composes what a nudge will say if nothing changes until its instant."""
        if not self.ahead.has_room:
            return
        known = delivery.known or await self.negotiations.reminder(delivery.owner, delivery.negotiation_id)
        if known.zone and delivery.rung and known.negotiation.wants(delivery.rung):
            occasion = _occasion_at(delivery.due_at, delivery.due_at, known.negotiation, delivery.rung, known.zone)
            self.ahead.keep(occasion, self._composed(occasion))

    async def refused(self, delivery: Delivery, code: str) -> None:
        """Slack refused for good: unless that was about the message itself, the rest of the ladder would fare alike."""
        if code in OF_THE_MESSAGE:
            return
        for member in delivery.members:
            await self.outbox.drop_nudges(member.owner, member.negotiation_id, code, self.clock.now())

    async def _post(self, delivery: Delivery, message: Packed, lease: Lease) -> Sent:
        lease.check()
        owner = delivery.owner
        channel, _ = await self.messenger.post(owner, owner.user, message, mark=delivery.mark)
        return Sent(channel)

    def _composed(self, occasion: Occasion) -> Packed:
        return self._packed(self._page(occasion))

    def _page(self, occasion: Occasion) -> NudgePage:
        return NudgePage(occasion, script.write_script(occasion.negotiation.brief, self.method.leads))

    def _packed(self, page: NudgePage | DigestPage) -> Packed:
        (message,) = self.messenger.compose(page)
        return self.messenger.pack(message)

    async def _together(self, delivery: Delivery, lease: Lease) -> Sent | Dropped:
        """Where the message of all of them fails, each goes alone: one of them cannot be shown."""
        pages, why = await self._pages(delivery, lease)
        if not pages:
            return Dropped(why)
        message = await caught(self._digest(pages))
        if isinstance(message, Trouble):
            return await self._apart(delivery)
        try:
            return await self._post(delivery, message, lease)
        except DeliveryError as error:
            if error.code in OF_THE_MESSAGE:
                return await self._apart(delivery)
            raise

    async def _digest(self, pages: list[NudgePage]) -> Packed:
        return self._packed(pages[0] if len(pages) == 1 else DigestPage(tuple(pages)))

    async def _apart(self, delivery: Delivery) -> Dropped:
        """Ends what they had together; the caller's own outcome finds nothing left."""
        for member in delivery.members:
            await self._send_alone(member, self.clock.now(), "apart", counts=True)
        return Dropped("apart")

    async def _pages(self, delivery: Delivery, lease: Lease) -> tuple[list[NudgePage], str]:
        """A page for each that is wanted, the soonest meeting first. The others leave the message here: what is not
        wanted is dropped (why, for the last), what must not come ahead or cannot be shown goes alone."""
        pages: list[NudgePage] = []
        why, zones = "", list[str | None]()
        for member in delivery.members:
            page = await caught(self._page_of(member, delivery, lease, zones))
            if isinstance(page, NudgePage):
                pages.append(page)
            elif isinstance(page, Dropped):
                why = page.why
                await self.outbox.dropped(member, why, self.clock.now())
            elif isinstance(page, datetime):
                await self._send_alone(member, page, "ahead", counts=False)
            elif isinstance(page.error, StorageError):
                raise page.error
            else:
                _log.error("delivery %d met a bug (reference %s)\n%s", member.id, page.reference, page.trace)
                await self._send_alone(member, self.clock.now() + _ALONE, "bug", counts=True)
        return sorted(pages, key=_by_meeting), why

    async def _page_of(
        self, member: Delivery, delivery: Delivery, lease: Lease, zones: list[str | None]
    ) -> NudgePage | Dropped | datetime:
        occasion = await self._occasion(member, delivery, lease, zones)
        return self._page(occasion) if isinstance(occasion, Occasion) else occasion

    async def _send_alone(self, member: Delivery, at: datetime, code: str, *, counts: bool) -> None:
        """It leaves the others' message and its mark."""
        own = replace(member, mark=secrets.token_hex(8))
        await self.outbox.again(own, at, code, uncertain=False, counts=counts)

    async def _occasion(
        self, member: Delivery, delivery: Delivery, lease: Lease, zones: list[str | None]
    ) -> Occasion | Dropped | datetime:
        """What to show, why it is dropped, or the earliest instant at which it may go. `zones` holds what was asked for
        this message already."""
        try:
            known = await self._known(member, lease)
            zone = known.zone or await self._ask_zone(member.owner, zones)
            if known.zone is None:
                known = await self.negotiations.reminder(member.owner, member.negotiation_id)  # asking takes a while
        except NotFound:
            return Dropped("deleted")
        own = next((step for step in known.nudges if step.id == member.id), None)
        if own is None:
            return Dropped("deleted")
        now = self.clock.now()
        if why := _unwanted(own, known.negotiation, now) or _overtaken(own, delivery, known.nudges, now):
            return Dropped(why)
        if ladder.disturbs(own.rung, now, zone, self.method.quiet) and not member.snoozed:
            if member.due_at > now:
                return member.due_at  # with another it would have come ahead, out of the night
            return Dropped("quiet_hours")  # planned before the zone was known, or too late to come before the night
        return _occasion_at(now, member.due_at, known.negotiation, own.rung, zone)

    async def _known(self, member: Delivery, lease: Lease) -> Reminder:
        """As it is now. Raises NotFound."""
        known = member.known
        if known is not None and known.negotiation.owner == member.owner and lease.age < _BLINK:
            return known
        return await self.negotiations.reminder(member.owner, member.negotiation_id)

    async def _ask_zone(self, owner: Person, zones: list[str | None]) -> str | None:
        """Where nobody told us yet. Without it the nudge goes out all the same."""
        if not zones:
            with suppress(TimeoutError):
                async with asyncio.timeout(_ZONE_SECONDS):
                    await self.people.refresh(owner)
            zones.append(await self.people.zone(owner))
        return zones[0]


def _unwanted(own: Step, negotiation: Negotiation, now: datetime) -> str:
    """Why it is no longer wanted; "" where it is."""
    meeting = negotiation.brief.meeting_at
    if own.revision < negotiation.confirmed:
        return "superseded"
    if not negotiation.wants(own.rung):
        return "not_wanted"
    return "past_meeting" if meeting is not None and meeting <= now else ""


def _overtaken(own: Step, delivery: Delivery, steps: Sequence[Step], now: datetime) -> str:
    """Why another nudge of the ladder stands for this one; "" where none does. After a pause one message stands for
    what is left of the ladder."""
    together = {one.id for one in delivery.members}
    for step in steps:
        was_sent = step.state is DeliveryState.SENT
        if was_sent and (step.rung, step.due_at) == (own.rung, own.due_at):
            return "sent_ahead"  # with another of the person's, and was planned anew since
        goes_now = step.is_open and (step.due_at <= now or step.id in together)
        if _order(own) < _order(step) and (goes_now or (was_sent and step.revision == own.revision)):
            return "superseded"
    return ""


def _occasion_at(now: datetime, due_at: datetime, negotiation: Negotiation, rung: Rung, zone: str | None) -> Occasion:
    meeting = negotiation.brief.meeting_at
    focus, late, snooze = ladder.focus(rung, now, meeting), ladder.is_late(due_at, now), ladder.snooze(now, meeting)
    return Occasion(negotiation, rung, focus, due_at, late, snooze, zone)


def _order(step: Step) -> tuple[datetime, timedelta]:
    """Of two at the same instant the nearer rung is the later one."""
    return step.due_at, -step.rung.lead


def _by_meeting(page: NudgePage) -> datetime:
    return page.occasion.negotiation.brief.meeting_at or datetime.max.replace(tzinfo=UTC)
