"""One language at work: canonical words, clauses, meanings, word groups."""

import pytest

from bot.coaching.findings.book import Language
from bot.coaching.findings.lexicon import Lexicon


@pytest.fixture
def lexicon(language: Language) -> Lexicon:
    return Lexicon(language, {"leaving": ("i will <leave>", "adieu"), "any": ("#",)})


def line(lexicon: Lexicon, typed: str) -> str:
    return " ".join(sentence.line.strip() for sentence in lexicon.read(typed).sentences)


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("I won't", "i will not"),
        ("they'll", "they will"),
        ("couldn't", "could not"),
        ("dont", "do not"),
        ("Dana's", "dana 's"),
        ("o'clock", "o'clock"),
        ("the offfer", "the offer"),
        ("n't", "n't"),
    ],
)
def test_words_are_opened_and_mended(typed: str, canonical: str, lexicon: Lexicon) -> None:
    assert line(lexicon, typed) == canonical


class TestMeanings:
    def test_common_words_and_endings_do_not_count(self, lexicon: Lexicon) -> None:
        one, other = (lexicon.meanings(lexicon.read(each).sentences) for each in ("We go to the shops", "shopping"))

        assert one == {"shop"}
        assert other == {"shopp"}  # only endings are dropped, letters are not undoubled

    def test_kindred_words_are_one(self, lexicon: Lexicon) -> None:
        one, other = (lexicon.meanings(lexicon.read(each).sentences) for each in ("costs increased", "raise the price"))

        assert one == other
        assert len(one) == 2

    def test_marks_are_no_words(self, lexicon: Lexicon) -> None:
        assert lexicon.meanings(lexicon.read("shop, now?").sentences) == {"shop", "now"}


class TestClauses:
    @pytest.mark.parametrize(
        ("typed", "clauses"),
        [
            ("a b, c d", ["a b", "c d"]),
            ("a so b", ["a", "so b"]),
            ("a and b", ["a and b"]),
            ("a and i go", ["a", "and i go"]),
            (", a,, b ,", ["a", "b"]),
            ("so", ["so"]),
        ],
    )
    def test_a_sentence_is_cut_where_clauses_join(self, typed: str, clauses: list[str], lexicon: Lexicon) -> None:
        cut = [clause for sentence in lexicon.read(typed).sentences for clause in lexicon.clauses(sentence)]

        assert [clause.line.strip() for clause in cut] == clauses


class TestGroups:
    def test_a_group_is_found_in_its_place(self, lexicon: Lexicon) -> None:
        [sentence] = lexicon.read("So I'll walk out now").sentences

        assert [sentence.line[start:end] for start, end in lexicon.find("leaving", sentence)] == ["i will walk out "]

    def test_a_group_without_sure_words_is_still_looked_for(self, lexicon: Lexicon) -> None:
        assert [lexicon.has("any", each) for each in lexicon.read("at 95. at two. at all").sentences] == [
            True,
            True,
            False,
        ]

    def test_absent_words_are_absent(self, lexicon: Lexicon) -> None:
        assert not any(lexicon.has("leaving", each) for each in lexicon.read("We stay.").sentences)
