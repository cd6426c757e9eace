"""Slack's mrkdwn: what a person typed must show as typed and never act.

Slack gives meaning to three characters only (https://docs.slack.dev/messaging/formatting-message-text#escaping),
so these and no others are escaped; HTML escaping would turn `I'll` into `I&#39;ll`.
"""

from bot.coaching.brief import Sealed, SealedError

_OVERRIDES = "\u202d", "\u202e"
"""Invisible signs that turn all that follows around, also what is not theirs."""


class Mrkdwn(str):
    """Text that is mrkdwn already and must not be escaped again."""

    __slots__ = ()


def escape(text: object) -> Mrkdwn:
    """Typed text as mrkdwn that shows it letter by letter. Sealed text raises SealedError."""
    if isinstance(text, Mrkdwn):
        return text
    if isinstance(text, Sealed):
        raise SealedError("sealed text is only for its owner's own views")
    shown = str(text)
    for override in _OVERRIDES:
        shown = shown.replace(override, "")
    return Mrkdwn(shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
