"""Where the time goes while nudges are sent: py-spy samples which thread holds the interpreter, and in which call."""

import asyncio
import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tests.benchmarks.child import Child

SAMPLES_A_SECOND = 250
TOP = 12

_OURS = re.compile(r"\((bot/[\w/]+\.py):")
_LIBRARY = re.compile(r"\((?:.*site-packages/)?(\w+)[/.]")


async def profiled(child: Child, file: Path, seconds: int) -> Counter[tuple[str, str]]:
    """Samples by (our file, library): the innermost line of ours and what it had called there."""
    spy = Path(sys.executable).with_name("py-spy")
    options = ("record", "--gil", "--format", "raw", "--rate", str(SAMPLES_A_SECOND), "--duration", str(seconds))
    process = await asyncio.create_subprocess_exec(
        *(str(spy), *options, "--output", str(file), "--pid", str(child.pid)),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"py-spy could not look into the process:\n{said.decode()}")
    return tallied(await asyncio.to_thread(lambda: file.read_text().splitlines()))


def tallied(stacks: Iterable[str]) -> Counter[tuple[str, str]]:
    """From lines like `outer (file:1);inner (file:2) 17`, with or without a name of the thread in front."""
    tally: Counter[tuple[str, str]] = Counter()
    for line in stacks:
        calls, _, times = line.rpartition(" ")
        tally[_place(calls.split(";"))] += int(times)
    return tally


def _place(calls: list[str]) -> tuple[str, str]:
    library = _LIBRARY.search(calls[-1])
    called = library[1] if library else "python"
    for call in reversed(calls):
        if ours := _OURS.search(call):
            return (ours[1], "itself" if called == "bot" else called)
    return ("no file of ours", called)


def shares(tally: Counter[tuple[str, str]], part: int) -> list[tuple[str, float]]:
    """The largest shares in percent: by our file (0) or by what was called (1)."""
    total = sum(tally.values()) or 1
    sums: Counter[str] = Counter()
    for key, times in tally.items():
        sums[key[part]] += times
    return [(name, 100 * times / total) for name, times in sums.most_common(TOP)]
