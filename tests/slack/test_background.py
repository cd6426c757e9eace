"""Work behind an answer starts when the answer has left, is supervised, and is waited for at stop."""

import asyncio

from bot.slack.background import PATIENCE, Background, soon


async def _ignore(error: Exception) -> None:
    raise AssertionError(error)


def test_a_step_waits_for_the_answer() -> None:
    seen: list[str] = []
    with Background().answering():
        soon(lambda: seen.append("step"))
        seen.append("answer")

    assert seen == ["answer", "step"]


def test_outside_an_answer_a_step_runs_at_once() -> None:
    seen: list[str] = []
    soon(lambda: seen.append("step"))

    assert seen == ["step"]


async def test_work_that_outlives_its_answer_is_not_forgotten() -> None:
    """A form that opens only after the ack still gets what follows it."""
    seen: list[str] = []
    gate = asyncio.Event()

    async def slow_opening() -> None:
        await gate.wait()
        soon(lambda: seen.append("after"))

    with Background().answering():
        opening = asyncio.ensure_future(slow_opening())
    gate.set()
    await opening

    assert seen == ["after"]


async def test_a_failure_is_reported() -> None:
    reported: list[Exception] = []
    background = Background()

    async def fail() -> None:
        raise ValueError

    async def report(error: Exception) -> None:
        reported.append(error)

    background.start(fail, report)
    await background.drain(5)

    assert [type(error) for error in reported] == [ValueError]


async def test_stop_waits_for_what_runs_and_cancels_what_hangs() -> None:
    done: list[str] = []
    background = Background()
    never = asyncio.Event()

    async def quick() -> None:
        await asyncio.sleep(0)
        done.append("quick")

    async def hangs() -> None:
        await never.wait()

    background.start(quick, _ignore)
    background.start(hangs, _ignore)
    await background.drain(0.05)

    assert done == ["quick"]


async def test_what_a_task_starts_is_waited_for_too() -> None:
    seen: list[str] = []
    background = Background()

    async def second() -> None:
        for _ in range(20):
            await asyncio.sleep(0)
        seen.append("second")

    async def first() -> None:
        await asyncio.sleep(0)
        background.start(second, _ignore)

    background.start(first, _ignore)
    await background.drain(5)

    assert seen == ["second"]


def _note(background: Background, seen: list[str], what: str, *, patient: bool = False) -> None:
    async def work() -> None:
        seen.append(what)

    with background.answering():
        background.start(work, _ignore, patient=patient)


async def test_what_nobody_waits_for_comes_after_the_answers_of_a_rush() -> None:
    seen: list[str] = []
    background = Background()
    _note(background, seen, "patient", patient=True)
    _note(background, seen, "quick")
    await background.drain(5)

    assert seen == ["quick", "patient"]


async def test_a_rush_without_end_does_not_keep_it_for_ever() -> None:
    seen: list[str] = []
    times = iter([0.0, 0.0, PATIENCE, PATIENCE, PATIENCE])
    background = Background(lambda: next(times))
    _note(background, seen, "patient", patient=True)
    _note(background, seen, "quick")
    await background.drain(5)

    assert seen == ["patient", "quick"]
