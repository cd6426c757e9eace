"""OutboxStore, and what the negotiation store writes into the outbox within its own transactions."""

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, Executable, Select, bindparam, case, false, func, select, true, tuple_, update

from bot.coaching.brief import Rung
from bot.services.deliveries import Delivery, DeliveryState, Kind, NewDelivery, Together
from bot.services.model import Person
from bot.services.ports import NOTHING, Busy
from bot.storage import claims
from bot.storage.columns import UtcDateTime
from bot.storage.database import Database
from bot.storage.endings import Endings, PutBack, Settled, rows_of
from bot.storage.listed import listed
from bot.storage.owned import mine, whose
from bot.storage.rows import DELIVERY, delivery_from, delivery_values, insert_for, readable
from bot.storage.tables import delivery, negotiation

_to_send = delivery.c.settled_at.is_(None)
_waiting = (_to_send, delivery.c.kind == Kind.NUDGE, delivery.c.state == DeliveryState.PENDING)
_of_one = (mine(delivery), delivery.c.negotiation_id == bindparam("which"))
_ours = readable(delivery)
# As a CASE, which says nothing to PostgreSQL's planner: from old statistics it would expect no row, and read them all.
_NEXT = select(func.min(delivery.c.wake_at)).where(_to_send, case((_ours, true()), else_=false()))
_COMING = (
    select(*DELIVERY)
    .where(*_waiting, _ours, delivery.c.attempts == 0, delivery.c.wake_at == delivery.c.due_at)
    .where(delivery.c.wake_at <= bindparam("until", type_=UtcDateTime()))
    .where(
        tuple_(delivery.c.wake_at, delivery.c.id) > tuple_(bindparam("instant", type_=UtcDateTime()), bindparam("row"))
    )
    .order_by(delivery.c.wake_at, delivery.c.id)
    .limit(bindparam("at_most"))
)
_TO_SEND = select(*DELIVERY).where(*_of_one, _to_send, _ours).order_by(delivery.c.due_at, delivery.c.id)
_dropped: dict[str, object] = {
    "state": DeliveryState.DROPPED,
    "wake_at": None,
    "outcome": bindparam("why"),
    "settled_at": bindparam("at"),
}
_not_kept = delivery.c.rung.not_in(bindparam("kept", expanding=True))
_DROP = update(delivery).where(*_of_one, *_waiting, _not_kept).values(_dropped)
_CARRY = (
    update(delivery)
    .where(*_of_one, _to_send, delivery.c.kind == Kind.NUDGE, delivery.c.rung.in_(bindparam("kept", expanding=True)))
    .values(revision=bindparam("to"))
    .returning(delivery.c.rung)
)
_one_waiting = (delivery.c.id == bindparam("row"), delivery.c.due_at == bindparam("was"), *_waiting)
_DROP_ONE = update(delivery).where(*_one_waiting).values(_dropped)
_MOVE = update(delivery).where(*_one_waiting).values(due_at=bindparam("at"), wake_at=bindparam("at"))
# Found by the index over a negotiation's deliveries: there is none over a person's.
_theirs = delivery.c.negotiation_id.in_(select(negotiation.c.id).where(mine(negotiation))) & mine(delivery)
_DROPPED_SINCE = (
    select(delivery.c.id, delivery.c.mark, delivery.c.attempts, delivery.c.uncertain_at, delivery.c.outcome)
    .where(*_of_one, delivery.c.kind == Kind.NUDGE, delivery.c.state == DeliveryState.DROPPED)
    .where(delivery.c.outcome.in_(("cancelled", "not_wanted")))
    .where(delivery.c.settled_at >= bindparam("since", type_=UtcDateTime()))
)
_SHARED_SINCE = select(delivery.c.id).where(
    _theirs, delivery.c.mark == bindparam("shared"), delivery.c.attempts > bindparam("tries")
)
_REVIVE = (
    update(delivery)
    .where(delivery.c.id == bindparam("row"))
    .values(
        state=DeliveryState.PENDING,
        wake_at=delivery.c.due_at,
        outcome="",
        settled_at=None,
        mark=bindparam("as"),
    )
)
_NUDGES = select(*DELIVERY).where(_theirs, *_waiting, _ours).order_by(delivery.c.due_at)
_PRIVATE_CHANNEL = (
    select(delivery.c.channel).where(_theirs, delivery.c.channel != "").order_by(delivery.c.settled_at.desc()).limit(1)
)


