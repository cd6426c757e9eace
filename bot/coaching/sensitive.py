"""Is a brief about pay, hiring, dismissal or one colleague? Then keeping it private is offered first."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.coaching.brief import LAYERS, Brief
from bot.coaching.content import fold, key, tokens
from bot.coaching.phrasing.typed import is_common

_MARK = re.compile(r"[.,;:!?()\n–—]")
_WORD = re.compile(r"[^\W\d_]+")
_OUR = frozenset({"a", "an", "the", "my", "our", "his", "her", "their", "two", "three", "some", "one"})
Phrases = Mapping[str, list[list[str]]]
"""The words of each phrase, by the first of them."""


@dataclass(frozen=True, slots=True)
class SensitiveWords:
    """What makes a brief private, folded; the words are in `templates/sensitive.toml`.

    Attributes:
        phrases: whole words or phrases that do ("salary", "let go"); in them "person" stands for anybody.
        people: who that may be, beside names ("engineer", "him").
        nouns: words that do where no object follows ("a raise of 5 %", not "raise the bar").
        before: words before one of `nouns` that show it is a noun ("a", "my").
        after: words after one of `nouns` that show it is a noun ("of", "by").
        harmless: phrases in which the others do not count ("hire a truck").
    """

    phrases: Phrases
    people: frozenset[str]
    nouns: frozenset[str]
    before: frozenset[str]
    after: frozenset[str]
    harmless: Phrases

    @classmethod
    def of(cls, *, phrases: Iterable[str], harmless: Iterable[str], **lists: Iterable[str]) -> "SensitiveWords":
        words = {name: frozenset(map(key, each)) for name, each in lists.items()}
        return cls(phrases=_by_first_word(phrases), harmless=_by_first_word(harmless), **words)


def _by_first_word(phrases: Iterable[str]) -> Phrases:
    found: defaultdict[str, list[list[str]]] = defaultdict(list)
    for words in filter(None, map(tokens, phrases)):
        found[words[0]].append(words)
    return dict(found)


def is_sensitive(brief: Brief, words: SensitiveWords) -> bool:
    """True where a channel may be the wrong place. In doubt it is True."""
    texts = (brief.title, brief.counterpart, *(brief.layer(layer) for layer in LAYERS))
    others = words.people | {name for text in texts for name in _names(text)} - set(tokens(brief.counterpart))
    return brief.counterpart_id is not None or any(_speaks(_clauses(text), others, words) for text in texts)


def _names(text: str) -> Iterator[str]:
    """Words with a capital that are no words of the language."""
    for word in _WORD.findall(text):
        if word[0].isupper() and word[1:].islower() and not is_common(word.lower()):
            yield fold(word)


def _clauses(text: str) -> Iterator[list[str]]:
    """The words of each part between punctuation, so that no phrase is found across a full stop."""
    return (tokens(part) for part in _MARK.split(fold(text)))


def _speaks(clauses: Iterable[list[str]], people: frozenset[str], words: SensitiveWords) -> bool:
    for clause in clauses:
        anybody = _anybody(clause, people)
        if _is_told(clause, words) or (anybody != clause and _is_told(anybody, words)):
            return True
    return False


def _anybody(clause: list[str], people: frozenset[str]) -> list[str]:
    """The clause with "person" for everybody in it: "fire our engineer" as "fire person"."""
    found: list[str] = []
    for word in clause:
        is_person, owns = word in people, word.endswith("s") and word[:-1] in people
        if (is_person or owns) and found and found[-1] in _OUR:
            found.pop()
        found.append("person" if is_person else "persons" if owns else word)
    return found


def _is_told(clause: list[str], words: SensitiveWords) -> bool:
    if words.phrases.keys().isdisjoint(clause) and words.nouns.isdisjoint(clause):
        return False
    nouns = (range(i, i + 1) for i, word in enumerate(clause) if word in words.nouns and _is_noun(clause, i, words))
    if not (told := [*_found(clause, words.phrases), *nouns]):
        return False
    excused = {place for span in _found(clause, words.harmless) for place in span}
    return any(not excused.issuperset(span) for span in told)


def _found(clause: list[str], phrases: Phrases) -> Iterator[range]:
    """Where the phrases stand, as the places of their words."""
    for start, word in enumerate(clause):
        for phrase in phrases.get(word, ()):
            if clause[start : start + len(phrase)] == phrase:
                yield range(start, start + len(phrase))


def _is_noun(clause: Sequence[str], i: int, words: SensitiveWords) -> bool:
    is_last = i + 1 == len(clause)
    return is_last or clause[i + 1] in words.after or (i > 0 and _precedes_noun(clause[i - 1], words))


def _precedes_noun(word: str, words: SensitiveWords) -> bool:
    return word in words.before or word[0].isdigit()
