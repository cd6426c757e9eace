"""The phrase language of the families' files, made into regular expressions over a sentence's `line`.

    walk away         these words, one after the other (a pause between them does not matter)
    walk|go           either word
    look_at|see       either; an underscore keeps words of one choice together
    (go to <rival>)   a group, for a choice that holds more than words
    [just]            may be missing
    <leave>           any phrase of that class
    #                 a number, a price, a percentage, or a word of the class <number>
    ...               up to three words, no pause among them
    ~                 up to twelve words, pauses too
    !with             the next word is not this one (also !<class>)
    , ^ $ ?           a pause; the beginning, the end of the sentence; a question mark at its end

Every gap has a limit, so the time for one sentence grows with its length and no faster.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import chain, groupby
from operator import attrgetter
from typing import NamedTuple, NoReturn

from bot.coaching.findings.text import PAUSE, QUESTION, Sentence

_WORDS = r"[^\s\[\]()|~#!,^$?<>.]+"
_LEXEME = re.compile(rf"\.\.\.|<[a-z_]+>|[\[\]()|~#!,^$?]|{_WORDS}(?:\|{_WORDS})*|\S")
_PAUSE = f"(?:{PAUSE} )?"
_END = f" {_PAUSE}"
_WORD = r"[^ ,?]+ "
_DIGITS = rf"[$€£¥₹]?\d[^ ]* {_PAUSE}"
_PLAIN = {
    "...": f"(?:{_WORD}){{0,3}}?",
    "~": r"(?:[^ ?]+ ){0,12}?",
    ",": f"{PAUSE} ",
    "^": r"^",
    "$": r"(?=\?? ?$)",
    "?": rf"\{QUESTION} ",
}
_SAMPLES = {"...": "x", "~": "x", ",": ",", "?": "?"}
_MARKS = frozenset((PAUSE, QUESTION))
Classes = Mapping[str, Sequence[str]]


class PatternError(ValueError):
    """A phrase that cannot be read; the message says why."""

    def __init__(self, message: str, phrase: str) -> None:
        super().__init__(message)
        self.phrase = phrase


@dataclass(frozen=True)
class Pattern:
    """One phrase, ready to be looked for.

    Attributes:
        needs: of each of these sets one word must be in the sentence, the set of the rarest words first.
        sample: a short text that the phrase stands for, for proving it ("x" stands for any word).
    """

    phrase: str
    needs: tuple[frozenset[str], ...]
    sample: str
    source: str = field(repr=False)

    @cached_property
    def _regex(self) -> re.Pattern[str]:
        opening = _PLAIN["^"]
        return re.compile(self.source.removeprefix(opening) if self._opens else f"(?:^|(?<= )){self.source}")

    @cached_property
    def _opens(self) -> bool:
        """Whether it can stand at the beginning only (of what a guard looks at); nowhere else is looked."""
        return self.source.startswith(_PLAIN["^"])

    def fits(self, sentence: Sentence) -> bool:
        """Whether the words it needs are there: the quick question before the slow one."""
        for need in self.needs:  # noqa: SIM110 (a generator would take half of the coach's time)
            if need.isdisjoint(sentence.vocabulary):
                return False
        return True

    def find(self, sentence: Sentence, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
        """Where it stands in the sentence's line."""
        if not self.fits(sentence):
            return
        last = len(sentence.line) if end is None else end
        if self._opens:
            found = self._regex.match(sentence.line, start, last)
            matches: Iterable[re.Match[str]] = (found,) if found else ()
        else:
            matches = self._regex.finditer(sentence.line, start, last)
        yield from (match.span() for match in matches if match.end() > match.start())


class _Part(NamedTuple):
    """A piece of a regular expression.

    Attributes:
        stem, ending: the source in two, so that choices which end alike can share their ending.
    """

    ending: str
    sample: str = ""
    needs: tuple[frozenset[str], ...] = ()
    stem: str = ""

    @property
    def source(self) -> str:
        return self.stem + self.ending


