"""Marks: how a claim ends. Each is one conditional UPDATE; many that come at a time share a transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from sqlalchemy import Boolean, Connection, Update, bindparam, case, update

from bot.services.deliveries import Delivery, DeliveryState
from bot.storage.database import Database
from bot.storage.gathering import Gathering
from bot.storage.tables import delivery

_ours = update(delivery).where(delivery.c.id == bindparam("row"), delivery.c.claim == bindparam("token"))
SETTLE = _ours.values(
    claim=None,
    wake_at=None,
    state=bindparam("to"),
    outcome=bindparam("why"),
    settled_at=bindparam("at"),
    channel=bindparam("where"),
)
PUT_BACK = _ours.values(
    claim=None,
    state=DeliveryState.PENDING,
    wake_at=bindparam("at"),
    outcome=bindparam("why"),
    mark=bindparam("as"),
    uncertain_at=case((bindparam("unsure", type_=Boolean()), delivery.c.tried_at), else_=delivery.c.uncertain_at),
    attempts=delivery.c.attempts - bindparam("uncounted"),
)

Values = dict[str, object]


class _Lost(Exception):
    """Some claim was lost meanwhile; which one, only one UPDATE after another tells."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One statement and its values for each row of a delivery."""

    statement: Update
    rows: tuple[Values, ...]

    @classmethod
    def of(cls, statement: Update, claimed: Delivery, values: Values) -> "Mark":
        return cls(statement, tuple({"row": one.id, "token": claimed.claim, **values} for one in claimed.members))


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
            return await self.database.run(lambda connection: [_is_ours(connection, mark) for mark in marks])


def _all_ours(connection: Connection, marks: Sequence[Mark]) -> list[bool]:
    """Raises _Lost, and nothing is changed, where that is not so."""
    for statement, alike in groupby(sorted(marks, key=lambda mark: id(mark.statement)), lambda mark: mark.statement):
        rows = [row for mark in alike for row in mark.rows]
        changed = connection.execute(statement, rows, execution_options={"preserve_rowcount": True}).rowcount
        if changed != len(rows):
            raise _Lost
    return [True] * len(marks)


def _is_ours(connection: Connection, mark: Mark) -> bool:
    return sum(connection.execute(mark.statement, row).rowcount for row in mark.rows) > 0
