"""The week and the age in words: a bare number is the answer where one was asked for; and what is denied on the page of what is known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.dialogue.flows import complaint, questions, taken_back
from bot.dialogue.here import Here
from bot.dialogue.states import AskAge, AskMatters, AskPregnancy, AskSide, AskTrimester, AskUndo, ProfileShown
from bot.dialogue.values import Pressed, Said, Step
from bot.understanding.people import NOBODY

NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?![\w.,]*\d)")
WORD = re.compile(r"[^\W\d_]+")
LONGEST = 30
"""A longer message is more than a number."""
TRIMESTERS: Mapping[str, int] = {"first": 1, "second": 2, "third": 3}
FIRST_WEEK = 4
"""A smaller number alone may be a trimester or a month."""
MONTH, WEEK = "unit-month", "unit-week"
NO_WEEK = frozenset({"unit-day", "unit-year", "denial", "lasting", "pain"})
"""Beside these so many weeks are how long it has hurt."""
MONTHS_EACH, MOST_MONTHS, BABY_MONTHS = 3, 10, 24


def trimester_said(state: AskTrimester, event: Said, here: Here) -> Step[complaint.Heard | AskTrimester | None]:
    """A week, a month or a trimester; what else is told is heard in passing."""
    meaning, number = here.meaning(event.words), number_in(event.words, here)
    trimester = TRIMESTERS.get(meaning.answer or "")
    if trimester is not None:
        return questions.trimester_answered(state, _pressed(f"trimester:{trimester}", event), here)
    if number is not None and meaning.facts.weeks is None and not meaning.facts.matters:  # "platelets 40" is no week
        if MONTH in meaning.concepts and 0 < number <= MOST_MONTHS:
            return questions.trimester_answered(state, _pressed(f"trimester:{min(-(-number // MONTHS_EACH), 3)}", event), here)
        if meaning.concepts.isdisjoint({MONTH, "unit-day", "unit-year"}) and FIRST_WEEK <= number <= complaint.MOST_WEEKS:
            return questions.weeks_known(state.case, here, number, 0)
    return complaint.said_meanwhile(state.case, event, here)


def profile_said(state: ProfileShown, event: Said, here: Here) -> Step[complaint.Heard | AskUndo | AskMatters | None]:
    """What is denied on the page of what is known is asked about, as when its tick is taken away; words alone take nothing back."""
    held = (known.matter for known in here.profile(state.case).matters if known.matter in here.knowledge.matters)
    denied = {*here.meaning(event.words).facts.denied}.intersection(matter for matter in held if here.knowledge.matters[matter].weighty)
    return taken_back.without(state.case, denied, here) if denied else complaint.said_meanwhile(state.case, event, here)


def pregnancy_said(state: AskPregnancy, event: Said, here: Here) -> Step[complaint.Heard | None]:
    """A bare week is a yes; what else is told is heard in passing."""
    meaning, number = here.meaning(event.words), number_in(event.words, here)
    weeks = number is not None and WEEK in meaning.concepts and meaning.concepts.isdisjoint(NO_WEEK)
    if weeks and number is not None and FIRST_WEEK <= number <= complaint.MOST_WEEKS and meaning.facts.pregnancy in {None, "pregnant"}:
        return questions.weeks_known(state.case, here, number, 0)
    return complaint.said_meanwhile(state.case, event, here)


def age_said(state: AskAge, event: Said, here: Here) -> Step[complaint.Heard | AskAge | AskSide | None]:
    """How old; months are those of a baby."""
    meaning, number = here.meaning(event.words), number_in(event.words, here)
    told = meaning.facts.age is not None and NOBODY not in meaning.concepts  # "15 yo" alone names nobody: it is the answer
    if number is None or told or not meaning.concepts.isdisjoint({"unit-week", "unit-day"}):
        return complaint.said_meanwhile(state.case, event, here)
    years = number if MONTH not in meaning.concepts else int(number >= BABY_MONTHS) * (number // 12)
    case = replace(state.case, age=years) if state.case is not None else None
    return questions.age_answered(AskAge(case), _pressed(f"age:{complaint.age_group(years)}", event), here)


def number_in(words: str, here: Here) -> int | None:
    """The only number of a short message, in figures or spelt; None when there is none, or more than one."""
    if len(words) > LONGEST:
        return None
    lexicon = here.words.lexicon
    spelt = lexicon.writing.numbers if lexicon is not None else {}
    found = [*map(int, NUMBER.findall(words)), *(int(spelt[word]) for word in WORD.findall(words.casefold()) if word in spelt)]
    return found[0] if len(found) == 1 else None


def _pressed(action: str, event: Said) -> Pressed:
    return Pressed(at=event.at, token=event.token, action=action)
