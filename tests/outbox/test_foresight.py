"""Foresight: what is due within a minute is got ready, and nothing depends on it."""

import asyncio

from bot.outbox.foresight import AHEAD
from bot.services.deliveries import Delivery, DeliveryState
from tests.outbox.rig import PATIENCE, Fate, FateHandler, HandClock, Rig, running, soon


async def composed(rig: Rig, count: int) -> None:
    async with asyncio.timeout(PATIENCE):
        for _ in range(count):
            await rig.handler.composing.acquire()


async def test_what_is_due_within_a_minute_is_composed_and_nothing_else() -> None:
    async with running(Rig()) as rig:
        await rig.add(*(f"soon {n}" for n in range(12)), due_in=30)
        await rig.add("far", due_in=AHEAD.total_seconds() + 30)
        rig.drain.wake()

        await composed(rig, 12)
        await rig.drain.idle()

        assert sorted(rig.handler.composed) == sorted(f"soon {n}" for n in range(12))
        assert rig.handler.slack == []
        rig.jump(AHEAD.total_seconds() - 1)
        await composed(rig, 1)
        assert rig.handler.composed[-1] == "far"
        assert len(rig.handler.composed) == len(set(rig.handler.composed))


class Clumsy(FateHandler):
    """Cannot compose anything."""

    async def compose_ahead(self, delivery: Delivery) -> None:
        await super().compose_ahead(delivery)
        raise KeyError("what a person wrote")


async def test_what_cannot_be_composed_goes_out_all_the_same() -> None:
    rig = Rig()
    rig.handler = Clumsy(rig.clock)
    rig.drain = rig.new_drain()
    async with running(rig):
        await rig.add("row", due_in=30)
        rig.drain.wake()
        await composed(rig, 1)
        rig.jump(30)
        await rig.drain.idle()

    assert rig.state("row").state is DeliveryState.SENT


class Slow(FateHandler):
    """Is still composing when it is stopped."""

    def __init__(self, clock: HandClock) -> None:
        super().__init__(clock)
        self.at_it = asyncio.Event()
        self.cut = False

    async def compose_ahead(self, delivery: Delivery) -> None:
        self.at_it.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.cut = True


async def test_a_stop_does_not_wait_for_it() -> None:
    rig = Rig()
    rig.handler = slow = Slow(rig.clock)
    rig.drain = rig.new_drain()
    async with running(rig):
        await rig.add("row", due_in=30)
        rig.drain.wake()
        await soon(slow.at_it)

    assert slow.cut


async def test_what_slack_put_off_is_not_composed_again_and_again() -> None:
    async with running(Rig()) as rig:
        rig.handler.fates["row"] = [Fate.LIMITED]
        await rig.add("row")
        await rig.drain.idle()
        for _ in range(200):
            await asyncio.sleep(0)
            rig.drain.wake()
        assert rig.handler.composed == []
