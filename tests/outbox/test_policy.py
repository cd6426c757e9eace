"""What follows an error: bounds, pauses, and a doubt that stays."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.outbox.policy import (
    ASK_AFTER,
    NUDGE_TRIES,
    SELDOM,
    TRIES,
    UNCERTAIN_NUDGE_TRIES,
    UNCERTAIN_TRIES,
    Again,
    after,
    worn_out,
)
from bot.services.deliveries import Delivery, Failed, Kind
from bot.services.errors import DeliveryError
from tests.outbox.rows import delivery

QUARTER = timedelta(minutes=15)
MINUTE = timedelta(minutes=1)

rows = st.builds(delivery, attempts=st.integers(1, 200), uncertain=st.booleans(), kind=st.sampled_from(Kind))
errors = st.builds(
    DeliveryError,
    st.sampled_from(["http_500", "timeout", "ratelimited", "account_inactive"]),
    permanent=st.booleans(),
    uncertain=st.booleans(),
    retry_after=st.none() | st.floats(),
)


@given(row=rows, error=errors)
def test_every_error_has_a_next_step_that_can_be_taken(row: Delivery, error: DeliveryError) -> None:
    step = after(error, row)
    if isinstance(step, Again):
        assert timedelta(seconds=1) <= step.pause <= timedelta(hours=2)


@given(row=rows, error=errors)
def test_only_a_try_whose_outcome_is_unknown_leaves_a_doubt(row: Delivery, error: DeliveryError) -> None:
    step = after(error, row)
    if isinstance(step, Again):
        assert step.uncertain == (error.uncertain and error.retry_after is None)


@given(row=rows, error=errors)
def test_it_stops_at_once_where_trying_again_cannot_help(row: Delivery, error: DeliveryError) -> None:
    if error.permanent:
        assert after(error, row) == Failed(error.code)


@given(row=rows, seconds=st.floats(1, 3600))
def test_slacks_own_pause_is_kept_and_costs_no_try(row: Delivery, seconds: float) -> None:
    step = after(DeliveryError("ratelimited", retry_after=seconds), row)
    assert step == Again(timedelta(seconds=seconds), "ratelimited", counts=False)


@pytest.mark.parametrize("broken", [float("nan"), float("inf"), float("-inf"), -5.0, 0.0, 1e300])
def test_a_broken_pause_is_brought_within_reason(broken: float) -> None:
    step = after(DeliveryError("ratelimited", retry_after=broken), delivery(attempts=1))
    assert isinstance(step, Again)
    assert timedelta(seconds=1) <= step.pause <= timedelta(hours=1)


def story(error: DeliveryError, kind: Kind) -> tuple[list[timedelta], Failed]:
    """The pauses of a row that meets the same error each time, and how it ends."""
    row, pauses = delivery(attempts=1, kind=kind), list[timedelta]()
    while isinstance(step := after(error, row), Again):
        pauses.append(step.pause)
        tries, doubts = row.attempts + step.counts, 1 if step.alone else row.doubts + step.uncertain
        row = delivery(attempts=tries, uncertain=row.uncertain or step.uncertain, doubts=doubts, kind=kind)
    return pauses, step


def test_a_nudge_goes_on_seldom_because_it_is_of_use_until_its_meeting() -> None:
    pauses, end = story(DeliveryError("service_unavailable"), Kind.NUDGE)
    assert pauses[: TRIES - 1] == story(DeliveryError("service_unavailable"), Kind.SCRIPT)[0]
    assert set(pauses[TRIES - 1 :]) == {SELDOM}
    assert len(pauses) == NUDGE_TRIES - 1
    assert sum(pauses, timedelta()) > timedelta(hours=5)
    assert end == Failed("gave_up")


@pytest.mark.parametrize("kind", [Kind.SCRIPT, Kind.NOTICE])
def test_a_refusal_is_tried_for_a_quarter_of_an_hour_with_growing_pauses(kind: Kind) -> None:
    pauses, end = story(DeliveryError("service_unavailable"), kind)
    assert [pause.seconds for pause in pauses[:7]] == [2, 4, 8, 16, 32, 60, 60]
    assert len(pauses) == TRIES - 1
    assert QUARTER <= sum(pauses, timedelta()) < QUARTER + MINUTE
    assert end == Failed("gave_up")


@pytest.mark.parametrize("kind", [Kind.SCRIPT, Kind.NOTICE])
def test_silence_is_tried_as_long_but_seldom_because_each_try_may_be_a_duplicate(kind: Kind) -> None:
    pauses, end = story(DeliveryError("timeout", uncertain=True), kind)
    assert [pause.seconds for pause in pauses] == [5, 120, 240, 480]
    assert len(pauses) == UNCERTAIN_TRIES - 1
    assert end == Failed("gave_up")


def test_a_nudge_outlasts_hours_of_silence_with_few_tries() -> None:
    pauses, end = story(DeliveryError("http_503", uncertain=True), Kind.NUDGE)
    assert [pause.seconds for pause in pauses] == [5, 120, 240, 480, 960, 1920, 3840, 7200]
    assert len(pauses) == UNCERTAIN_NUDGE_TRIES - 1
    assert end == Failed("gave_up")


def test_as_long_as_slack_tells_that_none_arrived_silence_is_tried_like_a_refusal() -> None:
    silence = DeliveryError("http_503", uncertain=True)
    silence.alone = True
    pauses, end = story(silence, Kind.NUDGE)
    refused, _ = story(DeliveryError("service_unavailable"), Kind.NUDGE)
    assert pauses == [ASK_AFTER, *refused[1:]]
    assert end == Failed("gave_up")


def test_what_slack_tells_once_starts_the_count_anew() -> None:
    silence = DeliveryError("http_503", uncertain=True)
    silence.alone = True
    row = delivery(attempts=9, uncertain=True, doubts=UNCERTAIN_NUDGE_TRIES - 1)
    step = after(silence, row)
    assert isinstance(step, Again)
    assert (step.uncertain, step.alone) == (True, True)


@given(attempts=st.integers(1, 200))
def test_the_first_silence_always_gets_its_second_try(attempts: int) -> None:
    step = after(DeliveryError("timeout", uncertain=True), delivery(attempts=attempts))
    assert step == Again(ASK_AFTER, "timeout", uncertain=True)


@given(attempts=st.integers(2, 200), doubts=st.integers(1, 10))
def test_no_later_silence_is_followed_by_another_try_within_a_minute(attempts: int, doubts: int) -> None:
    row = delivery(attempts=attempts, uncertain=True, doubts=doubts)
    step = after(DeliveryError("connection", uncertain=True), row)
    assert isinstance(step, Failed) or step.pause >= MINUTE


def test_tries_that_surely_did_not_arrive_leave_silence_its_own() -> None:
    silence = DeliveryError("http_503", uncertain=True)
    assert isinstance(after(silence, delivery(attempts=NUDGE_TRIES - 1, uncertain=True, doubts=1)), Again)


@given(row=rows)
def test_the_bound_holds_for_every_row_that_counts(row: Delivery) -> None:
    if row.attempts >= (NUDGE_TRIES if row.kind is Kind.NUDGE else TRIES):
        assert after(DeliveryError("internal_error"), row) == Failed("gave_up")


@pytest.mark.parametrize("kind", Kind)
def test_a_row_that_killed_many_is_worn_out_however_patient_its_kind(kind: Kind) -> None:
    assert not worn_out(delivery(attempts=200, uncertain=True, doubts=TRIES - 1, kind=kind))
    assert worn_out(delivery(attempts=TRIES + 1, uncertain=True, doubts=TRIES, kind=kind))