_SOON = timedelta(seconds=1)
"""When to look again for what somebody else was writing."""


@cache
def _added(dialect: str) -> Executable:
    return insert_for(dialect, delivery).on_conflict_do_nothing().inline()  # nobody asks for the new row's id


def add(connection: Connection, deliveries: Sequence[NewDelivery], now: datetime) -> None:
    """Adds rows within a transaction, ignoring keys that exist."""
    if not deliveries:
        return
    added = _added(connection.dialect.name)
    rows = [delivery_values(one, now) for one in deliveries]
    connection.execute(added, rows if len(rows) > 1 else rows[0])  # a list of one would cost twice as much


def carry_nudges(
    connection: Connection, owner: Person, negotiation_id: str, revision: int, keeps: Collection[Rung]
) -> set[Rung]:
    """Gives the nudges of these rungs that are still to be sent, also one in flight, to another revision; which rungs
    have one."""
    values = {**whose(owner, negotiation_id), "to": revision, "kept": [rung.minutes for rung in keeps]}
    return {Rung.of_minutes(row.rung) for row in connection.execute(_CARRY, values)}


def drop_nudges(
    connection: Connection,
    owner: Person,
    negotiation_id: str,
    why: str,
    now: datetime,
    keeps: Collection[Rung] = (),
) -> None:
    """Drops a negotiation's pending nudges within a transaction, but those of some rungs. A claimed one is in flight:
    its sender looked at the negotiation a quarter of a second before at most, or looks yet."""
    kept = [rung.minutes for rung in keeps]
    connection.execute(_DROP, {**whose(owner, negotiation_id), "why": why, "at": now, "kept": kept})


def revive_nudges(connection: Connection, owner: Person, negotiation_id: str, since: datetime) -> None:
    """Takes back, within a transaction, what a cancelling since then did to a negotiation's nudges: those it dropped,
    and those that a sender who met it found unwanted."""
    for row in connection.execute(_DROPPED_SINCE, {**whose(owner, negotiation_id), "since": since}).all():
        # It keeps its mark only while it may itself stand in Slack: a message that others sent under that mark since
        # then, or in the try that it left, is without it, and must not be taken for it.
        tries = row.attempts - (row.outcome == "not_wanted")
        values = {**whose(owner), "shared": row.mark, "tries": tries}
        may_stand = row.uncertain_at and connection.execute(_SHARED_SINCE, values).first() is None
        connection.execute(_REVIVE, {"row": row.id, "as": row.mark if may_stand else secrets.token_hex(8)})


