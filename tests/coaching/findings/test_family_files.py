"""The families' files: every phrase finds what it stands for, every example holds."""

from collections.abc import Iterator

import pytest

from bot.coaching.brief import Field
from bot.coaching.findings import Coach, Family, Where
from bot.coaching.findings.book import Book, Rule
from bot.coaching.findings.lexicon import Lexicon
from bot.wording.files import Folders
from bot.wording.phrases import load_book

BOOK = load_book(Folders())
ASKED: dict[Family, Where] = {
    Family.POSITION: Field.MY_WIN,
    Family.VAGUE: Field.MY_WIN,
    Family.GUESSED_NEED: Field.THEIR_WIN,
    Family.NO_VALUE: Field.SHARED_WIN,
}
"""Where a family's examples are read; the others in a script."""


def phrases(book: Book) -> Iterator[tuple[str, str]]:
    """Every phrase of the book with the name of its list."""
    for page in book.families.values():
        yield from ((rule.id, phrase) for rule in page.rules for phrase in rule.phrases)
        yield from ((name, phrase) for name, group in page.groups.items() for phrase in group)
    for name, guard in book.language.guards.items():
        yield from ((name, phrase) for phrase in (*guard.phrases, *guard.but))
    yield from ((name, phrase) for name, members in book.language.classes.items() for phrase in members)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon(BOOK.language, {})


def typed(sample: str) -> str:
    """A sample as a person would type it."""
    text = sample.replace(" 's", "'s")
    return f"x {text}" if text[0] in ",?" else text


@pytest.mark.parametrize(("name", "phrase"), list(phrases(BOOK)))
def test_every_phrase_finds_what_it_stands_for(name: str, phrase: str, lexicon: Lexicon) -> None:
    pattern = lexicon.grammar.pattern(phrase)
    text = lexicon.read(typed(pattern.sample))

    assert any(True for sentence in text.sentences for _ in pattern.find(sentence))


def examples(kind: str) -> list[tuple[Where, str, str]]:
    return [
        (asked(family, rule), rule.id, example)
        for family, page in BOOK.families.items()
        for rule in page.rules
        for example in getattr(rule, kind)
    ]


def asked(family: Family, rule: Rule) -> Where:
    return Field.THEIR_WIN if rule.id == "their_position" else ASKED.get(family, "script")


@pytest.mark.parametrize(("field", "rule", "example"), examples("finds"))
def test_what_a_rule_finds(field: Where, rule: str, example: str, coach: Coach) -> None:
    assert rule in [finding.rule for finding in coach.read(field, example)]


@pytest.mark.parametrize(("field", "rule", "example"), examples("passes"))
def test_what_a_rule_passes(field: Where, rule: str, example: str, coach: Coach) -> None:
    assert rule not in [finding.rule for finding in coach.read(field, example)]


@pytest.mark.parametrize(
    "rule", [rule for page in BOOK.families.values() for rule in page.rules], ids=lambda rule: rule.id
)
class TestTheWords:
    def test_a_rule_with_phrases_has_examples(self, rule: Rule) -> None:
        assert not rule.phrases or (rule.finds and rule.passes)

    def test_the_question_is_one(self, rule: Rule) -> None:
        assert "?" in rule.ask

    def test_the_voice_is_calm(self, rule: Rule) -> None:
        assert "!" not in rule.why + rule.ask + rule.suggestion
        assert "opponent" not in (rule.why + rule.ask + rule.suggestion).lower()

    def test_nothing_is_longer_than_is_read(self, rule: Rule) -> None:
        assert all(len(text) <= 200 for text in (rule.why, rule.ask, rule.suggestion, rule.with_amount))

    def test_an_amount_has_its_place(self, rule: Rule) -> None:
        assert ("{amount}" in rule.with_amount) == bool(rule.with_amount)
        assert "{" not in rule.suggestion


def test_every_family_has_its_file() -> None:
    assert list(BOOK.families) == list(Family)


def test_names_of_groups_differ() -> None:
    names = [name for page in BOOK.families.values() for name in page.groups]

    assert len(names) == len(set(names))
