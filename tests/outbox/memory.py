"""An outbox in memory that keeps the promises which the engine builds on: tokens, leases, lanes. A row that is put back
is due then; the SQL store remembers both instants."""

import asyncio
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import Any

from bot.services.deliveries import Delivery, DeliveryState, Kind, NewDelivery, Together
from bot.services.model import Person
from bot.services.ports import NOTHING, Busy

_OPEN = (DeliveryState.PENDING, DeliveryState.CLAIMED)


class MemoryOutbox:
    """An OutboxStore. `broken` makes every call raise, as a database that is away would, and counts it in `refusals`.
    `pause` keeps the answer of `next_due` back, and `paused` says that one is kept. Each call gives the loop a turn
    before and after its one atomic step, so that a cut can fall on either side."""

    def __init__(self) -> None:
        self.rows: dict[int, Delivery] = {}
        self.leases: dict[int, datetime] = {}
        self.tried: dict[int, datetime] = {}
        self.broken: Exception | None = None
        self.refusals = asyncio.Semaphore(0)
        self.pause: asyncio.Event | None = None
        self.paused = asyncio.Event()
        self.claims: list[tuple[int, Busy]] = []  # what each asked for
        self._numbers = itertools.count(1)
        self._tokens = itertools.count(1)

    async def add(self, deliveries: Sequence[NewDelivery], now: datetime) -> None:
        await self._answer()
        known = {row.key for row in self.rows.values()}
        for new in deliveries:
            if new.key not in known:
                known.add(new.key)
                number = next(self._numbers)
                values = {field.name: getattr(new, field.name) for field in fields(NewDelivery)}
                self.rows[number] = Delivery(**values, id=number)
        await asyncio.sleep(0)

    async def to_send(self, owner: Person, negotiation_id: str) -> list[Delivery]:
        await self._answer()
        return [row for row in self.open() if row.owner == owner and row.negotiation_id == negotiation_id]

    async def coming(self, after: tuple[datetime, int], until: datetime, limit: int) -> list[Delivery]:
        fresh = [
            row
            for row in self.open()
            if not row.attempts and not row.outcome and after < (row.due_at, row.id) and row.due_at <= until
        ]
        await asyncio.sleep(0)
        return fresh[:limit]

    async def next_due(self) -> datetime | None:
        await self._answer()
        due = min((self.leases.get(row.id, row.due_at) for row in self.open()), default=None)
        if self.pause:
            self.paused.set()
            await self.pause.wait()
        return due

    async def claim(
        self,
        now: datetime,
        limit: int,
        lease: timedelta,
        busy: Busy = NOTHING,
        together: Together | None = None,
        begins_within: timedelta = timedelta(),
    ) -> list[Delivery]:
        """Every row goes alone: what goes together is the SQL store's own story."""
        await self._answer()
        self.claims.append((limit, busy))
        due = self._claimable(now, busy)
        claimed = [self._claim(row, now + begins_within) for row in itertools.islice(due, limit)]
        self.leases |= {row.id: now + lease for row in claimed}
        await asyncio.sleep(0)
        return claimed

    async def drop_nudges(self, owner: Person, negotiation_id: str, why: str, now: datetime) -> None:
        raise AssertionError("the engine leaves that to its handler")

    async def nudges(self, owner: Person) -> list[Delivery]:
        raise AssertionError("the engine leaves that to its handler")

    async def move(self, nudge: Delivery, due_at: datetime | None, now: datetime) -> bool:
        raise AssertionError("the engine leaves that to its handler")

    async def private_channel(self, owner: Person) -> str | None:
        raise AssertionError("the engine leaves that to its handler")

    async def sent(self, delivery: Delivery, now: datetime, channel: str = "", *, counts: bool = True) -> bool:
        attempts = delivery.attempts - (not counts)
        return await self._mark(delivery, state=DeliveryState.SENT, settled_at=now, attempts=attempts)

    async def again(
        self,
        delivery: Delivery,
        due_at: datetime,
        code: str,
        *,
        uncertain: bool,
        alone: bool = False,
        counts: bool = True,
    ) -> bool:
        return await self._mark(
            delivery,
            state=DeliveryState.PENDING,
            due_at=due_at,
            outcome=code,
            uncertain_at=self.tried[delivery.id] if uncertain else delivery.uncertain_at,
            doubts=1 if alone else delivery.doubts + uncertain,
            attempts=delivery.attempts - (not counts),
        )

    async def failed(self, delivery: Delivery, code: str, now: datetime, notice: NewDelivery | None = None) -> bool:
        ours = await self._mark(delivery, state=DeliveryState.FAILED, outcome=code, settled_at=now)
        if ours and notice:
            await self.add([notice], now)
        return ours

    async def dropped(self, delivery: Delivery, why: str, now: datetime) -> bool:
        return await self._mark(delivery, state=DeliveryState.DROPPED, outcome=why, settled_at=now)

    def open(self) -> list[Delivery]:
        """What is still to be sent, soonest first."""
        return sorted((row for row in self.rows.values() if row.state in _OPEN), key=lambda row: (row.due_at, row.id))

    def running(self) -> list[Delivery]:
        """What somebody holds a claim on, run out or not."""
        return [row for row in self.rows.values() if row.state is DeliveryState.CLAIMED]

    def _claimable(self, now: datetime, busy: Busy) -> Iterator[Delivery]:
        lanes = {*busy.lanes} | {self.rows[number].lane for number, end in self.leases.items() if end > now}
        for row in self.open():
            if self.leases.get(row.id, row.due_at) > now:
                continue
            held = row.owner.installation in busy.posting and row.kind is not Kind.SCRIPT
            if row.lane not in lanes and row.owner.installation not in busy.installations and not held:
                lanes.add(row.lane)
                yield row

    def _claim(self, row: Delivery, begun_by: datetime) -> Delivery:
        ran_out = row.state is DeliveryState.CLAIMED
        claimed = replace(
            row,
            state=DeliveryState.CLAIMED,
            attempts=row.attempts + 1,
            uncertain_at=self.tried[row.id] if ran_out else row.uncertain_at,
            doubts=row.doubts + ran_out,
            claim=f"claim {next(self._tokens)}",
        )
        self.rows[row.id] = claimed
        self.tried[row.id] = begun_by
        return claimed

    async def _mark(self, delivery: Delivery, **change: Any) -> bool:
        await self._answer()
        row = self.rows[delivery.id]
        ours = row.state is DeliveryState.CLAIMED and row.claim == delivery.claim
        if ours:
            self.rows[row.id] = replace(row, **change)
            del self.leases[row.id]
        await asyncio.sleep(0)
        return ours

    async def _answer(self) -> None:
        await asyncio.sleep(0)
        if self.broken:
            self.refusals.release()
            raise self.broken
