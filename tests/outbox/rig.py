"""A drain on a store in memory, a Slack made of fates, and a clock that jumps instead of waiting."""

import asyncio
import itertools
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from enum import Enum

from bot.clock import SystemClock
from bot.outbox.alarm import Alarm
from bot.outbox.drain import Drain
from bot.services.deliveries import Delivery, Dropped, Kind, NewDelivery, Outcome, Sent
from bot.services.errors import DeliveryError, StorageError
from bot.services.ports import Lease
from tests.outbox.memory import MemoryOutbox
from tests.outbox.rows import new_row

PATIENCE = 20
"""Seconds after which a test that waits for an event gives up; nothing is measured by it."""


class HandClock(SystemClock):
    """Jumps on both scales: the instants and the monotonic seconds. Only the wall's can be `set`, also back."""

    def __init__(self) -> None:
        super().__init__()
        self._set_by = timedelta()

    def now(self) -> datetime:
        return super().now() + self._set_by

    def real(self, instant: datetime) -> datetime:
        return super().real(instant) - self._set_by

    def monotonic(self) -> float:
        return time.monotonic() + self.offset.total_seconds()

    def set(self, by: timedelta) -> None:
        self._set_by += by


class Fate(Enum):
    """What becomes of one try."""

    TAKEN = "Slack takes it"
    UNHEARD = "Slack takes it, and the answer is lost"
    LOST = "it is lost on its way, nobody knows"
    REFUSED = "Slack says that it is busy"
    LIMITED = "Slack answers 429"
    BUG = "a bug before it goes out"
    LATE_BUG = "a bug after Slack took it"
    UNWANTED = "it is no longer wanted"
    FORBIDDEN = "Slack refuses for good"
    NO_STORE = "the database is away before it goes out"


_REACHES_SLACK = (Fate.TAKEN, Fate.UNHEARD, Fate.LATE_BUG)
_ERRORS = {
    Fate.UNHEARD: DeliveryError("timeout", uncertain=True),
    Fate.LOST: DeliveryError("connection", uncertain=True),
    Fate.REFUSED: DeliveryError("service_unavailable"),
    Fate.LIMITED: DeliveryError("ratelimited", retry_after=7.0, stops_posting=True),
    Fate.NO_STORE: StorageError("Cannot use the database"),
    Fate.BUG: KeyError("what a person wrote"),
    Fate.LATE_BUG: TypeError("what a person wrote"),
    Fate.FORBIDDEN: DeliveryError("account_inactive", permanent=True),
}


