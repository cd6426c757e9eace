"""What a person waits for: `/winwin` until its form is open, a submitted form until its review is there."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from itertools import count as counting
from pathlib import Path

from tests.benchmarks import payloads
from tests.benchmarks.child import READY, SERVES, running
from tests.benchmarks.contest import in_turns
from tests.benchmarks.figures import Load, Read, p50, p99, rate
from tests.benchmarks.sizes import Sizes
from tests.benchmarks.table import Goal, Line, Section, compared, rounds_of
from tests.benchmarks.workspace import Workspace, workspace

OURS, BARE, DEFAULT = "ours", "bare Bolt", "Bolt's defaults"
WELL_UNDER = 0.8
PEOPLE = 10_000
"""More than any round has; round after round counts on from there."""

_people = counting()

Loads = dict[str, list[Load]]
Contestants = dict[str, Workspace]
Storm = Callable[[Workspace, range, int], Awaitable[Load]]


@asynccontextmanager
async def contestants(folder: Path) -> AsyncIterator[Contestants]:
    """Ours on a SQLite file, and the two bare apps, each with a Slack of its own, for all rounds."""
    async with AsyncExitStack() as stack:
        slacks = {name: await stack.enter_async_context(workspace()) for name in (OURS, BARE, DEFAULT)}
        for name, kind in ((BARE, "at_once"), (DEFAULT, "default")):
            peer = running("tests.benchmarks.peers.bolt", kind, folder / f"{kind}.db", **slacks[name].environment)
            await (await stack.enter_async_context(peer)).says(READY)
        url = f"sqlite:///{folder}/answers.db"
        bot = running("bot", "run", DATABASE_URL=url, **slacks[OURS].environment)
        await (await stack.enter_async_context(bot)).says(SERVES)
        yield slacks


async def commands(slack: Workspace, numbers: range, at_once: int) -> Load:
    return await slack.commands([payloads.command(number) for number in numbers], at_once)


async def submissions(slack: Workspace, numbers: range, at_once: int) -> Load:
    return await slack.submissions(payloads.submissions(numbers), at_once)


async def measured(slacks: Contestants, storm: Storm, at_once: int, count: int, rounds: int) -> Loads:
    """Rounds in turns, after one that nobody counts: what is compiled or connected at the first use is not meant.
    Each round has people of its own."""

    async def side(slack: Workspace) -> Load:
        first = next(_people) * PEOPLE
        return await storm(slack, range(first, first + count), at_once)

    sides = {name: partial(side, slack) for name, slack in slacks.items()}
    await in_turns(sides, 1)
    return await in_turns(sides, rounds)


async def commands_section(slacks: Contestants, sizes: Sizes) -> Section:
    lines = []
    for at_once, count in sizes.storms.items():
        loads = await measured(slacks, commands, at_once, count, sizes.rounds)
        lines += [
            _line(loads, BARE, at_once, "a second", rate, "{:,.0f}/s", Goal(0.85, at_least=True)),
            _line(loads, BARE, at_once, "p99", p99, "{:,.1f} ms", Goal(1.3)),
            _line(loads, DEFAULT, at_once, "p50", p50, "{:,.1f} ms", Goal(WELL_UNDER)),
        ]
    return Section(f"`/winwin` until acknowledged and the form is open ({rounds_of(sizes.rounds)})", lines)


async def submissions_section(slacks: Contestants, sizes: Sizes) -> Section:
    lines = []
    for at_once, count in sizes.storms.items():
        loads = await measured(slacks, submissions, at_once, count, sizes.rounds)
        goal = Goal(60, unit="ms") if at_once == max(sizes.storms) else None
        lines += [
            _line(loads, BARE, at_once, "a second", rate, "{:,.0f}/s", Goal(0.6, at_least=True)),
            _line(loads, BARE, at_once, "p99", p99, "{:,.1f} ms", goal),
        ]
    return Section(f"Form submitted until its review is the answer ({rounds_of(sizes.rounds)})", lines)


def _line(loads: Loads, other: str, at_once: int, what: str, read: Read, shown: str, goal: Goal | None) -> Line:
    return compared(f"{what}, {at_once} at once", f"{other}: ", loads[OURS], loads[other], read, shown, goal)
