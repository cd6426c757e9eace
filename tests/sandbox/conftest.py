"""A fresh workspace for each test, the people in it, and a tiny bot."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from slack_bolt.async_app import AsyncApp

from bot.sandbox.people import Command, Shortcut
from bot.sandbox.server import SandboxServer
from bot.sandbox.workspace import Workspace
from tests.sandbox.driver import People
from tests.sandbox.forms import FORM, opening
from tests.sandbox.tiny import tiny_bot

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
COMMANDS = (Command("/winwin", "[what it is about]", "Prepare a negotiation"),)
SHORTCUTS = (Shortcut("prepare", "Prepare a win-win"),)


def noon() -> datetime:
    return NOON


@pytest.fixture
def workspace() -> Workspace:
    """The memory alone, without a server."""
    return Workspace(noon, COMMANDS, SHORTCUTS)


@pytest.fixture
async def sandbox() -> AsyncIterator[SandboxServer]:
    server = SandboxServer(noon, commands=COMMANDS, shortcuts=SHORTCUTS)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def hasty() -> AsyncIterator[SandboxServer]:
    """A sandbox whose patience with the bot is short, for what is never acknowledged."""
    server = SandboxServer(noon, commands=COMMANDS, shortcuts=SHORTCUTS, ack_seconds=0.2)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def people(sandbox: SandboxServer) -> AsyncIterator[People]:
    """Ann, Ben and Chandra. A fault that the test did not expect and forget fails it."""
    async with People(sandbox.url) as people:
        yield people
        assert await people.faults() == []


@pytest.fixture
async def bot(sandbox: SandboxServer) -> AsyncIterator[AsyncApp]:
    async with tiny_bot(sandbox.api_url) as app:
        yield app


@pytest.fixture
def form(bot: AsyncApp) -> AsyncApp:
    """A bot whose command opens the form."""
    opening(bot, FORM)
    return bot
