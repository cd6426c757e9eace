"""The judge knows which nudge each message is, and which ones may be missing."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.chaos.judge import judge
from tests.chaos.record import Pressed, Record, Row, Said
from tests.chaos.test_judge import AGAIN, DUE, GOOD, KNOWN, MATTER, MEETING, NUDGE, POST, REMINDER, SCRIPT

BARE = replace(REMINDER, due=None, rung=None)
"""Late, or close to the meeting: it has no snooze button, so it does not say when it was due."""

BARE_AGAIN = replace(AGAIN, due=None, rung=None)
SECOND = replace(NUDGE, key="nudge:2", due=DUE + 300, mark="m2")
SECOND_SAID = replace(REMINDER, ts="6.0", begun=DUE + 300, ended=DUE + 301, due=DUE + 300, mark="m2")


def _said(*said: Said) -> Record:
    return replace(GOOD, said=(POST, *said))


@pytest.mark.parametrize(
    "said",
    [
        (REMINDER, BARE_AGAIN, replace(BARE_AGAIN, ts="9.0", begun=DUE + 70, ended=DUE + 71)),
        (BARE, BARE_AGAIN),
        (REMINDER, replace(AGAIN, mark="another")),
    ],
)
def test_copies_are_seen_by_their_mark_and_by_their_instant(said: tuple[Said, ...]) -> None:
    assert any(f"came {len(said)} times" in one for one in judge(_said(*said)))


def test_two_plans_of_the_same_instant_are_one_nudge() -> None:
    planned_anew = replace(NUDGE, key="nudge:2", revision=2, mark="m2")
    record = replace(_said(BARE, replace(BARE_AGAIN, mark="m2")), rows=(SCRIPT, NUDGE, planned_anew))

    assert any("came 2 times" in one for one in judge(record))


def test_a_message_without_a_snooze_button_is_known_by_its_mark() -> None:
    assert judge(_said(BARE)) == []
    assert any("does not know" in one for one in judge(_said(REMINDER, replace(BARE_AGAIN, mark="another"))))
    assert judge(_said(REMINDER, replace(BARE_AGAIN, mark="left", unknown=True))) == []


def test_a_copy_does_not_hide_that_another_never_went() -> None:
    both = replace(_said(REMINDER, SECOND_SAID), rows=(SCRIPT, NUDGE, SECOND))
    ghost = replace(both, said=(POST, REMINDER, replace(BARE_AGAIN, unknown=True)))

    assert judge(both) == []
    assert any("nudge:2 is marked as sent" in one for one in judge(ghost))


def test_of_those_that_shared_a_message_the_last_of_its_ladder_is_what_it_said() -> None:
    overtaken = replace(NUDGE, key="nudge:0", due=DUE - 200, state="dropped", outcome="superseded", settled=DUE)

    assert judge(replace(_said(BARE), rows=(SCRIPT, overtaken, NUDGE))) == []


def test_of_two_plans_a_second_apart_it_said_the_one_whose_instant_it_shows() -> None:
    before = replace(NUDGE, key="nudge:0", due=DUE + 1, state="dropped", outcome="replanned", settled=DUE - 50)
    after = replace(NUDGE, key="nudge:2", revision=2, due=DUE + 1, mark="m2")
    said = replace(REMINDER, ts="6.0", begun=DUE + 1, ended=DUE + 1.5, due=DUE + 1, mark="m2")

    assert judge(replace(_said(REMINDER, said), rows=(SCRIPT, before, NUDGE, after))) == []


DROPPED = replace(NUDGE, state="dropped", settled=DUE + 1)
STOP, REHEARSED = (Pressed(verb, "Matter 01", DUE - 5, DUE - 4) for verb in ("stop", "rehearsed"))
CONFIRMED = replace(SCRIPT, key="script:1:1:confirmed:later", created=DUE - 3)


def _dropped(outcome: str, *more: Row, pressed: tuple[Pressed, ...] = (), **changes: object) -> Record:
    """The one nudge was dropped; `more` stand beside it."""
    gone = replace(DROPPED, outcome=outcome)
    matter = replace(MATTER, **changes)  # type: ignore[arg-type]
    said = [replace(SECOND_SAID, ts=row.key, due=row.due, mark=row.mark) for row in more if row.state == "sent"]
    said = [one for one in said if one.mark != SCRIPT.mark]
    record = replace(GOOD, rows=(SCRIPT, gone, *more), said=(POST, KNOWN, *said), matters={"1": matter})
    return replace(record, pressed=pressed)


LATE = replace(NUDGE, key="nudge:2", due=DUE + 0.5, rung=5, mark="m2", settled=DUE + 2)
GONE = replace(LATE, state="dropped", settled=DUE + 3)
THIRD = replace(LATE, key="nudge:3", due=DUE + 0.8, rung=4, mark="m3", settled=DUE + 4)


@pytest.mark.parametrize(
    "record",
    [
        _dropped("past_meeting"),
        _dropped("replanned"),
        _dropped("cancelled"),
        _dropped("not_wanted"),
        _dropped("not_wanted", pressed=(replace(STOP, begun=DUE + 3, ended=DUE + 4),)),
        _dropped("not_wanted", pressed=(replace(STOP, title="Matter 02"),)),
        _dropped("not_wanted", CONFIRMED, pressed=(REHEARSED,)),
        _dropped("rehearsed"),
        _dropped("rehearsed", pressed=(STOP,)),
        _dropped("stopped"),
        _dropped("stopped", pressed=(REHEARSED,)),
        _dropped("sent_ahead"),
        _dropped("sent_ahead", LATE),
        _dropped("superseded"),
        _dropped("superseded", replace(GONE, outcome="not_wanted")),
        _dropped("superseded", replace(GONE, outcome="past_meeting")),
        _dropped("superseded", replace(GONE, outcome="superseded")),
        _dropped("superseded", replace(GONE, settled=DUE - 3, outcome="rehearsed"), pressed=(REHEARSED,)),
        _dropped("superseded", replace(LATE, due=DUE + 400)),
        _dropped("superseded", replace(LATE, due=DUE - 60)),
        _dropped("superseded", confirmed=2, saved=DUE + 60),
        _dropped(
            "superseded", replace(SCRIPT, key="script:1:2", revision=2, created=DUE + 60), confirmed=2, saved=DUE + 50
        ),
        _dropped("nonsense"),
    ],
)
def test_a_nudge_is_not_dropped_without_a_reason_that_held(record: Record) -> None:
    assert any(f"was dropped as {record.rows[1].outcome}" in one for one in judge(record))


@pytest.mark.parametrize(
    "record",
    [
        _dropped("past_meeting", meeting=DUE + 1),
        _dropped("replanned", replace(NUDGE, key="nudge:2", revision=2, mark="m2"), confirmed=2),
        _dropped("not_wanted", pressed=(STOP,), rungs=frozenset()),
        _dropped("not_wanted", rehearsed=DUE - 5),
        _dropped("not_wanted", CONFIRMED, pressed=(replace(STOP, ended=float("inf")),), rungs=frozenset()),
        _dropped("rehearsed", pressed=(REHEARSED,), rehearsed=DUE - 5),
        _dropped("stopped", pressed=(STOP,), rungs=frozenset()),
        _dropped("sent_ahead", replace(NUDGE, key="nudge:0", mark="m2")),
        _dropped("superseded", LATE),
        _dropped("superseded", replace(LATE, state="pending", settled=None)),
        _dropped("superseded", replace(GONE, outcome="superseded"), THIRD),
        _dropped("superseded", replace(GONE, settled=DUE + 1000, outcome="past_meeting"), meeting=DUE + 901),
        _dropped("superseded", replace(GONE, outcome="rehearsed"), pressed=(REHEARSED,), rehearsed=DUE - 5),
        _dropped("superseded", confirmed=2, saved=DUE - 60),
    ],
)
def test_a_nudge_may_be_dropped_for_a_reason_that_held(record: Record) -> None:
    assert not any("was dropped" in one for one in judge(record))


NIGHT = datetime(2026, 3, 10, 5, tzinfo=UTC).timestamp()
"""Two hours before it is in the night, in UTC."""


@pytest.mark.parametrize(
    ("rung", "due", "told"),
    [
        (120, MEETING - 7200, False),
        (120, MEETING - 7100, True),
        (1440, MEETING - 7200, True),
    ],
)
def test_far_rungs_are_promised_too(rung: int, due: float, told: bool) -> None:
    far = replace(NUDGE, key="far", rung=rung, due=due + 4e4, state="pending", settled=None)
    matter = replace(MATTER, meeting=MEETING + 4e4, rungs=frozenset({120}))
    record = replace(GOOD, rows=(SCRIPT, NUDGE, far), matters={"1": matter})

    assert any("120 minutes before" in one for one in judge(record)) is told


def test_far_rungs_come_before_the_night() -> None:
    evening = datetime(2026, 3, 9, 19, 59, tzinfo=UTC).timestamp()
    matter = replace(MATTER, meeting=NIGHT, rungs=frozenset({120}))
    far = replace(NUDGE, key="far", rung=120, due=evening, state="pending", settled=None)

    def found(row: Row) -> list[str]:
        return judge(replace(GOOD, rows=(SCRIPT, NUDGE, row), matters={"1": matter}))

    assert found(far) == []
    assert found(replace(far, due=NIGHT - 7200)) == []  # planned before the zone was known
    assert found(replace(far, due=evening - 3600)) != []
    assert found(replace(far, due=evening, rung=15)) != []


def test_what_was_planned_before_a_downtime_counts_on_the_first_clock() -> None:
    moved = replace(NUDGE, due=DUE - 600, moved=600.0, settled=DUE + 5)
    aged = replace(GOOD, aged=(DUE + 2, 600.0), matters={"1": replace(MATTER, meeting=MEETING - 600)})

    assert judge(replace(aged, rows=(SCRIPT, moved))) == []
    assert judge(replace(aged, rows=(SCRIPT, replace(moved, moved=0.0)))) != []
