"""Nudges: each at its time, never after the meeting, never for what was cancelled or rehearsed."""

from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest

from bot.coaching.brief import Rung
from bot.services.deliveries import Dropped, Failed, Kind
from bot.services.errors import DeliveryError, LadderOver
from bot.services.model import Negotiation, Person
from bot.services.ports import NegotiationStore
from bot.services.reminding import Reminding
from tests.services.conftest import BRIEF, FOREVER, LEASE, House
from tests.services.fakes import ANN, NOW

MEETING = NOW + timedelta(days=2)


async def _at(house: House, before_meeting: timedelta) -> list[str]:
    """Lets the time come and delivers; returns the private messages so far."""
    house.clock.time = MEETING - before_meeting
    await house.deliver()
    return house.slack.texts("D_ANN")


async def test_each_rung_comes_at_its_time(house: House) -> None:
    await house.stand()

    assert await _at(house, timedelta(days=1, seconds=1)) == []
    assert await _at(house, timedelta(days=1)) == ["nudge 1440"]
    assert await _at(house, timedelta(hours=2)) == ["nudge 1440", "nudge 120"]
    assert await _at(house, timedelta(minutes=15)) == ["nudge 1440", "nudge 120", "nudge 15"]
    assert await house.outbox.next_due() is None


async def test_a_late_nudge_says_so(house: House) -> None:
    await house.stand()

    assert await _at(house, timedelta(minutes=9)) == ["nudge 15 late"]


async def test_after_a_pause_one_message_stands_for_the_ladder(house: House) -> None:
    await house.stand()

    house.clock.time = MEETING - timedelta(minutes=14)
    await house.deliver()

    assert house.slack.texts("D_ANN") == ["nudge 15 late"]
    assert sorted(await house.outcomes(Kind.NUDGE)) == ["dropped superseded", "dropped superseded", "sent "]


@pytest.mark.parametrize("meanwhile", ["the meeting begins", "cancelled", "rehearsed"])
async def test_while_slack_is_asked_for_a_zone_the_nudge_may_become_unwanted(house: House, meanwhile: str) -> None:
    negotiation_id = await house.stand(replace(BRIEF, rungs=frozenset({Rung.MINUTES})))
    house.clock.time = MEETING - timedelta(minutes=15)
    if meanwhile == "the meeting begins":
        house.clock.time = MEETING - timedelta(seconds=2)

    async def zone(person: Person) -> str:
        house.clock.pass_(timedelta(seconds=2.9))
        if meanwhile == "cancelled":
            await house.publishing.cancel(ANN, negotiation_id)
        if meanwhile == "rehearsed":
            await house.reminding.rehearsed(ANN, negotiation_id)
        return "Asia/Dubai"

    house.slack.zone = zone  # type: ignore[method-assign]
    await house.deliver()

    assert house.slack.texts("D_ANN") == []


async def test_a_nudge_that_was_given_up_leaves_the_rest_of_its_ladder(house: House) -> None:
    await house.stand()
    house.clock.time = MEETING - timedelta(days=1)
    (row,) = await house.outbox.claim(house.clock.now(), 10, LEASE)

    assert not house.delivering.concerns(row, Failed("gave_up"))
    assert house.delivering.concerns(row, Failed("account_inactive"))


async def test_nothing_comes_after_the_meeting_began(house: House) -> None:
    await house.stand()

    assert await _at(house, timedelta(0)) == []
    assert await house.outbox.next_due() is None


@pytest.mark.parametrize("answer", ["rehearsed", "stop"])
async def test_an_answer_ends_the_ladder(house: House, answer: str) -> None:
    negotiation_id = await house.stand()
    await _at(house, timedelta(days=1))
    await getattr(house.reminding, answer)(ANN, negotiation_id)

    assert await _at(house, timedelta(minutes=15)) == ["nudge 1440"]


async def test_stop_shows_in_the_form(house: House) -> None:
    negotiation_id = await house.stand()
    await house.reminding.stop(ANN, negotiation_id)

    assert (await house.preparing.newest(ANN, negotiation_id)).brief.rungs == frozenset()


async def test_a_snooze_comes_once_however_often_it_is_pressed(house: House) -> None:
    negotiation_id = await house.stand()
    await _at(house, timedelta(hours=2))
    for _ in range(3):
        again_at = await house.reminding.snooze(ANN, negotiation_id, Rung.HOURS, MEETING - timedelta(hours=2))

    assert again_at == MEETING - timedelta(hours=1, minutes=45)
    assert await _at(house, timedelta(hours=1, minutes=45)) == ["nudge 120", "nudge 120"]


