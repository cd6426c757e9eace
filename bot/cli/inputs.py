"""What the command line reads: one text, or lines of JSON that hold a text or a whole brief."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from bot.coaching.brief import LAYERS, Brief
from bot.coaching.findings import Coach, Finding, Where


class BadInput(Exception):
    """The input cannot be read; the message says where and why, for a person."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing to read: a field's text, or the layers of a brief."""

    FIELDS: ClassVar[Mapping[str, Where]] = {**{layer.value: layer for layer in LAYERS}, "script": "script"}

    texts: Mapping[Where, str]

    @classmethod
    def of_text(cls, field: str, text: str) -> "Reading":
        return cls({cls.FIELDS[field]: text})

    def read(self, coach: Coach) -> tuple[Finding, ...]:
        if len(self.texts) == len(LAYERS):
            mine, theirs, shared = (self.texts[layer] for layer in LAYERS)
            return coach.read_brief(Brief(my_win=mine, their_win=theirs, shared_win=shared))
        [(field, text)] = self.texts.items()
        return coach.read(field, text)


def decoded(typed: bytes) -> str:
    """The input as text. Raises BadInput with the line that is not UTF-8."""
    try:
        return typed.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = typed.count(b"\n", 0, error.start) + 1
        raise BadInput(f"line {line}: not UTF-8 text") from None


def briefs_and_texts(text: str, field: str) -> Iterator[Reading]:
    """One reading for each line that is not blank. Raises BadInput with the line that is wrong."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield _reading(json.loads(line), field)
            except json.JSONDecodeError as error:
                raise BadInput(f"line {number}: not JSON ({error.msg}, column {error.colno})") from None
            except RecursionError:
                raise BadInput(f"line {number}: too deeply nested") from None
            except BadInput as error:
                raise BadInput(f"line {number}: {error}") from None


def _reading(values: object, field: str) -> Reading:
    if not isinstance(values, dict):
        raise BadInput("not an object in braces")
    if "text" in values:
        return _one_text(values, field)
    if not values.keys() & set(LAYERS):
        raise BadInput(f"neither 'text' nor one of {', '.join(LAYERS)}")
    return Reading({layer: _text(values, layer.value) for layer in LAYERS})


def _one_text(values: Mapping[str, object], otherwise: str) -> Reading:
    field = values.get("field", otherwise)
    if not isinstance(field, str) or field not in Reading.FIELDS:
        raise BadInput(f"'field' must be one of {', '.join(Reading.FIELDS)}")
    return Reading.of_text(field, _text(values, "text"))


def _text(values: Mapping[str, object], key: str) -> str:
    text = values.get(key, "")
    if not isinstance(text, str):
        raise BadInput(f"'{key}' must be text in quotes")
    return text
