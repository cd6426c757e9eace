"""Texts become sentences of canonical words, each with its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.findings.text import Sentence, Span, Text, read_text


def as_typed(word: str) -> tuple[str, ...]:
    return (word,)


def opened(word: str) -> tuple[str, ...]:
    return {"won't": ("will", "not"), "i'll": ("i", "will")}.get(word, (word,))


def read(typed: str) -> Text:
    return read_text(typed, as_typed)


def lines(typed: str) -> list[str]:
    return [sentence.line.strip() for sentence in read_text(typed, opened).sentences]


class TestWords:
    @pytest.mark.parametrize(
        ("typed", "line"),
        [
            ("Take IT or leave it", "take it or leave it"),
            ("take-it-or-leave-it", "take it or leave it"),
            ("50/50 or 50-50", "50 50 or 50 50"),
            ("I won’t go", "i will not go"),
            ("I won't go", "i will not go"),
            ("I`ll go", "i will go"),
            ("$1,000 or 15 %", "$1000 or 15%"),
            ("at 95.50 a unit", "at 95.50 a unit"),
            ("5k, then 10m", "5k , then 10m"),
            ("(yes) – no", "yes , no"),
            ("well — so, so", "well , so , so"),
            ("ＴＡＫＥ it", "take it"),
            ("Straße ÉTÉ", "strasse été"),
            ("*bold* _it_ ~no~", "bold it no"),
            ("", ""),
        ],
    )
    def test_words_are_canonical(self, typed: str, line: str) -> None:
        assert " ".join(lines(typed)) == line

    @pytest.mark.parametrize(
        ("typed", "sentences"),
        [
            ("One. Two! Three? Four", ["one", "two", "three ?", "four"]),
            ("one\ntwo\n\nthree", ["one", "two", "three"]),
            ("no deal ☹️ I leave", ["no deal", "i leave"]),
            ("so... then; done…", ["so", "then", "done"]),
            ("costs 3.5 million", ["costs 3.5 million"]),
            ("?!", []),
            ("अच्छा", ["अच छ"]),
        ],
    )
    def test_sentences_end_where_they_end(self, typed: str, sentences: list[str]) -> None:
        assert lines(typed) == sentences


class TestPlaces:
    def test_a_contraction_keeps_the_place_of_what_was_typed(self) -> None:
        [sentence] = read_text("I won’t go", opened).sentences

        assert [Span(0, 1), Span(2, 7), Span(2, 7), Span(8, 10)] == sentence.spans

    def test_offsets_of_the_line_lead_back_to_the_text(self) -> None:
        text = read_text("So: I won’t   go, ever.", opened)
        [sentence] = text.sentences
        start = sentence.line.index("will")

        span = sentence.typed(start, start + len("will not go , "))

        assert text.quote(span) == "won’t   go"

    def test_a_text_reaches_from_its_first_word_to_its_last(self) -> None:
        text = read("  «Take it. Leave it!» ")

        assert text.quote(text.span) == "Take it. Leave it"
        assert read(" ... ").span == Span(0, 0)


@given(st.text())
def test_every_place_is_inside_and_in_order(typed: str) -> None:
    text = read(typed)
    spans = [span for sentence in text.sentences for span in sentence.spans]

    assert all(0 <= span.start < span.end <= len(typed) for span in spans)
    assert spans == sorted(spans, key=lambda span: span.start)


@given(st.text())
def test_line_and_words_agree(typed: str) -> None:
    for sentence in read(typed).sentences:
        assert sentence.line == "".join(f"{word} " for word in sentence.words)
        assert len(sentence.words) == len(sentence.spans) > 0
        assert sentence.vocabulary == set(sentence.words)


@given(st.text(min_size=1), st.data())
def test_any_two_offsets_give_a_place(typed: str, data: st.DataObject) -> None:
    for sentence in read(typed).sentences:
        end = data.draw(st.integers(1, len(sentence.line)))
        span = sentence.typed(data.draw(st.integers(0, end - 1)), end)

        assert 0 <= span.start < span.end <= len(typed)


def test_a_sentence_closes_only_once_its_words_are_in() -> None:
    sentence = Sentence(["a", "b"], [Span(0, 1), Span(2, 3)]).close()

    assert (sentence.line, sentence.span) == ("a b ", Span(0, 3))
