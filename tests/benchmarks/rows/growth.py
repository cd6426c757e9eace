"""How a nudge's cost and delay grow with what is pending for later: the same bot over a thousand rows and a million."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count as counting

from sqlalchemy import Connection

from tests.benchmarks.child import SERVES, running
from tests.benchmarks.contest import in_turns
from tests.benchmarks.due import in_time, require_ahead
from tests.benchmarks.figures import Load
from tests.benchmarks.ground import add_negotiations, migrated, renew_nudges
from tests.benchmarks.pending import add_pending
from tests.benchmarks.table import Goal, Line, Section, compared, rounds_of
from tests.benchmarks.workspace import Workspace

MEMORY = Goal(90, unit="MiB")


@dataclass(frozen=True, slots=True)
class Cost:
    """One round. `cpu` is the bot's processor time for each nudge, in microseconds; `megabytes` what it held."""

    load: Load
    cpu: float
    megabytes: float


@dataclass(slots=True)
class Crowded:
    """A database in which many nudges wait for later days. Each round adds some that are due at once."""

    url: str
    due: int
    _rounds: "counting[int]" = field(default_factory=counting)

    async def fill(self, pending: int) -> None:
        database = await migrated(self.url)
        meeting = datetime.now(UTC) + timedelta(hours=2)
        await database.run(lambda connection: add_negotiations(connection, meeting, range(self.due)))
        await database.run(partial(add_pending, count=pending, soonest=meeting + timedelta(days=1)))
        await database.run_one(_analyze)
        await database.close()

    async def round(self, slack: Workspace) -> Cost:
        return await in_time(self.due, partial(self._round, slack))

    async def _round(self, slack: Workspace, due_at: float) -> Cost:
        await self._add_due(due_at)
        await slack.forget()
        async with running("bot", "run", DATABASE_URL=self.url, **slack.environment) as bot:
            await bot.says(SERVES)
            require_ahead(due_at)
            before = bot.cpu_seconds
            load = await slack.posts(self.due, due_at)
            return Cost(load, (bot.cpu_seconds - before) / self.due * 1e6, bot.megabytes)

    async def _add_due(self, due_at: float) -> None:
        when = datetime.fromtimestamp(due_at, UTC)
        database = await migrated(self.url)
        again = str(next(self._rounds))
        await database.run(lambda connection: renew_nudges(connection, when, range(self.due), again))
        await database.close()


async def section(slack: Workspace, database: str, urls: Mapping[int, str], due: int, rounds: int) -> Section:
    """`urls` by how many are pending."""
    crowds = {pending: Crowded(url, due) for pending, url in urls.items()}
    for pending, crowd in crowds.items():
        await crowd.fill(pending)
    costs = await in_turns({str(pending): partial(crowd.round, slack) for pending, crowd in crowds.items()}, rounds)
    few, *more = urls
    lines = [line for many in more for line in _compared(costs, few, many)]
    most = costs[str(more[-1])]
    memory = compared(
        f"memory, {more[-1]:,} pending", f"{few:,} pending: ", most, costs[str(few)], held, "{:.0f} MiB", MEMORY
    )
    return Section(f"{due:,} nudges due, others pending for later, {database} ({rounds_of(rounds)})", [*lines, memory])


def _compared(costs: Mapping[str, list[Cost]], few: int, many: int) -> Iterator[Line]:
    """Only the largest has a goal."""
    goal = Goal(1.3) if many == max(map(int, costs)) else None
    mine, others, against = costs[str(many)], costs[str(few)], f"{few:,} pending: "
    yield compared(f"p99 from due to sent, {many:,} pending", against, mine, others, delay, "{:,.0f} ms", goal)
    yield compared(f"processor time of a nudge, {many:,} pending", against, mine, others, cpu, "{:,.0f} us", goal)


def delay(cost: Cost) -> float:
    return cost.load.p99


def cpu(cost: Cost) -> float:
    return cost.cpu


def held(cost: Cost) -> float:
    return cost.megabytes


def _analyze(connection: Connection) -> None:
    connection.exec_driver_sql("ANALYZE")
