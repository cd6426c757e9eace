"""The Web API's door: tokens, forms, headers, and what goes wrong on purpose."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientConnectionError, ClientSession
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.people import APP_TOKEN, BOT_TOKEN, DEALS
from bot.sandbox.server import SandboxServer
from tests.sandbox.blocks import section
from tests.sandbox.driver import People
from tests.sandbox.tiny import client


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


@pytest.fixture
def web(sandbox: SandboxServer) -> AsyncWebClient:
    return client(sandbox.api_url)


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def test_the_sdk_posts_and_reads_back(web: AsyncWebClient, people: People) -> None:
    posted = await web.chat_postMessage(channel=DEALS, text="one", blocks=[section("two")])
    await web.chat_update(channel=DEALS, ts=posted["ts"], text="three")
    link = await web.chat_getPermalink(channel=DEALS, message_ts=posted["ts"])
    user = await web.users_info(user=people.ann.id, include_locale=True)
    await people.ann.look()

    assert [message["text"] for message in people.ann.messages()] == ["three"]
    assert link["permalink"].startswith(people.url)
    assert user["user"]["locale"] == "en-GB"
    assert (await web.auth_test())["team_id"] == "T0SANDBOX"


async def test_every_answer_tells_the_scopes(web: AsyncWebClient) -> None:
    answer = await web.auth_test()

    assert answer.headers["x-oauth-scopes"] == "commands,chat:write,users:read,im:history"


@pytest.mark.parametrize(
    ("method", "token", "code"),
    [
        ("auth.test", None, "not_authed"),
        ("auth.test", "xoxb-stolen", "invalid_auth"),
        ("auth.test", APP_TOKEN, "not_allowed_token_type"),
        ("apps.connections.open", BOT_TOKEN, "not_allowed_token_type"),
        ("chat.teleport", BOT_TOKEN, "unknown_method"),
    ],
)
async def test_the_wrong_token_or_method_is_a_fault(
    sandbox: SandboxServer, http: ClientSession, method: str, token: str | None, code: str
) -> None:
    async with http.post(sandbox.api_url + method, headers=bearer(token) if token else {}) as answer:
        assert (await answer.json())["error"] == code

    assert [fault.where for fault in sandbox.workspace.faults] == [method]


async def test_a_method_without_its_scope_is_refused(people: People, web: AsyncWebClient) -> None:
    await people.options(scopes=["commands"])

    with pytest.raises(SlackApiError) as refused:
        await web.chat_postMessage(channel=DEALS, text="x")
    assert (refused.value.response["error"], refused.value.response["needed"]) == ("missing_scope", "chat:write")


@pytest.mark.parametrize(
    "body",
    [
        {"json": {"channel": DEALS, "text": "x", "blocks": [section()]}},
        {"json": {"channel": DEALS, "text": "x", "blocks": '[{"type": "divider"}]'}},
        {"data": {"channel": DEALS, "text": "x", "blocks": '[{"type": "divider"}]'}},
        {"params": {"channel": DEALS, "text": "x"}},
        {"data": {"channel": DEALS, "text": "x", "token": BOT_TOKEN}, "headers": {}},
    ],
)
async def test_arguments_come_in_every_form(sandbox: SandboxServer, http: ClientSession, body: dict[str, Any]) -> None:
    async with http.post(sandbox.api_url + "chat.postMessage", **{"headers": bearer(BOT_TOKEN), **body}) as answer:
        assert (await answer.json())["ok"]


@pytest.mark.parametrize(
    "body", [b"{", b"[1, 2]", b'{"blocks": "[{"}', b"3"], ids=["broken", "a list", "broken inside", "a number"]
)
async def test_a_broken_body_is_a_fault(sandbox: SandboxServer, http: ClientSession, body: bytes) -> None:
    headers = {**bearer(BOT_TOKEN), "Content-Type": "application/json"}
    async with http.post(sandbox.api_url + "chat.postMessage", data=body, headers=headers) as answer:
        assert (await answer.json())["error"] == "invalid_json"

    assert len(sandbox.workspace.faults) == 1


async def test_an_ordinary_refusal_is_no_fault_and_a_bad_payload_is(people: People, web: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError, match="not_in_channel"):
        await web.chat_postMessage(channel="C0SUPPLY1", text="x")
    assert await people.faults() == []

    with pytest.raises(SlackApiError, match="invalid_blocks"):
        await web.chat_postMessage(channel=DEALS, text="x", blocks=[section("")])
    assert await people.faults() == [
        "chat.postMessage: invalid_blocks: must be more than 0 characters [json-pointer:/blocks/0/text/text]"
    ]
    await people.forget_faults()


async def test_an_invitation_lets_the_bot_in(people: People, web: AsyncWebClient) -> None:
    await people.invite("#supply")
    await web.chat_postMessage(channel="C0SUPPLY1", text="thanks")
    await people.ben.look()

    assert [message["text"] for message in people.ben.messages("#supply")] == ["thanks"]


async def test_a_rate_limit_says_when_to_come_back(people: People, web: AsyncWebClient) -> None:
    await people.trouble("chat.postMessage", "rate_limited", retry_after=7)

    with pytest.raises(SlackApiError) as refused:
        await web.chat_postMessage(channel=DEALS, text="x")
    assert (refused.value.response.status_code, refused.value.response["error"]) == (429, "ratelimited")
    assert refused.value.response.headers["Retry-After"] == "7"
    assert (await web.chat_postMessage(channel=DEALS, text="x"))["ok"]


async def test_trouble_comes_after_some_calls_and_ends(people: People, web: AsyncWebClient) -> None:
    await people.trouble("chat.postMessage", "error", code="is_archived", after=1, count=2)

    said = []
    for text in "abcd":
        try:
            await web.chat_postMessage(channel=DEALS, text=text)
            said.append(text)
        except SlackApiError as refused:
            said.append(refused.response["error"])
    assert said == ["a", "is_archived", "is_archived", "d"]
    assert await people.faults() == []


async def test_a_server_error_has_no_json(people: People, sandbox: SandboxServer, http: ClientSession) -> None:
    await people.trouble("*", "http_500")

    async with http.post(sandbox.api_url + "auth.test", headers=bearer(BOT_TOKEN)) as answer:
        assert answer.status == 500


@pytest.mark.parametrize(("kind", "kept"), [("drop", 1), ("lose", 0)])
async def test_a_connection_dies_with_or_without_the_work_done(
    people: People, web: AsyncWebClient, kind: str, kept: int
) -> None:
    await people.trouble("chat.postMessage", kind)

    with pytest.raises(ClientConnectionError):
        await web.chat_postMessage(channel=DEALS, text="x")
    await people.ann.look()
    assert len(people.ann.messages()) == kept


async def test_a_call_that_hangs_goes_on_at_last(people: People, web: AsyncWebClient) -> None:
    await people.trouble("chat.postMessage", "hang", seconds=0.01)

    assert (await web.chat_postMessage(channel=DEALS, text="x"))["ok"]


async def test_trouble_can_be_cleared_and_then_what_hangs_goes_on(people: People, web: AsyncWebClient) -> None:
    await people.trouble("chat.postMessage", "hang", seconds=3600)
    await people.trouble("*", "http_500", count=100, after=1)
    call = asyncio.create_task(web.chat_postMessage(channel=DEALS, text="x"))
    await people.ann.until(lambda state: state["bot"]["calls"] == 1)
    await people.ann.act("trouble", clear=True)

    assert (await call)["ok"]
    assert (await web.auth_test())["ok"]


async def test_trouble_of_an_unknown_kind_is_malformed(people: People) -> None:
    with pytest.raises(AssertionError, match="rate_limited, http_500"):
        await people.trouble("auth.test", "earthquake")


async def test_the_calls_are_kept_for_tests_to_read(people: People, web: AsyncWebClient) -> None:
    await web.chat_postMessage(channel=DEALS, text="x")
    (call,) = await people.calls("chat.postMessage")

    assert call["args"] == {"channel": DEALS, "text": "x"}
    assert call["answer"]["ok"]
    assert call["started"] <= call["ended"]
