"""APScheduler as a clock: it wakes the drain and does nothing else."""

import asyncio
import logging
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.services.ports import Clock

SWEEP = timedelta(seconds=15)
"""A look comes at least this often: another process may have added a row, or died with one. Not a job of the scheduler,
whose intervals stand still while the wall clock is set back."""


class Alarm:
    """One bell. It rings at the armed instant and when somebody asks; several rings before anybody listens are one,
    and whoever listened for a sweep hears one too."""

    def __init__(self, clock: Clock, sweep: timedelta = SWEEP) -> None:
        self._clock = clock
        self._sweep = sweep.total_seconds()
        self._bell = asyncio.Event()
        # Without a grace time APScheduler drops what is more than a second late.
        defaults = {"misfire_grace_time": None, "coalesce": True}
        self._scheduler = AsyncIOScheduler(timezone=UTC, job_defaults=defaults)

    def start(self) -> None:
        """Starts on the running loop."""
        logging.getLogger("apscheduler").setLevel(logging.WARNING)  # else a line for each wake
        self._scheduler.start()

    def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown()

    def set(self, instant: datetime | None) -> None:
        """Arms the next wake, in the place of the one before; None disarms it."""
        if instant is not None:
            when = self._clock.real(instant)
            self._scheduler.add_job(self._job, "date", run_date=when, id="wake", replace_existing=True)
            return
        try:
            self._scheduler.remove_job("wake")
        except JobLookupError:
            return  # it rang already, or was never armed

    def ring(self) -> None:
        self._bell.set()

    async def wait(self) -> None:
        """Returns once the bell has rung since the last wait, or after a sweep."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self._sweep):
                await self._bell.wait()
        self._bell.clear()

    async def _job(self) -> None:
        # No work in here: APScheduler drops a job that is added again while its last run still goes.
        self.ring()
