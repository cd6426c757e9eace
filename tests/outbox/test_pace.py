"""Slack's limits: one message in flight and about one a second per lane; holds; fair turns."""

from dataclasses import dataclass, replace

from hypothesis import given
from hypothesis import strategies as st

from bot.outbox.pace import REST, TURN, Pace
from bot.services.deliveries import Kind
from bot.services.ports import Busy
from tests.outbox.rows import delivery

A = delivery(1, lane="C1", installation="T1")
B = delivery(2, lane="C2", installation="T2")


@dataclass
class Hand:
    """A monotonic clock moved by hand."""

    seconds: float = 100.0

    def __call__(self) -> float:
        return self.seconds


def test_a_lane_is_busy_while_its_message_flies_however_long() -> None:
    pace = Pace(hand := Hand())
    pace.begin(A)
    hand.seconds += 1_000_000
    assert pace.busy().lanes == ["C1"]


def test_then_it_rests_for_a_second() -> None:
    pace = Pace(hand := Hand())
    pace.begin(A)
    pace.rest(A)
    pace.end(A)
    hand.seconds += REST * 0.9
    assert pace.rests(A)
    hand.seconds += REST * 0.2
    assert not pace.rests(A)


def test_a_lane_at_rest_is_told_once_something_was_claimed_too_soon() -> None:
    pace = Pace(hand := Hand())
    pace.rest(A)
    assert pace.busy().lanes == []
    assert pace.rests(A)
    assert pace.busy().lanes == ["C1"]
    hand.seconds += REST
    assert pace.busy().lanes == []


def test_the_next_message_of_a_crowded_lane_is_not_claimed_too_soon() -> None:
    pace = Pace(hand := Hand())
    pace.rest(A)
    assert pace.rests(A)
    hand.seconds += REST * 1.5
    assert pace.busy().lanes == []
    pace.rest(A)
    assert pace.busy().lanes == ["C1"]
    hand.seconds += REST * 2
    assert pace.busy().lanes == []
    pace.rest(A)
    assert pace.busy().lanes == []


def test_a_hold_stops_one_installation_and_no_other() -> None:
    pace = Pace(hand := Hand())
    pace.hold("T1", 30)
    assert pace.busy().posting == ["T1"]
    assert (pace.held(A), pace.held(B)) == (30, 0)
    hand.seconds += 31
    assert pace.busy().posting == []
    assert pace.held(A) == 0


def test_a_hold_lets_scripts_go_which_may_only_change_what_stands() -> None:
    pace = Pace(Hand())
    pace.hold("T1", 30)
    assert pace.held(replace(A, kind=Kind.SCRIPT)) == 0


def test_who_was_served_is_left_out_of_a_turn_of_others() -> None:
    assert Pace(Hand()).busy(["T1"]).installations == ["T1"]


def test_a_shorter_hold_does_not_cut_a_longer_one() -> None:
    pace = Pace(Hand())
    pace.hold("T1", 30)
    pace.hold("T1", 5)
    assert pace.held(A) == 30


def test_a_longer_hold_replaces_a_shorter_one() -> None:
    pace = Pace(Hand())
    pace.hold("T1", 5)
    pace.hold("T1", 30)
    assert pace.held(A) == 30


def test_turns_come_once_in_a_while_and_leave_out_who_was_served() -> None:
    pace = Pace(hand := Hand())
    pace.begin(A)
    assert pace.turn() is None
    hand.seconds += TURN * 1.1
    assert pace.turn() == Busy([A.lane], ["T1"], [])
    pace.begin(B)
    pace.begin(A)
    pace.end(A)
    assert pace.turn() is None
    hand.seconds += TURN * 1.1
    turn = pace.turn()
    assert turn
    assert (turn.installations, sorted(turn.posting)) == ([], ["T1", "T2"])


def test_a_turn_keeps_what_must_not_be_claimed_in_any_case() -> None:
    pace = Pace(hand := Hand())
    pace.hold("T2", 30)
    pace.begin(A)
    hand.seconds += TURN * 1.1
    assert pace.turn() == Busy([A.lane], ["T1"], ["T2"])


def test_nobody_is_left_out_where_nobody_was_served() -> None:
    pace = Pace(hand := Hand())
    assert pace.turn() is None
    pace.begin(A)
    hand.seconds += TURN * 1.1
    assert pace.turn()
    hand.seconds += TURN * 1.1
    assert pace.turn() is None


def test_a_turn_is_only_taken_from_those_who_wait() -> None:
    pace = Pace(hand := Hand())
    pace.begin(A)
    pace.nobody_waits()
    hand.seconds += TURN * 1.1
    assert pace.turn() is None


deliveries = [delivery(n, lane=f"C{n % 4}", installation=f"T{n % 2}") for n in range(8)]
steps = st.lists(st.tuples(st.sampled_from(["begin", "rest", "end", "ask", "wait"]), st.integers(0, 7)), max_size=60)


@given(steps=steps)
def test_lanes_agree_with_a_plain_reference(steps: list[tuple[str, int]]) -> None:
    """What flies is told always, what rests once somebody met it, what is free never."""
    pace = Pace(hand := Hand())
    flying: dict[str, int] = {}
    tried: dict[str, float] = {}
    met: set[tuple[str, float]] = set()
    for step, number in steps:
        row = deliveries[number]
        resting = {lane for lane, at in tried.items() if at + REST > hand.seconds}
        if step == "wait":
            hand.seconds += number / 7
        elif step == "begin" and row.lane not in pace.busy().lanes:
            pace.begin(row)
            flying[row.lane] = number
        elif step == "rest" and flying.get(row.lane) == number:
            pace.rest(row)
            tried[row.lane] = hand.seconds
        elif step == "end" and flying.get(row.lane) == number:
            pace.end(row)
            del flying[row.lane]
        elif step == "ask":
            assert pace.rests(row) == (row.lane in resting)
            met |= {(lane, tried[lane]) for lane in resting if lane == row.lane}
        resting = {lane for lane, at in tried.items() if at + REST > hand.seconds}
        told = set(pace.busy().lanes)
        assert {*flying} | {lane for lane in resting if (lane, tried[lane]) in met} <= told <= {*flying} | resting
