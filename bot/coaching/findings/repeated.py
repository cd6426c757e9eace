"""Repeated demand: the same demand again in another sentence or field."""

from collections.abc import Iterator
from itertools import pairwise

from bot.coaching.brief import Field
from bot.coaching.findings.hits import Hit, Texts
from bot.coaching.findings.lexicon import Lexicon
from bot.coaching.findings.text import Sentence

_WORDS = 2  # a demand with fewer words of its own repeats itself too easily
_SAME = 0.75


def find(texts: Texts, lexicon: Lexicon) -> Iterator[Hit]:
    """Each later sentence that asks for what an earlier one asked for. The shared win may name My Win once more."""
    seen: dict[str, set[str]] = {}
    for field, text in texts.items():
        if field is Field.SHARED_WIN and len(texts) > 1:
            continue
        for sentence in text.sentences:
            said = _demand(sentence, lexicon)
            if len(said) < _WORDS or not _asks(sentence, lexicon):
                continue
            if _is_known(said, seen):
                yield Hit("repeated", field, sentence.span)
            seen.update(dict.fromkeys(said, said))


def _demand(sentence: Sentence, lexicon: Lexicon) -> set[str]:
    """What is asked: the words that carry meaning; of several amounts, each with the word that it counts."""
    words = [word for word in sentence.words if lexicon.means(word)]
    amounts = [word for word in words if word[0].isdigit()]
    if len(amounts) < _WORDS:
        return {lexicon.stem(word) for word in words}
    return {f"{one} {lexicon.stem(other)}" for one, other in pairwise(words) if one[0].isdigit()}


def _asks(sentence: Sentence, lexicon: Lexicon) -> bool:
    return lexicon.has("asks", sentence) or lexicon.has("demand", sentence) or not lexicon.has("clause", sentence)


def _is_known(said: set[str], seen: dict[str, set[str]]) -> bool:
    """Compared only with the newest sentence that holds one of the words: linear, and near enough."""
    earlier = {id(seen[word]): seen[word] for word in said if word in seen}
    return any(len(said & other) >= _SAME * max(len(said), len(other)) for other in earlier.values())
