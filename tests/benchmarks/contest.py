"""Rounds in turns."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

T = TypeVar("T")


async def in_turns(contestants: Mapping[str, Callable[[], Awaitable[T]]], rounds: int) -> dict[str, list[T]]:
    """What each contestant gave in each round. Another one begins each round, the order stays."""
    results: dict[str, list[T]] = {name: [] for name in contestants}
    for number in range(rounds):
        for name in turn(list(contestants), number):
            results[name].append(await contestants[name]())
    return results


def turn(names: list[str], number: int) -> list[str]:
    first = number % len(names)
    return names[first:] + names[:first]