class SqlOutbox:
    """The table `delivery`."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._endings = Endings(database)

    async def add(self, deliveries: Sequence[NewDelivery], now: datetime) -> None:
        run = self.database.run if len(deliveries) > 1 else self.database.run_one
        await run(lambda connection: add(connection, deliveries, now))

    async def to_send(self, owner: Person, negotiation_id: str) -> list[Delivery]:
        return await self._listed(_TO_SEND, whose(owner, negotiation_id))

    async def coming(self, after: tuple[datetime, int], until: datetime, limit: int) -> list[Delivery]:
        instant, row = after
        values = {"instant": instant, "row": row, "until": until, "at_most": limit}
        return await self.database.read(lambda one: claims.with_known(one, one.execute(_COMING, values).all()))

    async def next_due(self) -> datetime | None:
        return await self.database.read(lambda connection: connection.scalar(_NEXT))

    async def claim(
        self,
        now: datetime,
        limit: int,
        lease: timedelta,
        busy: Busy = NOTHING,
        together: Together | None = None,
        begins_within: timedelta = timedelta(),
    ) -> list[Delivery]:
        values: dict[str, object] = {
            "now": now,
            "begun_by": now + begins_within,
            "at_most": limit,
            "busy_lanes": listed(busy.lanes),
            "busy_installations": listed(busy.installations),
            "posting_installations": listed(busy.posting),
            "lease_end": now + lease,
        }

        def work(connection: Connection) -> list[Delivery]:
            # Made here, because asking the system for chance lets go of the interpreter.
            values["token"] = secrets.token_hex(16)
            claimed = claims.claim(connection, values)
            if together is not None and claimed:
                until = {**values, "until": now + together.within, "soon": now + _SOON}
                claimed = claims.join(connection, claimed, together.at_most, until)
            return sorted(claimed, key=claims.by_instant)

        return await self.database.run(work)

    async def release(self, now: datetime) -> None:
        """Makes due at once what a process that is gone had claimed; only where this one serves alone."""
        gone = update(delivery).where(_to_send, delivery.c.claim.is_not(None)).values(wake_at=now)
        await self.database.run_one(lambda connection: connection.execute(gone))

    async def sent(self, delivery: Delivery, now: datetime, channel: str = "", *, counts: bool = True) -> bool:
        over = Settled(rows_of(delivery), delivery.claim, DeliveryState.SENT, "", now, channel, counts)
        return await self._endings.write(over)

    async def failed(self, delivery: Delivery, code: str, now: datetime, notice: NewDelivery | None = None) -> bool:
        if notice is None:
            return await self._settle(delivery, DeliveryState.FAILED, code, now)
        over = Settled(rows_of(delivery), delivery.claim, DeliveryState.FAILED, code, now)

        def work(connection: Connection) -> bool:
            ours = bool(Settled.write(connection, [over]))
            add(connection, [notice] if ours else [], now)
            return ours

        return await self.database.run(work)

    async def dropped(self, delivery: Delivery, why: str, now: datetime) -> bool:
        return await self._settle(delivery, DeliveryState.DROPPED, why, now)

    async def again(
        self,
        delivery: Delivery,
        due_at: datetime,
        code: str,
        *,
        uncertain: bool,
        alone: bool = False,
        counts: bool = True,
    ) -> bool:
        back = PutBack(rows_of(delivery), delivery.claim, code, due_at, delivery.mark, uncertain, alone, counts)
        return await self._endings.write(back)

    async def drop_nudges(self, owner: Person, negotiation_id: str, why: str, now: datetime) -> None:
        await self.database.run_one(lambda connection: drop_nudges(connection, owner, negotiation_id, why, now))

    async def nudges(self, owner: Person) -> list[Delivery]:
        return await self._listed(_NUDGES, whose(owner))

    async def move(self, nudge: Delivery, due_at: datetime | None, now: datetime) -> bool:
        this = {"row": nudge.id, "was": nudge.due_at}
        change, values = (_MOVE, {"at": due_at}) if due_at else (_DROP_ONE, {"why": "quiet_hours", "at": now})
        return await self.database.run_one(lambda connection: connection.execute(change, this | values).rowcount == 1)

    async def private_channel(self, owner: Person) -> str | None:
        return await self.database.read(lambda connection: connection.scalar(_PRIVATE_CHANNEL, whose(owner)))

    async def _listed(self, rows: Select[Any], values: dict[str, object]) -> list[Delivery]:
        return await self.database.read(
            lambda connection: [delivery_from(row) for row in connection.execute(rows, values)]
        )

    async def _settle(self, claimed: Delivery, state: DeliveryState, why: str, now: datetime) -> bool:
        return await self._endings.write(Settled(rows_of(claimed), claimed.claim, state, why, now))
