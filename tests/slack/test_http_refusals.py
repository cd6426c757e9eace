"""HTTP: what is refused, in which words, and that nothing of it reaches the log."""

import asyncio
import io
import logging
from collections.abc import AsyncIterator
from urllib.parse import urlencode

import pytest
from aiohttp import ClientSession

from bot.sandbox.posts import signed
from bot.slack import http
from bot.slack.http import LARGEST
from tests.slack.place import COMMAND, FORM, Place, send


@pytest.mark.parametrize(
    "headers",
    [
        {},
        signed(COMMAND, secret="another"),
        signed(COMMAND + "!"),
        signed(COMMAND, 1_000_000_000),
        signed(COMMAND, 9_000_000_000),
        {**signed(COMMAND), "X-Slack-Request-Timestamp": "soon"},
        {**signed(COMMAND), "X-Slack-Signature": "v0=é"},
        {**signed(COMMAND), "X-Slack-Signature": ""},
        {"X-Slack-Signature": "v0=0"},
    ],
    ids=["none", "another-secret", "another-body", "old", "ahead", "no-time", "no-text", "empty", "no-stamp"],
)
async def test_what_slack_did_not_sign(
    place: Place, slack: ClientSession, caplog: pytest.LogCaptureFixture, headers: dict[str, str]
) -> None:
    caplog.set_level(logging.DEBUG)
    async with slack.post(place.url, data=COMMAND.encode(), headers=FORM | headers) as answer:
        said = await answer.text()

    assert answer.status == 401
    assert said == "This takes only what Slack signed, not longer than five minutes ago."
    assert place.heard == []
    assert "zebra" not in caplog.text


async def test_a_body_that_is_no_text(place: Place, slack: ClientSession) -> None:
    async with slack.post(place.url, data=b"\xff\xfe", headers=signed("")) as answer:
        assert answer.status == 401


async def test_a_wrong_secret_is_complained_about_once_and_strangers_never(
    place: Place, slack: ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    async with slack.post(place.url, data=COMMAND.encode(), headers=FORM):
        assert caplog.records == []
    for _ in range(3):
        await send(slack, place.url, **signed(COMMAND, secret="another"))

    (line,) = caplog.records
    assert "SLACK_SIGNING_SECRET" in line.message


@pytest.mark.parametrize(
    "body",
    [
        "",
        "zebra",
        "zebra=1",
        '{"type": "zebra',
        "payload=%7B%22zebra",
        "payload=[1]",
        "payload=1",
        "payload=",
        "[]",
        "{}",
        '{"type": "block_actions", "team": 5}',
        '{"a":' * 100_000,
    ],
    ids=lambda body: body[:20] or "empty",
)
async def test_what_is_signed_and_no_payload(
    place: Place, slack: ClientSession, caplog: pytest.LogCaptureFixture, body: str
) -> None:
    caplog.set_level(logging.DEBUG)

    assert await send(slack, place.url, body) == (400, "This is no payload of Slack.")
    assert "zebra" not in caplog.text


async def test_a_charset_that_nobody_knows(place: Place, slack: ClientSession) -> None:
    status, _ = await send(slack, place.url, **{"Content-Type": "text/plain; charset=zebra"})

    assert status == 400


async def test_what_is_too_large(place: Place, slack: ClientSession) -> None:
    async with slack.post(place.url, data=io.BytesIO(b"a" * (LARGEST + 1))) as answer:
        assert answer.status == 413


async def test_what_does_not_come_in(place: Place, slack: ClientSession, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "_READ_SECONDS", 0.1)

    async def drops() -> AsyncIterator[bytes]:
        yield b"command="
        await asyncio.sleep(60)

    async with slack.post(place.url, data=drops()) as answer:
        assert answer.status == 408


@pytest.mark.parametrize("verb", ["GET", "PUT", "DELETE"])
async def test_another_verb(place: Place, slack: ClientSession, verb: str) -> None:
    async with slack.request(verb, place.url) as answer:
        assert (answer.status, answer.headers["Allow"]) == (405, "POST")


async def test_another_place(place: Place, slack: ClientSession) -> None:
    assert (await send(slack, place.url + "/more"))[0] == 404


@pytest.mark.parametrize(
    "raw",
    [
        b"zebra\r\n\r\n",
        b"POST /slack/events HTTP/1.1\r\nHost: x\r\nzebra\x01: y\r\n\r\n",
        b"POST /slack/events HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzebra\r\n",
        b"\x16\x03\x01zebra",
    ],
    ids=["words", "header", "chunk", "tls"],
)
async def test_what_is_no_http(place: Place, raw: bytes, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    host, port = place.url.split("/")[2].split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(raw)
    writer.write_eof()
    said = await reader.read()
    writer.close()

    assert said == b"" or said.startswith((b"HTTP/1.0 400", b"HTTP/1.1 400"))
    assert "zebra" not in caplog.text
    assert "Traceback" not in caplog.text


async def test_a_listener_that_fails_says_nothing_private(
    place: Place, slack: ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    @place.app.command("/fail")
    async def fail() -> None:
        raise ValueError("the zebra budget")

    status, said = await send(slack, place.url, urlencode({"command": "/fail", "team_id": "T1", "user_id": "U1"}))

    assert status == 500
    reference = said.split("reference ")[1].rstrip(").")
    assert f"reference {reference}" in caplog.text
    assert "zebra" not in said + caplog.text