class Grammar:
    """Makes patterns for one language: its word classes, and the words too common to search by."""

    def __init__(self, classes: Classes, common: frozenset[str]) -> None:
        self._classes = classes
        self._common = common
        self._made: dict[str, _Part] = {}
        self._words: dict[str, _Part] = {}
        self._open: list[str] = []
        self._rank = cache(self._commonness)  # a class stands in many phrases

    def pattern(self, phrase: str) -> Pattern:
        """Raises PatternError for a phrase that cannot be read."""
        part = self._read(phrase)
        return Pattern(phrase, part.needs, " ".join(part.sample.split()), part.source)

    def forget(self) -> None:
        """Frees what it remembers, for when no more phrases come: more than a megabyte."""
        self._made.clear()
        self._words.clear()
        self._rank.cache_clear()

    def _read(self, phrase: str) -> _Part:
        lexemes = _LEXEME.findall(phrase)
        part = self._sequence(lexemes, phrase)
        if lexemes:
            raise PatternError(f"'{lexemes[0]}' closes nothing", phrase)
        return part

    def _sequence(self, lexemes: list[str], phrase: str) -> _Part:
        parts: list[_Part] = []
        while lexemes and lexemes[0] not in ("]", ")", "|"):
            parts.append(self._choice(lexemes, phrase))
        if not parts:
            raise PatternError("a phrase with nothing in it", phrase)
        if len(parts) == 1:
            return parts[0]
        return _Part(
            parts[-1].ending,
            " ".join(part.sample for part in parts),
            tuple(sorted({need for part in parts for need in part.needs}, key=self._rank)),
            "".join(part.source for part in parts[:-1]) + parts[-1].stem,
        )

    def _choice(self, lexemes: list[str], phrase: str) -> _Part:
        parts = [self._atom(lexemes, phrase)]
        while lexemes and lexemes[0] == "|" and len(lexemes) > 1:
            del lexemes[0]
            parts.append(self._atom(lexemes, phrase))
        return _either(parts)

    def _atom(self, lexemes: list[str], phrase: str) -> _Part:
        lexeme = lexemes.pop(0)
        if lexeme in self._words:
            return self._words[lexeme]
        if lexeme == "#":
            return _either(
                [_Part(_DIGITS, "3"), *([self._class("number", phrase)] if "number" in self._classes else [])]
            )
        if lexeme in _PLAIN:
            marks = (frozenset((lexeme,)),) if lexeme in _MARKS else ()
            return _Part(_PLAIN[lexeme], _SAMPLES.get(lexeme, ""), marks)
        if lexeme == "!":
            return _Part(f"(?!{self._choice(lexemes or _refuse(phrase), phrase).source})")
        if lexeme in "])|.<>":
            _refuse(phrase)
        if lexeme in "[(":
            return self._group(lexeme, lexemes, phrase)
        if lexeme[0] == "<":
            return self._class(lexeme[1:-1], phrase)
        self._words[lexeme] = _either([self._together(words, phrase) for words in lexeme.split("|")])
        return self._words[lexeme]

    def _together(self, typed: str, phrase: str) -> _Part:
        if typed not in self._words:
            if not all(words := typed.split("_")):
                _refuse(phrase)
            rarest = min(words, key=lambda word: word in self._common)
            stem = _END.join(map(re.escape, words))
            self._words[typed] = _Part(_END, " ".join(words), (frozenset((rarest,)),), stem)
        return self._words[typed]

    def _group(self, opening: str, lexemes: list[str], phrase: str) -> _Part:
        part = self._sequence(lexemes, phrase)
        if not lexemes or lexemes.pop(0) != {"[": "]", "(": ")"}[opening]:
            raise PatternError(f"'{opening}' is not closed", phrase)
        return _Part(f"(?:{part.source})?") if opening == "[" else part

    def _class(self, name: str, phrase: str) -> _Part:
        if name not in self._classes:
            raise PatternError(f"there is no class <{name}> in words.toml", phrase)
        if name in self._open:
            raise PatternError(f"the class <{name}> holds itself", phrase)
        if name not in self._made:
            self._open.append(name)
            part = _either([self._read(member) for member in self._classes[name]])
            self._made[name] = _Part(part.source, part.sample, part.needs)  # may be the ending of several choices
            self._open.pop()
        return self._made[name]

    def _commonness(self, words: frozenset[str]) -> tuple[int, int, list[str]]:
        return len(words & self._common | words & _MARKS), len(words), sorted(words)


def _either(parts: list[_Part]) -> _Part:
    """Neighbours that end alike are made with one ending: that takes half the time, to read and to look for."""
    if len(parts) == 1:
        return parts[0]
    choices = [
        (_one_of([part.stem for part in alike]), ending) for ending, alike in groupby(parts, attrgetter("ending"))
    ]
    stem, ending = choices[0] if len(choices) == 1 else ("", _one_of(["".join(choice) for choice in choices]))
    needs = [part.needs[0] for part in parts if part.needs]
    needed = (frozenset(chain.from_iterable(needs)),) if len(needs) == len(parts) else ()
    return _Part(ending, parts[0].sample, needed, stem)


def _one_of(sources: list[str]) -> str:
    return sources[0] if len(sources) == 1 else f"(?:{'|'.join(sources)})"


def _refuse(phrase: str) -> NoReturn:
    raise PatternError("this phrase cannot be read", phrase)
