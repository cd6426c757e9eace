"""One-sided shared win: told by what each clause gives to whom, not by length."""

import pytest

from bot.coaching.brief import Brief, Field
from bot.coaching.findings import Certainty, Coach, Family, Finding

LONG_AND_ONE_SIDED = [
    (
        "Get a 20% discount on licences",
        "A reference customer",
        "We get the licences at twenty percent below list price, which means that our company pays considerably less "
        "each year and that is a real win for all of us",
    ),
    (
        "Keep the office on the third floor",
        "Reduce rented space",
        "We stay on the third floor where we have always been and where our desks, our kitchen and our light are, and "
        "so we are all happy together",
    ),
    (
        "Hire two more engineers",
        "Keep headcount flat",
        "Two additional engineers join my team this spring and we finally have enough hands for our roadmap, a true "
        "win-win for the department",
    ),
    (
        "Be home by six",
        "Deadlines met",
        "I can leave the office in time every evening and be at home by six with my family, and we are all more "
        "relaxed because of that",
    ),
    (
        "Extend the warranty to five years",
        "Close the sale this month",
        "We both benefit from a warranty that runs for five years instead of two, since our machines are then covered "
        "for much longer",
    ),
    ("Fewer on-call nights", "Uptime", "I am on call less often"),
]
SHORT_AND_SHARED = [
    ("Get a 20% discount on licences", "A reference customer", "You publish our case study, licences drop 20%"),
    ("Move the launch to September", "Revenue this quarter", "Beta customers pay now, and revenue starts in June"),
    ("Work four days a week", "Coverage on Fridays", "Fridays covered by swap with Ben"),
    ("Hire two more engineers", "Keep headcount flat", "Two contractors convert, headcount stays flat"),
    ("Get the data by Monday", "Avoid extra work", "My script exports it, no work for them"),
    ("Have the noise stop after ten", "Practise drums", "I lend the garage for drums"),
    ("Cheaper shipping", "Full containers", "We fill your containers"),
    ("More budget for training", "Productivity", "Trained staff ship faster, savings pay the courses"),
]


def one_sided(found: tuple[Finding, ...]) -> list[Finding]:
    return [each for each in found if each.family is Family.ONE_SIDED]


def read(coach: Coach, mine: str, theirs: str, shared: str) -> list[Finding]:
    return one_sided(coach.read_brief(Brief(my_win=mine, their_win=theirs, shared_win=shared)))


@pytest.mark.parametrize(("mine", "theirs", "shared"), LONG_AND_ONE_SIDED)
def test_a_long_one_that_is_all_mine(mine: str, theirs: str, shared: str, coach: Coach) -> None:
    assert [each.certainty for each in read(coach, mine, theirs, shared)] in ([Certainty.CERTAIN], [Certainty.LIKELY])


@pytest.mark.parametrize(("mine", "theirs", "shared"), SHORT_AND_SHARED)
def test_a_short_one_that_holds_both(mine: str, theirs: str, shared: str, coach: Coach) -> None:
    assert read(coach, mine, theirs, shared) == []


def test_a_copy_in_other_words(coach: Coach) -> None:
    [found] = read(coach, "Lower the rent by 200 euros", "A reliable tenant", "200 euros lower rents")

    assert (found.rule, found.words) == ("copies_my_win", "200 euros lower rents")


def test_it_quotes_the_whole_of_the_shared_win(coach: Coach) -> None:
    [found] = read(coach, "More pay", "Calm", "  Both sides win, because I get more pay. ")

    assert found.words == "Both sides win, because I get more pay"


def test_a_shared_win_read_alone(coach: Coach) -> None:
    assert one_sided(coach.read(Field.SHARED_WIN, "Both sides win, because I get my raise"))
    assert not one_sided(coach.read(Field.SHARED_WIN, "You get a two-year term, and we get 5% off"))


def test_they_may_be_our_own_people(coach: Coach) -> None:
    mine = "Our engineers get more time, and they are rested"

    assert one_sided(coach.read(Field.SHARED_WIN, mine))
    assert not one_sided(coach.read(Field.SHARED_WIN, "They get more time, and our engineers are rested"))
