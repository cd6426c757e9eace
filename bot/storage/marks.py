"""Marks: how a claim ends. Each is a conditional UPDATE; those of a kind that come at a time are one."""

import json
from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, Self

from sqlalchemy import Boolean, Connection, Executable, bindparam, case, update

from bot.services.deliveries import Delivery, DeliveryState
from bot.storage.columns import UtcDateTime
from bot.storage.database import Database
from bot.storage.gathering import Gathering
from bot.storage.listed import is_among, listed, looked_up
from bot.storage.tables import delivery

_ours = (
    update(delivery)
    .where(is_among(delivery.c.id, "rows"), delivery.c.claim == looked_up(delivery.c.id, "claims"))
    .returning(delivery.c.id)
)
_SETTLE = _ours.values(
    claim=None,
    wake_at=None,
    state=bindparam("to"),
    outcome=bindparam("why"),
    settled_at=bindparam("at"),
    channel=looked_up(delivery.c.id, "channels"),
)
_at = bindparam("at", type_=UtcDateTime())
_unsure = bindparam("unsure", type_=Boolean())
_PUT_BACK = _ours.values(
    claim=None,
    state=DeliveryState.PENDING,
    # A companion is not due before its own instant: its lead may be cancelled meanwhile.
    wake_at=case((delivery.c.due_at > _at, delivery.c.due_at), else_=_at),
    outcome=bindparam("why"),
    mark=looked_up(delivery.c.id, "marks"),
    uncertain_at=case((_unsure, delivery.c.tried_at), else_=delivery.c.uncertain_at),
    doubts=case((_unsure, delivery.c.doubts + 1), else_=delivery.c.doubts),
    attempts=delivery.c.attempts - bindparam("uncounted"),
)


class Mark(Protocol):
    """How the claim on `rows` ends."""

    @property
    def rows(self) -> tuple[int, ...]: ...

    @property
    def claim(self) -> str: ...

    @property
    def kind(self) -> Hashable:
        """Marks of a kind can be written by one statement."""

    @classmethod
    def write(cls, connection: Connection, marks: Sequence[Self]) -> set[int]:
        """Writes marks of one kind; which rows were still theirs."""


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
        return self.state, self.why

    @classmethod
    def write(cls, connection: Connection, marks: Sequence[Self]) -> set[int]:
        channels = {row: mark.channel for mark in marks for row in mark.rows}
        at = max(mark.at for mark in marks)
        values = {"to": marks[0].state, "why": marks[0].why, "at": at, "channels": json.dumps(channels)}
        return _written(connection, _SETTLE, marks, values)


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
        return self.why, self.at, self.uncertain, self.counts

    @classmethod
    def write(cls, connection: Connection, marks: Sequence[Self]) -> set[int]:
        first = marks[0]
        values = {"at": first.at, "why": first.why, "unsure": first.uncertain, "uncounted": 0 if first.counts else 1}
        values["marks"] = json.dumps({row: mark.mark for mark in marks for row in mark.rows})
        return _written(connection, _PUT_BACK, marks, values)


@dataclass(frozen=True, slots=True)
class Marks:
    """Writes marks down."""

    database: Database
    _gathering: Gathering[Mark, bool] = field(default_factory=Gathering)

    async def write(self, mark: Mark) -> bool:
        """False where the claim was lost meanwhile."""
        return await self._gathering.do(mark, self._write)

    async def _write(self, marks: Sequence[Mark]) -> list[bool]:
        alike = _alike(marks)
        run = self.database.run_one if len(alike) == 1 else self.database.run
        written = await run(lambda connection: [of[0].write(connection, of) for of in alike])
        ours = {id(mark): rows for of, rows in zip(alike, written, strict=True) for mark in of}
        return [not ours[id(mark)].isdisjoint(mark.rows) for mark in marks]


def rows_of(claimed: Delivery) -> tuple[int, ...]:
    return tuple(one.id for one in claimed.members)


def _alike(marks: Sequence[Mark]) -> list[list[Mark]]:
    """Those of a kind together; a row that two of them mark, by a claim of its own each, is marked one by one."""
    groups: defaultdict[Hashable, list[Mark]] = defaultdict(list)
    times: defaultdict[int, int] = defaultdict(int)
    for mark in marks:
        turn = max(times[row] for row in mark.rows)
        groups[type(mark), mark.kind, turn].append(mark)
        times |= dict.fromkeys(mark.rows, turn + 1)
    return [*groups.values()]


def _written(connection: Connection, change: Executable, marks: Sequence[Mark], values: dict[str, Any]) -> set[int]:
    claims = {row: mark.claim for mark in marks for row in mark.rows}
    ours = {"rows": listed(claims), "claims": json.dumps(claims)}
    return set(connection.scalars(change, values | ours).all())
