"""One seed, from an empty database to the judge."""

import asyncio
import re
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.sandbox.api import CALLS_KEPT
from bot.serving import COMMAND, SHORTCUT
from tests.chaos import judge, stores, story, traces
from tests.chaos.crowd import Crowd
from tests.chaos.fleet import fleet
from tests.chaos.plan import Event, Fault, Plan
from tests.chaos.record import Record
from tests.chaos.stage import Stage
from tests.chaos.stores import Store
from tests.chaos.weather import Weather
from tests.sandbox.driver import People

PREPARING = 1.0
"""Seconds kept for preparing each matter before the storm."""

SETTLE_SECONDS = 230.0
"""Two silences in a row make a delivery wait for three minutes; nothing may take longer."""

SOON = 100.0
"""What is due later than this many seconds after the storm is none of our business."""


NEEDED = ("commands", "chat:write", "users:read")
"""The scopes without the optional one."""

_ABSENT = re.compile("operation_timeout|dispatch_failed|expired_trigger_id|exchanged_trigger_id")
"""What the sandbox blames the bot for, and what is no wonder while its processes are stopped or cut off:
Slack then hands the same payload to another connection."""


@dataclass(frozen=True, slots=True)
class Outcome:
    plan: Plan
    seconds: float
    counts: Counter[str]
    violations: list[str]
    stories: dict[str, list[str]]


