"""Brings to the disk what SQLite committed. With WAL and `synchronous = NORMAL` it would do so only at a checkpoint,
after a thousand pages; syncing at each commit would cost more than the commit."""

import asyncio
import os
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

WITHIN = 0.5
"""Seconds from a commit to its sync: with the sync itself, what a power cut may take back."""


class Syncing:
    """One sync for all that was committed meanwhile, in a thread of its own: nobody waits for a slow disk."""

    def __init__(self, file: Path) -> None:
        self._log = f"{file}-wal"
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="winwin-sync")
        self._timer: asyncio.TimerHandle | None = None
        self._under_way: Future[None] | None = None
        self._stopped = False

    def soon(self) -> None:
        """Something was, or is just being, committed."""
        if self._timer is None and not self._stopped:
            self._timer = asyncio.get_running_loop().call_later(WITHIN, self._begin)

    def stop(self) -> None:
        """Closing the database's connections brings the rest to the disk."""
        self._stopped = True
        if self._timer is not None:
            self._timer.cancel()
        self._thread.shutdown(wait=False)

    def _begin(self) -> None:
        self._timer = None
        if self._under_way is None or self._under_way.done():
            self._under_way = self._thread.submit(self._sync)
        else:
            self.soon()

    def _sync(self) -> None:
        with suppress(OSError):  # the file goes with the last connection, and a disk that fails tells SQLite as well
            descriptor = os.open(self._log, os.O_RDWR)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
