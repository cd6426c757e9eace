"""The drain: one task that claims what is due, keeps every hand full, and sleeps until the next row."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta

from bot.outbox.alarm import Alarm
from bot.outbox.carrier import BEGINS_WITHIN, LEASE, Carrier, Handler, Term
from bot.outbox.foresight import Foresight
from bot.outbox.pace import Pace
from bot.outbox.policy import Again
from bot.services.deliveries import Delivery, Outcome, Together
from bot.services.ports import Clock, OutboxStore
from bot.services.trouble import Complaint, Trouble, caught, pauses

PLACES = 40
"""Messages in flight at once."""

BEHIND = 2 * PLACES
"""Rows that wait for a place, so that none is empty for the time of a claim. More would outlast their lease where Slack
takes seconds for each."""

HANDS = 5 * PLACES
"""Rows held at once, with those that are being marked. A kill leaves as many in doubt."""

MANY = PLACES
"""Hands that a busy drain lets come free before it claims again: one claim for as many as can be in flight."""

PATIENCE = 0.05
"""Seconds that it waits for so many; what hangs must not hold up the others."""

BLOCKED = timedelta(seconds=0.2)
"""When to look again for a row that is due but must wait for its lane, its installation or another process."""

TOGETHER = Together(within=timedelta(minutes=5), at_most=5)
"""Nudges for one person that come within five minutes are one message; five can be read in one."""

GIVE_BACK = 1.0
"""Seconds at the end of a stop for giving back, where the database is slow or away."""

GATHER = 0.005
"""Seconds in which more hands may come free, so that a busy drain claims several rows at once."""


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
        self._waiting: deque[tuple[Delivery, Term]] = deque()  # for a place
        self._placed = 0
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
                await self._more_hands()

    async def _look(self) -> None:
        """Starts all that can go now, and arms the alarm for what cannot."""
        askers = tuple(self._askers)
        if self._free() and (others := self._pace.others_turn()):
            await self._claim(self._free(), others)
        if await self._fill_hands():
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

    async def _fill_hands(self) -> bool:
        """False where fewer rows can go than there are hands. What can fly at once is claimed first: a claim for every
        hand takes longer."""
        if not self._placed and self._free() > PLACES and not await self._claim(PLACES):
            return False
        free = self._free()
        return not free or await self._claim(free)

    async def _claim(self, many: int, others: Sequence[str] = ()) -> bool:
        """Claims so many rows and starts them; False where there were fewer. Whose turn comes, goes before all that
        waits."""
        if self._stopping.is_set():
            return False
        term = Term.begin(self._monotonic, self._clock)
        busy = self._pace.busy(others)
        rows = await self._store.claim(self._clock.now(), many, LEASE, busy, TOGETHER, BEGINS_WITHIN)
        for row in rows:
            self._pace.begin(row)
        claimed = [(row, term) for row in rows]
        if others:
            self._waiting.extendleft(reversed(claimed))
        else:
            self._waiting.extend(claimed)
        self._fill()
        return len(rows) == many

    def _free(self) -> int:
        waiting = len(self._waiting)
        return min(PLACES + BEHIND - self._placed - waiting, HANDS - len(self._carrying) - waiting)

    def _fill(self) -> None:
        """What waits takes the places that are free."""
        while self._waiting and self._placed < PLACES:
            self._placed += 1
            self._start(*self._waiting.popleft())

    def _start(self, delivery: Delivery, term: Term) -> None:
        task = asyncio.create_task(self._carry(delivery, term))
        self._carrying.add(task)
        task.add_done_callback(self._ended)

    async def _carry(self, delivery: Delivery, term: Term) -> None:
        try:
            step = await self._attempt(delivery, term)
            is_to_be_told = await self._carrier.mark(delivery, step)
        finally:
            self._pace.end(delivery)
        if is_to_be_told:
            self._came_free()  # its lane did, and telling may take a while
            await self._carrier.tell(delivery, step)

    async def _attempt(self, delivery: Delivery, term: Term) -> Outcome | Again:
        try:
            return await self._carrier.attempt(delivery, term)
        finally:
            self._placed -= 1
            self._fill()
            self._came_free()

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._carrying.discard(task)
        self._came_free()

    def _came_free(self) -> None:
        if self._free() >= MANY:
            self._enough.set()
        self.wake()

    async def _more_hands(self) -> None:
        await asyncio.sleep(GATHER)
        if self._free() < MANY:
            self._enough.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(PATIENCE):
                    await self._enough.wait()

    async def _give_back(self, untried: Sequence[Delivery]) -> None:
        stopped = Again(timedelta(), "stopped", counts=False)
        with suppress(TimeoutError):
            async with asyncio.timeout(GIVE_BACK):
                await asyncio.gather(*(self._carrier.mark(delivery, stopped) for delivery in untried))

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)

    async def _finished(self) -> None:
        while tasks := self._tasks():
            await asyncio.wait(tasks)

    def _tasks(self) -> set[asyncio.Task[None]]:
        return {task for task in (self._task, *self._carrying) if task and not task.done()}
