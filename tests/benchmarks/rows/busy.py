"""Answers while many nudges are due, beside answers when nothing is; and how long the event loop stood still."""

import asyncio
import signal
import time
from dataclasses import dataclass
from datetime import UTC, datetime

from tests.benchmarks import payloads
from tests.benchmarks.child import SERVES, Child, running
from tests.benchmarks.contest import in_turns
from tests.benchmarks.due import in_time, require_ahead
from tests.benchmarks.figures import Load, p50, p99
from tests.benchmarks.ground import fill_nudges
from tests.benchmarks.rows.nudges import APSCHEDULER, Stage
from tests.benchmarks.table import Goal, Section, compared, rounds_of

STALL = r"^stall (.*)$"
LOOP = Goal(50, unit="ms")
SETTLE = 0.5
"""Seconds of the storm of nudges that pass before the commands begin."""


@dataclass(frozen=True, slots=True)
class Busy:
    """One round. `stall` in milliseconds."""

    idle: Load
    busy: Load
    stall: float


async def ours(stage: Stage, count: int, commands: int) -> Busy:
    async def round_(due_at: float) -> Busy:
        url = stage.sqlite_url()
        await fill_nudges(url, datetime.fromtimestamp(due_at, UTC), range(count))
        await stage.slack.forget()
        async with running("tests.benchmarks.watched", DATABASE_URL=url, **stage.slack.environment) as bot:
            await bot.says(SERVES)
            idle = await _commands(stage, range(count, count + commands))
            require_ahead(due_at)
            await _stall(bot)  # forgets what the start took
            await asyncio.sleep(due_at + SETTLE - time.time())
            busy = await _commands(stage, range(count, count + commands))
            if await stage.slack.arrived() >= count:
                raise RuntimeError("the nudges were over before the commands were: take more nudges")
            return Busy(idle, busy, await _stall(bot))

    return await in_time(count, round_, slower=1.5)  # the idle commands take a while


async def apscheduler_stall(stage: Stage, count: int) -> float:
    """The longest stall of a loop in which APScheduler works a job store off."""
    stalls: list[float] = []

    async def watch(child: Child) -> None:
        stalls.append(await _stall(child))

    await stage.apscheduler(count, watch)
    return stalls[-1]


async def section(stage: Stage, count: int, commands: int, rounds: int) -> Section:
    both = {"ours": lambda: ours(stage, count, commands), "theirs": lambda: apscheduler_stall(stage, count)}
    results = await in_turns(both, rounds)
    mine = [one for one in results["ours"] if isinstance(one, Busy)]
    stalls = [one.stall for one in mine]
    theirs = [one for one in results["theirs"] if isinstance(one, float)]
    idle, busy = [one.idle for one in mine], [one.busy for one in mine]
    lines = [
        compared("ack p50, busy", "idle: ", busy, idle, p50, "{:,.1f} ms"),
        compared("ack p99, busy", "idle: ", busy, idle, p99, "{:,.1f} ms"),
        compared("longest stall of the event loop", f"{APSCHEDULER}: ", stalls, theirs, float, "{:,.0f} ms", LOOP),
    ]
    return Section(f"`/winwin` while {count:,} nudges are due, one after another ({rounds_of(rounds)})", lines)


async def _commands(stage: Stage, numbers: range) -> Load:
    """By people who have no nudge, one after another."""
    return await stage.slack.commands([payloads.command(number) for number in numbers], 1)


async def _stall(child: Child) -> float:
    child.signal(signal.SIGUSR1)
    return float(await child.says(STALL))
