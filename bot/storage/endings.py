"""How a claim ends. Each ending is a conditional UPDATE; those of a kind that come at a time are one statement."""

import json
from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
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
    attempts=delivery.c.attempts - bindparam("uncounted"),
)
_at = bindparam("at", type_=UtcDateTime())
_unsure = bindparam("unsure", type_=Boolean())
_alone = bindparam("alone", type_=Boolean())
_PUT_BACK = _ours.values(
    claim=None,
    state=DeliveryState.PENDING,
    # A companion is not due before its own instant: its lead may be cancelled meanwhile.
    wake_at=case((delivery.c.due_at > _at, delivery.c.due_at), else_=_at),
    outcome=bindparam("why"),
    mark=looked_up(delivery.c.id, "marks"),
    uncertain_at=case((_unsure, delivery.c.tried_at), else_=delivery.c.uncertain_at),
    doubts=case((_alone, 1), (_unsure, delivery.c.doubts + 1), else_=delivery.c.doubts),
    attempts=delivery.c.attempts - bindparam("uncounted"),
)


class Ending(Protocol):
    """How the claim on `rows` ends: the message was `Settled` or `PutBack`."""

    @property
    def rows(self) -> tuple[int, ...]: ...

    @property
    def claim(self) -> str: ...

    @property
    def kind(self) -> Hashable:
        """Endings of a kind can be written by one statement."""

    @classmethod
    def write(cls, connection: Connection, endings: Sequence[Self]) -> set[int]:
        """Writes endings of one kind; which rows were still theirs."""


@dataclass(frozen=True, slots=True)
class Settled:
    """It is over. Those of one kind get the instant of the newest: some milliseconds late, and never too early for
    whoever asks what ended since."""

    rows: tuple[int, ...]
    claim: str
    state: DeliveryState
    why: str
    at: datetime
    channel: str = ""
    counts: bool = True

    @property
    def kind(self) -> Hashable:
        return self.state, self.why, self.counts

    @classmethod
    def write(cls, connection: Connection, endings: Sequence[Self]) -> set[int]:
        first, at = endings[0], max(one.at for one in endings)
        channels = json.dumps({row: one.channel for one in endings for row in one.rows})
        values = {"to": first.state, "why": first.why, "at": at, "channels": channels}
        values["uncounted"] = 0 if first.counts else 1
        return _written(connection, _SETTLE, endings, values)


@dataclass(frozen=True, slots=True)
class PutBack:
    """It is to be claimed again, from `at` on."""

    rows: tuple[int, ...]
    claim: str
    why: str
    at: datetime
    mark: str
    uncertain: bool
    alone: bool
    counts: bool

    @property
    def kind(self) -> Hashable:
        return self.why, self.at, self.uncertain, self.alone, self.counts

    @classmethod
    def write(cls, connection: Connection, endings: Sequence[Self]) -> set[int]:
        first = endings[0]
        values = {"at": first.at, "why": first.why, "unsure": first.uncertain, "alone": first.alone}
        values["uncounted"] = 0 if first.counts else 1
        values["marks"] = json.dumps({row: one.mark for one in endings for row in one.rows})
        return _written(connection, _PUT_BACK, endings, values)


class Endings:
    """Writes endings down."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._gathering: Gathering[Ending, bool] = Gathering(self._write)

    async def write(self, ending: Ending) -> bool:
        """False where the claim was lost meanwhile."""
        return await self._gathering.do(ending)

    async def _write(self, endings: Sequence[Ending]) -> list[bool]:
        alike = _alike(endings)
        run = self._database.run_one if len(alike) == 1 else self._database.run
        written = await run(lambda connection: [of[0].write(connection, of) for of in alike])
        ours = {id(one): rows for of, rows in zip(alike, written, strict=True) for one in of}
        return [not ours[id(one)].isdisjoint(one.rows) for one in endings]


def rows_of(claimed: Delivery) -> tuple[int, ...]:
    return tuple(one.id for one in claimed.members)


def _alike(endings: Sequence[Ending]) -> list[list[Ending]]:
    """Those of a kind together; a row that two of them end, each by a claim of its own, is written one by one."""
    groups: defaultdict[Hashable, list[Ending]] = defaultdict(list)
    times: defaultdict[int, int] = defaultdict(int)
    for one in endings:
        turn = max(times[row] for row in one.rows)
        groups[type(one), one.kind, turn].append(one)
        times |= dict.fromkeys(one.rows, turn + 1)
    return [*groups.values()]


def _written(connection: Connection, change: Executable, endings: Sequence[Ending], values: dict[str, Any]) -> set[int]:
    claims = {row: one.claim for one in endings for row in one.rows}
    ours = {"rows": listed(claims), "claims": json.dumps(claims)}
    return set(connection.scalars(change, values | ours).all())
