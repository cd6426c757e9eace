"""The ladder's instants: never at night unless the meeting is near, never twice, never in the past."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.brief import Rung
from bot.coaching.ladder import (
    LATE_AFTER,
    SHORT_BELOW,
    SHORT_SNOOZE,
    SNOOZE,
    Planned,
    QuietHours,
    focus,
    is_late,
    plan,
    snooze,
)

QUIET = QuietHours()
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
ALL = frozenset(Rung)


def berlin(*when: int) -> datetime:
    return datetime(*when, tzinfo=BERLIN).astimezone(UTC)  # type: ignore[misc, arg-type]


def utc(*when: int) -> datetime:
    return datetime(*when, tzinfo=UTC)  # type: ignore[misc, arg-type]


def planned(meeting_at: datetime, rungs: frozenset[Rung] = ALL, now: datetime = LONG_AGO) -> dict[Rung, datetime]:
    return {step.rung: step.at for step in plan(meeting_at, rungs, now, "Europe/Berlin", QUIET)}


def test_by_day_the_rungs_keep_their_lead() -> None:
    meeting = berlin(2026, 5, 6, 15, 30, 7)

    assert plan(meeting, ALL, LONG_AGO, "Europe/Berlin", QUIET) == (
        Planned(Rung.DAY, meeting - timedelta(days=1)),
        Planned(Rung.HOURS, meeting - timedelta(hours=2)),
        Planned(Rung.MINUTES, meeting - timedelta(minutes=15)),
    )


def test_early_meetings_are_nudged_the_evening_before() -> None:
    assert planned(berlin(2026, 5, 6, 9)) == {
        Rung.DAY: berlin(2026, 5, 5, 9),
        Rung.HOURS: berlin(2026, 5, 5, 19, 59),
        Rung.MINUTES: berlin(2026, 5, 6, 8, 45),
    }


@pytest.mark.parametrize(
    ("hour", "minute", "second", "moved"),
    [
        (19, 59, 59, False),
        (20, 0, 0, True),
        (20, 0, 30, True),
        (23, 59, 0, True),
        (0, 0, 0, True),
        (7, 59, 59, True),
        (8, 0, 0, False),
    ],
)
def test_where_the_night_begins_and_ends(hour: int, minute: int, second: int, moved: bool) -> None:
    at = berlin(2026, 5, 5, hour, minute, second)
    evening = berlin(2026, 5, 5 if hour > 12 else 4, 19, 59)

    assert planned(at + timedelta(hours=2), frozenset({Rung.HOURS})) == {Rung.HOURS: evening if moved else at}


def test_a_near_rung_comes_at_any_hour() -> None:
    meeting = berlin(2026, 5, 6, 3)

    assert planned(meeting, frozenset({Rung.MINUTES})) == {Rung.MINUTES: berlin(2026, 5, 6, 2, 45)}


@pytest.mark.parametrize("zone", [None, "", "Nowhere/City", "Europe", "../etc/passwd", "\0", "日本", "x" * 300])
def test_without_a_known_zone_there_is_no_night(zone: str | None) -> None:
    meeting = datetime(2026, 5, 6, 3, tzinfo=UTC)

    steps = plan(meeting, ALL, LONG_AGO, zone, QUIET)

    assert [meeting - step.at for step in steps] == sorted((rung.lead for rung in Rung), reverse=True)


def test_what_is_past_is_skipped() -> None:
    meeting = berlin(2026, 5, 6, 15)

    assert list(planned(meeting, now=meeting - timedelta(hours=3))) == [Rung.HOURS, Rung.MINUTES]
    assert list(planned(meeting, now=meeting - timedelta(minutes=15))) == []
    assert list(planned(meeting, now=meeting - timedelta(minutes=15, seconds=6))) == [Rung.MINUTES]


def test_a_rung_whose_evening_has_passed_is_dropped() -> None:
    meeting = berlin(2026, 5, 6, 9)

    assert list(planned(meeting, now=berlin(2026, 5, 5, 20))) == [Rung.MINUTES]


def test_of_two_on_one_instant_the_nearer_stays() -> None:
    meeting = berlin(2026, 5, 6, 9)
    all_day = QuietHours(time(9, 1), time(9))

    steps = plan(meeting, frozenset({Rung.DAY, Rung.HOURS}), LONG_AGO, "Europe/Berlin", all_day)

    assert steps == (Planned(Rung.HOURS, berlin(2026, 5, 5, 9)),)


def test_equal_quiet_times_mean_no_night() -> None:
    meeting = berlin(2026, 5, 6, 3)
    never = QuietHours(time(8), time(8))

    assert [step.at for step in plan(meeting, {Rung.HOURS}, LONG_AGO, "Europe/Berlin", never)] == [
        berlin(2026, 5, 6, 1)
    ]


def test_quiet_hours_within_one_day() -> None:
    meeting = berlin(2026, 5, 6, 15)
    siesta = QuietHours(time(12), time(14))

    assert [step.at for step in plan(meeting, {Rung.HOURS}, LONG_AGO, "Europe/Berlin", siesta)] == [
        berlin(2026, 5, 6, 11, 59)
    ]


def test_nobody_chose_a_rung() -> None:
    assert planned(berlin(2026, 5, 6, 9), frozenset()) == {}


@pytest.mark.parametrize(
    ("zone", "begin", "wall", "moved"),
    [
        ("Europe/Berlin", time(20), utc(2026, 3, 29, 6), utc(2026, 3, 28, 18, 59)),  # the night loses an hour
        ("Europe/Berlin", time(20), utc(2026, 10, 25, 6), utc(2026, 10, 24, 17, 59)),  # the night gains one
        ("Europe/Berlin", time(2, 30), utc(2026, 3, 29, 6), utc(2026, 3, 29, 0, 59)),  # 2:30 does not exist
        ("Europe/Berlin", time(2, 30), utc(2026, 10, 25, 6), utc(2026, 10, 25, 1, 29)),  # 2:30 comes twice
        ("America/Havana", time(0), utc(2026, 3, 8, 5), utc(2026, 3, 8, 4, 59)),  # midnight does not exist
        ("Pacific/Apia", time(20), utc(2011, 12, 31, 6), utc(2011, 12, 30, 5, 59)),  # 30 December is missing
        ("Asia/Kathmandu", time(20), utc(2028, 3, 1, 6), utc(2028, 2, 29, 14, 14)),  # a leap day, 5:45 ahead
    ],
)
def test_when_clocks_change(zone: str, begin: time, wall: datetime, moved: datetime) -> None:
    at = wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)

    (step,) = plan(at + timedelta(hours=2), {Rung.HOURS}, LONG_AGO, zone, QuietHours(begin, time(8)))

    assert step.at == moved


ZONES = [
    "Europe/Berlin", "America/New_York", "America/Havana", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe",
    "Pacific/Apia", "Pacific/Chatham", "Africa/Casablanca", "America/Sao_Paulo", "Asia/Gaza", "UTC", "Antarctica/Troll",
]  # fmt: skip
instants = st.integers(1_100_000_000, 2_200_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
minutes = st.times().map(lambda wall: wall.replace(second=0, microsecond=0))
nights = st.builds(QuietHours, minutes, minutes)


def quiet_at(at: datetime, zone: ZoneInfo, quiet: QuietHours) -> bool:
    """Plainly: walk round the clock from the beginning of the night and see whether the end or the time comes first."""
    wall = at.astimezone(zone).time()
    since = (wall.hour - quiet.begin.hour) * 3600 + (wall.minute - quiet.begin.minute) * 60 + wall.second
    lasts = (quiet.end.hour - quiet.begin.hour) * 3600 + (quiet.end.minute - quiet.begin.minute) * 60
    return since % 86400 < lasts % 86400


def slowly(meeting_at: datetime, rung: Rung, zone: ZoneInfo, quiet: QuietHours) -> datetime:
    """The reference: from the rung's instant back, second by second to the full minute, then minute by minute."""
    at = meeting_at - rung.lead
    if rung.lead < timedelta(hours=2) or not quiet_at(at, zone, quiet):
        return at
    at -= timedelta(seconds=at.second, microseconds=at.microsecond)
    while quiet_at(at, zone, quiet):
        at -= timedelta(minutes=1)
    return at


