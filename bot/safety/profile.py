"""What we know about the person who is pressed, when it was said and how long it holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from bot.catalog.model import AgeGroup, Matter, Pregnancy

Side = Literal["left", "right", "both", ""]
HOLDS_DAYS: Mapping[Pregnancy, int] = {"not": 30, "maybe": 14, "trying": 14, "recent": 42, "not-saying": 14}
"""How long an answer about pregnancy holds, in days. "pregnant" holds until six weeks after the due date."""
BEYOND_PREGNANCY: AgeGroup = "70-plus"
"""At this age nobody is asked about a pregnancy; one that was told of still holds."""
TERM_WEEKS = 40
AFTER_BIRTH_WEEKS = 6
CHECKED_DAYS = 90
"""How long the safety checklist holds before it is asked again."""
PERHAPS_WEEK = {1: 13, 2: 27, 3: 28}
"""For a trimester a week in which contractions and waters are still too early."""
FIRST_WEEK_OF = {1: 4, 2: 14, 3: 28}
"""The earliest week a trimester stands for: it gives the latest possible due date, so the answer never expires early."""


@dataclass(frozen=True, slots=True)
class PregnancyAnswer:
    """An answer with its day. `weeks` and `trimester` are as of that day; 0 means not said."""

    value: Pregnancy
    on: dt.date
    weeks: int = 0
    trimester: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """A matter that holds for the person, with the side where that counts."""

    matter: str
    on: dt.date
    side: Side = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything here concerns the person who is pressed. `checked`: when the safety checklist was answered."""

    pregnancy: PregnancyAnswer | None = None
    matters: tuple[Known, ...] = ()
    checked: dt.date | None = None
    age: AgeGroup | None = None
    other: bool = False


def pregnancy_now(profile: Profile, today: dt.date) -> Pregnancy | None:
    """The answer that holds today, or None when it was never given or has expired. At an age beyond doubt that is "not"."""
    answer = profile.pregnancy
    if answer is not None and answer.on <= today <= last_day(answer):
        return answer.value
    return "not" if profile.age == BEYOND_PREGNANCY else None


def last_day(answer: PregnancyAnswer) -> dt.date:
    """The last day on which an answer holds."""
    if answer.value != "pregnant":
        return answer.on + dt.timedelta(days=HOLDS_DAYS[answer.value])
    weeks = answer.weeks or FIRST_WEEK_OF.get(answer.trimester, FIRST_WEEK_OF[1])
    left = max(TERM_WEEKS - weeks, 0) + AFTER_BIRTH_WEEKS
    return answer.on + dt.timedelta(weeks=left)


def weeks_now(profile: Profile, today: dt.date) -> int:
    """Weeks of pregnancy today, the most they can be when only a trimester is known; 0 when not pregnant."""
    answer = profile.pregnancy
    if answer is None or pregnancy_now(profile, today) != "pregnant":
        return 0
    latest_of = {1: 13, 2: 27, 3: TERM_WEEKS}
    start = answer.weeks or latest_of.get(answer.trimester, TERM_WEEKS)
    return min(start + (today - answer.on).days // 7, TERM_WEEKS + 2)


def weeks_said(profile: Profile, today: dt.date) -> int:
    """Weeks of pregnancy today when the week was said; 0 when it was not, or not pregnant."""
    answer = profile.pregnancy
    return weeks_now(profile, today) if answer is not None and answer.weeks else 0


def weeks_perhaps(profile: Profile, today: dt.date) -> int:
    """The week as which words are heard: where it was not said, one in which the most is urgent; 0 when not pregnant."""
    if not weeks_now(profile, today):
        return 0
    trimester = profile.pregnancy.trimester if profile.pregnancy is not None else 0
    return weeks_said(profile, today) or PERHAPS_WEEK.get(trimester, PERHAPS_WEEK[3])


def matters_now(profile: Profile, matters: Mapping[str, Matter], today: dt.date) -> tuple[Known, ...]:
    """The matters that hold today. What has run out is asked again with the checklist; it does not linger."""
    if not profile.matters:
        return ()
    return tuple(
        known for known in profile.matters
        if known.matter in matters and today <= known.on + dt.timedelta(days=matters[known.matter].lasts)
    )


def checklist_due(profile: Profile, matters: Mapping[str, Matter], today: dt.date) -> bool:
    """True when the checklist was never answered, is old, or an answer that outlasts it has run out."""
    if profile.checked is None or not profile.checked <= today <= profile.checked + dt.timedelta(days=CHECKED_DAYS):
        return True
    held = {known.matter for known in matters_now(profile, matters, today)}
    lasting = (k.matter for k in profile.matters if k.matter in matters and matters[k.matter].lasts >= CHECKED_DAYS)
    return any(matter not in held for matter in lasting)


def with_matter(profile: Profile, known: Known) -> Profile:
    """The profile with this matter, replacing what was known of it."""
    rest = tuple(k for k in profile.matters if k.matter != known.matter)
    return replace(profile, matters=(*rest, known))


def with_age(profile: Profile, age: AgeGroup | None) -> Profile:
    """The profile with this age. Who is younger after all is asked about a pregnancy."""
    younger = profile.age == BEYOND_PREGNANCY != age
    if younger and profile.pregnancy is not None and profile.pregnancy.value == "not":
        profile = replace(profile, pregnancy=None)
    return replace(profile, age=age)


def with_told_age(profile: Profile, age: AgeGroup) -> Profile:
    """The profile with an age said in passing. One beyond pregnancy does not replace a younger one: the age is asked then."""
    doubtful = age == BEYOND_PREGNANCY and profile.age not in {None, BEYOND_PREGNANCY}
    return with_age(profile, None if doubtful else age)


def without_matter(profile: Profile, matter: str) -> Profile:
    """The profile without this matter."""
    return replace(profile, matters=tuple(k for k in profile.matters if k.matter != matter))
