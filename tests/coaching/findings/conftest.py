"""The coach as it is shipped, and a tiny language for the tests of its parts."""

import pytest

from bot.coaching.findings import Coach
from bot.coaching.findings.book import Book, Guard, Language, Side
from bot.wording.files import Folders
from bot.wording.phrases import load_book, load_coach


@pytest.fixture(scope="session")
def coach() -> Coach:
    return load_coach(Folders())


@pytest.fixture(scope="session")
def book() -> Book:
    return load_book(Folders())


@pytest.fixture
def language() -> Language:
    return Language(
        contractions={"won't": "will not", "dont": "do not"},
        endings={"n't": "not", "'ll": "will", "'s": "'s"},
        classes={
            "leave": ("walk away|out", "go to <rival>"),
            "rival": ("another|other shop", "elsewhere"),
            "number": ("two|three",),
        },
        guards={"negated": Guard(Side.NEAR, ("not",), ("why do not",))},
        common=frozenset({"i", "we", "the", "a", "to", "will", "not", "it", "go"}),
        joints={"so": frozenset(), "and": frozenset({"i", "you"})},
        kin=(("price", "cost"), ("raise", "increase")),
        suffixes=("ings", "ing", "ed", "s", "e"),
        mended=("offer", "compromise", "final"),
        real_words=frozenset({"finals"}),
        letters=frozenset("abcdefghijklmnopqrstuvwxyz"),
        foreign=frozenset({"und", "ein"}),
    )
