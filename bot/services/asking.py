"""Asking: whether Slack took a message whose answer never came."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.services.errors import DeliveryError
from bot.services.model import Delivery, Person, Sent
from bot.services.ports import Clock, Messenger, OutboxStore

PATIENCE = timedelta(seconds=60)
"""How long after an unknown outcome a message is sent again where Slack does not tell: a duplicate is better than
silence, and most of what is still under way has arrived by then."""

_SKEW = timedelta(minutes=1)
"""How far Slack's clock may lie behind ours."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Looks for the marks of our messages in a person's private channel."""

    outbox: OutboxStore
    messenger: Messenger
    clock: Clock

    async def arrived(
        self, owner: Person, since: datetime, thread_ts: str | None = None
    ) -> dict[str, tuple[str, str]] | None:
        """What stands in the person's private channel, and in that thread of it, since then: mark to (channel, ts).
        None where Slack does not tell."""
        channel = await self.outbox.private_channel(owner)
        if channel is None:
            return None
        told = await self.messenger.arrived(owner, channel, since - _SKEW, thread_ts)
        return None if told is None else {mark: (channel, ts) for mark, ts in told.items()}

    async def sent(self, delivery: Delivery) -> Sent | None:
        """Sent where an uncertain private message stands after all. None where it is to be sent again; raises
        DeliveryError, to wait, while Slack does not tell and it is too soon for that."""
        arrived = await self.arrived(delivery.owner, min(member.due_at for member in delivery.members))
        if arrived is None:
            self.wait(delivery.uncertain_at)
            return None
        return Sent(arrived[delivery.mark][0]) if delivery.mark in arrived else None

    def wait(self, tried_at: datetime | None) -> None:
        """For what nobody can tell about. Raises DeliveryError until a minute has passed since that try."""
        left = (tried_at + PATIENCE - self.clock.now()).total_seconds() if tried_at else 0.0
        if left > 0:
            raise DeliveryError("unknown", retry_after=left)
