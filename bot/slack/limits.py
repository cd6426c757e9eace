"""Slack's sizes in one place, and the few ways we cut text to fit them.

Sources: https://docs.slack.dev/reference/block-kit and the measured refusals of whole messages.
All lengths are characters unless a name says bytes.
"""

from collections.abc import Iterator

SECTION = 3000
HEADER = 150
BUTTON = 75
INPUT = 3000
MESSAGE_BLOCKS_TOTAL = 10_000
"""Escaped characters in all blocks of one message; Slack refuses somewhere above 13,000."""
MESSAGE_TEXT_BYTES = 3800
"""`chat.update` refuses a `text` over 4,000."""
MESSAGE_BLOCKS = 50

_LEAST = 8
"""The longest entity, `&amp;`, behind the sign of a quote."""

_ELLIPSIS = "…"


def shorten(text: str, limit: int) -> str:
    """One line of at most `limit` characters, cut between words where there are any."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    return _head(line, limit - len(_ELLIPSIS)).rstrip() + _ELLIPSIS


def split(text: str, limit: int, limit_bytes: int | None = None) -> Iterator[str]:
    """Escaped mrkdwn in pieces of at most `limit` characters (and UTF-8 bytes, where given), cut between
    lines or words where there are any, never inside an entity such as `&amp;`. A block quote that is cut goes on
    as one. Raises ValueError for limits too small to hold any word."""
    if min(limit, limit_bytes or limit) < _LEAST:
        raise ValueError(f"a limit under {_LEAST} holds nothing")
    rest = text
    while rest:
        piece = _head(rest, _reach(rest, limit, limit_bytes))
        after = rest[len(piece) :]
        in_quote = piece.rpartition("\n")[2].startswith(">") and not after.startswith("\n")
        rest = after.lstrip()
        if rest and in_quote:
            rest = f"> {rest}"
        yield piece.rstrip()


def _reach(text: str, limit: int, limit_bytes: int | None) -> int:
    """How many characters from the start fit both limits."""
    if limit_bytes is None:
        return limit
    head = text[:limit].encode()[:limit_bytes]
    return max(1, len(head.decode(errors="ignore")))


def _head(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    for separator in ("\n", " "):
        # A cut in the first half would waste the room; then a coarser separator is not worth it.
        if (cut := text.rfind(separator, limit // 2, limit + 1)) > 0:
            return text[:cut]
    entity = text.rfind("&", max(0, limit - 4), limit)
    if entity > 0 and ";" not in text[entity:limit]:
        return text[:entity]
    return text[:limit]
