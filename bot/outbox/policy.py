"""What to do after an error. Pure: no clock, no store."""

from dataclasses import dataclass, replace
from datetime import timedelta

from bot.services.deliveries import Delivery, Failed, Kind
from bot.services.errors import DeliveryError

TRIES = 20
"""Tries at a message that Slack surely did not take: with the pauses of `_growing` they cover 15 minutes. Who waits for
a script is told then."""

NUDGE_TRIES = TRIES + 60
"""A nudge is worth more of them, as long as its meeting is to come: five hours, with the pauses of SELDOM."""

SELDOM = timedelta(minutes=5)

UNCERTAIN_TRIES = 5
"""Tries of which nobody knows whether Slack took them. Each may be one message too many, so they are few; with the
pauses of `_after_silence` they cover 15 minutes too."""

UNCERTAIN_NUDGE_TRIES = 9
"""The same for a nudge: four hours, so that it outlasts a long failure at Slack."""

ASK_AFTER = timedelta(seconds=5)
"""When to ask Slack first about a message of which nobody knows whether it arrived."""

_HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Again:
    """Try once more after `pause`; without one, as soon as its lane is free, in its place there.

    Attributes:
        uncertain: this try may have reached Slack all the same.
        alone: and no try before it.
        counts: the try counts against the bound.
    """

    pause: timedelta
    code: str
    uncertain: bool = False
    alone: bool = False
    counts: bool = True


def after(error: DeliveryError, delivery: Delivery) -> Again | Failed:
    """The next step for a delivery whose newest try ended in `error`."""
    if error.permanent:
        return Failed(error.code)
    if error.retry_after is not None:
        return Again(_asked(error.retry_after), error.code, counts=False)
    if error.uncertain:
        return _after_silence(error, delivery)
    return _after_refusal(error, delivery)


def worn_out(delivery: Delivery) -> bool:
    """Its claimers died more often than any error is tried again: it may be the cause, so it is given up."""
    return delivery.doubts >= TRIES


def _after_refusal(error: DeliveryError, delivery: Delivery) -> Again | Failed:
    if delivery.attempts >= (NUDGE_TRIES if delivery.kind is Kind.NUDGE else TRIES):
        return Failed("gave_up")
    return Again(_growing(2, delivery.attempts, 60) if delivery.attempts < TRIES else SELDOM, error.code)


def _after_silence(error: DeliveryError, delivery: Delivery) -> Again | Failed:
    """Nobody knows whether it arrived. After the first silence Slack is asked soon; where it does not tell, whoever
    sends it waits for a minute (see services.asking). From then on the pauses grow and the tries are few. As long as
    Slack tells that none before arrived, no try is one message too many, and there are as many as for a refusal."""
    if not delivery.uncertain:
        return Again(ASK_AFTER, error.code, uncertain=True)
    if error.alone:
        step = _after_refusal(error, delivery)
        return replace(step, uncertain=True, alone=True) if isinstance(step, Again) else step
    doubts = delivery.doubts + 1
    if doubts >= (UNCERTAIN_NUDGE_TRIES if delivery.kind is Kind.NUDGE else UNCERTAIN_TRIES):
        return Failed("gave_up")
    return Again(_growing(60, doubts, 7200), error.code, uncertain=True)


def _growing(first: int, attempts: int, most: int) -> timedelta:
    """Doubles with each try: `first` seconds after one, then twice that ..., at most `most`."""
    doublings = min(max(attempts - 1, 0), 16)
    return timedelta(seconds=min(first * 2**doublings, most))


def _asked(seconds: float) -> timedelta:
    """What Slack asked for, within reason: a broken header must not bury a message."""
    return timedelta(seconds=min(max(1.0, seconds), _HOUR))
