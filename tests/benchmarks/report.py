"""The page: the table, what it was measured on, the profile, the coach's own figures."""

import asyncio
import os
import platform
import re
import sqlite3
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import zip_longest
from pathlib import Path
from string import Template

from bot.coaching.findings import Coach
from bot.wording.files import Folders
from bot.wording.phrases import load_coach
from tests.benchmarks import bench_coach
from tests.benchmarks.child import ROOT, SERVES, running
from tests.benchmarks.due import in_time, require_ahead
from tests.benchmarks.ground import Postgres, fill_nudges
from tests.benchmarks.profile import profiled, shares
from tests.benchmarks.sizes import FULL
from tests.benchmarks.table import Section, markdown
from tests.benchmarks.workspace import workspace

PAGE = ROOT / "docs" / "benchmarks.md"
COMMAND = "make bench"
MODULE = "python -m tests.benchmarks"
PROFILED, SECONDS = 10_000, 3
"""Nudges, and how long is looked at them: they take longer."""
LIBRARIES = (
    "slack-bolt",
    "slack-sdk",
    "aiohttp",
    "SQLAlchemy",
    "psycopg",
    "APScheduler",
    "procrastinate",
)


async def write(sections: Sequence[Section], folder: Path, server: Postgres, rounds: int) -> None:
    samples, profile = await _profile(folder)
    values = {
        "command": COMMAND if rounds >= FULL.rounds else f"{MODULE} --rounds {rounds}",
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "machine": machine(),
        "versions": versions(server),
        "table": markdown(sections),
        "count": f"{PROFILED:,}",
        "seconds": SECONDS,
        "samples": samples,
        "profile": profile,
        "coach": coach(load_coach(Folders())),
    }
    page = Template(Path(__file__).with_name("page.md").read_text(encoding="utf-8"))
    PAGE.write_text(page.substitute(values), encoding="utf-8")


def machine() -> str:
    """Processor, memory and system; never a name."""
    cpu = re.search(r"model name\s*: (.*)", _read("/proc/cpuinfo"))
    memory = re.search(r"MemTotal:\s*(\d+)", _read("/proc/meminfo"))
    gigabytes = f", {int(memory[1]) / 2**20:.0f} GiB" if memory else ""
    cores = f"{os.cpu_count()} x {cpu[1] if cpu else platform.machine()}"
    return f"{cores}{gigabytes}, {platform.system()} {platform.release()}"


def versions(server: Postgres) -> str:
    ours = [f"Python {platform.python_version()}", f"SQLite {sqlite3.sqlite_version}", f"PostgreSQL {server.version()}"]
    return ", ".join([*ours, *(f"{name} {version(name)}" for name in LIBRARIES)])


def coach(reader: Coach) -> str:
    bench_coach.milliseconds(reader, bench_coach.filled(bench_coach.PARAGRAPH, bench_coach.LONGEST), 2)
    lines = list(bench_coach.report(reader))
    return "\n".join(line if fine else f"{line}   OVER ITS LIMIT" for line, fine in lines)


async def _profile(folder: Path) -> tuple[str, str]:
    """Of nudges that were composed before their instant, as they nearly always are, from that instant on."""

    async def round_(due_at: float) -> Counter[tuple[str, str]]:
        url = f"sqlite:///{folder}/profile-{due_at:.0f}.db"
        await fill_nudges(url, datetime.fromtimestamp(due_at, UTC), range(PROFILED))
        async with workspace() as slack, running("bot", "run", DATABASE_URL=url, **slack.environment) as bot:
            await bot.says(SERVES)
            require_ahead(due_at)
            await asyncio.sleep(due_at - time.time())
            return await profiled(bot, folder / "profile.txt", SECONDS)

    tally = await in_time(PROFILED, round_)
    files, libraries = shares(tally, 0), shares(tally, 1)
    rows = [
        f"| {_cells(file)} | | {_cells(library)} |" for file, library in zip_longest(files, libraries, fillvalue=None)
    ]
    return f"{sum(tally.values()):,}", "\n".join(rows)


def _cells(share: tuple[str, float] | None) -> str:
    return f"{share[0]} | {share[1]:.0f} %" if share else " | "


def _read(path: str) -> str:
    file = Path(path)
    return file.read_text() if file.exists() else ""
