"""Work that follows an answer: what may take long runs in one supervised set of tasks, never before the ack."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any

from bot.services.trouble import Trouble, caught

_log = logging.getLogger(__name__)

Step = Callable[[], None]


class _Answer:
    """One answer being made, and the steps that wait for it to leave."""

    def __init__(self) -> None:
        self.left = False
        self.steps: list[Step] = []


_current: ContextVar[_Answer | None] = ContextVar("current_answer", default=None)


def soon(step: Step) -> None:
    """Runs a quick step once the current answer has left; at once where none is being made."""
    answer = _current.get()
    if answer is None or answer.left:
        step()
    else:
        answer.steps.append(step)


Work = Callable[[], Coroutine[Any, Any, object]]
OnError = Callable[[Exception], Awaitable[None]]

PATIENT_AT_ONCE = 2
"""Patient tasks under way."""

CALM = 0.05
"""Seconds without a new payload, after which a patient task may begin."""

PATIENCE = 2.0
"""Seconds that it waits for such a calm, once fewer than two others are under way."""


class Background:
    """The supervised set. A task that fails is handed to its `on_error`; at stop all are waited for.

    A patient task is one that nobody waits for: in a rush the answers that people do wait for come before it.
    """

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._tasks: set[asyncio.Task[None]] = set()
        self._patient = asyncio.Semaphore(PATIENT_AT_ONCE)
        self._now = monotonic
        self._calm_at = 0.0

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Around handling one payload: what `soon` is given inside runs when the answer has left."""
        self._calm_at = self._now() + CALM
        answer = _Answer()
        token = _current.set(answer)
        try:
            yield
        finally:
            _current.reset(token)
            answer.left = True
            for step in answer.steps:
                step()

    def start(self, work: Work, on_error: OnError, *, patient: bool = False) -> None:
        """Starts `work` once the current answer has left; a `patient` one in a calm, when few others are under way."""
        soon(lambda: self._spawn(self._in_turn(work, self._now() + PATIENCE) if patient else work, on_error))

    def _in_turn(self, work: Work, latest: float) -> Work:
        async def turn() -> None:
            async with self._patient:
                await self._calm(latest)
                await work()

        return turn

    async def _calm(self, latest: float) -> None:
        while True:
            left = min(self._calm_at, latest) - self._now()
            if left <= 0:
                return
            await asyncio.sleep(left)  # meanwhile another payload may come

    def _spawn(self, work: Work, on_error: OnError) -> None:
        task = asyncio.get_running_loop().create_task(_supervised(work, on_error))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def drain(self, seconds: float) -> None:
        """Waits up to `seconds` for what still runs, then cancels it."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self._tasks:  # one may start another
                    await asyncio.wait(set(self._tasks))
                    await asyncio.sleep(0)
        while self._tasks:
            late = set(self._tasks)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)


async def _supervised(
    work: Callable[[], Coroutine[Any, Any, object]], on_error: Callable[[Exception], Awaitable[None]]
) -> None:
    done = await caught(work())
    if isinstance(done, Trouble):
        told = await caught(on_error(done.error))
        if isinstance(told, Trouble):
            _log.error("An error could not be told to its person (reference %s)\n%s", told.reference, told.trace)
