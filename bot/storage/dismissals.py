"""Findings that a person dismissed, for the negotiation store: the rule and its field, never a word of the text."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from bot.services.errors import StorageError
from bot.services.model import Dismissal, Person
from bot.storage import migrations
from bot.storage.owned import require
from bot.storage.rows import insert_for
from bot.storage.tables import dismissal


def dismiss(connection: Connection, owner: Person, negotiation_id: str, which: Dismissal, now: datetime) -> None:
    """Remembers a dismissal; a second time changes nothing. Raises NotFound like everything here."""
    require(connection, owner, negotiation_id)
    row = {"negotiation_id": negotiation_id, "rule": which.rule, "field": which.field, "dismissed_at": now}
    connection.execute(insert_for(connection.dialect.name, dismissal).values(row).on_conflict_do_nothing())


def counted(connection: Connection) -> dict[str, int]:
    """How often the findings of each rule were dismissed, the most often first. Only reads; raises StorageError
    where the schema is not of this version."""
    if not migrations.is_current(connection):
        raise StorageError("This database was not used by this version of Win-Win yet. Start it once first.")
    often = func.count().label("often")
    rows = connection.execute(
        select(dismissal.c.rule, often).group_by(dismissal.c.rule).order_by(often.desc(), dismissal.c.rule)
    )
    return {row.rule: row.often for row in rows}
