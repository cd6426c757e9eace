"""People who use the sandbox as its page does: over its human API, one `Person` each.

async with People(url) as people:
    await people.ann.command("/winwin Acme renewal")
    await people.ann.fill("My Win", "keep the budget under $100M")
    await people.ann.submit()
    await people.ann.press("Keep it private")
    await people.ann.until(lambda state: people.ann.dm())
"""

import asyncio
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any, TypeVar

from aiohttp import ClientSession, ClientTimeout, WSMsgType

from bot.sandbox.people import ANN, BEN, CHANDRA
from tests.sandbox.reading import Json, names, to_value

Seen = TypeVar("Seen")

PATIENCE = 10.0
"""Seconds that `until` waits; long enough that only a thing that never comes runs into it."""


class Cannot(AssertionError):
    """The sandbox says that a person cannot do this, or there is nothing like it to be seen."""


class Person:
    """One person at the page. `state` is the newest STATE seen (see `bot.sandbox.human`)."""

    def __init__(self, http: ClientSession, url: str, user: str) -> None:
        self.id = user
        self.state: Json = {}
        self._http, self._url = http, url
        self._news = asyncio.Condition()

    async def watch(self) -> None:
        """Follows the live state until cancelled."""
        async with self._http.ws_connect(f"{self._url}/sandbox/live?user={self.id}") as live:
            async for message in live:
                if message.type is WSMsgType.TEXT:
                    await self._learn(message.json())

    async def _learn(self, state: Json) -> None:
        async with self._news:
            if state["version"] >= self.state.get("version", -1):
                self.state = state
            self._news.notify_all()

    async def look(self) -> Json:
        """The state now."""
        async with self._http.get(f"{self._url}/sandbox/state?user={self.id}") as answer:
            await self._learn(await answer.json())
        return self.state

    async def act(self, verb: str, **body: Any) -> Json:
        """POSTs to the human API and looks again. Raises Cannot with the sandbox's own sentence."""
        async with self._http.post(f"{self._url}/sandbox/{verb}", json={"user": self.id, **body}) as answer:
            said: Json = await answer.json()
        await self.look()
        if answer.status != 200:
            raise Cannot(said["error"])
        return said

    async def until(self, seen: Callable[[Json], Seen], patience: float = PATIENCE) -> Seen:
        """Waits, without polling, until `seen(state)` is true, and returns it."""
        await self.look()
        try:
            async with asyncio.timeout(patience), self._news:
                while not (found := seen(self.state)):
                    await self._news.wait()
                return found
        except TimeoutError:
            raise Cannot(f"It did not come within {patience:g} s. {self.summary()}") from None

    # ------------------------------------------------------------------ conversations

    async def command(self, text: str, channel: str = "#deals") -> Json:
        return await self.act("command", channel=self.channel(channel)["id"], text=text)

    async def say(self, text: str, channel: str = "#deals", thread_ts: str | None = None) -> Json:
        return await self.act("message", channel=self.channel(channel)["id"], text=text, thread_ts=thread_ts)

    async def shortcut(self, callback_id: str, channel: str | None = None) -> Json:
        where = self.channel(channel)["id"] if channel else None
        return await self.act("shortcut", callback_id=callback_id, channel=where)

    def channel(self, name: str) -> Json:
        """A conversation by "#name", by the name of the other person, or by id."""
        for channel in self.state["channels"]:
            if name in (f"#{channel['name']}", channel["name"], channel["id"]):
                return dict(channel)
        raise Cannot(f"no conversation {name!r}; there are: {names(self.state['channels'], 'name')}")

    def messages(self, channel: str = "#deals") -> list[Json]:
        """What stands in a conversation, oldest first, ephemeral lines included; replies are inside their parent."""
        return list(self.channel(channel)["messages"])

    def dm(self) -> list[Json]:
        """The private messages between this person and the bot."""
        return self.messages("Win-Win")

    def private_lines(self, channel: str = "#deals") -> list[str]:
        """The texts that only this person sees in a channel."""
        return [message["text"] for message in self.messages(channel) if message["ephemeral"]]

    # ------------------------------------------------------------------ modals

    @property
    def views(self) -> list[Json]:
        return list(self.state["views"])

    async def view(self, title: str | None = None) -> Json:
        """The view in front, once there is one (with that title)."""
        await self.until(lambda state: state["views"] and title in (None, state["views"][-1]["title"]))
        return self.front()

    def front(self) -> Json:
        if not self.state["views"]:
            raise Cannot(f"no view is open. {self.summary()}")
        return dict(self.state["views"][-1])

    async def fill(self, label: str, value: Any) -> Json:
        """Enters a value by the field's label: text, a datetime, the names of options, people or channels, None."""
        view, block = self.front(), self.block(label)
        element = block["element"]
        offered = view["choices"].get(block["block_id"], {}).get(element["action_id"], [])
        known = {f"#{one['name']}": one["id"] for one in offered} | {one["name"]: one["id"] for one in offered}
        known |= {option["text"]["text"]: option["value"] for option in element.get("options", ())}
        where = {"view_id": view["id"], "block_id": block["block_id"], "action_id": element["action_id"]}
        return await self.act("input", **where, value=to_value(value, known))

    def field(self, label: str) -> Any:
        """What stands in a field now."""
        block = self.block(label)
        return self.front()["values"][block["block_id"]][block["element"]["action_id"]]

    def block(self, label: str) -> Json:
        """The input block with that label."""
        blocks = [block for block in self.front()["blocks"] if block["type"] == "input"]
        for block in blocks:
            if block["label"]["text"] == label:
                return dict(block)
        raise Cannot(f"no field {label!r}; there are: {[block['label']['text'] for block in blocks]}")

    def errors(self) -> dict[str, str]:
        """The errors that are shown, by the label of their field."""
        labels = {b["block_id"]: b["label"]["text"] for b in self.front()["blocks"] if b["type"] == "input"}
        return {labels[block_id]: text for block_id, text in self.front()["errors"].items()}

    async def submit(self, label: str | None = None) -> Json:
        """Presses the submit button of the view in front; `label` says what it must be called."""
        view = self.front()
        if view["submit"] is None or label not in (None, view["submit"]):
            raise Cannot(f"no submit button {label or ''!r}; this view's is {view['submit']!r}")
        return await self.act("submit", view_id=view["id"])

    async def close(self, *, everything: bool = False) -> Json:
        return await self.act("close", view_id=self.front()["id"], all=everything)

    # ------------------------------------------------------------------ buttons and menus

    async def press(self, text: str, at: Json | None = None, *, confirm: bool = False) -> Json:
        """Presses a button by its text: in `at` (a view or a message), else in the view in front, else in the
        newest message that has it."""
        buttons = [one for one in self._elements(at) if one[2]["type"] == "button"]
        for place, block, button in buttons:
            if button["text"]["text"] == text:
                return await self._send(place, block, button, None, confirm)
        raise Cannot(f"no button {text!r}; there are: {[one[2]['text']['text'] for one in buttons]}")

    async def choose(self, text: str, at: Json | None = None, *, confirm: bool = False) -> Json:
        """Picks an option of an overflow or a menu by its text; looks where `press` looks."""
        offered = []
        for place, block, element in self._elements(at):
            for option in element.get("options", ()):
                offered.append(option["text"]["text"])
                if option["text"]["text"] == text:
                    value = [option["value"]] if element["type"] == "checkboxes" else option["value"]
                    return await self._send(place, block, element, value, confirm)
        raise Cannot(f"no option {text!r}; there are: {offered}")

    async def _send(self, place: Json, block: Json, element: Json, value: Any, confirm: bool) -> Json:
        where = {"view_id": place["id"]} if "hash" in place else {"channel": place["channel"], "ts": place["ts"]}
        ids = {"block_id": block["block_id"], "action_id": element["action_id"]}
        return await self.act("action", **where, **ids, value=value, confirmed=confirm)

    def _elements(self, at: Json | None) -> Iterator[tuple[Json, Json, Json]]:
        """(view or message, block, element) of all that dispatches, where `press` looks."""
        for place in [at] if at else self.views[-1:] or self._newest_messages():
            for block in place["blocks"]:
                inside = [block.get("accessory"), *block.get("elements", ())]
                if block.get("dispatch_action"):
                    inside.append(block["element"])
                for element in inside:
                    if element and "action_id" in element:
                        yield place, block, element

    def _newest_messages(self) -> list[Json]:
        found = []
        for channel in self.state["channels"]:
            for message in channel["messages"]:
                found += [message, *message["replies"]]
        return sorted(found, key=lambda message: str(message["ts"]), reverse=True)

    def summary(self) -> str:
        """What this person sees, in a line, for the message of a failed test."""
        views = names(self.state["views"], "title")
        places = {c["name"]: [m["text"][:60] for m in c["messages"][-3:]] for c in self.state["channels"]}
        lines = {name: texts for name, texts in places.items() if texts}
        return f"Views: {views}. Messages: {lines}. Faults: {names(self.state['faults'], 'what')}."


