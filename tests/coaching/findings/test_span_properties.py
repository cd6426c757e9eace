"""Whatever is typed: a finding quotes its words exactly, the order is fixed, every run says the same."""

import subprocess
import sys
from itertools import combinations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.coaching.brief import LAYERS, Brief
from bot.coaching.findings import Coach, Family, Finding, Where
from bot.coaching.findings.finding import ordered
from bot.wording.files import Folders
from bot.wording.phrases import load_coach

FIELDS: tuple[Where, ...] = (*LAYERS, "script")
TRIGGERS = [
    "take it or leave it",
    "or I’ll find another supplier",
    "if you don't sign, we leave",
    "let's split the difference",
    "You always deliver late",
    "they have no choice",
    "I want 15 % more",
    "My goal is 95",
    "as soon as possible",
    "ＴＡＫＥ ＩＴ ＯＲ ＬＥＡＶＥ ＩＴ",
    "$115 firm",
]
COACH = load_coach(Folders())

anything = st.lists(st.one_of(st.text(max_size=20), st.sampled_from(TRIGGERS)), max_size=8)
glue = st.sampled_from([" ", ". ", "\n", "🙂", ", ", "", "\u200d", "e\u0301"])
texts = st.builds(lambda parts, between: between.join(parts), anything, glue)


def is_exact(finding: Finding, text: str) -> bool:
    return 0 <= finding.start <= finding.end <= len(text) and text[finding.start : finding.end] == finding.words


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.sampled_from(FIELDS), texts)
def test_one_field_is_quoted_exactly(field: Where, text: str) -> None:
    found = COACH.read(field, text)

    assert all(is_exact(each, text) and each.field == field for each in found)
    assert found == ordered(found)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(texts, texts, texts)
def test_a_brief_is_quoted_exactly(mine: str, theirs: str, shared: str) -> None:
    brief = Brief(my_win=mine, their_win=theirs, shared_win=shared)

    assert all(is_exact(each, brief.layer(each.field)) for each in COACH.read_brief(brief) if each.field != "script")


@settings(deadline=None)
@given(texts)
@example("let's split the difference let's split the difference")
def test_findings_of_a_family_do_not_overlap(text: str) -> None:
    found = COACH.read("script", text)

    assert not [
        (one, other)
        for one, other in combinations(found, 2)
        if one.family is other.family is not Family.COMPLETENESS and one.start < other.end and other.start < one.end
    ]


@pytest.mark.parametrize("seed", ["0", "1", "4242"])
def test_another_run_says_the_same(seed: str, coach: Coach) -> None:
    """Sets of words have another order in each run; the findings must not."""
    text = ". ".join(TRIGGERS)
    program = (
        "from bot.wording.files import Folders; from bot.wording.phrases import load_coach; import sys;"
        "print([(f.rule, f.start, f.end) for f in load_coach(Folders()).read('script', sys.argv[1])])"
    )

    said = subprocess.run(
        [sys.executable, "-c", program, text], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
    )

    assert said.stdout.strip() == str([(each.rule, each.start, each.end) for each in coach.read("script", text)])
