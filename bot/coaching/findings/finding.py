"""One thing that the coach noticed in a text."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from bot.coaching.brief import Field

Where = Field | Literal["script"]
"""What was read: a field of the brief or a whole script."""


class Kind(StrEnum):
    """How much a finding weighs, the gravest first."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"
    QUESTION = "question"


class Certainty(StrEnum):
    """How sure the coach is, the surest first. MAYBE is always put as a question."""

    CERTAIN = "certain"
    LIKELY = "likely"
    MAYBE = "maybe"


class Family(StrEnum):
    """The families of rules, in the order in which a person would mend them."""

    COMPLETENESS = "completeness"
    HARD_LINE = "hard_line"
    WALK_AWAY = "walk_away"
    COMPROMISE = "compromise"
    TRUST = "trust"
    BLAME = "blame"
    ONE_SIDED = "one_sided"
    NO_VALUE = "no_value"
    POSITION = "position"
    GUESSED_NEED = "guessed_need"
    REPEATED = "repeated"
    NO_DEAL = "no_deal"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the coach noticed. `text[start:end] == words` in the text of `field`.

    Attributes:
        why: the method's reason, one sentence.
        suggestion: one better phrasing.
        page: the page of the method it comes from.
    """

    rule: str
    family: Family
    kind: Kind
    field: Where
    start: int
    end: int
    words: str
    certainty: Certainty
    why: str
    suggestion: str
    page: str


_KINDS = {kind: place for place, kind in enumerate(Kind)}
_CERTAINTIES = {certainty: place for place, certainty in enumerate(Certainty)}
_FAMILIES = {family: place for place, family in enumerate(Family)}
_FIELDS: dict[Where, int] = {field: place for place, field in enumerate(Field)}


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The same findings, most important first: by kind, certainty, family, field of the form, place in the text."""
    return tuple(sorted(findings, key=_importance))


def weight(finding: Finding) -> tuple[int, int, int, int]:
    """What counts between findings about the same words: kind, certainty, family, then how much they quote."""
    places = _KINDS[finding.kind], _CERTAINTIES[finding.certainty], _FAMILIES[finding.family]
    return (*places, finding.start - finding.end)


def _importance(finding: Finding) -> tuple[int, int, int, int, int, int, str]:
    return (
        *weight(finding)[:3],
        _FIELDS.get(finding.field, len(_FIELDS)),
        finding.start,
        finding.end,
        finding.rule,
    )
