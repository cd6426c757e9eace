"""The drain: one task that claims what is due, keeps as much in flight as may be, and sleeps until the next row."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta

from bot.outbox.alarm import Alarm
from bot.outbox.carrier import BEGINS_WITHIN, LEASE, Carrier, ClaimLease, Handler
from bot.outbox.foresight import Foresight
from bot.outbox.pace import Pace
from bot.outbox.policy import Again
from bot.services.deliveries import Delivery, Outcome, Together
from bot.services.ports import Busy, Clock, OutboxStore
from bot.services.trouble import Complaint, Trouble, caught, pauses

IN_FLIGHT = 40
"""Messages at once."""

QUEUED = 2 * IN_FLIGHT
"""Rows that wait to be in flight, so that none is missing for the time of a claim. More would outlast their lease where
Slack takes seconds for each."""

HELD = 5 * IN_FLIGHT
"""Rows held at once, with those whose outcome is being written down. A kill leaves as many in doubt."""

BATCH = IN_FLIGHT
"""Rows that a busy drain has room for before it claims again: one claim for as many as can be in flight."""

BATCH_WAIT = 0.05
"""Seconds that it waits for so much room; what hangs must not hold up the others."""

BATCH_PAUSE = 0.005
"""Seconds that it waits in any case, so that it claims several rows at once."""

BLOCKED = timedelta(seconds=0.2)
"""When to look again for a row that is due but must wait for its lane, its installation or another process."""

TOGETHER = Together(within=timedelta(minutes=5), at_most=5)
"""Nudges for one person that come within five minutes are one message; five can be read in one."""

GIVE_BACK = 1.0
"""Seconds at the end of a stop for giving back, where the database is slow or away."""


class Drain:
    """Sends what is due, from `start` to `stop`. Nothing stops it in between: not a bug in a handler, not a
    database that is away."""

    def __init__(
        self,
        store: OutboxStore,
        handler: Handler,
        clock: Clock,
        alarm: Alarm,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._clock = clock
        self._alarm = alarm
        self._monotonic = monotonic
        self._pace = Pace(monotonic)
        self._carrier = Carrier(store, handler, clock, self._pace, monotonic)
        self._foresight = Foresight(store, handler, clock, lambda: bool(self._carrying))
        self._complaint = Complaint("the database does not hand out what is due; trying on", monotonic)
        self._waiting: deque[tuple[Delivery, ClaimLease]] = deque()  # to be in flight
        self._in_flight = 0
        self._carrying: set[asyncio.Task[None]] = set()
        self._askers: list[asyncio.Event] = []
        self._enough = asyncio.Event()
        self._stopping = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """What became due while nobody ran goes out at once."""
        self._alarm.start()
        self._task = asyncio.create_task(self._run(), name="drain")

    async def stop(self, grace: float) -> None:
        """Claims no more and finishes what it holds, within `grace` seconds. What was not begun by then is given back,
        for others to send; what is cut off keeps its lease until that runs out, and comes back uncertain."""
        self._stopping.set()
        self.wake()
        with suppress(TimeoutError):
            async with asyncio.timeout(grace - GIVE_BACK):
                await self._finished()
        untried = [delivery for delivery, _ in self._waiting]
        self._waiting.clear()
        for task in self._tasks():
            task.cancel()
        await asyncio.gather(*self._tasks(), return_exceptions=True)
        await self._give_back(untried)
        await self._foresight.stop()
        self._alarm.stop()

    def wake(self) -> None:
        """Something may be due: look now. Cheap, from anywhere on the loop."""
        self._alarm.ring()

    async def idle(self) -> None:
        """Returns when nothing is due and nothing in flight, seen by a look that began after the call."""
        asker = asyncio.Event()
        self._askers.append(asker)
        self.wake()
        try:
            await asker.wait()
        finally:
            self._askers.remove(asker)

    async def _run(self) -> None:
        waits = pauses()
        while not self._stopping.is_set():
            look = await caught(self._look())
            if isinstance(look, Trouble):
                self._complaint.about(look)
                await self._pause(next(waits))
                continue
            waits = pauses()
            await self._alarm.wait()
            if self._carrying:
                await self._more_room()

    async def _look(self) -> None:
        """Starts all that can go now, and arms the alarm for what cannot."""
        askers = tuple(self._askers)
        if self._room() and (turn := self._pace.turn()):
            await self._claim(self._room(), turn)
        if await self._claim_what_fits():
            return  # whoever ends rings
        self._pace.nobody_waits()
        quiet = not self._carrying  # else one may be put back while the store is asked
        due, now = await self._store.next_due(), self._clock.now()
        blocked = due is not None and due <= now
        self._alarm.set(now + BLOCKED if blocked else due)
        if quiet and not blocked:
            self._foresight.look(due)
            for asker in askers:
                asker.set()

    async def _claim_what_fits(self) -> bool:
        """False where fewer rows can go than there is room for. What can be in flight at once is claimed first: a claim
        for all the room takes longer."""
        if not self._in_flight and self._room() > IN_FLIGHT and not await self._claim(IN_FLIGHT):
            return False
        free = self._room()
        return not free or await self._claim(free)

    async def _claim(self, many: int, turn: Busy | None = None) -> bool:
        """Claims so many rows and starts them; False where there were fewer. What is claimed in a turn goes before all
        that waits."""
        if self._stopping.is_set():
            return False
        lease = ClaimLease.begin(self._monotonic, self._clock)
        busy = turn or self._pace.busy()
        rows = await self._store.claim(self._clock.now(), many, LEASE, busy, TOGETHER, BEGINS_WITHIN)
        for row in rows:
            self._pace.begin(row)
        claimed = [(row, lease) for row in rows]
        if turn:
            self._waiting.extendleft(reversed(claimed))
        else:
            self._waiting.extend(claimed)
        self._send_off()
        return len(rows) == many

    def _room(self) -> int:
        waiting = len(self._waiting)
        return min(IN_FLIGHT + QUEUED - self._in_flight - waiting, HELD - len(self._carrying) - waiting)

    def _send_off(self) -> None:
        """Starts what waits, as far as it may be in flight."""
        while self._waiting and self._in_flight < IN_FLIGHT:
            self._in_flight += 1
            self._start(*self._waiting.popleft())

    def _start(self, delivery: Delivery, lease: ClaimLease) -> None:
        task = asyncio.create_task(self._carry(delivery, lease))
        self._carrying.add(task)
        task.add_done_callback(self._ended)

    async def _carry(self, delivery: Delivery, lease: ClaimLease) -> None:
        try:
            step = await self._attempt(delivery, lease)
            is_to_be_told = await self._carrier.end(delivery, step)
        finally:
            self._pace.end(delivery)
        if is_to_be_told:
            self._room_came()  # its lane did, and telling may take a while
            await self._carrier.tell(delivery, step)

    async def _attempt(self, delivery: Delivery, lease: ClaimLease) -> Outcome | Again:
        try:
            return await self._carrier.attempt(delivery, lease)
        finally:
            self._in_flight -= 1
            self._send_off()
            self._room_came()

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._carrying.discard(task)
        self._room_came()

    def _room_came(self) -> None:
        if self._room() >= BATCH:
            self._enough.set()
        self.wake()

    async def _more_room(self) -> None:
        await asyncio.sleep(BATCH_PAUSE)
        if self._room() < BATCH:
            self._enough.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(BATCH_WAIT):
                    await self._enough.wait()

    async def _give_back(self, untried: Sequence[Delivery]) -> None:
        stopped = Again(timedelta(), "stopped", counts=False)
        with suppress(TimeoutError):
            async with asyncio.timeout(GIVE_BACK):
                await asyncio.gather(*(self._carrier.end(delivery, stopped) for delivery in untried))

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)

    async def _finished(self) -> None:
        while tasks := self._tasks():
            await asyncio.wait(tasks)

    def _tasks(self) -> set[asyncio.Task[None]]:
        return {task for task in (self._task, *self._carrying) if task and not task.done()}
