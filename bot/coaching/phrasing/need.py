"""Their Win as a sentence: "I understand your side needs to keep your 25 % margin"."""

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.coaching.phrasing.address import address
from bot.coaching.phrasing.forms import base_of_gerund
from bot.coaching.phrasing.leads import NeedLeads
from bot.coaching.phrasing.lexicon import DETERMINERS, PREPOSITIONS, SUBJECTS
from bot.coaching.phrasing.nouns import BURDENS
from bot.coaching.phrasing.predicate import Predicate, acts_on_others
from bot.coaching.phrasing.shape import Shape, adds_clause, is_clause_opener, shape_of, shape_of_thing
from bot.coaching.phrasing.things import chunk, with_article
from bot.coaching.phrasing.typed import Word, at, lower, lower_first, opening, without_label
from bot.coaching.phrasing.verbs import AVERSE, VERBS

_LABEL = re.compile(
    r"""(?: (?:i|we)\s+(?:understand|know|think|believe|guess|assume|suppose|feel|hear)\s*,?\s+(?:that\s+)?
        |   (?:(?:their|your|the)\s+)?(?:main\s+|real\s+)?(?:win|needs?|goals?)(?:\s+(?:is|are)\s+|\s*:\s*|\s+[-–—]\s+)
        |   what\s+(?!i\b|we\b)(?:[^\s:]+\s+){1,6}?(?:is|are)\s+(?:that\s+)?
        |   (?:what\s+matters\s+(?:on|to)\s+your\s+side|for\s+them|they\s+said|she\s+said|he\s+said)\s*:\s* )""",
    re.IGNORECASE | re.VERBOSE,
)
_SUBJECT = re.compile(r"(?P<who>they|you|he|she)(?:['’](?P<verb>re|ve|ll|d|s))?\s+", re.IGNORECASE)
_SHORT = {"re": "are ", "ve": "have ", "ll": "will ", "d": "would ", "s": "is "}
_FEELS = re.compile(
    r"(?:(?P<is>is|are)\s+)?(?:afraid|scared|worried|concerned|nervous|anxious|keen|eager|under\s+(?:\w+\s+)?pressure)\b",
    re.IGNORECASE,
)
_SIDES = ("your side", "their side", "the other side", "the other party", "the other team", "the counterpart")
_DROPPED = frozenset(
    {"need", "needs", "has", "want", "wants", "must", "can't", "cannot", "doesn't", "don't", "isn't", "hasn't", "won't"}
    | {"gets", "hates", "knows", "likes", "loves", "prefers", "thinks", "feels", "enjoys", "expects", "believes", "is"}
)
_NO_NEEDS = (PREPOSITIONS - {"to"}) | SUBJECTS | {"and", "or", ""}
_UNWANTED = frozenset({"rising", "falling", "declining", "shrinking", "soaring", "no", "zero", "too", "my"})
_RELIEF = frozenset({"less", "fewer", "lower", "reduced", "smaller", "low"})


def say_need(text: str, leads: NeedLeads, names: frozenset[str]) -> str | None:
    """The second sentence, or None where the text had better be quoted."""
    text = without_label(text, _LABEL)
    text = _without_name(text, names)
    words = opening(text)
    if not words or words[-1].raw.endswith("?") or chunk(words)[-1].raw.endswith(":"):
        return None
    predicate = _of_their_side(text, words, names)
    return (predicate and predicate.say(leads)) or _stated(*_possessed(text, words, names), leads, names)


def _of_their_side(text: str, words: Sequence[Word], names: frozenset[str]) -> Predicate | None:
    """What is said with their side as its subject, written or left out."""
    if side := _side(text, names):
        return Predicate.of(text[len(side) :].lstrip(), "", names)
    if subject := _SUBJECT.match(text):
        verb = _SHORT.get(subject["verb"] or "", "")
        return Predicate.of(verb + text[subject.end() :], subject["who"].lower(), names)
    if feels := _FEELS.match(text):
        return Predicate.of(lower(text) if feels["is"] else f"are {lower(text)}", "", names)
    return Predicate.of(lower(text), "", names) if _drops_subject(words) else None


def _without_name(text: str, names: frozenset[str]) -> str:
    """ "Acme: stable revenue" without the name."""
    name, colon, rest = text.partition(":")
    return rest.lstrip() if colon and name.strip().lower() in names else text


def _side(text: str, names: frozenset[str]) -> str:
    """The counterpart's name, or words for their side, if the text opens with them."""
    low = text.lower()
    known = (*_SIDES, *names, *(f"the {name}" for name in names))
    return max((text[: len(name)] for name in known if low.startswith(f"{name} ")), key=len, default="")


def _drops_subject(words: Sequence[Word]) -> bool:
    """ "needs to grow", but not "need for speed" or "can't you"."""
    first, second = words[0].low, at(words, 1).low
    if first == "have":
        return second == "to"
    if first == "is" and (second in DETERMINERS or second in {"it", "there"}):
        return False
    return first in _DROPPED and second not in _NO_NEEDS


def _possessed(text: str, words: Sequence[Word], names: frozenset[str]) -> tuple[str, Sequence[Word]]:
    """ "Acme's board wants growth" as "your board wants growth"."""
    owner = words[0].low.removesuffix("'s")
    if owner == words[0].low or owner not in names or shape_of_thing(words[1:]) is Shape.UNKNOWN:
        return text, words
    text = f"your {text.split(maxsplit=1)[1]}"
    return text, opening(text)


def _stated(text: str, words: Sequence[Word], leads: NeedLeads, names: frozenset[str]) -> str | None:
    shape = shape_of(words)
    if _is_fear(words) or acts_on_others(words) or (shape in {Shape.THING, Shape.DONE} and _is_not_needed(words)):
        return None
    said = address(text, names)
    if said is None:
        return None
    if shape is Shape.VERB:
        return f"{leads.verb} {lower(said)}"
    if shape is Shape.TO_VERB:
        return f"{leads.verb} {said.split(maxsplit=1)[1]}"
    if shape is Shape.GERUND:
        return f"{leads.verb} {base_of_gerund(words[0].low)}{said[len(words[0].raw) :]}"
    if shape is Shape.CLAUSE and _is_about_them(words[0].low):
        # "New CFO wants cuts" lacks an article that we cannot choose.
        if is_clause_opener(words[0].low) or words[0].low == "there":
            return f"{leads.clause} {lower(said)}"
        return f"{leads.clause} {lower_first(said)}" if with_article(said, words) == said else None
    if shape in {Shape.THING, Shape.DONE} and not adds_clause(words):
        named = with_article(lower_first(said), words)
        return named and f"{leads.thing} {named}"
    return None


def _is_about_them(low: str) -> bool:
    return low in {"it", "it's", "there's"} or not (is_clause_opener(low) or low in {"my", "our"})


def _is_fear(words: Sequence[Word]) -> bool:
    """ "losing the account": named, but not needed."""
    return words[0].low in AVERSE or base_of_gerund(words[0].low) in AVERSE


def _is_not_needed(words: Sequence[Word]) -> bool:
    """ "deadline pressure" (but "less pressure" is), "no surprises", what is mine, or a thing and then a verb."""
    if words[0].low in _UNWANTED or (chunk(words)[-1].low in BURDENS and words[0].low not in _RELIEF):
        return True
    return any((here.stop or here.low in {"and", "or", "but"}) and then.low in VERBS for here, then in pairwise(words))
