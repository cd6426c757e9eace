"""Publishing: where a script stands, and taking it there, back, or away. Every change leaves a row in the outbox."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.coaching import ladder
from bot.coaching.brief import Field, Rung
from bot.coaching.gate import Problem, Rule
from bot.services.deliveries import Kind, NewDelivery
from bot.services.errors import Cancelled, NotFound, Superseded
from bot.services.method import Method
from bot.services.model import RETIRED, Negotiation, Person, Post, State
from bot.services.pages import Refused
from bot.services.ports import Clock, NegotiationStore, OutboxStore, PeopleStore

_LOOKS = 5
"""Tries where somebody changed the negotiation between a look and the confirmation."""

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

        def place_of(negotiation: Negotiation) -> str:
            return owner.user if private else negotiation.brief.place or owner.user

        stands = await self._stand(owner, negotiation_id, revision, place_of, view_id)
        return stands or await self.again(owner, negotiation_id, view_id=view_id)

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

    async def take_back(self, owner: Person, negotiation_id: str, clicked: tuple[str, str] | None = None) -> bool:
        """Deletes the posted messages and keeps the brief; also what was `clicked` (channel and ts), where it is a copy
        that nobody knows, left by an answer that was lost. False where nothing stood."""
        negotiation = await self.negotiations.standing(owner, negotiation_id)
        posts = await self.negotiations.posts(owner, negotiation_id)
        copy = None if clicked in {None, *((post.channel, post.ts) for post in posts)} else clicked
        if copy:
            await self.negotiations.record_post(owner, negotiation_id, Post(0, f"{RETIRED} {copy[1]}", *copy))
        now = self.clock.now()
        row = script_row(negotiation, negotiation.place or owner.user, now, "taken_back")
        taken = await self.negotiations.withdraw(owner, negotiation_id, [row], now)
        if copy and not taken:
            await self.outbox.add([row], now)
        return self._woken(taken or copy is not None)

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
        revision = (await self.negotiations.save_draft(owner, negotiation_id, moved, now)).negotiation.revision
        if newest.revision > standing.revision:
            # Before the moved one is confirmed: confirming forgets the drafts that are older.
            unfinished = replace(newest.brief, meeting_at=meeting_at, rungs=rungs)
            await self.negotiations.save_draft(owner, negotiation_id, unfinished, now)
        await self._stand(owner, negotiation_id, revision, lambda negotiation: negotiation.place)
        return await self.negotiations.at(owner, negotiation_id, revision)

    async def _stand(
        self,
        owner: Person,
        negotiation_id: str,
        revision: int,
        place_of: Callable[[Negotiation], str | None],
        view_id: str | None = None,
    ) -> Negotiation | None:
        """Makes a revision stand, looking again where somebody changed something meanwhile. None where it stands there
        already. Raises Cancelled or Superseded."""
        for _ in range(_LOOKS):
            seen = await self._reviewed(owner, negotiation_id, revision)
            place, now = place_of(seen), self.clock.now()
            if (seen.confirmed, seen.place, seen.state) == (revision, place, State.READY):
                return None
            rows = await self._rows(seen, place, now, view_id)
            keeps = await self._kept(seen)
            if await self.negotiations.confirm(
                owner, negotiation_id, revision, place, rows, now, seen=seen, keeps=keeps
            ):
                self.wake()
                return await self.negotiations.at(owner, negotiation_id, revision)
            await self._refuse_change(owner, negotiation_id, revision)
        return None

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
        self, seen: Negotiation, place: str | None, now: datetime, view_id: str | None
    ) -> list[NewDelivery]:
        """What a confirmed brief sends: its script, where it stands somewhere, and its nudges from now on."""
        event = "" if seen.revision > seen.confirmed else "confirmed"
        script = [script_row(seen, place, now, event, view_id)] if place else []
        brief = seen.brief
        if brief.meeting_at is None:
            return script
        zone = await self.people.zone(seen.owner)
        planned = ladder.plan(brief.meeting_at, brief.rungs, now, zone, self.method.quiet)
        return [*script, *(nudge_row(seen, step, now, event) for step in planned)]

    async def _kept(self, seen: Negotiation) -> frozenset[Rung]:
        """The rungs whose nudges stay as they are, those included that are due, snoozed, in flight or in doubt: all
        that are still wanted, where the meeting is the same."""
        if not seen.confirmed:
            return frozenset()
        standing = await self.negotiations.standing(seen.owner, seen.id)
        return seen.brief.rungs if standing.brief.meeting_at == seen.brief.meeting_at else frozenset()

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
