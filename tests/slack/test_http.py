"""HTTP: what is taken, that an answer leaves before the work behind it, and how it stops."""

import asyncio
import json
import threading
import time
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from aiohttp import ClientConnectionError, ClientSession

from bot.sandbox.posts import signed
from bot.slack import http
from bot.slack.background import soon
from tests.slack.place import COMMAND, FORM, Place, begin, send


class TestTaken:
    async def test_a_signed_payload_gets_its_listeners_answer(self, place: Place, slack: ClientSession) -> None:
        status, said = await send(slack, place.url)

        assert (status, json.loads(said)) == (200, {"text": "done", "response_type": "ephemeral"})
        assert place.heard == ["the zebra budget"]

    async def test_a_retry_is_handled_like_any_other(self, place: Place, slack: ClientSession) -> None:
        """The first may never have been handled; see the journeys for what does not happen twice."""
        status, _ = await send(slack, place.url, **{"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"})

        assert status == 200
        assert place.heard == ["the zebra budget"]

    async def test_slacks_look_at_the_certificate_is_answered(self, slack: ClientSession, place: Place) -> None:
        assert await send(slack, place.url, "ssl_check=1&token=x") == (200, "")

    async def test_a_signature_counts_for_five_minutes(self, place: Place, slack: ClientSession) -> None:
        status, _ = await send(slack, place.url, **signed(COMMAND, time.time() - 290))

        assert status == 200

    async def test_the_answer_leaves_before_the_work_behind_it(self, place: Place) -> None:
        """The work holds up the loop itself until the answer has come: were it first, the answer never would."""
        arrived = threading.Event()
        seen: list[bool] = []

        @place.app.command("/work")
        async def work(ack: Any) -> None:
            soon(lambda: seen.append(arrived.wait(5)))
            await ack("on it")

        def ask() -> str:
            body = urlencode({"command": "/work", "team_id": "T1", "user_id": "U1"})
            request = Request(place.url, body.encode(), FORM | signed(body))
            with urlopen(request, timeout=10) as answer:  # it takes a while only where the work came first
                said: str = answer.read().decode()
            arrived.set()
            return said

        assert "on it" in await asyncio.to_thread(ask)
        assert seen == [True]


class TestStop:
    async def test_health_is_good_while_it_serves(self, place: Place, slack: ClientSession) -> None:
        async with slack.get(place.health) as answer:
            assert (answer.status, await answer.text()) == (200, "Win-Win serves.")
        async with slack.post(place.health) as answer:
            assert answer.status == 405

    async def test_what_is_under_way_is_finished_and_nothing_more_is_taken(
        self, place: Place, slack: ClientSession
    ) -> None:
        async with ClientSession() as standing:  # its connection is there before the stop
            async with standing.get(place.health) as answer:
                await answer.read()
            health, url = place.health, place.url
            sending = await begin(slack, place)
            stopping = asyncio.create_task(place.mode.stop())
            await asyncio.sleep(0.05)

            async with standing.get(health) as answer:
                assert answer.status == 503
            async with standing.post(url, data=COMMAND.encode(), headers=FORM | signed(COMMAND)) as answer:
                assert (answer.status, await answer.text()) == (503, "Win-Win is stopping.")
            async with ClientSession() as new:
                with pytest.raises(ClientConnectionError):
                    await send(new, url)
            assert not stopping.done()
            place.gate.set()
            assert (await sending)[0] == 200
            await stopping

        assert place.heard == ["the zebra budget"]

    async def test_what_never_ends_is_cut_off(
        self, place: Place, slack: ClientSession, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(http, "_FINISH_SECONDS", 0.1)
        sending = await begin(slack, place)
        async with asyncio.timeout(2):
            await place.mode.stop()

        with pytest.raises(ClientConnectionError):
            await sending

    async def test_a_caller_who_hung_up_changes_nothing(
        self, place: Place, slack: ClientSession, caplog: pytest.LogCaptureFixture
    ) -> None:
        sending = await begin(slack, place)
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
        await asyncio.sleep(0.05)
        place.gate.set()
        await place.mode.stop()

        assert caplog.records == []

    async def test_an_address_that_is_taken(self, place: Place) -> None:
        second = place.another(port=int(place.url.split(":")[2].split("/")[0]))
        with pytest.raises(OSError, match="in use"):
            await second.start()
        await second.stop()

    async def test_it_says_where_it_listens(self, place: Place) -> None:
        six = place.another("::1")
        await six.start()
        assert six.way.startswith("over HTTP at http://[::1]:")
        assert six.way.endswith("/slack/events (Slack must reach this through https)")
        await six.stop()
