"""The families that look at the brief as a whole, or at one layer with more than phrases."""

import pytest

from bot.coaching.brief import Brief, Field
from bot.coaching.findings import Certainty, Coach, Family, Finding, Where


def of(family: Family, found: tuple[Finding, ...]) -> list[Finding]:
    return [each for each in found if each.family is family]


class TestPosition:
    @pytest.mark.parametrize(
        "text",
        [
            "15% raise",
            "Net-60",
            "I want a 15% raise.",
            "We need at least 20 units.",
            "Would you take 95?",
            "How about 95 a unit?",
            "I'll give you 3 days for 2 evenings.",
            "I'd rather keep the corner office.",
        ],
    )
    def test_a_bare_demand_is_asked_what_it_is_for(self, text: str, coach: Coach) -> None:
        assert of(Family.POSITION, coach.read(Field.MY_WIN, text))

    @pytest.mark.parametrize(
        "text",
        [
            "I want a 15% raise because I took over Anna's work.",
            "Net-60, so that our cash lasts through the season.",
            "We need at least 20 units to cover the spring orders.",
            "Keep Anna on the team",
            "Our goal is 95 a unit.",
            "Since the budget is fixed, 95 is what we can pay.",
        ],
    )
    def test_a_reason_is_enough(self, text: str, coach: Coach) -> None:
        assert not of(Family.POSITION, coach.read(Field.MY_WIN, text))

    def test_a_quoted_demand_in_their_win_is_asked_why(self, coach: Coach) -> None:
        [found] = of(Family.POSITION, coach.read(Field.THEIR_WIN, "They said they want 20 % more."))

        assert found.rule == "their_position"
        assert found.certainty is Certainty.MAYBE

    @pytest.mark.parametrize("field", [Field.SHARED_WIN, "script"])
    def test_elsewhere_numbers_are_welcome(self, field: Where, coach: Coach) -> None:
        assert not of(Family.POSITION, coach.read(field, "I'll pay 95."))


class TestNoValue:
    @pytest.mark.parametrize(
        "text", ["We agree on 105.", "You come down 5 and I come up 5.", "Price 95 instead of 105."]
    )
    def test_one_thing_moved_back_and_forth(self, text: str, coach: Coach) -> None:
        assert of(Family.NO_VALUE, coach.read(Field.SHARED_WIN, text))

    @pytest.mark.parametrize("text", ["We agree on 105 for a two-year term.", "You get a forecast, we get 95."])
    def test_something_new_for_somebody(self, text: str, coach: Coach) -> None:
        assert not of(Family.NO_VALUE, coach.read(Field.SHARED_WIN, text))


class TestRepeated:
    def test_the_same_demand_in_one_text(self, coach: Coach) -> None:
        [found] = of(Family.REPEATED, coach.read("script", "We need 95 a unit. As I said: 95 a unit is what we need."))

        assert found.words == "As I said: 95 a unit is what we need"

    def test_the_same_demand_in_two_fields(self, coach: Coach) -> None:
        brief = Brief(
            my_win="Unit price of 95", their_win="They accept a unit price of 95", shared_win="A two-year term"
        )

        assert [each.field for each in of(Family.REPEATED, coach.read_brief(brief))] == [Field.THEIR_WIN]

    def test_the_shared_win_may_name_my_win_again(self, coach: Coach) -> None:
        brief = Brief(
            my_win="Unit price of 95", their_win="Steady orders", shared_win="A unit price of 95; you get steady orders"
        )

        assert not of(Family.REPEATED, coach.read_brief(brief))


class TestGuessedNeed:
    @pytest.mark.parametrize(
        ("text", "rule"),
        [
            ("Probably a better margin", "guessed_money"),
            ("I think they are late with the launch", "guessed_time"),
            ("Maybe they fear a failure", "guessed_risk"),
            ("I guess the board watches them", "guessed_people"),
            ("They surely want to expand", "guessed_growth"),
            ("I suppose they want respect", "guessed_need"),
        ],
    )
    def test_a_guess_gets_the_question_that_fits(self, text: str, rule: str, coach: Coach) -> None:
        [found] = of(Family.GUESSED_NEED, coach.read(Field.THEIR_WIN, text))

        assert (found.rule, found.certainty) == (rule, Certainty.LIKELY)
        assert "?" in found.suggestion

    def test_a_plain_need_is_only_asked_about(self, coach: Coach) -> None:
        [found] = of(Family.GUESSED_NEED, coach.read(Field.THEIR_WIN, "A calm quarter"))

        assert found.certainty is Certainty.MAYBE

    @pytest.mark.parametrize(
        "text", ["She told me that the margin is thin", "We asked: steady orders", "From our last call: a calm quarter"]
    )
    def test_somebody_asked(self, text: str, coach: Coach) -> None:
        assert not of(Family.GUESSED_NEED, coach.read(Field.THEIR_WIN, text))


class TestNoDeal:
    @pytest.mark.parametrize(
        ("mine", "theirs"),
        [
            ("Pay at most $100", "They need at least $120"),
            ("Stay under 95 euros a unit", "Not below 105 euros a unit"),
            ("A salary of at least 60k", "They can pay up to 50k"),
            ("At least 3 days at home", "No more than 2 days at home"),
            ("Keep Anna on the project", "Anna must not stay on the project"),
            ("Exclusive rights in the north", "No exclusive rights in the north"),
        ],
    )
    def test_two_needs_that_exclude_each_other(self, mine: str, theirs: str, coach: Coach) -> None:
        brief = Brief(my_win=mine, their_win=theirs, shared_win="A pilot in June")

        assert of(Family.NO_DEAL, coach.read_brief(brief))

    @pytest.mark.parametrize(
        ("mine", "theirs"),
        [
            ("Pay at most $120", "They need at least $100"),
            ("Pay at most $100", "At least a 25% margin"),
            ("At least 3 days at home", "No more than 2 people in the office"),
            ("Keep Anna on the project", "Anna must not work on Sundays"),
            ("Pay at most $100", "They need steady orders"),
        ],
    )
    def test_two_needs_that_have_room(self, mine: str, theirs: str, coach: Coach) -> None:
        brief = Brief(my_win=mine, their_win=theirs, shared_win="A pilot in June")

        assert not of(Family.NO_DEAL, coach.read_brief(brief))
