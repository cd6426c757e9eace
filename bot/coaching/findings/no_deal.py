"""No deal: their need and my must-have exclude each other as typed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.coaching.brief import Field
from bot.coaching.findings.hits import Hit, Texts
from bot.coaching.findings.lexicon import Lexicon
from bot.coaching.findings.text import Sentence, Span, Text

_AMOUNT = re.compile(r"([$€£¥₹]?)(\d{1,12}(?:\.\d{1,6})?)([^\W\d_]*)(%?)")
_SIZES = {"k": 1_000, "m": 1_000_000, "mio": 1_000_000, "bn": 1_000_000_000, "b": 1_000_000_000}
_SAME = 0.6  # share of the words that both sides use, where one of them says no


@dataclass(frozen=True, slots=True)
class _Bound:
    value: float
    unit: str
    span: Span


def find(texts: Texts, lexicon: Lexicon) -> Iterator[Hit]:
    """At most one hit, on the words of Their Win."""
    mine, theirs = texts.get(Field.MY_WIN), texts.get(Field.THEIR_WIN)
    if mine is None or theirs is None:
        return
    if span := _beyond(mine, theirs, lexicon) or _refused(mine, theirs, lexicon):
        yield Hit("no_deal", Field.THEIR_WIN, span)


def _beyond(mine: Text, theirs: Text, lexicon: Lexicon) -> Span | None:
    """My most is less than their least, or the reverse, in the same unit."""
    for my_bound, their_bound in (("at_most", "at_least"), ("at_least", "at_most")):
        sign = 1 if my_bound == "at_most" else -1
        limits = {bound.unit: bound.value for bound in _bounds(mine, my_bound, lexicon)}
        for bound in _bounds(theirs, their_bound, lexicon):
            if bound.unit in limits and sign * limits[bound.unit] < sign * bound.value:
                return bound.span
    return None


def _bounds(text: Text, group: str, lexicon: Lexicon) -> Iterator[_Bound]:
    for sentence in text.sentences:
        for start, end in lexicon.find(group, sentence):
            place = sentence.last(end)
            if found := _AMOUNT.fullmatch(sentence.words[place]):
                currency, digits, size, percent = found.groups()
                unit = currency or percent or _unit(sentence, place, size, lexicon)
                yield _Bound(float(digits) * _SIZES.get(size, 1), unit, sentence.typed(start, end))


def _unit(sentence: Sentence, place: int, size: str, lexicon: Lexicon) -> str:
    """What is counted: the word behind the number, if any."""
    if size and size not in _SIZES:
        return lexicon.stem(size)
    following = sentence.words[place + 1 : place + 2]
    return lexicon.stem(following[0]) if following and following[0].isalpha() else ""


def _refused(mine: Text, theirs: Text, lexicon: Lexicon) -> Span | None:
    """They need just what I ask for not to be."""
    refused = any(lexicon.has("refusing", each) for each in mine.sentences)
    opposed = [sentence for sentence in theirs.sentences if lexicon.has("refusing", sentence) != refused]
    wanted = lexicon.meanings(mine.sentences) if opposed else set()
    for sentence in opposed:
        said = lexicon.meanings((sentence,))
        if said and len(said & wanted) >= _SAME * min(len(said), len(wanted)):
            return sentence.span
    return None
