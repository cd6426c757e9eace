"""The bot as a process of its own, the way an administrator starts it."""

import asyncio
import os
import signal
import sys
from pathlib import Path

from bot.sandbox.people import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET

ROOT = Path(__file__).parents[2]
PATIENCE = 20.0
"""Seconds that a process may take to say something or to end; only a broken one comes near."""


class Process:
    """`python -m bot COMMAND` with nothing in its environment but what is given. `output` is all it printed."""

    def __init__(self, command: str, folder: Path, **environment: str) -> None:
        self.output = ""
        self._command, self._folder = command, folder
        self._environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment}

    async def start(self, *more: str) -> None:
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", self._command, *more),
            cwd=self._folder,
            env=self._environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )

    async def says(self, text: str) -> None:
        """Reads on until the process printed that."""
        stream = self._process.stdout
        assert stream is not None
        async with asyncio.timeout(PATIENCE):
            while text not in self.output:
                line = await stream.readline()
                assert line, f"it ended without saying {text!r}:\n{self.output}"
                self.output += line.decode()

    async def ends(self) -> int:
        """Reads the rest and returns the exit code."""
        async with asyncio.timeout(PATIENCE):
            rest, _ = await self._process.communicate()
        self.output += rest.decode()
        return self._process.returncode or 0

    async def stop(self) -> int:
        self._process.send_signal(signal.SIGTERM)
        return await self.ends()

    async def kill(self) -> None:
        self._process.kill()
        await self.ends()

    @property
    def runs(self) -> bool:
        return self._process.returncode is None


def connected(folder: Path, api_url: str, **more: str) -> Process:
    """`run` against a sandbox, its data in `folder`."""
    return Process(
        "run",
        folder,
        SLACK_BOT_TOKEN=BOT_TOKEN,
        SLACK_APP_TOKEN=APP_TOKEN,
        SLACK_API_URL=api_url,
        WINWIN_DATA_DIR=str(folder / "data"),
        **more,
    )


def reached(folder: Path, api_url: str, **more: str) -> Process:
    """`run` that a sandbox reaches over HTTP, its data in `folder`."""
    return Process(
        "run",
        folder,
        **{
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_SIGNING_SECRET": SIGNING_SECRET,
            "SLACK_API_URL": api_url,
            "WINWIN_DATA_DIR": str(folder / "data"),
            "WINWIN_HOST": "127.0.0.1",
            "PORT": "0",
            **more,
        },
    )
