"""What goes wrong on purpose: how the next calls of a Web API method fail."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field, fields
from enum import StrEnum

from bot.sandbox.errors import Json, Malformed


class Way(StrEnum):
    """Each way a call can go wrong; see the contract in `human`."""

    RATE_LIMITED = "rate_limited"
    HTTP_500 = "http_500"
    ERROR = "error"
    HANG = "hang"
    DROP = "drop"
    LOSE = "lose"


@dataclass(slots=True)
class Trouble:
    """The next `count` calls of `method` go wrong, after `after` more that go well."""

    method: str
    kind: Way
    count: int = 1
    after: int = 0
    retry_after: int = 1
    code: str = "internal_error"
    seconds: float = 0.0


@dataclass(slots=True)
class Troubles:
    """All that is still to go wrong."""

    _ahead: list[Trouble] = field(default_factory=list)
    _hanging: "set[asyncio.Event]" = field(default_factory=set)

    def add(self, wish: Json) -> None:
        """From the contract's form. Raises Malformed."""
        known = {one.name for one in fields(Trouble)}
        if not {"method", "kind"} <= wish.keys() <= known or wish["kind"] not in list(Way):
            raise Malformed(f"trouble takes method, kind ({', '.join(Way)}) and {', '.join(sorted(known))}")
        self._ahead.append(Trouble(**{**wish, "kind": Way(wish["kind"])}))

    def clear(self) -> None:
        """Ends all trouble; what hangs goes on."""
        self._ahead.clear()
        for over in self._hanging:
            over.set()

    async def hang(self, seconds: float) -> None:
        """Keeps a call waiting."""
        over = asyncio.Event()
        self._hanging.add(over)
        with suppress(TimeoutError):
            await asyncio.wait_for(over.wait(), seconds)
        self._hanging.discard(over)

    def take(self, method: str) -> Trouble | None:
        """What happens to this call."""
        for trouble in self._ahead:
            if trouble.method not in (method, "*"):
                continue
            if trouble.after > 0:
                trouble.after -= 1
                continue
            trouble.count -= 1
            if trouble.count <= 0:
                self._ahead.remove(trouble)
            return trouble
        return None
