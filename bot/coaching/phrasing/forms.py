"""Forms of words: "keeps" and "keeping" of "keep", plurals, "a" or "an"."""

import re

from bot.coaching.phrasing.nouns import GERUND_NOUNS, SINGULAR_IN_S
from bot.coaching.phrasing.verbs import ANY_VERB, VERBS

_AN = re.compile(r"[aeio](?!ne\b|nce\b|u[rp]o)|u(?!ni[^nm]|se|ti)|hour|honest|8|(?:11|18)(?!\d)", re.IGNORECASE)
_AN_LETTERS = re.compile(r"[AEFHILMNORSX]")


def is_third(low: str) -> bool:
    """A verb in the third person that is no noun: "keeps", not "costs"."""
    return low in {"needs", "wants"} or base_of_third(low) in VERBS


def base_of_third(low: str) -> str:
    """ "carries" -> "carry"; "" where the word cannot be such a form."""
    if low.endswith("ies"):
        return low[:-3] + "y"
    if low.endswith(("ches", "shes", "sses", "xes", "oes")):
        return low[:-2]
    return low[:-1] if low.endswith("s") else ""


def is_gerund(low: str) -> bool:
    """A verb in -ing that is hardly ever a noun."""
    return base_of_gerund(low) in ANY_VERB and low not in GERUND_NOUNS


def base_of_gerund(low: str) -> str:
    """ "keeping" -> "keep"; "" where no verb that we know stands behind it."""
    if not low.endswith("ing"):
        return ""
    stem = low[:-3]
    doubled = stem[:-1] if stem[-2:-1] == stem[-1:] else ""
    from_ie = stem[:-1] + "ie" if stem.endswith("y") else ""
    tries = (stem, stem + "e", doubled, from_ie)
    return next((base for base in tries if base in ANY_VERB), "")


def is_plural(low: str) -> bool:
    """Looks like a noun in the plural."""
    return len(low) > 3 and low.endswith("s") and low not in SINGULAR_IN_S and not is_third(low)


def article(text: str) -> str:
    """ "a" or "an", as the text is said aloud."""
    spoken = text.lstrip("$€£¥~\"“'(")
    first = spoken.split(maxsplit=1)[0] if spoken.split() else ""
    if first[:2].isupper() and first[:2].isalpha():
        return "an" if _AN_LETTERS.match(first) else "a"
    return "an" if _AN.match(first) else "a"
