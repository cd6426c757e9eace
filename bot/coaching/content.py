"""Does a text name anything? Told from letters and word lists, so that one concrete term is enough."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_TOKEN = re.compile(r"[^\W_]+(?:&[^\W_]+)*")
_APOSTROPHES = re.compile(r"['’ʼ`´]")
_MEASURED = re.compile(r"[$€£¥₹₽₩₺%‰°]\s*\d|\d\s*[$€£¥₹₽₩₺%‰°]")
_KEYCAP = re.compile("[0-9#*]\ufe0f?\u20e3")
_REPEATED = re.compile(r"(.)\1\1+|(..)\2\2+")

_ROWS = ("qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "zxcvbnm", "yxcvbnm", "qsdfghjklm", "wxcvbn")
_MASHED = 3
"""Neighbouring keys, this many in a row, are a hand on the keyboard."""
_RUN = frozenset(row[i : i + _MASHED] for line in _ROWS for row in (line, line[::-1]) for i in range(len(row) - 2))
_VOWELS = frozenset("aeiouy")
_COUNTING = "01234567890"


@dataclass(frozen=True, slots=True)
class Fillers:
    """What names nothing, all folded by `key`.

    Attributes:
        words: a text made only of these ("money", "I want more") is contentless.
        phrases: contentless as a whole text ("same as above").
    """

    words: frozenset[str]
    phrases: frozenset[str]

    @classmethod
    def of(cls, words: Iterable[str], phrases: Iterable[str]) -> "Fillers":
        return cls(frozenset(map(key, words)), frozenset(map(key, phrases)))


def fold(text: str) -> str:
    """The text as it is compared: one form for each letter, no case, nothing invisible."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in plain if unicodedata.category(c) != "Cf")


def tokens(text: str) -> list[str]:
    """Words and numbers of a text, folded, apostrophes gone ("don't" is "dont")."""
    return _TOKEN.findall(_without_marks(_APOSTROPHES.sub("", fold(_without_signs(text)))))


def key(text: str) -> str:
    """What stays of a text when case, spaces and punctuation do not count; "" for punctuation only."""
    return " ".join(tokens(text))


def is_blank(text: str) -> bool:
    """Nothing to see but space and punctuation; one letter, digit or emoji is enough not to be."""
    return not any(unicodedata.category(c)[0] in "LNS" for c in fold(text))


def has_content(text: str, fillers: Fillers, said: str | None = None) -> bool:
    """True if at least one word or number names something. `said` is the text's `key`, where it is known already."""
    said = key(text) if said is None else said
    if not said or said in fillers.phrases:
        return False
    if _MEASURED.search(fold(text)):
        return True
    return any(_names(token, fillers) for token in _joined(said.split(" ")))


def _without_signs(text: str) -> str:
    # NFKC would turn some emoji into letters or digits.
    if text.isascii():
        return text
    return "".join(" " if unicodedata.category(c) == "So" else c for c in _KEYCAP.sub(" ", text))


def _without_marks(text: str) -> str:
    # Vowel signs of Hindi, Thai and others are no letters to `re`; dropped, their words stay whole.
    if text.isascii():
        return text
    return "".join(c for c in text if unicodedata.category(c)[0] != "M")


def _joined(found: list[str]) -> Iterator[str]:
    """The tokens, and as one more the lone letters of scripts that we do not know ("我 要")."""
    yield from found
    yield "".join(token for token in found if len(token) == 1 and not token.isascii())


def _names(token: str, fillers: Fillers) -> bool:
    letters = "".join(c for c in token if not c.isdigit())
    if not letters:
        return _is_figure(token)
    if len(letters) == 1:
        return len(token) > 1  # Q3, 5k
    return token not in fillers.words and letters not in fillers.words and not _is_noise(letters)


def _is_figure(digits: str) -> bool:
    """A bare number that is more than a finger on a key."""
    if len(digits) < _MASHED:
        return len(digits) > 1
    return len(set(digits)) > 1 and not (digits in _COUNTING and digits[0] in "01")


def _is_noise(letters: str) -> bool:
    if _REPEATED.fullmatch(letters):
        return True
    if not letters.isascii():
        return False
    return _is_mashed(letters) or (len(letters) > 5 and _VOWELS.isdisjoint(letters)) or _is_one_row(letters)


def _is_mashed(letters: str) -> bool:
    """Wholly made of runs along a keyboard row, such as asdf, qweasd, jkljkl."""
    start = 0
    while start < len(letters):
        end = start + 2
        while letters[end - 2 : end + 1] in _RUN:
            end += 1
        if end - start < _MASHED:
            return False
        start = end
    return True


def _is_one_row(letters: str) -> bool:
    """Letters of one keyboard row with five consonants together: asdlkfj, but not salad or property."""
    return any(set(letters) <= set(row) for row in _ROWS) and bool(re.search(r"[^aeiouy]{5}", letters))
