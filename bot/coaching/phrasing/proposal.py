"""Our Shared Win as a sentence: "I propose a 3-month package ...", "I propose that we split delivery"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.coaching.phrasing.address import address
from bot.coaching.phrasing.forms import is_third
from bot.coaching.phrasing.lexicon import ANY_VERB, LINKS, MODALS, OBJECTS, PREPOSITIONS, TOGETHER
from bot.coaching.phrasing.shape import Shape, at, has_finite, shape_of, with_article
from bot.coaching.phrasing.typed import Word, lower, lower_first, opening


@dataclass(frozen=True, slots=True)
class ProposalLeads:
    """How the third sentence begins.

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


_LABEL = re.compile(
    r"""(?: (?:i|we)(?:\s+would|\s+can|['’]d)?(?:\s+like\s+to)?\s+(?:propose|suggest)\s*(?::\s*|,\s*|\s+)(?:that\s+)?
        |   (?:i\s+am|i['’]m|we\s+are|we['’]re)\s+(?:proposing|suggesting)\s*:?\s+(?:that\s+)?
        |   (?:(?:my|our|the|a)\s+)?(?:shared\s+win|win-win|proposal|suggestion|idea|offer|solution|plan|win)
            (?:\s+is\s*:?\s+(?:that\s+)?|\s*[:=]\s*|\s+[-–—]\s+) )""",
    re.IGNORECASE | re.VERBOSE,
)
_LETS = re.compile(r"let(?:['’]?s|\s+us)\s+(?!not\b)", re.IGNORECASE)
_ASKS = re.compile(
    r"(?:(?P<thing>how|what)\s+about\s+|(?P<clause>what\s+if)\s+(?=we|you|i|they\b)|(?P<we>(?:why\s+don['’]?t|shall|could|can)\s+we)\s+)",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"(?P<who>we|you|they|i|he|she)(?P<short>['’](?:ll|d))?\s+", re.IGNORECASE)
_SOFT = frozenset({"will", "would", "can", "could", "should", "shall"})
_EVERY = frozenset({"both", "each", "everyone", "everybody", "either", "neither", "nobody"})


def say_proposal(text: str, leads: ProposalLeads, names: frozenset[str]) -> str | None:
    """The third sentence, or None where the text had better be quoted."""
    while label := _LABEL.match(text):
        text = text[label.end() :]
    words = opening(text)
    if not words:
        return None
    said = _asked(text, leads) if words[-1].raw.endswith("?") else _stated(text, words, leads, names)
    return said and address(said, names)


def _asked(text: str, leads: ProposalLeads) -> str | None:
    """ "How about a pilot?" said as a proposal; other questions stay as typed."""
    asks = _ASKS.match(text)
    if not asks or not text.endswith("?") or "?" in text[:-1]:
        return None
    rest = text[asks.end() : -1]
    if asks["thing"]:
        return _plainly(rest, opening(rest), leads)
    return f"{leads.clause} {rest}" if asks["clause"] else f"{leads.clause} we {rest}"


def _stated(text: str, words: Sequence[Word], leads: ProposalLeads, names: frozenset[str]) -> str | None:
    if lets := _LETS.match(text):
        return f"{leads.clause} we {text[lets.end() :]}"
    if subject := _SUBJECT.match(text):
        return _clause(text, subject, leads)
    if _is_everybody(words) or (words[0].low in names and (is_third(at(words, 1).low) or at(words, 1).low in MODALS)):
        return f"{leads.clause} {lower_first(text) if words[0].low not in names else text}"
    return _plainly(text, words, leads)


def _clause(text: str, subject: re.Match[str], leads: ProposalLeads) -> str | None:
    """ "we will split delivery" as "that we split delivery"."""
    who = "I" if subject["who"].lower() == "i" else subject["who"].lower()
    rest = text[subject.end() :]
    words = opening(rest)
    first, second = at(words, 0).low, at(words, 1).low
    if who == "I" and (first == "am" or (first == "will" and second == "be")):
        return f"{leads.thing} to be {rest.split(maxsplit=1 + (second == 'be'))[-1]}"
    softly = bool(subject["short"]) or first in _SOFT
    if first in MODALS - _SOFT or "not" in {first, second} or second in {"be", ""} or (softly and who in {"he", "she"}):
        return f"{leads.plain} {lower_first(text)}"
    if first in _SOFT:
        rest = rest.split(maxsplit=1)[1]
    return f"{leads.clause} {who} {rest}"


def _is_everybody(words: Sequence[Word]) -> bool:
    """ "both gain", "both sides get", "each side keeps"."""
    second, third = at(words, 1).low, at(words, 2).low
    return words[0].low in _EVERY and any(low in ANY_VERB or is_third(low) for low in (second, third))


def _plainly(text: str, words: Sequence[Word], leads: ProposalLeads) -> str | None:
    shape = shape_of(words)
    body = lower(text) if shape in {Shape.VERB, Shape.TO_VERB, Shape.GERUND} else lower_first(text)
    if shape is Shape.VERB:
        together = words[0].low in TOGETHER and not any(word.low in OBJECTS for word in words)
        return f"{leads.clause} we {body}" if together else f"{leads.plain} {body}"
    if shape in {Shape.TO_VERB, Shape.GERUND}:
        return f"{leads.plain if has_finite(words) else leads.thing} {body}"
    if shape in {Shape.THING, Shape.DONE}:
        named = with_article(body, words)
        return named and f"{leads.thing} {named}"
    if shape is Shape.CLAUSE or (words and words[0].low in PREPOSITIONS | LINKS):
        return f"{leads.plain} {body}"
    return None
