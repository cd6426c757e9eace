"""The brief: what a person prepares for one negotiation, and the type that keeps its private part private."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import Enum, StrEnum
from functools import cache
from typing import NoReturn


class Field(StrEnum):
    """The fields of the brief, in the order of the form."""

    TITLE = "title"
    COUNTERPART = "counterpart"
    COUNTERPART_ID = "counterpart_id"
    MEETING_AT = "meeting_at"
    MY_WIN = "my_win"
    THEIR_WIN = "their_win"
    SHARED_WIN = "shared_win"
    WALK_AWAY = "walk_away"
    PLACE = "place"
    RUNGS = "rungs"


LAYERS = (Field.MY_WIN, Field.THEIR_WIN, Field.SHARED_WIN)
"""The three layers, from inside out."""


class SealedError(TypeError):
    """Sealed text was about to be turned into plain text."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """Text that only its owner may see. It refuses to become a string, so no template, log line or
    message can hold it by accident; the owner's own views and the store call `reveal`."""

    _text: str = field(default="", repr=False)

    def reveal(self) -> str:
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)

    def _refuse(self, *_: object) -> NoReturn:
        raise SealedError("sealed text is only for its owner's own views")

    __str__ = __format__ = __html__ = _refuse


class Rung(Enum):
    """One step of the nudge ladder; the value is its lead time before the meeting."""

    DAY = timedelta(days=1)
    HOURS = timedelta(hours=2)
    MINUTES = timedelta(minutes=15)

    def __init__(self, lead: timedelta) -> None:
        self.lead = lead
        self.minutes = int(lead.total_seconds()) // 60

    @classmethod
    @cache
    def of_minutes(cls, minutes: int) -> "Rung":
        return cls(timedelta(minutes=minutes))


@dataclass(frozen=True, slots=True)
class Brief:
    """What a person prepared. `meeting_at` is an instant in UTC; `place` a channel id, None keeps it private."""

    title: str = ""
    counterpart: str = ""
    counterpart_id: str | None = None
    meeting_at: datetime | None = None
    my_win: str = ""
    their_win: str = ""
    shared_win: str = ""
    walk_away: Sealed = Sealed()
    place: str | None = None
    rungs: frozenset[Rung] = frozenset(Rung)

    def layer(self, layer: Field) -> str:
        """The text of one of the three layers."""
        return {
            Field.MY_WIN: self.my_win,
            Field.THEIR_WIN: self.their_win,
            Field.SHARED_WIN: self.shared_win,
        }[layer]

    def with_layer(self, layer: Field, text: str) -> "Brief":
        """The same brief with another text in one of the three layers."""
        match layer:
            case Field.MY_WIN:
                return replace(self, my_win=text)
            case Field.THEIR_WIN:
                return replace(self, their_win=text)
            case Field.SHARED_WIN:
                return replace(self, shared_win=text)
        raise ValueError(f"{layer} is no layer")
