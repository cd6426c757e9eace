"""Completeness: the gate's findings with their places, and the three sentences of a script."""

import pytest

from bot.coaching.brief import LAYERS, Brief, Field
from bot.coaching.findings import Certainty, Coach, Family, Finding, Kind


def incomplete(found: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(each.field, each.rule) for each in found if each.family is Family.COMPLETENESS]


class TestLayers:
    def test_nothing_at_all(self, coach: Coach) -> None:
        assert incomplete(coach.read_brief(Brief())) == [(layer, "missing") for layer in LAYERS]

    def test_it_is_an_error_and_certain(self, coach: Coach) -> None:
        finding = coach.read_brief(Brief())[0]

        assert (finding.kind, finding.certainty, finding.start, finding.end) == (Kind.ERROR, Certainty.CERTAIN, 0, 0)

    @pytest.mark.parametrize("text", ["money", "tbd", "asdf", "My Win", "...", "yes", "I want more"])
    def test_a_layer_that_names_nothing(self, text: str, coach: Coach) -> None:
        found = coach.read_brief(Brief(my_win=text, their_win="They told us: stable revenue", shared_win="Net-60"))

        assert incomplete(found) == [("my_win", "contentless")]
        assert found[0].words == text

    @pytest.mark.parametrize("text", ["Net-60", "15 % raise", "ship by 1 June", "keep Anna"])
    def test_one_concrete_term_is_content(self, text: str, coach: Coach) -> None:
        assert incomplete(coach.read(Field.MY_WIN, text)) == []

    def test_the_same_words_twice(self, coach: Coach) -> None:
        brief = Brief(my_win="Net-60", their_win="net 60!", shared_win="We settle by supplier finance")

        assert incomplete(coach.read_brief(brief)) == [("their_win", "identical")]

    def test_one_field_alone_is_held_to_its_own_words(self, coach: Coach) -> None:
        assert incomplete(coach.read(Field.THEIR_WIN, "money")) == [("their_win", "contentless")]
        assert incomplete(coach.read(Field.THEIR_WIN, " ")) == [("their_win", "missing")]


GOAL = "My goal is to stay under 95."
NEED = "I understand your side needs stable revenue."
PROPOSAL = "I propose a one-year term at 94."


class TestScript:
    def test_three_sentences_are_a_script(self, coach: Coach) -> None:
        assert incomplete(coach.read("script", f"{GOAL} {NEED} {PROPOSAL}")) == []

    @pytest.mark.parametrize(
        ("text", "rules"),
        [
            (f"{NEED} {PROPOSAL}", ["no_goal"]),
            (f"{GOAL} {PROPOSAL}", ["no_need"]),
            (f"{GOAL} {NEED}", ["no_proposal"]),
            (GOAL, ["no_need", "no_proposal"]),
            (f"My goal is that you lower the price. {NEED} {PROPOSAL}", ["wrong_goal"]),
            (f"{GOAL} I understand that we need a discount. {PROPOSAL}", ["wrong_need"]),
            ("  ", ["missing"]),
        ],
    )
    def test_a_sentence_that_is_missing_or_about_the_wrong_party(
        self, text: str, rules: list[str], coach: Coach
    ) -> None:
        assert sorted(rule for _, rule in incomplete(coach.read("script", text))) == sorted(rules)

    @pytest.mark.parametrize(
        "text",
        [
            f"We want to keep the budget under 95. {NEED} {PROPOSAL}",
            f"{GOAL} What matters on your side: a steady forecast. My proposal: a one-year term.",
            f"{GOAL} You need volume. How about a one-year term?",
            f"{GOAL}\n{NEED}\n{PROPOSAL}",
        ],
    )
    def test_other_words_for_the_three_sentences(self, text: str, coach: Coach) -> None:
        assert incomplete(coach.read("script", text)) == []

    @pytest.mark.parametrize("text", ["See you tomorrow at three.", "Take it or leave it.", "I propose Tuesday.", "ok"])
    def test_a_message_is_no_script(self, text: str, coach: Coach) -> None:
        assert incomplete(coach.read("script", text)) == []
