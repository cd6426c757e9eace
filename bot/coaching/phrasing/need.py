"""Their Win as a sentence: "I understand your side needs to keep your 25 % margin"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.coaching.phrasing.address import AGREES, address, is_joined_by_verb, next_but_adverb, third_persons
from bot.coaching.phrasing.forms import base_of_gerund, base_of_third
from bot.coaching.phrasing.lexicon import ANY_VERB, AVERSE, BURDENS, MODALS, PREPOSITIONS, VERBS
from bot.coaching.phrasing.shape import Shape, at, chunk, shape_of, shape_of_thing, with_article
from bot.coaching.phrasing.typed import Word, lower, lower_first, opening


@dataclass(frozen=True, slots=True)
class NeedLeads:
    """How the second sentence begins.

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


_LABEL = re.compile(
    r"""(?: (?:i|we)\s+(?:understand|know|think|believe|guess|assume|suppose|feel|hear)\s*,?\s+(?:that\s+)?
        |   (?:(?:their|your|the)\s+)?(?:main\s+|real\s+)?(?:win|needs?|goals?)(?:\s+(?:is|are)\s+|\s*:\s*|\s+[-–—]\s+)
        |   what\s+(?:they|you|he|she|matters)\s+(?:[a-z]+\s+){0,5}?(?:is|are)\s+(?:that\s+)?
        |   (?:what\s+matters\s+(?:on|to)\s+your\s+side|for\s+them|they\s+said|she\s+said|he\s+said)\s*:\s* )""",
    re.IGNORECASE | re.VERBOSE,
)
_SUBJECT = re.compile(r"(?P<who>they|you|he|she)(?:['’](?P<verb>re|ve|ll|d|s))?\s+", re.IGNORECASE)
_SHORT = {"re": "are ", "ve": "have ", "ll": "will ", "d": "would ", "s": "is "}
_SIDES = ("your side", "their side", "the other side", "the other party", "the other team", "the counterpart")
_FEELS = re.compile(
    r"(?:afraid|scared|worried|concerned|nervous|anxious|keen|eager|under\s+(?:\w+\s+)?pressure)\b", re.IGNORECASE
)
_THIRD = {"need": "needs", "want": "wants", "needs": "needs", "wants": "wants"}
_PLURAL = frozenset({"need", "want", "have", "are", "were", "do", "aren't", "weren't", "don't", "haven't", "fear"})
_DROPPED = frozenset(_THIRD) | {
    "must",
    "has",
    "have",
    "is",
    "are",
    "can't",
    "cannot",
    "isn't",
    "aren't",
    "doesn't",
    "don't",
}
_RELIEF = frozenset({"less", "fewer", "lower", "reduced", "smaller", "zero", "low"})
_ITS = frozenset({"its", "it", "it's", "itself"})


def say_need(text: str, leads: NeedLeads, names: frozenset[str]) -> str | None:
    """The second sentence, or None where the text had better be quoted."""
    while label := _LABEL.match(text):
        text = text[label.end() :]
    words = opening(text)
    if not words or words[-1].raw.endswith("?"):
        return None
    if side := _side(text, names):
        return _Predicate.of(text[len(side) :].lstrip(), "", names).say(leads)
    if subject := _SUBJECT.match(text):
        rest = _SHORT.get(subject["verb"] or "", "") + text[subject.end() :]
        return _Predicate.of(rest, subject["who"].lower(), names).say(leads)
    if words[0].low in _DROPPED and at(words, 1).low not in PREPOSITIONS - {"to"}:
        return _Predicate.of(lower_first(text), "", names).say(leads)
    return _stated(text, words, leads, names)


def _side(text: str, names: frozenset[str]) -> str:
    """The counterpart's name, or words for their side, if the text opens with them."""
    low = text.lower()
    known = (*_SIDES, *names, *(f"the {name}" for name in names))
    return max((text[: len(name)] for name in known if low.startswith(f"{name} ")), key=len, default="")


