"""Publishing: where a script stands, and taking it there, back, or away. Every change leaves a row in the outbox."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.coaching import ladder
from bot.coaching.brief import Field, Rung
from bot.coaching.gate import Problem, Rule
from bot.services.errors import Cancelled, NotFound, Superseded
from bot.services.method import Method
from bot.services.model import RETIRED, DeliveryState, Kind, Negotiation, NewDelivery, Person, State
from bot.services.pages import Refused
from bot.services.ports import Clock, NegotiationStore, OutboxStore, PeopleStore

UNDO_WINDOW = timedelta(minutes=1)
"""How long a cancelled negotiation can be brought back by its Undo button."""


@dataclass(frozen=True, slots=True)
class Publishing:
    """Confirms, withdraws, cancels and restores; `wake` tells the outbox that something is due."""

    negotiations: NegotiationStore
    outbox: OutboxStore
    people: PeopleStore
    method: Method
    clock: Clock
    wake: Callable[[], None]

    async def confirm(
        self, owner: Person, negotiation_id: str, revision: int, *, private: bool, view_id: str | None
    ) -> Negotiation:
        """Makes a revision the one that stands, where its brief says or with its owner alone.

        A second call for the same revision posts nothing new, so a double click posts once; it only brings up to
        date what stands, so that the view that waits is told as well.
        """
        negotiation = await self._reviewed(owner, negotiation_id, revision)
        place = owner.user if private else negotiation.brief.place or owner.user
        now = self.clock.now()
        event = "" if revision > negotiation.confirmed else "confirmed"
        rows = await self._rows(negotiation, place, now, event, view_id)
        if not await self.negotiations.confirm(owner, negotiation_id, revision, place, rows, now):
            await self._refuse_change(owner, negotiation_id, revision)
            return await self.again(owner, negotiation_id, view_id=view_id)
        self.wake()
        return await self.negotiations.at(owner, negotiation_id, revision)

    async def again(
        self, owner: Person, negotiation_id: str, *, instead_of: str = "", view_id: str | None = None
    ) -> Negotiation:
        """Brings Slack in line with the negotiation once more. `instead_of` is the ts of a message that Slack no
        longer lets us change: a new one is posted in its place, once, however often this is called."""
        negotiation = await self.negotiations.standing(owner, negotiation_id)
        if instead_of:
            posts = [post for post in await self.negotiations.posts(owner, negotiation_id) if not post.aside]
            if any(post.ts == instead_of for post in posts):
                await self.negotiations.set_aside(owner, negotiation_id, posts, RETIRED)
        now = self.clock.now()
        row = script_row(negotiation, negotiation.place or owner.user, now, "again", view_id)
        await self.outbox.add([row], now)
        self.wake()
        return negotiation

    async def take_back(self, owner: Person, negotiation_id: str) -> bool:
        """Deletes the posted messages and keeps the brief; False where nothing stood."""
        negotiation = await self.negotiations.standing(owner, negotiation_id)
        now = self.clock.now()
        row = script_row(negotiation, negotiation.place or owner.user, now, "taken_back")
        return self._woken(await self.negotiations.withdraw(owner, negotiation_id, [row], now))

    async def cancel(self, owner: Person, negotiation_id: str) -> bool:
        """Leaves one struck line and silences the nudges; False where it was not ready."""
        negotiation = await self.negotiations.standing(owner, negotiation_id)
        now = self.clock.now()
        rows = [script_row(negotiation, negotiation.place, now, "cancelled")] if negotiation.place else []
        return self._woken(await self.negotiations.cancel(owner, negotiation_id, rows, now))

    async def undo_cancel(self, owner: Person, negotiation_id: str) -> bool:
        """Brings back what was cancelled within the last minute; False where it is too late."""
        negotiation = await self.negotiations.standing(owner, negotiation_id)
        now = self.clock.now()
        rows = [script_row(negotiation, negotiation.place, now, "undone")] if negotiation.place else []
        since = now - UNDO_WINDOW
        return self._woken(await self.negotiations.restore(owner, negotiation_id, since, rows, now))

    async def move(
        self, owner: Person, negotiation_id: str, meeting_at: datetime | None, rungs: frozenset[Rung]
    ) -> Refused | Negotiation:
        """Gives the standing script another meeting time and a new ladder; an unfinished edit stays a draft."""
        now = self.clock.now()
        if meeting_at is None or meeting_at <= now:
            return Refused((Problem(Field.MEETING_AT, Rule.PAST if meeting_at else Rule.MISSING),))
        standing = await self.negotiations.standing(owner, negotiation_id)
        newest = await self.negotiations.newest(owner, negotiation_id)
        moved = replace(standing.brief, meeting_at=meeting_at, rungs=rungs)
        revision = await self.negotiations.save_draft(owner, negotiation_id, moved, now)
        if newest.revision > standing.revision:
            # Before the moved one is confirmed: confirming forgets the drafts that are older.
            unfinished = replace(newest.brief, meeting_at=meeting_at, rungs=rungs)
            await self.negotiations.save_draft(owner, negotiation_id, unfinished, now)
        negotiation = await self.negotiations.at(owner, negotiation_id, revision)
        rows = await self._rows(negotiation, standing.place, now)
        if not await self.negotiations.confirm(owner, negotiation_id, revision, standing.place, rows, now):
            await self._refuse_change(owner, negotiation_id, revision)
        self.wake()
        return negotiation

    async def _reviewed(self, owner: Person, negotiation_id: str, revision: int) -> Negotiation:
        """The revision that a review showed; where it is forgotten, because a newer one stands, says so."""
        try:
            return await self.negotiations.at(owner, negotiation_id, revision)
        except NotFound:
            await self._refuse_change(owner, negotiation_id, revision)
            raise

    async def _refuse_change(self, owner: Person, negotiation_id: str, revision: int) -> None:
        """Says why a revision could not be confirmed; returns where it stands already."""
        standing = await self.negotiations.standing(owner, negotiation_id)
        if standing.state is State.CANCELLED:
            raise Cancelled
        if standing.confirmed > revision:
            raise Superseded

    async def _rows(
        self,
        negotiation: Negotiation,
        place: str | None,
        now: datetime,
        event: str = "",
        view_id: str | None = None,
    ) -> list[NewDelivery]:
        """What a confirmed brief sends: its script, where it stands somewhere, and its nudges from now on."""
        script = [script_row(negotiation, place, now, event, view_id)] if place else []
        brief = negotiation.brief
        if brief.meeting_at is None:
            return script
        zone = await self.people.zone(negotiation.owner)
        planned = ladder.plan(brief.meeting_at, brief.rungs, now, zone, self.method.quiet)
        overdue = await self._overdue(negotiation, brief.meeting_at, now)
        return [*script, *(nudge_row(negotiation, step, now, event) for step in (*overdue, *planned))]

    async def _overdue(self, negotiation: Negotiation, meeting_at: datetime, now: datetime) -> list[ladder.Planned]:
        """The newest nudge that is due for this very meeting and has not gone out: planning anew must not lose it."""
        if not negotiation.confirmed or meeting_at <= now:
            return []
        standing = await self.negotiations.standing(negotiation.owner, negotiation.id)
        rows = await self.outbox.to_send(negotiation.owner, negotiation.id)
        waiting = [
            ladder.Planned(row.rung, row.due_at)
            for row in rows
            if row.rung in negotiation.brief.rungs and row.due_at <= now and row.state is DeliveryState.PENDING
        ]
        return waiting[-1:] if standing.brief.meeting_at == meeting_at else []

    def _woken(self, changed: bool) -> bool:
        if changed:
            self.wake()
        return changed


def script_row(
    negotiation: Negotiation, place: str, now: datetime, event: str = "", view_id: str | None = None
) -> NewDelivery:
    """The row that brings the script's messages in line with the negotiation: one for a revision, however often
    it is confirmed; an `event` that comes later (taken back, tried again) has its own."""
    return NewDelivery(
        key=_key("script", negotiation, event, now),
        kind=Kind.SCRIPT,
        owner=negotiation.owner,
        negotiation_id=negotiation.id,
        revision=negotiation.revision,
        lane=place,
        due_at=now,
        view_id=view_id,
    )


def nudge_row(negotiation: Negotiation, step: ladder.Planned, now: datetime, event: str = "") -> NewDelivery:
    """The row of one rung."""
    return NewDelivery(
        key=_key("nudge", negotiation, event, now, step.rung.minutes),
        kind=Kind.NUDGE,
        owner=negotiation.owner,
        negotiation_id=negotiation.id,
        revision=negotiation.revision,
        lane=negotiation.owner.user,
        due_at=step.at,
        rung=step.rung,
    )


def _key(kind: str, negotiation: Negotiation, event: str, now: datetime, *more: object) -> str:
    once = [kind, negotiation.id, negotiation.revision, *more]
    return ":".join(map(str, [*once, event, now.isoformat()] if event else once))
