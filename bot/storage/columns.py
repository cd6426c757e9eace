"""Column types that keep the two databases alike."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def storable(text: str) -> str:
    """The text without what no database takes: NUL, which PostgreSQL refuses, and lone surrogates, which are no
    characters and refused by both."""
    return text if text.isascii() and "\0" not in text else _UNSTORABLE.sub("", text)


# Each type takes and gives a value in one call, where SQLAlchemy would make two or three: a row has two dozen.
class PlainText(TypeDecorator[str]):
    """Text of any length in any script, made `storable`."""

    impl = Text
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[str | None], str | None]:
        return _stored


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware in any zone going in, in UTC coming out. Raises ValueError (which SQLAlchemy wraps as a
    StatementError) on a naive one: SQLite forgets the zone, so guessing here would shift it silently."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], str | datetime | None]:
        return _to_text if dialect.name == "sqlite" else _known_instant

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        return _from_text if dialect.name == "sqlite" else _in_utc


def _stored(value: str | None) -> str | None:
    return None if value is None else storable(value)


def _known_instant(value: datetime | None) -> datetime | None:
    if value is not None and value.utcoffset() is None:
        raise ValueError("an instant without a time zone cannot be stored")
    return _in_utc(value)


def _to_text(value: datetime | None) -> str | None:
    instant = _known_instant(value)
    return None if instant is None else instant.replace(tzinfo=None).isoformat(" ", "microseconds")


def _from_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value + "+00:00")


def _in_utc(value: datetime | None) -> datetime | None:
    return None if value is None else value.astimezone(UTC)
