"""One language at work: reads texts into canonical words, and finds its word groups and guards in them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from bot.coaching.findings.book import Language
from bot.coaching.findings.pattern import Grammar, Pattern
from bot.coaching.findings.slips import Slips
from bot.coaching.findings.text import PAUSE, Sentence, Text, read_text

_FOREIGN = 2  # words; one alone may be a name


class Lexicon:
    """Built once from a language and the word groups of all families, whose names differ.

    Raises PatternError where a phrase cannot be read.
    """

    def __init__(self, language: Language, groups: Mapping[str, Iterable[str]]) -> None:
        self.language = language
        self.grammar = Grammar(language.classes, language.common)
        self._groups = {name: self.patterns(group) for name, group in groups.items()}
        self._rarest = {name: _rarest(group) for name, group in self._groups.items()}
        endings = "|".join(map(re.escape, language.suffixes))
        self._ending = re.compile(rf"(.{{3,}}?)(?:{endings})")
        self._kin = {
            form: self._bare(kin[0]) for kin in language.kin for word in kin for form in (word, self._bare(word))
        }
        self._our_letters = dict.fromkeys(map(ord, language.letters))
        self._slips = Slips(language.mended, language.real_words)

    def patterns(self, phrases: Iterable[str]) -> tuple[Pattern, ...]:
        return tuple(self.grammar.pattern(phrase) for phrase in phrases)

    def read(self, typed: str) -> Text:
        """A text as canonical words. What was typed is remembered no longer than it takes."""
        return read_text(typed, cache(self._canon))

    def knows(self, text: Text) -> bool:
        """Whether a text is in this language, as far as its letters and its smallest words tell. Nothing to tell
        by is no doubt: "Net-60" is."""
        other = text.typed.translate(self._our_letters)
        if 2 * sum(map(str.isalpha, other)) > sum(map(str.isalpha, text.typed)):
            return False
        foreign, common = (
            sum(len(sentence.vocabulary & words) for sentence in text.sentences)
            for words in (self.language.foreign, self.language.common)
        )
        return foreign < _FOREIGN or foreign <= common

    def find(self, group: str, sentence: Sentence) -> Iterator[tuple[int, int]]:
        """Where phrases of a word group stand in the sentence's line, phrase by phrase."""
        if (rarest := self._rarest[group]) and rarest.isdisjoint(sentence.vocabulary):
            return
        for pattern in self._groups[group]:
            if pattern.fits(sentence):
                yield from pattern.find(sentence)

    def has(self, group: str, sentence: Sentence) -> bool:
        return next(self.find(group, sentence), None) is not None

    def clauses(self, sentence: Sentence) -> Iterator[Sentence]:
        """The sentence cut at its pauses and at words that join clauses ("and" where a subject follows)."""
        clause = Sentence()
        for place, (word, span) in enumerate(zip(sentence.words, sentence.spans, strict=True)):
            if clause.words and (word == PAUSE or self._joins(word, sentence.words[place + 1 : place + 2])):
                yield clause.close()
                clause = Sentence()
            if word != PAUSE:
                clause.words.append(word)
                clause.spans.append(span)
        if clause.words:
            yield clause.close()

    def _joins(self, word: str, following: list[str]) -> bool:
        joints = self.language.joints
        return word in joints and (not joints[word] or bool(following and following[0] in joints[word]))

    def means(self, word: str) -> bool:
        """Whether a canonical word carries a meaning of its own."""
        return word not in self.language.common and word[0].isalnum()

    def meanings(self, sentences: Iterable[Sentence]) -> set[str]:
        """The stems of the words that carry meaning, kindred words as one."""
        return {self.stem(word) for sentence in sentences for word in sentence.words if self.means(word)}

    def _canon(self, word: str) -> tuple[str, ...]:
        if opened := self.language.contractions.get(word):
            return tuple(opened.split())
        if "'" not in word:
            return (self._slips.mend(word),)
        for ending, words in self.language.endings.items():
            if word.endswith(ending) and len(word) > len(ending):
                return (*self._canon(word.removesuffix(ending)), *words.split())
        return (word,)

    def stem(self, word: str) -> str:
        """What stays of a word without its ending; kindred words have one stem."""
        bare = self._bare(word)
        return self._kin.get(bare, bare)

    def _bare(self, word: str) -> str:
        found = self._ending.fullmatch(word) if word.endswith(self.language.suffixes) else None
        return found[1] if found else word


def _rarest(patterns: Iterable[Pattern]) -> frozenset[str]:
    """Words of which one must be there for any of the patterns; empty where there is no such set."""
    needs = [pattern.needs[:1] for pattern in patterns]
    return frozenset().union(*(need[0] for need in needs)) if all(needs) else frozenset()
