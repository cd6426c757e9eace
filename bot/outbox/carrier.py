"""One delivery from its claim to its outcome."""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, Self

from bot.outbox import policy
from bot.outbox.foresight import Composer
from bot.outbox.pace import Pace
from bot.outbox.policy import Again
from bot.services.deliveries import Delivery, Dropped, Failed, NewDelivery, Outcome, Sent
from bot.services.errors import DeliveryError, StorageError
from bot.services.limit import Limit
from bot.services.ports import Clock, Lease, OutboxStore
from bot.services.trouble import Complaint, Trouble, caught, insist

_log = logging.getLogger(__name__)

LEASE = timedelta(seconds=30)
"""How long a claim stands."""

CALL_LIMIT = 12.0
"""Seconds that one call to Slack may take, with writing down its outcome. A send starts only where its lease outlasts
them."""

END_LIMIT = 2.0
"""Seconds of a lease that are kept for writing down the outcome."""

BEGINS_WITHIN = LEASE - timedelta(seconds=CALL_LIMIT)
"""How long after its claim a try may begin."""

TELL_LIMIT = 20.0
"""Seconds that telling a person may take."""

WORTH_TELLING = timedelta(seconds=5)
"""A pause that a waiting person should hear of."""


class Handler(Composer, Protocol):
    """Who knows what a delivery says and how it goes out."""

    async def deliver(self, delivery: Delivery, lease: Lease) -> Sent | Dropped:
        """Sends it and its companions, or finds that they are no longer wanted; one that alone is not, it drops.
        Raises DeliveryError where Slack does not take it."""

    def notice(self, delivery: Delivery, code: str, now: datetime) -> NewDelivery | None:
        """What its person is to be told of a failure: a row that is written together with it."""

    def concerns(self, delivery: Delivery, outcome: Outcome) -> bool:
        """Whether `settled` has something to do."""

    async def settled(self, delivery: Delivery, outcome: Outcome) -> None:
        """Called after the outcome is in the store. A fault in it changes nothing there."""

    async def delayed(self, delivery: Delivery, again_at: datetime) -> None:
        """Called where it did not go out and the next try is some way off."""


@dataclass(frozen=True, slots=True)
class ClaimLease:
    """A claim's Lease, on two clocks: the monotonic one, which no change of the time moves, and the wall's, which goes
    on while the machine is suspended. It can still run out between the check and the write."""

    ends: float
    ends_at: datetime
    monotonic: Callable[[], float]
    clock: Clock

    @classmethod
    def begin(cls, monotonic: Callable[[], float], clock: Clock) -> Self:
        """Before the claim, so that it ends no later than the claim's own."""
        return cls(monotonic() + LEASE.total_seconds(), clock.now() + LEASE, monotonic, clock)

    @property
    def age(self) -> float:
        return self.monotonic() - self.ends + LEASE.total_seconds()

    def left(self) -> float:
        """Seconds."""
        return min(self.ends - self.monotonic(), (self.ends_at - self.clock.now()).total_seconds())

    def check(self) -> None:
        if self.left() < CALL_LIMIT:
            raise DeliveryError("lease", retry_after=1)


class Carrier:
    """Sends what the drain claimed, and writes down the outcome. Nothing that a handler or the store raises gets out of
    it."""

    def __init__(
        self,
        store: OutboxStore,
        handler: Handler,
        clock: Clock,
        pace: Pace,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._handler = handler
        self._clock = clock
        self._pace = pace
        self._limit = Limit()
        self._complaint = Complaint("the database does not take the outcome of a delivery; trying on", monotonic)

    async def attempt(self, delivery: Delivery, lease: ClaimLease) -> Outcome | Again:
        """Sends it, or finds what else there is to do."""
        if policy.worn_out(delivery):
            return Failed("gave_up")
        if self._pace.rests(delivery):
            return Again(timedelta(), "resting", counts=False)
        if wait := self._pace.held(delivery):
            return Again(timedelta(seconds=wait), "held", counts=False)
        result = await caught(self._deliver(delivery, lease))
        self._pace.rest(delivery)
        if isinstance(result, Trouble):
            _log.error("delivery %d met a bug (reference %s)\n%s", delivery.id, result.reference, result.trace)
            # It may have struck after Slack took the message.
            result = DeliveryError("bug", uncertain=True)
        return self._after(result, delivery) if isinstance(result, DeliveryError) else result

    async def end(self, delivery: Delivery, step: Outcome | Again) -> bool:
        """Writes down what became of it; True where somebody is to be told. An outcome that is lost is a message sent
        twice."""
        tries = 0

        async def write() -> bool:
            nonlocal tries
            tries += 1
            return await self._end(delivery, step)

        was_ours = await insist(write, self._complaint)
        # A try whose answer was lost may have been written all the same: then nobody else will tell that it was sent.
        was_ours = was_ours or (tries > 1 and isinstance(step, Sent))
        return was_ours and self._is_worth_telling(delivery, step)

    async def tell(self, delivery: Delivery, step: Outcome | Again) -> None:
        """Tells whoever waits for it."""
        told = await caught(self._told(delivery, step))
        if isinstance(told, Trouble):
            _log.error("nobody heard of delivery %d (reference %s)\n%s", delivery.id, told.reference, told.trace)

    async def _deliver(self, delivery: Delivery, lease: ClaimLease) -> Sent | Dropped | DeliveryError:
        try:
            lease.check()
            return await self._limit.within(lease.left() - END_LIMIT, self._handler.deliver(delivery, lease))
        except DeliveryError as error:
            return error
        except StorageError:
            return DeliveryError("storage")  # nothing is read or written between a send and its outcome
        except TimeoutError:
            return DeliveryError("timeout", uncertain=True)

    def _after(self, error: DeliveryError, delivery: Delivery) -> Again | Failed:
        step = policy.after(error, delivery)
        if error.stops_posting and isinstance(step, Again):
            self._pace.hold(delivery.owner.installation, step.pause.total_seconds())
        _log.warning("delivery %d, try %d: %s, %s", delivery.id, delivery.attempts, error.code, type(step).__name__)
        return step

    async def _end(self, delivery: Delivery, step: Outcome | Again) -> bool:
        now = self._clock.now()
        match step:
            case Sent(channel, found):
                return await self._store.sent(delivery, now, channel, counts=not found)
            case Dropped(why):
                return await self._store.dropped(delivery, why, now)
            case Failed(code):
                return await self._store.failed(delivery, code, now, self._handler.notice(delivery, code, now))
            case Again(pause, code, uncertain, alone, counts):
                at = now + pause if pause else min(delivery.due_at, now)
                return await self._store.again(delivery, at, code, uncertain=uncertain, alone=alone, counts=counts)

    def _is_worth_telling(self, delivery: Delivery, step: Outcome | Again) -> bool:
        if isinstance(step, Again):
            return step.pause >= WORTH_TELLING
        return self._handler.concerns(delivery, step)

    async def _told(self, delivery: Delivery, step: Outcome | Again) -> None:
        # A delay that is told after the next try would hide what came of that.
        pause = step.pause.total_seconds() if isinstance(step, Again) else TELL_LIMIT
        async with asyncio.timeout(min(pause, TELL_LIMIT)):
            if isinstance(step, Again):
                await self._handler.delayed(delivery, self._clock.now() + step.pause)
            else:
                await self._handler.settled(delivery, step)