class FateHandler:
    """A handler whose tries end as told, then all well. `asks` lets it find out what Slack took already.

    What it sees that must never be is collected in `faults`: raising would only look like a bug of its own.
    """

    def __init__(self, clock: HandClock, asks: bool = True) -> None:
        self.fates: dict[str, list[Fate]] = {}
        self.gates: dict[str, asyncio.Event] = {}
        self.begun: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self.slack: list[str] = []
        self.told: list[tuple[str, Outcome]] = []
        self.delays: list[tuple[str, datetime]] = []
        self.faults: list[str] = []
        self.notices: dict[str, NewDelivery] = {}
        self.hears: asyncio.Event | None = None
        self.composed: list[str] = []
        self.composing = asyncio.Semaphore(0)
        self.most_at_once = 0
        self._clock = clock
        self._asks = asks
        self._flying: set[str] = set()
        self._ended: dict[str, float] = {}

    async def deliver(self, delivery: Delivery, lease: Lease) -> Sent | Dropped:
        self._watch(delivery)
        self.begun[delivery.key].set()
        try:
            return await self._meet_fate(delivery, lease)
        finally:
            self._flying.discard(delivery.lane)
            self._ended[delivery.lane] = self._clock.monotonic()

    async def compose_ahead(self, delivery: Delivery) -> None:
        self.composed.append(delivery.key)
        self.composing.release()

    def forget(self) -> None:
        pass

    def notice(self, delivery: Delivery, code: str, now: datetime) -> NewDelivery | None:
        return self.notices.get(delivery.key)

    def concerns(self, delivery: Delivery, outcome: Outcome) -> bool:
        return True

    async def settled(self, delivery: Delivery, outcome: Outcome) -> None:
        if self.hears:
            await self.hears.wait()
        self.told.append((delivery.key, outcome))

    async def delayed(self, delivery: Delivery, again_at: datetime) -> None:
        self.delays.append((delivery.key, again_at))

    async def _meet_fate(self, delivery: Delivery, lease: Lease) -> Sent | Dropped:
        if delivery.uncertain and self._asks and delivery.key in self.slack:
            return Sent()
        if gate := self.gates.get(delivery.key):
            await gate.wait()
        await asyncio.sleep(0)
        lease.check()
        fates = self.fates.get(delivery.key)
        fate = fates.pop(0) if fates else Fate.TAKEN
        if fate in _REACHES_SLACK:
            self.slack.append(delivery.key)
        await asyncio.sleep(0)
        if error := _ERRORS.get(fate):
            raise error
        return Dropped("not_wanted") if fate is Fate.UNWANTED else Sent()

    def _watch(self, delivery: Delivery) -> None:
        if delivery.lane in self._flying:
            self.faults.append(f"two at once in lane {delivery.lane}")
        if self._clock.monotonic() < self._ended.get(delivery.lane, 0.0) + 1:
            self.faults.append(f"no second between two in lane {delivery.lane}")
        if delivery.due_at > self._clock.now():
            self.faults.append(f"{delivery.key} came early")
        self._flying.add(delivery.lane)
        self.most_at_once = max(self.most_at_once, len(self._flying))


class Rig:
    """Everything one test needs. `drain` may be replaced, as a new process would; the store stays."""

    def __init__(self, asks: bool = True) -> None:
        self.clock = HandClock()
        self.store = MemoryOutbox()
        self.handler = FateHandler(self.clock, asks)
        self.drain = self.new_drain()

    def new_drain(self) -> Drain:
        return Drain(self.store, self.handler, self.clock, Alarm(self.clock), self.clock.monotonic)

    async def add(
        self,
        *keys: str,
        due_in: float = 0.0,
        lane: str | None = None,
        installation: str = "T1",
        kind: Kind = Kind.NUDGE,
    ) -> Sequence[NewDelivery]:
        due_at = self.clock.now() + timedelta(seconds=due_in)
        rows = [new_row(key, due_at, lane, installation, kind) for key in keys]
        await self.store.add(rows, self.clock.now())
        return rows

    def jump(self, seconds: float) -> None:
        self.clock.jump(self.clock.now() + timedelta(seconds=seconds))
        self.drain.wake()

    async def run_down(self) -> None:
        """Jumps from row to row until every one is settled; never while somebody holds a claim."""
        async with asyncio.timeout(PATIENCE):
            while rows := self.store.open():
                if not self.store.running():
                    self.jump(max((rows[0].due_at - self.clock.now()).total_seconds(), 1.0))
                await asyncio.sleep(0)
            await self.drain.idle()

    def state(self, key: str) -> Delivery:
        return next(row for row in self.store.rows.values() if row.key == key)


@asynccontextmanager
async def running(rig: Rig) -> AsyncIterator[Rig]:
    """Starts the rig's drain, and stops whichever it has at the end."""
    await rig.drain.start()
    try:
        yield rig
    finally:
        for gate in rig.handler.gates.values():
            gate.set()
        await rig.drain.stop(PATIENCE)


async def soon(event: asyncio.Event) -> None:
    """Waits for what must come, without saying how soon."""
    await asyncio.wait_for(event.wait(), PATIENCE)


async def until(holds: Callable[[], bool]) -> None:
    """Waits for a state of which nobody tells."""
    async with asyncio.timeout(PATIENCE):
        for _ in itertools.takewhile(lambda _: not holds(), itertools.count()):
            await asyncio.sleep(0)
