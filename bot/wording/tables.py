"""Takes the values out of one TOML table, key by key, and refuses what is wrong or left over."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from bot.wording.files import Toml, WordingError

Choice = TypeVar("Choice", bound=StrEnum)


class Table:
    """One table of a file. Every method raises WordingError (file, line, what is wrong)."""

    def __init__(self, toml: Toml, values: object, name: str) -> None:
        if not isinstance(values, dict):
            raise toml.fault(name, f"'{name}' must be a table")
        self._toml = toml
        self._values: dict[str, Any] = dict(values)
        self._name = name

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def require(self, *keys: str) -> None:
        """Refuses the table where one of these is missing."""
        for key in keys:
            if key not in self._values:
                raise self._toml.fault(self._name, f"'{key}' is missing (in {self._name})")

    def text(self, key: str, otherwise: str | None = None, longest: int | None = None) -> str:
        value = self._values.pop(key, otherwise)
        if not isinstance(value, str) or (otherwise is None and not value.strip()):
            raise self._fault(key, "must be text in quotes")
        if longest is not None and len(value) > longest:
            raise self._fault(key, f"has {len(value)} characters, {longest} fit")
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty where the key is missing."""
        value = self._values.pop(key, [])
        if not isinstance(value, list) or not all(isinstance(word, str) and word.strip() for word in value):
            raise self._fault(key, "must be a list of texts in quotes")
        return tuple(value)

    def choice(self, key: str, choices: type[Choice], otherwise: Choice | None = None) -> Choice:
        value = self._values.pop(key, otherwise)
        try:
            return choices(value)
        except ValueError:
            raise self._fault(key, f"must be one of: {', '.join(choices)}") from None

    def table(self, key: str) -> "Table":
        """A table inside; empty where the key is missing."""
        return Table(self._toml, self._values.pop(key, {}), key)

    def tables(self, key: str) -> tuple["Table", ...]:
        """A list of tables inside, [[key]]."""
        value = self._values.pop(key, None)
        if not isinstance(value, list) or not value:
            raise self._fault(key, f"is missing: there must be at least one [[{key}]]")
        return tuple(Table(self._toml, each, key) for each in value)

    def every_text(self) -> Mapping[str, str]:
        return {key: self.text(key) for key in list(self._values)}

    def every_list(self) -> Mapping[str, tuple[str, ...]]:
        return {key: self.words(key) for key in list(self._values)}

    def every_table(self) -> Iterator[tuple[str, "Table"]]:
        return ((key, self.table(key)) for key in list(self._values))

    def every_choice(self, choices: type[Choice]) -> Mapping[str, Choice]:
        return {key: self.choice(key, choices) for key in list(self._values)}

    def done(self) -> None:
        """Refuses what nobody took."""
        for key in self._values:
            raise self._fault(key, "is not known here")

    def _fault(self, key: str, message: str) -> WordingError:
        return self._toml.fault(key, f"'{key}' {message} (in {self._name})", self._name)


def line_of(toml: Toml, typed: str) -> int | None:
    """The line where a text stands between quotes."""
    rows = enumerate(toml.text.splitlines(), 1)
    return next((number for number, row in rows if f'"{typed}"' in row or f"'{typed}'" in row), None)
