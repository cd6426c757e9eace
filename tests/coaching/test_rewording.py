"""The coach's wording in the person's text: in its place, and nowhere where it could not stand."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.brief import Field
from bot.coaching.findings import Finding
from bot.coaching.findings.finding import Certainty, Family, Kind
from bot.coaching.rewording import can_reword, reword


def finding(text: str, words: str, suggestion: str, field: Field = Field.SHARED_WIN) -> Finding:
    """What the coach would say about these words of the text."""
    start = text.index(words)
    return Finding(
        rule="rule",
        family=Family.COMPROMISE,
        kind=Kind.HINT,
        field=field,
        start=start,
        end=start + len(words),
        words=words,
        certainty=Certainty.LIKELY,
        why="Because.",
        suggestion=suggestion,
        page="page",
    )


@pytest.mark.parametrize(
    ("text", "words", "suggestion", "better"),
    [
        # A sentence takes the place of the sentence.
        ("We split it.", "split it", 'Say: "You get ..., we get ..."', "You get ..., we get ..."),
        (
            "We want a deal. Take it or leave it at 9.5! Then we sign.",
            "Take it or leave it",
            'Say: "What do you need?"',
            "We want a deal. What do you need? Then we sign.",
        ),
        ("- a pilot\n- split it\n- a review", "split it", 'Say: "You get ..."', "- a pilot\nYou get ...\n- a review"),
        ("split it", "split it", "Say: “You get ...”", "You get ..."),
        # What completes a sentence stands behind it.
        ("A 3-month pilot.", "A 3-month pilot", 'Add: "... so that you ..."', "A 3-month pilot, so that you ..."),
        (
            "A pilot. A review in May! Done.",
            "A review in May",
            'Add: "..., so that you ..."',
            "A pilot. A review in May, so that you ... Done.",
        ),
        # A few words take the place of the words.
        ("Deliver soon, please", "soon", 'Name the day: "by ..."', "Deliver by ..., please"),
    ],
)
def test_where_it_goes(text: str, words: str, suggestion: str, better: str) -> None:
    found = finding(text, words, suggestion)

    assert can_reword(found)
    assert reword(text, found) == better


@pytest.mark.parametrize(
    ("suggestion", "field"),
    [
        ("Name one concrete thing: a figure, a date, a term.", Field.MY_WIN),  # advice
        ('Ask first: "What worries you?" and "What would help?"', Field.SHARED_WIN),  # questions to choose from
        ('Ask before the meeting: "What would that make possible?"', Field.THEIR_WIN),  # asked, not written there
    ],
)
def test_advice_and_questions_to_ask_first_do_not_go_into_the_field(suggestion: str, field: Field) -> None:
    assert not can_reword(finding("their price", "their price", suggestion, field))


def test_neither_does_what_quotes_nothing_or_speaks_of_the_whole_script() -> None:
    said = finding("a pilot", "a pilot", 'Say: "You get ..."')

    assert not can_reword(replace(said, words="", end=0))
    assert not can_reword(replace(said, field="script"))


@given(st.text(min_size=1), st.data())
def test_everything_outside_the_sentence_stays(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = replace(finding("x", "x", 'Say: "Better so."'), start=start, end=end, words=text[start:end])
    better = reword(text, found)
    before, _, after = better.partition("Better so.")

    assert text.startswith(before)
    assert text.endswith(after)
    assert len(before) <= start
