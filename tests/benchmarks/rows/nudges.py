"""Many nudges due at one instant, each for another person: ours, and four ways to do without it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from tests.benchmarks.child import READY, SERVES, Child, running
from tests.benchmarks.contest import in_turns
from tests.benchmarks.due import in_time, require_ahead
from tests.benchmarks.figures import Load, p99, rate
from tests.benchmarks.ground import Postgres, fill_nudges
from tests.benchmarks.table import Goal, Line, Section, compared, rounds_of
from tests.benchmarks.workspace import Workspace

OURS, OURS_PG, SDK = "ours on SQLite", "ours on PostgreSQL", "the SDK, no database"
APSCHEDULER, PROCRASTINATE = "APScheduler", "procrastinate"


Watch = Callable[[Child], Awaitable[None]]


async def unwatched(_: Child) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a round takes place."""

    slack: Workspace
    folder: Path
    server: Postgres

    async def ours_on_sqlite(self, count: int) -> Load:
        return await in_time(count, partial(self._ours, self.sqlite_url, count))

    async def ours_on_postgresql(self, count: int) -> Load:
        return await in_time(count, partial(self._ours, self.server.fresh, count))

    async def sdk(self, count: int) -> Load:
        async def round_(due_at: float) -> Load:
            async with self._peer("sdk", count, due_at):
                return await self.slack.posts(count, due_at)

        return await in_time(count, round_)

    async def apscheduler(self, count: int, watch: Watch = unwatched) -> Load:
        async def round_(due_at: float) -> Load:
            async with self._peer("apscheduler_jobs", count, due_at, self._new_file("jobs.db")) as child:
                await watch(child)
                load = await self.slack.posts(count, due_at)
                await watch(child)
                return load

        return await in_time(count, round_, slower=2)  # its jobs are added one by one

    async def procrastinate(self, count: int) -> Load:
        async def round_(due_at: float) -> Load:
            async with self._peer("procrastinate_jobs", count, due_at, self.server.fresh()):
                return await self.slack.posts(count, due_at)

        return await in_time(count, round_)

    def sqlite_url(self) -> str:
        """The address of a new file, in the place of the one before."""
        return f"sqlite:///{self._new_file('winwin.db')}"

    def _new_file(self, name: str) -> Path:
        for old in self.folder.glob(f"{name}*"):
            old.unlink()
        return self.folder / name

    async def _ours(self, make: Callable[[], str], count: int, due_at: float) -> Load:
        url = make()
        await fill_nudges(url, datetime.fromtimestamp(due_at, UTC), range(count))
        await self.slack.forget()
        async with running("bot", "run", DATABASE_URL=url, **self.slack.environment) as bot:
            await bot.says(SERVES)
            require_ahead(due_at)
            return await self.slack.posts(count, due_at)

    @asynccontextmanager
    async def _peer(self, name: str, count: int, due_at: float, *more: object) -> AsyncIterator[Child]:
        await self.slack.forget()
        module = f"tests.benchmarks.peers.{name}"
        async with running(module, count, due_at, *more, **self.slack.environment) as child:
            await child.says(READY)
            require_ahead(due_at)
            yield child


async def section(stage: Stage, count: int, rounds: int, procrastinate_rounds: int) -> Section:
    sides = {
        OURS: stage.ours_on_sqlite,
        OURS_PG: stage.ours_on_postgresql,
        SDK: stage.sdk,
        APSCHEDULER: stage.apscheduler,
    }
    slow = {PROCRASTINATE: stage.procrastinate}
    together = min(rounds, procrastinate_rounds)
    loads = await in_turns({name: partial(side, count) for name, side in {**sides, **slow}.items()}, together)
    more = await in_turns({name: partial(side, count) for name, side in sides.items()}, rounds - together)
    loads = {name: [*of, *more.get(name, [])] for name, of in loads.items()}
    often = f"{rounds_of(rounds)}" if together == rounds else f"{rounds_of(rounds)}, {PROCRASTINATE} {together}"
    return Section(f"{count:,} nudges due at one instant, each for another person ({often})", lines(loads))


def lines(loads: dict[str, list[Load]]) -> list[Line]:
    return [
        _rate(loads, OURS, SDK, Goal(0.9, at_least=True)),
        _p99(loads, OURS, SDK, Goal(1.2)),
        _rate(loads, OURS_PG, SDK, Goal(0.75, at_least=True)),
        _p99(loads, OURS_PG, SDK, Goal(1.4)),
        _rate(loads, OURS, APSCHEDULER, Goal(2, at_least=True)),
        _rate(loads, OURS_PG, PROCRASTINATE, Goal(8, at_least=True)),
    ]


def _rate(loads: dict[str, list[Load]], ours: str, theirs: str, goal: Goal) -> Line:
    return compared(f"sent a second, {ours}", f"{theirs}: ", loads[ours], loads[theirs], rate, "{:,.0f}/s", goal)


def _p99(loads: dict[str, list[Load]], ours: str, theirs: str, goal: Goal) -> Line:
    return compared(f"p99 from due to sent, {ours}", f"{theirs}: ", loads[ours], loads[theirs], p99, "{:,.0f} ms", goal)
