"""NegotiationStore: negotiations and the revisions of their briefs. What writes is one transaction."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, select, true, update

from bot.coaching.brief import Brief, Rung
from bot.services.deliveries import NewDelivery, Reminder
from bot.services.errors import NotFound
from bot.services.model import (
    Dismissal,
    DraftTitle,
    Negotiation,
    Person,
    Post,
    Posting,
    Reviewed,
    State,
    Unreached,
    Waiting,
)
from bot.storage import claims, dismissals, drafts, outbox, people, reads, revisions, scripts
from bot.storage.database import Database
from bot.storage.gathering import Gathering
from bot.storage.owned import change, theirs, whose
from bot.storage.rows import negotiation_from
from bot.storage.tables import brief, negotiation

_READY = negotiation.c.state == State.READY
_CANCELLED = negotiation.c.state == State.CANCELLED


class SqlNegotiations:
    """The tables `negotiation`, `brief`, `post` and `posting`."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._reminders = Gathering(self._read_reminders)

    async def save_draft(self, owner: Person, negotiation_id: str, brief: Brief, now: datetime) -> Reviewed:
        return await self.database.run(lambda connection: revisions.save(connection, owner, negotiation_id, brief, now))

    async def newest(self, owner: Person, negotiation_id: str) -> Negotiation:
        return await self._seen(reads.NEWEST, whose(owner, negotiation_id))

    async def at(self, owner: Person, negotiation_id: str, revision: int) -> Negotiation:
        return await self._seen(reads.AT, {**whose(owner, negotiation_id), "revision": revision})

    async def standing(self, owner: Person, negotiation_id: str) -> Negotiation:
        return await self._seen(reads.STANDING, whose(owner, negotiation_id))

    async def reviewed(self, owner: Person, negotiation_id: str, revision: int) -> Reviewed:
        return await self.database.read(
            lambda connection: revisions.reviewed(connection, owner, negotiation_id, revision)
        )

    async def reminder(self, owner: Person, negotiation_id: str) -> Reminder:
        found = await self._reminders.do(negotiation_id)
        if found is None or found.negotiation.owner != owner:
            raise NotFound
        return found

    async def _read_reminders(self, ids: Sequence[str]) -> list[Reminder | None]:
        found = await self.database.read(lambda connection: reads.reminders(connection, ids))
        return [found.get(one) for one in ids]

    async def waiting(self, owner: Person, limit: int, now: datetime) -> Waiting:
        values = {**whose(owner), "at_most": limit, "now": now}
        return await self.database.read(
            lambda connection: Waiting(
                people.told(connection, owner),
                tuple(DraftTitle(*row) for row in connection.execute(reads.DRAFTS, values)),
                tuple(Unreached(*row) for row in connection.execute(reads.UNREACHED, values)),
            )
        )

    async def discard(self, owner: Person, negotiation_id: str, now: datetime) -> bool:
        return await self.database.run(lambda connection: drafts.discard(connection, owner, negotiation_id, now))

    async def confirm(
        self,
        owner: Person,
        negotiation_id: str,
        revision: int,
        place: str | None,
        deliveries: Sequence[NewDelivery],
        now: datetime,
        *,
        seen: Negotiation | None = None,
        keeps: Collection[Rung] = (),
    ) -> bool:
        ready = {"state": State.READY, "confirmed": revision, "place": place, "rehearsed_at": None}
        older = (brief.c.negotiation_id == negotiation_id) & (brief.c.revision < revision)
        in_order = _can_stand(revision, place) & (_stands_as(seen) if seen else true())

        def work(connection: Connection) -> bool:
            if not change(connection, owner, negotiation_id, in_order, now, **ready):
                return False
            connection.execute(delete(brief).where(older))
            outbox.drop_nudges(connection, owner, negotiation_id, "replanned", now, keeps)
            kept = outbox.carry_nudges(connection, owner, negotiation_id, revision, keeps)
            outbox.add(connection, [one for one in deliveries if one.rung is None or one.rung not in kept], now)
            return True

        return await self.database.run(work)

    async def withdraw(
        self, owner: Person, negotiation_id: str, deliveries: Sequence[NewDelivery], now: datetime
    ) -> bool:
        def work(connection: Connection) -> bool:
            if not change(connection, owner, negotiation_id, negotiation.c.place.is_not(None), now, place=None):
                return False
            _replan(connection, owner, negotiation_id, deliveries, now)
            return True

        return await self.database.run(work)

    async def cancel(
        self, owner: Person, negotiation_id: str, deliveries: Sequence[NewDelivery], now: datetime
    ) -> bool:
        cancelled = {"state": State.CANCELLED, "cancelled_at": now}

        def work(connection: Connection) -> bool:
            if not change(connection, owner, negotiation_id, _READY, now, **cancelled):
                return False
            _replan(connection, owner, negotiation_id, deliveries, now, dropped="cancelled")
            return True

        return await self.database.run(work)

    async def restore(
        self,
        owner: Person,
        negotiation_id: str,
        cancelled_since: datetime,
        deliveries: Sequence[NewDelivery],
        now: datetime,
    ) -> bool:
        in_time = _CANCELLED & (negotiation.c.cancelled_at >= cancelled_since)

        def work(connection: Connection) -> bool:
            if not change(connection, owner, negotiation_id, in_time, now, state=State.READY, cancelled_at=None):
                return False
            claims.take_turn(connection)  # else a nudge that comes back could share a mark that is just being used
            outbox.revive_nudges(connection, owner, negotiation_id, cancelled_since)
            _replan(connection, owner, negotiation_id, deliveries, now)
            return True

        return await self.database.run(work)

    async def snooze(self, seen: Negotiation, nudge: NewDelivery, now: datetime) -> bool:
        def work(connection: Connection) -> bool:
            if not change(connection, seen.owner, seen.id, _READY & _stands_as(seen), now):
                return False
            outbox.add(connection, [nudge], now)
            return True

        return await self.database.run(work)

    async def rehearsed(self, owner: Person, negotiation_id: str, now: datetime) -> bool:
        def work(connection: Connection) -> bool:
            if not change(
                connection, owner, negotiation_id, negotiation.c.rehearsed_at.is_(None), now, rehearsed_at=now
            ):
                return False
            _replan(connection, owner, negotiation_id, (), now, dropped="rehearsed")
            return True

        return await self.database.run(work)

    async def silence(self, owner: Person, negotiation_id: str, now: datetime) -> None:
        confirmed = select(negotiation.c.confirmed).where(theirs(owner, negotiation_id)).scalar_subquery()
        standing = (brief.c.negotiation_id == negotiation_id) & (brief.c.revision == confirmed)

        def work(connection: Connection) -> None:
            change(connection, owner, negotiation_id, true(), now)  # holds a confirm off until this is done
            connection.execute(update(brief).where(standing).values(rungs=""))
            _replan(connection, owner, negotiation_id, (), now, dropped="stopped")

        await self.database.run(work)

    async def dismiss(self, owner: Person, negotiation_id: str, which: Dismissal, now: datetime) -> None:
        await self.database.run(lambda connection: dismissals.dismiss(connection, owner, negotiation_id, which, now))

    async def posts(self, owner: Person, negotiation_id: str) -> list[Post]:
        return await self.database.read(lambda connection: scripts.posts_of(connection, owner, negotiation_id))

    async def begin_posting(self, owner: Person, negotiation_id: str, posting: Posting) -> bool:
        return await self.database.run(lambda connection: scripts.begin(connection, owner, negotiation_id, posting))

    async def end_posting(self, owner: Person, negotiation_id: str, posting: Posting) -> None:
        await self.database.run(lambda connection: scripts.end(connection, owner, negotiation_id, posting))

    async def postings(self, owner: Person, negotiation_id: str) -> list[Posting]:
        return await self.database.read(lambda connection: scripts.postings_of(connection, owner, negotiation_id))

    async def record_post(self, owner: Person, negotiation_id: str, post: Post) -> None:
        await self.database.run(lambda connection: scripts.record(connection, owner, negotiation_id, post))

    async def set_aside(self, owner: Person, negotiation_id: str, posts: Sequence[Post], why: str) -> None:
        await self.database.run(lambda connection: scripts.set_aside(connection, owner, negotiation_id, posts, why))

    async def forget_posts(self, owner: Person, negotiation_id: str, posts: Sequence[Post]) -> None:
        await self.database.run(lambda connection: scripts.forget(connection, owner, negotiation_id, posts))

    async def _seen(self, which: Select[Any], values: dict[str, object]) -> Negotiation:
        return await self.database.read(lambda connection: _seen(connection, which, values))


