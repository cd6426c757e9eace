"""Growing pauses between tries, and one line a minute that says so."""

import asyncio
import logging
import time

_log = logging.getLogger(__name__)

_FIRST, _LONGEST, _SAY_EVERY = 0.5, 30.0, 60.0  # seconds


class Pauses:
    """Waits longer after each failure. `what` says what cannot be done, for the log."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._pause = _FIRST
        self._said: float | None = None

    async def wait(self, error: Exception, at_least: float | None = None) -> None:
        """Pauses, `at_least` that many seconds; logs the kind of error, never its message, at most once a minute."""
        now = time.monotonic()
        if self._said is None or now - self._said >= _SAY_EVERY:
            _log.warning("%s (%s); trying again with growing pauses.", self._what, type(error).__name__)
            self._said = now
        await asyncio.sleep(max(self._pause, at_least or 0))
        self._pause = min(self._pause * 2, _LONGEST)
