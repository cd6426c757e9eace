"""Column types that keep the two databases alike."""

import re
from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


class PlainText(TypeDecorator[str]):
    """Text of any length in any script. Drops NUL, which PostgreSQL refuses, and lone surrogates, which are
    no characters and refused by both."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else _UNSTORABLE.sub("", value)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware in any zone going in, in UTC coming out. Raises ValueError (which SQLAlchemy wraps as a
    StatementError) on a naive one: SQLite forgets the zone, so guessing here would shift it silently."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError("an instant without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
