"""A limit of seconds for each of many short works, by one timer."""

import asyncio

import pytest

from bot.services.limit import Limit

LONG = 3600.0


async def _answer(what: str) -> str:
    await asyncio.sleep(0)
    return what


async def _never() -> None:
    await asyncio.Event().wait()


async def test_what_ends_in_time_hands_over_what_it_found() -> None:
    assert await Limit().within(LONG, _answer("found")) == "found"


async def test_what_raises_raises() -> None:
    async def fails() -> None:
        raise KeyError

    with pytest.raises(KeyError):
        await Limit().within(LONG, fails())


async def test_what_takes_too_long_is_ended_and_no_other() -> None:
    limit = Limit()
    patient = asyncio.create_task(limit.within(LONG, _never()))

    with pytest.raises(TimeoutError):
        await limit.within(0, _never())

    assert not patient.done()
    patient.cancel()
    with pytest.raises(asyncio.CancelledError):
        await patient


async def test_who_met_the_limit_can_go_on() -> None:
    limit = Limit()

    async def persistent() -> str:
        with pytest.raises(TimeoutError):
            await limit.within(0, _never())
        return await limit.within(LONG, _answer("at last"))

    task = asyncio.create_task(persistent())

    assert await task == "at last"
    assert task.cancelling() == 0


@pytest.mark.parametrize(("outer", "inner"), [(0.0, LONG), (LONG, 0.0), (0.0, 0.0)])
async def test_limits_within_limits(outer: float, inner: float) -> None:
    """A delivery has one, and so has each call in it."""

    async def delivery() -> str:
        try:
            await Limit().within(inner, _never())
        except TimeoutError:
            return "the call"
        return ""

    limit = Limit()
    if outer:
        assert await limit.within(outer, delivery()) == "the call"
    else:
        with pytest.raises(TimeoutError):
            await limit.within(outer, delivery())


async def test_a_cancelling_from_outside_is_no_time_out() -> None:
    task = asyncio.create_task(Limit().within(0, _never()))
    await asyncio.sleep(0)
    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task
