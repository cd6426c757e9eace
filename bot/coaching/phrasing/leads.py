"""How the sentences of the script begin; the words are in `templates/script.toml`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GoalLeads:
    """The first sentence.

    Attributes:
        verb: before "keep the budget".
        negative: before "lose the account", of who typed "not lose".
        outcome: before "a 15 % raise".
        thing: before what one has rather than achieves: "two more engineers".
        get: before "the contract signed by Friday".
        others: before "you to sign by Friday".
        quote: before the words as typed.
    """

    verb: str
    negative: str
    outcome: str
    thing: str
    get: str
    others: str
    quote: str


@dataclass(frozen=True, slots=True)
class NeedLeads:
    """The second sentence.

    Attributes:
        verb: before "keep your margin".
        thing: before "stable revenue".
        side: before a verb of its own, "wants to grow".
        clause: before "you are afraid of losing your bonus".
        quote: before the words as typed.
    """

    verb: str
    thing: str
    side: str
    clause: str
    quote: str


@dataclass(frozen=True, slots=True)
class ProposalLeads:
    """The third sentence.

    Attributes:
        thing: before "a 3-month package", "to split delivery", "splitting delivery".
        clause: before "we split delivery".
        plain: before a sentence or a request of its own, "take over the support".
        quote: before the words as typed.
    """

    thing: str
    clause: str
    plain: str
    quote: str


@dataclass(frozen=True, slots=True)
class Leads:
    """All three."""

    goal: GoalLeads
    need: NeedLeads
    proposal: ProposalLeads
