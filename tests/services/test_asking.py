"""After an unknown outcome: Slack is asked first, and where it does not tell, a minute passes."""

from datetime import timedelta

import pytest

from bot.outbox import policy
from bot.outbox.policy import UNCERTAIN_NUDGE_TRIES, Again
from bot.services.asking import PATIENCE, UNDER_WAY
from bot.services.deliveries import Delivery, Failed, Kind, Sent
from bot.services.errors import DeliveryError
from tests.services.conftest import BRIEF, FOREVER, LEASE, House
from tests.services.fakes import ANN, NOW

MEETING = NOW + timedelta(days=2)
SILENCE = DeliveryError("timeout", uncertain=True)
SECOND = timedelta(seconds=1)


async def _claim(house: House) -> Delivery:
    (row,) = await house.outbox.claim(house.clock.now(), 10, LEASE)
    return row


async def _met_silence(house: House) -> None:
    """The one row that is due goes out, Slack's answer is lost, and five seconds pass."""
    row = await _claim(house)
    with pytest.raises(DeliveryError):
        await house.delivering.deliver(row, FOREVER)
    await house.outbox.again(row, house.clock.now() + 5 * SECOND, "timeout", uncertain=True)
    house.clock.pass_(5 * SECOND)


async def _nudged_once(house: House) -> None:
    """The first nudge has arrived, so that the private channel is known; the second is due."""
    house.slack.zones = {"U_ANN": "Asia/Dubai"}
    await house.stand()
    house.clock.time = MEETING - timedelta(days=1)
    await house.deliver()
    house.clock.time = MEETING - timedelta(hours=2)


async def test_a_nudge_that_arrived_unknown_is_not_sent_again(house: House) -> None:
    await _nudged_once(house)
    house.slack.silences = [SILENCE]
    await _met_silence(house)

    assert await house.delivering.deliver(await _claim(house), FOREVER) == Sent("D_ANN", found=True)
    assert house.slack.texts("D_ANN") == ["nudge 1440", "nudge 120"]


async def test_a_nudge_that_did_not_arrive_is_sent_again_once_it_cannot_be_under_way(house: House) -> None:
    await _nudged_once(house)
    house.slack.refusals = [SILENCE]
    await _met_silence(house)
    row = await _claim(house)
    with pytest.raises(DeliveryError) as waits:
        await house.delivering.deliver(row, FOREVER)
    assert waits.value.retry_after == 20

    house.clock.pass_(20 * SECOND)
    await house.delivering.deliver(row, FOREVER)

    assert house.slack.texts("D_ANN") == ["nudge 1440", "nudge 120 late"]


async def test_tries_of_which_slack_tells_that_none_arrived_are_not_in_doubt(house: House) -> None:
    await _nudged_once(house)
    for number in range(2 * UNCERTAIN_NUDGE_TRIES):
        house.slack.refusals = [SILENCE]
        row = await _claim(house)
        with pytest.raises(DeliveryError) as failed:
            await house.delivering.deliver(row, FOREVER)
        step = policy.after(failed.value, row)
        assert isinstance(step, Again)
        assert (step.uncertain, step.alone) == (True, number > 0)
        await house.outbox.again(row, house.clock.now() + UNDER_WAY, "timeout", uncertain=True, alone=step.alone)
        house.clock.pass_(UNDER_WAY)

    await house.delivering.deliver(await _claim(house), FOREVER)
    assert house.slack.texts("D_ANN") == ["nudge 1440", "nudge 120 late"]


async def test_tries_of_which_slack_does_not_tell_are_few(house: House) -> None:
    await _nudged_once(house)
    house.slack.tells = False
    steps: list[Again | Failed] = []
    while not isinstance(steps[-1] if steps else None, Failed):
        house.slack.refusals = [SILENCE]
        row = await _claim(house)
        with pytest.raises(DeliveryError) as failed:
            await house.delivering.deliver(row, FOREVER)
        steps.append(policy.after(failed.value, row))
        await house.outbox.again(row, house.clock.now() + PATIENCE, "timeout", uncertain=True)
        house.clock.pass_(PATIENCE)

    assert len(steps) == UNCERTAIN_NUDGE_TRIES


async def test_where_slack_does_not_tell_it_goes_once_more_after_a_minute(house: House) -> None:
    await _nudged_once(house)
    house.slack.silences, house.slack.tells = [SILENCE], False
    await _met_silence(house)
    row = await _claim(house)

    with pytest.raises(DeliveryError) as waits:
        await house.delivering.deliver(row, FOREVER)
    assert (waits.value.code, waits.value.retry_after) == ("unknown", 55)

    house.clock.pass_(55 * SECOND)
    await house.delivering.deliver(row, FOREVER)
    assert house.slack.texts("D_ANN") == ["nudge 1440", "nudge 120", "nudge 120 late"]


