"""Nudges composed before their time, so that an instant at which many are due has only to send."""

from datetime import datetime, timedelta

from bot.services.model import Packed
from bot.services.pages import Occasion

ROOM = 24 * 2**20
"""Bytes that all of them may take; what finds no room is composed when it goes."""

_OVER = timedelta(minutes=1)
"""After its instant what nobody took is what nobody will take: it went late, was changed or was dropped."""


class Ahead:
    """Each is kept under a hash of all that decides what it says, so that what changed meanwhile is not found. In 64
    bits, two occasions will not meet in the life of the product."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[datetime, Packed]] = {}
        self._bytes = 0

    def has_room(self, now: datetime) -> bool:
        self._forget_before(now - _OVER)
        return self._bytes < ROOM

    def keep(self, occasion: Occasion, message: Packed) -> None:
        key = hash(occasion)
        if key not in self._kept:
            self._kept[key] = occasion.due_at, message
            self._bytes += len(message)

    def take(self, occasion: Occasion) -> Packed | None:
        found = self._kept.pop(hash(occasion), None)
        if found is None:
            return None
        self._bytes -= len(found[1])
        return found[1]

    def _forget_before(self, instant: datetime) -> None:
        """They were kept about in the order in which they are due."""
        while self._kept:
            key, (due_at, message) = next(iter(self._kept.items()))
            if due_at >= instant:
                return
            del self._kept[key]
            self._bytes -= len(message)
