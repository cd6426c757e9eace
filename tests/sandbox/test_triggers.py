"""Triggers and response_urls run out."""

import pytest

from bot.sandbox.errors import Refused
from bot.sandbox.people import ANN, DEALS
from bot.sandbox.triggers import Triggers


class Seconds:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def triggers(seconds: Seconds) -> Triggers:
    return Triggers(seconds)


def test_a_trigger_knows_who_and_where(triggers: Triggers) -> None:
    trigger = triggers.look(triggers.trigger(ANN, DEALS, "V1"))

    assert (trigger.user, trigger.here, trigger.view_id) == (ANN, DEALS, "V1")


@pytest.mark.parametrize(("age", "code"), [(3.0, None), (3.01, "expired_trigger_id")])
def test_a_trigger_lives_three_seconds(triggers: Triggers, seconds: Seconds, age: float, code: str | None) -> None:
    trigger = triggers.trigger(ANN)
    seconds.now += age

    if code is None:
        assert triggers.look(trigger).user == ANN
    else:
        with pytest.raises(Refused, match=code):
            triggers.look(trigger)


def test_a_trigger_is_exchanged_once(triggers: Triggers) -> None:
    trigger = triggers.trigger(ANN)
    triggers.look(trigger).used = True

    with pytest.raises(Refused, match="exchanged_trigger_id"):
        triggers.look(trigger)


def test_an_invented_trigger_is_invalid(triggers: Triggers) -> None:
    with pytest.raises(Refused, match="invalid_trigger_id"):
        triggers.look("12.34.abc")


def test_a_response_url_may_be_used_five_times(triggers: Triggers) -> None:
    token = triggers.hook(DEALS, ANN, "1.2")
    for _ in range(5):
        assert triggers.use(token).ts == "1.2"

    with pytest.raises(Refused, match="used_url"):
        triggers.use(token)


def test_a_response_url_lives_thirty_minutes(triggers: Triggers, seconds: Seconds) -> None:
    token = triggers.hook(DEALS, ANN)
    seconds.now += 30 * 60
    triggers.use(token)
    seconds.now += 1

    with pytest.raises(Refused, match="expired_url"):
        triggers.use(token)
    with pytest.raises(Refused, match="expired_url"):
        triggers.use("invented")
