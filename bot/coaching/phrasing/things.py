"""Things one can want, as they are typed: where the noun ends, which word it is, whether it wants an article."""

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.coaching.phrasing.forms import article, base_of_gerund, is_gerund, is_plural
from bot.coaching.phrasing.lexicon import (
    ADJECTIVES,
    ADVERBS,
    DEMONSTRATIVES,
    DETERMINERS,
    INTERJECTIONS,
    LINKS,
    OBJECTS,
    PREPOSITIONS,
    QUANTITIES,
    SUBJECTS,
)
from bot.coaching.phrasing.nouns import COUNTABLE, HALF_NOUNS, NOUN_ENDINGS, NOUNS
from bot.coaching.phrasing.typed import NO_WORD, Word, at
from bot.coaching.phrasing.verbs import (
    ANY_VERB,
    FINITE,
    NOUNS_FIRST,
    PARTICIPLES,
    VERBS,
    VERBS_BEFORE_NOUNS,
    VERBS_MOSTLY,
    VERBS_OR_HALVES,
)

_KNOWN_NOUNS = NOUNS | NOUNS_FIRST | VERBS_BEFORE_NOUNS | VERBS_MOSTLY
_SMALL = PREPOSITIONS | LINKS | FINITE | SUBJECTS | OBJECTS | ADVERBS | DETERMINERS | {"not", "next", "last"}
_NO_OPENERS = PREPOSITIONS | LINKS | ADVERBS | OBJECTS | INTERJECTIONS
_DESCRIBING = ADJECTIVES | QUANTITIES | PARTICIPLES
_AFTER_PLURALS = _DESCRIBING | VERBS | {"need", "want"}
_ARTICLES = DETERMINERS - {"that"}
_NO_ARTICLE = frozenset(
    {"no", "one", "1", "zero", "more", "less", "fewer", "enough", "most", "several", "many", "much", "few", "half"}
)
_WANTS_THE = frozenset(
    {
        "same",
        "next",
        "last",
        "only",
        "main",
        "current",
        "whole",
        "entire",
        "previous",
        "original",
        "usual",
        "best",
        "own",
    }
)
_VERBAL = re.compile(r"(?:de|re|pre|up|out|un|over|co|dis|mis)[a-z]{3,}|[a-z]+(?:i[sz]e|ify|ate)")
_MASS_ALONE = frozenset({"balance", "change", "credit", "margin", "risk"})
_PAIRS = frozenset({"lead time", "response time", "delivery time", "case study"})
_FIGURE = re.compile(r"[~+-]?[$€£¥]?\d|net-?\d|[$€£%]$", re.IGNORECASE)
_MONEY = frozenset("%$€£")


