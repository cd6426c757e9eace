"""Guessed need: Their Win with no sign that anybody asked. Offers the question to ask first."""

from collections.abc import Iterator

from bot.coaching.brief import Field
from bot.coaching.findings.finding import Certainty
from bot.coaching.findings.hits import Hit, Texts
from bot.coaching.findings.lexicon import Lexicon

_KNOWN = ("asked_before", "known_need")
_TOPICS = ("money", "time", "risk", "people", "growth")


def find(texts: Texts, lexicon: Lexicon) -> Iterator[Hit]:
    """At most one hit, over the whole of Their Win; its rule is the topic whose question fits the words."""
    theirs = texts.get(Field.THEIR_WIN)
    if theirs is None or not any(map(lexicon.means, (word for each in theirs.sentences for word in each.words))):
        return
    if any(lexicon.has(group, sentence) for group in _KNOWN for sentence in theirs.sentences):
        return
    topic = next((topic for topic in _TOPICS if any(lexicon.has(topic, each) for each in theirs.sentences)), "need")
    guessed = any(lexicon.has("guess", sentence) for sentence in theirs.sentences)
    yield Hit(f"guessed_{topic}", Field.THEIR_WIN, theirs.span, Certainty.LIKELY if guessed else Certainty.MAYBE)
