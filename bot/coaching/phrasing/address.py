"""Speaks to the counterpart: "they" and "their" become "you" and "your", only where nobody else can be meant."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.coaching.phrasing.forms import base_of_third, is_plural, is_third
from bot.coaching.phrasing.lexicon import ADVERBS, DETERMINERS, LINKS, PREPOSITIONS
from bot.coaching.phrasing.nouns import PEOPLE, PLURAL_PEOPLE
from bot.coaching.phrasing.typed import NO_WORD, Word, at, is_common, word_of
from bot.coaching.phrasing.verbs import ANY_VERB, BY_PEOPLE_ONLY, FINITE, MODALS, TAKES_TWO

_FORMS = {
    "they": {
        "they": "you", "them": "you", "their": "your", "theirs": "yours", "themselves": "yourselves",
        "they're": "you're", "they've": "you've", "they'll": "you'll", "they'd": "you'd",
    },
    "he": {"he": "you", "him": "you", "his": "your", "himself": "yourself",
           "he's": "you're", "he'll": "you'll", "he'd": "you'd"},
    "she": {"she": "you", "her": "your", "hers": "yours", "herself": "yourself",
            "she's": "you're", "she'll": "you'll", "she'd": "you'd"},
}  # fmt: skip
_WHO = {low: who for who, forms in _FORMS.items() for low in forms}
_SECOND = {low: second for forms in _FORMS.values() for low, second in forms.items()}
AGREES = {
    "is": "are", "was": "were", "has": "have", "does": "do",
    "isn't": "aren't", "wasn't": "weren't", "hasn't": "haven't", "doesn't": "don't",
}  # fmt: skip
_REACH = 40
"""Words after a verb among which a second verb of the same subject is looked for."""
_YOU = frozenset({"you", "your", "yours", "you're", "you've", "you'll", "you'd", "yourself"})
_ANYBODY = frozenset(
    {"anybody", "anyone", "both", "each", "either", "everybody", "everyone", "neither", "nobody", "somebody", "someone"}
)
_NEVER_OWNED = PREPOSITIONS | LINKS | FINITE | DETERMINERS
_OWNERS = frozenset({"their", "his", "her"})
_QUOTES = frozenset('"“”«»')


@dataclass(slots=True)
class _Heard:
    """Whom and what the text has named so far: a pronoun may mean any of them.

    Attributes:
        who: the pronoun that the text uses for the counterpart.
        settled: it has stood for the counterpart already.
        linked: an "and" came since the last person: "protect their team and hit their numbers".
    """

    who: str
    settled: bool
    groups: bool = False
    persons: bool = False
    things: bool = False
    linked: bool = True

    def note(self, word: Word, names: frozenset[str]) -> None:
        if word.low in _ANYBODY:
            self.groups = self.persons = True
            self.linked = False
        elif word.low in PLURAL_PEOPLE:
            self.groups, self.linked = True, False
        elif word.low in PEOPLE or _is_name(word, names):
            self.persons, self.linked = True, False
        elif is_plural(word.low):
            self.things = True
        if word.stop or word.low in LINKS:
            self.linked = True

    def is_certain(self, pronoun: str, verb: str) -> bool:
        """Can it only mean the counterpart? `verb` is what it does, if anything."""
        singular_they = self.who == "they" and not self.settled
        rivals = self.groups if self.who == "they" else self.persons
        rivals = rivals or (singular_they and self.persons)
        if pronoun in _OWNERS:
            return not rivals or (self.settled and self.linked)
        if self.who == "they" and self.things and verb not in BY_PEOPLE_ONLY:
            return False
        return not rivals


def third_persons(text: str) -> frozenset[str]:
    """Whom the text speaks of: some of "they", "he", "she"."""
    return frozenset(_WHO[low] for low in _WHO.keys() & _lows(text))


def _says_you(text: str) -> bool:
    # Who writes "you" as well as "they" means two different people.
    return not _YOU.isdisjoint(_lows(text))


def _lows(text: str) -> set[str]:
    return {word.low for word in map(word_of, text.split())}


def address(text: str, names: frozenset[str] = frozenset(), *, subject: str = "") -> str | None:
    """The text said to the counterpart. None where a pronoun may mean somebody else.

    Args:
        names: words of the counterpart's own name.
        subject: the pronoun that stood for the counterpart already ("they", "he", "she"), "" if none.
    """
    found = third_persons(text)
    if not found:
        return text
    who = found | ({subject} if subject else set())
    if len(who) > 1 or not _QUOTES.isdisjoint(text) or _says_you(text):
        return None
    pieces = re.split(r"(\s+)", text)  # every second piece is the space between
    said = _second_person(
        [word_of(piece) for piece in pieces[::2]], _Heard(next(iter(who)), settled=bool(subject)), names
    )
    if said is None:
        return None
    pieces[::2] = said
    return "".join(pieces)


def _second_person(words: Sequence[Word], heard: _Heard, names: frozenset[str]) -> list[str] | None:
    said = [word.raw for word in words]
    for i, word in enumerate(words):
        if word.low not in _WHO:
            heard.note(word, names)
            continue
        verb = next_but_adverb(words, i)
        changes = _changes(words, i, verb)
        does = next_but_adverb(words, verb) if at(words, verb).low in MODALS else verb
        if not changes or not heard.is_certain(word.low, at(words, does).low):
            return None
        heard.settled = True
        for place, form in changes.items():
            said[place] = _in_place_of(words[place], form)
    return said


def _is_name(word: Word, names: frozenset[str]) -> bool:
    return word.low not in names and word.raw[:1].isupper() and word.raw[1:2].islower() and not is_common(word.low)


def next_but_adverb(words: Sequence[Word], i: int) -> int:
    """The place of the verb after the subject at `i`: the next word that is no adverb."""
    return next((j for j in range(i + 1, i + 4) if at(words, j).low not in ADVERBS), i + 4)


def _changes(words: Sequence[Word], i: int, verb: int) -> dict[int, str]:
    """The new form of the pronoun at `i`, by place, and of its verb; nothing where that is doubtful."""
    low, after = words[i].low, at(words, i + 1)
    if low in {"he", "she"}:
        return _with_verb(words, i, verb)
    if low in {"he's", "she's"} and after.low in {"got", "been"}:
        return {}
    if low == "his" and (words[i].stop or not _may_be_owned(after)):
        return {}
    if low == "her":
        return _her(words, i, after)
    return {i: _SECOND[low]}


def _her(words: Sequence[Word], i: int, after: Word) -> dict[int, str]:
    """ "her" is "your" before a noun, else "you"; "give her time" may be read both ways."""
    if words[i].stop or not _may_be_owned(after):
        return {i: "you"}
    return {} if i and words[i - 1].low in TAKES_TWO else {i: "your"}


def _may_be_owned(word: Word) -> bool:
    return word is not NO_WORD and word.low not in _NEVER_OWNED


def _with_verb(words: Sequence[Word], i: int, verb: int) -> dict[int, str]:
    does = at(words, verb).low
    if does in MODALS:
        return {i: "you"}
    if is_joined_by_verb(words, verb):
        return {}
    if does in AGREES:
        return {i: "you", verb: AGREES[does]}
    return {i: "you", verb: base_of_third(does)} if is_third(does) or base_of_third(does) in ANY_VERB else {}


def is_joined_by_verb(words: Sequence[Word], verb: int) -> bool:
    """Does a second verb hang on the same subject ("is tired and needs rest")?"""
    reach = range(verb, min(len(words), verb + _REACH))
    joints = (j for j in reach if words[j].stop or words[j].low in {"and", "or", "but"})
    seconds = (at(words, next_but_adverb(words, j)).low for j in joints)
    return any(second in AGREES or is_third(second) or base_of_third(second) in ANY_VERB for second in seconds)


def _in_place_of(word: Word, form: str) -> str:
    """The new form with the old word's capital and its punctuation."""
    start = word.raw.replace("’", "'").lower().find(word.low)
    form = form.capitalize() if word.raw[start].isupper() else form
    return word.raw[:start] + form + word.raw[start + len(word.low) :]
