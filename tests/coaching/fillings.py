"""What people type into a layer: empty hands, and wins that are terse but real; one on a line of the text files."""

from pathlib import Path

_HERE = Path(__file__).parent
_UNSEEN = ["", " \t\n", "\u200b\u200d", "\u00a0", "w\u200bin", "mo\u200fney", "\u202eyes", "\ufffc", "n\u00a0/\u00a0a"]


def _lines(name: str) -> list[str]:
    return (_HERE / name).read_text(encoding="utf-8").splitlines()


CONTENTLESS = [*_UNSEEN, *_lines("contentless.txt")]
TERSE = ["15\u00a0%\u00a0raise", "15\u202f%\u200b\u200e raise", *_lines("terse.txt")]
