"""Putting the coach's wording into a person's text, where it can only stand in one place."""

import re

from bot.coaching.brief import LAYERS, Field
from bot.coaching.findings import Finding

_SAID = re.compile(r"[\"“]([^\"”]+)[\"”]")
_GAP = "..."
_SENTENCE_END = re.compile(r"[.!?…]+(?=\s|$)|\n|$")
_SENTENCE_START = re.compile(r"(?:[.!?…]\s+|\n)")


def can_reword(finding: Finding) -> bool:
    """The suggestion holds words for this very field, rather than advice or questions to ask first."""
    words = _wording(finding)
    is_question = finding.field is Field.THEIR_WIN and words.endswith("?")
    return bool(words and finding.words) and finding.field in LAYERS and not is_question


def reword(text: str, finding: Finding) -> str:
    """The text with the finding's wording: behind the sentence that it completes ("... so that you ..."), in place
    of the words themselves ("by ..."), or in place of their whole sentence."""
    words = _wording(finding)
    start, end = _sentence(text, finding.start, finding.end)
    if words.startswith(_GAP):
        kept = text[start:end].rstrip(" .!?…,;")
        return f"{text[:start]}{kept}, {words.removeprefix(_GAP).lstrip(' ,')}{text[end:]}"
    if words[0].islower():
        return text[: finding.start] + words + text[finding.end :]
    return text[:start] + words + text[end:]


def _wording(finding: Finding) -> str:
    """What the suggestion quotes; several quotes are questions to choose from."""
    said = _SAID.findall(finding.suggestion)
    return str(said[0]) if len(said) == 1 else ""


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the sentences that these words stand in."""
    begin = max((found.end() for found in _SENTENCE_START.finditer(text, 0, start)), default=0)
    stop = _SENTENCE_END.search(text, max(begin, end - 1))
    if stop is None:
        return begin, len(text)
    return begin, stop.start() if stop[0] in {"", "\n"} else stop.end()