class People:
    """All three, and what a test does to the workspace itself."""

    def __init__(self, url: str) -> None:
        self.url = url

    async def __aenter__(self) -> "People":
        self._http = ClientSession(timeout=ClientTimeout(total=30))
        self.ann, self.ben, self.chandra = (Person(self._http, self.url, user) for user in (ANN, BEN, CHANDRA))
        self._watching = [asyncio.create_task(one.watch()) for one in (self.ann, self.ben, self.chandra)]
        for one in (self.ann, self.ben, self.chandra):
            await one.until(bool)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for task in self._watching:
            task.cancel()
        await asyncio.gather(*self._watching, return_exceptions=True)
        await self._http.close()

    async def trouble(self, method: str, kind: str, **more: Any) -> None:
        """The next calls of a Web API method go wrong."""
        await self._plain("trouble", {"method": method, "kind": kind, **more})

    async def sockets(self, what: str) -> None:
        """`drop` or `disconnect` the bot's connections."""
        await self._plain("trouble", {"sockets": what})

    async def options(self, **options: Any) -> Json:
        return await self._plain("options", options)

    async def invite(self, channel: str) -> None:
        await self._plain("invite", {"channel": self.ann.channel(channel)["id"]})

    async def jump(self) -> float | None:
        """To the next nudge; how far the clock is ahead now, None where nothing is to come."""
        offset: float | None = (await self._plain("jump", {}))["offset_seconds"]
        return offset

    async def faults(self) -> list[str]:
        """What the bot did wrong; a test ends by asserting that it is empty."""
        return [f"{fault['where']}: {fault['what']}" for fault in (await self.ann.look())["faults"]]

    async def forget_faults(self) -> None:
        await self._plain("faults", {})

    async def calls(self, method: str) -> list[Json]:
        """The bot's calls of one Web API method, oldest first."""
        async with self._http.get(f"{self.url}/sandbox/calls") as answer:
            return [call for call in await answer.json() if call["method"] == method]

    async def _plain(self, verb: str, body: Json) -> Json:
        async with self._http.post(f"{self.url}/sandbox/{verb}", json=body) as answer:
            said: Json = await answer.json()
        await self.ann.look()
        if answer.status != 200:
            raise Cannot(said["error"])
        return said
