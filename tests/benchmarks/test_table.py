"""What the page shows."""

from collections import Counter

from tests.benchmarks.profile import shares, tallied
from tests.benchmarks.table import Goal, Line, Section, compared, markdown, missed

FAST = Line("a second", "95/s", 95, "them: 100/s", 0.95, Goal(0.9, at_least=True))
SLOW = Line("p99", "70 ms", 70, "them: 60 ms", 1.17, Goal(60, unit="ms"))


def test_a_goal_is_about_the_ratio_or_where_it_has_a_unit_about_ours() -> None:
    assert not FAST.missed
    assert SLOW.missed
    assert not Line("p99", "50 ms", 50, "them: 10 ms", 5.0, Goal(60, unit="ms")).missed
    assert not Line("p50", "5 ms", 5, "them: 1 ms", 5.0).missed


def test_the_table_says_what_was_missed() -> None:
    sections = [Section("Nudges", [FAST, SLOW])]

    assert missed(sections) == [SLOW]
    assert markdown(sections).splitlines() == [
        "| what | ours | against | ratio | goal |  |",
        "| --- | --- | --- | --- | --- | --- |",
        "| **Nudges** |  |  |  |  |  |",
        "| a second | 95/s | them: 100/s | 0.95 | at least 0.9 | met |",
        "| p99 | 70 ms | them: 60 ms | 1.17 | at most 60 ms | **missed** |",
    ]


def test_a_comparison_takes_the_rounds_that_both_took() -> None:
    line = compared("a second", "them: ", [10.0, 20.0, 30.0], [5.0], float, "{:.0f}/s")

    assert (line.ours, line.against, line.ratio) == ("20/s", "them: 5/s", 2.0)


def test_a_sample_counts_for_the_innermost_line_of_ours_and_what_it_called() -> None:
    stacks = [
        "run (asyncio/runners.py:1);post (bot/slack/web.py:7);dumps (json/__init__.py:2) 3",
        "run (asyncio/runners.py:1);post (bot/slack/web.py:9) 1",
        "select (selectors.py:4) 2",
    ]
    tally = tallied(stacks)

    assert tally == Counter(
        {("bot/slack/web.py", "json"): 3, ("bot/slack/web.py", "itself"): 1, ("no file of ours", "selectors"): 2}
    )
    assert shares(tally, 0)[0] == ("bot/slack/web.py", 100 * 4 / 6)
