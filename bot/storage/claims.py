"""Claiming what is due: one statement chooses and takes, so that no row goes to two processes."""

from sqlalchemy import Connection, bindparam, func, or_, select, update

from bot.services.model import Delivery, DeliveryState
from bot.storage.columns import PlainText, UtcDateTime
from bot.storage.rows import delivery_from
from bot.storage.tables import delivery

_now = bindparam("now", type_=UtcDateTime())
_busy_lanes = bindparam("busy_lanes", expanding=True, type_=PlainText())
_busy_installations = bindparam("busy_installations", expanding=True, type_=PlainText())
_other = delivery.alias("other")
_same_lane = _other.c.lane == delivery.c.lane
# Both are asked for each candidate, by an index; PostgreSQL would turn an EXISTS into a join over every row.
_held = select(func.count()).where(_same_lane, _other.c.claim.is_not(None), _other.c.wake_at > _now).scalar_subquery()
_head = (
    select(_other.c.id)
    .where(_same_lane, _other.c.wake_at <= _now, _other.c.installation.not_in(_busy_installations))
    .order_by(_other.c.wake_at, _other.c.id)
    .limit(1)
    .scalar_subquery()
)
_due = (
    select(delivery.c.id)
    .where(delivery.c.settled_at.is_(None), delivery.c.wake_at <= _now)
    .where(delivery.c.lane.not_in(_busy_lanes), delivery.c.installation.not_in(_busy_installations))
    .where(delivery.c.id == _head, _held == 0)
    .order_by(delivery.c.wake_at, delivery.c.id)
    .limit(bindparam("at_most"))
    .with_for_update(skip_locked=True)
    .cte("due")
)
_CLAIM = (
    update(delivery)
    .where(delivery.c.id.in_(select(_due.c.id)))
    .values(
        state=DeliveryState.CLAIMED,
        claim=bindparam("token"),
        wake_at=bindparam("lease_end"),
        attempts=delivery.c.attempts + 1,
        uncertain=or_(delivery.c.uncertain, delivery.c.claim.is_not(None)),
    )
    .returning(delivery)
)
_TAKE_TURNS = select(
    func.pg_advisory_xact_lock(0x57494E57494E02),  # any number that no other program locks
    func.set_config("enable_sort", "off", True),
    func.set_config("idle_in_transaction_session_timeout", "5s", True),
)


def claim(connection: Connection, values: dict[str, object]) -> list[Delivery]:
    """Takes the rows that `values` ask for: now, lease_end, token, at_most, busy_lanes, busy_installations.

    On PostgreSQL, replicas choose in turn: their snapshots would not show each other's claims, and two could take
    different rows of one lane. Rows that others are marking are skipped, not waited for. Rows must come in order
    out of an index, because from old statistics the planner would expect few and sort them all; and a replica
    that is stopped in mid-turn loses its turn after five seconds.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(_TAKE_TURNS)
    return [delivery_from(row) for row in connection.execute(_CLAIM, values).mappings()]
