"""What a text opens with, told from its first words."""

import re
from collections.abc import Sequence
from enum import Enum, auto

from bot.coaching.phrasing.forms import article, base_of_gerund, base_of_third, is_gerund, is_plural, is_third
from bot.coaching.phrasing.lexicon import (
    ADJECTIVES,
    ADVERBS,
    ANY_VERB,
    COMMON_ENDINGS,
    COUNTABLE,
    DETERMINERS,
    FINITE,
    HALF_NOUNS,
    LINKS,
    MEASURES,
    NAMES_TOO,
    NOUNS,
    NOUNS_FIRST,
    OBJECTS,
    PARTICIPLES,
    PLURAL_PEOPLE,
    PREPOSITIONS,
    QUANTITIES,
    SUBJECTS,
    VERBS,
    VERBS_BEFORE_NOUNS,
    VERBS_MOSTLY,
    VERBS_OR_HALVES,
    WORDS,
)
from bot.coaching.phrasing.typed import NO_WORD, Word

_KNOWN_NOUNS = NOUNS | NOUNS_FIRST | VERBS_BEFORE_NOUNS | VERBS_MOSTLY
_FIGURE = re.compile(r"[~+-]?[$€£¥]?\d|net-?\d", re.IGNORECASE)
_SYMBOLS = frozenset("<>=~≤≥≈→")
_MARKS = frozenset("-–—/+&")
_MONEY = frozenset("%$€£")
_OPENERS = ("at least", "at most")
_VERBAL_ADVERBS = frozenset({"never", "always", "just", "also", "still"})
_UNKNOWN_VERB = re.compile(r"[a-z]{3,}(?<!s)(?<!ed)(?<!ing)(?<!ly)")


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
    if first.low == "to" and is_verb(words[1:]):
        return Shape.TO_VERB
    if is_verb(words):
        return Shape.VERB
    if _is_clause_of_name(first, second):
        return Shape.CLAUSE
    if is_gerund(first.low) and (second.low in DETERMINERS | OBJECTS or base_of_gerund(first.low) in VERBS):
        return Shape.GERUND
    return shape_of_thing(words)


def at(words: Sequence[Word], index: int) -> Word:
    """That word, or an empty one behind the end."""
    return words[index] if index < len(words) else NO_WORD


def is_verb(words: Sequence[Word]) -> bool:
    """Do the words open with a verb in its base form (an adverb may stand before it)?"""
    if words and not words[0].stop and _goes_before_verb(words[0].low):
        words = words[1:]
    first, second = at(words, 0), at(words, 1)
    if _is_clause_of_name(first, second):
        return False
    verb = first.low.removeprefix("re-").removeprefix("co-")
    return verb in VERBS if first.stop else _is_verb_before(verb, second)


def _goes_before_verb(low: str) -> bool:
    return low in _VERBAL_ADVERBS or (low in ADVERBS and low.endswith("ly"))


def _is_clause_of_name(first: Word, second: Word) -> bool:
    """ "Mark signs off", "Grant is promoted"."""
    return first.low in NAMES_TOO and (second.low in FINITE or is_third(second.low))


def _is_verb_before(verb: str, second: Word) -> bool:
    if second.low in DETERMINERS or second.low in OBJECTS:
        # Nothing but a verb stands before an article, so here we need not know it.
        return verb in ANY_VERB or (verb not in WORDS and bool(_UNKNOWN_VERB.fullmatch(verb)))
    if verb in VERBS or (verb in MEASURES and _is_object(second)):
        return True
    if second.low in HALF_NOUNS or second.low in {"", "of"}:
        return False
    return verb in VERBS_MOSTLY or (verb in VERBS_BEFORE_NOUNS and _is_object(second))


def _is_object(word: Word) -> bool:
    return (
        word is not NO_WORD
        and word.low not in PREPOSITIONS
        and word.low not in LINKS
        and word.low not in FINITE
        and word.low not in ADVERBS
    )


def shape_of_thing(words: Sequence[Word]) -> Shape:
    """The same where it cannot be a verb (after "I need"): THING, DONE, CLAUSE or UNKNOWN."""
    if not words or any(word.raw in _SYMBOLS for word in words):
        return Shape.UNKNOWN
    if words[0].low.split("'")[0] in SUBJECTS | {"it"} or words[0].low in FINITE:
        return Shape.CLAUSE
    if not _may_open_thing(words) or _may_be_clause(words):
        return Shape.UNKNOWN
    if has_finite(words):
        return Shape.CLAUSE
    return Shape.DONE if _is_done(words) else Shape.THING


def has_finite(words: Sequence[Word]) -> bool:
    """Does a verb of its own make a clause of the opening: "the project keeps its name"?"""
    return any(_is_finite(words, i) for i in range(1, _first_phrase(words)))


