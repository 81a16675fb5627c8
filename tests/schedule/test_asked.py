"""Wishes for a reminder, as people write them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.asked import Asking
from bot.catalog.model import Knowledge

TODAY = dt.date(2026, 12, 2)  # a Wednesday
CHRISTMAS = dt.date(2026, 12, 25)


@pytest.fixture(scope="module")
def asking(knowledge: Knowledge) -> Asking:
    words = knowledge.words["en"].times
    assert words is not None
    return Asking(words)


@pytest.mark.parametrize(
    ("said", "times", "days", "until"),
    [
        ("remind me every day at 9 pm", ["21:00"], (), None),
        ("every weekday at 7:30 am until friday", ["07:30"], (0, 1, 2, 3, 4), dt.date(2026, 12, 4)),
        ("on mondays and thursdays at noon until christmas", ["12:00"], (0, 3), CHRISTMAS),
        ("until xmas, every day at 9 pm", ["21:00"], (), CHRISTMAS),
        ("daily at noon till the 24th of december", ["12:00"], (), dt.date(2026, 12, 24)),
        ("mondays at noon until friday", ["12:00"], (0,), dt.date(2026, 12, 4)),
        ("every day at 8pm for two weeks", ["20:00"], (), dt.date(2026, 12, 16)),
        ("for my headache every day at 8 pm", ["20:00"], (), None),
        ("at 10 pm until new year's eve", ["22:00"], None, dt.date(2026, 12, 31)),
        ("at 10 pm until new year", ["22:00"], None, dt.date(2027, 1, 1)),
        ("until I feel better, at 9 pm", ["21:00"], None, None),
        ("twice a day", ["08:00", "20:00"], (), None),
        ("twice a day at 7 am and 9 pm", ["07:00", "21:00"], (), None),
        ("three times a day until 2026-12-24", ["08:00", "14:00", "20:00"], (), dt.date(2026, 12, 24)),
        ("every day", [], (), None),
        ("every 3 hours between 9 and 17", ["09:00", "12:00", "15:00"], (), None),
        ("every 2 hours from 9 am to 1 pm", ["09:00", "11:00", "13:00"], (), None),
        ("every 36 hours", [], None, None),
        ("every 24 hours", [], (), None),
        ("every day at 8 and 20", ["08:00", "20:00"], (), None),
        ("daily at 7, 12 and 21:30", ["07:00", "12:00", "21:30"], (), None),
        ("8 am and 8 pm", ["08:00", "20:00"], None, None),
        ("at 9 and at 20:00", ["09:00", "20:00"], None, None),
        ("my neck hurts for 3 weeks, remind me every day at 9 pm", ["21:00"], (), None),
        ("it has hurt for weeks, remind me every day at 9 pm for a week", ["21:00"], (), dt.date(2026, 12, 9)),
        ("remind me at 9 pm, it has hurt for weeks", ["21:00"], None, None),
        ("every morning at 7 and evening at 9", ["07:00", "21:00"], (), None),
        ("mornings 7, evenings 9", ["07:00", "21:00"], None, None),
        ("730pm", ["19:30"], None, None),
        ("8 and 9 pm", ["20:00", "21:00"], None, None),
        ("at 1930", ["19:30"], None, None),
        ("0700 and 2100 hrs", ["07:00", "21:00"], None, None),
        ("7ish in the evening", ["19:00"], None, None),
        ("twenty past six in the evening", ["18:20"], None, None),
        ("breakfast and bedtime", ["07:30", "22:00"], None, None),
        ("every other day at 8 pm", ["20:00"], (0, 2, 4), None),
        ("take 1000 mg at 9 pm until 2026-12-24", ["21:00"], None, dt.date(2026, 12, 24)),
    ],
)
def test_what_is_told(asking: Asking, said: str, times: list[str], days: tuple[int, ...] | None, until: dt.date | None) -> None:
    told = asking.told(said, TODAY)
    assert [at.isoformat("minutes") for at in told.times] == times
    assert (told.days, told.until, told.minutes) == (days, until, None)


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("remind me in 20 minutes", 20), ("in an hour", 60), ("in half an hour", 30), ("in two hours please", 120),
        ("in 3 days", None), ("in 0 minutes", None), ("in 999 hours", None), ("in the evening", None),
    ],
)
def test_in_how_long(asking: Asking, said: str, minutes: int | None) -> None:
    assert asking.told(said, TODAY).minutes == minutes


@pytest.mark.parametrize(
    ("said", "stops"),
    [("please stop reminding me", True), ("Don\u2019t remind me any more", True), ("cancel my reminders", True),
     ("remind me to stop at 9", False), ("it does not stop hurting", False)],
)
def test_no_more(asking: Asking, said: str, *, stops: bool) -> None:
    assert asking.stops(said) is stops


@given(st.text(max_size=80))
def test_any_words_are_read(asking: Asking, said: str) -> None:
    asking.told(said, TODAY)
    asking.day(said, TODAY)
    asking.stops(said)


@pytest.mark.parametrize(
    ("said", "times"),
    [
        ("remind me every 3 hours", ["08:00", "11:00", "14:00", "17:00", "20:00"]),
        ("remind me every two hours", ["08:00", "10:00", "12:00", "14:00", "16:00", "18:00"]),
        ("remind me hourly", ["08:00", "10:00", "12:00", "14:00", "16:00", "18:00"]),
        ("remind me every 20 minutes", ["08:00", "10:00", "12:00", "14:00", "16:00", "18:00"]),
        ("remind me every 12 hours", ["08:00", "20:00"]),
        ("remind me every 3 hours until 5 pm", ["08:00", "11:00", "14:00", "17:00"]),
        ("remind me every 4 hours from 9 am", ["09:00", "13:00", "17:00"]),
        ("remind me every 24 hours", []),
    ],
)
def test_so_many_hours_apart(said: str, times: list[str], asking: Asking) -> None:
    told = asking.told(said, TODAY)
    assert [at.strftime("%H:%M") for at in told.times] == times
    assert told.days == ()
    assert told.remind
    assert (told.every is not None) == bool(times)


@given(hours=st.integers(0, 999), unit=st.sampled_from(["hours", "minutes", "mins"]))
def test_any_distance_is_within_the_day(hours: int, unit: str, asking: Asking) -> None:
    told = asking.told(f"remind me every {hours} {unit}", TODAY)
    assert len(told.times) <= 6
    assert all(dt.time(8) <= at <= dt.time(20) for at in told.times)
    assert list(told.times) == sorted(set(told.times))


@given(st.integers(1, 999))
def test_more_than_a_day_is_told_apart_from_every_day(asking: Asking, hours: int) -> None:
    told = asking.told(f"remind me every {hours} hours", TODAY)
    assert told.rarer == (hours > 24)
    assert told.days == (None if told.rarer else ())


@pytest.mark.parametrize(
    ("said", "zones", "offset"),
    [
        ("EST", ("America/New_York",), None),
        ("I'm on eastern time", ("America/New_York",), None),
        ("ist", ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"), None),
        ("GMT+5:30", (), 330),
        ("my time zone is utc -3", (), -180),
        ("UTC", (), 0),
        ("London", (), None),
        ("5:30", (), None),
    ],
)
def test_a_clock_by_its_name(asking: Asking, said: str, zones: tuple[str, ...], offset: int | None) -> None:
    assert asking.clock(said) == (zones, offset)


def test_the_last_words_may_be_the_town(asking: Asking) -> None:
    assert asking.near("I am from a village near Cork") == "Cork"
    assert asking.near("Cork") == ""


@pytest.mark.parametrize(("said", "time"), [
    ("9 in the night", "21:00"), ("2 at night", "02:00"), ("12 in the night", "00:00"), ("every night at 10", "22:00"), ("9 pm tonight", "21:00"), ("every night at 4 pm", "16:00"),
])
def test_night_goes_on_after_midnight(said: str, time: str, asking: Asking) -> None:
    assert asking.told(said, TODAY).times == (dt.time.fromisoformat(time),)


@pytest.mark.parametrize(("said", "hour"), [("would ten be better", 10), ("make it ten instead", 10), ("how about half 9", 9), ("could you do 7", 7)])
def test_moved_to_a_bare_hour(said: str, hour: int, asking: Asking) -> None:
    assert asking.moved(said, TODAY).either[0].hour == hour


@pytest.mark.parametrize("said", ["would 2 days be better", "make it 10 minutes later", "what about 10 or 11", "my pain is 7", "make it a bit later"])
def test_not_moved(said: str, asking: Asking) -> None:
    moved = asking.moved(said, TODAY)
    assert not moved.times
    assert not moved.either


@pytest.mark.parametrize(("said", "way"), [
    ("stop it altogether its doing me head in", "off"), ("turn it off i dont want it no more", "off"), ("get rid of it", "drop"), ("dont stop it", "on"),
    ("im back now love start it again", "on"), ("stop the noise", ""), ("it helps", ""),
])
def test_switched(said: str, way: str, asking: Asking) -> None:
    assert asking.switched(said) == way


@pytest.mark.parametrize(("said", "zones"), [
    ("im in yorkshire", ("Europe/London",)), ("i live near leeds in west yorkshire", ("Europe/London",)), ("county clare", ("Europe/Dublin",)),
    ("lagos state", ("Africa/Lagos",)), ("surrey", ("Europe/London", "America/Vancouver")), ("my head hurts", ()),
])
def test_regions_have_a_clock(said: str, zones: tuple[str, ...], asking: Asking) -> None:
    assert asking.clock(said).zones == zones


@pytest.mark.parametrize(("said", "hours"), [("its ten past eight here", {8}), ("quarter to nine", {9}), ("im 8", set()), ("my son is 8, at 9 pm", set())])
def test_hours_said_with_their_minutes(said: str, hours: set[int], asking: Asking) -> None:
    assert asking.turned(said) == hours
