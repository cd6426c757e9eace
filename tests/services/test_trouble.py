"""Faults become values without anything private in them; pauses grow; the log is not flooded."""

import asyncio
import itertools
import logging

import pytest

from bot.services import trouble
from bot.services.trouble import Complaint, Trouble, caught, insist, pauses
from tests.outbox.test_pace import Hand

SECRET = "My walk-away is 80"


async def fails() -> str:
    try:
        raise KeyError(SECRET)
    except KeyError as error:
        raise ValueError(SECRET) from error


async def answers() -> str:
    return "fine"


async def test_what_goes_well_passes_through() -> None:
    assert await caught(answers()) == "fine"


async def test_a_fault_names_its_types_and_place_but_not_its_words() -> None:
    fault = await caught(fails())
    assert isinstance(fault, Trouble)
    assert "ValueError" in fault.trace
    assert "KeyError" in fault.trace
    assert "in fails" in fault.trace
    assert SECRET not in repr(fault)


async def test_references_are_short_and_differ() -> None:
    faults = [await caught(fails()) for _ in range(20)]
    references = {fault.reference for fault in faults if isinstance(fault, Trouble)}
    assert {len(reference) for reference in references} == {4}
    assert len(references) > 1


async def test_a_cancelled_task_stays_cancelled() -> None:
    task = asyncio.create_task(caught(asyncio.sleep(3600)))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


def test_pauses_double_and_then_stay() -> None:
    assert list(itertools.islice(pauses(1, 5), 6)) == [1, 2, 4, 5, 5, 5]


def test_a_complaint_is_heard_once_a_minute(caplog: pytest.LogCaptureFixture) -> None:
    hand = Hand()
    complaint = Complaint("the database is away", hand)
    with caplog.at_level(logging.ERROR):
        for _ in range(13):
            complaint.about(Trouble("ab12", "OperationalError", OSError()))
            hand.seconds += 10
    assert len(caplog.messages) == 3
    assert "the database is away (reference ab12)" in caplog.messages[0]


async def test_insisting_goes_on_until_there_is_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trouble, "pauses", lambda: itertools.repeat(0.0))
    faults = iter(["away", "away", "away"])

    async def third_time_lucky() -> str:
        if next(faults, None):
            raise ConnectionError(SECRET)
        return "fine"

    assert await insist(third_time_lucky, Complaint("away", Hand())) == "fine"