def _may_be_clause(words: Sequence[Word]) -> bool:
    """ "the project ships in June", but also "product launches in June"."""
    return any(
        base_of_third(words[i].low) in VERBS_MOSTLY and at(words, i + 1).low not in DETERMINERS | OBJECTS
        for i in range(1, _first_phrase(words))
        if _is_known(words[i - 1])
    )


def _may_open_thing(words: Sequence[Word]) -> bool:
    first, thing = words[0], chunk(words)
    if f"{first.low} {at(words, 1).low}" in _OPENERS:
        return True
    if first.low in PARTICIPLES:
        return len(thing) > 1 and _is_known(thing[-1])
    if first.low in DETERMINERS | QUANTITIES | ADJECTIVES or is_figure(first):
        return True
    if first.low in PREPOSITIONS | LINKS | ADVERBS | OBJECTS or _is_verbal(words, thing):
        return False
    head = _head(thing)
    if is_figure(head) and head is not first:
        return _is_known(first)
    return _is_known(head) and (head is first or _is_known(first) or first.raw[:1].isalnum())


def _is_verbal(words: Sequence[Word], thing: Sequence[Word]) -> bool:
    """Is there a verb in what should be a noun with its adjectives?"""
    if words[0].low in VERBS_OR_HALVES and _is_object(at(thing, 1)) and thing[1].low not in HALF_NOUNS:
        return True
    before_article = len(thing) == 1 and at(words, 1).low in DETERMINERS - {"that"}
    return before_article or any(word.low in VERBS for word in thing[1:])


def _head(thing: Sequence[Word]) -> Word:
    """Its main noun: the last word, or what stands before a participle ("invoices paid")."""
    return next((word for word in reversed(thing) if word.low not in PARTICIPLES), thing[0])


def _is_known(word: Word) -> bool:
    return any(
        low in _KNOWN_NOUNS or is_gerund(low) or low.removesuffix("s") in _KNOWN_NOUNS or low.endswith(COMMON_ENDINGS)
        for low in (word.low, word.low.rsplit("-", 1)[-1])
    )


def is_figure(word: Word) -> bool:
    """A number, a price, a percentage."""
    return bool(_FIGURE.match(word.raw)) or word.raw in {"$", "€", "£", "%"}


def chunk(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words of the first thing, up to whatever follows it: "a 15 % raise | by May". At least one word."""
    found = [words[0]]
    for word in words[1:] if not words[0].stop else ():
        if _ends_chunk(word):
            break
        found.append(word)
        if word.stop:
            break
    return tuple(found)


def _ends_chunk(word: Word) -> bool:
    small = PREPOSITIONS | LINKS | FINITE | SUBJECTS | ADVERBS | DETERMINERS
    is_sign = not any(c.isalnum() or c in _MONEY for c in word.raw)
    return word.low in small or word.low in {"not", "next", "last"} or is_sign


def _first_phrase(words: Sequence[Word]) -> int:
    """How many words come before the first mark, link word or second subject."""
    for i, word in enumerate(words):
        if i and (word.low in LINKS | SUBJECTS or word.raw in _MARKS):
            return i
        if word.stop:
            return i + 1
    return len(words)


def _is_finite(words: Sequence[Word], i: int) -> bool:
    word, before, after = words[i], words[i - 1], at(words, i + 1)
    if before.low in DETERMINERS or before.low in ADJECTIVES or before.low in PREPOSITIONS:
        return False
    if word.low in FINITE or is_third(word.low):
        return True
    if base_of_third(word.low) in ANY_VERB and after.low in DETERMINERS | OBJECTS:
        return True
    return (is_plural(before.low) or before.low in PLURAL_PEOPLE) and (
        word.low in VERBS or word.low in {"need", "want"}
    )


def _is_done(words: Sequence[Word]) -> bool:
    """A thing and what is to be done with it: "invoices paid in 30 days"."""
    thing = chunk(words)
    for i, word in enumerate(thing[1:], 1):
        after = at(thing, i + 1)
        if word.low in PARTICIPLES and _is_known(thing[i - 1]) and (word.stop or after is NO_WORD):
            return True
    return False


def with_article(text: str, words: Sequence[Word]) -> str | None:
    """The text of a thing with "a" or "an" where its noun wants one; None where that would be a guess."""
    thing = chunk(words)
    first, head = thing[0], _head(thing)
    if (
        first.low in DETERMINERS | PREPOSITIONS
        or first.low in {"no", "one", "1"}
        or "'s" in first.low
        or is_figure(head)
    ):
        return text
    if not _is_known(head) and not is_plural(head.low) and first.low not in QUANTITIES:
        return None
    if head.low not in COUNTABLE and head.low.rsplit("-", 1)[-1] not in COUNTABLE:
        return text
    is_named = first.raw[:1].isupper() and not first.raw.isupper() and not _is_common_first(first)
    is_done = head is not thing[-1]
    return None if is_named or is_done else f"{article(text)} {text}"


def _is_common_first(word: Word) -> bool:
    return word.low in ADJECTIVES | QUANTITIES | PARTICIPLES or _is_known(word) or "-" in word.raw
