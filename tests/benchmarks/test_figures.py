"""The arithmetic behind the table."""

import pytest

from tests.benchmarks.contest import in_turns, turn
from tests.benchmarks.figures import Load, paired_ratio, percentile


@pytest.mark.parametrize(("percent", "value"), [(50, 50), (99, 99), (100, 100), (1, 1), (0.1, 1)])
def test_a_percentile_is_one_of_the_values(percent: float, value: float) -> None:
    assert percentile(list(range(1, 101)), percent) == value


def test_a_load_is_in_milliseconds_and_in_requests_a_second() -> None:
    assert Load.of([0.002, 0.001, 0.004], 0.5) == Load(rate=6, p50=2, p99=4, worst=4)


def test_a_slow_round_on_both_sides_leaves_the_ratio_as_it_is() -> None:
    assert paired_ratio([10, 10, 100], [20, 20, 200]) == 0.5


def test_another_one_begins_each_round() -> None:
    assert [turn(["a", "b", "c"], number) for number in range(4)] == [
        ["a", "b", "c"],
        ["b", "c", "a"],
        ["c", "a", "b"],
        ["a", "b", "c"],
    ]


async def test_everybody_takes_part_in_every_round() -> None:
    order: list[str] = []

    async def played(name: str) -> int:
        order.append(name)
        return len(order)

    results = await in_turns({"a": lambda: played("a"), "b": lambda: played("b")}, 2)

    assert order == ["a", "b", "b", "a"]
    assert results == {"a": [1, 4], "b": [2, 3]}
