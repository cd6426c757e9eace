"""APScheduler as a clock: it really rings, once for many, and does nothing else."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.clock import SystemClock
from bot.outbox.alarm import Alarm
from tests.outbox.rig import PATIENCE

FAR = timedelta(hours=1)


@asynccontextmanager
async def started(clock: SystemClock | None = None, sweep: timedelta = FAR) -> AsyncIterator[Alarm]:
    alarm = Alarm(clock or SystemClock(), sweep)
    alarm.start()
    try:
        yield alarm
    finally:
        alarm.stop()


async def rings(alarm: Alarm) -> None:
    await asyncio.wait_for(alarm.wait(), PATIENCE)


def silent(alarm: Alarm) -> bool:
    """Nobody rang since the last wait."""
    waiting = alarm.wait()
    try:
        waiting.send(None)
    except StopIteration:
        return False
    waiting.close()
    return True


async def test_it_rings_when_the_instant_comes() -> None:
    clock = SystemClock()
    async with started(clock) as alarm:
        instant = clock.now() + timedelta(seconds=0.2)
        alarm.set(instant)
        await rings(alarm)
        assert clock.now() >= instant


async def test_an_instant_that_is_past_rings_at_once() -> None:
    clock = SystemClock()
    async with started(clock) as alarm:
        alarm.set(clock.now() - timedelta(days=3))
        await rings(alarm)


async def test_a_nearer_instant_takes_the_place_of_a_far_one() -> None:
    clock = SystemClock()
    async with started(clock) as alarm:
        alarm.set(clock.now() + FAR)
        alarm.set(clock.now() + timedelta(seconds=0.05))
        await rings(alarm)


async def test_a_disarmed_instant_does_not_ring() -> None:
    clock = SystemClock()
    async with started(clock) as disarmed, started(clock) as later:
        disarmed.set(clock.now() + timedelta(seconds=0.05))
        later.set(clock.now() + timedelta(seconds=0.15))
        disarmed.set(None)
        disarmed.set(None)
        await rings(later)
        assert silent(disarmed)


async def test_the_sweep_rings_with_nothing_armed() -> None:
    async with started(sweep=timedelta(seconds=0.05)) as alarm:
        await rings(alarm)
        await rings(alarm)


async def test_anybody_can_ring_and_many_rings_are_one() -> None:
    async with started() as alarm:
        for _ in range(5):
            alarm.ring()
        await rings(alarm)
        assert silent(alarm)


async def test_a_clock_that_ran_ahead_is_brought_back_to_the_machines() -> None:
    clock = SystemClock()
    clock.jump(clock.now() + timedelta(days=2))
    async with started(clock) as alarm:
        alarm.set(clock.now() + timedelta(seconds=0.05))
        await rings(alarm)


async def test_rearming_as_it_rings_drops_no_ring(caplog: pytest.LogCaptureFixture) -> None:
    clock = SystemClock()
    async with started(clock) as alarm:
        for _ in range(50):
            alarm.set(clock.now())
            await rings(alarm)
    assert caplog.messages == []  # APScheduler would say "maximum number of running instances reached"


async def test_the_scheduler_keeps_quiet(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        async with started(sweep=timedelta(seconds=0.05)) as alarm:
            await rings(alarm)
    assert [record.name for record in caplog.records if record.name.startswith("apscheduler")] == []


async def test_it_can_be_stopped_twice_or_before_its_start() -> None:
    alarm = Alarm(SystemClock())
    alarm.stop()
    alarm.start()
    alarm.stop()
    await asyncio.sleep(0)
    alarm.stop()
