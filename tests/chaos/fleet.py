"""The bot's processes, started as an administrator does, and what a storm does to them."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot.sandbox.people import APP_TOKEN, BOT_TOKEN
from tests.chaos.record import Disturbed

ROOT = Path(__file__).parents[2]
READY = "serves Slack"
PATIENCE = 40.0
ROLL_SECONDS = 5.0
STOP_SECONDS = 12.0
"""A process has ten seconds to stop; the rest is for a busy machine."""

CUT_AFTER = 7.5
"""What a process still holds eight seconds after it was asked to stop is cut off; one that ends before finished all."""


@dataclass
class Replica:
    """One place for a process; its output goes to a file, so that nobody has to read along. Times are in seconds
    since the epoch; `disturbed` are the spans in which its outcomes may be unknown."""

    number: int
    log: Path
    environment: dict[str, str]
    disturbed: list[Disturbed] = field(default_factory=list)
    exits: list[tuple[int, str]] = field(default_factory=list)  # by itself: code, last words
    ends: list[int] = field(default_factory=list)  # when asked to
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    _process: asyncio.subprocess.Process | None = None
    _begins: int = 0

    @property
    def runs(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def start(self) -> None:
        with self.log.open("ab") as output:
            self._begins = output.tell()
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "run"),
                cwd=self.log.parent,
                env=self.environment,
                stdout=output,
                stderr=asyncio.subprocess.STDOUT,
            )

    async def ready(self) -> None:
        """Waits until it serves; one that gave up meanwhile is started again, as a supervisor does."""
        async with asyncio.timeout(PATIENCE):
            while READY not in self._said():
                await self.tend()
                await asyncio.sleep(0.05)

    async def tend(self) -> None:
        """Starts it again where it ended by itself."""
        if self._process is not None and self._process.returncode is not None:
            self.exits.append((self._process.returncode, self._said()[-500:]))
            await self.start()

    async def kill(self, pause: float) -> None:
        """kill -9, and a new process after `pause`."""
        async with self.lock:
            await self.die()
            await asyncio.sleep(pause)
            await self.start()

    async def die(self) -> None:
        if self._process is None:
            return
        now = time.time()
        with suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()
        self._note(now, gone=True)

    async def stop_for(self, seconds: float) -> None:
        """SIGSTOP, and SIGCONT after `seconds`."""
        async with self.lock:
            begun = time.time()
            self._signal(signal.SIGSTOP)
            await asyncio.sleep(seconds)
            self._signal(signal.SIGCONT)
            self._note(begun, gone=False)

    async def roll(self) -> None:
        """A polite stop, then a new process that serves, or that Slack keeps waiting."""
        async with self.lock:
            await self.end()
            await self.start()
            with suppress(TimeoutError):
                async with asyncio.timeout(ROLL_SECONDS):
                    await self.ready()

    async def end(self) -> None:
        """SIGTERM; notes the exit code: -9 where it did not stop in time, 0 where it had not even begun to serve."""
        if self._process is None:
            return
        begun = time.time()
        self._signal(signal.SIGTERM)
        try:
            async with asyncio.timeout(STOP_SECONDS):
                code = await self._process.wait()
        except TimeoutError:
            self._process.kill()
            code = await self._process.wait()
        if code != 0 or time.time() - begun > CUT_AFTER:
            self._note(begun, gone=True)
        self._process = None
        self.ends.append(0 if code == -signal.SIGTERM and READY not in self._said() else code)

    def _note(self, begun: float, *, gone: bool) -> None:
        self.disturbed.append(Disturbed(self.number, begun, time.time(), gone))

    def _said(self) -> str:
        with self.log.open("rb") as output:
            output.seek(self._begins)
            return output.read().decode(errors="replace")

    def _signal(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            if self._process is not None and self._process.returncode is None:
                self._process.send_signal(number)


def fleet(folder: Path, addresses: Sequence[str], database_url: str) -> list[Replica]:
    """A replica for each address at which it finds Slack, none started."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_APP_TOKEN": APP_TOKEN,
        "WINWIN_DATA_DIR": str(folder / "data"),
        "DATABASE_URL": database_url,
    }
    return [
        Replica(number, folder / f"bot{number}.log", environment | {"SLACK_API_URL": address})
        for number, address in enumerate(addresses)
    ]
