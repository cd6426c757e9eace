"""The instant at which a round's nudges are due: far enough ahead to get ready, and no farther."""

import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")

LEAD = 4.0
"""Seconds to get ready in, and two more for each thousand nudges: ours composes them meanwhile; a peer has them
ready-made."""

PATIENCE = (1, 2, 4)
"""On a busy machine that may be too little; then a round is made again with more."""


class NotReady(Exception):
    """The instant came before everything was ready for it."""


async def in_time(count: int, round_: Callable[[float], Awaitable[T]], slower: float = 1) -> T:
    """Makes a round with an instant of its own, on a whole second as meetings are. `slower` is for one that takes
    longer than others to get ready."""
    for patience in PATIENCE:
        lead = (LEAD + count / 500) * patience * slower
        try:
            return await round_(float(int(time.time() + lead) + 1))
        except NotReady:
            continue
    raise NotReady


def require_ahead(due_at: float) -> None:
    """Called when everything is ready."""
    if time.time() > due_at:
        raise NotReady
