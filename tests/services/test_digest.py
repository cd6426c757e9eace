"""Several nudges for one person at one time: one message, and each still has a fate of its own."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.coaching import script
from bot.coaching.brief import Brief, Rung
from bot.coaching.phrasing.leads import Leads
from bot.coaching.script import Script
from bot.outbox.drain import TOGETHER
from bot.services.deliveries import Kind
from bot.services.errors import DeliveryError
from bot.services.model import Unreached
from tests.services.conftest import BRIEF, FOREVER, LEASE, House
from tests.services.fakes import ANN, BEN, NOW

MEETING = NOW + timedelta(days=2)
LAST = MEETING - timedelta(minutes=15)
MINUTE = timedelta(minutes=1)


async def _stand(house: House, *minutes_later: int) -> list[str]:
    """Negotiations whose meetings begin so many minutes after the usual one."""
    house.slack.zones = {"U_ANN": "Asia/Dubai"}
    briefs = [replace(BRIEF, title=f"Matter {n}", meeting_at=MEETING + n * MINUTE) for n in minutes_later]
    return [await house.stand(brief) for brief in briefs]


async def _ladder_but_the_last_rung_is_over(house: House) -> None:
    for before in (timedelta(days=1), timedelta(hours=2)):
        house.clock.time = MEETING + 10 * MINUTE - before
        await house.deliver()
    for place in [place for place in house.slack.messages if place[0] == "D_ANN"]:
        del house.slack.messages[place]


async def test_nudges_within_five_minutes_are_one_message_at_the_earliest(house: House) -> None:
    await _stand(house, 0, 3, 5, 6)
    await _ladder_but_the_last_rung_is_over(house)

    house.clock.time = LAST
    await house.deliver()

    assert house.slack.texts("D_ANN") == ["nudge 15, nudge 15, nudge 15"]
    house.clock.time = LAST + 6 * MINUTE
    await house.deliver()
    assert house.slack.texts("D_ANN") == ["nudge 15, nudge 15, nudge 15", "nudge 15"]
    assert (await house.outcomes(Kind.NUDGE)).count("sent ") == len(await house.outcomes(Kind.NUDGE))


async def test_undone_after_their_message_was_found_one_does_not_come_again(house: House) -> None:
    _, second = await _stand(house, 0, 3)
    await _ladder_but_the_last_rung_is_over(house)
    house.clock.time = LAST
    house.slack.silences = [DeliveryError("timeout", uncertain=True)]
    (both,) = await house.outbox.claim(LAST, 10, LEASE, together=TOGETHER)
    with pytest.raises(DeliveryError):
        await house.delivering.deliver(both, FOREVER)
    await house.outbox.again(both, LAST, "timeout", uncertain=True)

    await house.publishing.cancel(ANN, second)
    await house.deliver()
    await house.publishing.undo_cancel(ANN, second)
    house.clock.pass_(4 * MINUTE)
    await house.deliver()

    assert house.slack.texts("D_ANN") == ["nudge 15, nudge 15"]


async def test_one_that_went_ahead_with_another_is_not_planned_again(house: House) -> None:
    _, second = await _stand(house, 0, 3)
    await _ladder_but_the_last_rung_is_over(house)
    house.clock.time = LAST
    await house.deliver()

    await house.edit(second, my_win="a 12 % discount")
    house.clock.time = LAST + 3 * MINUTE
    await house.deliver()

    assert house.slack.texts("D_ANN") == ["nudge 15, nudge 15"]


async def test_nothing_comes_ahead_into_the_night(house: House) -> None:
    house.slack.zones = {"U_ANN": "UTC"}
    await house.people.refresh(ANN)
    morning = NOW.replace(hour=8) + timedelta(days=3)
    early, day = morning + timedelta(minutes=13), morning + timedelta(hours=2)
    await house.stand(replace(BRIEF, title="Early", meeting_at=early, rungs=frozenset({Rung.MINUTES})))
    later = await house.stand(replace(BRIEF, title="Later", meeting_at=day, rungs=frozenset({Rung.HOURS})))

    house.clock.time = early - timedelta(minutes=15)
    await house.deliver()
    assert house.slack.texts("D_ANN") == ["nudge 15"]
    (waits,) = await house.outbox.to_send(ANN, later)
    assert (waits.due_at, waits.attempts) == (morning, 0)

    house.clock.time = morning
    await house.deliver()
    assert house.slack.texts("D_ANN") == ["nudge 15", "nudge 120"]


async def test_what_is_no_longer_wanted_is_left_out_and_recorded(house: House) -> None:
    first, _, _ = await _stand(house, 0, 1, 2)
    await _ladder_but_the_last_rung_is_over(house)
    house.clock.time = LAST
    rows = await house.outbox.claim(LAST, 10, timedelta(seconds=30), together=TOGETHER)
    await house.reminding.rehearsed(ANN, first)  # after the claim, before the send

    assert [await house.carry(row) for row in rows]

    assert house.slack.texts("D_ANN") == ["nudge 15, nudge 15"]
    assert "dropped not_wanted" in await house.outcomes(Kind.NUDGE)


async def test_all_refused_together_are_all_put_back(house: House) -> None:
    await _stand(house, 0, 1)
    await _ladder_but_the_last_rung_is_over(house)
    house.clock.time = LAST
    house.slack.refusals = [DeliveryError("service_unavailable")]

    await house.deliver()

    assert (await house.outcomes(Kind.NUDGE)).count("failed service_unavailable") == 2


async def test_companions_of_one_that_is_cancelled_wait_for_their_own_instants(house: House) -> None:
    first, _, _ = await _stand(house, 0, 2, 4)
    await _ladder_but_the_last_rung_is_over(house)
    house.clock.time = LAST
    (row,) = await house.outbox.claim(LAST, 10, timedelta(seconds=30), together=TOGETHER)
    await house.outbox.again(row, LAST, "resting", uncertain=False, counts=False)
    await house.publishing.cancel(ANN, first)

    await house.deliver()
    assert house.slack.texts("D_ANN") == []

    house.clock.time = LAST + 2 * MINUTE
    await house.deliver()
    assert house.slack.texts("D_ANN") == ["nudge 15, nudge 15"]


async def test_one_that_cannot_be_shown_goes_its_own_way(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    poison, _, _ = await _stand(house, 0, 1, 2)
    await _ladder_but_the_last_rung_is_over(house)
    house.clock.time = LAST
    write = script.write_script

    def fail_for_one(brief: Brief, leads: Leads) -> Script:
        if brief.title == "Matter 0":
            raise KeyError(poison)
        return write(brief, leads)

    monkeypatch.setattr(script, "write_script", fail_for_one)
    await house.deliver()

    assert house.slack.texts("D_ANN") == ["nudge 15, nudge 15"]
    (left,) = await house.outbox.to_send(ANN, poison)
    assert (left.outcome, left.uncertain) == ("bug", False)

    monkeypatch.undo()
    house.clock.pass_(MINUTE)
    await house.deliver()
    assert house.slack.texts("D_ANN")[1:] == ["nudge 15 late"]


async def test_what_is_left_of_a_digest_in_doubt_is_asked_about_from_when_it_went(house: House) -> None:
    first, _ = await _stand(house, 0, 4)
    await _ladder_but_the_last_rung_is_over(house)
    house.clock.time = LAST
    (row,) = await house.outbox.claim(LAST, 10, timedelta(seconds=30), together=TOGETHER)
    house.slack.silences = [DeliveryError("timeout", uncertain=True)]
    with pytest.raises(DeliveryError):
        await house.delivering.deliver(row, FOREVER)
    await house.outbox.again(row, LAST + timedelta(seconds=5), "timeout", uncertain=True)
    await house.reminding.rehearsed(ANN, first)
    house.clock.pass_(timedelta(seconds=30))

    await house.deliver()

    assert house.slack.texts("D_ANN") == ["nudge 15, nudge 15"]


async def test_what_slack_does_not_take_together_goes_one_by_one(house: House) -> None:
    await _stand(house, 0, 1)
    await _ladder_but_the_last_rung_is_over(house)
    house.clock.time = LAST
    house.slack.refusals = [DeliveryError("invalid_blocks", permanent=True)]

    await house.deliver()
    assert house.slack.texts("D_ANN") == ["nudge 15"]

    house.clock.pass_(MINUTE)
    await house.deliver()
    assert house.slack.texts("D_ANN") == ["nudge 15", "nudge 15"]


async def test_a_message_that_slack_does_not_take_costs_its_own_rung_only(house: House) -> None:
    await house.stand()
    house.clock.time = MEETING - timedelta(days=1)
    house.slack.refusals = [None, DeliveryError("invalid_blocks", permanent=True)]  # the zone is asked first

    await house.deliver()

    assert await house.outcomes(Kind.NUDGE) == ["failed invalid_blocks", "pending ", "pending "]


async def test_a_permanent_refusal_ends_the_ladder_and_no_other_delivery(house: House) -> None:
    await house.stand()
    house.clock.time = MEETING - timedelta(days=1)
    house.slack.refusals = [None, DeliveryError("messages_tab_disabled", permanent=True)]  # the zone is asked first

    await house.deliver()

    states = await house.outcomes(Kind.NUDGE)
    assert states == ["failed messages_tab_disabled", *["dropped messages_tab_disabled"] * 2]
    assert await house.outcomes(Kind.SCRIPT) == ["sent "]
    assert (await house.preparing.waiting(ANN)).unreached == (Unreached("Acme renewal", "messages_tab_disabled"),)
    assert (await house.preparing.waiting(BEN)).unreached == ()

    house.clock.time = MEETING
    assert (await house.preparing.waiting(ANN)).unreached == ()


async def test_planned_anew_nothing_is_told_any_more(house: House) -> None:
    negotiation_id = await house.stand()
    house.clock.time = MEETING - timedelta(days=1)
    house.slack.refusals = [None, DeliveryError("messages_tab_disabled", permanent=True)]
    await house.deliver()
    await house.publishing.move(ANN, negotiation_id, MEETING + timedelta(days=1), BRIEF.rungs)

    assert (await house.preparing.waiting(ANN)).unreached == ()