async def test_the_first_private_message_of_all_cannot_be_asked_about(house: House) -> None:
    await house.stand()
    house.clock.time = MEETING - timedelta(days=1)
    house.slack.silences = [SILENCE]
    await _met_silence(house)

    with pytest.raises(DeliveryError, match="unknown"):
        await house.delivering.deliver(await _claim(house), FOREVER)
    assert house.slack.asked == 0


async def test_who_died_while_sending_is_asked_about_as_well(house: House) -> None:
    await _nudged_once(house)
    await house.delivering.deliver(await _claim(house), FOREVER)  # and no mark follows
    house.clock.pass_(LEASE)

    assert await house.delivering.deliver(await _claim(house), FOREVER) == Sent("D_ANN", found=True)
    assert len(house.slack.texts("D_ANN")) == 2


async def _kept_private(house: House) -> str:
    """A script that its owner keeps, with Slack's private channel known from another one."""
    await house.stand(private=True)
    await house.preparing.submit(ANN, "N2", BRIEF)
    await house.publishing.confirm(ANN, "N2", 1, private=True, view_id=None)
    return "N2"


@pytest.mark.parametrize("part", [0, 1])
async def test_a_private_script_that_arrived_unknown_is_known_again(house: House, part: int) -> None:
    house.slack.parts = 2
    negotiation_id = await _kept_private(house)
    house.slack.silences = [None] * part + [SILENCE]
    await _met_silence(house)

    await house.deliver()

    assert len(house.slack.texts("D_ANN")) == 4
    assert len(await house.negotiations.posts(ANN, negotiation_id)) == 2
    assert await house.outcomes(Kind.SCRIPT) == ["sent ", "sent "]


async def test_a_copy_that_arrived_where_it_no_longer_belongs_is_deleted(house: House) -> None:
    negotiation_id = await _kept_private(house)
    house.slack.silences = [SILENCE]
    await _met_silence(house)
    await house.publishing.confirm(ANN, negotiation_id, 1, private=False, view_id=None)

    await house.deliver()

    assert len(house.slack.texts("D_ANN")) == 1
    assert len(house.slack.texts("C_DEALS")) == 1


async def test_a_change_that_comes_late_is_changed_once_more(house: House) -> None:
    negotiation_id = await house.stand()
    shown = dict(house.slack.messages)
    await house.publishing.cancel(ANN, negotiation_id)
    await _claim(house)  # its process dies while the change is on its way
    await house.publishing.undo_cancel(ANN, negotiation_id)
    house.clock.pass_(LEASE)
    (place,) = shown
    house.slack.messages[place] = "cancelled"  # it came after all, and after the other

    await house.deliver()

    assert house.slack.messages == shown


async def test_a_refusal_leaves_no_doubt(house: House) -> None:
    negotiation_id = await _kept_private(house)
    house.slack.refusals = [DeliveryError("service_unavailable")]
    with pytest.raises(DeliveryError):
        await house.delivering.deliver(await _claim(house), FOREVER)

    assert await house.negotiations.postings(ANN, negotiation_id) == []


async def test_who_died_before_sending_leaves_no_doubt(house: House) -> None:
    await house.preparing.submit(ANN, "N1", BRIEF)
    await house.publishing.confirm(ANN, "N1", 1, private=False, view_id=None)
    await _claim(house)  # and no try follows
    house.clock.pass_(LEASE)

    await house.deliver()

    assert len(house.slack.texts("C_DEALS")) == 1


async def test_a_script_in_a_channel_waits_for_its_minute(house: House) -> None:
    await house.preparing.submit(ANN, "N1", BRIEF)
    await house.publishing.confirm(ANN, "N1", 1, private=False, view_id=None)
    house.slack.silences = [SILENCE]
    await _met_silence(house)

    with pytest.raises(DeliveryError, match="unknown"):
        await house.delivering.deliver(await _claim(house), FOREVER)
    assert len(house.slack.texts("C_DEALS")) == 1


async def test_a_newer_script_waits_for_the_doubt_of_an_older(house: House) -> None:
    await house.preparing.submit(ANN, "N1", BRIEF)
    await house.publishing.confirm(ANN, "N1", 1, private=False, view_id=None)
    house.slack.silences = [SILENCE]
    await _met_silence(house)
    await house.preparing.submit(ANN, "N1", BRIEF)
    await house.publishing.confirm(ANN, "N1", 2, private=False, view_id=None)

    rows = await house.outbox.claim(house.clock.now(), 10, LEASE)
    with pytest.raises(DeliveryError, match="unknown"):
        await house.delivering.deliver(rows[-1], FOREVER)
    assert len(house.slack.texts("C_DEALS")) == 1
