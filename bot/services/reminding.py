"""Reminding: what a person answers to a nudge."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.coaching import ladder
from bot.coaching.brief import Rung
from bot.services.deliveries import SNOOZED, Kind, NewDelivery
from bot.services.errors import LadderOver
from bot.services.model import Negotiation, Person
from bot.services.ports import Clock, NegotiationStore


@dataclass(frozen=True, slots=True)
class Reminding:
    """Ends, snoozes or stops a ladder; `wake` tells the outbox that a nearer row was added."""

    negotiations: NegotiationStore
    clock: Clock
    wake: Callable[[], None]

    async def rehearsed(self, owner: Person, negotiation_id: str) -> None:
        """The rehearsal is done: no more nudges for this meeting."""
        await self.negotiations.rehearsed(owner, negotiation_id, self.clock.now())

    async def stop(self, owner: Person, negotiation_id: str) -> None:
        """No more nudges for this negotiation, rehearsed or not."""
        await self.negotiations.silence(owner, negotiation_id, self.clock.now())

    async def snooze(self, owner: Person, negotiation_id: str, rung: Rung, due_at: datetime) -> datetime | None:
        """Sends the nudge that was due at `due_at` once more, a little later. Returns when, or None
        where that would reach the meeting. A second click on the same nudge adds nothing. Raises LadderOver where
        no more nudges are wanted."""
        while True:  # once more where somebody confirmed another revision meanwhile
            negotiation = await self.negotiations.standing(owner, negotiation_id)
            if not negotiation.wants(rung):
                raise LadderOver
            now = self.clock.now()
            pause = ladder.snooze(now, negotiation.brief.meeting_at)
            if pause is None:
                return None
            again_at = now + pause
            if await self.negotiations.snooze(negotiation, _snoozed(negotiation, rung, due_at, again_at), now):
                self.wake()
                return again_at


def _snoozed(negotiation: Negotiation, rung: Rung, was_due_at: datetime, due_at: datetime) -> NewDelivery:
    return NewDelivery(
        key=f"{SNOOZED}{negotiation.id}:{rung.minutes}:{was_due_at.isoformat()}",
        kind=Kind.NUDGE,
        owner=negotiation.owner,
        negotiation_id=negotiation.id,
        revision=negotiation.revision,
        lane=negotiation.owner.user,
        due_at=due_at,
        rung=rung,
    )
