"""Preparing: from what a person typed to the review of their script."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from bot.coaching import gate, ladder, script, sensitive
from bot.coaching.brief import Brief, Field
from bot.coaching.rewording import can_reword, reword
from bot.services.errors import NotFound
from bot.services.method import Method
from bot.services.model import Dismissal, Negotiation, Person, Reviewed, State, Waiting
from bot.services.pages import Refused, Review, Reworded
from bot.services.ports import Clock, NegotiationStore

_CONTINUE_AT_MOST = 3


@dataclass(frozen=True, slots=True)
class Preparing:
    """Saves every submission, then checks it at the gate and builds the review."""

    negotiations: NegotiationStore
    method: Method
    clock: Clock

    async def submit(self, owner: Person, negotiation_id: str, brief: Brief) -> Refused | Review:
        """Saves the brief, whatever it is worth, then says what the gate found or how the script reads."""
        now = self.clock.now()
        saved = await self.negotiations.save_draft(owner, negotiation_id, brief, now)
        if problems := gate.check(brief, now, self.method.fillers):
            return Refused(problems)
        return await self._review(saved, now)

    async def keep_draft(self, owner: Person, negotiation_id: str, brief: Brief) -> Negotiation:
        """Saves the brief as it stands, unchecked."""
        return (await self.negotiations.save_draft(owner, negotiation_id, brief, self.clock.now())).negotiation

    async def review(self, owner: Person, negotiation_id: str, revision: int) -> Review:
        """The review of a revision once more."""
        return await self._review(await self.negotiations.reviewed(owner, negotiation_id, revision), self.clock.now())

    async def dismiss(self, owner: Person, negotiation_id: str, which: Dismissal) -> None:
        """ "Not what I meant": this rule keeps silent about this field from now on."""
        await self.negotiations.dismiss(owner, negotiation_id, which, self.clock.now())

    async def use_wording(self, owner: Person, negotiation_id: str, revision: int, which: Dismissal) -> Negotiation:
        """Saves a draft with the coach's wording in its place; the revision before keeps what was typed."""
        review = await self.review(owner, negotiation_id, revision)
        brief = review.negotiation.brief
        for finding in review.findings:
            if Dismissal(finding.rule, finding.field) == which and can_reword(finding):
                layer = Field(finding.field)
                brief = brief.with_layer(layer, reword(brief.layer(layer), finding))
                break
        return await self.keep_draft(owner, negotiation_id, brief)

    async def reworded(self, owner: Person, negotiation_id: str, revision: int, layer: Field) -> Reworded | None:
        """What was typed in a layer before the coach's wording took its place; None where that is forgotten."""
        with suppress(NotFound):
            before = await self.negotiations.at(owner, negotiation_id, revision)
            return Reworded(layer, revision, before.brief.layer(layer))
        return None

    async def take_words_back(self, owner: Person, negotiation_id: str, brief: Brief, before: Reworded) -> Negotiation:
        """Saves the brief with the person's own words in that layer again."""
        return await self.keep_draft(owner, negotiation_id, brief.with_layer(before.layer, before.words))

    async def standing(self, owner: Person, negotiation_id: str) -> Negotiation:
        """What is confirmed."""
        return await self.negotiations.standing(owner, negotiation_id)

    async def newest(self, owner: Person, negotiation_id: str) -> Negotiation:
        """What was typed last, for going back to the form."""
        return await self.negotiations.newest(owner, negotiation_id)

    async def waiting(self, owner: Person) -> Waiting:
        """What `/winwin` offers to continue, and what it has to say."""
        return await self.negotiations.waiting(owner, _CONTINUE_AT_MOST, self.clock.now())

    async def delete_draft(self, owner: Person, negotiation_id: str) -> bool:
        """Deletes one of them for good; False while its messages are on their way to Slack or out of it."""
        return await self.negotiations.discard(owner, negotiation_id, self.clock.now())

    def begin(self, owner: Person, negotiation_id: str, brief: Brief) -> Negotiation:
        """A negotiation that exists nowhere yet; its first submission saves it."""
        return Negotiation(negotiation_id, owner, State.DRAFT, revision=0, confirmed=0, brief=brief)

    async def _review(self, known: Reviewed, now: datetime) -> Review:
        brief, zone = known.negotiation.brief, known.zone
        # In a thread: patterns compile at their first use, and a long text takes a while; others must not wait.
        findings = await asyncio.to_thread(self.method.coach.read_brief, brief)
        return Review(
            known.negotiation,
            script.write_script(brief, self.method.leads),
            tuple(finding for finding in findings if Dismissal(finding.rule, finding.field) not in known.dismissed),
            ladder.plan(brief.meeting_at, brief.rungs, now, zone, self.method.quiet) if brief.meeting_at else (),
            sensitive.is_sensitive(brief, self.method.sensitive),
            known.posted,
            zone,
        )
