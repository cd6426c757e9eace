"""Nudges for later days, by the million: made inside the database."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.storage.columns import UtcDateTime

_SECONDS = 30 * 24 * 3600
_AT = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f', :soonest, '+' || (i % :seconds) || ' seconds')",
    "postgresql": "CAST(:soonest AS timestamptz) + i % :seconds * interval '1 second'",
}
_INSERT = """
INSERT INTO delivery (key, kind, installation, user_id, team, negotiation_id, revision, lane, rung, note, state,
                      due_at, wake_at, attempts, uncertain, outcome, created_at)
WITH RECURSIVE number(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM number WHERE i < :count)
SELECT 'pending:' || i, 'nudge', 'T0BENCH01', 'P' || i, 'T0BENCH01', 'pending' || i, 1, 'P' || i, 15, '', 'pending',
       {at}, {at}, 0, {no}, '', {at}
FROM number
"""


def add_pending(connection: Connection, count: int, soonest: datetime) -> None:
    """`count` nudges over the month from `soonest` on, each for another person."""
    dialect = connection.dialect.name
    statement = text(_INSERT.format(at=_AT[dialect], no="0" if dialect == "sqlite" else "false"))
    typed = statement.bindparams(bindparam("soonest", type_=UtcDateTime()))
    connection.execute(typed, {"count": count, "soonest": soonest, "seconds": _SECONDS})
