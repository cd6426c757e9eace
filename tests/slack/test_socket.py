"""When a connection over Socket Mode stands, and how one that does not is tried again."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientSession

from bot.sandbox.people import APP_TOKEN, BOT_TOKEN
from bot.slack.socket import SteadyClient
from bot.slack.web import new_client, sdk_log
from tests.slack.rude import Late, Leaving, Manner, RudeSlack, babbles, falls, mute, slams, stays, stumbles

PATIENCE = 10.0
HOURS = 3600.0
TRIES = 4


class Pauses:
    """Pauses that take no time; after TRIES of them one never ends. What is counted then is all that ever comes."""

    def __init__(self) -> None:
        self.begun = 0
        self.over = asyncio.Event()

    def __call__(self) -> Iterator[float]:
        self.begun += 1
        for _ in range(TRIES):
            yield 0.0
        self.over.set()
        yield HOURS


def forever() -> Iterator[float]:
    """A pause from which nobody returns: whoever is there again did not pause."""
    yield HOURS


class Watch:
    """A clock that stands still until it is moved."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


class Line:
    """One client at a Slack of the test's own. `said` is what it complained of."""

    def __init__(self, session: ClientSession, api_url: str, waits: Callable[[], Iterator[float]]) -> None:
        self.said: list[str] = []
        self.watch = Watch()
        web = new_client(BOT_TOKEN, api_url, session)
        self.client = SteadyClient(APP_TOKEN, web, sdk_log(), self.said.append, waits, self.watch)


@asynccontextmanager
async def line_to(slack: RudeSlack, waits: Callable[[], Iterator[float]]) -> AsyncIterator[Line]:
    async with slack.serving() as api_url, ClientSession() as session, asyncio.timeout(PATIENCE):
        line = Line(session, api_url, waits)
        try:
            yield line
        finally:
            await line.client.close()


@pytest.mark.parametrize("manner", [slams, stumbles, babbles, mute])
async def test_what_is_not_greeted_does_not_stand_and_meets_growing_pauses(
    manner: Manner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack.socket.TIMEOUT", 0.05 if manner is mute else PATIENCE)
    slack, waits = RudeSlack(manner), Pauses()
    async with line_to(slack, waits) as line:
        connecting = line.client.reconnect()
        await waits.over.wait()

        assert not connecting.done()
        assert (slack.opened, waits.begun) == (TRIES + 1, 1)
        assert len(line.said) == TRIES + 1


async def test_it_stands_after_what_did_not() -> None:
    slack = RudeSlack(slams, stumbles, babbles, stays)
    async with line_to(slack, Pauses()) as line:
        await line.client.reconnect()

        assert slack.opened == 4
        assert line.said == ["closed", "warning", "connection"]


async def test_it_is_connected_only_after_hello() -> None:
    late = Late()
    async with line_to(RudeSlack(late), forever) as line:
        connecting = line.client.reconnect()
        await late.heard.wait()
        assert not connecting.done()

        late.told.set()
        await connecting


async def test_what_is_greeted_and_falls_at_once_meets_growing_pauses() -> None:
    slack, waits = RudeSlack(falls), Pauses()
    async with line_to(slack, waits) as line:
        await line.client.reconnect()
        await waits.over.wait()

        assert (slack.opened, waits.begun) == (TRIES + 1, 1)
        assert line.said == ["closed"] * (TRIES + 1)


async def test_one_that_stood_ends_the_series_of_those_that_fell() -> None:
    leaving = Leaving()
    slack, waits = RudeSlack(falls, leaving, falls), Pauses()
    async with line_to(slack, waits) as line:
        await line.client.reconnect()
        await leaving.stands.wait()
        line.watch.now += HOURS
        leaving.told.set()
        await waits.over.wait()

        assert (slack.opened, waits.begun) == (2 + TRIES + 1, 2)


async def test_the_pauses_begin_anew_after_a_connection_that_stood() -> None:
    leaving = Leaving("refresh_requested")
    slack, waits = RudeSlack(slams, slams, leaving, slams), Pauses()
    async with line_to(slack, waits) as line:
        await line.client.reconnect()
        line.watch.now += HOURS
        leaving.told.set()
        await waits.over.wait()

        assert (slack.opened, waits.begun) == (3 + TRIES + 1, 2)


@pytest.mark.parametrize("reason", ["refresh_requested", "warning"])
async def test_a_refresh_hands_over_at_once_and_without_a_gap(reason: str) -> None:
    leaving, late = Leaving(reason), Late()
    slack = RudeSlack(leaving, late)
    async with line_to(slack, forever) as line:
        await line.client.reconnect()
        line.watch.now += HOURS
        leaving.told.set()
        await late.heard.wait()
        assert not leaving.left.is_set()

        late.told.set()
        await leaving.left.wait()
        assert (slack.opened, line.said) == (2, [])


async def test_one_that_stood_and_is_lost_comes_back_at_once() -> None:
    leaving, late = Leaving(), Late()
    async with line_to(RudeSlack(leaving, late), forever) as line:
        await line.client.reconnect()
        line.watch.now += HOURS
        leaving.told.set()
        await late.heard.wait()

        assert line.said == []


async def test_asking_twice_opens_one_connection() -> None:
    leaving, late = Leaving("warning"), Late()
    slack = RudeSlack(leaving, late)
    async with line_to(slack, forever) as line:
        await line.client.reconnect()
        line.watch.now += HOURS
        leaving.told.set()
        await late.heard.wait()
        await line.client.connect_to_new_endpoint(force=True)
        late.told.set()
        await line.client.reconnect()

        assert slack.opened == 2


async def test_closing_ends_what_is_being_tried() -> None:
    late = Late()
    slack = RudeSlack(late)
    async with line_to(slack, forever) as line:
        connecting = line.client.reconnect()
        await late.heard.wait()
        await line.client.close()
        late.told.set()

        assert connecting.cancelled()
        assert line.said == []