@dataclass(frozen=True, slots=True)
class _Predicate:
    """What is said of their side: its verb at `verb`, adverbs before it."""

    text: str
    words: tuple[Word, ...]
    verb: int
    who: str
    names: frozenset[str]

    @classmethod
    def of(cls, text: str, who: str, names: frozenset[str]) -> "_Predicate":
        words = opening(text)
        return cls(text, words, next_but_adverb(words, -1), who, names)

    @property
    def does(self) -> str:
        return at(self.words, self.verb).low

    @property
    def is_plural(self) -> bool:
        return self.who in {"they", "you"} or self.does in _PLURAL

    def say(self, leads: NeedLeads) -> str | None:
        if self.is_plural and self._is_joined_by_plural():
            return self._said(leads.clause, f"you {self.text}")
        return self._needs(leads) or self._wants(leads) or self._else(leads)

    def _needs(self, leads: NeedLeads) -> str | None:
        """ "need to keep", "must keep", "need revenue"."""
        after = at(self.words, self.verb + 1).low
        if self.verb or after in {"not", ""}:
            return None
        rest = self.text.split(maxsplit=1)[1]
        if self.does == "must":
            return self._said(leads.verb, rest)
        if self.does in {"need", "needs", "have", "has"} and after == "to":
            return self._said(leads.verb, rest.split(maxsplit=1)[1]) if len(rest.split()) > 1 else None
        if self.does in {"need", "needs", "require", "requires"}:
            return self._said(leads.thing, with_article(rest, opening(rest)) or rest)
        return None

    def _wants(self, leads: NeedLeads) -> str | None:
        """ "really need revenue", "want to grow"."""
        if self.does not in _THIRD:
            return None
        return self._said(leads.side, self._with_verb(_THIRD[self.does]))

    def _else(self, leads: NeedLeads) -> str | None:
        if self.is_plural:
            return self._said(leads.clause, f"you {self.text}")
        of_its_own = any(word.low in _ITS for word in self.words)
        if self.does in MODALS and not of_its_own:
            return self._said(leads.clause, f"you {self.text}")
        if self.does in AGREES and not of_its_own and not is_joined_by_verb(self.words, self.verb):
            return self._said(leads.clause, f"you {self._with_verb(AGREES[self.does])}")
        if self.does in MODALS or self.does in AGREES or base_of_third(self.does) in ANY_VERB:
            return self._said(leads.side, self.text)
        return None

    def _with_verb(self, form: str) -> str:
        before, after = self.words[: self.verb], self.text.split(maxsplit=self.verb + 1)[self.verb + 1 :]
        return " ".join([*(word.raw for word in before), form, *after])

    def _said(self, lead: str, rest: str) -> str | None:
        if self.who == "you":
            return f"{lead} {rest}"
        said = address(rest, self.names, subject=self.who or next(iter(third_persons(rest)), ""))
        return said and f"{lead} {said}"

    def _is_joined_by_plural(self) -> bool:
        """A second verb that would not agree with "your side": "need growth and are afraid"."""
        words = self.words
        joints = (j for j in range(self.verb, len(words)) if words[j].stop or words[j].low in {"and", "but", "or"})
        return any(at(words, next_but_adverb(words, j)).low in _PLURAL - {"have", "do"} for j in joints)


def _stated(text: str, words: Sequence[Word], leads: NeedLeads, names: frozenset[str]) -> str | None:
    text, words = _possessed(text, words, names)
    shape = shape_of(words)
    body = lower_first(text)
    said: str | None = None
    if _is_fear(words) or (shape in {Shape.THING, Shape.DONE} and _is_burden(words)):
        return None
    if _FEELS.match(text):
        said = f"{leads.clause} you are {body}"
    elif shape is Shape.VERB:
        said = f"{leads.verb} {lower(text)}"
    elif shape is Shape.TO_VERB:
        said = f"{leads.verb} {text.split(maxsplit=1)[1]}"
    elif shape is Shape.GERUND:
        said = f"{leads.verb} {base_of_gerund(words[0].low)}{text[len(words[0].raw) :]}"
    elif shape is Shape.CLAUSE and words[0].low not in {"i", "we"}:
        said = f"{leads.clause} {body}"
    elif shape in {Shape.THING, Shape.DONE} and words[0].low not in {"no", "zero"} and not _is_mixed(words):
        named = with_article(body, words)
        said = named and f"{leads.thing} {named}"
    return said and address(said, names)


def _possessed(text: str, words: Sequence[Word], names: frozenset[str]) -> tuple[str, Sequence[Word]]:
    """ "Acme's board wants growth" as "your board wants growth"."""
    owner = words[0].low.removesuffix("'s")
    if owner == words[0].low or owner not in names or shape_of_thing(words[1:]) is Shape.UNKNOWN:
        return text, words
    text = f"your {text.split(maxsplit=1)[1]}"
    return text, opening(text)


def _is_fear(words: Sequence[Word]) -> bool:
    """ "losing the account": named, but not needed."""
    return words[0].low in AVERSE or base_of_gerund(words[0].low) in AVERSE


def _is_burden(words: Sequence[Word]) -> bool:
    """ "deadline pressure", but not "less pressure"."""
    return chunk(words)[-1].low in BURDENS and words[0].low not in _RELIEF


def _is_mixed(words: Sequence[Word]) -> bool:
    """A thing and then a verb: "stable revenue and keep their margin"."""
    return any((here.stop or here.low in {"and", "or", "but"}) and then.low in VERBS for here, then in pairwise(words))
