"""How long an event loop could run nothing, noticed from inside."""

import asyncio
import time

BEAT = 0.001


class Heartbeat:
    """Sleeps for a millisecond over and over; what it oversleeps is what everything else on the loop waited too."""

    def __init__(self) -> None:
        self._longest = 0.0
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._beat())

    def tell(self) -> None:
        """Prints the longest stall since it was last told, in milliseconds."""
        print(f"stall {self._longest * 1000:.1f}", flush=True)
        self._longest = 0.0

    async def _beat(self) -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(BEAT)
            self._longest = max(self._longest, time.perf_counter() - before - BEAT)
