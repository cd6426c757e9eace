"""What must survive anything: faults become values, pauses grow, and the log says it without repeating itself."""

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from bot.services.errors import trace

_log = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Trouble:
    """A fault that nobody expected, as the log may show it: with a short reference and no message, because
    messages quote what people wrote (and SQL drivers quote every parameter). `error` is for telling the person."""

    reference: str
    trace: str
    error: Exception = field(repr=False)


async def caught(work: Awaitable[T]) -> T | Trouble:
    """Awaits work of others and hands back what it raised.

    The one broad `except` of the house, for what serves everybody: a bug in one handler or any state a database
    driver gets into may cost that one try, never the drain, the deliveries beside it or a person's answer.
    """
    try:
        return await work
    except Exception as error:
        return Trouble(secrets.token_hex(2), trace(error), error)


def pauses(first: float = 0.25, most: float = 15.0) -> Iterator[float]:
    """Seconds to wait before each next try: doubling, then `most` for ever."""
    pause = first
    while True:
        yield pause
        pause = min(pause * 2, most)


class Complaint:
    """Says in the log that something is out of order, at most once a minute."""

    def __init__(self, what: str, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._what = what
        self._now = monotonic
        self._said_at: float | None = None

    def about(self, trouble: Trouble) -> None:
        """A fault that nobody expected."""
        if self._is_due():
            _log.error("%s (reference %s)\n%s", self._what, trouble.reference, trouble.trace)

    def because(self, reason: str) -> None:
        """A state of the world that passes; `reason` is a code, never a message."""
        if self._is_due():
            _log.warning("%s (%s)", self._what, reason)

    def _is_due(self) -> bool:
        now = self._now()
        if self._said_at is not None and now < self._said_at + 60:
            return False
        self._said_at = now
        return True


async def insist(call: Callable[[], Awaitable[T]], complaint: Complaint) -> T:
    """Calls until it answers, with growing pauses."""
    waits = pauses()
    while isinstance(result := await caught(call()), Trouble):
        complaint.about(result)
        await asyncio.sleep(next(waits))
    return result
