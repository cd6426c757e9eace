"""Slack's limits, as one process keeps them. https://docs.slack.dev/apis/web-api/rate-limits"""

import math
import time
from collections.abc import Callable, Sequence

from bot.services.deliveries import Delivery, Kind
from bot.services.ports import Busy

REST = 1.0
"""Seconds that a lane rests after a message: Slack takes about one a second in each channel."""

TURN = 0.2
"""Seconds between the turns of those that were not served."""


class Pace:
    """Says what must not be claimed now. Times are seconds of `monotonic`, which no clock change moves."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._now = monotonic
        self._lanes: dict[str, float] = {}  # until when each is busy
        self._holds: dict[str, float] = {}  # until when each installation posts nothing
        self._served: set[str] = set()  # installations that had a message since the last turn
        self._turn_at = -math.inf

    def begin(self, delivery: Delivery) -> None:
        """A message takes its lane."""
        self._lanes[delivery.lane] = math.inf
        self._served.add(delivery.owner.installation)

    def end(self, delivery: Delivery) -> None:
        """It is over, whatever came of it; its lane rests."""
        self._lanes[delivery.lane] = self._now() + REST

    def hold(self, installation: str, seconds: float) -> None:
        """Slack answered a new message with 429: no more of them for this installation until then."""
        self._holds[installation] = max(self._now() + seconds, self._holds.get(installation, 0.0))

    def held(self, delivery: Delivery) -> float:
        """Seconds that it still has to wait; 0.0 where it may go. A script may need no new message: it goes until
        it does."""
        if delivery.kind is Kind.SCRIPT:
            return 0.0
        return max(self._holds.get(delivery.owner.installation, 0.0) - self._now(), 0.0)

    def busy(self, others: Sequence[str] = ()) -> Busy:
        """What must not be claimed now: lanes with a message in flight or still at rest, what is held, and the
        installations `others`."""
        self._lanes, self._holds = self._still(self._lanes), self._still(self._holds)
        return Busy(list(self._lanes), list(others), list(self._holds))

    def others_turn(self) -> list[str]:
        """Once every TURN: the installations that were served since the last one, to be left out, so that one
        with ten thousand due rows cannot keep the others waiting. Empty at all other times."""
        if not self._served or self._now() < self._turn_at + TURN:
            return []
        served, self._served, self._turn_at = list(self._served), set(), self._now()
        return served

    def _still(self, busy: dict[str, float]) -> dict[str, float]:
        now = self._now()
        return {name: until for name, until in busy.items() if until > now}
