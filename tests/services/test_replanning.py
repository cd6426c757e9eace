"""Planning anew: what was promised before the edit is neither lost nor doubled by it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.coaching.brief import Rung
from bot.services.deliveries import Kind, Sent
from bot.services.errors import DeliveryError
from tests.services.conftest import BRIEF, FOREVER, LEASE, House
from tests.services.fakes import ANN, NOW

MEETING = NOW + timedelta(days=2)
LAST = MEETING - timedelta(minutes=15)
SILENCE = DeliveryError("timeout", uncertain=True)
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def negotiation_id(house: House) -> str:
    """A script that stands, with only its last nudge to come."""
    house.slack.zones = {"U_ANN": "Asia/Dubai"}
    await house.people.refresh(ANN)
    made = await house.stand(replace(BRIEF, rungs=frozenset({Rung.MINUTES})))
    house.clock.time = LAST
    return made


def _nudges(house: House) -> list[str]:
    return [text for text in house.slack.texts("D_ANN") if text.startswith("nudge")]


async def test_a_nudge_that_is_due_stays_due(house: House, negotiation_id: str) -> None:
    await house.edit(negotiation_id, my_win="a 12 % discount")

    assert _nudges(house) == ["nudge 15"]


async def test_a_nudge_in_flight_goes_on(house: House, negotiation_id: str) -> None:
    (row,) = await house.outbox.claim(LAST, 10, LEASE)
    await house.edit(negotiation_id, my_win="a 12 % discount")

    assert isinstance(await house.carry(row), Sent)
    assert _nudges(house) == ["nudge 15"]


async def test_the_nudge_of_one_who_died_with_it_goes_on(house: House, negotiation_id: str) -> None:
    await house.outbox.claim(LAST, 10, LEASE)
    await house.edit(negotiation_id, my_win="a 12 % discount")
    house.clock.pass_(MINUTE)

    await house.deliver()

    assert _nudges(house) == ["nudge 15 late"]


async def test_a_doubt_survives_an_edit(house: House, negotiation_id: str) -> None:
    house.clock.time = LAST - MINUTE
    await house.preparing.submit(ANN, "N2", replace(BRIEF, meeting_at=None))
    await house.publishing.confirm(ANN, "N2", 1, private=True, view_id=None)
    await house.deliver()  # the private channel is known from now on
    house.clock.time = LAST
    (row,) = await house.outbox.claim(LAST, 10, LEASE)
    house.slack.silences = [SILENCE]
    with pytest.raises(DeliveryError):
        await house.delivering.deliver(row, FOREVER)
    await house.outbox.again(row, LAST + timedelta(seconds=5), "timeout", uncertain=True)
    await house.edit(negotiation_id, my_win="a 12 % discount")
    house.clock.pass_(MINUTE)

    await house.deliver()

    assert _nudges(house) == ["nudge 15"]


async def test_a_snooze_survives_an_edit_and_the_night(house: House) -> None:
    house.slack.zones = {"U_ANN": "UTC"}
    await house.people.refresh(ANN)
    evening = MEETING.replace(hour=21, minute=50)
    made = await house.stand(replace(BRIEF, meeting_at=evening, rungs=frozenset({Rung.HOURS})))
    house.clock.time = evening - timedelta(hours=2)
    await house.deliver()
    await house.reminding.snooze(ANN, made, Rung.HOURS, house.clock.now())
    await house.edit(made, my_win="a 12 % discount")
    house.clock.pass_(15 * MINUTE)

    await house.deliver()

    assert _nudges(house) == ["nudge 120", "nudge 120"]


async def test_a_rung_that_is_no_longer_chosen_goes(house: House, negotiation_id: str) -> None:
    await house.edit(negotiation_id, rungs=frozenset({Rung.DAY}))

    assert _nudges(house) == []


async def test_another_meeting_has_a_ladder_of_its_own(house: House, negotiation_id: str) -> None:
    later = MEETING + timedelta(days=1)
    await house.publishing.move(ANN, negotiation_id, later, frozenset({Rung.MINUTES}))

    await house.deliver()
    assert _nudges(house) == []
    house.clock.time = later - timedelta(minutes=15)
    await house.deliver()
    assert _nudges(house) == ["nudge 15"]


async def test_posting_and_keeping_at_once_leave_one_place_and_one_ladder(house: House) -> None:
    await house.preparing.submit(ANN, "N1", BRIEF)
    reads = house.negotiations.at
    met: list[bool] = []

    async def at(owner: object, negotiation_id: str, revision: int) -> object:
        """The other click comes between the first look and its change."""
        seen = await reads(ANN, negotiation_id, revision)
        if not met:
            met.append(True)
            await house.publishing.confirm(ANN, "N1", 1, private=False, view_id=None)
        return seen

    object.__setattr__(house.publishing, "negotiations", _Instead(house.negotiations, at))
    await house.publishing.confirm(ANN, "N1", 1, private=True, view_id=None)
    await house.deliver()

    assert house.slack.texts("C_DEALS") == []
    assert len(house.slack.texts("D_ANN")) == 1
    rungs = [row.rung for row in await house.outbox.to_send(ANN, "N1")]
    assert rungs == [Rung.DAY, Rung.HOURS, Rung.MINUTES]


class _Instead:
    """The store, with another `at`."""

    def __init__(self, store: object, at: object) -> None:
        self._store, self.at = store, at

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)


async def test_an_older_rung_does_not_follow_a_newer_one(house: House) -> None:
    house.slack.zones = {"U_ANN": "Asia/Dubai"}
    await house.people.refresh(ANN)
    await house.stand(replace(BRIEF, rungs=frozenset({Rung.HOURS, Rung.MINUTES})))
    house.clock.time = MEETING - timedelta(hours=2)
    await house.outbox.claim(house.clock.now(), 1, LEASE)  # whoever took it dies
    house.clock.time = LAST + timedelta(seconds=1)
    await house.outbox.release(house.clock.now())

    await house.deliver()

    assert _nudges(house) == ["nudge 15"]
    assert await house.outcomes(Kind.NUDGE) == ["dropped superseded", "sent "]
