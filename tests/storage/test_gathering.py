"""Work done together, where each still gets its own answer."""

import asyncio
from collections.abc import Sequence

from bot.services.errors import StorageError
from bot.storage.gathering import MOST, Gathering


class Halves:
    """Halves numbers and remembers how many came at a time; an odd one it does not like."""

    def __init__(self, error: type[Exception] = ArithmeticError) -> None:
        self.turns: list[int] = []
        self._error = error

    async def __call__(self, numbers: Sequence[int]) -> list[int]:
        self.turns.append(len(numbers))
        await asyncio.sleep(0)
        if any(number % 2 for number in numbers):
            raise self._error
        return [number // 2 for number in numbers]


async def _asked(work: Halves, numbers: Sequence[int]) -> list[int | BaseException]:
    gathering = Gathering(work)
    return await asyncio.gather(*map(gathering.do, numbers), return_exceptions=True)


async def test_what_comes_at_a_time_is_done_in_few_turns() -> None:
    work = Halves()
    assert await _asked(work, range(0, 4 * MOST, 2)) == list(range(2 * MOST))
    assert len(work.turns) == 2


async def test_a_turn_takes_along_what_comes_in_the_round_of_the_loop_that_ended_the_last() -> None:
    started, gate, turns = asyncio.Event(), asyncio.Event(), list[int]()

    async def work(numbers: Sequence[int]) -> Sequence[int]:
        turns.append(len(numbers))
        started.set()
        await gate.wait()
        return numbers

    gathering = Gathering(work)
    first = asyncio.create_task(gathering.do(1))
    await started.wait()
    second = asyncio.create_task(gathering.do(2))
    await asyncio.sleep(0)
    gate.set()
    third = asyncio.create_task(gathering.do(3))

    assert [await one for one in (first, second, third)] == [1, 2, 3]
    assert turns == [1, 2]


async def test_one_that_fails_takes_no_other_along() -> None:
    work = Halves()
    two, three, four = await _asked(work, [2, 3, 4])

    assert (two, four) == (1, 2)
    assert isinstance(three, ArithmeticError)


async def test_a_database_that_is_away_is_not_asked_for_each() -> None:
    work = Halves(StorageError)
    answers = await _asked(work, [2, 3, 4])

    assert all(isinstance(answer, StorageError) for answer in answers)
    assert work.turns == [3]
