"""The column types, without a database."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Dialect
from sqlalchemy.dialects import postgresql, sqlite

from bot.storage.columns import PlainText, UtcDateTime
from tests.storage.values import NOW, instants, stored, typed

SQLITE: Dialect = sqlite.dialect()
POSTGRESQL: Dialect = postgresql.dialect()  # type: ignore[no-untyped-call]

into_text = PlainText().bind_processor(SQLITE)


@given(typed)
def test_whatever_is_typed_becomes_text_that_a_database_takes(text: str) -> None:
    bound = into_text(text)

    assert bound is not None
    assert "\0" not in bound
    bound.encode("utf-8")


@given(stored)
def test_good_text_is_left_alone(text: str) -> None:
    assert into_text(text) == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\0b", "ab"),
        ("a\ud83db", "ab"),
        ("\U0001f91d stays", "\U0001f91d stays"),
        ("tab\tline\nend", "tab\tline\nend"),
        ("\0", ""),
        (None, None),
    ],
)
def test_only_what_is_no_character_goes(text: str | None, kept: str | None) -> None:
    assert into_text(text) == kept


@given(instants)
def test_an_instant_goes_in_as_utc_from_any_zone(instant: datetime) -> None:
    bound = UtcDateTime().bind_processor(POSTGRESQL)(instant)

    assert bound == instant
    assert isinstance(bound, datetime)
    assert bound.tzinfo is UTC


@given(instants, instants)
def test_in_sqlite_an_instant_is_text_that_sorts_as_instants_do(one: datetime, other: datetime) -> None:
    kept = [str(UtcDateTime().bind_processor(SQLITE)(instant)) for instant in (one, other)]

    assert [UtcDateTime().result_processor(SQLITE, None)(text) for text in kept] == [one, other]
    assert (kept[0] < kept[1]) == (one < other)


@pytest.mark.parametrize("dialect", [SQLITE, POSTGRESQL], ids=lambda dialect: str(dialect.name))
@given(naive=st.datetimes())
def test_an_instant_without_a_zone_is_refused(dialect: Dialect, naive: datetime) -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        UtcDateTime().bind_processor(dialect)(naive)


def test_an_instant_comes_out_in_utc_whether_the_database_kept_the_zone_or_not() -> None:
    tokyo = timezone(timedelta(hours=9))
    kept = ((SQLITE, f"{NOW:%Y-%m-%d %H:%M:%S.%f}"), (POSTGRESQL, NOW.astimezone(tokyo)))

    for dialect, value in kept:
        result = UtcDateTime().result_processor(dialect, None)(value)
        assert result == NOW
        assert result is not None
        assert result.tzinfo is UTC


def test_no_instant_stays_none() -> None:
    for dialect in (SQLITE, POSTGRESQL):
        assert UtcDateTime().bind_processor(dialect)(None) is None
        assert UtcDateTime().result_processor(dialect, None)(None) is None
