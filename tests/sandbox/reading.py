"""Reading what the sandbox shows, and writing what it takes."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

Json = dict[str, Any]


def text_of(place: Json) -> str:
    """All the text that a view or a message shows, a line for each piece."""
    return "\n".join(_texts(place["blocks"])) or str(place.get("text", ""))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from [inner] if key == "text" and isinstance(inner, str) else _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def to_value(value: Any, known: dict[str, str]) -> Any:
    """A value of the human API from what a test writes; `known` has the ids by the names that the person reads."""
    if isinstance(value, datetime):
        return int(value.timestamp())
    if isinstance(value, list):
        return [known.get(one, one) for one in value]
    return known.get(value, value) if isinstance(value, str) else value


def names(items: list[Json], key: str) -> list[str]:
    """One property of each."""
    return [str(item[key]) for item in items]
