"""The clock: UTC, forward only, and what its instants mean on the machine."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.clock import SystemClock
from bot.services.ports import Clock

HOUR = timedelta(hours=1)


def test_it_is_a_clock_of_the_services() -> None:
    clock: Clock = SystemClock()
    assert clock.now().tzinfo is UTC


def test_without_a_jump_it_is_the_machines_time() -> None:
    before = datetime.now(UTC)
    now = SystemClock().now()
    assert before <= now <= datetime.now(UTC)


def test_a_jump_lands_on_the_instant_or_just_after() -> None:
    clock = SystemClock()
    there = clock.now() + 30 * HOUR
    clock.jump(there)
    assert there <= clock.now() < there + HOUR


def test_it_never_goes_back() -> None:
    clock = SystemClock()
    clock.jump(clock.now() + 2 * HOUR)
    ahead = clock.now()
    clock.jump(ahead - HOUR)
    assert clock.now() >= ahead


def test_it_runs_on_after_a_jump() -> None:
    clock = SystemClock()
    clock.jump(clock.now() + HOUR)
    first, second = clock.now(), clock.now()
    assert second >= first


@given(
    jumps=st.lists(st.timedeltas(timedelta(), timedelta(days=400)), max_size=4),
    lead=st.timedeltas(timedelta(days=-400), timedelta(days=400)),
)
def test_an_instant_comes_as_much_earlier_on_the_machine_as_the_clock_is_ahead(
    jumps: list[timedelta], lead: timedelta
) -> None:
    clock = SystemClock()
    for jump in jumps:
        clock.jump(clock.now() + jump)
    instant = clock.now() + lead
    before = datetime.now(UTC)
    ahead = clock.now() - before
    assert abs(instant - clock.real(instant) - ahead) < HOUR
    assert clock.real(instant + HOUR) - clock.real(instant) == HOUR


def test_without_a_jump_an_instant_is_the_machines_own() -> None:
    instant = datetime(2028, 2, 29, 9, tzinfo=UTC)
    assert SystemClock().real(instant) == instant
