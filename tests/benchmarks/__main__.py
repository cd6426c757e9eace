"""`python -m tests.benchmarks [--short] [--only ROW]`: measures, prints the table and writes `docs/benchmarks.md`."""

import argparse
import asyncio
import signal
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

from tests.benchmarks import report
from tests.benchmarks.ground import Postgres, postgres
from tests.benchmarks.rows import answers, busy, growth, nudges, reminders, start
from tests.benchmarks.sizes import FULL, SHORT, Sizes
from tests.benchmarks.table import Section, markdown, missed
from tests.benchmarks.workspace import workspace

ROWS = ("answers", "nudges", "busy", "growth", "reminders", "start")


async def measured(sizes: Sizes, rows: set[str], folder: Path, server: Postgres) -> AsyncIterator[Section]:
    if "answers" in rows:
        async with answers.contestants(folder) as slacks:
            yield await answers.commands_section(slacks, sizes)
            yield await answers.submissions_section(slacks, sizes)
    async with workspace() as slack:
        stage = nudges.Stage(slack, folder, server)
        for count, rounds in sizes.nudges.items() if "nudges" in rows else ():
            yield await nudges.section(stage, count, rounds, sizes.procrastinate[count])
        if "busy" in rows:
            yield await busy.section(stage, *sizes.busy)
        if "growth" in rows:
            files = {pending: f"sqlite:///{folder}/growth-{pending}.db" for pending in sizes.pending}
            yield await growth.section(slack, "SQLite", files, sizes.due, sizes.rounds)
            schemas = {pending: server.another() for pending in sizes.pending}
            yield await growth.section(slack, "PostgreSQL", schemas, sizes.due, sizes.rounds)
        if "reminders" in rows:
            for name, url in (("SQLite", f"sqlite:///{folder}/reminders.db"), ("PostgreSQL", server.another())):
                yield await reminders.section(folder, name, url, sizes.reminders, sizes.rounds)
        if "start" in rows:
            yield await start.section(slack, f"sqlite:///{folder}/start.db", sizes.rounds)


async def main(options: argparse.Namespace) -> int:
    sizes = (SHORT if options.short else FULL).at_most(options.rounds)
    with tempfile.TemporaryDirectory(prefix="winwin-bench-") as name, postgres(Path(name)) as server:
        sections: list[Section] = []
        async for section in measured(sizes, set(options.only or ROWS), Path(name), server):
            print(markdown([section], head=not sections), flush=True)
            sections.append(section)
        if not (options.short or options.only):
            await report.write(sections, Path(name), server, options.rounds)
    for line in missed(sections):
        print(f"missed: {line.what}: {line.ours}, {line.against}")
    return 0


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser("tests.benchmarks", description="Measures ours beside others.")
    parser.add_argument("--short", action="store_true", help="little of everything, to see that it works")
    parser.add_argument("--rounds", type=int, default=99, help="of everything at most so many")
    parser.add_argument("--only", action="append", choices=ROWS, help="this row; may be given several times")
    return parser.parse_args()


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends what it started, as Ctrl-C does
    sys.exit(asyncio.run(main(parsed())))
