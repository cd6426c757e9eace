"""Many texts as one parameter: a statement that stays the same, however many there are.

A list that is spelled out makes another statement for each length, which SQLAlchemy writes, and PostgreSQL plans,
anew: with a thousand lanes at rest that took longer than the claim itself.
"""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Text, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class _Rows(FunctionElement[str]):
    inherit_cache = True
    name = "listed"
    type = Text()


@compiles(_Rows, "sqlite")
def _sqlite(rows: _Rows, compiler: SQLCompiler, **more: Any) -> str:
    return f"(SELECT value FROM json_each({compiler.process(rows.clauses, **more)}))"


@compiles(_Rows, "postgresql")
def _postgresql(rows: _Rows, compiler: SQLCompiler, **more: Any) -> str:
    return f"(SELECT json_array_elements_text(CAST({compiler.process(rows.clauses, **more)} AS json)))"


def not_listed(column: ColumnElement[str], name: str) -> ColumnElement[bool]:
    """Whether the column's text is none of those in the parameter `name`, whose value `listed` makes."""
    return column.bool_op("NOT IN")(_Rows(bindparam(name, type_=Text())))


def listed(texts: Iterable[str]) -> str:
    return json.dumps(list(texts))
