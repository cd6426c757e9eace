"""What the stores read of negotiations. Each statement is built once: building one costs three times as much as
running it."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, or_, select

from bot.coaching.brief import Rung
from bot.services.deliveries import DeliveryState, Kind, Reminder, Step
from bot.services.model import State
from bot.storage.columns import UtcDateTime
from bot.storage.listed import is_listed, listed
from bot.storage.owned import mine, this_one
from bot.storage.rows import SEEN, negotiation_from, readable
from bot.storage.tables import brief, delivery, negotiation, person, post

STANDS = select(post.c.part).where(post.c.negotiation_id == negotiation.c.id).exists()


def _brief_at(revision: ColumnElement[int]) -> ColumnElement[bool]:
    return (brief.c.negotiation_id == negotiation.c.id) & (brief.c.revision == revision)


def _seen_at(revision: ColumnElement[int]) -> Select[Any]:
    return select(*SEEN).join_from(negotiation, brief, _brief_at(revision)).where(this_one())


NEWEST = _seen_at(negotiation.c.newest)
STANDING = _seen_at(negotiation.c.confirmed)
AT = _seen_at(bindparam("revision"))
DRAFTS = (
    select(negotiation.c.id, brief.c.title, brief.c.counterpart, brief.c.saved_at)
    .join_from(negotiation, brief, _brief_at(negotiation.c.newest))
    .where(mine(negotiation), negotiation.c.state != State.CANCELLED)
    .where(or_(negotiation.c.confirmed < negotiation.c.newest, negotiation.c.place.is_(None), ~STANDS))
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
_REMINDED = (
    select(*SEEN, person.c.zone)
    .join_from(negotiation, brief, _brief_at(negotiation.c.confirmed))
    .outerjoin(
        person,
        (person.c.installation == negotiation.c.installation) & (person.c.user_id == negotiation.c.user_id),
    )
    .where(is_listed(negotiation.c.id, "these"))
)
_STEPS = select(
    delivery.c.negotiation_id,
    delivery.c.id,
    delivery.c.rung,
    delivery.c.due_at,
    delivery.c.state,
    delivery.c.revision,
).where(is_listed(delivery.c.negotiation_id, "these"), delivery.c.kind == Kind.NUDGE, readable(delivery))


def reminders(connection: Connection, ids: Collection[str]) -> dict[str, Reminder]:
    """What the nudges of these negotiations need, by negotiation."""
    if not ids:
        return {}
    these = {"these": listed(ids)}
    # First: after an edit in between, the nudges must not look older than what stands, or they would be dropped.
    reminded = connection.execute(_REMINDED, these).all()
    steps: defaultdict[str, list[Step]] = defaultdict(list)
    for id_, *step in connection.execute(_STEPS, these).all():
        steps[id_].append(_step(*step))
    found = {}
    for *row, zone in reminded:
        seen = negotiation_from(row)
        found[seen.id] = Reminder(seen, tuple(steps[seen.id]), zone)
    return found


def _step(id_: int, rung: int, due_at: datetime, state: str, revision: int) -> Step:
    return Step(id_, Rung.of_minutes(rung), due_at, DeliveryState(state), revision)
