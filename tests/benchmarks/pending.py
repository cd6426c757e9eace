"""Nudges for later days, by the million: made inside the database, as ours would have made them."""

from datetime import datetime
from typing import Any

from sqlalchemy import CTE, ColumnElement, Connection, Text, cast, func, insert, literal, select

from bot.storage.columns import UtcDateTime
from bot.storage.rows import delivery_values
from bot.storage.tables import delivery
from tests.benchmarks.ground import nudge

MONTH = 30 * 24 * 3600


def add_pending(connection: Connection, count: int, soonest: datetime) -> None:
    """`count` nudges over the month from `soonest` on, each for another person."""
    number = _numbers(count)
    same = {
        name: literal(value, delivery.c[name].type)
        for name, value in delivery_values(nudge(0, soonest), soonest).items()
        if value is not None
    }
    at = _after(soonest, number.c.i % MONTH, connection.dialect.name)
    whose = "P" + cast(number.c.i, Text)
    different = dict.fromkeys(("key", "user_id", "negotiation_id", "lane"), whose) | {"due_at": at, "wake_at": at}
    row: dict[str, ColumnElement[Any]] = {**same, **different}
    connection.execute(insert(delivery).from_select(list(row), select(*row.values())))


def _numbers(count: int) -> CTE:
    first = select(literal(1).label("i")).cte("number", recursive=True)
    return first.union_all(select(first.c.i + 1).where(first.c.i < count))


def _after(instant: datetime, seconds: ColumnElement[int], dialect: str) -> ColumnElement[Any]:
    begin = literal(instant, UtcDateTime())
    if dialect == "postgresql":
        return begin + func.make_interval(0, 0, 0, 0, 0, 0, seconds)
    return func.strftime("%Y-%m-%d %H:%M:%f", begin, "+" + cast(seconds, Text) + " seconds")
