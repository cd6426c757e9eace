"""Finds and reads the files of `templates/`; a fault in one names its file and line."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_PACKAGED = Path(__file__).parent.parent / "_templates"  # in an installed wheel
_CHECKOUT = Path(__file__).parent.parent.parent / "templates"


class WordingError(Exception):
    """A file of words cannot be used. The message names the file, the line and what is wrong."""

    def __init__(self, path: Path, message: str, line: int | None = None) -> None:
        where = str(path) if line is None else f"{path}, line {line}"
        super().__init__(f"{where}: {message}")


@dataclass(frozen=True, slots=True)
class Folders:
    """Where words are looked up: a team's own folder first, then the folder that comes with the product."""

    own: Path | None = None

    @property
    def all(self) -> tuple[Path, ...]:
        """Every folder, the most particular first."""
        shipped = _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT
        return (self.own, shipped) if self.own else (shipped,)

    def find(self, name: str) -> Path:
        """The file of that name, e.g. `coach/hard_line.toml`. Raises WordingError where there is none."""
        for folder in self.all:
            if (path := folder / name).is_file():
                return path
        raise WordingError(self.all[-1] / name, "this file is missing")


@dataclass(frozen=True, slots=True)
class Toml:
    """One TOML file, read. `fault(key, message, table)` makes an error that names the line of `key`, the first
    one after the heading of `table` where that is given."""

    path: Path
    text: str
    values: dict[str, Any]

    def fault(self, key: str, message: str, table: str = "") -> WordingError:
        heading = self._line(rf"\[+([^\]]*\.)?{re.escape(table)}\]") if table else None
        pattern = rf"(\[+[^\]]*)?\"?{re.escape(key)}\"?\s*[=\].]"
        return WordingError(self.path, message, self._line(pattern, heading or 0) or self._line(pattern))

    def _line(self, pattern: str, after: int = 0) -> int | None:
        rows = enumerate(self.text.splitlines(), 1)
        return next((n for n, row in rows if n > after and re.match(rf"\s*{pattern}", row)), None)


def read_toml(path: Path) -> Toml:
    """Reads one file. Raises WordingError (with the line) where it is not TOML in UTF-8."""
    try:
        text = path.read_text(encoding="utf-8")
        return Toml(path, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+)", str(error))
        raise WordingError(path, str(error), int(found[1]) if found else None) from None
    except UnicodeDecodeError:
        raise WordingError(path, "not UTF-8 text") from None
