"""The rules that are phrases, and the grammar around a phrase: negation, reported speech, the past, openness."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.coaching.findings.book import FamilyPage, Rule, Side
from bot.coaching.findings.finding import Certainty, Where
from bot.coaching.findings.hits import Hit, Texts
from bot.coaching.findings.lexicon import Lexicon
from bot.coaching.findings.pattern import Pattern
from bot.coaching.findings.text import PAUSE, Sentence, Text

_NEAR = 5  # words before a phrase in which a negation still holds it
_FAR = 25  # words on either side that a guard looks at; keeps the time linear in one endless sentence
_AMOUNT = re.compile(r"[$€£¥₹]?\d")


@dataclass(frozen=True, slots=True)
class _Ruled:
    rule: Rule
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class _Guarding:
    side: Side
    patterns: tuple[Pattern, ...]
    but: tuple[Pattern, ...]

    def is_met(self, sentence: Sentence, start: int = 0, end: int | None = None) -> bool:
        return _any(self.patterns, sentence, start, end) and not _any(self.but, sentence, start, end)


class Phrases:
    """Finds the phrases of a set of families."""

    def __init__(self, families: Iterable[FamilyPage], lexicon: Lexicon) -> None:
        self._guards = {
            name: _Guarding(guard.side, lexicon.patterns(guard.phrases), lexicon.patterns(guard.but))
            for name, guard in lexicon.language.guards.items()
        }
        self._ruled: list[_Ruled] = []
        self._by_word: dict[str, list[int]] = {}
        self._anywhere: list[int] = []
        for rule in (rule for family in families for rule in family.rules):
            for pattern in lexicon.patterns(rule.phrases):
                self._add(_Ruled(rule, pattern))

    def _add(self, ruled: _Ruled) -> None:
        number = len(self._ruled)
        self._ruled.append(ruled)
        for word in ruled.pattern.needs[0] if ruled.pattern.needs else ():
            self._by_word.setdefault(word, []).append(number)
        if not ruled.pattern.needs:
            self._anywhere.append(number)

    def find(self, texts: Texts, _: Lexicon) -> Iterator[Hit]:
        for field, text in texts.items():
            reading = _Reading(text, self._guards)
            for sentence in text.sentences:
                for ruled in self._candidates(sentence):
                    if not ruled.rule.fields or field in ruled.rule.fields:
                        yield from reading.hits(field, sentence, ruled)

    def _candidates(self, sentence: Sentence) -> Iterator[_Ruled]:
        numbers = {number for word in sentence.vocabulary for number in self._by_word.get(word, ())}
        ruled = map(self._ruled.__getitem__, sorted(numbers.union(self._anywhere)))
        return (each for each in ruled if each.pattern.fits(sentence))


class _Reading:
    """One text being read; remembers what its guards said."""

    def __init__(self, text: Text, guards: dict[str, _Guarding]) -> None:
        self._text = text
        self._guards = guards
        self._sentences: dict[str, set[int]] = {}
        self._amounts: dict[int, str] = {}

    def hits(self, field: Where, sentence: Sentence, ruled: _Ruled) -> Iterator[Hit]:
        rule = ruled.rule
        for start, end in ruled.pattern.find(sentence):
            if self._one_holds(rule.unless, sentence, start, end):
                continue
            certainty = Certainty.MAYBE if self._one_holds(rule.softened, sentence, start, end) else None
            yield Hit(rule.id, field, sentence.typed(start, end), certainty, self._amount(sentence))

    def _one_holds(self, guards: Sequence[str], sentence: Sentence, start: int, end: int) -> bool:
        return any(self._holds(name, sentence, start, end) for name in guards)

    def _holds(self, name: str, sentence: Sentence, start: int, end: int) -> bool:
        guard = self._guards[name]
        if guard.side in (Side.SENTENCE, Side.ELSEWHERE, Side.TEXT):
            return _is_met(guard.side, self._met(name, guard), id(sentence))
        first, last = _window(guard.side, sentence, start, end)
        return first < last and guard.is_met(sentence, first, last)

    def _met(self, name: str, guard: _Guarding) -> set[int]:
        """The sentences in which the guard is met; looked for once."""
        if name not in self._sentences:
            self._sentences[name] = {id(each) for each in self._text.sentences if guard.is_met(each)}
        return self._sentences[name]

    def _amount(self, sentence: Sentence) -> str:
        """The one amount that the sentence names, as typed; nothing where there is none or several."""
        if id(sentence) not in self._amounts:
            words = zip(sentence.words, sentence.spans, strict=True)
            amounts = {self._text.quote(span) for word, span in words if _AMOUNT.match(word)}
            self._amounts[id(sentence)] = amounts.pop() if len(amounts) == 1 else ""
        return self._amounts[id(sentence)]


def _any(patterns: Iterable[Pattern], sentence: Sentence, start: int, end: int | None) -> bool:
    return any(True for pattern in patterns for _ in pattern.find(sentence, start, end))


def _is_met(side: Side, met: set[int], sentence: int) -> bool:
    if side is Side.SENTENCE:
        return sentence in met
    return bool(met - {sentence}) if side is Side.ELSEWHERE else bool(met)


def _window(side: Side, sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """The offsets of the line that a guard looks at."""
    if side is Side.AFTER:
        following = sentence.line[end : end + _FAR * 12]
        return end, end + len(following)
    before = sentence.line[max(0, start - _FAR * 12) : start]
    if side is Side.NEAR:
        clause = before.rpartition(f" {PAUSE} ")[2]
        return start - len(" ".join(clause.split(" ")[-_NEAR - 1 :])), start
    return start - len(before), start