@given(instants, st.sampled_from(ZONES), st.one_of(st.just(QUIET), nights))
def test_the_ladder_agrees_with_a_plain_reference(meeting: datetime, name: str, quiet: QuietHours) -> None:
    zone = ZoneInfo(name)

    steps = plan(meeting, ALL, LONG_AGO, name, quiet)

    wanted = {slowly(meeting, rung, zone, quiet): rung for rung in (Rung.DAY, Rung.HOURS, Rung.MINUTES)}
    assert {step.at: step.rung for step in steps} == wanted


@given(
    instants,
    st.sampled_from([*ZONES, None]),
    st.timedeltas(timedelta(-2), timedelta(2)),
    st.sets(st.sampled_from(Rung)),
)
def test_soonest_first_chosen_ones_only_and_all_to_come(
    meeting: datetime, zone: str | None, ago: timedelta, rungs: set[Rung]
) -> None:
    now = meeting - ago
    steps = plan(meeting, rungs, now, zone, QUIET)
    instants = [step.at for step in steps]

    assert instants == sorted(set(instants))
    assert {step.rung for step in steps} <= rungs
    assert all(now < step.at <= meeting - step.rung.lead for step in steps)
    assert all(step.at.tzinfo is UTC for step in steps)


@given(instants, st.sampled_from(ZONES))
def test_by_default_no_early_nudge_comes_at_night(meeting: datetime, name: str) -> None:
    for step in plan(meeting, {Rung.DAY, Rung.HOURS}, LONG_AGO, name, QUIET):
        assert time(8) <= step.at.astimezone(ZoneInfo(name)).time() < time(20)


