"""Saving what was typed as a revision, and what its review needs, for the negotiation store."""

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, insert, select

from bot.coaching.brief import Brief
from bot.services.errors import NotFound
from bot.services.model import Dismissal, Negotiation, Person, Reviewed, State
from bot.storage.owned import mine, whose
from bot.storage.reads import AT, STANDS
from bot.storage.rows import brief_from, brief_values, insert_for, negotiation_from, person_values
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
        **whose(owner),
        "id": negotiation_id,
        "state": State.DRAFT,
        "newest": 1,
        "confirmed": 0,
        "created_at": now,
        "updated_at": now,
    }
    saved = connection.execute(_next_revision(connection.dialect.name), first).one_or_none()
    if saved is None:
        raise NotFound
    revision, zone = saved
    row = brief_values(value)
    connection.execute(_APPEND, {**row, "negotiation_id": negotiation_id, "revision": revision, "saved_at": now})
    if revision > 1:
        return reviewed(connection, owner, negotiation_id, revision)
    new = Negotiation(negotiation_id, owner, State.DRAFT, revision, confirmed=0, brief=brief_from(**row))
    return Reviewed(new, frozenset(), posted=False, zone=zone)  # nothing else is known of a new one


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
    """Makes the negotiation, or counts its revisions on where the owner is the same. Tells their zone too."""
    added = insert_for(dialect, negotiation)
    new, old = added.excluded, negotiation.c
    return added.on_conflict_do_update(
        index_elements=[old.id],
        set_={"newest": old.newest + 1, "updated_at": new.updated_at},
        where=(old.installation == new.installation) & (old.user_id == new.user_id),
    ).returning(old.newest, _ZONE)
