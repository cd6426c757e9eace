"""A storm ends, whatever hangs."""

import asyncio
import time
from collections import deque
from pathlib import Path

from bot.sandbox.api import Call
from bot.sandbox.trouble import Trouble, Way
from tests.chaos import short
from tests.chaos.run import run
from tests.chaos.weather import Weather


async def test_a_storm_that_takes_too_long_is_ended_and_says_what_it_did(tmp_path: Path) -> None:
    begun = time.monotonic()

    outcome = await run(short.make(2), tmp_path, limit=0.2)

    assert outcome.violations == ["broken: not over after 0.2 s; it was starting"]
    assert time.monotonic() - begun < 5


def test_asking_meets_the_weather_before_and_after_the_storm() -> None:
    calls = deque[Call]()
    planned = {name: [Trouble(name, Way.LOSE)] * 3 for name in ("users.info", "chat.postMessage")}
    weather = Weather(calls, planned)

    def met() -> list[bool]:
        found = []
        for name in planned:
            calls.append(Call(name, {}, 0.0))
            found.append(weather.take(name) is not None)
        return found

    assert met() == [True, False]
    weather.begin()
    assert met() == [True, True]
    weather.end()
    assert met() == [True, False]
    assert met() == [False, False]


async def test_what_hangs_does_so_until_its_time_unless_a_downtime_passes() -> None:
    weather = Weather(deque[Call](), {})
    hanging = asyncio.create_task(weather.hang(60))
    await asyncio.sleep(0)

    weather.end()
    await asyncio.sleep(0.01)
    assert not hanging.done()

    await weather.pass_by()
    assert hanging.done()
