"""Rehearsing: the script to say out loud."""

from dataclasses import dataclass

from bot.coaching.script import Script, write_script
from bot.services.method import Method
from bot.services.model import Negotiation, Person
from bot.services.ports import NegotiationStore


@dataclass(frozen=True, slots=True)
class Rehearsing:
    """Reads the script that a person practises."""

    negotiations: NegotiationStore
    method: Method

    async def standing(self, owner: Person, negotiation_id: str) -> tuple[Negotiation, Script]:
        """The script as it stands."""
        negotiation = await self.negotiations.standing(owner, negotiation_id)
        return negotiation, write_script(negotiation.brief, self.method.leads)

    async def reviewed(self, owner: Person, negotiation_id: str, revision: int) -> tuple[Negotiation, Script]:
        """The script of a revision that was not confirmed yet."""
        negotiation = await self.negotiations.at(owner, negotiation_id, revision)
        return negotiation, write_script(negotiation.brief, self.method.leads)
