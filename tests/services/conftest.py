"""The services on a real SQLite file, with a fake clock and a fake Slack."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.app import read_method
from bot.coaching.brief import Brief, Rung, Sealed
from bot.outbox.drain import TOGETHER
from bot.services.deliveries import Delivery, Dropped, Failed, Kind, Outcome, Sent
from bot.services.delivering import Delivering
from bot.services.errors import DeliveryError
from bot.services.method import Method
from bot.services.people import People
from bot.services.ports import Lease
from bot.services.preparing import Preparing
from bot.services.publishing import Publishing
from bot.services.reminding import Reminding
from bot.storage.database import Database
from bot.storage.negotiations import SqlNegotiations
from bot.storage.outbox import SqlOutbox
from bot.storage.people import SqlPeople
from bot.storage.tables import delivery as table
from bot.wording.files import Folders
from tests.services.fakes import ANN, NOW, FakeClock, FakeSlack

BRIEF = Brief(
    title="Acme renewal",
    counterpart="Acme",
    meeting_at=NOW + timedelta(days=2),
    my_win="keep the budget under $100M",
    their_win="a margin of at least 25 %",
    shared_win="a 3-month package at $95M plus a one-year commitment",
    walk_away=Sealed("another supplier at $98M"),
    place="C_DEALS",
    rungs=frozenset(Rung),
)
LEASE = timedelta(seconds=30)


@dataclass(frozen=True)
class Forever:
    """A lease that never ends, on a claim made long ago."""

    age: float = 3600.0

    def check(self) -> None:
        """It outlasts everything."""


FOREVER = Forever()


@pytest.fixture(scope="session")
def method() -> Method:
    return read_method(Folders())[0]


@dataclass
class House:
    """All services together, and what a test does with them."""

    negotiations: SqlNegotiations
    outbox: SqlOutbox
    clock: FakeClock
    slack: FakeSlack
    preparing: Preparing
    publishing: Publishing
    reminding: Reminding
    people: People
    delivering: Delivering

    async def stand(self, brief: Brief = BRIEF, *, private: bool = False, view_id: str | None = None) -> str:
        """A confirmed and delivered script; returns its negotiation's id."""
        negotiation_id = f"n{self.slack.posted}-{brief.title}"
        await self.preparing.submit(ANN, negotiation_id, brief)
        await self.publishing.confirm(ANN, negotiation_id, 1, private=private, view_id=view_id)
        await self.deliver()
        return negotiation_id

    async def edit(self, negotiation_id: str, **changes: object) -> None:
        """Another revision, confirmed and delivered."""
        newest = await self.preparing.newest(ANN, negotiation_id)
        await self.preparing.submit(ANN, negotiation_id, replace(newest.brief, **changes))  # type: ignore[arg-type]
        await self.publishing.confirm(ANN, negotiation_id, newest.revision + 1, private=False, view_id=None)
        await self.deliver()

    async def deliver(self) -> list[tuple[Delivery, Outcome]]:
        """One pass of an outbox that gives up at the first error."""
        done: list[tuple[Delivery, Outcome]] = []
        while rows := await self.outbox.claim(self.clock.now(), 10, LEASE, together=TOGETHER):
            done += [(row, await self.carry(row)) for row in rows]
        return done

    async def outcomes(self, kind: Kind) -> list[str]:
        """What became of all rows of a kind, in the order in which they were due."""
        rows = select(table.c.state, table.c.outcome).where(table.c.kind == kind).order_by(table.c.due_at, table.c.id)
        return await self.outbox.database.read(
            lambda connection: [f"{row.state} {row.outcome}" for row in connection.execute(rows)]
        )

    async def carry(self, row: Delivery, lease: Lease = FOREVER) -> Outcome:
        """Sends one claimed row and marks it."""
        now = self.clock.now()
        try:
            outcome: Outcome = await self.delivering.deliver(row, lease)
        except DeliveryError as error:
            outcome = Failed(error.code)
        match outcome:
            case Sent(channel, found):
                await self.outbox.sent(row, now, channel, counts=not found)
            case Dropped(why):
                await self.outbox.dropped(row, why, now)
            case Failed(code):
                await self.outbox.failed(row, code, now, self.delivering.notice(row, code, now))
        if self.delivering.concerns(row, outcome):
            await self.delivering.settled(row, outcome)
        return outcome


@pytest.fixture
async def house(tmp_path: Path, method: Method) -> AsyncIterator[House]:
    database = Database.open(f"sqlite:///{tmp_path}/winwin.db")
    await database.migrate()
    negotiations, outbox, people = SqlNegotiations(database), SqlOutbox(database), SqlPeople(database)
    clock = FakeClock()
    slack = FakeSlack(clock=clock)
    rooms = (negotiations, outbox, people)
    folk = People(people, negotiations, outbox, slack, method, clock, lambda: None)
    yield House(
        negotiations,
        outbox,
        clock,
        slack,
        Preparing(negotiations, method, clock),
        Publishing(*rooms, method, clock, lambda: None),
        Reminding(negotiations, clock, lambda: None),
        folk,
        Delivering.over(negotiations, outbox, folk, slack, method, clock),
    )
    await database.close()
