"""Slips of typing are mended where the word is plain enough, and true words never."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.findings.slips import Slips

WORDS = ("offer", "final", "compromise", "elsewhere", "supplier")
SLIPS = Slips(WORDS, frozenset({"finals", "supplies"}))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("offfer", "offer"),
        ("offre", "offer"),
        ("finla", "final"),
        ("compromse", "compromise"),
        ("compromize", "compromise"),
        ("compromisee", "compromisee"),
        ("elsewere", "elsewhere"),
        ("suplier", "supplier"),
    ],
)
def test_a_slip_is_mended(typed: str, meant: str) -> None:
    assert SLIPS.mend(typed) == meant


@pytest.mark.parametrize(
    "word", ["offer", "offers", "offered", "finals", "supplies", "coffer", "other", "fine", "of", "", "x" * 5000]
)
def test_a_true_word_stays(word: str) -> None:
    assert SLIPS.mend(word) == word


@given(st.sampled_from(WORDS), st.data())
def test_two_letters_swapped_are_mended(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(word) - 2))
    typed = word[:place] + word[place + 1] + word[place] + word[place + 2 :]

    assert SLIPS.mend(typed) == word


@given(st.text(max_size=30))
def test_any_text_is_answered(typed: str) -> None:
    assert SLIPS.mend(typed) in (typed, *WORDS)
