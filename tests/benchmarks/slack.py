"""A Slack that does the least a Slack can do: `python -m tests.benchmarks.slack` serves one on loopback and prints
its address. In a process of its own, so that its work is nobody's figure.

It answers every method of the Web API with what a bot needs, notes when each message arrived, and sends payloads
over Socket Mode as fast as it is told to (`/bench/...`, see `workspace`).
"""

import asyncio
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

IDENTITY = {"team_id": "T0BENCH01", "user_id": "U0BENCHBOT", "bot_id": "B0BENCH01", "user": "winwin", "team": "Bench"}
PATIENCE = 120.0
"""Seconds that a storm may take before it counts as lost."""


@dataclass(slots=True)
class Waiting:
    """A payload under way: answered once acknowledged and, where it opens a form, once the form arrived."""

    begun: float
    needs: int
    done: "asyncio.Future[float]"
    answer: dict[str, Any] = field(default_factory=dict)

    def step(self) -> None:
        self.needs -= 1
        if not self.needs and not self.done.done():
            self.done.set_result(time.perf_counter() - self.begun)


class Slack:
    """One workspace and one bot."""

    def __init__(self) -> None:
        self.url = ""
        self._socket: web.WebSocketResponse | None = None
        self._acks: dict[str, Waiting] = {}
        self._forms: dict[str, Waiting] = {}
        self._arrived: list[tuple[str, float]] = []
        self._changed = asyncio.Event()

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Low-level, because a router would cost more than the rest."""
        name = request.path.rpartition("/")[2]
        if name == "socket":
            return await self._connection(request)
        body = json.loads(await request.content.read() or "{}") if request.content_type == "application/json" else {}
        if request.path.startswith("/bench/"):
            return web.json_response(await self._bench(name, body))
        return web.json_response({"ok": True, **self._answer(name, body)})

    def _answer(self, method: str, body: dict[str, Any]) -> dict[str, Any]:
        match method:
            case "chat.postMessage":
                self._arrived.append((body["channel"], time.time()))
                self._changed.set()
                return {"channel": f"D{body['channel']}", "ts": f"1700000000.{len(self._arrived):06}"}
            case "views.open":
                if waiting := self._forms.pop(body["trigger_id"], None):
                    waiting.step()
                return {"view": {"id": f"V{body['trigger_id']}", "hash": "1.a"}}
            case "users.info":
                return {"user": {"id": "U0", "tz": "Europe/Berlin"}}
            case "apps.connections.open":
                return {"url": self.url.replace("http", "ws", 1) + "/socket"}
            case "auth.test":
                return {**IDENTITY, "url": self.url}
        return {}

    async def _bench(self, name: str, body: dict[str, Any]) -> Any:
        match name:
            case "storm":
                return await self._storm(body["kind"], body["payloads"], body["at_once"], opens=body["opens"])
            case "forget":
                self._arrived.clear()
                return {}
            case "arrivals":
                return await self._arrivals(body["count"], body["seconds"])
        raise web.HTTPNotFound

    async def _arrivals(self, count: int, seconds: float) -> list[tuple[str, float]]:
        """Messages and when they arrived, as soon as there are `count` of them."""
        async with asyncio.timeout(seconds):
            while len(self._arrived) < count:
                self._changed.clear()
                await self._changed.wait()
        return self._arrived

    async def _storm(self, kind: str, payloads: Sequence[Any], at_once: int, *, opens: bool) -> dict[str, Any]:
        """Sends every payload, `at_once` under way at any time; seconds of each and of all, and the last answer."""
        prepared = []
        for number, payload in enumerate(payloads):
            envelope = {"envelope_id": f"E{number}", "type": kind, "payload": payload, "accepts_response_payload": True}
            prepared.append((f"E{number}", payload["trigger_id"], json.dumps(envelope)))
        took: list[float] = []
        answers: list[dict[str, Any]] = []
        queue = iter(prepared)

        async def one_hand() -> None:
            for envelope_id, trigger, text in queue:
                waiting = Waiting(time.perf_counter(), 2 if opens else 1, asyncio.get_running_loop().create_future())
                self._acks[envelope_id] = waiting
                if opens:
                    self._forms[trigger] = waiting
                assert self._socket is not None, "the bot has no connection"
                await self._socket.send_str(text)
                took.append(await waiting.done)
                answers.append(waiting.answer)

        begun = time.perf_counter()
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*(one_hand() for _ in range(at_once)))
        kinds = sorted({str(answer.get("response_action")) for answer in answers})
        return {"took": took, "seconds": time.perf_counter() - begun, "answers": kinds}

    async def _connection(self, request: web.BaseRequest) -> web.StreamResponse:
        self._socket = socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str('{"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A0BENCH01"}}')
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                acked = json.loads(message.data)
                if waiting := self._acks.pop(acked.get("envelope_id", ""), None):
                    waiting.answer = acked.get("payload") or {}
                    waiting.step()
        return socket


async def serve() -> None:
    slack = Slack()
    runner = web.ServerRunner(web.Server(slack.handle))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    slack.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    print(f"ready {slack.url}", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve())
