"""The judge finds what is wrong and excuses what is within the bound."""

from dataclasses import replace

import pytest

from tests.chaos.doubt import doubtful
from tests.chaos.judge import judge
from tests.chaos.record import Asked, Disturbed, Matter, Record, Row, Said, Standing

MEETING = 10_000.0
DUE = MEETING - 900

MATTER = Matter(
    "Matter 01", "ready", 1, "C1", MEETING, frozenset({15}), "my win", None, None, frozenset({("C1", "1.0")})
)
SCRIPT = Row("script:1", "script", "Matter 01", 1, None, "sent", "", 100.0, 100.0, 101.0, 1)
NUDGE = Row("nudge:1", "nudge", "Matter 01", 1, 15, "sent", "", 100.0, DUE, DUE + 1, 1, "m1")
POST = Said("script", "Matter 01", "C1", "C1", "1.0", 100.0, 100.5, None, False)
REMINDER = Said("nudge", "Matter 01", "D1", "U1", "2.0", DUE, DUE + 0.5, DUE, False, 15, "m1", 0)
HEAD = Standing("Matter 01", "C1", "1.0", "Matter 01: my win")
GOOD = Record((SCRIPT, NUDGE), {"1": MATTER}, (POST, REMINDER), (HEAD,))


def test_a_good_record_is_found_good() -> None:
    assert judge(GOOD) == []


def _nudge(**changes: object) -> Record:
    return replace(GOOD, rows=(SCRIPT, replace(NUDGE, **changes)))  # type: ignore[arg-type]


def _matter(**changes: object) -> Record:
    return replace(GOOD, matters={"1": replace(MATTER, **changes)})  # type: ignore[arg-type]


def _killed(begun: float, ended: float, replica: int = 0) -> tuple[Disturbed, ...]:
    return (Disturbed(replica, begun, ended, gone=True),)


def _stopped(begun: float, ended: float, replica: int = 0) -> tuple[Disturbed, ...]:
    return (Disturbed(replica, begun, ended, gone=False),)


AGAIN = replace(REMINDER, ts="3.0", begun=DUE + 60, ended=DUE + 60.5)
TWICE = replace(GOOD, said=(POST, REMINDER, AGAIN))
KNOWN = replace(REMINDER, kind="other", ts="1.5", begun=DUE - 90, ended=DUE - 89, mark="")
"""A private message whose outcome is known: it gave the channel to ask in."""

ASKS = replace(TWICE, said=(KNOWN, *TWICE.said), disturbed=_killed(DUE, DUE + 2), asks=True)
STRAY = replace(
    GOOD,
    said=(POST, REMINDER, replace(POST, ts="4.0", begun=160.0, ended=160.5, sender=0)),
    standing=(HEAD, replace(HEAD, ts="4.0")),
)
CANCELLED = replace(_matter(cancelled=DUE - 5, state="cancelled"), standing=(replace(HEAD, text="Cancelled by"),))


def _deaf(*told: bool) -> Record:
    return replace(ASKS, asked=tuple(Asked("D1", DUE + 10 + 20 * turn, one) for turn, one in enumerate(told)))


@pytest.mark.parametrize(
    ("record", "told"),
    [
        (_nudge(state="failed", outcome="gave_up"), "failed (gave_up)"),
        (replace(GOOD, said=(POST,)), "Slack took no message of it"),
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
        replace(TWICE, disturbed=_killed(DUE + 1, DUE + 2)),
        replace(TWICE, disturbed=_stopped(DUE + 0.2, DUE + 10)),
        replace(TWICE, outages=((DUE, DUE + 5),), disturbed=_killed(DUE + 15, DUE + 16)),
        replace(TWICE, disturbed=(*_stopped(DUE + 1, DUE + 4), *_killed(DUE + 5, DUE + 6))),
        replace(TWICE, said=(POST, replace(REMINDER, sender=None), AGAIN), disturbed=_killed(DUE, DUE + 2, 1)),
        replace(STRAY, disturbed=_killed(161.0, 162.0)),
        replace(ASKS, said=(KNOWN, REMINDER, replace(AGAIN, sender=1)), disturbed=_stopped(DUE - 1, DUE + 60, 1)),
        replace(ASKS, said=TWICE.said),
        _deaf(False),
        _deaf(True, False),
        replace(CANCELLED, disturbed=_stopped(DUE - 6, DUE + 1)),
    ],
    ids=[
        "silent",
        "killed",
        "stopped-until-the-call-was-given-up",
        "killed-while-the-mark-waits",
        "killed-after-a-stop-before-the-mark",
        "nobody-knows-who-sent-it",
        "stray",
        "written-late",
        "first-of-all",
        "asked-in-vain",
        "asked-in-vain-at-last",
        "stopped-before-a-write",
    ],
)
def test_what_lies_within_the_bound_is_excused(record: Record) -> None:
    assert judge(record) == []


@pytest.mark.parametrize(
    "record",
    [
        replace(TWICE, disturbed=_killed(DUE, DUE + 2, 1)),
        replace(TWICE, disturbed=_stopped(DUE, DUE + 5)),
        replace(TWICE, disturbed=_killed(DUE + 30, DUE + 31)),
        replace(TWICE, disturbed=(*_stopped(DUE + 10, DUE + 12), *_killed(DUE + 13, DUE + 14))),
        replace(STRAY, disturbed=_killed(160.0, 162.0, 1)),
        replace(ASKS, disturbed=_stopped(DUE, DUE + 31)),
        replace(ASKS, disturbed=(*ASKS.disturbed, *_stopped(DUE + 5, DUE + 40, 1))),
        _deaf(True),
        _deaf(False, True),
        replace(CANCELLED, disturbed=_stopped(DUE - 6, DUE + 1, 1)),
        replace(CANCELLED, disturbed=_killed(DUE - 6, DUE + 1)),
        replace(TWICE, outages=((DUE, DUE + 5),)),
    ],
    ids=[
        "another-was-killed",
        "stopped-for-a-moment",
        "killed-later",
        "stopped-and-killed-later",
        "another-was-killed-beside-a-stray",
        "stopped-and-could-ask",
        "another-was-stopped-and-wrote-nothing",
        "was-told",
        "was-told-at-last",
        "another-was-stopped-before-a-write",
        "killed-before-a-write",
        "the-database-was-away",
    ],
)
def test_what_did_not_touch_the_sender_excuses_nothing(record: Record) -> None:
    assert judge(record) != []


def test_a_database_that_was_away_leaves_no_doubt() -> None:
    assert not doubtful(replace(GOOD, outages=((DUE, DUE + 5),)), REMINDER)


def test_downtime_is_told_by_moving_the_plan() -> None:
    aged = replace(_matter(meeting=MEETING - 1200), aged=(DUE + 2, 1200.0))
    after = replace(REMINDER, ts="5.0", begun=DUE + 3, ended=DUE + 4)

    assert judge(aged) == []
    assert any("after its meeting" in one for one in judge(replace(aged, said=(*aged.said, after))))
