"""The week and the age in words: a bare number is the answer where one was asked for; and what is denied on the page of what is known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.dialogue.flows import complaint, loss, questions, taken_back
from bot.dialogue.here import Here, line, note
from bot.dialogue.named import DENIALS, says_any
from bot.dialogue.states import AskAge, AskMatters, AskPregnancy, AskSide, AskTrimester, AskUndo, Case, ProfileShown
from bot.dialogue.values import Pressed, Said, Step
from bot.understanding.meaning import HeardFacts, Meaning
from bot.understanding.minors import MINOR
from bot.understanding.people import NOBODY

NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?![\w.,]*\d)")
WORD = re.compile(r"[^\W\d_]+")
PARTS = re.compile(r"[,.;:!]+")
BOTH = 2
NOES = frozenset({"no", "no_pregnancy"})
NO_IN_PIECES = NOES | {"none", "nothing_else", "aged", "ceased"}
"""What a "no" to the question about a pregnancy may be made of; one of the first two must be in it."""
ELDERLY = "elderly"
MINORS = frozenset({"under-2", "2-11", "12-15", "16-17"})
LEAST_AGE, MOST_AGE = 10, 110
OF_AN_AGE = frozenset({"age-before", "age-after", "self", "old", "unit-year", "about"})
"""All that words about an age speak of."""
LONGEST = 30
"""A longer message is more than a number."""
TRIMESTERS: Mapping[str, int] = {"first": 1, "second": 2, "third": 3, "pick_1": 1, "pick_2": 2, "pick_3": 3}
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


def pregnancy_said(state: AskPregnancy, event: Said, here: Here) -> Step[complaint.Heard | AskTrimester | AskAge | None]:
    """A bare week is a yes; "I was but lost it" is a loss; what else is told is heard in passing."""
    meaning, number = here.meaning(event.words), number_in(event.words, here)
    if _lost(event, meaning, here):
        ended = replace(meaning, concepts=meaning.concepts | {loss.LOSS}, facts=replace(meaning.facts, pregnancy="recent"))
        return complaint.said_meanwhile(state.case, event, replace(here, heard=ended))
    if _tells_age(event, meaning, here):
        return _age_asked(state.case, meaning, here)
    no = _no_in_pieces(event, meaning, here) or (meaning if _no_and_an_age(event, meaning, here) else None)
    if no is not None:
        seat, case, _ = complaint.taken_in(no, state.case or Case(()), here)
        return questions.pregnancy_answered(AskPregnancy(state.case and case), _pressed("pregnancy:not", event), here.moved(seat))
    weeks = number is not None and WEEK in meaning.concepts and meaning.concepts.isdisjoint(NO_WEEK)
    if weeks and number is not None and FIRST_WEEK <= number <= complaint.MOST_WEEKS and meaning.facts.pregnancy in {None, "pregnant"}:
        return questions.weeks_known(state.case, here, number, 0)
    return complaint.said_meanwhile(state.case, event, here)


def matters_said(state: AskMatters, event: Said, here: Here) -> Step[complaint.Heard | AskAge | None]:
    """An age told to the checklist, whose last lines are about it, leads to the question for it; what else is told is heard in passing."""
    meaning = here.meaning(event.words)
    return _age_asked(state.case, meaning, here) if _tells_age(event, meaning, here) else complaint.said_meanwhile(state.case, event, here)


def _tells_age(event: Said, meaning: Meaning, here: Here) -> bool:
    """Whether an age is told and no complaint: a group of ages, or a number alone where none is known."""
    age = here.profile(getattr(here.seat.state, "case", None)).age
    if MINOR in meaning.concepts or meaning.answer == ELDERLY:
        return meaning.decision != "sure"
    number = number_in(event.words, here) or 0
    bare = event.words.strip(" .!").isdecimal() or ("age-before" in meaning.concepts and meaning.concepts <= OF_AN_AGE)
    return bare and LEAST_AGE <= number <= MOST_AGE and meaning.facts.age is None and age is None and meaning.decision != "sure"


def _age_asked(case: Case | None, meaning: Meaning, here: Here) -> Step[AskAge | None]:
    """The question for the age, with what the words told besides."""
    seat, told, noted = complaint.taken_in(meaning, case or Case(()), here)
    age = here.profile(case).age
    if age is not None and (age in MINORS) == (MINOR in meaning.concepts) and (age == "70-plus") == (meaning.answer == ELDERLY):
        said = note(line("noted.all", facts=(line("noted.age", group=line(f"age.{age}")),)))  # as told before, and perhaps nearer
        return Step(None, noted or (said,), seat=seat)
    return Step(AskAge(case and told), noted, seat=seat)


def _lost(event: Said, meaning: Meaning, here: Here) -> bool:
    """Whether these words, said to this question, tell of a loss that they do not name."""
    lexicon = here.words.lexicon
    told = lexicon is not None and says_any(event.words, lexicon.answers.get("miscarried", ()))
    return told and meaning.facts.pregnancy in {None, "not"} and meaning.decision != "sure" and meaning.concepts.isdisjoint(DENIALS)


def _no_in_pieces(event: Said, meaning: Meaning, here: Here) -> Meaning | None:
    """A no, and nothing else but an age, a courtesy or what is over for good: "no im 61 love, well past all that". A number that is no
    age, read to where it stands, makes it none; the age is told with it."""
    index = here.ctx.understanding[here.seat.settings.language]
    if not index.answers_in(event.words, NO_IN_PIECES) & NOES or meaning.facts.pregnancy not in {None, "not"}:
        return None
    number = NUMBER.search(event.words)
    age = index.meaning(event.words[: number.end()]).facts.age if number and meaning.facts.age is None else meaning.facts.age
    return None if number and age is None else replace(meaning, facts=replace(meaning.facts, age=age))


def _no_and_an_age(event: Said, meaning: Meaning, here: Here) -> bool:
    """As in "no, I'm 69": a no, an age, and nothing that may tell of a pregnancy."""
    index, facts = here.ctx.understanding[here.seat.settings.language], meaning.facts
    parts = tuple(filter(None, map(str.strip, PARTS.split(event.words))))
    only_age = len(parts) == BOTH and replace(index.meaning(parts[1]).facts, for_other=None) == HeardFacts(age=facts.age)
    return only_age and facts.age is not None and meaning.decision != "sure" and index.meaning(parts[0]).answer in {"no", "no_pregnancy"}


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
