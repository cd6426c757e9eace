"""Marks: how a claim ends. Each is one conditional UPDATE; many that come at a time share a transaction, and those that
say the same share a statement."""

import json
from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, Self

from sqlalchemy import Boolean, Connection, bindparam, case, update

from bot.services.deliveries import Delivery, DeliveryState
from bot.storage.database import Database
from bot.storage.gathering import Gathering
from bot.storage.listed import is_among, listed, looked_up
from bot.storage.tables import delivery

_ours = update(delivery).where(is_among(delivery.c.id, "rows"), delivery.c.claim == bindparam("token"))
_SETTLE = _ours.values(
    claim=None,
    wake_at=None,
    state=bindparam("to"),
    outcome=bindparam("why"),
    settled_at=bindparam("at"),
    channel=looked_up(delivery.c.id, "channels"),
)
_PUT_BACK = _ours.values(
    claim=None,
    state=DeliveryState.PENDING,
    wake_at=bindparam("at"),
    outcome=bindparam("why"),
    mark=bindparam("as"),
    uncertain_at=case((bindparam("unsure", type_=Boolean()), delivery.c.tried_at), else_=delivery.c.uncertain_at),
    attempts=delivery.c.attempts - bindparam("uncounted"),
)


class Mark(Protocol):
    """How the claim on `rows` ends."""

    @property
    def rows(self) -> tuple[int, ...]: ...

    @property
    def kind(self) -> Hashable:
        """Marks of a kind can be written by one statement."""

    @classmethod
    def write(cls, connection: Connection, marks: Sequence[Self]) -> int:
        """Writes marks of one kind; how many rows were still theirs."""


@dataclass(frozen=True, slots=True)
class Settled:
    """It is over. Those of one kind get the instant of the newest: some milliseconds late, and never too early for
    whoever asks what ended since."""

    rows: tuple[int, ...]
    claim: str
    state: DeliveryState
    why: str
    at: datetime
    channel: str

    @property
    def kind(self) -> Hashable:
        return self.claim, self.state, self.why

    @classmethod
    def write(cls, connection: Connection, marks: Sequence[Self]) -> int:
        channels = {row: mark.channel for mark in marks for row in mark.rows}
        values = {"rows": listed(channels), "channels": json.dumps(channels), "at": max(mark.at for mark in marks)}
        token, state, why = marks[0].claim, marks[0].state, marks[0].why
        return connection.execute(_SETTLE, {**values, "token": token, "to": state, "why": why}).rowcount


@dataclass(frozen=True, slots=True)
class PutBack:
    """It is to be claimed again, from `at` on."""

    rows: tuple[int, ...]
    claim: str
    why: str
    at: datetime
    mark: str
    uncertain: bool
    counts: bool

    @property
    def kind(self) -> Hashable:
        return self

    @classmethod
    def write(cls, connection: Connection, marks: Sequence[Self]) -> int:
        mark = marks[0]
        values = {"rows": listed(mark.rows), "token": mark.claim, "at": mark.at, "why": mark.why, "as": mark.mark}
        more = {"unsure": mark.uncertain, "uncounted": 0 if mark.counts else 1}
        return connection.execute(_PUT_BACK, values | more).rowcount


class _Lost(Exception):
    """Some claim was lost meanwhile; which one, only one UPDATE after another tells."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Writes marks down."""

    database: Database
    _gathering: Gathering[Mark, bool] = field(default_factory=Gathering)

    async def write(self, mark: Mark) -> bool:
        """False where the claim was lost meanwhile."""
        return await self._gathering.do(mark, self._write)

    async def _write(self, marks: Sequence[Mark]) -> list[bool]:
        try:
            return await self.database.run(lambda connection: _all_ours(connection, marks))
        except _Lost:
            return await self.database.run(lambda connection: [mark.write(connection, [mark]) > 0 for mark in marks])


def rows_of(claimed: Delivery) -> tuple[int, ...]:
    return tuple(one.id for one in claimed.members)


def _all_ours(connection: Connection, marks: Sequence[Mark]) -> list[bool]:
    """Raises _Lost, and nothing is changed, where that is not so."""
    kinds: defaultdict[Hashable, list[Mark]] = defaultdict(list)
    for mark in marks:
        kinds[mark.kind].append(mark)
    for alike in kinds.values():
        if alike[0].write(connection, alike) != sum(len(mark.rows) for mark in alike):
            raise _Lost
    return [True] * len(marks)
