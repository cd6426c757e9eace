"""Texts are cut to Slack's sizes between words, and nothing of them is lost."""

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.slack import limits
from bot.wording.mrkdwn import escape

texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=400)


@given(texts, st.integers(8, 60))
def test_pieces_hold_every_letter_in_order(text: str, limit: int) -> None:
    pieces = list(limits.split(escape(text), limit))

    assert all(0 < len(piece) <= limit for piece in pieces if piece)
    assert "".join("".join(pieces).split()) == "".join(escape(text).split())


@given(texts, st.integers(8, 60), st.integers(24, 90))
def test_pieces_fit_in_bytes_too(text: str, limit: int, limit_bytes: int) -> None:
    assert all(len(piece.encode()) <= limit_bytes for piece in limits.split(escape(text), limit, limit_bytes))


@given(st.text(alphabet="&<>a ", max_size=300), st.integers(8, 30))
def test_an_entity_is_never_cut(text: str, limit: int) -> None:
    for piece in limits.split(escape(text), limit):
        assert re.fullmatch(r"(?:[^&]|&(?:amp|lt|gt);)*", piece)


def test_a_cut_falls_between_lines_before_words() -> None:
    assert list(limits.split("the first line\nsecond line is long", 22)) == ["the first line", "second line is long"]
    assert list(limits.split("one two three four", 10)) == ["one two", "three four"]


@given(texts, st.integers(2, 80))
def test_a_shortened_line_fits_and_is_one_line(text: str, limit: int) -> None:
    short = limits.shorten(text, limit)

    assert len(short) <= limit
    assert "\n" not in short


def test_what_fits_is_not_shortened() -> None:
    assert limits.shorten("Acme  renewal\n2027", 30) == "Acme renewal 2027"
    assert limits.shorten("Acme renewal for the coming year", 20) == "Acme renewal for…"


def test_a_cut_quote_goes_on_as_a_quote() -> None:
    assert list(limits.split("> one two three four", 12)) == ["> one two", "> three four"]
    assert list(limits.split("> one two\nplain words", 12)) == ["> one two", "plain words"]
