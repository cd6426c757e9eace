"""What the rooms around may rely on: `Coach.read_brief`, `Coach.read`, and the order of findings."""

import pytest

from bot.coaching.brief import Brief, Field, Sealed
from bot.coaching.findings import Certainty, Coach, Kind
from bot.wording.files import Folders
from bot.wording.phrases import load_coach


@pytest.fixture(scope="module")
def coach() -> Coach:
    return load_coach(Folders())


def test_a_threat_is_a_warning_that_quotes_the_words(coach: Coach) -> None:
    text = "That price is too high! Drop to 80% or I’ll find another supplier."

    finding = coach.read("script", text)[0]

    assert (finding.family, finding.kind, finding.certainty) == ("hard_line", Kind.WARNING, Certainty.CERTAIN)
    assert finding.words == "or I’ll find another supplier" == text[finding.start : finding.end]


def test_a_compromise_weighs_more_in_the_shared_win(coach: Coach) -> None:
    text = "We meet in the middle at 35."

    assert coach.read(Field.SHARED_WIN, text)[0].kind is Kind.WARNING
    assert coach.read(Field.MY_WIN, text)[0].kind is Kind.HINT


def test_a_shared_win_that_nearly_copies_my_win_is_found(coach: Coach) -> None:
    brief = Brief(my_win="Lower the unit price by 10%", shared_win="The unit price lowered by 10%, please")

    assert "one_sided" in {finding.family for finding in coach.read_brief(brief)}


def test_the_walk_away_is_never_read(coach: Coach) -> None:
    brief = Brief(my_win="Keep Anna on the team", walk_away=Sealed("take it or leave it"))

    assert "hard_line" not in {finding.family for finding in coach.read_brief(brief)}


def test_the_gravest_comes_first(coach: Coach) -> None:
    findings = coach.read("script", "Let's meet in the middle. Take it or leave it.")

    assert [finding.family for finding in findings][:2] == ["hard_line", "compromise"]
