"""The process: how it starts, what it refuses, and that a kill loses nothing."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.sandbox.server import SandboxServer
from bot.slack.socket import ALLOWED
from tests.chaos.stores import Store
from tests.databases import PostgreSQL
from tests.journeys.process import Process, connected
from tests.journeys.steps import post, review, script_in
from tests.sandbox.driver import People

NOWHERE = "http://127.0.0.1:9/api/"


@pytest.fixture
async def people(sandbox: SandboxServer) -> AsyncIterator[People]:
    async with People(sandbox.url) as people:
        yield people


@pytest.fixture
async def bot(sandbox: SandboxServer, tmp_path: Path) -> AsyncIterator[Process]:
    process = connected(tmp_path, sandbox.api_url, LOG_LEVEL="DEBUG")
    await process.start()
    await process.says("serves Slack")
    yield process
    if process.runs:
        await process.kill()


async def test_it_says_where_it_serves_and_stops_cleanly(bot: Process) -> None:
    assert "Socket Mode" in bot.output
    assert await bot.stop() == 0


@pytest.mark.parametrize("kind", ["hang", "http_500", "rate_limited"])
async def test_a_kill_after_the_answer_posts_once_after_the_restart(
    bot: Process, people: People, sandbox: SandboxServer, tmp_path: Path, kind: str
) -> None:
    more = {"seconds": 5} if kind == "hang" else {}
    await people.trouble("chat.postMessage", kind, **more)
    await review(people.ann)
    await people.ann.submit("Post script")
    await bot.kill()
    if kind != "rate_limited":
        await people.trouble("chat.postMessage", kind, clear=True)
    await Store(f"sqlite:///{tmp_path}/data/winwin.db").age(60)

    again = connected(tmp_path, sandbox.api_url)
    await again.start()
    await people.ann.until(lambda _: [one for one in people.ann.messages() if one["from"] == "bot"], patience=60)
    assert script_in(people.ann)
    assert await again.stop() == 0


async def test_debug_logs_hold_nothing_private(bot: Process, people: People) -> None:
    await review(people.ann, My_Win="keep the zebra budget")
    await people.ann.submit("Post script")
    await people.ann.view("Posted")
    assert await bot.stop() == 0

    for secret in ("zebra", "$98M", "xoxb-", "xapp-", "Acme"):
        assert secret not in bot.output


async def test_a_second_process_on_the_same_file_is_refused(
    bot: Process, sandbox: SandboxServer, tmp_path: Path
) -> None:
    second = connected(tmp_path, sandbox.api_url)
    await second.start()

    assert await second.ends() == 2
    assert "already using" in second.output
    assert "Traceback" not in second.output


async def test_while_slack_is_away_it_says_so_and_can_be_stopped(tmp_path: Path) -> None:
    process = connected(tmp_path, NOWHERE)
    await process.start()
    await process.says("Slack cannot be reached")

    assert await process.stop() == 0
    assert process.output.count("Slack cannot be reached") == 1


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({}, ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, ["SLACK_APP_TOKEN is missing"]),
        ({"SLACK_BOT_TOKEN": "xapp-1", "SLACK_APP_TOKEN": "xoxb-1", "PORT": "x"}, ["belongs in", "PORT"]),
        (
            {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "DATABASE_URL": "postgresql://127.0.0.1:9/x"},
            ["Cannot use"],
        ),
    ],
    ids=["nothing", "half", "swapped", "no-database"],
)
async def test_what_cannot_serve_is_one_message_and_exit_code_two(
    tmp_path: Path, environment: dict[str, str], told: list[str]
) -> None:
    process = Process("run", tmp_path, WINWIN_DATA_DIR=str(tmp_path), SLACK_API_URL=NOWHERE, **environment)
    await process.start()

    assert await process.ends() == 2
    assert all(part in process.output for part in told)
    assert "Traceback" not in process.output


@pytest.mark.parametrize(
    ("method", "name"), [("auth.test", "SLACK_BOT_TOKEN"), ("apps.connections.open", "SLACK_APP_TOKEN")]
)
async def test_a_refused_token_is_named(
    people: People, sandbox: SandboxServer, tmp_path: Path, method: str, name: str
) -> None:
    await people.trouble(method, "error", code="invalid_auth")
    process = connected(tmp_path, sandbox.api_url)
    await process.start()

    assert await process.ends() == 2
    assert f"Slack does not accept {name} (invalid_auth)" in process.output


async def test_broken_words_name_their_file_and_line(sandbox: SandboxServer, tmp_path: Path) -> None:
    (tmp_path / "words.toml").write_text('[form]\ntitle = "a\n')
    process = connected(tmp_path, sandbox.api_url, WINWIN_TEMPLATES_DIR=str(tmp_path))
    await process.start()

    assert await process.ends() == 2
    assert "words.toml, line 2" in process.output


async def test_start_opens_the_sandbox_where_no_token_is_given(tmp_path: Path) -> None:
    process = Process("start", tmp_path, PORT="0")
    await process.start()
    await process.says("type /winwin")

    assert "No Slack tokens" in process.output
    assert "http://127.0.0.1:" in process.output
    assert await process.stop() == 0


async def test_start_serves_slack_where_tokens_are_given(sandbox: SandboxServer, tmp_path: Path) -> None:
    process = connected(tmp_path, sandbox.api_url)
    process._command = "start"
    await process.start()
    await process.says("serves Slack as")

    assert await process.stop() == 0


async def test_while_others_hold_all_connections_it_says_so_and_serves_once_one_goes(
    sandbox: SandboxServer, tmp_path: Path
) -> None:
    async with ClientSession() as others:
        address = f"{sandbox.url}/link?ticket="
        lines = [await others.ws_connect(address + sandbox.parts.sockets.ticket()) for _ in range(ALLOWED)]
        process = connected(tmp_path, sandbox.api_url)
        await process.start()
        await process.says(f"Slack allows an app {ALLOWED} connections, and all are taken")
        assert "serves Slack" not in process.output

        await lines[0].close()
        await process.says("serves Slack")
        assert await process.stop() == 0
        for line in lines[1:]:
            await line.close()


async def test_it_serves_from_postgresql_too(
    postgresql: PostgreSQL, people: People, sandbox: SandboxServer, tmp_path: Path
) -> None:
    process = connected(tmp_path, sandbox.api_url, DATABASE_URL=postgresql.url(postgresql.fresh()))
    await process.start()
    await process.says("serves Slack")
    await post(people.ann)

    assert await process.stop() == 0
    assert not (tmp_path / "data").exists()


async def test_counting_dismissals_where_nothing_ran_yet_says_so_and_makes_no_file(tmp_path: Path) -> None:
    process = Process("coach", tmp_path, WINWIN_DATA_DIR=str(tmp_path / "data"))
    await process.start("dismissals")

    assert await process.ends() == 2
    assert "no database yet" in process.output
    assert "Traceback" not in process.output
    assert not (tmp_path / "data").exists()
