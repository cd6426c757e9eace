"""The three sentences: said as a person would say them, or quoted as typed; never in between."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.brief import Brief, Field
from bot.coaching.direction import isolated
from bot.coaching.phrasing.leads import GoalLeads, Leads, NeedLeads, ProposalLeads
from bot.coaching.script import Script, write_script
from bot.wording.files import Folders
from bot.wording.method import load_method
from tests.coaching.spoken.goals import GOALS
from tests.coaching.spoken.goals_in_a_few_words import GOALS_IN_A_FEW_WORDS
from tests.coaching.spoken.goals_in_a_hurry import GOALS_IN_A_HURRY
from tests.coaching.spoken.goals_of_trades import GOALS_OF_TRADES
from tests.coaching.spoken.named import NAMED
from tests.coaching.spoken.needs import NEEDS
from tests.coaching.spoken.needs_in_a_few_words import NEEDS_IN_A_FEW_WORDS
from tests.coaching.spoken.needs_in_a_hurry import NEEDS_IN_A_HURRY
from tests.coaching.spoken.needs_of_trades import NEEDS_OF_TRADES
from tests.coaching.spoken.proposals import PROPOSALS
from tests.coaching.spoken.proposals_in_a_few_words import PROPOSALS_IN_A_FEW_WORDS
from tests.coaching.spoken.proposals_in_a_hurry import PROPOSALS_IN_A_HURRY
from tests.coaching.spoken.proposals_of_trades import PROPOSALS_OF_TRADES

LEADS = load_method(Folders()).leads

ALL_GOALS = [(*row, "Acme") for row in GOALS + GOALS_OF_TRADES] + [(*row, "Tom") for row in GOALS_IN_A_HURRY]
ALL_GOALS += [(*row, "Ben") for row in GOALS_IN_A_FEW_WORDS]
ALL_NEEDS = [(*row, "Acme") for row in NEEDS + NEEDS_OF_TRADES] + [(*row, "Tom") for row in NEEDS_IN_A_HURRY]
ALL_NEEDS += [(*row, "Ben") for row in NEEDS_IN_A_FEW_WORDS]
ALL_NEEDS += [(typed, said, counterpart) for typed, counterpart, said in NAMED]
ALL_PROPOSALS = [(*row, "Acme") for row in PROPOSALS + PROPOSALS_OF_TRADES]
ALL_PROPOSALS += [(*row, "Tom") for row in PROPOSALS_IN_A_HURRY]
ALL_PROPOSALS += [(*row, "Ben") for row in PROPOSALS_IN_A_FEW_WORDS]


def script(text: str, counterpart: str = "Acme") -> Script:
    """The script of a brief with the same text in each layer."""
    return write_script(Brief("Renewal", counterpart, my_win=text, their_win=text, shared_win=text), LEADS)


@pytest.mark.parametrize(("typed", "said", "counterpart"), ALL_GOALS)
def test_goal(typed: str, said: str, counterpart: str) -> None:
    assert script(typed, counterpart).goal == said


@pytest.mark.parametrize(("typed", "said", "counterpart"), ALL_NEEDS)
def test_need(typed: str, said: str, counterpart: str) -> None:
    assert script(typed, counterpart).need == said


@pytest.mark.parametrize(("typed", "said", "counterpart"), ALL_PROPOSALS)
def test_proposal(typed: str, said: str, counterpart: str) -> None:
    assert script(typed, counterpart).proposal == said


@pytest.mark.parametrize("table", [ALL_GOALS, ALL_NEEDS, ALL_PROPOSALS])
def test_the_tables_are_wide(table: list[tuple[str, str, str]]) -> None:
    assert len({typed for typed, _, _ in table}) > 200


def test_the_method_s_own_example() -> None:
    brief = Brief(
        title="Supplier price",
        counterpart="Acme",
        my_win="keep the budget under $100M for this project",
        their_win="They need to maintain at least a 25% margin",
        shared_win="a 3-month package at $95M, plus a one-year partnership commitment — so they get stable revenue, "
        "and I get a better price",
    )

    assert write_script(brief, LEADS) == Script(
        "My goal is to keep the budget under $100M for this project.",
        "I understand your side needs to maintain at least a 25% margin.",
        "I propose a 3-month package at $95M, plus a one-year partnership commitment — so you get stable revenue, "
        "and I get a better price.",
    )


def test_it_says_which_layers_are_quoted() -> None:
    brief = Brief(my_win="Das Budget halten", their_win="stable revenue", shared_win="😀 a pilot")

    assert write_script(brief, LEADS).quoted == {Field.MY_WIN, Field.SHARED_WIN}


@pytest.mark.parametrize(("table", "sentence"), [(ALL_GOALS, "goal"), (ALL_NEEDS, "need"), (ALL_PROPOSALS, "proposal")])
def test_a_sentence_said_again_stays_the_same(table: list[tuple[str, str, str]], sentence: str) -> None:
    said = {(once, counterpart) for _, once, counterpart in table}

    assert [once for once, counterpart in said if getattr(script(once, counterpart), sentence) != once] == []


@pytest.mark.parametrize(
    ("counterpart", "typed", "said"),
    [
        ("Dana", "Dana needs calm", "I understand your side needs calm."),
        ("dana", "Dana needs calm", "I understand your side needs calm."),
        ("Dana Smith", "Dana needs calm", "I understand your side needs calm."),
        ("Dana (Acme)", "Acme needs calm", "I understand your side needs calm."),
        ("Acme Corp.", "Acme needs calm", "I understand your side needs calm."),
        ("the landlord", "Landlord needs calm", "I understand your side needs calm."),
        ("Landlord", "The landlord needs calm", "I understand your side needs calm."),
        ("Bo", "Bob needs calm", "What matters on your side: Bob needs calm."),
        ("", "Dana needs calm", "What matters on your side: Dana needs calm."),
        ("a", "a calm year", "I understand your side needs a calm year."),
        ("(*+[", "stable revenue", "I understand your side needs stable revenue."),
    ],
)
def test_the_counterpart_s_name(counterpart: str, typed: str, said: str) -> None:
    assert script(typed, counterpart).need == said


def test_the_leads_are_words_of_the_team() -> None:
    leads = Leads(
        GoalLeads(*(f"goal-{i}" for i in range(7))),
        NeedLeads(*(f"need-{i}" for i in range(5))),
        ProposalLeads(*(f"proposal-{i}" for i in range(4))),
    )
    brief = Brief(my_win="keep the budget", their_win="stable revenue", shared_win="das alles")

    assert write_script(brief, leads) == Script(
        "goal-0 keep the budget.", "need-1 stable revenue.", "proposal-3 das alles.", frozenset({Field.SHARED_WIN})
    )


def test_typed_markup_is_left_alone() -> None:
    typed = "Keep <!channel> & <@U123> *calm* <https://evil.test|here>"

    assert script(typed).goal == "My goal is to keep <!channel> & <@U123> *calm* <https://evil.test|here>"


@pytest.mark.parametrize(
    "text", ["", " ", "\n", ".", "...", "?", "-", "- ", "1.", '""', "“”", "\u200b", "i", "I", "to"]
)
def test_the_smallest_texts_still_make_a_sentence(text: str) -> None:
    said = script(text)

    assert said.goal.startswith("My goal")
    assert said.need
    assert said.proposal


WORDS = """
I we you they he she it want need to keep get not don't my our their your her his the a an 15 % $100M raise budget price
team customers so that and or but if because for by under let's split propose goal is are was wants needs must can can't
will Acme Dana stable revenue keeping signed My goal I propose: - 1. . , ; : ? ! … ’ “ ” ( ) 😀 https://x.test/their/plan
<@U1> they're he's it's KEEP THE das бюджет 预算 all both each
"""
words = st.sampled_from([*WORDS.split(), "\n", "\u200f", "\u00a0"])
typed_texts = st.one_of(st.text(max_size=200), st.lists(words, max_size=40).map(" ".join))


@given(typed_texts, st.sampled_from(["Acme", "Dana Smith", "they", "", "the board", "my boss"]))
def test_any_text_makes_three_sentences(text: str, counterpart: str) -> None:
    said = script(text, counterpart)

    assert all(sentence.strip() for sentence in (said.goal, said.need, said.proposal))


@given(typed_texts)
def test_what_is_quoted_is_quoted_whole(text: str) -> None:
    said = script(text)

    for layer, sentence in zip(
        (Field.MY_WIN, Field.THEIR_WIN, Field.SHARED_WIN), (said.goal, said.need, said.proposal), strict=True
    ):
        assert layer not in said.quoted or isolated(text.strip()) in sentence


@pytest.mark.parametrize("times", range(4))
@pytest.mark.parametrize("lead", ["my goal is to", "My goal:", "I propose", "I propose that", "I understand"])
def test_a_typed_lead_gets_no_second_one(lead: str, times: int) -> None:
    typed = f"{lead} " * times + "keep the budget"
    said = script(typed)

    for own, sentence in (("my goal", said.goal), ("i understand", said.need), ("i propose", said.proposal)):
        assert sentence.lower().count(own) <= max(1, typed.lower().count(own))


@given(typed_texts)
def test_no_number_and_no_link_is_lost(text: str) -> None:
    said = script(text)

    for sentence in (said.goal, said.need, said.proposal):
        assert sorted(re.findall(r"[1-9]\d+", text)) == sorted(re.findall(r"[1-9]\d+", sentence))
        assert sentence.count("https://x.test/their/plan") == text.count("https://x.test/their/plan")


@given(typed_texts)
def test_a_sentence_is_said_the_same_twice(text: str) -> None:
    once = script(text)

    assert script(text) == once
    assert script(f"  {text}\n").goal.split() == once.goal.split()


@pytest.mark.parametrize(
    "unit",
    [
        "a ", "they ", "he is ", "my goal is ", "i think i ", "what they need ", "i want to ", "- ", "\n- a", "a. ",
        "'", '"', "keep  ", "really ", "and ", "give her ", "Acme ", "Acme:", "let's ", "i ", "that ", "KEEP ", "asd", "http://",
        "a - ", "😀", "e\u0301", "a\r\n", "not ", "always ", ": ", "1. ",
    ],
)  # fmt: skip
def test_a_hostile_text_is_read_once_from_end_to_end(unit: str) -> None:
    """A pattern that backtracks would not come back from these."""
    said = script(unit * 20_000, unit * 100)

    assert said.goal
    assert said.need
    assert said.proposal


def test_a_brief_of_another_layer_changes_nothing() -> None:
    brief = Brief(my_win="keep the budget", their_win="stable revenue", shared_win="a pilot")

    assert write_script(replace(brief, title="I", walk_away=brief.walk_away), LEADS) == write_script(brief, LEADS)
