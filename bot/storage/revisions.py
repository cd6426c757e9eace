"""Saving what was typed as a revision, and what its review needs, for the negotiation store."""

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, insert, select

from bot.coaching.brief import Brief
from bot.services.errors import NotFound
from bot.services.model import Dismissal, Person, Reviewed, State
from bot.storage.owned import mine, whose
from bot.storage.reads import AT, STANDS
from bot.storage.rows import brief_values, insert_for, negotiation_from, person_values
from bot.storage.tables import brief, dismissal, negotiation, person

if TYPE_CHECKING:
    from sqlalchemy.sql.dml import ReturningInsert

_APPEND = insert(brief)
_ZONE = select(person.c.zone).where(mine(person)).scalar_subquery()
_REVIEWED = AT.add_columns(STANDS, _ZONE, dismissal.c.rule, dismissal.c.field).outerjoin(
    dismissal, dismissal.c.negotiation_id == negotiation.c.id
)
"""One row, or one for each dismissal."""


def save(connection: Connection, owner: Person, negotiation_id: str, value: Brief, now: datetime) -> Reviewed:
    """Appends a revision. Raises NotFound where it is not the owner's."""
    first = {
        **person_values(owner),
        "id": negotiation_id,
        "state": State.DRAFT,
        "newest": 1,
        "confirmed": 0,
        "created_at": now,
        "updated_at": now,
    }
    revision: int | None = connection.scalar(_next_revision(connection.dialect.name), first)
    if revision is None:
        raise NotFound
    number = {"negotiation_id": negotiation_id, "revision": revision, "saved_at": now}
    connection.execute(_APPEND, brief_values(value) | number)
    return reviewed(connection, owner, negotiation_id, revision)


def reviewed(connection: Connection, owner: Person, negotiation_id: str, revision: int) -> Reviewed:
    """All that a review of it needs. Raises NotFound like everything here."""
    rows = connection.execute(_REVIEWED, {**whose(owner, negotiation_id), "revision": revision}).all()
    if not rows:
        raise NotFound
    *seen, posted, zone, _, _ = rows[0]
    dismissed = frozenset(Dismissal(rule, field) for *_, rule, field in rows if rule is not None)
    return Reviewed(negotiation_from(seen), dismissed, posted, zone)


@cache
def _next_revision(dialect: str) -> "ReturningInsert[Any]":
    """Makes the negotiation, or counts its revisions on where the owner is the same."""
    added = insert_for(dialect, negotiation)
    new, old = added.excluded, negotiation.c
    return added.on_conflict_do_update(
        index_elements=[old.id],
        set_={"newest": old.newest + 1, "updated_at": new.updated_at},
        where=(old.installation == new.installation) & (old.user_id == new.user_id),
    ).returning(old.newest)
