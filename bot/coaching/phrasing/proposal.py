"""Our Shared Win as a sentence: "I propose a 3-month package ...", "I propose that we split delivery"."""

import re
from collections.abc import Sequence

from bot.coaching.phrasing.address import address, next_but_adverb
from bot.coaching.phrasing.forms import base_of_third, is_third
from bot.coaching.phrasing.leads import ProposalLeads
from bot.coaching.phrasing.lexicon import DETERMINERS, INTERJECTIONS, LINKS, OBJECTS, PREPOSITIONS, SUBJECTS
from bot.coaching.phrasing.shape import Shape, has_finite, shape_of
from bot.coaching.phrasing.things import chunk, with_article
from bot.coaching.phrasing.typed import Word, at, lower, lower_first, opening, without_label, word_of
from bot.coaching.phrasing.verbs import ANY_VERB, FINITE, GRANTS, MODALS, PAST, STATES, STATIVE, TAKES_TWO, TOGETHER

_LABEL = re.compile(
    r"""(?: (?:propose|suggest)(?:\s*:\s*|\s+)(?!to\b)(?:that\s+)?
        |   (?:i|we)(?:\s+would|\s+can|['’]d)?(?:\s+like\s+to)?\s+(?:propose|suggest)\s*(?::\s*|,\s*|\s+)(?:that\s+)?
        |   (?:i\s+am|i['’]m|we\s+are|we['’]re)\s+(?:proposing|suggesting)\s*:?\s+(?:that\s+)?
        |   (?:(?:my|our|the|a)\s+)?(?:shared\s+win|win-win|proposal|suggestion|idea|offer|solution|plan|win)
            (?:\s+is\s*:?\s+(?:that\s+)?|\s*[:=]\s*|\s+[-–—]\s+)
        |   that\s+(?=(?:i|we|you|they|both)\s) )""",
    re.IGNORECASE | re.VERBOSE,
)
_LETS = re.compile(r"let(?:['’]?s|\s+us)\s+(?!not\b)", re.IGNORECASE)
_ASKS = re.compile(
    r"""(?P<clause>what\s+if|how\s+about)\s+(?=(?:we|you|i|they)\b)
    |   (?P<thing>how\s+about|what\s+about|why\s+not)\s+
    |   (?P<we>(?:why\s+don['’]?t|shall|could|can)\s+we)\s+""",
    re.IGNORECASE | re.VERBOSE,
)
_SUBJECT = re.compile(r"(?P<who>we|you|they|i)(?P<short>['’](?:ll|d))?\s+", re.IGNORECASE)
_SOFT = frozenset({"will", "would", "can", "could", "should", "shall"})
_EVERY = frozenset({"both", "each", "everyone", "everybody", "either", "neither", "nobody", "nothing", "everything"})
_CONDITIONS = PREPOSITIONS | LINKS - {"so", "and", "but", "how", "what", "which", "who", "whose", "why"}
_NO_DEEDS = STATIVE | PAST | FINITE - {"have"}
_AFTER_DEEDS = DETERMINERS | OBJECTS
_SOMEBODY = OBJECTS - {"it"}
_OPENERS = SUBJECTS | MODALS


def say_proposal(text: str, leads: ProposalLeads, names: frozenset[str]) -> str | None:
    """The third sentence, or None where the text had better be quoted."""
    text = without_label(text, _LABEL)
    said = None if _speaks_of_another(text) else address(text, names)
    words = opening(said or "")
    if said is None or not words or words[0].low in INTERJECTIONS:
        return None
    asks = words[-1].raw.endswith("?") or _ASKS.match(said)
    return _asked(said, leads) if asks else _stated(said, words, leads, names)


def _speaks_of_another(text: str) -> bool:
    """ "Hire her": only where she acts first can she be the counterpart."""
    lows = (word_of(piece).low for piece in text.split())
    return next((low for low in lows if low in {"his", "him", "her", "he", "she"}), "he") not in {"he", "she"}


def _asked(text: str, leads: ProposalLeads) -> str | None:
    """ "How about a pilot?" said as a proposal; other questions stay as typed."""
    asks = _ASKS.match(text)
    if not asks or "?" in text[:-1]:
        return None
    rest = text[asks.end() :].removesuffix("?")
    if asks["thing"]:
        return _plainly(rest, opening(rest), leads)
    return f"{leads.clause} {rest}" if asks["clause"] else f"{leads.clause} we {rest}"


