"""Deleting what was begun, for the negotiation store."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, exists, select, true, update

from bot.services.deliveries import DeliveryState, Kind
from bot.services.model import Person
from bot.storage.owned import change
from bot.storage.tables import brief, delivery, negotiation, post


def discard(connection: Connection, owner: Person, negotiation_id: str, now: datetime) -> bool:
    """Deletes the whole negotiation, or only what was typed since its script stands. False while messages of it are
    still to be posted or deleted. Raises NotFound like everything here."""
    change(connection, owner, negotiation_id, true(), now)  # holds others off until this is done
    place = connection.scalar(select(negotiation.c.place).where(negotiation.c.id == negotiation_id))
    posted = connection.scalar(select(exists().where(post.c.negotiation_id == negotiation_id)))
    if _is_busy(connection, negotiation_id) or (posted and place is None):
        return False
    if posted:
        _leave_what_stands(connection, negotiation_id)
    else:
        connection.execute(delete(negotiation).where(negotiation.c.id == negotiation_id))
    return True


def _is_busy(connection: Connection, negotiation_id: str) -> bool:
    under_way = (delivery.c.kind == Kind.SCRIPT) | (delivery.c.state == DeliveryState.CLAIMED)
    return bool(connection.scalar(select(exists().where(_to_send(negotiation_id), under_way))))


def _leave_what_stands(connection: Connection, negotiation_id: str) -> None:
    """The revision that stands gets the next number: none is given twice, so that a review still open somewhere
    cannot confirm words that it never showed."""
    this = negotiation.c.id == negotiation_id
    newest, confirmed = connection.execute(select(negotiation.c.newest, negotiation.c.confirmed).where(this)).one()
    briefs = brief.c.negotiation_id == negotiation_id
    connection.execute(delete(brief).where(briefs, brief.c.revision > confirmed))
    connection.execute(update(brief).where(briefs, brief.c.revision == confirmed).values(revision=newest + 1))
    connection.execute(update(negotiation).where(this).values(newest=newest + 1, confirmed=newest + 1))
    connection.execute(update(delivery).where(_to_send(negotiation_id)).values(revision=newest + 1))


def _to_send(negotiation_id: str) -> ColumnElement[bool]:
    return (delivery.c.negotiation_id == negotiation_id) & delivery.c.settled_at.is_(None)
