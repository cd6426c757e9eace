"""Claiming what is due: one statement chooses and takes, so that no row goes to two processes."""

import json
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Row, bindparam, case, func, or_, select, update

from bot.services.deliveries import Delivery, DeliveryState, Kind, Reminder
from bot.storage.columns import UtcDateTime
from bot.storage.listed import is_among, is_listed, listed, looked_up, not_listed
from bot.storage.reads import reminders
from bot.storage.rows import DELIVERY, delivery_from, readable
from bot.storage.tables import delivery

_now = bindparam("now", type_=UtcDateTime())
_other = delivery.alias("other")
_same_lane = _other.c.lane == delivery.c.lane


def _is_free(row: FromClause) -> ColumnElement[bool]:
    """Whether it is ours to send, and Slack takes something for its installation now: where no new message, then what
    may change one, or fill a view."""
    changes = (row.c.kind == Kind.SCRIPT) | row.c.view_id.is_not(None)
    takes = changes | not_listed(row.c.installation, "posting_installations")
    return readable(row) & not_listed(row.c.installation, "busy_installations") & takes


# Both are asked for each candidate, by an index; PostgreSQL would turn an EXISTS into a join over every row.
_held = select(func.count()).where(_same_lane, _other.c.claim.is_not(None), _other.c.wake_at > _now).scalar_subquery()
_head = (
    select(_other.c.id)
    .where(_same_lane, _other.c.wake_at <= _now, _is_free(_other))
    .order_by(_other.c.wake_at, _other.c.id)
    .limit(1)
    .scalar_subquery()
)
_due = (
    select(delivery.c.id)
    .where(delivery.c.settled_at.is_(None), delivery.c.wake_at <= _now)
    .where(not_listed(delivery.c.lane, "busy_lanes"), _is_free(delivery))
    .where(delivery.c.id == _head, _held == 0)
    .order_by(delivery.c.wake_at, delivery.c.id)
    .limit(bindparam("at_most"))
    .with_for_update(skip_locked=True)
    .cte("due")
)
# A claim that is still there is one whose lease ran out: nobody knows what became of that try.
_ran_out = delivery.c.claim.is_not(None)
_TAKEN = {
    "state": DeliveryState.CLAIMED,
    "claim": bindparam("token"),
    "wake_at": bindparam("lease_end"),
    "attempts": delivery.c.attempts + 1,
    "tried_at": bindparam("begun_by"),
    "uncertain_at": case((_ran_out, delivery.c.tried_at), else_=delivery.c.uncertain_at),
    "doubts": case((_ran_out, delivery.c.doubts + 1), else_=delivery.c.doubts),
}
_CLAIM = update(delivery).where(delivery.c.id.in_(select(_due.c.id))).values(_TAKEN).returning(*DELIVERY)
_TURN = func.pg_advisory_xact_lock(0x57494E57494E02)  # any number that no other program locks
_TAKE_TURN = select(_TURN)
_CLAIM_IN_TURN = select(
    _TURN,
    func.set_config("enable_sort", "off", True),
    func.set_config("enable_seqscan", "off", True),
)
_unclaimed = or_(delivery.c.claim.is_(None), delivery.c.wake_at <= _now)
_in_lanes = (
    select(*DELIVERY)
    .where(is_listed(delivery.c.lane, "lanes"), _unclaimed)
    .where(delivery.c.kind == Kind.NUDGE, readable(delivery))
    .with_for_update(skip_locked=True)  # whoever holds one may have been stopped: nobody waits for it
)
_soon = delivery.c.wake_at <= bindparam("until", type_=UtcDateTime())
_NEIGHBOURS = _in_lanes.where(_soon)
# Also those due much later: one that is left behind would find the lead's message by their mark, and count as sent.
_SHARING = _in_lanes.where(delivery.c.wake_at.is_not(None), _soon | is_listed(delivery.c.mark, "marks"))
# All who share the mark, also those that somebody else is writing: what is read takes no lock.
_SHARERS = select(delivery.c.id, delivery.c.mark).where(
    is_listed(delivery.c.lane, "lanes"),
    is_listed(delivery.c.mark, "marks"),
    delivery.c.settled_at.is_(None),
    readable(delivery),
)
_NOT_NOW = (
    update(delivery)
    .where(is_among(delivery.c.id, "rows"))
    .values(state=DeliveryState.PENDING, claim=None, wake_at=bindparam("soon"), attempts=delivery.c.attempts - 1)
)
_RENEW = update(delivery).where(is_among(delivery.c.id, "rows")).values(mark=looked_up(delivery.c.id, "marks"))
_JOIN = (
    update(delivery)
    .where(is_among(delivery.c.id, "rows"), delivery.c.settled_at.is_(None), _unclaimed)
    .values(_TAKEN | {"mark": bindparam("mark")})
    .returning(*DELIVERY)
)


