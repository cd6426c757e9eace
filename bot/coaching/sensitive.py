"""Is a matter about a person's work? Then the private way comes first; in doubt, too."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.coaching.brief import LAYERS, Brief
from bot.coaching.content import key


@dataclass(frozen=True, slots=True)
class SensitiveWords:
    """What gives such a matter away, and phrases that only look like it. Built by `of`."""

    about: re.Pattern[str]
    harmless: re.Pattern[str]

    @classmethod
    def of(cls, about: Iterable[str], harmless: Iterable[str]) -> "SensitiveWords":
        """From phrases; each matches as whole words, case and punctuation aside."""
        return cls(_any_of(about), _any_of(harmless))


def is_sensitive(brief: Brief, words: SensitiveWords) -> bool:
    """Pay, hiring, dismissal, or one named colleague."""
    if brief.counterpart_id:
        return True
    texts = (brief.title, brief.counterpart, *(brief.layer(layer) for layer in LAYERS))
    return any(words.about.search(words.harmless.sub(" ", key(text))) for text in texts)


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    folded = sorted(filter(None, map(key, phrases)), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, folded))})\b" if folded else r"(?!)")
