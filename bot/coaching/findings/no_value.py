"""No new value: the same thing moved back and forth, and nothing that either side gets more of."""

from collections.abc import Iterator

from bot.coaching.brief import Field
from bot.coaching.findings.hits import Hit, Texts
from bot.coaching.findings.lexicon import Lexicon


def find(texts: Texts, lexicon: Lexicon) -> Iterator[Hit]:
    """The first bargain over one thing, where nothing in the whole text is more, sooner, safer or cheaper."""
    shared = texts.get(Field.SHARED_WIN)
    if shared is None or any(lexicon.has("new_value", sentence) for sentence in shared.sentences):
        return
    for sentence in shared.sentences:
        if place := next(lexicon.find("bargain", sentence), None):
            yield Hit("no_value", Field.SHARED_WIN, sentence.typed(*place))
            return
