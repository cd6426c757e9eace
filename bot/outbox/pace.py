"""Slack's limits, as one process keeps them. https://docs.slack.dev/apis/web-api/rate-limits"""

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence

from bot.services.deliveries import Delivery, Kind
from bot.services.ports import Busy

REST = 1.0
"""Seconds that a lane rests after a message: Slack takes about one a second in each channel."""

TURN = 0.5
"""Seconds between two turns: a claim for few costs as much as any."""


class Pace:
    """Says what must not be claimed now, and what was claimed too soon. Times are seconds of `monotonic`, which no
    clock change moves.

    Most lanes that rest have nothing more to send: only where something was claimed too soon is the lane told to the
    store, because a list of all of them would cost each claim more than the claim itself.
    """

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._now = monotonic
        self._flying: set[str] = set()  # lanes of what is claimed
        self._resting: OrderedDict[str, float] = OrderedDict()  # until when, the soonest first
        self._crowded: dict[str, float] = {}  # lanes that had more to send, and until when they rest
        self._holds: dict[str, float] = {}  # until when each installation posts nothing
        self._served: set[str] = set()  # installations that had a message since the last turn
        self._served_since = 0.0
        self._scripts_are_next = False

    def begin(self, delivery: Delivery) -> None:
        """A message takes its lane."""
        self._flying.add(delivery.lane)
        if not self._served:
            self._served_since = self._now()
        self._served.add(delivery.owner.installation)

    def end(self, delivery: Delivery) -> None:
        """It gives its lane back."""
        self._flying.discard(delivery.lane)

    def rest(self, delivery: Delivery) -> None:
        """It was tried, whatever came of it: its lane rests."""
        until = self._now() + REST
        self._resting[delivery.lane] = until
        self._resting.move_to_end(delivery.lane)
        if delivery.lane in self._crowded:
            self._crowded[delivery.lane] = until

    def rests(self, delivery: Delivery) -> bool:
        """Whether it was claimed too soon."""
        until = self._resting.get(delivery.lane, 0.0)
        if until <= self._now():
            return False
        self._crowded[delivery.lane] = until
        return True

    def hold(self, installation: str, seconds: float) -> None:
        """Slack answered a new message with 429: no more of them for this installation until then."""
        self._holds[installation] = max(self._now() + seconds, self._holds.get(installation, 0.0))

    def held(self, delivery: Delivery) -> float:
        """Seconds that it still has to wait; 0.0 where it may go. A script, and what a view waits for, may need no new
        message: it goes until it does."""
        if delivery.kind is Kind.SCRIPT or delivery.view_id is not None:
            return 0.0
        return max(self._holds.get(delivery.owner.installation, 0.0) - self._now(), 0.0)

    def busy(self, installations: Sequence[str] = (), posting: Sequence[str] = ()) -> Busy:
        """What must not be claimed now: lanes with a message in flight, crowded ones at rest, what is held, and what a
        turn leaves out."""
        now = self._now()
        while self._resting and next(iter(self._resting.values())) <= now:
            self._resting.popitem(last=False)
        self._holds = {name: until for name, until in self._holds.items() if until > now}
        # A lane stays crowded for a while after its rest, so that its next message finds it so.
        self._crowded = {lane: until for lane, until in self._crowded.items() if until + REST > now}
        crowded = (lane for lane, until in self._crowded.items() if until > now)
        return Busy([*self._flying.union(crowded)], list(installations), [*self._holds, *posting])

    def turn(self) -> Busy | None:
        """Once every TURN, a claim for those who would wait behind the ten thousand due rows of an installation. In
        one turn the other installations, in the next whoever waits for a script: their own nudges are left out."""
        if not self._served or self._now() < self._served_since + TURN:
            return None
        served, self._served = list(self._served), set()
        scripts, self._scripts_are_next = self._scripts_are_next, not self._scripts_are_next
        return self.busy(posting=served) if scripts else self.busy(served)

    def nobody_waits(self) -> None:
        """All that could go was claimed: whoever was served took nobody's turn."""
        self._served.clear()
