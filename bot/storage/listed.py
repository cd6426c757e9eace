"""Many values as one parameter: a statement that stays the same, however many there are.

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
from sqlalchemy.types import NullType


class _Rows(FunctionElement[str]):
    inherit_cache = True
    name = "listed"
    type = Text()


class _IsListed(FunctionElement[Any]):
    inherit_cache = True
    name = "is_listed"
    type = NullType()  # SQLite would be asked whether a Boolean equals 1, and use no index


class _IsAmong(_IsListed):
    inherit_cache = True
    name = "is_among"


class _Value(FunctionElement[str]):
    inherit_cache = True
    name = "looked_up"
    type = Text()


@compiles(_Rows, "sqlite")
def _sqlite(rows: _Rows, compiler: SQLCompiler, **more: Any) -> str:
    (values,) = _written(rows, compiler, more)
    return _sqlite_rows(values)


@compiles(_Rows, "postgresql")
def _postgresql(rows: _Rows, compiler: SQLCompiler, **more: Any) -> str:
    (values,) = _written(rows, compiler, more)
    return f"(SELECT {_elements(values)})"


@compiles(_IsListed, "sqlite")
def _sqlite_is_listed(test: _IsListed, compiler: SQLCompiler, **more: Any) -> str:
    column, values = _written(test, compiler, more)
    return f"{column} IN {_sqlite_rows(values)}"


@compiles(_IsListed, "postgresql")
def _postgresql_is_listed(test: _IsListed, compiler: SQLCompiler, **more: Any) -> str:
    column, values = _written(test, compiler, more)
    return f"{column} = ANY (ARRAY(SELECT {_elements(values)}))"


@compiles(_IsAmong, "postgresql")
def _postgresql_is_among(test: _IsAmong, compiler: SQLCompiler, **more: Any) -> str:
    column, values = _written(test, compiler, more)
    return f"{column} = ANY (ARRAY(SELECT CAST({_elements(values)} AS bigint)))"


@compiles(_Value, "sqlite")
def _sqlite_value(value: _Value, compiler: SQLCompiler, **more: Any) -> str:
    table, key = _written(value, compiler, more)
    return f"json_extract({table}, '$.\"' || {key} || '\"')"


@compiles(_Value, "postgresql")
def _postgresql_value(value: _Value, compiler: SQLCompiler, **more: Any) -> str:
    table, key = _written(value, compiler, more)
    return f"(SELECT CAST({table} AS jsonb)) ->> CAST({key} AS text)"  # the SELECT is read once for all rows


def _written(element: FunctionElement[Any], compiler: SQLCompiler, more: dict[str, Any]) -> list[str]:
    return [compiler.process(clause, **more) for clause in element.clauses]


def _sqlite_rows(values: str) -> str:
    return f"(SELECT value FROM json_each({values}))"


def _elements(values: str) -> str:
    return f"json_array_elements_text(CAST({values} AS json))"


def is_among(column: ColumnElement[int], name: str) -> ColumnElement[bool]:
    """Whether the column's number is one of those in the parameter `name`, whose value `listed` makes."""
    return _IsAmong(column, bindparam(name, type_=Text()))


def looked_up(column: ColumnElement[int], name: str) -> ColumnElement[str]:
    """The text for the column's number in the parameter `name`: a JSON object."""
    return _Value(bindparam(name, type_=Text()), column)


def is_listed(column: ColumnElement[str], name: str) -> ColumnElement[bool]:
    """Whether the column's text is one of those in the parameter `name`, whose value `listed` makes. On PostgreSQL an
    array, which it looks up by an index; for a list of rows it would rather read the whole table."""
    return _IsListed(column, bindparam(name, type_=Text()))


def not_listed(column: ColumnElement[str], name: str) -> ColumnElement[bool]:
    """Whether it is none of them."""
    return column.bool_op("NOT IN")(_Rows(bindparam(name, type_=Text())))


def listed(values: Iterable[str | int]) -> str:
    return json.dumps(list(values))
