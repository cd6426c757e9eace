"""Nudges composed before their time, so that an instant at which many are due has only to send."""

import zlib
from datetime import datetime, timedelta

from bot.services.model import Packed
from bot.services.pages import Occasion

ROOM = 16 * 2**20
"""Bytes that all of them may take; what finds no room is composed when it goes."""

_LEVEL = 1
"""Of compression: a message takes a quarter of the room, and 6 us when it goes; more effort would gain little."""

_SOON = timedelta(minutes=2)
"""How far from its instant a message is of use."""


class Ahead:
    """Each is kept under a hash of all that decides what it says, so that what changed meanwhile is not found. In 64
    bits, two occasions will not meet in the life of the product."""

    def __init__(self) -> None:
        self._kept: dict[datetime, dict[int, bytes]] = {}  # by the instant at which each is due
        self._bytes = 0

    @property
    def has_room(self) -> bool:
        return self._bytes < ROOM

    def keep(self, occasion: Occasion, message: Packed) -> None:
        key, due_then = hash(occasion), self._kept.setdefault(occasion.due_at, {})
        if key not in due_then:
            due_then[key] = small = zlib.compress(message, _LEVEL)
            self._bytes += len(small)

    def take(self, occasion: Occasion) -> Packed | None:
        small = self._kept.get(occasion.due_at, {}).pop(hash(occasion), None)
        if small is None:
            return None
        self._bytes -= len(small)
        return Packed(zlib.decompress(small))

    def forget(self, now: datetime) -> None:
        """Lets go of what went without it, was changed or was dropped; also after the clock was set back."""
        for instant in [instant for instant in self._kept if abs(instant - now) > _SOON]:
            self._bytes -= sum(map(len, self._kept.pop(instant).values()))
