"""Position without interest: a number or a demand with no reason behind it."""

from collections.abc import Iterator

from bot.coaching.brief import Field
from bot.coaching.findings.hits import Hit, Texts
from bot.coaching.findings.lexicon import Lexicon
from bot.coaching.findings.text import QUESTION, Sentence, Text

_FRAGMENT = 10  # words; what is longer is a sentence, whatever its verb
_SHORT = 14  # words; what is longer is not said again in a suggestion
_RULES = {
    Field.MY_WIN: ("position", "demand", ("harmless",)),
    Field.THEIR_WIN: ("their_position", "their_demand", ("harmless", "their_need")),
}
"""By field: its rule, the group that it looks for, and groups of which one makes it no demand."""


def find(texts: Texts, lexicon: Lexicon) -> Iterator[Hit]:
    """The first sentence of a field that asks for something, where the whole field does not say what for."""
    for field, (rule, demand, harmless) in _RULES.items():
        if (text := texts.get(field)) and not any(lexicon.has("reason", sentence) for sentence in text.sentences):
            places = (_demand(sentence, demand, harmless, lexicon) for sentence in text.sentences)
            for sentence, place in zip(text.sentences, places, strict=True):
                if place:
                    span = sentence.typed(*place)
                    yield Hit(rule, field, span, None, sentence.amount(text.typed), _words(sentence, text))
                    break


def _demand(sentence: Sentence, demand: str, harmless: tuple[str, ...], lexicon: Lexicon) -> tuple[int, int] | None:
    """Where the demand stands: a phrase that asks, or an amount alone with no sentence around it."""
    if any(lexicon.has(group, sentence) for group in harmless):
        return None
    if place := next(lexicon.find(demand, sentence), None):
        return place
    is_short = len(sentence.words) <= _FRAGMENT
    if is_short and lexicon.has("amount", sentence) and not lexicon.has("clause", sentence):
        return 0, len(sentence.line)
    return None


def _words(sentence: Sentence, text: Text) -> str:
    """The demand as typed, where a reason can be put behind it."""
    is_plain = len(sentence.words) <= _SHORT and QUESTION not in sentence.words
    return text.quote(sentence.span) if is_plain else ""
