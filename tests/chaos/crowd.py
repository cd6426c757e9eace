"""People at the page while the storm goes on. What a person cannot do just now is left undone, as in life."""

import asyncio
import math
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from tests.chaos.plan import Act, Matter
from tests.chaos.record import Pressed
from tests.chaos.traces import title_of
from tests.journeys.steps import BRIEF
from tests.sandbox.driver import Cannot, People, Person
from tests.sandbox.reading import Json, text_of

ACT_SECONDS = 9.0
RUNG = 15 * 60


class Crowd:
    """Does the acts of a plan. `origin` is the instant, in seconds since the epoch, at which the storm begins;
    `pressed` what was tried that ends nudges."""

    def __init__(self, people: People, origin: float) -> None:
        self._people = people
        self.origin = origin
        self._edits = 0
        self.done: Counter[str] = Counter()
        self.pressed: list[Pressed] = []
        self._verbs: dict[str, Callable[[Person, Matter], Awaitable[None]]] = {
            "prepare": self._prepare,
            "edit": self._edit,
            "move": self._move,
            "cancel": self._cancel,
            "undo": self._undo,
            "take_back": self._take_back,
            "elsewhere": self._elsewhere,
            "reschedule": self._reschedule,
            "rehearsed": self._on_nudge("Rehearsed"),
            "stop": self._on_nudge("Stop"),
            "snooze": self._on_nudge("Snooze 5 minutes"),
        }

    async def prepare(self, matters: Sequence[Matter]) -> None:
        """Everybody prepares their matters before the storm, one after another."""
        await self._each(matters, lambda matter: self._try("prepare", matter))

    async def act(self, acts: Sequence[Act]) -> None:
        """Everybody does their acts, each at its time or as soon as they have a hand free."""

        async def one(act: Act) -> None:
            await asyncio.sleep(self.origin + act.at - time.time())
            await self._try(act.verb, act.matter)

        await self._each(acts, one)

    async def _each(self, things: Sequence[Any], do: Callable[[Any], Awaitable[None]]) -> None:
        async def queue(name: str) -> None:
            for thing in things:
                matter = thing.matter if isinstance(thing, Act) else thing
                if matter.person == name:
                    await do(thing)

        await asyncio.gather(*map(queue, ("ann", "ben", "chandra")))

    async def _try(self, verb: str, matter: Matter) -> None:
        person: Person = getattr(self._people, matter.person)
        try:
            async with asyncio.timeout(ACT_SECONDS):
                await self._verbs[verb](person, matter)
            self.done[verb] += 1
        except (Cannot, TimeoutError, LookupError):
            self.done["could not"] += 1
        with suppress(Cannot, TimeoutError):
            async with asyncio.timeout(ACT_SECONDS):
                while person.views:
                    await person.close(everything=True)

    async def _prepare(self, person: Person, matter: Matter) -> None:
        await person.command("/winwin")
        await person.view("Prepare a win-win")
        words: dict[str, Any] = {**BRIEF, "What is it about?": matter.title, "Meeting": self._meeting(matter)}
        if matter.place != "private":
            words["Post the script to"] = matter.place
        for label, value in words.items():
            await person.fill(label, value)
        await self._confirm(person, private=matter.place == "private")

    def _meeting(self, matter: Matter) -> datetime | None:
        """On a whole second, as Slack's picker gives it, so that its last rung comes when the plan says."""
        if matter.rung_at is None:
            return None
        return datetime.fromtimestamp(round(self.origin + matter.rung_at + RUNG), UTC)

    async def _confirm(self, person: Person, *, private: bool) -> None:
        """From the filled form to the submitted review, pressed twice as impatient people do."""
        await person.submit()
        view = await person.view("Your script")
        if private:
            await person.press("Keep it private")
            return
        twice = [person.act("submit", view_id=view["id"]) for _ in range(2)]
        first, _ = await asyncio.gather(*twice, return_exceptions=True)
        if isinstance(first, BaseException):
            raise first

    async def _edit(self, person: Person, matter: Matter) -> None:
        await self._choose(person, matter, "Edit", "Review script")
        self._edits += 1
        await person.fill("My Win", f"edit number {self._edits}, on budget")
        await self._confirm(person, private=False)

    async def _move(self, person: Person, matter: Matter) -> None:
        """To another channel, or from private to a channel and back."""
        await self._choose(person, matter, "Edit", "Review script")
        await person.fill("Post the script to", None if matter.place == "#deals" else "#deals")
        await self._confirm(person, private=matter.place == "#deals")

    async def _elsewhere(self, person: Person, matter: Matter) -> None:
        """Takes it back and keeps it private at once."""
        await self._take_back(person, matter)
        await person.command("/winwin")
        await person.view("Prepare a win-win")
        await person.press(f"Continue {matter.title}")
        await person.until(lambda _: person.field("What is it about?") == matter.title)
        await self._confirm(person, private=True)

    async def _take_back(self, person: Person, matter: Matter) -> None:
        await person.choose("Take it back", self._script(person, matter))

    async def _cancel(self, person: Person, matter: Matter) -> None:
        await person.choose("Cancel the negotiation", self._script(person, matter))

    async def _undo(self, person: Person, matter: Matter) -> None:
        await self._cancel(person, matter)
        await person.until(lambda _: self._find(person, matter, "Undo"), patience=3)
        await person.press("Undo", self._find(person, matter, "Undo")[-1])

    async def _reschedule(self, person: Person, matter: Matter) -> None:
        """To a meeting whose last rung comes in a moment."""
        await self._choose(person, matter, "Reschedule", "Move it")
        await person.fill("Meeting", datetime.fromtimestamp(int(time.time()) + RUNG + 3, UTC))
        await person.submit()

    def _on_nudge(self, button: str) -> Callable[[Person, Matter], Awaitable[None]]:
        async def press(person: Person, matter: Matter) -> None:
            await person.look()
            offered = [place for place in self._find(person, matter, button) if _offer(place, matter, button)]
            where = _offer(offered[-1], matter, button)
            verb, begun, ended = where["action_id"], time.time(), math.inf
            try:
                said = await person.act("action", **where, value=None, confirmed=False)
                ended = time.time() if said["acked"] else math.inf
            finally:
                self.pressed.append(Pressed(verb, matter.title, begun, ended))

        return press

    async def _choose(self, person: Person, matter: Matter, choice: str, submit: str) -> None:
        await person.look()
        await person.choose(choice, self._script(person, matter))
        await person.until(lambda state: state["views"] and state["views"][-1]["submit"] == submit, patience=5)

    def _script(self, person: Person, matter: Matter) -> Json:
        return self._find(person, matter, "Take it back")[-1]

    def _find(self, person: Person, matter: Matter, button: str) -> list[Json]:
        """The messages of a matter that offer that, oldest first. Raises LookupError by its caller's index."""
        places = [message for channel in person.state["channels"] for message in channel["messages"]]
        named = [message for message in places if matter.title in message["text"] and button in text_of(message)]
        return sorted(named, key=lambda message: str(message["ts"]))


def _offer(message: Json, matter: Matter, button: str) -> Json:
    """Where that button of a matter's own nudge is in a message that may hold several; empty where it is not."""
    blocks = message["blocks"]
    for block in blocks:
        for element in block.get("elements", ()):
            mine = "action_id" in element and title_of(block, blocks) == matter.title
            if mine and element.get("text", {}).get("text") == button:
                ids = {"block_id": block["block_id"], "action_id": element["action_id"]}
                return {"channel": message["channel"], "ts": message["ts"], **ids}
    return {}
