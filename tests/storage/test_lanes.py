"""The drain on real stores: a lane gets one message a second, in its order, and nobody waits for it."""

from datetime import timedelta
from itertools import pairwise

from bot.clock import SystemClock
from bot.outbox.alarm import Alarm
from bot.outbox.drain import Drain
from bot.outbox.pace import REST
from bot.services.deliveries import Delivery, Dropped, Outcome, Sent
from bot.services.ports import Lease
from bot.storage.outbox import SqlOutbox
from tests.storage.values import nudge


class Slack:
    """A handler that takes everything and remembers when, on the clock of the drain."""

    def __init__(self, clock: SystemClock) -> None:
        self.taken: list[tuple[str, float]] = []
        self._clock = clock

    async def deliver(self, delivery: Delivery, lease: Lease) -> Sent | Dropped:
        self.taken.append((delivery.key, self._clock.now().timestamp()))
        return Sent()

    async def compose_ahead(self, delivery: Delivery) -> None:
        """Nothing to do."""

    def forget(self) -> None:
        """Nothing to forget."""

    def notice(self, delivery: Delivery, code: str, now: object) -> None:
        """Nothing to tell."""

    def concerns(self, delivery: Delivery, outcome: Outcome) -> bool:
        return False

    async def settled(self, delivery: Delivery, outcome: Outcome) -> None:
        """Nobody to tell."""

    async def delayed(self, delivery: Delivery, again_at: object) -> None:
        """Nobody to tell."""


async def test_three_for_one_lane_come_a_second_apart_and_idle_waits_for_all(outbox: SqlOutbox) -> None:
    clock = SystemClock()
    slack = Slack(clock)
    drain = Drain(outbox, slack, clock, Alarm(clock))
    due = clock.now() - timedelta(seconds=1)
    keys = ["first", "second", "third"]
    # Put where they are by their people, so that none joins another.
    snoozed = [nudge(f"snooze:{key}", due, lane="D1") for key in keys]
    await outbox.add([*snoozed, nudge("elsewhere", due)], clock.now())

    await drain.start()
    await drain.idle()
    await drain.stop(5)

    in_lane = [(key, at) for key, at in slack.taken if key != "elsewhere"]
    assert [key for key, _ in in_lane] == [f"snooze:{key}" for key in keys]
    assert all(later - earlier >= REST for (_, earlier), (_, later) in pairwise(in_lane))
    assert slack.taken.index(next(one for one in slack.taken if one[0] == "elsewhere")) < 2
