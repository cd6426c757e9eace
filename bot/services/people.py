"""People: what we know of a person, refreshed whenever they begin something."""

from dataclasses import dataclass

from bot.coaching.ladder import known_zone
from bot.services.errors import DeliveryError
from bot.services.model import Person
from bot.services.ports import Clock, Messenger, PeopleStore


@dataclass(frozen=True, slots=True)
class People:
    """Keeps each person's time zone as Slack knows it."""

    store: PeopleStore
    messenger: Messenger
    clock: Clock

    async def zone(self, person: Person) -> str | None:
        """The zone we know, an IANA name."""
        return await self.store.zone(person)

    async def refresh(self, person: Person) -> None:
        """Asks Slack for the zone. Where Slack does not tell, what we know stays."""
        try:
            zone = await self.messenger.zone(person)
        except DeliveryError:
            return
        if known_zone(zone):
            await self.store.remember_zone(person, str(zone), self.clock.now())
