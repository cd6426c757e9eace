"""Right-to-left words within English sentences: kept together, so that neither side is torn apart."""

import unicodedata

_ISOLATE, _END = "\u2068", "\u2069"  # "first strong isolate" and its end: invisible (Unicode's UAX #9)
_RIGHT_TO_LEFT = frozenset({"R", "AL"})


def isolated(text: str) -> str:
    """The text, each line that holds right-to-left letters between invisible marks; any other text as it is."""
    if text.isascii():
        return text
    return "\n".join(f"{_ISOLATE}{line}{_END}" if _turns(line) else line for line in text.split("\n"))


def _turns(line: str) -> bool:
    return any(letter.isalpha() and unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in line)
