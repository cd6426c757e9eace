"""A nudge composed before its time says what the negotiation says when it goes, whatever happened in between."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.services import ahead
from bot.services.deliveries import Delivery, Dropped, Sent
from bot.services.pages import MessagePage, NudgePage
from tests.services.conftest import BRIEF, FOREVER, LEASE, Forever, House
from tests.services.fakes import ANN, NOW

MEETING = NOW + timedelta(days=2)
LAST = MEETING - timedelta(minutes=15)


async def _one_nudge_to_come(house: House) -> tuple[str, Delivery]:
    house.slack.zones = {"U_ANN": "Asia/Dubai"}
    await house.people.refresh(ANN)
    negotiation_id = await house.stand(replace(BRIEF, meeting_at=MEETING))
    house.clock.time = LAST - timedelta(minutes=10)
    await house.deliver()
    for place in [place for place in house.slack.messages if place[0] == "D_ANN"]:
        del house.slack.messages[place]
    house.clock.time = LAST - timedelta(minutes=1)
    (row,) = await house.outbox.coming((house.clock.time, 0), LAST, 10)
    return negotiation_id, row


@pytest.fixture
def composed(house: House, monkeypatch: pytest.MonkeyPatch) -> list[MessagePage]:
    """Every nudge that was composed."""
    pages: list[MessagePage] = []
    compose = house.slack.compose

    def noted(page: MessagePage) -> object:
        if isinstance(page, NudgePage):
            pages.append(page)
        return compose(page)

    monkeypatch.setattr(house.slack, "compose", noted)
    return pages


async def test_it_is_composed_once(house: House, composed: list[MessagePage]) -> None:
    _, row = await _one_nudge_to_come(house)
    composed.clear()

    await house.delivering.compose_ahead(row)
    house.clock.time = LAST + timedelta(seconds=2)
    await house.deliver()

    assert house.slack.texts("D_ANN") == ["nudge 15"]
    assert len(composed) == 1


@pytest.mark.parametrize("seconds", [60, 3600])
async def test_a_late_one_says_so(house: House, composed: list[MessagePage], seconds: int) -> None:
    _, row = await _one_nudge_to_come(house)

    await house.delivering.compose_ahead(row)
    house.clock.time = LAST + timedelta(seconds=seconds)
    await house.deliver()

    assert house.slack.texts("D_ANN") == (["nudge 15 late"] if seconds == 60 else [])


async def test_an_edit_in_the_last_minute_is_in_it(house: House, composed: list[MessagePage]) -> None:
    negotiation_id, row = await _one_nudge_to_come(house)

    await house.delivering.compose_ahead(row)
    await house.edit(negotiation_id, my_win="a 12 % discount")
    house.clock.time = LAST
    await house.deliver()

    last = composed[-1]
    assert isinstance(last, NudgePage)
    assert "12 % discount" in last.script.goal
    assert house.slack.texts("D_ANN") == ["nudge 15"]


async def test_a_rehearsal_in_the_last_minute_ends_it(house: House) -> None:
    negotiation_id, row = await _one_nudge_to_come(house)

    await house.delivering.compose_ahead(row)
    await house.reminding.rehearsed(ANN, negotiation_id)
    house.clock.time = LAST
    await house.deliver()

    assert house.slack.texts("D_ANN") == []


@pytest.mark.parametrize(("age", "goes"), [(0.2, True), (0.3, False)])
async def test_what_was_read_with_the_claim_counts_for_a_blink(house: House, age: float, goes: bool) -> None:
    negotiation_id, _ = await _one_nudge_to_come(house)
    house.clock.time = LAST
    (row,) = await house.outbox.claim(LAST, 10, LEASE)
    await house.reminding.rehearsed(ANN, negotiation_id)

    outcome = await house.carry(row, Forever(age))

    assert outcome == (Sent("D_ANN") if goes else Dropped("not_wanted"))


async def test_what_finds_no_room_is_composed_when_it_goes(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "ROOM", 0)
    _, row = await _one_nudge_to_come(house)

    await house.delivering.compose_ahead(row)
    house.clock.time = LAST
    await house.deliver()

    assert house.slack.texts("D_ANN") == ["nudge 15"]


async def test_what_nobody_took_makes_room(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "ROOM", 1)
    negotiation_id, row = await _one_nudge_to_come(house)
    await house.delivering.compose_ahead(row)
    await house.reminding.rehearsed(ANN, negotiation_id)
    later = MEETING + timedelta(days=1)
    await house.stand(replace(BRIEF, title="Another", meeting_at=later))
    house.clock.time = later - timedelta(minutes=16)
    (another,) = await house.outbox.coming((house.clock.time, 0), later, 10)

    house.delivering.forget()
    await house.delivering.compose_ahead(another)

    occasion = await house.delivering.nudging._occasion(another, another, FOREVER, [])
    assert house.delivering.nudging.ahead.take(occasion) == b"nudge 15"  # type: ignore[arg-type]
