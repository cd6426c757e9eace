"""Work that comes while the same is under way goes together with the next: one turn of a thread for many callers."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from bot.services.errors import StorageError
from bot.services.trouble import Trouble, caught

A = TypeVar("A")
B = TypeVar("B")

Work = Callable[[Sequence[A]], Awaitable[Sequence[B]]]
Turn = Sequence[tuple[A, asyncio.Future[B]]]

MOST = 200
"""In one turn; a longer one would keep the first waiting for the last."""


class Gathering(Generic[A, B]):
    """Many at a time are done in few turns of `work`; alone, a call is done in the next round of the loop."""

    def __init__(self, work: Work[A, B]) -> None:
        self._work = work
        self._waiting: list[tuple[A, asyncio.Future[B]]] = []
        self._running: asyncio.Task[None] | None = None

    async def do(self, one: A) -> B:
        """What the work answers for this one among those that it is given, or raises: StorageError for all of them."""
        answer: asyncio.Future[B] = asyncio.get_running_loop().create_future()
        self._waiting.append((one, answer))
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._run())
        return await answer

    async def _run(self) -> None:
        while self._waiting:
            await asyncio.sleep(0)  # for those that come in the same round of the loop
            turn, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            done = await caught(self._work([one for one, _ in turn]))
            if isinstance(done, Trouble) and not isinstance(done.error, StorageError) and len(turn) > 1:
                await self._one_by_one(turn)  # one of them may be the others' undoing
            else:
                _answer(turn, done)

    async def _one_by_one(self, turn: Turn[A, B]) -> None:
        for asked in turn:
            _answer([asked], await caught(self._work([asked[0]])))


def _answer(turn: Turn[A, B], done: Sequence[B] | Trouble) -> None:
    for number, (_, answer) in enumerate(turn):
        if answer.done():
            continue  # whoever asked was cancelled
        if isinstance(done, Trouble):
            answer.set_exception(done.error)
        else:
            answer.set_result(done[number])
