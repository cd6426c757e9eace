"""One concrete term is content; empty hands are not, whatever they are made of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.content import Fillers, fold, has_content, is_blank, key, tokens
from bot.wording.files import Folders
from bot.wording.method import load_method
from tests.coaching.fillings import CONTENTLESS, TERSE

FILLERS = load_method(Folders()).fillers


@pytest.mark.parametrize("text", CONTENTLESS)
def test_empty_hands(text: str) -> None:
    assert not has_content(text, FILLERS)


@pytest.mark.parametrize("text", TERSE)
def test_terse_but_real(text: str) -> None:
    assert has_content(text, FILLERS)


def test_the_lists_are_long() -> None:
    assert len(set(CONTENTLESS)) >= 60
    assert len(set(TERSE)) >= 200


dresses = st.sampled_from(["", " ", ".", "!!", " 😀", "\u200b", "\u00a0", "\n", " - ", "\u200f"])


@given(st.sampled_from(CONTENTLESS), dresses)
def test_dressing_up_empty_hands_does_not_help(text: str, dress: str) -> None:
    assert not has_content(f"{dress}{text}{dress}", FILLERS)


@given(st.sampled_from(TERSE), st.text(max_size=30))
def test_more_text_around_a_real_term_never_hurts(text: str, more: str) -> None:
    assert has_content(f"{text} {more}", FILLERS)
    assert has_content(f"{more} {text}", FILLERS)


@given(st.lists(st.sampled_from(sorted(FILLERS.words)), max_size=12))
def test_words_that_name_nothing_name_nothing_together(words: list[str]) -> None:
    assert not has_content(" ".join(words), FILLERS)


@given(st.text())
def test_any_text_is_told(text: str) -> None:
    assert has_content(text, FILLERS) in (True, False)
    assert has_content(text, FILLERS) == has_content(f" {text}\n", FILLERS)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_a_team_names_its_own_fillers() -> None:
    fillers = Fillers.of(["Synergy"], ["Alles Gute!"])

    assert not has_content("SYNERGY, synergy", fillers)
    assert not has_content("alles gute", fillers)
    assert has_content("alles", fillers)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Don't SHOUT", ["dont", "shout"]),
        ("R&D, P&L", ["r&d", "p&l"]),
        ("ｎｅｔ－６０", ["net", "60"]),
        ("हिन्दी में", ["हनद", "म"]),
        ("1️⃣ ™ 🈁", []),
        ("snake_case", ["snake", "case"]),
    ],
)
def test_tokens(text: str, found: list[str]) -> None:
    assert tokens(text) == found


def test_key_forgets_case_space_and_punctuation() -> None:
    assert key("  Keep the Budget -- under $100M! ") == key("keep the budget\nunder 100m")


@pytest.mark.parametrize("text", ["", " ", "\u200b", "\u00a0\u3000", "---", "\ufeff", "\u202e"])
def test_blank(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["Bo", "我", "7", "🎉", "₿", "?x"])
def test_not_blank(text: str) -> None:
    assert not is_blank(text)
