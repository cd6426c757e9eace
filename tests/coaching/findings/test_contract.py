"""What the rooms around may rely on: `Coach.read_brief`, `Coach.read`, and the order of findings."""

from bot.coaching.brief import Brief, Field, Sealed
from bot.coaching.findings import Certainty, Coach, Family, Kind

OLD_WAY = "That price is too high! Drop to 80% or I’ll find another supplier."
WIN_WIN = (
    "My goal is to keep the budget under $100M for this project. I understand you need to maintain at least a 25% "
    "margin. I propose: a 3-month package at $95M, plus a one-year partnership commitment — so you get stable revenue, "
    "and I get a better price."
)


class TestOneText:
    def test_the_methods_old_way_is_a_warning_that_quotes_the_words(self, coach: Coach) -> None:
        finding = coach.read("script", OLD_WAY)[0]

        assert (finding.family, finding.kind, finding.certainty) == (
            Family.HARD_LINE,
            Kind.WARNING,
            Certainty.CERTAIN,
        )
        assert finding.words == "or I’ll find another supplier" == OLD_WAY[finding.start : finding.end]

    def test_the_methods_win_win_way_is_left_alone(self, coach: Coach) -> None:
        assert coach.read("script", WIN_WIN) == ()

    def test_a_compromise_weighs_more_in_the_shared_win(self, coach: Coach) -> None:
        text = "We meet in the middle, at 52."

        weights = {field: coach.read(field, text)[0] for field in (Field.SHARED_WIN, "script")}

        assert [found.family for found in weights.values()] == [Family.COMPROMISE] * 2
        assert [found.kind for found in weights.values()] == [Kind.WARNING, Kind.HINT]

    def test_a_maybe_is_a_question_and_asks(self, coach: Coach) -> None:
        maybes = [each for each in coach.read("script", "I can't go any higher.") if each.certainty is Certainty.MAYBE]

        assert [(each.kind, each.why[-1]) for each in maybes] == [(Kind.QUESTION, "?")]

    def test_a_suggestion_takes_the_one_amount_that_was_named(self, coach: Coach) -> None:
        assert "95 a unit" not in coach.read("script", "Final offer: 95 a unit.")[0].suggestion
        assert "95" in coach.read("script", "Final offer: 95 a unit.")[0].suggestion
        assert "95" not in coach.read("script", "Final offer: 95 for 100 units.")[0].suggestion

    def test_braces_in_the_persons_words_stay_as_typed(self, coach: Coach) -> None:
        assert coach.read("script", "Final offer: {0} {amount} 95{x}.")


class TestABrief:
    def test_a_shared_win_that_nearly_copies_my_win_is_found(self, coach: Coach) -> None:
        brief = Brief(my_win="Lower the unit price by 10%", shared_win="The unit price lowered by 10%, please")

        assert "copies_my_win" in {finding.rule for finding in coach.read_brief(brief)}

    def test_the_walk_away_is_never_read(self, coach: Coach) -> None:
        brief = Brief(my_win="Keep Anna on the team", walk_away=Sealed("take it or leave it"))

        assert Family.HARD_LINE not in {finding.family for finding in coach.read_brief(brief)}

    def test_an_incomplete_layer_is_told_that_and_nothing_else(self, coach: Coach) -> None:
        found = coach.read_brief(Brief(my_win="money", their_win="They need a 25% margin", shared_win=""))

        assert [each.rule for each in found if each.field is Field.MY_WIN] == ["contentless"]
        assert [each.rule for each in found if each.field is Field.SHARED_WIN] == ["missing"]

    def test_a_field_alone_is_not_asked_for_the_other_layers(self, coach: Coach) -> None:
        assert coach.read(Field.MY_WIN, "Keep Anna on the team, because she knows the customers.") == ()


class TestOrder:
    def test_the_gravest_comes_first(self, coach: Coach) -> None:
        found = coach.read("script", "Let's meet in the middle. I can't go any higher. Take it or leave it.")

        assert [each.kind for each in found] == [Kind.WARNING, Kind.HINT, Kind.QUESTION]

    def test_words_that_two_phrases_find_are_told_once(self, coach: Coach) -> None:
        found = coach.read("script", "Accept it or I will walk away.")

        assert len({(each.start, each.end) for each in found}) == len(found) == 1

    def test_the_same_text_gives_the_same_findings(self, coach: Coach) -> None:
        assert coach.read("script", OLD_WAY) == coach.read("script", OLD_WAY)
