"""A seed's choices."""

import pytest

from tests.chaos.plan import Fault, make


@pytest.mark.parametrize("seed", range(1, 40))
def test_a_seed_makes_the_same_plan_again(seed: int) -> None:
    plan = make(seed)

    assert make(seed) == plan
    assert plan.postgresql or (plan.replicas == 1 and Fault.DATABASE not in plan.faults)
    assert all(0 <= event.replica < plan.replicas for event in plan.events)
