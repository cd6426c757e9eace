"""What the stores read of negotiations. Each statement is built once: building one costs three times as much as
running it."""

from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select

from bot.services.model import DeliveryState, Kind, State
from bot.storage.columns import UtcDateTime
from bot.storage.owned import mine, this_one
from bot.storage.tables import brief, delivery, negotiation, post

_stands = select(post.c.part).where(post.c.negotiation_id == negotiation.c.id).exists()


def _brief_at(revision: ColumnElement[int]) -> ColumnElement[bool]:
    return (brief.c.negotiation_id == negotiation.c.id) & (brief.c.revision == revision)


def _seen_at(revision: ColumnElement[int]) -> Select[Any]:
    return select(negotiation, brief).join_from(negotiation, brief, _brief_at(revision)).where(this_one())


NEWEST = _seen_at(negotiation.c.newest)
STANDING = _seen_at(negotiation.c.confirmed)
AT = _seen_at(bindparam("revision"))
DRAFTS = (
    select(negotiation.c.id, brief.c.title, brief.c.counterpart, brief.c.saved_at)
    .join_from(negotiation, brief, _brief_at(negotiation.c.newest))
    .where(mine(negotiation), negotiation.c.state != State.CANCELLED)
    .where(or_(negotiation.c.confirmed < negotiation.c.newest, negotiation.c.place.is_(None), ~_stands))
    .order_by(brief.c.saved_at.desc(), negotiation.c.id)
    .limit(bindparam("at_most"))
)
UNREACHED = (
    select(brief.c.title, func.max(delivery.c.outcome))
    .join_from(negotiation, brief, _brief_at(negotiation.c.confirmed))
    .join(delivery, delivery.c.negotiation_id == negotiation.c.id)
    .where(mine(negotiation), negotiation.c.state == State.READY)
    .where(brief.c.meeting_at > bindparam("now", type_=UtcDateTime()))
    .where(delivery.c.kind == Kind.NUDGE, delivery.c.state == DeliveryState.FAILED)
    .where(delivery.c.revision == negotiation.c.confirmed)
    .group_by(negotiation.c.id, brief.c.title, brief.c.meeting_at)
    .order_by(brief.c.meeting_at)
)
LADDER = (
    select(delivery)
    .where(mine(delivery), delivery.c.negotiation_id == bindparam("which"), delivery.c.kind == Kind.NUDGE)
    .order_by(delivery.c.due_at, delivery.c.id)
)
