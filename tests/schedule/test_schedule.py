"""When reminders fall due: clock changes, weekdays, several times a day, pauses, twelve zones through a year."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.schedule import Rule, day_ends, fixed, moment, next_due, this_evening, zone_of

ZONES = (
    "Europe/London", "Europe/Berlin", "America/New_York", "America/St_Johns", "America/Sao_Paulo", "Asia/Kolkata",
    "Asia/Kathmandu", "Australia/Lord_Howe", "Australia/Adelaide", "Pacific/Chatham", "Africa/Casablanca", "America/Santiago",
)
LONDON = ZoneInfo("Europe/London")
UTC = dt.UTC


def at(*numbers: int) -> dt.datetime:
    return dt.datetime(*numbers, tzinfo=UTC)  # type: ignore[arg-type]


def walk(rule: Rule, start: dt.datetime, end: dt.datetime, zone: dt.tzinfo) -> list[dt.datetime]:
    found, now = [], start
    while (due := next_due(rule, now, zone)) is not None and due < end:
        found.append(due)
        now = due
    return found


@pytest.mark.parametrize("name", ZONES)
@pytest.mark.parametrize("time", [dt.time(0, 0), dt.time(1, 30), dt.time(2, 15), dt.time(9), dt.time(23, 59)])
def test_a_year_has_one_a_day_at_the_wall_time(name: str, time: dt.time) -> None:
    """Nothing twice, nothing left out, no second of error, but at a gap, where it is the first moment after."""
    zone = ZoneInfo(name)
    start = dt.datetime(2028, 1, 1, tzinfo=zone).astimezone(UTC) - dt.timedelta(seconds=1)  # a leap year
    found = walk(Rule((time,)), start, dt.datetime(2029, 1, 1, tzinfo=zone).astimezone(UTC), zone)
    walls = [due.astimezone(zone) for due in found]
    assert [wall.date() for wall in walls] == [dt.date(2028, 1, 1) + dt.timedelta(days=n) for n in range(366)]
    off = [wall for wall in walls if wall.time().replace(fold=0) != time]
    for wall in off:
        before = (wall.astimezone(UTC) - dt.timedelta(seconds=1)).astimezone(zone)
        assert before.utcoffset() != wall.utcoffset()
        assert before.replace(tzinfo=None) < dt.datetime.combine(wall.date(), time) < wall.replace(tzinfo=None)
    assert len(off) <= 1
    assert all(wall.fold == 0 for wall in walls)


def test_a_skipped_time_comes_right_after_the_gap() -> None:
    assert next_due(Rule((dt.time(1, 30),)), at(2027, 3, 27, 12), LONDON) == at(2027, 3, 28, 1, 0)
    assert next_due(Rule((dt.time(1, 10), dt.time(1, 50))), at(2027, 3, 28, 1), LONDON) == at(2027, 3, 29, 0, 10)


def test_a_doubled_time_comes_once_the_first_time() -> None:
    rule = Rule((dt.time(1, 30),))
    assert next_due(rule, at(2027, 10, 30, 12), LONDON) == at(2027, 10, 31, 0, 30)
    assert next_due(rule, at(2027, 10, 31, 0, 30), LONDON) == at(2027, 11, 1, 1, 30)


def test_half_an_hour_of_gap() -> None:
    zone = ZoneInfo("Australia/Lord_Howe")
    due = next_due(Rule((dt.time(2, 15),)), at(2027, 10, 2, 12), zone)
    assert due is not None
    assert due.astimezone(zone).time() == dt.time(2, 30)


def test_a_day_that_never_was() -> None:
    zone = ZoneInfo("Pacific/Apia")  # 30 December 2011 was left out there
    due = next_due(Rule((dt.time(9),)), dt.datetime(2011, 12, 29, 12, tzinfo=zone), zone)
    assert due is not None
    assert due.astimezone(zone).replace(tzinfo=None) == dt.datetime(2011, 12, 31)  # noqa: DTZ001 - a wall clock


def test_weekdays_several_times_until_and_paused() -> None:
    workdays = Rule((dt.time(8), dt.time(20)), days=(0, 1, 2, 3, 4))
    friday = at(2026, 12, 4, 20)
    assert next_due(workdays, friday, UTC) == at(2026, 12, 7, 8)
    assert next_due(Rule((dt.time(8),), until=dt.date(2026, 12, 5)), at(2026, 12, 5, 7), UTC) == at(2026, 12, 5, 8)
    assert next_due(Rule((dt.time(8),), until=dt.date(2026, 12, 5)), at(2026, 12, 5, 8), UTC) is None
    assert next_due(Rule((dt.time(8),), paused=dt.date(2027, 2, 1)), friday, UTC) == at(2027, 2, 1, 8)
    assert next_due(Rule(()), friday, UTC) is None


def test_the_next_rule_of_a_week_is_never_overlooked() -> None:
    sundays = Rule((dt.time(12),), days=(6,))
    assert next_due(sundays, at(2026, 12, 6, 12), UTC) == at(2026, 12, 13, 12)


@given(
    st.sampled_from(ZONES), st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2032, 1, 1)),  # noqa: DTZ001 - made UTC below
    st.lists(st.times().map(lambda t: t.replace(second=0, microsecond=0)), min_size=1, max_size=4),
    st.sets(st.integers(0, 6)),
)
def test_always_ahead_and_nothing_between(name: str, now: dt.datetime, times: list[dt.time], days: set[int]) -> None:
    """Whatever the rule: later than now, on the right weekday and time; no moment of the rule lies before it."""
    zone, after = ZoneInfo(name), now.replace(tzinfo=UTC)
    rule = Rule(tuple(times), tuple(sorted(days)))
    due = next_due(rule, after, zone)
    assert due is not None
    assert due > after
    wall = due.astimezone(zone)
    walls = {moment(dt.datetime.combine(wall.date(), time), zone) for time in times}
    assert due in walls
    assert not days or wall.weekday() in days
    assert due - after <= dt.timedelta(days=8, hours=2)
    halfway = after + (due - after) / 2
    assert next_due(rule, halfway, zone) == due


@given(st.sampled_from(ZONES), st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2032, 1, 1)))  # noqa: DTZ001
def test_a_moment_shows_its_wall_time_or_ends_a_gap(name: str, wall: dt.datetime) -> None:
    zone = ZoneInfo(name)
    wall = wall.replace(microsecond=0)
    found = moment(wall, zone)
    shown = found.astimezone(zone).replace(tzinfo=None)
    just_before = (found - dt.timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None)
    assert shown == wall or (just_before < wall < shown)


def test_names_of_zones() -> None:
    assert zone_of("Asia/Kathmandu") == ZoneInfo("Asia/Kathmandu")
    assert zone_of("+05:45").utcoffset(None) == dt.timedelta(hours=5, minutes=45)
    assert zone_of(fixed(-210)).utcoffset(None) == dt.timedelta(hours=-3, minutes=-30)
    assert zone_of("") is UTC
    assert zone_of("Nowhere/Land") is UTC
    assert zone_of("../../etc/passwd") is UTC


def test_evening_and_the_end_of_a_day() -> None:
    assert this_evening(at(2026, 7, 1, 12), LONDON) == at(2026, 7, 1, 19)
    assert this_evening(at(2026, 7, 1, 19), LONDON) is None
    assert next_due(Rule((dt.time(0),)), day_ends(at(2026, 7, 1, 12), LONDON), LONDON) == at(2026, 7, 1, 23)
