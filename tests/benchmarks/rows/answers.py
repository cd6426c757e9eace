"""What a person waits for: `/winwin` until its form is open, a submitted form until its review is there."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from itertools import count as counting
from pathlib import Path

from tests.benchmarks import method, payloads
from tests.benchmarks.child import READY, SERVES, Child, running
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


@dataclass(frozen=True, slots=True)
class Contestant:
    """A bot and the Slack of its own."""

    slack: Workspace
    child: Child


@dataclass(frozen=True, slots=True)
class Answered:
    """One round. `cpu` is the bot's processor time for each request and what follows its answer, in microseconds."""

    load: Load
    cpu: float


Contestants = dict[str, Contestant]
Rounds = dict[str, list[Answered]]
Storm = Callable[[Workspace, range, int], Awaitable[Load]]


@asynccontextmanager
async def contestants(folder: Path) -> AsyncIterator[Contestants]:
    """Ours on a SQLite file, and the two bare apps, for all rounds."""
    async with AsyncExitStack() as stack:

        async def begin(says: str, module: str, *arguments: object, **more: str) -> Contestant:
            slack = await stack.enter_async_context(workspace())
            child = await stack.enter_async_context(running(module, *arguments, **slack.environment, **more))
            await child.says(says)
            return Contestant(slack, child)

        bolt = "tests.benchmarks.peers.bolt"
        yield {
            OURS: await begin(SERVES, "bot", "run", DATABASE_URL=f"sqlite:///{folder}/answers.db"),
            BARE: await begin(READY, bolt, "at_once", folder / "at_once.db"),
            DEFAULT: await begin(READY, bolt, "default", folder / "default.db"),
        }


async def commands(slack: Workspace, numbers: range, at_once: int) -> Load:
    return await slack.commands([payloads.command(number) for number in numbers], at_once)


async def submissions(slack: Workspace, numbers: range, at_once: int) -> Load:
    return await slack.submissions(payloads.submissions(numbers), at_once)


async def measured(
    sides: Contestants, storm: Storm, at_once: int, count: int, rounds: int, came_first: Storm | None = None
) -> Rounds:
    """Rounds in turns, after one that nobody counts: what is compiled or connected at the first use is not meant.
    Each round has people of its own. Nor is `came_first` counted, and what follows it is over before the storm."""

    async def side(one: Contestant) -> Answered:
        first = next(_people) * PEOPLE
        if came_first is not None:
            await came_first(one.slack, range(first, first + count), at_once)
            await one.child.rests()
        before = one.child.cpu_seconds
        load = await storm(one.slack, range(first, first + count), at_once)
        await one.child.rests()
        return Answered(load, (one.child.cpu_seconds - before) / count * 1e6)

    turns = {name: partial(side, one) for name, one in sides.items()}
    await in_turns(turns, 1)
    return await in_turns(turns, rounds)


async def commands_section(sides: Contestants, sizes: Sizes) -> Section:
    lines = []
    for at_once, count in sizes.storms.items():
        rounds = await measured(sides, commands, at_once, count, sizes.rounds)
        lines += [
            _line(rounds, BARE, at_once, "a second", rate, "{:,.0f}/s", Goal(0.85, at_least=True)),
            _line(rounds, BARE, at_once, "p99", p99, "{:,.1f} ms", Goal(1.3)),
            _line(rounds, DEFAULT, at_once, "p50", p50, "{:,.1f} ms", Goal(WELL_UNDER)),
        ]
    title = f"`/winwin` until acknowledged and the form is open ({rounds_of(sizes.rounds)})"
    return Section(title, [*lines, _processor_time(rounds)])


async def submissions_section(sides: Contestants, sizes: Sizes) -> Section:
    lines = []
    for at_once, count in sizes.storms.items():
        rounds = await measured(sides, submissions, at_once, count, sizes.rounds, came_first=commands)
        goal = Goal(60, unit="ms") if at_once == max(sizes.storms) else None
        lines += [
            _line(rounds, BARE, at_once, "a second", rate, "{:,.0f}/s", Goal(0.6, at_least=True)),
            _line(rounds, BARE, at_once, "p99", p99, "{:,.1f} ms", goal),
        ]
    mine, alone = [one.cpu for one in rounds[OURS]], [method.processor_time(range(count))] * sizes.rounds
    of_it = compared("processor time of one", "its method alone: ", mine, alone, float, "{:,.0f} us")
    title = f"Form submitted until its review is the answer ({rounds_of(sizes.rounds)})"
    return Section(title, [*lines, _processor_time(rounds), of_it])


def _line(rounds: Rounds, other: str, at_once: int, what: str, read: Read, shown: str, goal: Goal | None) -> Line:
    mine, theirs = ([one.load for one in rounds[side]] for side in (OURS, other))
    return compared(f"{what}, {at_once} at once", f"{other}: ", mine, theirs, read, shown, goal)


def _processor_time(rounds: Rounds) -> Line:
    mine, theirs = ([one.cpu for one in rounds[side]] for side in (OURS, BARE))
    return compared("processor time of one, and of what follows", f"{BARE}: ", mine, theirs, float, "{:,.0f} us")
