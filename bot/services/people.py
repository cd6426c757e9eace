"""People: what we know of a person, refreshed whenever they begin something."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

from bot.coaching import ladder
from bot.services.deliveries import Delivery
from bot.services.errors import DeliveryError, NotFound
from bot.services.method import Method
from bot.services.model import Person, Told
from bot.services.ports import Clock, Messenger, NegotiationStore, OutboxStore, PeopleStore
from bot.services.trouble import Complaint

FRESH = timedelta(minutes=10)
"""How long a zone that Slack told is not asked for again: nobody travels faster."""


@dataclass(frozen=True, slots=True)
class People:
    """Keeps each person's time zone as Slack knows it, and their nudges out of the quiet hours of that zone."""

    store: PeopleStore
    negotiations: NegotiationStore
    outbox: OutboxStore
    messenger: Messenger
    method: Method
    clock: Clock
    wake: Callable[[], None]
    _untold: Complaint = field(default_factory=lambda: Complaint("Slack does not tell a person's time zone"))

    async def zone(self, person: Person) -> str | None:
        """The zone we know, an IANA name."""
        return await self.store.zone(person)

    async def refresh(self, person: Person) -> None:
        """Learns the zone, whatever is known of it."""
        await self.learn(person, await self.store.told(person))

    async def learn(self, person: Person, told: Told | None) -> None:
        """Asks Slack for the zone, unless it `told` a moment ago. Where Slack does not tell, what we know stays."""
        if told and self.clock.now() < told.at + FRESH:
            return
        try:
            zone = await self.messenger.zone(person)
        except DeliveryError as error:
            self._untold.because(error.code)
            return
        if zone is None or not ladder.known_zone(zone):
            return
        before = told.zone if told else None
        if before != zone:
            await self._moved(person, before, zone)  # first: what is left undone is done at the next time
        await self.store.remember_zone(person, zone, self.clock.now())

    async def _moved(self, person: Person, before: str | None, zone: str) -> None:
        """A meeting stays the instant that it is; only the quiet hours around its nudges are others now."""
        for row in await self.outbox.nudges(person):
            with suppress(NotFound):
                await self._replan(row, before, zone)

    async def _replan(self, row: Delivery, before: str | None, zone: str) -> None:
        """A snoozed nudge stays where its person put it."""
        negotiation = await self.negotiations.standing(row.owner, row.negotiation_id)
        meeting, quiet, now = negotiation.brief.meeting_at, self.method.quiet, self.clock.now()
        if meeting is None or row.rung is None or row.due_at != ladder.instant_of(row.rung, meeting, before, quiet):
            return
        instant = ladder.instant_of(row.rung, meeting, zone, quiet)
        if instant != row.due_at:
            await self.outbox.move(row, instant if instant > now else None, now)
            self.wake()
