"""From nothing to serving, and the memory that takes; beside importing the libraries alone."""

import subprocess
import sys
import time
from dataclasses import dataclass

from tests.benchmarks.child import ROOT, SERVES, running
from tests.benchmarks.contest import in_turns
from tests.benchmarks.table import Goal, Section, compared, rounds_of
from tests.benchmarks.workspace import Workspace

HOLDS = r"import re; print(re.findall(r'VmRSS:\s+(\d+)', open('/proc/self/status').read())[0])"
LIBRARIES = "import slack_bolt.async_app, sqlalchemy, apscheduler.schedulers.asyncio, aiohttp, jinja2"


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds until it serves, MiB that it holds then."""

    seconds: float
    megabytes: float


async def section(slack: Workspace, url: str, rounds: int) -> Section:
    both = {"ours": lambda: ours(slack, url), "libraries": libraries}
    await in_turns(both, 1)  # makes the database, and the files that Python keeps of compiled modules
    starts = await in_turns(both, rounds)
    mine, theirs, against = starts["ours"], starts["libraries"], "the libraries imported: "
    time_ = compared("from start to serving", against, mine, theirs, seconds, "{:.2f} s", Goal(1.3))
    memory = compared("memory when idle", against, mine, theirs, megabytes, "{:.0f} MiB", Goal(90, unit="MiB"))
    return Section(f"Start ({rounds_of(rounds)})", [time_, memory])


def seconds(start: Start) -> float:
    return start.seconds


def megabytes(start: Start) -> float:
    return start.megabytes


async def ours(slack: Workspace, url: str) -> Start:
    begun = time.perf_counter()
    async with running("bot", "run", DATABASE_URL=url, **slack.environment) as bot:
        await bot.says(SERVES)
        return Start(time.perf_counter() - begun, bot.megabytes)


async def libraries() -> Start:
    """Nothing but the imports. What it holds in the end it says itself."""
    begun = time.perf_counter()
    said = subprocess.run(  # noqa: ASYNC221 - nothing else is to run meanwhile
        [sys.executable, "-c", f"{LIBRARIES}; {HOLDS}"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return Start(time.perf_counter() - begun, int(said.stdout) / 1024)
