"""The drain's hands: what hangs in some of them."""

import asyncio

from bot.outbox.alarm import SWEEP
from bot.outbox.drain import HANDS
from bot.services.deliveries import Delivery, Outcome
from tests.outbox.rig import FateHandler, HandClock, Rig, running


class Telling(FateHandler):
    """Some take long to tell."""

    def __init__(self, clock: HandClock) -> None:
        super().__init__(clock)
        self.told_all = asyncio.Event()

    async def settled(self, delivery: Delivery, outcome: Outcome) -> None:
        await super().settled(delivery, outcome)
        if delivery.key.startswith("hung"):
            await self.told_all.wait()


async def test_what_hangs_holds_up_nobody_else() -> None:
    rig = Rig()
    rig.handler = telling = Telling(rig.clock)
    rig.drain = rig.new_drain()
    async with running(rig):
        await rig.add(*(f"hung {n}" for n in range(HANDS - 5)), *(f"quick {n}" for n in range(5)))
        await rig.add("next", due_in=0.3)
        rig.drain.wake()
        async with asyncio.timeout(SWEEP.total_seconds() - 1):
            await rig.handler.begun["next"].wait()
        telling.told_all.set()
