"""What every peer that posts has in common: one session, prepared messages, twenty under way at once."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

AT_ONCE = 20
"""More gain nothing: one thread is busy with as many."""


class Poster:
    """Posts, a bounded number at once."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._places = asyncio.Semaphore(AT_ONCE)

    async def post(self, user: str, words: dict[str, Any]) -> None:
        async with self._places:
            await self._client.chat_postMessage(channel=user, unfurl_links=False, unfurl_media=False, **words)


POSTERS: list[Poster] = []
REMIND = f"{__name__}:remind"


async def remind(user: str, words: dict[str, Any]) -> None:
    """A stored job is the name of a function; what it works with must be found from there."""
    await POSTERS[0].post(user, words)


@asynccontextmanager
async def poster() -> AsyncIterator[Poster]:
    async with aiohttp.ClientSession() as session:
        yield Poster(
            AsyncWebClient(
                token=os.environ["SLACK_BOT_TOKEN"],
                base_url=os.environ["SLACK_API_URL"],
                session=session,
                retry_handlers=[],
            )
        )
