"""The gate: a script exists only where all three layers stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.coaching.brief import LAYERS, Brief, Field
from bot.coaching.content import Fillers, fold, has_content, is_blank, key


class Rule(StrEnum):
    """What a field can lack."""

    MISSING = "missing"  # nothing typed
    CONTENTLESS = "contentless"  # something typed that names nothing
    IDENTICAL = "identical"  # the text of an earlier layer again
    UNFINISHED = "unfinished"  # a gap of the coach's wording that nobody filled
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend before the script; at most one for each field."""

    field: Field
    rule: Rule


_GAP = re.compile(
    r"(?:^|\b(?:achieve|because|by|came|can|for|get|gives?|have|if|is|needs?|on|propose|that|us|we|without|you))"
    r"\s+(?:\.\.\.|…)",
    re.IGNORECASE,
)
"""Dots where a wording of the coach waits for words; people's own dots end a thought instead."""

PROBLEMS = (
    Problem(Field.TITLE, Rule.MISSING),
    Problem(Field.COUNTERPART, Rule.MISSING),
    Problem(Field.MEETING_AT, Rule.PAST),
    *(Problem(layer, rule) for layer in LAYERS for rule in (Rule.MISSING, Rule.CONTENTLESS, Rule.UNFINISHED)),
    *(Problem(layer, Rule.IDENTICAL) for layer in LAYERS[1:]),
)
"""Every problem there is; each has its words in `templates/gate.toml`."""


def check(brief: Brief, now: datetime, fillers: Fillers) -> tuple[Problem, ...]:
    """What keeps this brief from becoming a script, in the order of the form; nothing if it may pass."""
    return (*_facts(brief, now), *layers(brief, fillers))


def _facts(brief: Brief, now: datetime) -> Iterator[Problem]:
    if is_blank(brief.title):
        yield Problem(Field.TITLE, Rule.MISSING)
    if is_blank(brief.counterpart):
        yield Problem(Field.COUNTERPART, Rule.MISSING)
    if brief.meeting_at is not None and brief.meeting_at <= now:
        yield Problem(Field.MEETING_AT, Rule.PAST)


def layers(brief: Brief, fillers: Fillers) -> Iterator[Problem]:
    """What the three layers lack, whatever the rest of the form says."""
    seen: set[str] = set()
    for layer in LAYERS:
        text = brief.layer(layer)
        said = key(text)
        if not has_content(text, fillers, said):
            yield Problem(layer, Rule.CONTENTLESS if _is_typed(text) else Rule.MISSING)
        elif said in seen:
            yield Problem(layer, Rule.IDENTICAL)
        elif _GAP.search(text):
            yield Problem(layer, Rule.UNFINISHED)
        seen.add(said)


def _is_typed(text: str) -> bool:
    return any(not c.isspace() for c in fold(text))
