"""Times of day and days, as people write them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.model import Knowledge
from bot.understanding.times import Times, Told

TODAY = dt.date(2026, 12, 2)  # a Wednesday


def t(*clock: str) -> tuple[dt.time, ...]:
    return tuple(dt.time.fromisoformat(each) for each in clock)


def asked(*fields: Any) -> Told:
    """A reminder is asked for."""
    return replace(plain(*fields), remind=True)


def plain(times: Any = (), either: Any = (), days: Any = None, ahead: Any = None) -> Told:
    return Told(times=times, either=either, days=days, ahead=ahead)


@pytest.fixture(scope="module")
def times(knowledge: Knowledge) -> Times:
    words = knowledge.words["en"].times
    assert words is not None
    return Times(words)


@pytest.mark.parametrize(("said", "expected"), [
    ("remind me every day at 9 pm", asked(t("21:00"), (), ())),
    ("Remind me at 21:30", asked(t("21:30"))),
    ("please remind me to do my headache routine every evening at 8", asked(t("20:00"), (), ())),
    ("set a reminder for 7:15 am on weekdays", asked(t("07:15"), (), (0, 1, 2, 3, 4))),
    ("9pm", plain(t("21:00"))),
    ("at 9", plain((), t("09:00", "21:00"))),
    ("at 8 and 20", plain(t("20:00"), ())),
    ("8 am, 1 pm and 9 pm", plain(t("08:00", "13:00", "21:00"))),
    ("half past seven in the morning", plain(t("07:30"))),
    ("quarter to ten at night", plain(t("21:45"))),
    ("half eight in the evening", plain(t("20:30"))),
    ("half 8", plain((), t("08:30", "20:30"))),
    ("six thirty in the mornin", plain(t("06:30"))),
    ("7 45 pm", plain(t("19:45"))),
    ("at seven fifteen", plain((), t("07:15", "19:15"))),
    ("8 30 times", plain(())),
    ("half 8 at nite", plain(t("20:30"))),
    ("half a tablet", plain(())),
    ("nine o'clock in the evening", plain(t("21:00"))),
    ("mondays and thursdays at 18:00", plain(t("18:00"), (), (0, 3))),
    ("at the weekend at noon", plain(t("12:00"), (), (5, 6))),
    ("remind me tomorrow at 8 am", asked(t("08:00"), (), None, 1)),
    ("remind me tonight", asked(t("21:00"), (), None, 0)),
    ("bedtime", plain(t("22:00"))),
    ("weekdays at 12:30", plain(t("12:30"), (), (0, 1, 2, 3, 4))),
    ("12 am", plain(t("00:00"))),
    ("12 pm", plain(t("12:00"))),
    ("07:00", plain(t("07:00"))),
    ("every morning", plain(t("08:00"), (), ())),
    ("my pain is 8/10", Told()),
    ("I am 22 weeks pregnant", Told()),
    ("my head hurts since 3 days", Told()),
    ("25:00", Told()),
])
def test_what_is_told(times: Times, said: str, expected: Told) -> None:
    assert times.told(said) == expected


@pytest.mark.parametrize(("said", "day"), [
    ("5 December", dt.date(2026, 12, 5)), ("1st of december", dt.date(2027, 12, 1)), ("Jan 6", dt.date(2027, 1, 6)),
    ("tomorrow", dt.date(2026, 12, 3)), ("in 3 days", dt.date(2026, 12, 5)), ("for two weeks", dt.date(2026, 12, 16)),
    ("next week", dt.date(2026, 12, 9)), ("wednesday", dt.date(2026, 12, 9)), ("until friday", dt.date(2026, 12, 4)),
    ("2026-12-24", dt.date(2026, 12, 24)), ("2026-02-30", None), ("30 february", None), ("whenever", None),
    ("2025-01-01", None),
])
def test_which_day(times: Times, said: str, day: dt.date | None) -> None:
    assert times.day(said, TODAY) == day


@given(st.text(max_size=80))
def test_any_words_are_read(knowledge: Knowledge, said: str) -> None:
    words = knowledge.words["en"].times
    assert words is not None
    Times(words).told(said)
    Times(words).day(said, TODAY)
