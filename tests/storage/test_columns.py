"""The column types, without a database."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql, sqlite

from bot.storage.columns import PlainText, UtcDateTime
from tests.storage.values import NOW, instants, stored, typed

DIALECT = sqlite.dialect()


@given(typed)
def test_whatever_is_typed_becomes_text_that_a_database_takes(text: str) -> None:
    bound = PlainText().process_bind_param(text, DIALECT)

    assert bound is not None
    assert "\0" not in bound
    bound.encode("utf-8")


@given(stored)
def test_good_text_is_left_alone(text: str) -> None:
    assert PlainText().process_bind_param(text, DIALECT) == text


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
    assert PlainText().process_bind_param(text, DIALECT) == kept


@given(instants)
def test_an_instant_goes_in_as_utc_from_any_zone(instant: datetime) -> None:
    bound = UtcDateTime().process_bind_param(instant, DIALECT)

    assert bound == instant
    assert bound is not None
    assert bound.tzinfo is UTC


@given(st.datetimes())
def test_an_instant_without_a_zone_is_refused(naive: datetime) -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        UtcDateTime().process_bind_param(naive, DIALECT)


def test_an_instant_comes_out_in_utc_whether_the_database_kept_the_zone_or_not() -> None:
    tokyo = timezone(timedelta(hours=9))
    kept = ((sqlite.dialect(), f"{NOW:%Y-%m-%d %H:%M:%S.%f}"), (postgresql.dialect(), NOW.astimezone(tokyo)))  # type: ignore[no-untyped-call]

    for dialect, value in kept:
        result = UtcDateTime().result_processor(dialect, None)(value)
        assert result == NOW
        assert result is not None
        assert result.tzinfo is UTC


def test_no_instant_stays_none() -> None:
    assert UtcDateTime().process_bind_param(None, DIALECT) is None
    assert UtcDateTime().result_processor(DIALECT, None)(None) is None
