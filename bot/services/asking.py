"""Asking: whether Slack took a message whose answer never came."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.services.deliveries import Delivery, Dropped, Sent
from bot.services.errors import DeliveryError
from bot.services.model import Arrived, Person
from bot.services.ports import Clock, Messenger, OutboxStore

PATIENCE = timedelta(seconds=60)
"""How long after an unknown outcome a message is sent again where Slack does not tell: a duplicate is better than
silence, and most of what is still under way has arrived by then."""

UNDER_WAY = timedelta(seconds=25)
"""How long after it was begun a message may still arrive: ten seconds for its call, five in which the machine goes on
sending what nobody acknowledged, ten by which the clocks of two replicas may differ."""

_SKEW = timedelta(minutes=2)
"""How much further back the search goes: Slack's clock may lag behind ours, and the try may have begun before the
latest moment at which it can have."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Looks for the marks of our messages in a person's private channel."""

    outbox: OutboxStore
    messenger: Messenger
    clock: Clock

    async def arrived(self, owner: Person, since: datetime, thread_ts: str | None = None) -> Arrived:
        """What stands in the person's private channel, and in that thread of it, since then."""
        channel = await self.outbox.private_channel(owner)
        if channel is None:
            return Arrived({}, whole=False)
        return await self.messenger.arrived(owner, channel, since - _SKEW, thread_ts)

    async def send(self, delivery: Delivery, how: Callable[[], Awaitable[Sent | Dropped]]) -> Sent | Dropped:
        """Sends a private message; one in doubt only where it does not stand already. Raises DeliveryError, to wait,
        while Slack does not tell and it is too soon to send it again."""
        if not delivery.uncertain:
            return await how()
        begun = (min(one.due_at, one.uncertain_at or one.due_at) for one in delivery.members)
        arrived = await self.arrived(delivery.owner, min(begun))  # one may have gone ahead of its time
        if delivery.mark in arrived.marks:
            return Sent(arrived.marks[delivery.mark][0], found=True)
        self.wait(delivery.uncertain_at, told=arrived.whole)
        try:
            return await how()
        except DeliveryError as error:
            error.alone = arrived.whole
            raise

    def wait(self, tried_at: datetime | None, *, told: bool) -> None:
        """Before something is sent again. Raises DeliveryError while the first may still be under way or, where
        Slack does not tell, until a minute has passed since that try."""
        pause = UNDER_WAY if told else PATIENCE
        left = (tried_at + pause - self.clock.now()).total_seconds() if tried_at else 0.0
        if left > 0:
            raise DeliveryError("unknown", retry_after=left)
