"""The text as people type it: lists, first sentence, capitals, endings. No grammar yet."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.coaching.phrasing.forms import is_gerund
from bot.coaching.phrasing.lexicon import ACRONYMS, CALENDAR, COMMON_ENDINGS, FOREIGN, WORDS

_INVISIBLE = "\u200b\u200e\u200f\u2060\ufeff"
_BULLET = re.compile(r"\s*(?:[-*•·–—‣▪+]|->|=>|→|\(?\d{1,2}[.)])\s+")
_NUMBERED_INSIDE = re.compile(r"\s[2b][.)]\s")
_EDGES = "\"'“”‘’«»()[]{}.,;:!?…*_`"
_TERMINAL = (".", "!", "?", "…")
_STOPS = (*_TERMINAL, ",", ";", ":", ")")
_MARKS = frozenset("-–—/|+&")
_ABBREVIATIONS = frozenset(
    {"e.g.", "i.e.", "eg.", "ie.", "vs.", "approx.", "ca.", "no.", "inc.", "ltd.", "co.", "corp.", "mr.", "mrs.", "ms."}
    | {"dr.", "st.", "max.", "min.", "incl.", "excl.", "est.", "p.a."}
)
_LATIN_END = re.compile(r"[^\W_]|[%)\]\"'”’»€$£¥+]")
_LAST_LATIN = 0x0590
"""Greek, Cyrillic and Armenian come before this too; all of them end a sentence with a full stop."""
_LONELY_I = re.compile(r"i(?<![^\s(\"“]i)(?=[\s,;:!?)]|$|['’](?:m|ve|ll|d)\b)")


class Word(NamedTuple):
    """A word between spaces: as typed, as looked up, and whether a mark after it ends the phrase."""

    raw: str
    low: str
    stop: bool


NO_WORD = Word("", "", True)


def at(words: Sequence[Word], index: int) -> Word:
    """That word, or an empty one behind the end."""
    return words[index] if index < len(words) else NO_WORD


def tidy(text: str) -> str:
    """The text without blank or invisible edges, a lone bullet, or quotation marks around all of it."""
    text = text.strip().strip(_INVISIBLE).strip()
    if not is_list(text) and (bullet := _BULLET.match(text)):
        text = text[bullet.end() :]
    inner = text[1:-1]
    if text[:1] + text[-1:] in ('""', "“”", "''", "‘’") and not re.search("[\"'“”‘’]", inner):
        return inner.strip()
    return text


def without_label(text: str, label: re.Pattern[str]) -> str:
    """The text behind its label ("My goal is"), however often that was typed."""
    start = 0
    while found := label.match(text, start):
        start = found.end()
    return text[start:]


def is_list(text: str) -> bool:
    """Several lines (or numbers) that are items, not one running text: their breaks must stay."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < 2:
        return bool(_BULLET.match(text) and _NUMBERED_INSIDE.search(text))
    if any(_BULLET.match(line) for line in lines):
        return True
    runs_on = all(line.strip()[0].islower() for line in lines[1:])
    ends = all(line.rstrip().endswith(_TERMINAL) for line in lines[:-1])
    return not runs_on and not ends


def opening(text: str) -> tuple[Word, ...]:
    """The words of the first sentence."""
    words = tuple(map(word_of, text.split()))
    for number, word in enumerate(words, 1):
        if word.stop and _ends(word.raw) and not at(words, number).raw[:1].islower():
            return words[:number]
    return words


def _ends(piece: str) -> bool:
    return piece.endswith(_TERMINAL) and piece.lower() not in _ABBREVIATIONS


@lru_cache(4096)
def word_of(piece: str) -> Word:
    """One word between spaces. A few thousand words make up most of what people type."""
    low = piece.strip(_EDGES).replace("’", "'").lower() or piece
    return Word(piece, low, piece.endswith(_STOPS) or piece in _MARKS)


def is_foreign(text: str) -> bool:
    """Another language, or a mix: English grammar would break it."""
    first, *rest = text.split() or [""]
    first = first if first.isupper() else first.lower()  # "LA office"
    little = [first.strip(_EDGES), *(word.strip(_EDGES) for word in rest)]
    return not FOREIGN.isdisjoint(little) or not _mostly_ascii(text)


def _mostly_ascii(text: str) -> bool:
    if text.isascii():
        return True
    letters = [c for c in text if c.isalpha()]
    return sum(c.isascii() for c in letters) >= 0.9 * len(letters)


def is_common(low: str) -> bool:
    """A word of the language, not a name."""
    low = low.split("'")[0]
    return low in WORDS or low.removesuffix("s") in WORDS or low.endswith(COMMON_ENDINGS) or is_gerund(low)


def calm(text: str) -> str:
    """SHOUTED words in lower case, where each is common; else as typed."""
    if not text.isupper() or not all(map(_can_be_calmed, text.split())):
        return text
    return " ".join(_quiet(word) for word in text.split(" "))


def _can_be_calmed(piece: str) -> bool:
    low = word_of(piece).low
    return _is_figure(piece) or (is_common(low) and low not in ACRONYMS)


def _quiet(piece: str) -> str:
    if _is_figure(piece):
        return piece
    return piece.capitalize() if word_of(piece).low in CALENDAR else piece.lower()


def _is_figure(piece: str) -> bool:
    return not any(c.isalpha() for c in piece) or any(c.isdigit() for c in piece)


def lower_first(text: str) -> str:
    """The text as it goes on after a lead: the first word loses its capital unless it may be a name."""
    first = text.split(maxsplit=1)[0] if text else ""
    plain = first.strip(_EDGES)
    if not first[:1].isupper() or plain == "I" or plain.startswith(("I'", "I’")) or not plain[1:].islower():
        return lower(text) if plain == "A" else text
    low = word_of(first).low
    is_name = low in CALENDAR or not all(is_common(part) for part in low.split("-"))
    return text if is_name else lower(text)


def lower(text: str) -> str:
    """The text with a small first letter, for a word that is surely a verb."""
    return text[:1].lower() + text[1:]


def capital_i(text: str) -> str:
    """A lonely "i" as "I"."""
    return _LONELY_I.sub("I", text)


def finish(text: str) -> str:
    """The text with a full stop where one belongs."""
    if not _LATIN_END.match(text[-1:]) or "://" in text.split()[-1]:
        return text
    before = text.rstrip("\"'”’»)]")
    closed = before.endswith(_TERMINAL) or (ord(text[-1]) >= _LAST_LATIN and text[-1] not in "”’€")
    return text if closed else f"{text}."


def trim(text: str) -> str:
    """The text without trailing dots, commas or exclamation marks."""
    return text.rstrip(" \t\n.,;:…!-–—")