def _stated(text: str, words: Sequence[Word], leads: ProposalLeads, names: frozenset[str]) -> str | None:
    if lets := _LETS.match(text):
        return f"{leads.clause} we {text[lets.end() :]}"
    if subject := _SUBJECT.match(text):
        return _clause(text, subject, leads)
    second = at(words, 1).low
    if words[0].low in names and (is_third(second) or second in MODALS):
        return f"{leads.clause} {text}"
    if _is_everybody(words):
        return f"{leads.clause} {lower_first(text)}"
    return _plainly(text, words, leads)


def _clause(text: str, subject: re.Match[str], leads: ProposalLeads) -> str | None:
    """ "we will split delivery" as "that we split delivery"; "I need it" is no proposal."""
    who = "I" if subject["who"].lower() == "i" else subject["who"].lower()
    rest = text[subject.end() :]
    words = opening(rest)
    first, second = at(words, 0).low, at(words, 1).low
    if who == "I" and ((first == "am" and second in DETERMINERS) or (first, second) == ("will", "be")):
        return f"{leads.thing} to be {rest.split(maxsplit=1 if first == 'am' else 2)[-1]}"
    if first in _SOFT and second not in {"be", "not", "have"}:
        rest, words = rest.split(maxsplit=1)[-1], words[1:]
    verb = at(words, next_but_adverb(words, -1)).low
    if _is_deed(words, who):
        return f"{leads.clause} {who} {rest}"
    return None if who == "I" or verb in STATIVE else f"{leads.plain} {lower_first(text)}"


def _is_deed(words: Sequence[Word], who: str) -> bool:
    """Does the predicate name what somebody will do, rather than what is or was?"""
    place = next_but_adverb(words, 0 if at(words, 0).low in _EVERY else -1)
    verb, after = at(words, place).low, at(words, place + 1).low
    if verb in _NO_DEEDS or (who, verb) == ("I", "have"):
        return False
    return verb in ANY_VERB or (after in _AFTER_DEEDS and not verb.endswith("ed"))


def _is_everybody(words: Sequence[Word]) -> bool:
    """ "both gain", "both sides get", "each side keeps"."""
    nexts = (word.low for word in words[1:4])
    return words[0].low in _EVERY and any(low in ANY_VERB or base_of_third(low) in ANY_VERB for low in nexts)


def _plainly(text: str, words: Sequence[Word], leads: ProposalLeads) -> str | None:
    shape = shape_of(words)
    if shape is Shape.VERB:
        if words[0].low in {"be", "become"}:
            return f"{leads.thing} to {lower(text)}"  # "become their reference"
        if _is_theirs_to_do(words):
            return f"{leads.clause} you {lower(text)}"
        lows = {word.low for word in words}
        together = "together" in lows or (words[0].low in TOGETHER and lows.isdisjoint(_SOMEBODY))
        return f"{leads.clause} we {lower(text)}" if together else f"{leads.plain} {lower(text)}"
    if shape in {Shape.TO_VERB, Shape.GERUND}:
        return f"{leads.plain if has_finite(words) else leads.thing} {lower(text)}"
    if shape in {Shape.THING, Shape.DONE}:
        named = with_article(lower_first(text), words)
        thing = len(chunk(words))
        if at(words, thing).low == "to" and at(words, thing + 1).low in STATES:
            return f"{leads.plain} {lower_first(text)}"  # "the rights to stay with us"
        return named and f"{leads.thing} {named}"
    if shape is Shape.CLAUSE and at(words, 0).low.split("'")[0] in _OPENERS:
        return None
    is_condition = at(words, 0).low in _CONDITIONS
    return f"{leads.plain} {lower_first(text)}" if shape is Shape.CLAUSE or is_condition else None


def _is_theirs_to_do(words: Sequence[Word]) -> bool:
    """ "give us 10 % off", "approve my leave": that can only be the counterpart."""
    first, second = words[0].low, at(words, 1).low
    return (first in TAKES_TWO and second in {"me", "us"}) or (first in GRANTS and second in {"me", "us", "my", "our"})
