"""A person who travels: meetings stay where they are, the quiet hours around their nudges move."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.coaching.brief import Rung
from bot.services.deliveries import Kind
from bot.services.errors import DeliveryError
from bot.services.people import FRESH
from tests.services.conftest import BRIEF, House
from tests.services.fakes import ANN, NOW

MEETING = datetime(2026, 3, 4, 9, tzinfo=UTC)  # ten in Berlin, four in New York, six in the evening in Tokyo


async def _lives_in(house: House, zone: str) -> None:
    house.slack.zones = {"U_ANN": zone}
    house.clock.pass_(FRESH)
    await house.people.refresh(ANN)


async def _due(house: House, negotiation_id: str) -> dict[Rung | None, datetime]:
    rows = await house.outbox.to_send(ANN, negotiation_id)
    return {row.rung: row.due_at for row in rows if row.kind is Kind.NUDGE}


async def test_a_nudge_leaves_the_night_of_the_new_zone(house: House) -> None:
    await _lives_in(house, "Europe/Berlin")
    negotiation_id = await house.stand(replace(BRIEF, meeting_at=MEETING))
    await _lives_in(house, "America/New_York")

    due = await _due(house, negotiation_id)

    assert due[Rung.DAY] == datetime(2026, 3, 3, 0, 59, tzinfo=UTC)  # the evening before, a minute before eight
    assert due[Rung.HOURS] == datetime(2026, 3, 4, 0, 59, tzinfo=UTC)
    assert due[Rung.MINUTES] == MEETING - timedelta(minutes=15)


async def test_back_home_it_comes_at_its_own_time_again(house: House) -> None:
    await _lives_in(house, "Europe/Berlin")
    negotiation_id = await house.stand(replace(BRIEF, meeting_at=MEETING))
    before = await _due(house, negotiation_id)
    await _lives_in(house, "America/New_York")
    await _lives_in(house, "Europe/Berlin")

    assert await _due(house, negotiation_id) == before


async def test_one_whose_last_allowed_minute_has_passed_is_dropped(house: House) -> None:
    await _lives_in(house, "Europe/Berlin")
    negotiation_id = await house.stand(replace(BRIEF, meeting_at=MEETING))
    house.clock.time = MEETING - timedelta(hours=5)
    await house.deliver()
    await _lives_in(house, "America/New_York")

    assert list(await _due(house, negotiation_id)) == [Rung.MINUTES]
    assert "dropped quiet_hours" in await house.outcomes(Kind.NUDGE)


async def test_a_snooze_stays_where_its_person_put_it(house: House) -> None:
    await _lives_in(house, "Europe/Berlin")
    negotiation_id = await house.stand(replace(BRIEF, meeting_at=MEETING))
    house.clock.time = MEETING - timedelta(hours=2)
    await house.deliver()
    await house.reminding.snooze(ANN, negotiation_id, Rung.HOURS, house.clock.now())
    await _lives_in(house, "America/New_York")

    assert (await _due(house, negotiation_id))[Rung.HOURS] == MEETING - timedelta(minutes=105)


async def test_slack_is_not_asked_again_at_once(house: House) -> None:
    await _lives_in(house, "Asia/Tokyo")
    house.slack.zones = {"U_ANN": "Europe/Berlin"}
    await house.people.refresh(ANN)
    assert await house.people.zone(ANN) == "Asia/Tokyo"

    house.clock.pass_(FRESH)
    await house.people.refresh(ANN)
    assert await house.people.zone(ANN) == "Europe/Berlin"


async def test_where_slack_does_not_tell_nothing_changes(house: House) -> None:
    await _lives_in(house, "Asia/Tokyo")
    negotiation_id = await house.stand(replace(BRIEF, meeting_at=MEETING))
    before = await _due(house, negotiation_id)
    house.clock.pass_(FRESH)
    house.slack.refusals = [DeliveryError("unreachable")]
    await house.people.refresh(ANN)
    await _lives_in(house, "Mars/Olympus")

    assert await house.people.zone(ANN) == "Asia/Tokyo"
    assert await _due(house, negotiation_id) == before
    assert min(before.values()) > NOW
