"""`python -m tests.chaos`: many seeds, each in a process of its own, and what came of them.

--seeds 100      how many, from --first on
--jobs 3         how many at once; a seed mostly waits
--short          three storms that hold every kind of fault and end within a minute
--seed 17        one seed, here, with its plan; --keep leaves its logs and database behind
"""

import argparse
import asyncio
import json
import os
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.chaos import plan, short
from tests.chaos.run import run
from tests.chaos.traces import title_in

SEED_SECONDS = 420.0
"""No seed lasts longer; one that does is ended and counts as broken. `short` has its own."""

MERCY = 10.0
"""Seconds that a seed whose time is over has to end its processes and its database; then it is killed."""


def main() -> int:
    options = _options()
    if options.seed is not None:
        return _one(options)
    begun = time.monotonic()
    results = asyncio.run(_many(options))
    total: Counter[str] = Counter()
    for result in results:
        total += Counter(result["counts"])
    print(f"\n{len(results)} seeds in {time.monotonic() - begun:.0f} s")
    for name, count in sorted(total.items()):
        print(f"{count:8d}  {name}")
    broken = [result["seed"] for result in results if result["violations"]]
    print(f"violations in {len(broken)} seeds: {broken}" if broken else "no violation")
    return 1 if broken else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.chaos", description="Storms over the whole bot.")
    parser.add_argument("--seeds", type=int, default=100)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=3)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--json", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _one(options: argparse.Namespace) -> int:
    chosen = short.make(options.seed) if options.short else plan.make(options.seed)
    folder = Path(tempfile.mkdtemp(prefix="chaos-"))
    if not options.json:
        told = "\n".join(f"  {one}" for one in (*chosen.events, *chosen.acts))
        print(f"seed {chosen.seed}: {chosen}\n{told}", flush=True)
    try:
        outcome = asyncio.run(run(chosen, folder, _limit(options)))
    finally:
        if options.keep:
            print(f"logs and database: {folder}", file=sys.stderr)
        else:
            shutil.rmtree(folder, ignore_errors=True)
    result = {
        "seed": chosen.seed,
        "plan": str(chosen),
        "seconds": outcome.seconds,
        "counts": outcome.counts,
        "violations": outcome.violations,
    }
    print(json.dumps(result, indent=None if options.json else 1))
    for title in sorted({title for one in outcome.violations if (title := title_in(one))}):
        print("\n".join([title, *outcome.stories.get(title, ())]), file=sys.stderr)
    return 1 if outcome.violations else 0


async def _many(options: argparse.Namespace) -> list[dict[str, Any]]:
    places = asyncio.Semaphore(options.jobs)

    async def one(seed: int) -> dict[str, Any]:
        async with places:
            result = await _child(seed, options)
        print(f"seed {seed}: {result['plan']}: {result['seconds']:.0f} s", flush=True)
        for violation in result["violations"]:
            print(f"    {violation}", flush=True)
        if result["violations"]:
            print(result.get("told", ""), flush=True)
        return result

    return await asyncio.gather(*map(one, range(options.first, options.first + options.seeds)))


def _limit(options: argparse.Namespace) -> float:
    return short.SEED_SECONDS if options.short else SEED_SECONDS


async def _child(seed: int, options: argparse.Namespace) -> dict[str, Any]:
    """One seed in a process of its own, with a session of its own, so that nothing of it is left behind."""
    more = ["--short"] if options.short else []
    command = [sys.executable, "-m", "tests.chaos", "--seed", str(seed), "--json", *more]
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE, start_new_session=True
    )
    try:
        async with asyncio.timeout(_limit(options) + MERCY):
            output, complaints = await process.communicate()
        result: dict[str, Any] = {**json.loads(output), "told": complaints.decode()}
    except (TimeoutError, json.JSONDecodeError) as error:
        told = complaints.decode()[-3000:] if isinstance(error, json.JSONDecodeError) else "it did not end"
        result = {"seed": seed, "plan": "broken", "seconds": 0.0, "counts": {}, "violations": [f"broken: {told}"]}
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    return result


if __name__ == "__main__":
    sys.exit(main())
