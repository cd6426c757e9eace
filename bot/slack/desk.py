"""What every listener works with, and the two things that reach it: a click and a submission."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.coaching.gate import Problem
from bot.services.errors import TooSlow
from bot.services.model import Message, Person
from bot.services.people import People
from bot.services.preparing import Preparing
from bot.services.publishing import Publishing
from bot.services.rehearsing import Rehearsing
from bot.services.reminding import Reminding
from bot.slack import ids, payloads
from bot.slack.background import Background
from bot.slack.failures import Failures
from bot.slack.views.blank import BlankForm
from bot.slack.web import Web
from bot.wording.words import Words

T = TypeVar("T")

_ANSWER_BY = 2.0
"""Seconds; Slack tells the person of a time-out after three."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The services, Slack and the words, handed to every listener.

    Attributes:
        gate_words: what the form says at the field of each problem.
    """

    preparing: Preparing
    publishing: Publishing
    reminding: Reminding
    rehearsing: Rehearsing
    people: People
    web: Web
    words: Words
    gate_words: Mapping[Problem, str]
    failures: Failures
    background: Background
    blank: BlankForm

    def later(
        self,
        body: payloads.Payload,
        work: Callable[[], Coroutine[Any, Any, object]],
        view_id: str | None = None,
        *,
        patient: bool = False,
    ) -> None:
        """Does something after the answer has left; what fails is told to the person, in the view that waits
        for it where there is one. `patient` is what nobody waits for."""

        async def on_error(error: Exception) -> None:
            await self.failures.report(error, body, view_id)

        self.background.start(work, on_error, patient=patient)

    async def in_time(self, body: payloads.Payload, work: Coroutine[Any, Any, None]) -> None:
        """Awaits what comes before the answer, but no longer than the answer may wait; then it goes on behind it.
        Raises what `work` raised in time."""
        running = await self._begun(body, work)
        if running.done():
            running.result()

    async def answered(self, body: payloads.Payload, work: Coroutine[Any, Any, "Answer"]) -> "Answer":
        """The same for work that makes the answer itself. Raises TooSlow where it is not there in time."""
        running = await self._begun(body, work)
        if not running.done():
            raise TooSlow
        return running.result()

    async def _begun(self, body: payloads.Payload, work: Coroutine[Any, Any, T]) -> asyncio.Future[T]:
        running = asyncio.ensure_future(work)
        await asyncio.wait({running}, timeout=_ANSWER_BY)

        async def rest() -> None:
            await running

        if not running.done():
            self.later(body, rest)
        return running


@dataclass(frozen=True, slots=True)
class Click:
    """A press of a button or a choice in a menu."""

    person: Person
    value: str
    body: payloads.Payload

    @classmethod
    def of(cls, body: payloads.Payload) -> "Click":
        return cls(payloads.person(body), payloads.pressed(body), body)

    @property
    def target(self) -> ids.Target:
        return ids.Target.parse(self.value)

    @property
    def trigger_id(self) -> str:
        return str(self.body["trigger_id"])

    @property
    def view(self) -> dict[str, Any]:
        return dict(self.body["view"])

    @property
    def meta(self) -> ids.Meta:
        return ids.Meta.of(self.view)

    @property
    def message(self) -> tuple[str, str]:
        """Channel and ts of the message that the button stands in."""
        return self.body["channel"]["id"], self.body["message"]["ts"]

    @property
    def nudge(self) -> str:
        """Channel and ts of the nudge whose button it was; "" for any other button, and where its message holds
        others too, which nobody could show again without it."""
        message = self.body.get("message") or {}
        buttons = (button for block in message.get("blocks", ()) for button in block.get("elements", ()))
        nudges = [button for button in buttons if button.get("action_id") == ids.Action.STOP]
        return f"{self.body['channel']['id']} {message['ts']}" if len(nudges) == 1 else ""

    async def reply(self, desk: Desk, message: Message, *, replace: bool = False) -> None:
        """A private line to the person who clicked, or in place of the message that was clicked."""
        await desk.web.respond(self.body["response_url"], message, replace=replace)


@dataclass(frozen=True, slots=True)
class Submission:
    """A submitted view."""

    person: Person
    view: Mapping[str, Any]
    body: payloads.Payload

    @classmethod
    def of(cls, body: payloads.Payload) -> "Submission":
        return cls(payloads.person(body), body["view"], body)

    @property
    def meta(self) -> ids.Meta:
        return ids.Meta.of(dict(self.view))


Clicked = Callable[[Desk, Click], Awaitable[None]]
Answer = Mapping[str, Any]
Submitted = Callable[[Desk, Submission], Coroutine[Any, Any, Answer]]
