"""A bot that serves over HTTP, and a session to send to it."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession

from tests.slack.place import Place


@pytest.fixture
async def place() -> AsyncIterator[Place]:
    place = Place()
    await place.mode.start()
    yield place
    place.gate.set()
    await place.mode.stop()


@pytest.fixture
async def slack() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session