def claim(connection: Connection, values: dict[str, object]) -> list[Delivery]:
    """Takes the rows that `values` ask for: now, begun_by, lease_end, token, at_most, busy_lanes, busy_installations,
    posting_installations.

    On PostgreSQL, replicas choose in turn: their snapshots would not show each other's claims, and two could take
    different rows of one lane. Rows that others are writing are skipped, not waited for. Rows must come in order
    out of an index, because from old statistics the planner would expect few and read or sort them all.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(_CLAIM_IN_TURN)
    return with_known(connection, connection.execute(_CLAIM, values).all())


def take_turn(connection: Connection) -> None:
    """From here to the end of the transaction no replica claims anything."""
    if connection.dialect.name == "postgresql":
        connection.execute(_TAKE_TURN)


def with_known(connection: Connection, rows: Sequence[Row[Any]]) -> list[Delivery]:
    """Rows of DELIVERY, and what the nudges among them need."""
    known = _known(connection, [row.negotiation_id for row in rows if row.kind == Kind.NUDGE])
    return [delivery_from(row, known.get(row.negotiation_id)) for row in rows]


def _known(connection: Connection, ids: Collection[str]) -> dict[str, Reminder]:
    """Nothing where one of them cannot be read: then each is read by itself, and only that one fails."""
    try:
        return reminders(connection, ids)
    except (ArithmeticError, LookupError, TypeError, ValueError):
        return {}


def join(connection: Connection, leads: Sequence[Delivery], at_most: int, values: dict[str, object]) -> list[Delivery]:
    """The claimed `leads`, each nudge with its companions, claimed in the same transaction: what is due `until` then
    in its lane, or, where the lead is uncertain, what was in its message before. Where somebody is just writing one of
    those, the lead is left for a moment: sent without it, its message would later be taken for that one's."""
    nudges = [lead for lead in leads if lead.kind is Kind.NUDGE]
    if not nudges:
        return list(leads)
    values = {**values, "lanes": listed([lead.lane for lead in nudges])}
    doubted = [lead.mark for lead in nudges if lead.uncertain]
    if not doubted:
        near = sorted(map(delivery_from, connection.execute(_NEIGHBOURS, values)), key=by_instant)
    else:
        values["marks"] = listed(doubted)
        near = sorted(map(delivery_from, connection.execute(_SHARING, values)), key=by_instant)
        leads = _whole(connection, leads, near, values)
    marks = _renewed(connection, leads)
    return [_joined(connection, lead, near, at_most, values, marks) for lead in leads]


def _whole(
    connection: Connection, leads: Sequence[Delivery], near: Sequence[Delivery], values: dict[str, object]
) -> list[Delivery]:
    """The leads without those in doubt whose message cannot be had whole now; these are put back."""
    ours = {one.id for one in (*leads, *near)}
    torn = {mark for id_, mark in connection.execute(_SHARERS, values) if id_ not in ours}
    left = [lead for lead in leads if lead.uncertain and lead.mark in torn]
    if left:
        connection.execute(_NOT_NOW, {"rows": listed([lead.id for lead in left]), "soon": values["soon"]})
    return [lead for lead in leads if lead not in left]


def _renewed(connection: Connection, leads: Sequence[Delivery]) -> dict[int, str]:
    """New marks for those that were put back and surely did not arrive: whoever shares the old one and is left behind
    must not find their message."""
    back = [lead.id for lead in leads if lead.kind is Kind.NUDGE and lead.outcome and not lead.uncertain]
    marks = {row: secrets.token_hex(8) for row in back}
    if back:
        connection.execute(_RENEW, {"rows": listed(back), "marks": json.dumps(marks)})
    return marks


def by_instant(one: Delivery) -> tuple[datetime, int]:
    """For sorting: the soonest first."""
    return one.due_at, one.id


def _joined(
    connection: Connection,
    lead: Delivery,
    near: Sequence[Delivery],
    at_most: int,
    values: dict[str, object],
    marks: Mapping[int, str],
) -> Delivery:
    mark = marks.get(lead.id, lead.mark)
    fit = [one for one in near if _fits(lead, one)]
    # Those that share its mark first, for the same reason.
    fit = sorted(fit, key=lambda one: one.mark != lead.mark)[: at_most - 1]
    if not fit:
        return lead if mark == lead.mark else replace(lead, mark=mark)
    taken = connection.execute(_JOIN, {**values, "rows": listed([one.id for one in fit]), "mark": mark})
    companions = sorted(map(delivery_from, taken), key=by_instant)
    return replace(lead, mark=mark, companions=tuple(companions))


def _fits(lead: Delivery, one: Delivery) -> bool:
    """What was tried together stays together, so that it is asked about as it was. Only what was never tried joins
    another, unless its person put it where it is."""
    if lead.kind is not Kind.NUDGE or (one.owner, one.lane) != (lead.owner, lead.lane):
        return False
    is_fresh = one.attempts == 0 and not one.uncertain and not one.snoozed
    return one.mark == lead.mark or (is_fresh and lead.attempts == 1 and not lead.uncertain)
