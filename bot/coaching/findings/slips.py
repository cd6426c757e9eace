"""Slips of typing: "compromse", "offfer", "finla" read as the word that was meant."""

from collections.abc import Iterable, Iterator

_SHORTEST = 5  # shorter words have too many true neighbours ("walk", "talk")
_LONGEST = 20
_SUBSTITUTED = 7  # one wrong letter: only where the rest of the word is plain enough
_ENDINGS = ("s", "d", "r", "n", "y", "l")  # what a true inflection may add: "offer", "offers"


class Slips:
    """Knows the words worth mending, and which typed words are slips of one of them."""

    def __init__(self, words: Iterable[str], real_words: frozenset[str]) -> None:
        self._known = frozenset(words)
        self._real = real_words
        self._shortened: dict[str, list[str]] = {}
        for word in sorted(self._known):
            for short in set(_shorter(word)):
                self._shortened.setdefault(short, []).append(word)
        self._near_by = self._known.union(self._shortened)

    def mend(self, typed: str) -> str:
        """The word that was meant, or the word as typed."""
        if (
            not _SHORTEST <= len(typed) <= _LONGEST
            or typed in self._known
            or typed in self._real
            or not typed.isalpha()
        ):
            return typed
        if self._near_by.isdisjoint((typed, *_shorter(typed))):  # nearly every word: the quick question first
            return typed
        return next((word for word in self._near(typed) if word[0] == typed[0]), typed)

    def _near(self, typed: str) -> Iterator[str]:
        for word in self._shortened.get(typed, ()):
            if not (word.startswith(typed) and word.endswith(_ENDINGS)):
                yield word
        for short in _shorter(typed):
            if short in self._known and short != typed[:-1]:
                yield short
            for word in self._shortened.get(short, ()):
                if len(word) == len(typed) and (len(typed) >= _SUBSTITUTED or sorted(word) == sorted(typed)):
                    yield word


def _shorter(word: str) -> list[str]:
    return [word[:place] + word[place + 1 :] for place in range(len(word))]