async def test_a_snooze_is_of_the_revision_that_stands_though_an_edit_came_between(house: House) -> None:
    negotiation_id = await house.stand()
    before = await _at(house, timedelta(hours=2))

    edits = [house.edit(negotiation_id, my_win="keep the budget under $90M")]

    class Store:
        snooze = staticmethod(house.negotiations.snooze)

        async def standing(self, owner: Person, negotiation_id: str) -> Negotiation:
            seen = await house.negotiations.standing(owner, negotiation_id)
            for edit in edits[:1]:
                edits.clear()
                await edit
            return seen

    wakes: list[None] = []
    reminding = Reminding(cast(NegotiationStore, Store()), house.clock, lambda: wakes.append(None))
    assert await reminding.snooze(ANN, negotiation_id, Rung.HOURS, MEETING - timedelta(hours=2))

    assert wakes == [None]
    assert await _at(house, timedelta(minutes=105)) == [*before, "nudge 120"]


async def test_a_snooze_never_reaches_the_meeting(house: House) -> None:
    negotiation_id = await house.stand()
    house.clock.time = MEETING - timedelta(minutes=4)

    assert await house.reminding.snooze(ANN, negotiation_id, Rung.MINUTES, MEETING - timedelta(minutes=15)) is None


async def test_a_refused_nudge_stops_nothing_else(house: House) -> None:
    await house.stand()
    house.slack.refusals = [DeliveryError("messages_tab_disabled", permanent=True)]
    await _at(house, timedelta(days=1))
    await house.stand(replace(BRIEF, title="Another matter", meeting_at=None))

    assert len(house.slack.texts("C_DEALS")) == 2


async def test_no_meeting_means_no_nudge(house: House) -> None:
    negotiation_id = await house.stand(replace(BRIEF, meeting_at=None))

    assert [row for row in await house.outbox.to_send(ANN, negotiation_id) if row.kind is Kind.NUDGE] == []


async def test_an_edit_does_not_lose_a_nudge_that_is_due(house: House) -> None:
    negotiation_id = await house.stand()
    house.clock.time = MEETING - timedelta(hours=2)
    await house.edit(negotiation_id, my_win="a 12 % discount")
    await house.deliver()

    assert house.slack.texts("D_ANN") == ["nudge 120"]


@pytest.mark.parametrize("answer", ["rehearsed", "stop"])
async def test_no_snooze_once_the_ladder_is_over(house: House, answer: str) -> None:
    negotiation_id = await house.stand()
    await _at(house, timedelta(hours=2))
    await getattr(house.reminding, answer)(ANN, negotiation_id)

    with pytest.raises(LadderOver):
        await house.reminding.snooze(ANN, negotiation_id, Rung.HOURS, MEETING - timedelta(hours=2))


async def test_a_nudge_in_flight_when_it_was_stopped_does_not_go(house: House) -> None:
    negotiation_id = await house.stand()
    house.clock.time = MEETING - timedelta(hours=2)
    row = (await house.outbox.claim(house.clock.now(), 10, timedelta(seconds=30)))[-1]
    await house.reminding.stop(ANN, negotiation_id)

    assert await house.delivering.deliver(row, FOREVER) == Dropped("not_wanted")


async def test_a_late_nudge_does_not_come_at_night(house: House) -> None:
    house.slack.zones = {"U_ANN": "Europe/Berlin"}
    await house.stand()

    assert await _at(house, timedelta(hours=10)) == []
    assert await _at(house, timedelta(minutes=15)) == ["nudge 15"]


async def test_undo_brings_no_nudges_back_once_it_was_rehearsed(house: House) -> None:
    negotiation_id = await house.stand()
    await house.reminding.rehearsed(ANN, negotiation_id)
    await house.publishing.cancel(ANN, negotiation_id)
    await house.publishing.undo_cancel(ANN, negotiation_id)

    assert [row for row in await house.outbox.to_send(ANN, negotiation_id) if row.kind is Kind.NUDGE] == []


async def test_undo_brings_back_a_nudge_that_was_due_when_all_was_cancelled(house: House) -> None:
    negotiation_id = await house.stand()
    house.clock.time = MEETING - timedelta(minutes=15)
    await house.publishing.cancel(ANN, negotiation_id)
    house.clock.pass_(timedelta(seconds=20))
    await house.publishing.undo_cancel(ANN, negotiation_id)

    await house.deliver()

    assert [text for text in house.slack.texts("D_ANN") if text.startswith("nudge")] == ["nudge 15 late"]
