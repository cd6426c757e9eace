"""What the coach leaves unsaid, and how it quotes: nothing about what it cannot read, nothing twice, whole clauses."""

import pytest

from bot.coaching.brief import Brief, Field
from bot.coaching.findings import Coach, Family


def rules(coach: Coach, brief: Brief) -> list[str]:
    return [found.rule for found in coach.read_brief(brief)]


class TestOtherLanguages:
    @pytest.mark.parametrize(
        "brief",
        [
            Brief(my_win="预算控制在一亿以内", their_win="他们需要稳定的收入", shared_win="签一年合同,价格九五折"),
            Brief(my_win="إبقاء الميزانية أقل من 100 مليون", their_win="هامش ربح 25٪", shared_win="عقد لمدة سنة"),
            Brief(
                my_win="Mantener el precio por debajo de 100",
                their_win="Necesitan un margen del 25 %",
                shared_win="Tres meses a 95 y un año de compromiso",
            ),
            Brief(
                my_win="Den Preis unter 100 halten",
                their_win="Sie brauchen 25 % Marge",
                shared_win="Ein Paket für 95 und ein Jahr Bindung",
            ),
        ],
    )
    def test_they_are_left_alone(self, brief: Brief, coach: Coach) -> None:
        assert rules(coach, brief) == []

    def test_but_an_empty_layer_is_told(self, coach: Coach) -> None:
        brief = Brief(my_win="预算控制在一亿以内", their_win="他们需要稳定的收入", shared_win=" ")

        assert rules(coach, brief) == ["missing"]

    @pytest.mark.parametrize("text", ["Take it or leave it, señor.", "La Paz office: final offer, 95k.", "Net-60"])
    def test_a_few_foreign_words_are_still_english(self, text: str, coach: Coach) -> None:
        assert coach.read(Field.MY_WIN, text)


class TestTheMethodsOwnExample:
    def test_nothing_is_noticed(self, coach: Coach) -> None:
        brief = Brief(
            my_win="Keep the budget under $100M for this project",
            their_win="They need to maintain at least a 25% margin",
            shared_win="A 3-month package at $95M, plus a one-year partnership commitment, so you get stable revenue, "
            "and I get a better price.",
        )

        assert rules(coach, brief) == []


class TestNothingTwice:
    def test_one_sentence_is_one_threat(self, coach: Coach) -> None:
        found = coach.read("script", "This is my final offer, and if you don't sign I will walk away.")

        assert [each.family in (Family.HARD_LINE, Family.WALK_AWAY) for each in found] == [True]

    def test_a_reason_anywhere_in_the_field_is_enough(self, coach: Coach) -> None:
        bare, reasoned = "I want a 15% raise.", "I want a 15% raise. The reason is that I run two teams now."

        assert [found.family for found in coach.read(Field.MY_WIN, bare)] == [Family.POSITION]
        assert coach.read(Field.MY_WIN, reasoned) == ()

    def test_a_field_is_asked_once_what_it_is_for(self, coach: Coach) -> None:
        assert len(coach.read(Field.MY_WIN, "A 15% raise. Four weeks of holiday. 2 days from home.")) == 1


class TestQuotations:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("I'm not giving you any more water, sorry to say.", "I'm not giving you any more water"),
            ("We will not pay a cent more for this, period.", "We will not pay a cent more for this"),
            ("Agree today or we will find another supplier!", "or we will find another supplier"),
        ],
    )
    def test_they_go_to_the_end_of_their_clause(self, text: str, words: str, coach: Coach) -> None:
        assert words in [found.words for found in coach.read("script", text)]

    def test_a_short_demand_is_said_again_with_room_for_its_reason(self, coach: Coach) -> None:
        [found] = coach.read(Field.MY_WIN, "15% raise")

        assert '"15% raise, so that ..."' in found.suggestion

    def test_a_question_is_not(self, coach: Coach) -> None:
        [found] = coach.read(Field.MY_WIN, "Would you take 95?")

        assert "95" not in found.suggestion
