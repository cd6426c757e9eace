"""What a text opens with, told from its first words."""

from collections.abc import Sequence
from enum import Enum, auto

from bot.coaching.phrasing.forms import base_of_gerund, base_of_third, is_gerund, is_plural, is_third
from bot.coaching.phrasing.lexicon import (
    ADJECTIVES,
    ADVERBS,
    DEMONSTRATIVES,
    DETERMINERS,
    LINKS,
    OBJECTS,
    PREPOSITIONS,
    QUANTITIES,
    SUBJECTS,
)
from bot.coaching.phrasing.nouns import GERUND_NOUNS, HALF_NOUNS, NOUNS, PLURAL_PEOPLE
from bot.coaching.phrasing.things import chunk, is_done, is_figure, is_noun, opens_thing
from bot.coaching.phrasing.typed import NO_WORD, Word, at
from bot.coaching.phrasing.verbs import (
    ANY_VERB,
    FINITE,
    MEASURES,
    NAMES_TOO,
    NOUNS_FIRST,
    PARTICIPLES,
    PAST,
    PHRASAL,
    VERBS,
    VERBS_BEFORE_NOUNS,
    VERBS_MOSTLY,
)

_SYMBOLS = frozenset("<>=~≤≥≈→")
_AFTER_VERBS = DETERMINERS | OBJECTS
_HALVES = HALF_NOUNS | PARTICIPLES | {"", "of"}
_PLACES = PREPOSITIONS - {"of", "for"}
_SUBJECTS = SUBJECTS | {"it"}
_PLURAL_VERBS = VERBS | {"need", "want"}
_NOT_OBJECTS = PREPOSITIONS | LINKS | FINITE | ADVERBS
_BEFORE_VERBS = frozenset({"never", "always", "just", "also", "still"})
_POINTERS = frozenset({"that", "this", "there", "here", "what", "who"})
_BREAKS = (LINKS - {"and", "or"}) | SUBJECTS | {"until", "till", "before", "after", "since"}
_CLAUSE_HANGS = (LINKS - {"and", "or", "but", "nor", "than"}) | {"until", "till", "before", "after", "since"}
_BEFORE_MUST = (DETERMINERS - DEMONSTRATIVES) | PREPOSITIONS  # "a must", "in May"
_BEFORE_NOUNS = _BEFORE_MUST | ADJECTIVES | QUANTITIES | PARTICIPLES


class Shape(Enum):
    """The opening of a text."""

    VERB = auto()  # keep the budget
    TO_VERB = auto()  # to keep the budget
    GERUND = auto()  # keeping the budget
    THING = auto()  # a 15 % raise
    DONE = auto()  # the contract signed by Friday
    CLAUSE = auto()  # the project ships in June
    UNKNOWN = auto()


def shape_of(words: Sequence[Word]) -> Shape:
    """What these words of a first sentence open with; UNKNOWN wherever it could be more than one."""
    if not words:
        return Shape.UNKNOWN
    first, second = words[0], at(words, 1)
    if first.low == "to" and (is_verb(words[1:]) or second.low in VERBS_MOSTLY):
        return Shape.TO_VERB
    if is_verb(words):
        return Shape.VERB
    if _is_name_with_verb(first, second):
        return Shape.CLAUSE
    if _opens_with_gerund(first.low, second.low):
        return Shape.GERUND
    return shape_of_thing(words)


def _opens_with_gerund(first: str, second: str) -> bool:
    """ "keeping margins", "hiring in May", but not "hiring freeze" or "a meeting in May"."""
    if second in _AFTER_VERBS:
        return bool(base_of_gerund(first))
    if second in _PLACES:
        return bool(base_of_gerund(first)) and (first not in NOUNS or first in GERUND_NOUNS)
    return is_gerund(first) and base_of_gerund(first) in VERBS


def shape_of_thing(words: Sequence[Word]) -> Shape:
    """The same where it cannot be a verb (after "I need"): THING, DONE, CLAUSE or UNKNOWN."""
    if not words or any(word.raw in _SYMBOLS for word in words):
        return Shape.UNKNOWN
    if is_clause_opener(words[0].low) or (words[0].low == "there" and at(words, 1).low in FINITE):
        return Shape.CLAUSE
    if at(words, len(chunk(words))).low in {"up", "down"}:
        return Shape.UNKNOWN  # "rent down by 100"
    if not opens_thing(words) or _may_be_clause(words) or _counts(words):
        return Shape.UNKNOWN
    if has_finite(words):
        return Shape.CLAUSE
    return Shape.DONE if is_done(words) else Shape.THING


