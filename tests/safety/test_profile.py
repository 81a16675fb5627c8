"""Answers hold for a while; then they are asked again. Never silently "not pregnant"."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.model import AgeGroup, Knowledge
from bot.safety.profile import (
    Known,
    PregnancyAnswer,
    Profile,
    checklist_due,
    last_day,
    matters_now,
    pregnancy_now,
    weeks_now,
    with_age,
    with_matter,
    with_told_age,
    without_matter,
)

TODAY = dt.date(2026, 3, 2)


def days(number: int) -> dt.date:
    return TODAY + dt.timedelta(days=number)


@pytest.mark.parametrize(("value", "lasts"), [("not", 30), ("maybe", 14), ("trying", 14), ("recent", 42), ("not-saying", 14)])
def test_an_answer_holds_so_many_days(value: str, lasts: int) -> None:
    profile = Profile(PregnancyAnswer(value, TODAY))  # type: ignore[arg-type]  # the table above
    assert pregnancy_now(profile, days(lasts)) == value
    assert pregnancy_now(profile, days(lasts + 1)) is None


@pytest.mark.parametrize(
    ("weeks", "trimester", "lasts"),
    [(30, 0, 16 * 7), (40, 0, 6 * 7), (41, 0, 6 * 7), (0, 3, 18 * 7), (0, 2, 32 * 7), (0, 1, 42 * 7), (0, 0, 42 * 7)],
)
def test_pregnant_holds_until_six_weeks_after_the_due_date(weeks: int, trimester: int, lasts: int) -> None:
    profile = Profile(PregnancyAnswer("pregnant", TODAY, weeks, trimester))
    assert pregnancy_now(profile, days(lasts)) == "pregnant"
    assert pregnancy_now(profile, days(lasts + 1)) is None


@given(st.sampled_from(["pregnant", "maybe", "trying", "recent", "not-saying"]), st.integers(0, 42), st.integers(0, 3), st.integers(0, 2000))
def test_never_silently_not(value: str, weeks: int, trimester: int, later: int) -> None:
    profile = Profile(PregnancyAnswer(value, TODAY, weeks, trimester))  # type: ignore[arg-type]  # the list above
    assert pregnancy_now(profile, days(later)) in {value, None}


@given(st.sampled_from([None, "pregnant", "maybe", "trying", "recent", "not-saying", "not"]), st.integers(0, 2000))
def test_at_seventy_what_was_told_holds_and_nothing_is_asked(value: str | None, later: int) -> None:
    answer = PregnancyAnswer(value, TODAY) if value is not None else None  # type: ignore[arg-type]  # the list above
    now = pregnancy_now(Profile(answer, age="70-plus"), days(later))
    assert now == (value if answer is not None and days(later) <= last_day(answer) else "not")


@pytest.mark.parametrize("known", ["12-15", "16-17", "18-69"])
def test_an_old_age_in_passing_does_not_replace_a_younger_one(known: AgeGroup) -> None:
    assert with_told_age(Profile(age=known), "70-plus").age is None
    assert with_told_age(Profile(), "70-plus").age == with_age(Profile(age=known), "70-plus").age == "70-plus"


@given(st.integers(-400, -1))
def test_an_answer_from_tomorrow_does_not_hold(earlier: int) -> None:
    """A clock that was wrong must not make somebody "not pregnant" for years."""
    assert pregnancy_now(Profile(PregnancyAnswer("not", TODAY)), days(earlier)) is None


def test_weeks_go_on_and_are_the_most_they_can_be() -> None:
    assert weeks_now(Profile(PregnancyAnswer("pregnant", TODAY, 20)), days(21)) == 23
    assert weeks_now(Profile(PregnancyAnswer("pregnant", TODAY, 0, 1)), TODAY) == 13
    assert weeks_now(Profile(PregnancyAnswer("pregnant", TODAY)), TODAY) == 40
    assert weeks_now(Profile(PregnancyAnswer("pregnant", TODAY, 40)), days(40)) == 42
    assert weeks_now(Profile(PregnancyAnswer("maybe", TODAY, 20)), TODAY) == 0


def test_last_day_is_never_before_the_answer() -> None:
    for weeks in range(43):
        assert last_day(PregnancyAnswer("pregnant", TODAY, weeks)) >= days(42)


def test_every_matter_runs_out_and_is_asked_again(knowledge: Knowledge) -> None:
    for matter in knowledge.matters.values():
        profile = Profile(matters=(Known(matter.id, TODAY),), checked=TODAY)
        assert matters_now(profile, knowledge.matters, days(matter.lasts))
        assert not matters_now(profile, knowledge.matters, days(matter.lasts + 1))
        assert not checklist_due(profile, knowledge.matters, TODAY)
        if matter.lasts >= 90:
            assert checklist_due(profile, knowledge.matters, days(matter.lasts + 1))


def test_the_checklist_is_due_after_ninety_days(knowledge: Knowledge) -> None:
    assert checklist_due(Profile(), knowledge.matters, TODAY)
    assert not checklist_due(Profile(checked=TODAY), knowledge.matters, days(90))
    assert checklist_due(Profile(checked=TODAY), knowledge.matters, days(91))
    assert checklist_due(Profile(checked=days(1)), knowledge.matters, TODAY), "a clock that was wrong"


def test_what_the_knowledge_no_longer_has_is_left_alone(knowledge: Knowledge) -> None:
    assert matters_now(Profile(matters=(Known("gone", TODAY),)), knowledge.matters, TODAY) == ()


def test_a_matter_is_held_once() -> None:
    profile = with_matter(with_matter(Profile(), Known("lymphoedema", TODAY)), Known("lymphoedema", TODAY, "left"))
    assert [known.side for known in profile.matters] == ["left"]
    assert without_matter(profile, "lymphoedema").matters == ()
