"""They become you only where nobody else can be meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.phrasing.address import address, third_persons

CERTAIN = [
    ("their margin", "your margin"),
    ("Their margin, their call", "Your margin, your call"),
    ("keep their margin", "keep your margin"),
    ("they are tired", "you are tired"),
    ("They’re tired", "You're tired"),
    ("(they've said it)", "(you've said it)"),
    ("they'll sign and we'll pay", "you'll sign and we'll pay"),
    ("We'll host and they'll present", "We'll host and you'll present"),
    ("a plan good for them", "a plan good for you"),
    ("so they can plan", "so you can plan"),
    ("fewer tickets so they can really plan", "fewer tickets so you can really plan"),
    ("cut costs and keep their margin", "cut costs and keep your margin"),
    ("the choice is theirs", "the choice is yours"),
    ("they decide for themselves", "you decide for yourselves"),
    ("he is tired", "you are tired"),
    ("he has two kids", "you have two kids"),
    ("she doesn't know", "you don't know"),
    ("she was here", "you were here"),
    ("he renews it", "you renew it"),
    ("she carries it", "you carry it"),
    ("he must go", "you must go"),
    ("he really needs rest", "you really need rest"),
    ("she's tired", "you're tired"),
    ("she would like that", "you would like that"),
    ("her board", "your board"),
    ("ask her about it", "ask you about it"),
    ("this suits her.", "this suits you."),
    ("a plan by her", "a plan by you"),
    ("his bonus", "your bonus"),
    ("tell him now", "tell you now"),
    ("he said it himself", None),
    ("growth & their board", "growth & your board"),
    ("growth\n  for their   team", "growth\n  for your   team"),
    ("their/our plan", "their/our plan"),
    ("see https://x.test/their/plan", "see https://x.test/their/plan"),
    ("no third person here", "no third person here"),
    ("", ""),
]


@pytest.mark.parametrize(("typed", "said"), CERTAIN)
def test_certain(typed: str, said: str | None) -> None:
    assert address(typed) == said


@pytest.mark.parametrize(
    "typed",
    [
        "help the customers so they stay",
        "customers who pay their bills",
        "a manager who gives them room",
        "reduce costs and keep them low",
        "deliveries so they arrive early",
        "hire Anna and give her time",
        "Anna and her team",
        "he and she agree",
        "they want her to stay",
        "you and they agree",
        "they trust you",
        'they said "no"',
        "they said “their price”",
        "give her time",
        "tell her boss",
        "he's got to go",
        "she's been away",
        "he is tired and needs rest",
        "he leads and pays",
        "he sleept",
        "the fault is his",
        "his, not ours",
    ],
)
def test_doubtful(typed: str) -> None:
    assert address(typed) is None


@pytest.mark.parametrize(
    ("typed", "subject", "said"),
    [
        ("protect their team and hit their numbers", "they", "protect your team and hit your numbers"),
        ("need their customers to keep their data", "they", None),
        ("a boss who gives them room", "they", "a boss who gives you room"),
        ("want the team so they can plan", "they", None),
        ("his boss and his team", "he", "your boss and your team"),
        ("her board", "he", None),
        ("their board", "she", None),
    ],
)
def test_once_it_is_said_who_they_are(typed: str, subject: str, said: str | None) -> None:
    assert address(typed, subject=subject) == said


def test_the_counterpart_s_own_name_is_nobody_else() -> None:
    assert address("Show Acme that they matter") is None
    assert address("Show Acme that they matter", frozenset({"acme"})) == "Show Acme that you matter"


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("they and their", {"they"}),
        ("He's late", {"he"}),
        ("herself", {"she"}),
        ("theirs, his", {"they", "he"}),
        ("it", set()),
    ],
)
def test_third_persons(text: str, who: set[str]) -> None:
    assert third_persons(text) == who


WORDS = "they them their he's his her she is has keeps and , . customers Anna plans you can really so that"


@given(st.lists(st.sampled_from([*WORDS.split(), "\n"]), max_size=30))
def test_nothing_but_third_persons_and_their_verbs_changes(words: list[str]) -> None:
    text = " ".join(words)
    said = address(text)

    if said is not None:
        assert third_persons(said) == frozenset()
        assert len(said.split()) == len(text.split())
