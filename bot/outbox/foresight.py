"""Foresight: uses the quiet before an instant to compose what is due then."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

from bot.services.deliveries import Delivery
from bot.services.ports import Clock, OutboxStore
from bot.services.trouble import Trouble, caught

AHEAD = timedelta(minutes=1)
"""How far it looks. The drain looks at least at every sweep, so nothing comes up unseen."""

FEW = 5
"""Rows composed in one go; between two goes whoever waits for an answer has a turn."""


class Composer(Protocol):
    """Who can compose a delivery before its instant."""

    async def compose_ahead(self, delivery: Delivery) -> None:
        """It may never be called, and what it found may change before the delivery."""

    def forget(self) -> None:
        """Lets go of what was composed and nobody used."""


class Foresight:
    """One look at a time, each from where the last one ended. What goes wrong here goes wrong again at the delivery,
    where it counts."""

    def __init__(self, store: OutboxStore, composer: Composer, clock: Clock, busy: Callable[[], bool]) -> None:
        self._store = store
        self._composer = composer
        self._clock = clock
        self._busy = busy
        self._seen = datetime.min.replace(tzinfo=UTC), 0
        self._task: asyncio.Task[None] | None = None

    def look(self, next_due: datetime | None) -> None:
        """To be called when nothing is due now."""
        self._composer.forget()
        soon = next_due is not None and next_due <= self._clock.now() + AHEAD
        if soon and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._run(), name="foresight")

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _run(self) -> None:
        now = self._clock.now()
        self._seen = max(self._seen, (now, 0))
        while not self._busy():
            rows = await caught(self._store.coming(self._seen, now + AHEAD, FEW))
            if isinstance(rows, Trouble) or not rows:
                return
            await asyncio.gather(*map(self._compose, rows))
            self._seen = rows[-1].due_at, rows[-1].id

    async def _compose(self, row: Delivery) -> None:
        await caught(self._composer.compose_ahead(row))
