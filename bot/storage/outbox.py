"""OutboxStore, and what the negotiation store writes into the outbox within its own transactions."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, exists, func, or_, select, tuple_, update

from bot.services.model import Delivery, DeliveryState, Kind, NewDelivery, Person
from bot.storage.columns import UtcDateTime
from bot.storage.database import Database
from bot.storage.owned import owned_by
from bot.storage.rows import delivery_from, delivery_values, insert_into
from bot.storage.tables import delivery

_CLAIMING = 0x57494E57494E02  # the PostgreSQL lock that lets one replica choose at a time

_now = bindparam("now", type_=UtcDateTime())
_to_send = delivery.c.settled_at.is_(None)
_other = delivery.alias("other")
_lanes_in_use = select(_other.c.lane).where(_other.c.claim.is_not(None), _other.c.wake_at > _now)
_sooner_in_lane = exists().where(
    _other.c.lane == delivery.c.lane,
    _other.c.settled_at.is_(None),
    tuple_(_other.c.wake_at, _other.c.id) < tuple_(delivery.c.wake_at, delivery.c.id),
)
_due = (
    select(delivery.c.id)
    .where(
        _to_send,
        delivery.c.wake_at <= _now,
        delivery.c.lane.not_in(bindparam("busy", expanding=True)),
        delivery.c.lane.not_in(_lanes_in_use),
        ~_sooner_in_lane,
    )
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
_NEXT = select(func.min(delivery.c.wake_at)).where(_to_send)


def add(connection: Connection, deliveries: Sequence[NewDelivery], now: datetime) -> int:
    """Adds rows within a transaction, ignoring keys that exist; returns how many were added."""
    if not deliveries:
        return 0
    added = insert_into(connection, delivery).on_conflict_do_nothing()
    rows = [delivery_values(one, now) for one in deliveries]
    return connection.execute(added, rows, execution_options={"preserve_rowcount": True}).rowcount


def drop_nudges(connection: Connection, owner: Person, negotiation_id: str, why: str, now: datetime) -> None:
    """Drops a negotiation's pending nudges within a transaction. A claimed one is in flight: its sender looks
    at the negotiation before it sends."""
    connection.execute(
        update(delivery)
        .where(owned_by(owner, delivery), delivery.c.negotiation_id == negotiation_id, _to_send)
        .where(delivery.c.kind == Kind.NUDGE, delivery.c.state == DeliveryState.PENDING)
        .values(state=DeliveryState.DROPPED, outcome=why, settled_at=now)
    )


@dataclass(frozen=True, slots=True)
class SqlOutbox:
    """The table `delivery`."""

    database: Database

    async def add(self, deliveries: Sequence[NewDelivery], now: datetime) -> int:
        return await self.database.run(lambda connection: add(connection, deliveries, now))

    async def to_send(self, owner: Person, negotiation_id: str) -> list[Delivery]:
        rows = (
            select(delivery)
            .where(owned_by(owner, delivery), delivery.c.negotiation_id == negotiation_id, _to_send)
            .order_by(delivery.c.due_at, delivery.c.id)
        )
        return await self.database.read(
            lambda connection: [delivery_from(row) for row in connection.execute(rows).mappings()]
        )

    async def next_due(self) -> datetime | None:
        return await self.database.read(lambda connection: connection.scalar(_NEXT))

    async def claim(
        self, now: datetime, limit: int, lease: timedelta, busy_lanes: Sequence[str] = ()
    ) -> list[Delivery]:
        values = {
            "now": now,
            "at_most": limit,
            "busy": list(busy_lanes),
            "token": secrets.token_hex(16),
            "lease_end": now + lease,
        }
        claimed = await self.database.run(lambda connection: _claim(connection, values))
        return sorted(claimed, key=lambda one: (one.due_at, one.id))

    async def sent(self, delivery: Delivery, now: datetime) -> bool:
        return await self._settle(delivery, DeliveryState.SENT, "", now)

    async def failed(self, delivery: Delivery, code: str, now: datetime) -> bool:
        return await self._settle(delivery, DeliveryState.FAILED, code, now)

    async def dropped(self, delivery: Delivery, why: str, now: datetime) -> bool:
        return await self._settle(delivery, DeliveryState.DROPPED, why, now)

    async def again(self, delivery: Delivery, due_at: datetime, code: str, *, uncertain: bool) -> bool:
        return await self._mark(
            delivery,
            state=DeliveryState.PENDING,
            due_at=due_at,
            wake_at=due_at,
            outcome=code,
            uncertain=uncertain,
        )

    async def _settle(self, claimed: Delivery, state: DeliveryState, outcome: str, now: datetime) -> bool:
        return await self._mark(claimed, state=state, outcome=outcome, settled_at=now)

    async def _mark(self, claimed: Delivery, **values: Any) -> bool:
        """Ends a claim, where it is still ours."""
        marked = (
            update(delivery)
            .where(delivery.c.id == claimed.id, delivery.c.claim == claimed.claim)
            .values(claim=None, **values)
        )
        return await self.database.run_one(lambda connection: connection.execute(marked).rowcount == 1)


def _claim(connection: Connection, values: dict[str, object]) -> list[Delivery]:
    """One statement chooses and takes. On PostgreSQL, replicas choose in turn: their snapshots would not show
    each other's claims, and two could take different rows of one lane; rows that others mark are skipped."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_CLAIMING)))
    return [delivery_from(row) for row in connection.execute(_CLAIM, values).mappings()]
