"""Words of a text with their exact places.

A text becomes sentences of canonical words: folded, contractions opened ("won't" is "will not"), slips of
typing mended. Each canonical word keeps the place of what was typed, so that every span quotes exactly.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

_TOKEN = re.compile(
    r"(?P<word>[^\W\d_]+(?:['’ʼ`´][^\W\d_]+)*) ?"
    r"|(?P<number>[$€£¥₹]?\d+(?:[.,:]\d+)*[^\W\d_]*(?:\s?%)?)"
    r"|(?P<end>[.!?;…\n\r]+)"
    r"|(?P<pause>[,:()\[\]\"“”„«»–—]|-(?=\s)|(?<=\s)-)"
    r"|(?P<still>[\s\-/'’‘ʼ`´*_~&+=<>|\\#@^%{}‑•·]+|[$€£¥₹])"
    r"|(?P<other>.)",
    re.DOTALL,
)
_AMOUNT = re.compile(r"[$€£¥₹]?\d")
_REST = 5  # words that a quotation goes on, so that its clause is whole
_SPLIT = re.compile(r"[\s,]")  # what people put inside a number
_APOSTROPHES = str.maketrans(dict.fromkeys("’ʼ`´", "'"))

PAUSE = ","
QUESTION = "?"

Canon = Callable[[str], tuple[str, ...]]
"""From a folded word as typed to its canonical words: one, or several for a contraction."""


class Span(NamedTuple):
    """A place in a text, `end` exclusive."""

    start: int
    end: int


@dataclass(slots=True)
class Sentence:
    """One sentence: canonical words (pauses and a closing question mark among them) and their places.

    `line` holds the words, each followed by one space; patterns run over it.
    """

    words: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    line: str = ""
    vocabulary: frozenset[str] = frozenset()
    _offsets: list[int] = field(default_factory=list)

    def close(self) -> "Sentence":
        """Builds `line` once all words are in."""
        self.line = "".join(f"{word} " for word in self.words)
        self.vocabulary = frozenset(self.words)
        offset = 0
        for word in self.words:
            self._offsets.append(offset)
            offset += len(word) + 1
        return self

    @property
    def span(self) -> Span:
        """The sentence as typed, without its closing mark."""
        return Span(self.spans[0].start, self.spans[self.last(len(self.line))].end)

    def last(self, offset: int) -> int:
        """The number of the last true word that begins before `offset` of `line`."""
        place = bisect_left(self._offsets, offset) - 1
        while place > 0 and self.words[place] in (PAUSE, QUESTION):
            place -= 1
        return place

    def clause_end(self, end: int) -> int:
        """`end`, a place in the text, or where its clause ends when that is a few words on."""
        first = bisect_left(self.spans, end, key=lambda span: span.start)
        rest = self.words[first : first + _REST + 1]
        length = next((place for place, word in enumerate(rest) if word in (PAUSE, QUESTION)), len(rest))
        return max(end, self.spans[first + length - 1].end) if 0 < length <= _REST else end

    def amount(self, typed: str) -> str:
        """The one amount that the sentence names, as typed; nothing where there is none or several."""
        words = zip(self.words, self.spans, strict=True)
        amounts = {typed[span.start : span.end] for word, span in words if _AMOUNT.match(word)}
        return amounts.pop() if len(amounts) == 1 else ""

    def typed(self, start: int, end: int) -> Span:
        """Where the words between two offsets of `line` stand in the text."""
        first = bisect_right(self._offsets, start) - 1
        last = max(first, self.last(end))
        return Span(self.spans[first].start, self.spans[last].end)


@dataclass(frozen=True, slots=True)
class Text:
    """What was typed, and its sentences (none of them empty)."""

    typed: str
    sentences: tuple[Sentence, ...]

    @property
    def span(self) -> Span:
        """From the first word to the last; nothing where there is none."""
        if not self.sentences:
            return Span(0, 0)
        return Span(self.sentences[0].span.start, self.sentences[-1].span.end)

    def quote(self, span: Span) -> str:
        return self.typed[span.start : span.end]


def read_text(typed: str, canon: Canon) -> Text:
    """Takes a text apart; linear in its length, any Unicode."""
    return Text(typed, tuple(sentence.close() for sentence in _sentences(typed, canon)))


def _sentences(typed: str, canon: Canon) -> Iterator[Sentence]:
    sentence = Sentence()
    for token in _TOKEN.finditer(typed):
        kind = token.lastgroup
        if kind in ("word", "number"):
            span = Span(*token.span(kind))
            words = canon(_folded(token[kind])) if kind == "word" else (_SPLIT.sub("", token[kind]).casefold(),)
            sentence.words.extend(words)
            sentence.spans.extend([span] * len(words))
        elif kind == "pause" and sentence.words and sentence.words[-1] != PAUSE:
            sentence.words.append(PAUSE)
            sentence.spans.append(Span(token.start(), token.end()))
        elif kind in ("end", "other") and sentence.words and not _is_mark(token[0]):
            if QUESTION in token[0]:
                sentence.words.append(QUESTION)
                sentence.spans.append(Span(token.start(), token.end()))
            yield sentence
            sentence = Sentence()
    if sentence.words:
        yield sentence


def _is_mark(typed: str) -> bool:
    """Accents and joiners typed apart from their letter end no sentence; an emoji does."""
    return unicodedata.category(typed[0]) in ("Mn", "Mc", "Me", "Cf")


def _folded(word: str) -> str:
    if word.isascii():
        return word.lower().replace("`", "'")
    return unicodedata.normalize("NFKC", word.translate(_APOSTROPHES)).casefold()
