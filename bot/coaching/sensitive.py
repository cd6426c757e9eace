"""Is a brief about pay, hiring, dismissal or one colleague? Then keeping it private is offered first."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.coaching.brief import LAYERS, Brief
from bot.coaching.content import fold, key, tokens
from bot.coaching.phrasing.typed import is_common

_MARK = re.compile(r"[.,;:!?()\n–—]")
_WORD = re.compile(r"[^\W\d_]+")
_OUR = frozenset({"a", "an", "the", "my", "our", "his", "her", "their", "two", "three", "some", "one"})
_LONGEST = 5
"""Words in the longest phrase that is looked for."""


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

    phrases: frozenset[str]
    people: frozenset[str]
    nouns: frozenset[str]
    before: frozenset[str]
    after: frozenset[str]
    harmless: frozenset[str]

    @classmethod
    def of(cls, **lists: Iterable[str]) -> "SensitiveWords":
        return cls(**{name: frozenset(map(key, words)) for name, words in lists.items()})


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


def _speaks(clauses: Iterable[Sequence[str]], people: frozenset[str], words: SensitiveWords) -> bool:
    return any(_is_told(clause, words) or _is_told(_anybody(clause, people), words) for clause in clauses)


def _anybody(clause: Sequence[str], people: frozenset[str]) -> list[str]:
    """The clause with "person" for everybody in it: "fire our engineer" as "fire person"."""
    found: list[str] = []
    for word in clause:
        is_person, owns = word in people, word.endswith("s") and word[:-1] in people
        if (is_person or owns) and found and found[-1] in _OUR:
            found.pop()
        found.append("person" if is_person else "persons" if owns else word)
    return found


def _is_told(clause: Sequence[str], words: SensitiveWords) -> bool:
    excused = {place for span in _found(clause, words.harmless) for place in span}
    if any(not excused.issuperset(span) for span in _found(clause, words.phrases)):
        return True
    return any(i not in excused and _is_noun(clause, i, words) for i, word in enumerate(clause) if word in words.nouns)


def _found(clause: Sequence[str], phrases: frozenset[str]) -> Iterator[range]:
    """Where the phrases stand, as the places of their words."""
    for start in range(len(clause)):
        for end in range(start + 1, min(start + _LONGEST, len(clause)) + 1):
            if " ".join(clause[start:end]) in phrases:
                yield range(start, end)


def _is_noun(clause: Sequence[str], i: int, words: SensitiveWords) -> bool:
    is_last = i + 1 == len(clause)
    return is_last or clause[i + 1] in words.after or (i > 0 and _precedes_noun(clause[i - 1], words))


def _precedes_noun(word: str, words: SensitiveWords) -> bool:
    return word in words.before or word[0].isdigit()