class Storm:
    """The stage of one seed."""

    def __init__(self, plan: Plan, folder: Path, store: Store) -> None:
        self._plan = plan
        self._folder = folder
        self._store = store
        self._server = Stage(lambda: datetime.now(UTC), commands=(COMMAND,), shortcuts=(SHORTCUT,))
        self._aged: tuple[float, float] | None = None
        self._left: list[str] = []
        self._horizon = 0.0
        self.stories: dict[str, list[str]] = {}
        self.doing = "starting"

    async def run(self) -> tuple[Record, Counter[str]]:
        await self._server.start()
        self._weather = Weather(self._server.api.calls, self._plan.weather)
        self._server.api.troubles = self._weather
        if not self._plan.asks:
            self._server.workspace.options.scopes = NEEDED
        addresses = [self._server.address_for(number) for number in range(self._plan.replicas)]
        self._fleet = fleet(self._folder, addresses, self._store.url)
        try:
            for replica in self._fleet:
                await replica.start()
            await self._all_ready()
            async with People(self._server.url) as self._people:
                done = await self._blow()
                await self._settle()
                await asyncio.gather(*(replica.end() for replica in self._fleet))
            ends = [code for replica in self._fleet for code in replica.ends]
            self._left += [f"a process ended with {code} when asked to stop" for code in ends if code]
            return await self._recorded(), done + self._weather.struck()
        finally:
            for replica in self._fleet:
                await replica.die()
            await self._server.stop()

    async def _blow(self) -> Counter[str]:
        plan, self.doing = self._plan, "preparing"
        mine = max(Counter(matter.person for matter in plan.matters).values())
        crowd = self._crowd = Crowd(self._people, time.time() + mine * PREPARING)
        await crowd.prepare(plan.matters)
        await asyncio.sleep(crowd.origin - time.time())
        self.doing = "blowing"
        self._weather.begin()
        events = [self._happen(event, crowd.origin) for event in plan.events]
        await asyncio.gather(crowd.act(plan.acts), *events, asyncio.sleep(plan.seconds))
        return Counter({f"act: {verb}": count for verb, count in crowd.done.items()})

    async def _happen(self, event: Event, origin: float) -> None:
        await asyncio.sleep(origin + event.at - time.time())
        replica = self._fleet[event.replica]
        match event.fault:
            case Fault.KILL:
                await replica.kill(event.seconds)
            case Fault.BLINK | Fault.FREEZE:
                await replica.stop_for(event.seconds)
            case Fault.ROLL:
                for one in self._fleet:
                    await one.roll()
            case Fault.SLEEP:
                await self._sleep(event.seconds)
            case Fault.DATABASE:
                await self._store.restart(event.how, event.seconds)
            case Fault.SOCKETS:
                await self._cut(event)

    async def _sleep(self, seconds: float) -> None:
        """Everybody is down for minutes."""
        for replica in self._fleet:
            await replica.lock.acquire()
            await replica.die()
        await self._weather.pass_by()
        await self._store.age(seconds)
        self._aged = time.time(), seconds
        for replica in self._fleet:
            await replica.start()
            replica.lock.release()

    async def _cut(self, event: Event) -> None:
        sockets = self._server.parts.sockets
        if event.how == "disconnect":
            await sockets.disconnect("refresh_requested")
            return
        if event.how == "refuse":
            sockets.refuse(event.seconds)
        sockets.drop()

    async def _settle(self) -> None:
        """Fine weather, every process up; returns once nothing is due any more."""
        self.doing = "waiting for every process to serve"
        self._weather.end()
        self._server.parts.sockets.refuse(0)
        await self._all_ready()
        horizon = self._horizon = time.time() + SOON
        end = time.monotonic() + SETTLE_SECONDS
        while left := await self._unsettled(horizon):
            self.doing = f"waiting for {', '.join(key for key, _ in left)}"
            for replica in self._fleet:
                await replica.tend()
            if time.monotonic() > end:
                self._left = [f"{key} is still {state} after {SETTLE_SECONDS:g} s" for key, state in left]
                return
            await asyncio.sleep(0.5)

    async def _unsettled(self, horizon: float) -> list[tuple[str, str]]:
        rows = (await self._store.rows())["delivery"]
        open_ = [row for row in rows if row["settled_at"] is None]
        return [(row["key"], row["state"]) for row in open_ if row["attempts"] or row["due_at"].timestamp() < horizon]

    async def _all_ready(self) -> None:
        for replica in self._fleet:
            async with replica.lock:
                await replica.ready()

    async def _recorded(self) -> Record:
        tables = await self._store.rows()
        known = traces.matters(tables)
        workspace, api = self._server.workspace, self._server.api
        if len(api.calls) == CALLS_KEPT:
            self._left.append("the sandbox forgot calls: nobody can judge this")
        calls = traces.Calls(tuple(api.calls), self._weather.met, time.time() - time.monotonic())
        self.stories = story.stories(tables, calls)
        return Record(
            traces.rows(tables, known, self._aged, self._store.moved),
            known,
            tuple(calls.said(self._aged)),
            tuple(traces.standing(workspace)),
            tuple(span for replica in self._fleet for span in replica.disturbed),
            tuple(self._store.outages),
            self._aged,
            self._horizon,
            tuple(what for fault in workspace.faults if not _ABSENT.search(what := f"{fault.where}: {fault.what}")),
            tuple(self._odd_exits()),
            tuple(self._left),
            self._plan.asks,
            tuple(calls.asked()),
            tuple(self._crowd.pressed),
        )

    def _odd_exits(self) -> list[str]:
        """A process may refuse to start while the database is away; no other end is its own."""
        return [
            f"a process ended by itself with {code}"
            for replica in self._fleet
            for code, said in replica.exits
            if code != 2 or "Cannot use" not in said or not self._store.outages
        ]


async def run(plan: Plan, folder: Path, limit: float) -> Outcome:
    """Runs a seed, its database and its logs in `folder`. What takes longer than `limit` seconds is ended, and broken;
    its processes and its database end with it."""
    begun = time.monotonic()
    with stores.opened(folder, postgresql=plan.postgresql) as store:
        storm = Storm(plan, folder, store)
        try:
            async with asyncio.timeout(limit) as time_left:
                found, done = await storm.run()
        except TimeoutError:
            if not time_left.expired():
                raise
            why = f"broken: not over after {limit:g} s; it was {storm.doing}"
            return Outcome(plan, time.monotonic() - begun, Counter(), [why], storm.stories)
    counts = judge.counts(found) + done
    return Outcome(plan, time.monotonic() - begun, counts, judge.judge(found), storm.stories)
