"""Lists, first sentences, capitals and endings, before any grammar."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.phrasing.typed import (
    calm,
    capital_i,
    finish,
    is_foreign,
    is_list,
    lower_first,
    opening,
    tidy,
    trim,
    without_label,
    word_of,
)


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [
        ("  keep it \n", "keep it"),
        ("- keep it", "keep it"),
        ("• keep it", "keep it"),
        ("1. keep it", "keep it"),
        ("2) keep it", "keep it"),
        ("(3) keep it", "keep it"),
        ("-> keep it", "keep it"),
        ('"keep it"', "keep it"),
        ("“keep it”", "keep it"),
        ('"keep" and "hold"', '"keep" and "hold"'),
        ("\u200bkeep it\u200f", "keep it"),
        ("- a\n- b", "- a\n- b"),
        ("-5 % on price", "-5 % on price"),
        ("", ""),
    ],
)
def test_tidy(typed: str, tidied: str) -> None:
    assert tidy(typed) == tidied


@pytest.mark.parametrize(
    "text",
    ["- a\n- b", "1. a\n2. b", "We want:\n- a", "a\nB", "Keep it\nGet it", "1) a 2) b", "* a\n\n* b"],
)
def test_lists(text: str) -> None:
    assert is_list(text)


@pytest.mark.parametrize("text", ["", "a", "- a", "a\nand b", "First one.\nSecond one.", "1. a", "keep it\n\n"])
def test_no_lists(text: str) -> None:
    assert not is_list(text)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Keep it. Then go", "Keep it."),
        ("Keep approx. 5 of them. Then go", "Keep approx. 5 of them."),
        ("keep it... and go", "keep it... and go"),
        ("Really? Yes", "Really?"),
        ("no end", "no end"),
        ("", ""),
    ],
)
def test_the_first_sentence(text: str, first: str) -> None:
    assert " ".join(word.raw for word in opening(text)) == first


@pytest.mark.parametrize(
    ("piece", "low", "stop"),
    [
        ("Keep", "keep", False),
        ("(they’re,", "they're", True),
        ("–", "–", True),
        ("...", "...", True),
        ("Q3:", "q3", True),
    ],
)
def test_words(piece: str, low: str, stop: bool) -> None:
    word = word_of(piece)

    assert (word.raw, word.low, word.stop) == (piece, low, stop)


@pytest.mark.parametrize(
    "text", ["Das Budget", "mantener el precio", "garder le prix", "бюджет", "预算", "Größe für uns"]
)
def test_foreign(text: str) -> None:
    assert is_foreign(text)


@pytest.mark.parametrize(
    "text", ["keep the café open for us all", "LA office", "El Paso office", "100 %", "", "per seat"]
)
def test_not_foreign(text: str) -> None:
    assert is_foreign(text) is (text == "El Paso office")  # at the start of a text a name in Spanish looks Spanish


@pytest.mark.parametrize(
    ("typed", "calmed"),
    [
        ("KEEP THE PRICE", "keep the price"),
        ("KEEP THE PRICE UNTIL JUNE", "keep the price until June"),
        ("KEEP $95M", "keep $95M"),
        ("KEEP ACME", "KEEP ACME"),
        ("SLA", "SLA"),
        ("Keep it", "Keep it"),
    ],
)
def test_calm(typed: str, calmed: str) -> None:
    assert calm(typed) == calmed


@pytest.mark.parametrize(
    ("typed", "lowered"),
    [
        ("Keep it", "keep it"),
        ("A raise", "a raise"),
        ("I win", "I win"),
        ("I'm in", "I'm in"),
        ("SLA", "SLA"),
        ("June", "June"),
        ("Acme deal", "Acme deal"),
        ("On-time delivery", "on-time delivery"),
        ("Net-60", "Net-60"),
        ("It's fine", "it's fine"),
        ("McKinsey", "McKinsey"),
        ("", ""),
    ],
)
def test_lower_first(typed: str, lowered: str) -> None:
    assert lower_first(typed) == lowered


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("so i can", "so I can"),
        ("i'm in", "I'm in"),
        ("(i think)", "(I think)"),
        ("i.e. this", "i.e. this"),
        ("hi-fi", "hi-fi"),
    ],
)
def test_capital_i(typed: str, said: str) -> None:
    assert capital_i(typed) == said


@pytest.mark.parametrize(
    ("text", "finished"),
    [
        ("it", "it."),
        ("it.", "it."),
        ("it?", "it?"),
        ('"it"', '"it".'),
        ('"it."', '"it."'),
        ("5 %", "5 %."),
        ("(it)", "(it)."),
        ("it 😀", "it 😀"),
        ("预算", "预算"),
        ("бюджет", "бюджет."),
        ("see https://x.test", "see https://x.test"),
        ("“it”", "“it”."),
        ("5 €", "5 €."),
        ("", ""),
    ],
)
def test_finish(text: str, finished: str) -> None:
    assert finish(text) == finished


def test_trim() -> None:
    assert trim("keep it...!, ") == "keep it"


@given(st.integers(0, 20), st.text(max_size=20))
def test_a_label_goes_however_often_it_was_typed(times: int, text: str) -> None:
    label = re.compile(r"goal: ")

    assert without_label("goal: " * times + text, label) == without_label(text, label)
