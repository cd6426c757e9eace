"""A bot of a few lines on the real Bolt, for the sandbox's own tests."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.people import APP_TOKEN, BOT_ID, BOT_TOKEN, BOT_USER, TEAM_ID


async def authorize(**_: Any) -> AuthorizeResult:
    return AuthorizeResult(
        enterprise_id=None, team_id=TEAM_ID, bot_token=BOT_TOKEN, bot_id=BOT_ID, bot_user_id=BOT_USER
    )


def client(api_url: str, token: str = BOT_TOKEN) -> AsyncWebClient:
    """A client of the SDK that never tries twice by itself."""
    return AsyncWebClient(token=token, base_url=api_url, retry_handlers=[])


@asynccontextmanager
async def tiny_bot(api_url: str, ping_interval: float = 10) -> AsyncIterator[AsyncApp]:
    """An app connected over Socket Mode; tests add listeners to it."""
    app = AsyncApp(client=client(api_url, ""), authorize=authorize, process_before_response=True)
    handler: Any = AsyncSocketModeHandler(app, APP_TOKEN, ping_interval=ping_interval)
    await handler.connect_async()
    try:
        yield app
    finally:
        await handler.close_async()
        await handler.client.aiohttp_client_session.close()
