"""A seed's choices."""

from collections.abc import Callable

import pytest

from bot.sandbox.trouble import Way
from tests.chaos import short
from tests.chaos.plan import ASKING, CLIENT_TIMEOUT, READS, Fault, Plan, make


@pytest.mark.parametrize("seed", range(1, 40))
@pytest.mark.parametrize("form", [make, short.make])
def test_a_seed_makes_the_same_plan_again(form: Callable[[int], Plan], seed: int) -> None:
    plan = form(seed)

    assert form(seed) == plan
    assert plan.postgresql or (plan.replicas == 1 and Fault.DATABASE not in plan.faults)
    assert all(0 <= event.replica < plan.replicas for event in plan.events)


def test_some_seeds_cannot_ask() -> None:
    deaf = [plan for plan in map(make, range(1, 40)) if Fault.DEAF in plan.faults]

    assert 10 < len(deaf) < 30
    for method in READS:
        assert _ways(deaf, method) >= {Way.RATE_LIMITED, Way.HTTP_500, Way.HANG, Way.DROP, Way.LOSE}


@pytest.mark.parametrize("first", [1, 2, 30])
def test_three_short_seeds_hold_every_fault(first: int) -> None:
    plans = [short.make(seed) for seed in range(first, first + 3)]

    assert set().union(*(plan.faults for plan in plans)) == set(Fault)
    assert _ways(plans, "chat.postMessage") == {*Way} - {Way.ERROR}
    assert _ways(plans, "chat.update") >= {Way.RATE_LIMITED, Way.HTTP_500, Way.HANG}
    assert _ways(plans, "conversations.history") >= {Way.RATE_LIMITED, Way.HTTP_500, Way.HANG, Way.LOSE}
    assert _ways(plans, "users.info") >= {Way.HTTP_500, Way.HANG}
    events = [event for plan in plans for event in plan.events]
    assert {event.fault for event in events} == {*Fault} - {Fault.REFUSED, Fault.SILENT, Fault.DEAF}
    assert any(event.fault is Fault.FREEZE and event.seconds > 30 for event in events)


def test_a_short_seed_leaves_in_doubt_only_what_can_be_asked_about() -> None:
    for plan in map(short.make, range(1, 20)):
        if plan.faults & {Fault.KILL, Fault.FREEZE, Fault.SILENT}:
            assert plan.asks
            assert {matter.place for matter in (*plan.matters, *plan.late)} == {"private"}
            assert "move" not in {act.verb for act in plan.acts}
        if set(ASKING) & plan.weather.keys():
            assert any(event.fault is Fault.SLEEP and event.seconds > 60 for event in plan.events)


def _ways(plans: list[Plan], method: str) -> set[Way]:
    """Those that a call of the method may meet; what is only slow is none."""
    troubles = [trouble for plan in plans for trouble in plan.weather.get(method, ()) if trouble]
    return {one.kind for one in troubles if one.kind is not Way.HANG or one.seconds > CLIENT_TIMEOUT}
