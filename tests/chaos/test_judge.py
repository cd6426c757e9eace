"""The judge finds what is wrong and excuses what is within the bound."""

from dataclasses import replace

import pytest

from tests.chaos.judge import doubtful, judge
from tests.chaos.plan import LONG, Fault, make
from tests.chaos.record import Matter, Record, Row, Said, Standing

MEETING = 10_000.0
DUE = MEETING - 900

MATTER = Matter(
    "Matter 01", "ready", 1, "C1", MEETING, frozenset({15}), "my win", None, None, frozenset({("C1", "1.0")})
)
SCRIPT = Row("script:1", "script", "Matter 01", 1, None, "sent", "", 100.0, 100.0, 101.0, 1)
NUDGE = Row("nudge:1", "nudge", "Matter 01", 1, 15, "sent", "", 100.0, DUE, DUE + 1, 1)
POST = Said("script", "Matter 01", "C1", "C1", "1.0", 100.0, 100.5, None, False)
REMINDER = Said("nudge", "Matter 01", "D1", "U1", "2.0", DUE, DUE + 0.5, DUE, False)
HEAD = Standing("Matter 01", "C1", "1.0", "Matter 01: my win")
GOOD = Record((SCRIPT, NUDGE), {"1": MATTER}, (POST, REMINDER), (HEAD,))


def test_a_good_record_is_found_good() -> None:
    assert judge(GOOD) == []


def _nudge(**changes: object) -> Record:
    return replace(GOOD, rows=(SCRIPT, replace(NUDGE, **changes)))  # type: ignore[arg-type]


def _matter(**changes: object) -> Record:
    return replace(GOOD, matters={"1": replace(MATTER, **changes)})  # type: ignore[arg-type]


AGAIN = replace(REMINDER, ts="3.0", begun=DUE + 60, ended=DUE + 60.5)
TWICE = replace(GOOD, said=(POST, REMINDER, AGAIN))
ASKS = replace(
    TWICE,
    said=(replace(REMINDER, ts="1.5", begun=DUE - 90, ended=DUE - 89, due=None), *TWICE.said),
    disturbed=((DUE, DUE + 2),),
    asks=True,
)
STRAY = replace(
    GOOD,
    said=(POST, REMINDER, replace(POST, ts="4.0", begun=160.0, ended=160.5)),
    standing=(HEAD, replace(HEAD, ts="4.0")),
)


@pytest.mark.parametrize(
    ("record", "told"),
    [
        (_nudge(state="failed", outcome="gave_up"), "failed (gave_up)"),
        (_nudge(state="dropped", outcome="past_meeting"), "dropped as past_meeting"),
        (_nudge(state="dropped", outcome="replanned"), "1.0 s overdue"),
        (_nudge(state="dropped", outcome="cancelled"), "dropped as cancelled"),
        (replace(GOOD, said=(POST,)), "Slack took 0"),
        (replace(GOOD, rows=(SCRIPT,)), "nothing was planned"),
        (TWICE, "came 2 times"),
        (STRAY, "stands twice"),
        (ASKS, "came 2 times"),
        (replace(GOOD, standing=()), "0 known scripts"),
        (_matter(place=None), "1 known scripts"),
        (_matter(state="cancelled"), "says otherwise"),
        (_matter(my_win="another"), "old words"),
        (_matter(meeting=DUE), "after its meeting"),
        (_matter(cancelled=DUE - 5), "5.0 s after it was cancelled"),
        (_matter(rehearsed=DUE - 5), "5.0 s after the rehearsal"),
        (replace(GOOD, said=(POST, replace(POST, ts="1.1", begun=100.2), REMINDER)), "in flight to C1"),
        (replace(GOOD, left=("a row is left",)), "a row is left"),
        (replace(GOOD, exits=("a process ended",)), "a process ended"),
        (replace(GOOD, faults=("invalid_blocks",)), "invalid_blocks"),
    ],
)
def test_every_violation_is_told(record: Record, told: str) -> None:
    assert any(told in violation for violation in judge(record))


@pytest.mark.parametrize(
    "record",
    [
        replace(TWICE, said=(POST, replace(REMINDER, unknown=True), AGAIN)),
        replace(TWICE, disturbed=((DUE + 1, DUE + 2),)),
        replace(TWICE, outages=((DUE, DUE + 5),), disturbed=((DUE + 15, DUE + 16),)),
        replace(STRAY, disturbed=((161.0, 162.0),)),
        replace(ASKS, disturbed=((DUE, DUE + 31),)),
        replace(ASKS, said=TWICE.said),
        replace(_nudge(state="dropped", outcome="past_meeting", settled=MEETING), said=(POST,)),
        replace(GOOD, rows=(SCRIPT, replace(NUDGE, state="dropped", outcome="replanned"), replace(NUDGE, revision=2))),
        replace(_matter(cancelled=DUE - 5, state="cancelled"), standing=(replace(HEAD, text="Cancelled by"),)),
    ],
    ids=[
        "silent",
        "killed",
        "killed-while-the-mark-waits",
        "stray",
        "frozen",
        "first-of-all",
        "past",
        "planned-anew",
        "stopped-before-a-write",
    ],
)
def test_what_lies_within_the_bound_is_excused(record: Record) -> None:
    if record.matters["1"].cancelled:
        record = replace(record, disturbed=((DUE - 6, DUE + 1),))

    assert judge(record) == []


def test_a_database_that_was_away_excuses_nothing_by_itself() -> None:
    away = replace(GOOD, outages=((DUE, DUE + 5),))

    assert not doubtful(away, REMINDER)
    assert judge(replace(TWICE, outages=away.outages)) != []


def test_downtime_is_told_by_moving_the_plan() -> None:
    aged = replace(_matter(meeting=MEETING - 1200), aged=(DUE + 2, 1200.0))
    after = replace(REMINDER, ts="5.0", begun=DUE + 3, ended=DUE + 4)

    assert judge(aged) == []
    assert any("after its meeting" in one for one in judge(replace(aged, said=(*aged.said, after))))


@pytest.mark.parametrize("seed", range(1, 40))
def test_a_seed_makes_the_same_plan_again(seed: int) -> None:
    plan, short = make(seed), make(seed, short=True)

    assert make(seed) == plan
    assert not short.faults & set(LONG)
    assert short.faults == plan.faults - set(LONG)
    assert plan.postgresql or (plan.replicas == 1 and Fault.DATABASE not in plan.faults)
    assert all(0 <= event.replica < plan.replicas for event in plan.events)