def chunk(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words of the first thing, up to whatever follows it: "a 15 % raise | by May". At least one word."""
    end = next((i for i, word in enumerate(words) if i and (words[i - 1].stop or _ends_thing(word))), len(words))
    return tuple(words[:end])


def _ends_thing(word: Word) -> bool:
    return word.low in _SMALL or not (word.raw[:1].isalnum() or any(c.isalnum() or c in _MONEY for c in word.raw))


def head_of(thing: Sequence[Word]) -> Word:
    """Its main noun: the last word, or what stands before a participle ("invoices paid")."""
    return next((word for word in reversed(thing) if word.low not in PARTICIPLES), thing[0])


def is_figure(word: Word) -> bool:
    """A number, a price, a percentage."""
    return bool(_FIGURE.match(word.raw))


def is_noun(word: Word) -> bool:
    """A word known as a noun, in the singular or plural, or the last part of it ("cash-flow")."""
    return any(
        low in _KNOWN_NOUNS or low.removesuffix("s") in _KNOWN_NOUNS or low.endswith(NOUN_ENDINGS) or is_gerund(low)
        for low in (word.low, word.low.rsplit("-", 1)[-1])
    )


def opens_thing(words: Sequence[Word]) -> bool:
    """Do the words surely open with a thing (which may still be the subject of a clause)?"""
    first, second, thing = words[0], at(words, 1), chunk(words)
    if f"{first.low} {second.low}" in {"at least", "at most"} or is_figure(first):
        return True
    if first.low in DEMONSTRATIVES:
        return second.low in _DESCRIBING or is_noun(second)
    if any(is_plural(here.low) and not _may_follow_plural(then) for here, then in pairwise(thing)):
        return False  # "their customers complain"
    if first.low in DETERMINERS or (first.low in QUANTITIES and second.low != "of"):
        return len(thing) > 1
    if first.low in _DESCRIBING and len(thing) > 1:
        return first.low in QUANTITIES or first.low in ADJECTIVES or is_noun(thing[-1])
    return first.low not in _NO_OPENERS and not _holds_verb(words, thing) and _is_named(thing)


def _may_follow_plural(word: Word) -> bool:
    return is_noun(word) or word.low in _AFTER_PLURALS or not word.raw[:1].islower()


def _is_named(thing: Sequence[Word]) -> bool:
    first, head = thing[0], head_of(thing)
    if is_figure(head):
        return is_noun(first)  # phase 2
    if first is not head and not is_noun(first) and _VERBAL.fullmatch(first.low):
        return False  # "descope reporting"
    return is_noun(head) and first.raw[:1].isalnum() and first.low not in PARTICIPLES


def _holds_verb(words: Sequence[Word], thing: Sequence[Word]) -> bool:
    """Is there a verb in what should be a noun with its adjectives?"""
    second = at(thing, 1)
    if words[0].low in VERBS_OR_HALVES and second is not NO_WORD and second.low not in HALF_NOUNS:
        return True
    if len(thing) == 1 and thing[0].low in ANY_VERB and at(words, 1).low in ADVERBS:
        return True  # "plan together"
    before_article = len(thing) == 1 and at(words, 1).low in _ARTICLES
    return before_article or any(word.low in VERBS for word in thing)


def is_done(words: Sequence[Word]) -> bool:
    """A thing and what is to be done with it: "invoices paid in 30 days"."""
    thing = chunk(words)
    if len(thing) < 2 or thing[-1].low not in PARTICIPLES:
        return False
    return is_noun(thing[-2]) or (len(thing) > 2 and thing[0].low in DETERMINERS)


def with_article(text: str, words: Sequence[Word]) -> str | None:
    """The text of a thing with "a" or "an" where its noun wants one; None where that would be a guess."""
    thing = chunk(words)
    first, head = thing[0], head_of(thing)
    if len(thing) > 1 and head.low in ADJECTIVES and first.low not in DETERMINERS:
        return None  # "rent flat", "at least 10 % cheaper"
    if first.low in DETERMINERS or first.low in PREPOSITIONS or "'s" in first.low or is_figure(head):
        return text
    is_counted = first.low in QUANTITIES or is_figure(first)
    if first.low in _WANTS_THE or head.low == "ability" or not (is_counted or is_noun(head) or is_plural(head.low)):
        return None
    if not _is_countable(thing) or any(word.low in _NO_ARTICLE for word in thing):
        return text
    # "Contract signed" and "Acme contract" may want "the"; "hitting quota" wants nothing.
    return None if head is not thing[-1] or _may_be_name(first) or _may_act(thing) else f"{article(text)} {text}"


def _is_countable(thing: Sequence[Word]) -> bool:
    head = head_of(thing).low
    if len(thing) == 1 and head in _MASS_ALONE:
        return False
    before, _, last = head.rpartition("-")
    pair = " ".join(word.low for word in thing[-2:])
    return head in COUNTABLE or pair in _PAIRS or (last in COUNTABLE and before not in PREPOSITIONS)


def _may_act(thing: Sequence[Word]) -> bool:
    """ "hitting quota", but not "landing page"."""
    return len(thing) > 1 and base_of_gerund(thing[0].low) in VERBS_MOSTLY and thing[1].low not in HALF_NOUNS


def _may_be_name(word: Word) -> bool:
    is_title = word.raw[:1].isupper() and not word.raw.isupper()
    return is_title and word.low not in _DESCRIBING and "-" not in word.raw and not is_noun(word)
