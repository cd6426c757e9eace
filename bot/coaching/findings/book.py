"""Everything the coach knows, as values: read from the families' files by `wording`, handed in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.coaching.findings.finding import Certainty, Family, Kind, Where


class Side(StrEnum):
    """Where a guard looks, seen from the words that a phrase found."""

    BEFORE = "before"  # the same sentence, up to them
    NEAR = "near"  # the same clause and at most five words before them
    AFTER = "after"  # the same sentence, behind them
    SENTENCE = "sentence"  # the same sentence
    ELSEWHERE = "elsewhere"  # the other sentences of the text
    TEXT = "text"  # anywhere in the text


@dataclass(frozen=True, slots=True)
class Guard:
    """Grammar around a phrase that changes what it means: a negation, reported speech, the past.

    `but` holds phrases that look like it and are none ("why don't we").
    """

    side: Side
    phrases: tuple[str, ...]
    but: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that a family finds.

    Attributes:
        phrases: what it looks for (see `pattern`); empty where a function does the looking.
        unless: guards that silence it.
        softened: guards that make it a question.
        why: the method's reason, one sentence.
        ask: the same put as a question, for a finding that is only MAYBE.
        suggestion: one better phrasing.
        with_amount: the same with `{amount}`, for a sentence that names exactly one.
        with_words: the same with `{words}`, for a sentence short enough to be said again.
        kind: how much it weighs, where that differs from its family.
        finds, passes: examples for the reader, proven by a test.
    """

    id: str
    why: str
    ask: str
    suggestion: str
    certainty: Certainty = Certainty.LIKELY
    with_amount: str = ""
    with_words: str = ""
    kind: Kind | None = None
    phrases: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    softened: tuple[str, ...] = ()
    fields: frozenset[Where] = frozenset()
    finds: tuple[str, ...] = ()
    passes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FamilyPage:
    """One family's file.

    Attributes:
        kind: how much its findings weigh; `kind_in` where it differs by field.
        page: the page of the method that its rules come from.
        groups: phrases that its function looks for, by name.
    """

    family: Family
    kind: Kind
    page: str
    rules: tuple[Rule, ...]
    kind_in: Mapping[Where, Kind] = field(default_factory=dict)
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Language:
    """What a language's `words.toml` says.

    Attributes:
        contractions: from a word as typed to the words it stands for ("won't" -> "will not").
        endings: the same for the end of a word ("'ll" -> "will").
        classes: word classes, to be named in phrases as <class>.
        guards: grammar around a phrase, by name.
        common: words too common to carry meaning.
        joints: words that join one clause to the next, each with the words that must follow (none: any word).
        kin: sets of words that mean much the same; the first stands for all.
        suffixes: endings that a stem drops, the longest first.
        mended: words whose slips of typing are mended.
        real_words: words that look like such a slip and are none.
        letters: what the language is written with.
        foreign: words that other languages in these letters cannot do without, and this one can.
    """

    contractions: Mapping[str, str]
    endings: Mapping[str, str]
    classes: Mapping[str, tuple[str, ...]]
    guards: Mapping[str, Guard]
    common: frozenset[str]
    joints: Mapping[str, frozenset[str]]
    kin: tuple[tuple[str, ...], ...]
    suffixes: tuple[str, ...]
    mended: tuple[str, ...]
    real_words: frozenset[str]
    letters: frozenset[str]
    foreign: frozenset[str]


@dataclass(frozen=True, slots=True)
class Book:
    """A language and the thirteen families in it."""

    language: Language
    families: Mapping[Family, FamilyPage]
