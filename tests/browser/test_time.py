"""Instants on a person's own clock: read, picked, and told in Slack's date tokens."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.browser.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

ANN = {"zone": "Europe/Berlin", "locale": "en-GB"}
BEN = {"zone": "America/New_York", "locale": "en-US"}
ZONES = ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia", "UTC"]
NOW = int(datetime(2026, 9, 1, 12, 0, tzinfo=UTC).timestamp())


def at(*when: int) -> int:
    return int(datetime(*when, tzinfo=UTC).timestamp())  # type: ignore[misc, arg-type]  # years to seconds


TOKENS = [
    ("{date_num}", at(2013, 12, 23, 12), "2013-12-23"),
    ("{date_slash}", at(2013, 12, 23, 12), "23/12/2013"),
    ("{date_long}", at(2013, 12, 23, 12), "Monday, December 23rd, 2013"),
    ("{date_long}", at(2013, 12, 11, 12), "Wednesday, December 11th, 2013"),
    ("{date_long_full}", at(2020, 8, 9, 12), "August 9, 2020"),
    ("{date_long_pretty}", at(2013, 12, 21, 12), "Saturday, December 21st, 2013"),
    ("{date_long_pretty}", NOW, "Today"),
    ("{date}", at(2020, 8, 9, 12), "August 9"),
    ("{date_pretty}", NOW - 86_400, "Yesterday"),
    ("{date_pretty}", at(2020, 8, 9, 12), "August 9"),
    ("{date_short}", at(2020, 8, 9, 12), "Aug 9, 2020"),
    ("{date_short_pretty}", NOW + 86_400, "Tomorrow"),
    ("{date_short_pretty} at {time}", at(2026, 9, 3, 13, 30), "Sep 3, 2026 at 15:30"),
    ("on {date_pretty}", NOW, "on today"),
    ("{day_divider_pretty}", at(2026, 8, 22, 12), "Saturday, August 22nd"),
    ("{day_divider_pretty}", at(2025, 8, 22, 12), "Friday, August 22nd, 2025"),
    ("{time}", at(2026, 9, 1, 6, 5), "08:05"),
    ("{time_secs}", at(2026, 9, 1, 6, 5) + 7, "08:05:07"),
    ("{ago}", NOW - 180, "3 minutes ago"),
    ("{ago}", NOW + 2 * 86_400, "in 2 days"),
    ("{time}", at(2026, 9, 1, 22, 0), "00:00"),
]


async def test_slacks_date_tokens(stage: Stage) -> None:
    dates = [[epoch, format_, NOW, ANN] for format_, epoch, _ in TOKENS]
    shown = await stage.module("time", "given.map((one) => it.dated(...one))", dates)

    assert [(format_, epoch, text) for (format_, epoch, _), text in zip(TOKENS, shown, strict=True)] == TOKENS


async def test_who_counts_to_twelve_reads_it_so(stage: Stage) -> None:
    for epoch, shown in [(at(2026, 9, 1, 19, 30), "3:30 PM"), (at(2026, 9, 1, 4, 5), "12:05 AM")]:
        assert await stage.module("time", "it.dated(...given)", [epoch, "{time}", NOW, BEN]) == shown


async def test_today_is_the_readers_own_day(stage: Stage) -> None:
    late = at(2026, 9, 1, 23, 0)
    assert await stage.module("time", "it.dated(...given)", [late, "{date_pretty}", NOW, ANN]) == "Tomorrow"
    assert await stage.module("time", "it.dated(...given)", [late, "{date_pretty}", NOW, BEN]) == "Today"


async def test_an_unknown_token_is_no_date(stage: Stage) -> None:
    assert await stage.module("time", "it.dated(...given)", [NOW, "{date} {year}", NOW, ANN]) is None


MINUTES = st.integers(1_000_000_000 // 60 + 2880, 4_000_000_000 // 60)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(MINUTES, st.sampled_from(ZONES)), min_size=20, max_size=20))
async def test_a_wall_time_is_the_zones_own_and_leads_back_to_its_instant(
    stage: Stage, picked: list[tuple[int, str]]
) -> None:
    given_ = [[minute * 60, zone] for minute, zone in picked]
    walls = await stage.module("time", "given.map((one) => it.wall(...one))", given_)
    backs = await stage.module("time", "given.map(([epoch, zone]) => it.instant(it.wall(epoch, zone), zone))", given_)

    for (minute, zone), shown, back in zip(picked, walls, backs, strict=True):
        local = datetime.fromtimestamp(minute * 60, ZoneInfo(zone))
        assert shown == {"date": f"{local:%Y-%m-%d}", "time": f"{local:%H:%M}"}
        first = local.replace(fold=0)
        assert back == first.timestamp()


async def test_a_time_that_spring_leaves_out_is_taken_as_before_the_change(stage: Stage) -> None:
    gap = {"date": "2026-03-29", "time": "02:30"}
    before = datetime(2026, 3, 29, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    assert await stage.module("time", "it.instant(...given)", [gap, "Europe/Berlin"]) == before.timestamp()


async def test_half_a_moment_is_none(stage: Stage) -> None:
    halves = [("", "10:00"), ("2026-09-01", ""), ("0202-09-01", "10:00"), ("x", "y")]
    walls = [{"date": date, "time": time} for date, time in halves]

    assert await stage.module("time", "given.map((wall) => it.instant(wall, 'UTC'))", walls) == [None] * 4


async def test_lengths_of_time_in_words(stage: Stage) -> None:
    words = {
        "0 s": timedelta(seconds=0),
        "40 s": timedelta(seconds=40),
        "1 min": timedelta(seconds=59.7),
        "23 h 45 min": timedelta(hours=23, minutes=44, seconds=58),
        "6 d 5 min": timedelta(days=6, minutes=5),
        "2 d": timedelta(days=2),
    }
    spans = [span.total_seconds() for span in words.values()]

    assert await stage.module("time", "given.map(it.duration)", spans) == list(words)
