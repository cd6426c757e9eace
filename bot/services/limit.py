"""Time-outs for many short tasks by one timer: one of asyncio's own for each costs as much as a statement in the
database."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar, cast

T = TypeVar("T")

TICK = 0.25
"""Seconds by which an end may come late."""


class Limit:
    """Ends what takes too long."""

    def __init__(self) -> None:
        self._until: dict[asyncio.Task[Any], float] = {}
        self._ended: set[asyncio.Task[Any]] = set()
        self._timer: asyncio.TimerHandle | None = None

    async def within(self, seconds: float, work: Coroutine[Any, Any, T]) -> T:
        """Awaits `work`. Raises TimeoutError where it took longer; a task has one such work at a time."""
        task, loop = cast("asyncio.Task[Any]", asyncio.current_task()), asyncio.get_running_loop()
        self._until[task] = loop.time() + seconds
        if self._timer is None:
            self._timer = loop.call_later(TICK, self._look, loop)
        try:
            return await work
        except asyncio.CancelledError:
            if task not in self._ended or task.uncancel():
                raise
            raise TimeoutError from None
        finally:
            self._ended.discard(task)
            del self._until[task]

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        now = loop.time()
        for task in [task for task, until in self._until.items() if until <= now]:
            if task not in self._ended:
                self._ended.add(task)
                task.cancel()
        self._timer = loop.call_later(TICK, self._look, loop) if self._until else None
