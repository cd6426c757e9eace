"""The human API: who may talk to it, what it refuses, what a person sees."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.sandbox.people import ANN, BEN, DEALS
from bot.sandbox.server import SandboxServer
from tests.sandbox.blocks import modal
from tests.sandbox.conftest import noon
from tests.sandbox.driver import Cannot, People
from tests.sandbox.tiny import client


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


PATHS = ("/", "/sandbox/state", "/sandbox/live", "/sandbox/calls", "/static/page.js", "/link")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "headers",
    [{"Host": "evil.example"}, {"Origin": "http://evil.example"}, {"Origin": "null"}, {"Host": "127.0.0.1:1"}],
    ids=["another name", "another page", "a file", "another port"],
)
async def test_nothing_answers_to_other_pages(
    sandbox: SandboxServer, http: ClientSession, path: str, headers: dict[str, str]
) -> None:
    async with http.get(sandbox.url + path, headers=headers) as answer:
        assert answer.status == 403


async def test_no_other_page_can_act(sandbox: SandboxServer, http: ClientSession) -> None:
    body = {"user": ANN, "channel": DEALS, "text": "x"}
    for verb, headers in (("message", {"Origin": "http://evil.example"}), ("message", {"Host": "evil.example"})):
        async with http.post(f"{sandbox.url}/sandbox/{verb}", json=body, headers=headers) as answer:
            assert answer.status == 403

    assert sandbox.workspace.channels[DEALS].messages == {}


async def test_its_own_page_may_use_either_name(sandbox: SandboxServer, http: ClientSession) -> None:
    port = sandbox.url.rpartition(":")[2]
    for name in ("127.0.0.1", "localhost"):
        headers = {"Host": f"{name}:{port}", "Origin": f"http://{name}:{port}"}
        async with http.get(f"{sandbox.url}/sandbox/state", headers=headers) as answer:
            assert answer.status == 200


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        ("command", b"{"),
        ("command", b"[]"),
        ("command", b'{"user": "U0ANN0001"}'),
        ("command", b'{"user": "U0ANN0001", "channel": 3, "text": "x"}'),
        ("submit", b'{"user": "U0ANN0001", "view_id": "V1", "values": []}'),
        ("submit", b'{"user": "U0ANN0001", "view_id": "V1", "values": {"a": 3}}'),
        ("action", b'{"user": "U0ANN0001", "block_id": "b", "action_id": "a"}'),
        ("options", b'{"colour": "red"}'),
        ("options", b'{"scopes": "all"}'),
        ("options", b'{"messages_tab": "ajar"}'),
        ("trouble", b'{"method": "auth.test"}'),
        ("trouble", b'{"refuse_sockets": "soon"}'),
    ],
)
async def test_what_is_not_of_the_contracts_form_is_malformed(
    sandbox: SandboxServer, http: ClientSession, verb: str, body: bytes
) -> None:
    async with http.post(f"{sandbox.url}/sandbox/{verb}", data=body) as answer:
        assert answer.status == 400
        assert (await answer.json())["error"]


async def test_an_act_of_nobody_is_refused(people: People) -> None:
    with pytest.raises(Cannot, match="no such person"):
        await people.ann.act("message", user="U0NOBODY1", channel=DEALS, text="x")


async def test_nobody_is_seen_by_an_unknown_eye(sandbox: SandboxServer, http: ClientSession) -> None:
    for path in ("state", "live"):
        async with http.get(f"{sandbox.url}/sandbox/{path}?user=U0NOBODY1") as answer:
            assert answer.status == 400


async def test_each_person_sees_their_own_places_only(people: People) -> None:
    places = {
        person.id: {channel["id"] for channel in (await person.look())["channels"]}
        for person in (people.ann, people.ben, people.chandra)
    }

    assert "D0ANN0001" in places[ANN]
    assert "D0ANN0001" not in places[BEN]
    assert "G0PAYROOM" not in places["U0CHANDRA"]
    assert places[ANN] & places[BEN] & places["U0CHANDRA"] == {DEALS, "C0SUPPLY1", "C0ACMESH1"}


async def test_each_person_sees_their_own_modals_only(people: People, sandbox: SandboxServer) -> None:
    sandbox.parts.modals.open(ANN, modal(), DEALS)

    assert len((await people.ann.look())["views"]) == 1
    assert (await people.ben.look())["views"] == []


async def test_the_state_tells_what_the_page_needs(people: People) -> None:
    state = await people.ann.look()

    assert state["me"] == ANN
    assert state["clock"] == {"now": "2026-05-04T12:00:00+00:00", "epoch": 1777896000.0, "offset_seconds": 0.0}
    assert state["commands"] == [
        {"command": "/winwin", "hint": "[what it is about]", "description": "Prepare a negotiation"}
    ]
    assert state["shortcuts"] == [{"callback_id": "prepare", "name": "Prepare a win-win"}]
    assert state["bot"] == {"user_id": "U0WINWIN1", "name": "Win-Win", "connections": 0, "calls": 0}
    assert [person["tz"] for person in state["people"]] == ["Europe/Berlin", "America/New_York", "Asia/Kolkata"]
    assert {channel["kind"] for channel in state["channels"]} == {"public", "private", "shared", "dm"}


async def test_the_live_state_comes_by_itself(people: People, sandbox: SandboxServer) -> None:
    web = client(sandbox.api_url)
    await web.chat_postMessage(channel=BEN, text="for Ben")

    def arrived(state: dict[str, Any]) -> bool:
        return any(message["text"] == "for Ben" for channel in state["channels"] for message in channel["messages"])

    assert await people.ben.until(arrived)
    assert not arrived(await people.ann.look())


async def test_only_what_one_sees_is_pushed(sandbox: SandboxServer, http: ClientSession) -> None:
    async with http.ws_connect(f"{sandbox.url}/sandbox/live?user={BEN}") as live:
        first = await live.receive_json(timeout=5)
        await client(sandbox.api_url).auth_test()
        sandbox.workspace.changed()
        sandbox.workspace.blame("test", "seen by all")
        second = await live.receive_json(timeout=5)
        while not second["faults"]:
            second = await live.receive_json(timeout=5)

    assert first["faults"] == []
    assert second["version"] > first["version"]


@pytest.mark.parametrize(("ahead", "shown"), [(3600.0, 3600.0), (None, 0.0)])
async def test_jumping_moves_the_clock_or_says_that_nothing_is_to_come(ahead: float | None, shown: float) -> None:
    async def jump() -> float | None:
        return ahead

    server = SandboxServer(noon, jump=jump)
    await server.start()
    async with People(server.url) as people:
        assert await people.jump() == ahead
        assert people.ann.state["clock"]["offset_seconds"] == shown
    await server.stop()


async def test_without_anybody_to_ask_nothing_is_to_come(people: People) -> None:
    assert await people.jump() is None


async def test_options_say_what_they_are_now(people: People) -> None:
    answer = await people.options(messages_tab="off", scopes=["commands"], edit_window_closed=True)

    assert answer | {"version": 0} == {
        "messages_tab": "off",
        "scopes": ["commands"],
        "events": [],
        "edit_window_closed": True,
        "version": 0,
    }
    assert people.ann.state["options"]["messages_tab"] == "off"


async def test_what_never_comes_is_told_with_what_was_seen(people: People) -> None:
    await people.ann.say("hello")

    with pytest.raises(Cannot, match=r"did not come within 0.01 s\. Views: \[\]\. Messages: \{'deals': \['hello'\]\}"):
        await people.ann.until(lambda state: False, patience=0.01)
