"""Over HTTP: the same journey through processes that a balancer takes in turn; nothing twice, nothing private said."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.app import WinWin
from bot.config import Secret, Settings
from bot.sandbox.people import APP_TOKEN, SIGNING_SECRET
from bot.sandbox.server import SandboxServer
from bot.serving import sandboxed
from tests.databases import PostgreSQL
from tests.journeys.conftest import Office
from tests.journeys.process import Process, reached
from tests.journeys.steps import in_, post, review, script_in
from tests.sandbox.driver import People
from tests.sandbox.reading import text_of

USED_TRIGGER = "exchanged_trigger_id"
"""What Slack answers to a form that is opened by the same click once more."""


class HttpOffice(Office):
    """A workspace that sends every payload twice to the bot in it."""

    async def start_bot(self) -> None:
        settings = replace(
            sandboxed(Settings(), self.server.api_url, self._folder),
            slack_app_token=None,
            slack_signing_secret=Secret(SIGNING_SECRET),
            winwin_host="127.0.0.1",
            port=0,
        )
        self.bot = WinWin(settings, settings.connection(), self.clock)
        posts = self.server.parts.posts
        posts.urls, posts.times = re.findall(r"http://\S+/slack/events", await self.bot.start()), 2


@pytest.fixture
async def people(sandbox: SandboxServer) -> AsyncIterator[People]:
    async with People(sandbox.url) as people:
        yield people
        assert [fault for fault in await people.faults() if USED_TRIGGER not in fault] == []


async def serves(process: Process, sandbox: SandboxServer) -> str:
    """Starts it, has Slack send there too, and returns the address."""
    await process.start()
    await process.says("serves Slack")
    (url,) = re.findall(r"http://\S+/slack/events", process.output)
    sandbox.parts.posts.urls.append(url)
    return str(url)


@pytest.fixture
async def bot(sandbox: SandboxServer, tmp_path: Path) -> AsyncIterator[Process]:
    process = reached(tmp_path, sandbox.api_url, LOG_LEVEL="DEBUG")
    await serves(process, sandbox)
    yield process
    if process.runs:
        await process.kill()


@pytest.fixture
async def replicas(sandbox: SandboxServer, tmp_path: Path, postgresql: PostgreSQL) -> AsyncIterator[list[Process]]:
    """Two processes on one database."""
    database = postgresql.url(postgresql.fresh())
    both = [reached(tmp_path, sandbox.api_url, DATABASE_URL=database) for _ in range(2)]
    for process in both:
        await serves(process, sandbox)
    yield both
    for process in both:
        if process.runs:
            await process.kill()


async def test_it_says_where_it_is_reached_and_stops_cleanly(bot: Process) -> None:
    line = bot.output.splitlines()[-1]
    assert re.search(r"over HTTP at http://127\.0\.0\.1:\d+/slack/events \(Slack must reach this through https\)", line)
    assert "Slack's connections" not in bot.output
    assert await bot.stop() == 0


async def test_the_journey_goes_through_two_processes(people: People, replicas: list[Process]) -> None:
    script = await post(people.ann, Meeting=in_(people.ann, days=3))
    assert "My goal is to keep the budget" in script["text"]

    await people.ann.choose("Cancel the negotiation", script)
    await people.ann.until(lambda _: "Cancelled by" in script_in(people.ann)["text"])
    assert all("Slack's connections" not in one.output for one in replicas)  # that counts for Socket Mode only


async def test_where_every_payload_comes_twice_nothing_happens_twice(
    people: People, sandbox: SandboxServer, replicas: list[Process]
) -> None:
    sandbox.parts.posts.times = 2
    script = await post(people.ann, Meeting=in_(people.ann, days=3))
    await people.ann.choose("Reschedule", script)
    await people.ann.until(lambda state: state["views"] and state["views"][-1]["submit"] == "Move it")
    await people.ann.fill("Meeting", in_(people.ann, days=5))
    await people.ann.submit()
    await people.ann.view("Meeting moved")

    assert len([one for one in people.ann.messages("#deals") if one["from"] == "bot" and not one["ephemeral"]]) == 1
    assert people.ann.dm() == []


async def test_drafts_and_nudges_that_come_twice_count_once(tmp_path: Path) -> None:
    office = HttpOffice(tmp_path)
    await office.open()
    async with People(office.server.url) as people:
        await people.ann.command("/winwin Half a thought")
        await people.ann.view()
        await people.ann.press("Save draft")
        await people.ann.until(lambda state: "Draft saved" in text_of(state["views"][-1]))
        await people.ann.close(everything=True)
        await people.ann.command("/winwin")
        await people.ann.until(lambda state: state["views"] and "Continue Half" in text_of(state["views"][-1]))
        assert text_of(people.ann.front()).count("Continue Half a thought") == 1
        await people.ann.close(everything=True)

        await post(people.ann, Meeting=in_(people.ann, hours=4), Remind_me_to_rehearse=["2 hours before"])
        before = await people.jump() or 0
        await people.ann.until(lambda _: people.ann.dm())
        await people.ann.press("Snooze 15 minutes", people.ann.dm()[-1])
        await people.ann.until(lambda _: "I remind you again at" in people.ann.dm()[-1]["text"])
        assert 890 <= (await people.jump() or 0) - before <= 910
        await people.ann.until(lambda _: len(people.ann.dm()) == 2)
        await people.ann.press("Rehearsed", people.ann.dm()[-1])
        await people.ann.until(lambda _: "No more reminders" in people.ann.dm()[-1]["text"])
        assert await people.jump() is None
        assert [fault for fault in await people.faults() if USED_TRIGGER not in fault] == []
    await office.close()


async def test_what_one_process_began_the_other_ends(people: People, replicas: list[Process]) -> None:
    await review(people.ann)
    assert await replicas[0].stop() == 0
    await people.ann.submit("Post script")
    await people.ann.view("Posted")

    assert script_in(people.ann)


async def test_its_log_holds_nothing_private(bot: Process, people: People, sandbox: SandboxServer) -> None:
    await review(people.ann, My_Win="keep the zebra budget")
    await people.ann.submit("Post script")
    await people.ann.view("Posted")
    async with ClientSession() as stranger, stranger.post(sandbox.parts.posts.urls[0], data=b"zebra") as answer:
        assert answer.status == 401
    assert await bot.stop() == 0

    for secret in ("zebra", "$98M", "xoxb-", "sandbox-signing", "Acme"):
        assert secret not in bot.output


async def test_an_app_token_beside_the_secret_means_socket_mode_and_is_said(
    sandbox: SandboxServer, tmp_path: Path
) -> None:
    process = reached(tmp_path, sandbox.api_url, SLACK_APP_TOKEN=APP_TOKEN)
    await process.start()
    await process.says("serves Slack")

    assert "Socket Mode: an app token and a signing secret are given" in process.output
    assert "over Socket Mode (" in process.output
    assert await process.stop() == 0


async def test_a_port_that_is_taken_is_one_message(bot: Process, sandbox: SandboxServer, tmp_path: Path) -> None:
    port = sandbox.parts.posts.urls[0].split(":")[2].split("/")[0]
    second = reached(tmp_path, sandbox.api_url, PORT=port, WINWIN_DATA_DIR=str(tmp_path / "other"))
    await second.start()

    assert await second.ends() == 2
    assert "WINWIN_HOST and PORT cannot be listened on (address already in use): give others." in second.output
    assert "Traceback" not in second.output
