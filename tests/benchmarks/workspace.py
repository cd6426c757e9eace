"""The lean Slack's process, seen from the benchmark."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from tests.benchmarks.child import READY, running
from tests.benchmarks.figures import Load

TOKENS = {"SLACK_BOT_TOKEN": "xoxb-bench", "SLACK_APP_TOKEN": "xapp-bench"}


class Workspace:
    """One Slack for one contestant."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self._url = url
        self._session = session
        self.environment = {**TOKENS, "SLACK_API_URL": f"{url}/api/"}

    async def commands(self, payloads: Sequence[Any], at_once: int) -> Load:
        """From sending `/winwin` until it is acknowledged and its form arrived."""
        return self._load(await self._storm("slash_commands", payloads, at_once, opens=True), {"None"})

    async def submissions(self, payloads: Sequence[Any], at_once: int) -> Load:
        """From submitting a form until another view is the answer."""
        return self._load(await self._storm("interactive", payloads, at_once, opens=False), {"update"})

    async def forget(self) -> None:
        await self._ask("forget")

    async def arrived(self) -> int:
        """Messages so far."""
        return len(await self._ask("arrivals", count=0, seconds=1))

    async def posts(self, count: int, due_at: float, seconds: float = 900) -> Load:
        """Waits for `count` messages, each to another person, that were due at one instant."""
        arrivals = await self._ask("arrivals", count=count, seconds=seconds)
        people = {channel for channel, _ in arrivals}
        if not count == len(people) == len(arrivals):
            raise RuntimeError(f"{len(arrivals)} messages for {len(people)} people, where {count} were due")
        if (early := min(at for _, at in arrivals) - due_at) < 0:
            raise RuntimeError(f"a message came {-early:.3f} s too early")
        late = [at - due_at for _, at in arrivals]
        return Load.of(late, max(late))

    def _load(self, storm: dict[str, Any], expected: set[str]) -> Load:
        if set(storm["answers"]) != expected:
            raise RuntimeError(f"answers were {storm['answers']}, expected {expected}")
        return Load.of(storm["took"], storm["seconds"])

    async def _storm(self, kind: str, payloads: Sequence[Any], at_once: int, *, opens: bool) -> dict[str, Any]:
        return dict(await self._ask("storm", kind=kind, payloads=list(payloads), at_once=at_once, opens=opens))

    async def _ask(self, name: str, **body: Any) -> Any:
        async with self._session.post(f"{self._url}/bench/{name}", json=body) as answer:
            answer.raise_for_status()
            return await answer.json()


@asynccontextmanager
async def workspace() -> AsyncIterator[Workspace]:
    async with (
        running("tests.benchmarks.slack") as child,
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=1000)) as session,
    ):
        yield Workspace(await child.says(READY), session)
