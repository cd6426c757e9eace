"""What people mean, in many words: sentences that were written after the rules, each set before it was first read.

The figures here are a floor under later changes. They are no measure of quality: the rules have seen these by now.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli.corpus import Triple
from bot.cli.measures import Score, auc
from bot.coaching.brief import Brief, Field
from bot.coaching.findings import Certainty, Coach, Family, Where

FOLDER = Path(__file__).parent / "paraphrases"
PRESSURE = (Family.HARD_LINE, Family.WALK_AWAY)
WEIGHT = {Certainty.MAYBE: 1, Certainty.LIKELY: 2, Certainty.CERTAIN: 3}


def sentences(name: str) -> list[str]:
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()


def score(name: str, other: str, finds: Callable[[str], bool]) -> Score:
    return Score.of(
        [(each, True, finds(each)) for each in sentences(name)]
        + [(each, False, finds(each)) for each in sentences(other)]
    )


def finder(coach: Coach, field: Where, families: tuple[Family, ...], *, maybe: bool) -> Callable[[str], bool]:
    def finds(text: str) -> bool:
        return any(
            found.family in families and (maybe or found.certainty is not Certainty.MAYBE)
            for found in coach.read(field, text)
        )

    return finds


@pytest.mark.parametrize(
    ("name", "other", "families", "field", "maybe", "least"),
    [
        ("pressure", "no_pressure", PRESSURE, "script", False, (0.97, 0.90)),
        ("compromise", "no_compromise", (Family.COMPROMISE,), "script", False, (0.97, 0.85)),
        ("position", "no_position", (Family.POSITION,), Field.MY_WIN, True, (0.95, 0.90)),
    ],
)
def test_what_is_meant_is_found(
    name: str,
    other: str,
    families: tuple[Family, ...],
    field: Where,
    maybe: bool,
    least: tuple[float, float],
    coach: Coach,
) -> None:
    found = score(name, other, finder(coach, field, families, maybe=maybe))

    assert found.precision >= least[0], found.false
    assert found.recall >= least[1], found.missed


def triples() -> list[Triple]:
    rows = [row.split("\t") for row in (FOLDER / "one_sided.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    return [Triple(mine, theirs, shared, repeats == "1") for repeats, mine, theirs, shared in rows]


def test_long_or_short_a_one_sided_shared_win_is_told(coach: Coach) -> None:
    """Here the ones that repeat My Win are the longer ones, so length would score below chance."""
    scored: dict[bool, list[float]] = {True: [], False: []}
    for each in triples():
        brief = Brief(my_win=each.my_win, their_win=each.their_win, shared_win=each.shared_win)
        found = [WEIGHT[one.certainty] for one in coach.read_brief(brief) if one.family is Family.ONE_SIDED]
        scored[each.repeats].append(max(found, default=0))

    assert auc(scored[True], scored[False]) >= 0.9
