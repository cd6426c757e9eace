"""The whole bot on SQLite against the sandbox, over real HTTP and WebSocket."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app import WinWin
from bot.clock import SystemClock
from bot.config import Settings
from bot.sandbox.server import SandboxServer
from bot.serving import COMMAND, SHORTCUT, sandboxed
from tests.databases import postgresql
from tests.sandbox.driver import People

__all__ = ["postgresql"]


class Office:
    """A workspace with the bot in it. `restart` is what a new process sees: nothing but the database is kept."""

    def __init__(self, folder: Path) -> None:
        self.clock = SystemClock()
        self.clock.jump(_morning(self.clock.now()))
        self.server = SandboxServer(
            self.clock.now, jump=lambda: self.bot.jump(), commands=(COMMAND,), shortcuts=(SHORTCUT,)
        )
        self._folder = folder

    async def open(self) -> None:
        await self.server.start()
        await self.start_bot()

    async def start_bot(self) -> None:
        settings = sandboxed(Settings(), self.server.api_url, self._folder)
        self.bot = WinWin(settings, settings.connection(), self.clock)
        await self.bot.start()

    async def restart(self) -> None:
        await self.bot.stop()
        await self.start_bot()

    async def close(self) -> None:
        await self.bot.stop()
        await self.server.stop()


def _morning(now: datetime) -> datetime:
    """The next 08:00 UTC: the working day of all three people's zones lies near, whatever the machine's hour."""
    return (now + timedelta(days=1)).replace(hour=8, minute=0, second=0, microsecond=0)


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    office = Office(tmp_path)
    await office.open()
    yield office
    await office.close()


@pytest.fixture
async def sandbox() -> AsyncIterator[SandboxServer]:
    """Slack alone, for a bot in a process of its own."""
    server = SandboxServer(lambda: datetime.now(UTC), commands=(COMMAND,), shortcuts=(SHORTCUT,))
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def people(office: Office) -> AsyncIterator[People]:
    """Ann, Ben and Chandra. A payload that Slack would refuse fails the test that caused it."""
    async with People(office.server.url) as people:
        yield people
        assert await people.faults() == []
