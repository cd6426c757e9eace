"""What a family's function found, before it is put into words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from bot.coaching.findings.finding import Certainty, Where
from bot.coaching.findings.lexicon import Lexicon
from bot.coaching.findings.text import Span, Text

Texts = Mapping[Where, Text]
"""What is read together: the layers of a brief, or one field alone."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule met in a text. `certainty` None takes the rule's own; `amount` and `words`, the person's own, fill its
    suggestion where it has a place for them."""

    rule: str
    field: Where
    span: Span
    certainty: Certainty | None = None
    amount: str = ""
    words: str = ""


Finder = Callable[[Texts, Lexicon], Iterable[Hit]]
"""What a family that needs logic offers."""
