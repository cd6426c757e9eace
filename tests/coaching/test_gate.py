"""The gate opens where all three layers stand, and says on each field what is missing."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.brief import LAYERS, Brief, Field, Rung, Sealed
from bot.coaching.gate import PROBLEMS, Problem, Rule, check
from bot.wording.files import Folders
from bot.wording.method import load_method
from tests.coaching.fillings import CONTENTLESS, TERSE

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
METHOD = load_method(Folders())
GOOD = Brief(
    title="Acme renewal",
    counterpart="Dana at Acme",
    my_win="Keep the budget under $100M",
    their_win="They need to keep their 25 % margin",
    shared_win="A 3-month package at $95M plus a one-year commitment",
)


def problems(brief: Brief) -> tuple[Problem, ...]:
    return check(brief, NOW, METHOD.fillers)


def with_layer(layer: Field, text: str) -> Brief:
    match layer:
        case Field.MY_WIN:
            return replace(GOOD, my_win=text)
        case Field.THEIR_WIN:
            return replace(GOOD, their_win=text)
        case _:
            return replace(GOOD, shared_win=text)


def test_a_full_brief_passes() -> None:
    assert problems(GOOD) == ()


def test_an_empty_brief_lacks_everything_in_the_order_of_the_form() -> None:
    assert problems(Brief()) == (
        Problem(Field.TITLE, Rule.MISSING),
        Problem(Field.COUNTERPART, Rule.MISSING),
        Problem(Field.MY_WIN, Rule.MISSING),
        Problem(Field.THEIR_WIN, Rule.MISSING),
        Problem(Field.SHARED_WIN, Rule.MISSING),
    )


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("text", ["tbd", "asdf", "money", "😀", "My Win", "-", "I want this"])
def test_empty_hands_are_named_on_their_own_field(layer: Field, text: str) -> None:
    assert problems(with_layer(layer, text)) == (Problem(layer, Rule.CONTENTLESS),)


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("text", ["", "  ", "\n", "\u200b", "\u00a0"])
def test_nothing_typed_is_missing(layer: Field, text: str) -> None:
    assert problems(with_layer(layer, text)) == (Problem(layer, Rule.MISSING),)


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("text", ["Net-60", "15 % raise", "€5", "да", "保持预算"])
def test_one_concrete_term_passes(layer: Field, text: str) -> None:
    assert problems(with_layer(layer, text)) == ()


@pytest.mark.parametrize("name", ["Acme", "Bo", "我", "7", "🎉", "tbd", "test"])
def test_title_and_counterpart_may_be_terse(name: str) -> None:
    assert problems(replace(GOOD, title=name, counterpart=name)) == ()


@pytest.mark.parametrize("name", ["", " ", "\u200b", "\u00a0", "---", "\u202e\u200f"])
def test_title_and_counterpart_may_not_be_blank(name: str) -> None:
    assert problems(replace(GOOD, title=name)) == (Problem(Field.TITLE, Rule.MISSING),)
    assert problems(replace(GOOD, counterpart=name)) == (Problem(Field.COUNTERPART, Rule.MISSING),)


@pytest.mark.parametrize("copy", [GOOD.my_win, "KEEP the  budget, under $100M!", "keep\u200b the budget under 100m"])
def test_the_same_words_in_two_layers_count_on_the_later(copy: str) -> None:
    assert problems(replace(GOOD, their_win=copy)) == (Problem(Field.THEIR_WIN, Rule.IDENTICAL),)
    assert problems(replace(GOOD, shared_win=copy)) == (Problem(Field.SHARED_WIN, Rule.IDENTICAL),)


def test_the_same_words_in_all_layers_count_twice() -> None:
    brief = replace(GOOD, their_win=GOOD.my_win, shared_win=GOOD.my_win)

    assert problems(brief) == (
        Problem(Field.THEIR_WIN, Rule.IDENTICAL),
        Problem(Field.SHARED_WIN, Rule.IDENTICAL),
    )


def test_a_near_copy_passes_the_gate() -> None:
    assert problems(replace(GOOD, shared_win="Keep the budget under $100M together")) == ()


def test_empty_hands_in_all_layers_are_three_problems_and_no_copies() -> None:
    brief = replace(GOOD, my_win="tbd", their_win="tbd", shared_win="tbd")

    assert [problem.rule for problem in problems(brief)] == [Rule.CONTENTLESS] * 3


@pytest.mark.parametrize(("ahead", "refused"), [(-3600, True), (-1, True), (0, True), (1, False), (3600, False)])
def test_a_meeting_must_be_ahead(ahead: int, refused: bool) -> None:
    brief = replace(GOOD, meeting_at=NOW + timedelta(seconds=ahead))

    assert problems(brief) == ((Problem(Field.MEETING_AT, Rule.PAST),) if refused else ())


def test_a_meeting_too_near_for_any_rung_is_no_problem() -> None:
    assert problems(replace(GOOD, meeting_at=NOW + timedelta(seconds=5), rungs=frozenset(Rung))) == ()


def test_what_is_optional_may_be_empty() -> None:
    brief = replace(GOOD, counterpart_id=None, walk_away=Sealed(), place=None, rungs=frozenset(), meeting_at=None)

    assert problems(brief) == ()


texts = st.one_of(st.sampled_from(CONTENTLESS), st.sampled_from(TERSE), st.text(max_size=40))


@given(texts, texts, texts, texts, texts, st.none() | st.integers(-9, 9))
def test_at_most_one_problem_for_a_field_and_each_has_its_words(
    title: str, counterpart: str, my_win: str, their_win: str, shared_win: str, ahead: int | None
) -> None:
    meeting_at = None if ahead is None else NOW + timedelta(days=ahead)
    brief = Brief(title, counterpart, None, meeting_at, my_win, their_win, shared_win)
    found = problems(brief)

    fields = [problem.field for problem in found]
    assert len(fields) == len(set(fields))
    assert fields == [field for field in Field if field in fields]
    assert set(found) <= set(PROBLEMS)
    assert all(METHOD.gate_words[problem] for problem in found)


def test_every_problem_there_is_can_happen() -> None:
    briefs = [
        replace(GOOD, title="", counterpart="", meeting_at=NOW),
        *(with_layer(layer, text) for layer in LAYERS for text in ("", "tbd", "Keep it, so that ...")),
        *(with_layer(layer, GOOD.my_win) for layer in LAYERS[1:]),
    ]

    assert {problem for brief in briefs for problem in problems(brief)} == set(PROBLEMS)


def test_the_gate_speaks_the_method_s_words() -> None:
    assert "I want this" in METHOD.gate_words[Problem(Field.MY_WIN, Rule.CONTENTLESS)]
    assert "shadow" in METHOD.gate_words[Problem(Field.THEIR_WIN, Rule.MISSING)]
    assert all("!" not in METHOD.gate_words[problem] for problem in PROBLEMS)
    assert all(len(METHOD.gate_words[problem]) <= 150 for problem in PROBLEMS)


def _wordings() -> Iterator[str]:
    """What the coach offers to put in, as it stands in the form then."""
    for file in (ROOT / "templates/coach").rglob("*.toml"):
        for suggestion in re.findall(r'^suggestion = "(.*)"$', file.read_text(encoding="utf-8"), re.MULTILINE):
            for wording in re.findall(r'\\"(.*?)\\"', suggestion):
                yield wording.removeprefix("...").lstrip(" ,")


WORDINGS = sorted({wording for wording in _wordings() if "..." in wording})


@pytest.mark.parametrize("wording", WORDINGS)
def test_no_gap_of_the_coachs_wording_passes(wording: str) -> None:
    pieces = wording.split("...")
    for gap in range(1, len(pieces)):  # all others are filled
        one_left = "...".join("a plan".join(some) for some in (pieces[:gap], pieces[gap:]))
        for layer in LAYERS:
            assert problems(with_layer(layer, f"Keep the rent, {one_left}")) == (Problem(layer, Rule.UNFINISHED),)


@pytest.mark.parametrize(
    "text", ["More time... that is all", "Keep the budget, the team, ...", "A rent of 9.50 … or less"]
)
def test_dots_of_ones_own_pass(text: str) -> None:
    assert problems(with_layer(Field.MY_WIN, text)) == ()


def test_there_are_wordings_with_gaps() -> None:
    assert len(WORDINGS) > 20
