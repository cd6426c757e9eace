"""Position without interest: a number or a demand with no reason behind it."""

from collections.abc import Iterator

from bot.coaching.brief import Field
from bot.coaching.findings.hits import Hit, Texts
from bot.coaching.findings.lexicon import Lexicon
from bot.coaching.findings.text import Sentence

_FRAGMENT = 10  # words; what is longer is a sentence, whatever its verb
_RULES = {Field.MY_WIN: ("position", "demand"), Field.THEIR_WIN: ("their_position", "their_demand")}

_ANSWERED = ("reason", "harmless")
"""Groups of which one is enough: the demand has its reason, or it is none."""


def find(texts: Texts, lexicon: Lexicon) -> Iterator[Hit]:
    """One hit for each sentence that asks for something without saying what for."""
    for field, (rule, group) in _RULES.items():
        for sentence in texts[field].sentences if field in texts else ():
            if any(lexicon.has(name, sentence) for name in _ANSWERED):
                continue
            if place := _demand(sentence, group, lexicon):
                yield Hit(rule, field, sentence.typed(*place))


def _demand(sentence: Sentence, group: str, lexicon: Lexicon) -> tuple[int, int] | None:
    """Where the demand stands: a phrase that asks, or an amount alone with no sentence around it."""
    if place := next(lexicon.find(group, sentence), None):
        return place
    is_short = len(sentence.words) <= _FRAGMENT
    if is_short and lexicon.has("amount", sentence) and not lexicon.has("clause", sentence):
        return 0, len(sentence.line)
    return None
