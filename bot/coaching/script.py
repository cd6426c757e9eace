"""The script: the three sentences to say aloud, made from what a person typed."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.coaching.brief import Brief, Field
from bot.coaching.direction import isolated
from bot.coaching.phrasing.goal import say_goal
from bot.coaching.phrasing.leads import Leads
from bot.coaching.phrasing.need import say_need
from bot.coaching.phrasing.proposal import say_proposal
from bot.coaching.phrasing.typed import calm, capital_i, finish, is_common, is_foreign, is_list, tidy, trim

_OWN_LEAD = re.compile(
    r"(?:(?:my|our|their|the)\s+)?(?:shared\s+)?(?:goal|win|aim|objective|needs?|proposal|suggestion|idea)\s*(?:is\b|are\b|[:=])"
    r"|(?:my\s+(?:goal|proposal)|i\s+(?:propose|understand)|what\s+matters\s+on\s+your\s+side)\b",
    re.IGNORECASE,
)
"""A text that brings its own lead needs no other."""


@dataclass(frozen=True, slots=True)
class Script:
    """Three complete sentences, in the person's own letters: not escaped for any place.

    Attributes:
        quoted: the layers that stand as typed, because a rewrite would have been a guess.
    """

    goal: str
    need: str
    proposal: str
    quoted: frozenset[Field] = frozenset()


def write_script(brief: Brief, leads: Leads) -> Script:
    """The three sentences of a brief. Never empty, never raises, whatever was typed."""
    names = _names(brief.counterpart)
    goal = _rewritten(brief.my_win, lambda text: say_goal(text, leads.goal, names))
    need = _rewritten(brief.their_win, lambda text: say_need(text, leads.need, names))
    proposal = _rewritten(brief.shared_win, lambda text: say_proposal(text, leads.proposal, names))
    rewritten = {Field.MY_WIN: goal, Field.THEIR_WIN: need, Field.SHARED_WIN: proposal}
    return Script(
        goal or _quoted(brief.my_win, leads.goal.quote),
        need or _quoted(brief.their_win, leads.need.quote),
        proposal or _quoted(brief.shared_win, leads.proposal.quote),
        frozenset(layer for layer, said in rewritten.items() if said is None),
    )


def _rewritten(typed: str, say: Callable[[str], str | None]) -> str | None:
    text = calm(tidy(typed))
    if is_list(text) or is_foreign(text) or _is_shouted(text):
        return None
    said = say(text)
    return said and finish(capital_i(trim(said)))


def _is_shouted(text: str) -> bool:
    """All capitals, or three words of them: which are names cannot be told."""
    loud = [word for word in text.split() if word.isupper() and not any(map(str.isdigit, word))]
    return (text.isupper() and len(loud) > 1) or sum(len(word) > 2 for word in loud) > 2


def _quoted(typed: str, lead: str) -> str:
    text = typed.strip()
    words = isolated(text)
    led = text if _OWN_LEAD.match(text) else f"{lead}\n{words}" if is_list(text) else f"{lead} {words}".strip()
    return led if is_list(text) else finish(led)


def _names(counterpart: str) -> frozenset[str]:
    """What the counterpart may be called: the whole, and each word that is a name ("Dana at Acme")."""
    whole = " ".join(counterpart.lower().split())
    words = re.findall(r"[^\W\d_][\w.-]*", counterpart)
    named = {word.lower() for word in words if word[0].isupper() and not is_common(word.lower())}
    return frozenset({whole, whole.removeprefix("the "), *named} - {""})
