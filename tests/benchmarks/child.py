"""A contestant's process: started with nothing in its environment but what is given, watched, and ended."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE = 120.0
STOP_SECONDS = 15.0
REST = 0.15
READY = r"^ready ?(.*)$"
SERVES = r"serves Slack (.*)"


class Child:
    """One running process of Python."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.output = ""

    async def says(self, pattern: str) -> str:
        """Reads on until a line matches, and returns what its group holds."""
        stream = self._process.stdout
        assert stream is not None
        async with asyncio.timeout(PATIENCE):
            while line := (await stream.readline()).decode():
                self.output += line
                if found := re.search(pattern, line.rstrip("\n")):
                    return found[1] if found.lastindex else ""
        raise RuntimeError(f"it ended without saying {pattern!r}:\n{self.output}")

    def signal(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def megabytes(self) -> float:
        """MiB of memory that it holds now (Linux)."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(re.findall(r"VmRSS:\s+(\d+) kB", status)[0]) / 1024

    @property
    def cpu_seconds(self) -> float:
        """Seconds of processor time that it used so far, all threads (Linux)."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    async def rests(self) -> None:
        """Waits until it does nothing any more, so that what it left for later slows nobody else down."""
        before = -1.0
        async with asyncio.timeout(PATIENCE):
            while (now := self.cpu_seconds) > before:
                before = now
                await asyncio.sleep(REST)

    async def end(self) -> None:
        """SIGTERM, and SIGKILL where that does not help."""
        if self._process.returncode is None:
            self._process.terminate()
        try:
            async with asyncio.timeout(STOP_SECONDS):
                rest, _ = await self._process.communicate()
        except TimeoutError:
            self._process.kill()
            rest, _ = await self._process.communicate()
        self.output += rest.decode(errors="replace")


@asynccontextmanager
async def running(module: str, *arguments: object, **environment: str) -> AsyncIterator[Child]:
    """`python -m MODULE ARGUMENTS`, ended at the end."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module, *map(str, arguments)),
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        limit=2**20,
    )
    child = Child(process)
    try:
        yield child
    finally:
        await child.end()
