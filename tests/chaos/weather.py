"""The Slack side of a storm: each call of a method meets what the plan holds for it, and it is written down."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.sandbox.api import Call
from bot.sandbox.errors import Json
from bot.sandbox.trouble import Trouble, Troubles, Way
from tests.chaos.plan import CLIENT_TIMEOUT, READS
from tests.chaos.stage import CALLER


@dataclass(frozen=True, slots=True)
class Met:
    """Which replica made a call, and what the call met."""

    caller: int | None
    trouble: Trouble | None


class Weather(Troubles):
    """Takes the place of a sandbox's troubles. `met` has what each call met, by the call's identity.

    What is only read meets the plan from the first call to the last: zones are asked for before the storm, and what
    it left in doubt is asked about after it.
    """

    def __init__(self, calls: Sequence[Call], planned: Mapping[str, Sequence[Trouble | None]]) -> None:
        super().__init__()
        self._calls = calls
        self._planned = planned
        self._left = {method: list(troubles) for method, troubles in planned.items() if method in READS}
        self.met: dict[int, Met] = {}

    def begin(self) -> None:
        self._left |= {method: list(troubles) for method, troubles in self._planned.items() if method not in READS}

    def end(self) -> None:
        """Ends the storm; what hangs does so until its own time."""
        self._left = {method: troubles for method, troubles in self._left.items() if method in READS}

    async def pass_by(self) -> None:
        """For a downtime: what hangs comes to its end, because no call hangs for minutes."""
        self.clear()
        await asyncio.sleep(0.1)

    def struck(self) -> Counter[str]:
        """How often which trouble met a call."""
        return Counter(f"met: {met.trouble.method} {_name(met.trouble)}" for met in self.met.values() if met.trouble)

    def add(self, wish: Json) -> None:
        raise AssertionError("all trouble comes from the plan")

    def take(self, method: str) -> Trouble | None:
        left = self._left.get(method)
        trouble = left.pop(0) if left else None
        self.met[id(self._calls[-1])] = Met(CALLER.get(), trouble)  # the sandbox notes a call just before it asks
        return trouble


def _name(trouble: Trouble) -> str:
    return "slow" if trouble.kind is Way.HANG and trouble.seconds < CLIENT_TIMEOUT else trouble.kind
