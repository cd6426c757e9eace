"""The promise behind asking, tried at random: a nudge is found by its mark only in a message that it was part of."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.services.deliveries import Delivery, Together
from bot.services.model import Person
from bot.storage.database import Database
from bot.storage.negotiations import SqlNegotiations
from bot.storage.outbox import SqlOutbox
from bot.storage.tables import delivery
from tests.storage.values import BRIEF, NOW, SECOND, nudge

LEASE, PAUSE = 30 * SECOND, 480 * SECOND
TOGETHER = Together(within=300 * SECOND, at_most=2)
matters = st.integers(0, 2)
steps = st.one_of(
    st.tuples(st.just("add"), matters),
    st.tuples(st.just("cancel"), matters),
    st.tuples(st.just("restore"), matters),
    st.tuples(st.just("time passes"), st.none()),
    st.tuples(
        st.sampled_from(["arrives", "is lost", "stays lost", "dies", "is refused", "is found", "goes back untried"]),
        st.none() | matters,
    ),
)
"""What is done to a matter; or what becomes of all that is due, and which matter is cancelled while it is claimed."""

people = count()
NOBODYS = 3


@dataclass
class Ann:
    """One person's nudges, and which of them each message may have shown."""

    outbox: SqlOutbox
    store: SqlNegotiations
    who: Person
    now: datetime = NOW
    cancelled: set[int] = field(default_factory=set)
    shown: defaultdict[str, list[set[int]]] = field(default_factory=lambda: defaultdict(list))
    keys: Iterator[int] = field(default_factory=count)

    def named(self, matter: int) -> str:
        return f"{self.who.user} {matter}"

    async def begin(self) -> None:
        for matter in range(NOBODYS + 1):
            await self.store.save_draft(self.who, self.named(matter), BRIEF, NOW)
            await self.store.confirm(self.who, self.named(matter), 1, self.who.user, [], NOW)

    async def step(self, what: str, matter: int | None) -> None:
        self.now += SECOND
        if matter is None:
            matter = NOBODYS
        match what:
            case "add":
                key = f"{self.named(matter)} {next(self.keys)}"
                new = nudge(key, self.now, lane=self.who.user, owner=self.who, negotiation_id=self.named(matter))
                await self.outbox.add([new], self.now)
            case "cancel":
                await self.store.cancel(self.who, self.named(matter), [], self.now)
                self.cancelled.add(matter)
            case "restore":
                await self.store.restore(self.who, self.named(matter), NOW, [], self.now)
                self.cancelled.discard(matter)
            case "time passes":
                self.now += PAUSE
            case fate:
                claimed = await self.outbox.claim(self.now, 10, LEASE, together=TOGETHER)
                await self.step("cancel", matter)
                for one in claimed:
                    await self.meet(fate, one)

    async def meet(self, fate: str, one: Delivery) -> None:
        """As a sender does: what is not wanted leaves, then the rest goes as one message."""
        if fate == "goes back untried":
            await self.outbox.again(one, self.now, "resting", uncertain=False, counts=False)
            return
        if fate == "is found" and one.uncertain:
            assert all({member.id for member in one.members} <= shown for shown in self.shown[one.mark])
            await self.outbox.sent(one, self.now, counts=False)
            return
        left = set()
        for member in one.members:
            if member.negotiation_id in map(self.named, self.cancelled):
                await self.outbox.dropped(member, "not_wanted", self.now)
            else:
                left.add(member.id)
        if fate != "is refused" and left:
            self.shown[one.mark].append(left)
        match fate:
            case "arrives" | "is found":
                await self.outbox.sent(one, self.now)
            case "is lost":
                await self.outbox.again(one, self.now, "timeout", uncertain=True)
            case "stays lost":
                await self.outbox.again(one, self.now + PAUSE, "timeout", uncertain=True)
            case "is refused":
                await self.outbox.again(one, self.now, "service_unavailable", uncertain=False)
            case "dies":
                self.now += LEASE

    async def marks(self) -> dict[int, str]:
        """Of what is still to be sent."""
        open_ = select(delivery.c.id, delivery.c.mark).where(
            delivery.c.lane == self.who.user, delivery.c.settled_at.is_(None)
        )
        return {row.id: row.mark for row in await self.outbox.database.read(lambda one: one.execute(open_).all())}


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=st.lists(steps, min_size=3, max_size=25))
@example(story=[("add", 0), ("add", 1), ("is lost", None), ("cancel", 0), ("arrives", None), ("restore", 0)])
@example(story=[("add", 0), ("add", 1), ("is lost", None), ("arrives", 0), ("restore", 0)])
@example(
    story=[
        *(("add", 0), ("add", 1), ("stays lost", None), ("cancel", 0), ("restore", 0)),
        *(("arrives", None), ("time passes", None), ("arrives", None)),
    ]
)
@example(story=[("add", 0), ("add", 1), ("goes back untried", None), ("add", 2), ("arrives", None)])
async def test_a_mark_is_found_only_where_its_nudge_was_shown(
    database: Database, story: list[tuple[str, int | None]]
) -> None:
    who = f"U_MARK{next(people)}"
    ann = Ann(SqlOutbox(database), SqlNegotiations(database), Person("T1", who, "T1"))
    await ann.begin()
    for what, matter in story:
        await ann.step(what, matter)

        for row, mark in (await ann.marks()).items():
            assert all(row in shown for shown in ann.shown[mark])