def is_clause_opener(low: str) -> bool:
    """A subject or a verb that only a sentence can begin with: "I", "it's", "can"."""
    subject, *short = low.split("'")
    return subject in _SUBJECTS or (subject in _POINTERS and bool(short)) or low in FINITE


def is_verb(words: Sequence[Word]) -> bool:
    """Do the words open with a verb in its base form (an adverb may stand before it)?"""
    if words and not words[0].stop and _goes_before_verb(words[0].low):
        words = words[1:]
    elif [word.low for word in words[:2]] == ["at", "least"]:
        words = words[2:]
    first, second = at(words, 0), at(words, 1)
    if _is_name_with_verb(first, second) or _is_addressed(first, second) or second.low in {"not", "of"}:
        return False
    if first.low == "have" and (second.low in PAST or second.low == "been"):
        return False  # "have been burned before" tells, it does not wish
    if f"{first.low} {second.low}" in PHRASAL:
        return True
    verb = first.low.removeprefix("re-").removeprefix("co-")
    return verb in VERBS if first.stop else _is_verb_before(verb, second)


def _goes_before_verb(low: str) -> bool:
    return low in _BEFORE_VERBS or (low in ADVERBS and low.endswith("ly"))


def _is_name_with_verb(first: Word, second: Word) -> bool:
    """ "Mark signs off", "Grant is promoted"."""
    return first.low in NAMES_TOO and (second.low in FINITE or base_of_third(second.low) in ANY_VERB)


def _is_addressed(first: Word, second: Word) -> bool:
    """ "do you ...", "let me ...": said to somebody, not a wish."""
    asks = first.low in {"do", "have"} and second.low in SUBJECTS
    return asks or (first.low == "let" and second.low in {"me", "us"})


def _is_verb_before(verb: str, second: Word) -> bool:
    if second.low in _AFTER_VERBS:
        return verb in ANY_VERB
    if verb in VERBS or (verb in MEASURES and _is_object(second)):
        return True
    if second.low in _HALVES or second.low.endswith("ed"):
        return False
    return verb in VERBS_MOSTLY or (verb in VERBS_BEFORE_NOUNS and _is_object(second))


def _is_object(word: Word) -> bool:
    return word is not NO_WORD and word.low not in _NOT_OBJECTS


def has_finite(words: Sequence[Word]) -> bool:
    """Does a verb of its own make a clause of the opening: "the project keeps its name"?"""
    return any(_is_finite(words, i) for i in range(1, _first_phrase(words)))


def adds_clause(words: Sequence[Word]) -> bool:
    """Does a sentence of its own follow the thing: "a raise to 85k and I lead the project"? One that hangs on a
    link ("so you can plan") does not count."""
    joined = False
    for i, word in enumerate(words):
        if word.low in _CLAUSE_HANGS:
            return False
        before = words[i - 1] if i else NO_WORD
        follows = i > 0 and (before.stop or before.low in {"and", "or", "but"})
        joined = joined or follows
        is_finite = word.low in FINITE and before.low not in _BEFORE_MUST
        if (follows and word.low.split("'")[0] in SUBJECTS) or (joined and is_finite):
            return True
    return False


def _may_be_clause(words: Sequence[Word]) -> bool:
    """ "the project ships in June", but also "product launches in June"."""
    return any(
        base_of_third(words[i].low) in VERBS_MOSTLY
        and words[i - 1].low not in _BEFORE_NOUNS
        and at(words, i + 1).low not in _AFTER_VERBS
        for i in range(1, _first_phrase(words))
    )


def _counts(words: Sequence[Word]) -> bool:
    """ "order 1000 units", but not "phase 2 in May"."""
    third = at(words, 2)
    return words[0].low in NOUNS_FIRST and is_figure(at(words, 1)) and not words[1].stop and _is_object(third)


def _first_phrase(words: Sequence[Word]) -> int:
    """How many words come before the first mark, link word or second subject."""
    for i, word in enumerate(words):
        if i and word.low in _BREAKS:
            return i
        if word.stop:
            return i + 1
    return len(words)


def _is_finite(words: Sequence[Word], i: int) -> bool:
    word, before, after = words[i].low, words[i - 1].low, at(words, i + 1).low
    if word in FINITE:
        return before not in _BEFORE_MUST
    if before in _BEFORE_NOUNS or word in PREPOSITIONS:
        return False
    shows_verb = before in DEMONSTRATIVES or after in _AFTER_VERBS
    may_be_verb = base_of_third(word) in ANY_VERB or (is_plural(word) and not is_noun(words[i]))
    if is_third(word) or (shows_verb and may_be_verb):
        return True
    return (is_plural(before) or before in PLURAL_PEOPLE) and word in _PLURAL_VERBS