@given(st.integers(0, 86399).map(lambda s: (datetime.combine(date.min, time()) + timedelta(seconds=s)).time()), nights)
def test_quiet_hours_cover_what_the_clock_says(wall: time, quiet: QuietHours) -> None:
    at = datetime.combine(date(2026, 5, 5), wall, UTC)

    assert quiet.covers(wall) is quiet_at(at, ZoneInfo("UTC"), quiet)


@pytest.mark.parametrize(
    ("left", "pause"),
    [
        (timedelta(hours=2), SNOOZE),
        (timedelta(minutes=20), SNOOZE),
        (timedelta(minutes=19, seconds=59), SHORT_SNOOZE),
        (timedelta(minutes=5, seconds=1), SHORT_SNOOZE),
        (timedelta(minutes=5), None),
        (timedelta(0), None),
        (timedelta(minutes=-5), None),
    ],
)
def test_snooze(left: timedelta, pause: timedelta | None) -> None:
    now = datetime(2026, 5, 6, 9, tzinfo=UTC)

    assert snooze(now, now + left) == pause


def test_without_a_meeting_a_snooze_is_a_snooze() -> None:
    assert snooze(LONG_AGO, None) == SNOOZE


@given(instants, st.timedeltas(timedelta(hours=-3), timedelta(hours=3)))
def test_a_snooze_never_reaches_the_start(now: datetime, left: timedelta) -> None:
    pause = snooze(now, now + left)

    assert pause is None or pause < left
    assert (pause == SHORT_SNOOZE) is (SHORT_SNOOZE < left < SHORT_BELOW)


def test_late_is_told_from_ten_seconds_on() -> None:
    due = datetime(2026, 5, 6, 9, tzinfo=UTC)

    assert not is_late(due, due)
    assert not is_late(due, due + LATE_AFTER)
    assert is_late(due, due + LATE_AFTER + timedelta(seconds=1))
    assert not is_late(due, due - timedelta(hours=1))


@pytest.mark.parametrize(
    ("rung", "left", "asked"),
    [
        (Rung.DAY, timedelta(days=1), Rung.DAY),
        (Rung.DAY, timedelta(hours=37), Rung.DAY),  # it came before the quiet hours
        (Rung.DAY, timedelta(hours=5), Rung.DAY),
        (Rung.DAY, timedelta(minutes=50), Rung.HOURS),
        (Rung.DAY, timedelta(minutes=9), Rung.MINUTES),
        (Rung.HOURS, timedelta(hours=11), Rung.HOURS),
        (Rung.HOURS, timedelta(minutes=15), Rung.MINUTES),
        (Rung.MINUTES, timedelta(minutes=19), Rung.MINUTES),  # it came with another
        (Rung.HOURS, None, Rung.HOURS),
    ],
)
def test_a_late_nudge_asks_for_what_the_time_left_allows(rung: Rung, left: timedelta | None, asked: Rung) -> None:
    now = utc(2026, 3, 2, 9)

    assert focus(rung, now, now + left if left else None) is asked