def _seen(connection: Connection, which: Select[Any], values: dict[str, object]) -> Negotiation:
    row = connection.execute(which, values).one_or_none()
    if row is None:
        raise NotFound
    return negotiation_from(row)


def _stands_as(seen: Negotiation) -> ColumnElement[bool]:
    place = negotiation.c.place.is_not_distinct_from(seen.place)
    return (negotiation.c.confirmed == seen.confirmed) & place


def _can_stand(revision: int, place: str | None) -> ColumnElement[bool]:
    """Unless that revision stands at that place already, or a later one stands, or all is cancelled."""
    elsewhere = negotiation.c.place.is_(None) | (negotiation.c.place != place)
    newer = (negotiation.c.confirmed < revision) & (negotiation.c.newest >= revision)
    return ~_CANCELLED & (newer | ((negotiation.c.confirmed == revision) & elsewhere))


def _replan(
    connection: Connection,
    owner: Person,
    negotiation_id: str,
    deliveries: Sequence[NewDelivery],
    now: datetime,
    dropped: str = "",
) -> None:
    """The outbox's part of a change: pending nudges go, for the reason `dropped` if any, and new rows come."""
    if dropped:
        outbox.drop_nudges(connection, owner, negotiation_id, dropped, now)
    outbox.add(connection, deliveries, now)
