"""Slack over HTTP: signed requests in the forms that Slack uses, to one process after another."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from urllib.parse import parse_qs

import pytest
from aiohttp import web
from slack_sdk.signature import SignatureVerifier

from bot.sandbox.people import SIGNING_SECRET
from bot.sandbox.posts import Posts
from bot.sandbox.server import SandboxServer
from bot.sandbox.sockets import Unacknowledged
from tests.sandbox.driver import People

Listen = Callable[[], Awaitable["App"]]


class App:
    """The receiving side: it keeps what came and gives the answer that it was told."""

    def __init__(self) -> None:
        self.bodies: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.answer: Callable[[], web.Response] = web.Response
        self.seconds = 0.0
        self.url = ""

    async def start(self) -> None:
        server = web.Application()
        server.add_routes([web.post("/slack/events", self._take)])
        self._runner = web.AppRunner(server, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/slack/events"

    async def stop(self) -> None:
        await self._runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        self.bodies.append(await request.text())
        self.headers.append(dict(request.headers))
        await asyncio.sleep(self.seconds)
        return self.answer()


@pytest.fixture
async def listen() -> AsyncIterator[Listen]:
    apps: list[App] = []

    async def one() -> App:
        apps.append(App())
        await apps[-1].start()
        return apps[-1]

    yield one
    for app in apps:
        await app.stop()


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("slash_commands", "application/x-www-form-urlencoded"),
        ("interactive", "application/x-www-form-urlencoded"),
        ("events_api", "application/json"),
    ],
)
async def test_each_kind_comes_in_its_form_and_signed(listen: Listen, kind: str, content: str) -> None:
    app = await listen()
    assert await Posts(urls=[app.url]).deliver(kind, {"text": "a & ü"}) == {}

    (body,), (headers,) = app.bodies, app.headers
    read: dict[str, Callable[[], object]] = {
        "slash_commands": lambda: {"text": parse_qs(body)["text"][0]},
        "interactive": lambda: json.loads(parse_qs(body)["payload"][0]),
        "events_api": lambda: json.loads(body),
    }
    assert read[kind]() == {"text": "a & ü"}
    assert headers["Content-Type"] == content
    assert SignatureVerifier(SIGNING_SECRET).is_valid_request(body, headers)


async def test_what_the_answer_carries(listen: Listen) -> None:
    app = await listen()
    posts = Posts(urls=[app.url])
    app.answer = lambda: web.json_response({"response_action": "clear"})
    assert await posts.deliver("interactive", {}) == {"response_action": "clear"}
    app.answer = lambda: web.Response(text="a private line")
    assert await posts.deliver("slash_commands", {}) == {"text": "a private line"}


async def test_each_process_gets_its_turn_and_who_is_gone_is_passed_over(listen: Listen) -> None:
    one, two, three = await listen(), await listen(), await listen()
    await two.stop()
    posts = Posts(urls=[one.url, two.url, three.url])
    for _ in range(4):
        await posts.deliver("interactive", {})

    assert (len(one.bodies), len(three.bodies)) == (2, 2)


async def test_a_payload_may_come_twice(listen: Listen) -> None:
    one, two = await listen(), await listen()
    await Posts(urls=[one.url, two.url], times=2).deliver("interactive", {"n": 1})

    assert one.bodies == two.bodies
    assert "X-Slack-Retry-Num" not in one.headers[0]
    assert two.headers[0]["X-Slack-Retry-Num"] == "1"


async def test_an_answer_that_is_no_success_or_comes_late_has_a_name(listen: Listen) -> None:
    app = await listen()
    posts = Posts(ack_seconds=0.1, urls=[app.url])
    app.answer = lambda: web.Response(status=401)
    with pytest.raises(Unacknowledged, match=r"HTTP 401 \(dispatch_failed\)"):
        await posts.deliver("interactive", {})
    app.seconds = 1
    with pytest.raises(Unacknowledged, match="operation_timeout"):
        await posts.deliver("interactive", {})
    await app.stop()
    with pytest.raises(Unacknowledged, match=r"nobody listens there \(dispatch_failed\)"):
        await posts.deliver("interactive", {})


async def test_people_see_no_difference(sandbox: SandboxServer, people: People, listen: Listen) -> None:
    app = await listen()
    app.answer = lambda: web.json_response({"text": "over HTTP"})
    sandbox.parts.posts.urls.append(app.url)
    await people.ann.command("/winwin")

    assert people.ann.private_lines() == ["over HTTP"]
