"""The Slack side of a storm: each call of a method meets what the plan holds for it, and it is written down."""

from collections.abc import Mapping, Sequence

from bot.sandbox.api import Call
from bot.sandbox.errors import Json
from bot.sandbox.trouble import Trouble, Troubles


class Weather(Troubles):
    """Takes the place of a sandbox's troubles. `met` has what each call met, by the call's identity."""

    def __init__(self, calls: Sequence[Call], planned: Mapping[str, Sequence[Trouble | None]]) -> None:
        super().__init__()
        self._calls = calls
        self._planned = planned
        self._left: dict[str, list[Trouble | None]] = {}
        self.met: dict[int, Trouble] = {}

    def begin(self) -> None:
        self._left = {method: list(troubles) for method, troubles in self._planned.items()}

    def clear(self) -> None:
        """Ends the storm; what hangs goes on."""
        self._left = {}
        super().clear()

    def add(self, wish: Json) -> None:
        raise AssertionError("all trouble comes from the plan")

    def take(self, method: str) -> Trouble | None:
        left = self._left.get(method)
        trouble = left.pop(0) if left else None
        if trouble is not None:
            self.met[id(self._calls[-1])] = trouble  # the sandbox notes a call just before it asks
        return trouble
