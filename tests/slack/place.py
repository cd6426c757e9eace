"""A tiny bot that serves over HTTP, and how Slack sends to it."""

import asyncio
from typing import Any
from urllib.parse import urlencode

from aiohttp import ClientSession
from slack_bolt.async_app import AsyncApp
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse

from bot.sandbox.people import SIGNING_SECRET
from bot.sandbox.posts import signed
from bot.slack.background import Background
from bot.slack.http import HttpMode
from tests.sandbox.tiny import authorize, client

COMMAND = urlencode({"command": "/winwin", "text": "the zebra budget", "team_id": "T1", "user_id": "U1"})
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Place:
    """A tiny bot that serves on loopback. `heard` are the commands that reached it."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.came, self.gate = asyncio.Event(), asyncio.Event()
        self.gate.set()
        self.background = Background()
        self.app = AsyncApp(
            client=client("http://127.0.0.1:9/", ""),
            authorize=authorize,
            process_before_response=True,
            request_verification_enabled=False,
            raise_error_for_unhandled_request=True,
        )
        self.mode = self.another()

        @self.app.command("/winwin")
        async def answer(ack: Any, command: dict[str, Any]) -> None:
            self.heard.append(command["text"])
            self.came.set()
            await self.gate.wait()
            await ack(text="done", response_type="ephemeral")

        @self.app.error
        async def as_the_bot_does(error: Exception) -> BoltResponse:
            if isinstance(error, BoltUnhandledRequestError):
                return BoltResponse(status=200, body="")
            raise error

    def another(self, host: str = "127.0.0.1", port: int = 0) -> HttpMode:
        return HttpMode(self.app, SIGNING_SECRET, self.background, host=host, port=port, path="/slack/events")

    @property
    def url(self) -> str:
        return self.mode.way.split()[3]

    @property
    def health(self) -> str:
        return self.url.replace("/slack/events", "/health")


async def send(slack: ClientSession, url: str, body: str = COMMAND, **headers: str) -> tuple[int, str]:
    given = {**FORM, **signed(body), **headers}
    async with slack.post(url, data=body.encode(), headers=given) as answer:
        return answer.status, await answer.text()


async def begin(slack: ClientSession, place: Place) -> "asyncio.Task[tuple[int, str]]":
    """A command whose answer waits for the gate."""
    place.gate.clear()
    sending = asyncio.create_task(send(slack, place.url))
    async with asyncio.timeout(5):
        await place.came.wait()
    return sending
