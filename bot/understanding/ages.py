"""Whether a number is somebody's age, and whose."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.catalog.model.lexicon import Facts
from bot.understanding.fact_numbers import Number
from bot.understanding.fact_places import BESIDE, is_any_at, is_at, is_somebody
from bot.understanding.hear import DENIED, OTHER, Hearing
from bot.understanding.scope import CHILD, GROWN, NAMED, PEOPLE

AGES, PLAIN_AGES, OLD_AGES, GROWN_AGES = range(1, 111), range(12, 100), range(40, 111), range(25, 111)
SHORTER = ("unit-month", "unit-week", "unit-day", "unit-hour")
NEAR = 6
"""How many tokens before a number it may be said that it is only like that."""
MEDICINES = ("blood-thinner", "chemo")
"""Concepts before which a number and "on" tell an age."""
BEFORE_NOW = ("age-before", "self", *PEOPLE)
"""What stands before "now" where a small number behind it is an age: "she is now 5"."""
DECADES = {False: "own-decade", True: "their-decade"}
"""Whose decade counts: that of the writer, or of somebody else."""


@dataclass(frozen=True, slots=True)
class Around:
    """Where a number stands: its clause, the places before and after it, and whether it is the last thing said there."""

    begin: int
    end: int
    before: int
    after: int
    last: bool


def age_of(hearing: Hearing, numbers: Sequence[Number], facts: Facts, *, own: bool, other: bool) -> int | None:
    """The number that is an age, of several the one that stands beside "I" ("hysterectomy at 38, I'm 52 now"), or the age that a
    decade stands for: "in my sixties" of the writer, "in his sixties" of somebody else for whom it is."""
    ages = [number for number in numbers if _may_be_age(hearing, number, own=own) and _is_age(hearing, number)]
    if ages:
        return int(next((number for number in ages if _beside_self(hearing, number)), ages[0]).value)
    words = hearing.reading.words
    told = (one for one in hearing.by_id.get(DECADES[other], ()) if not one.state & DENIED and not is_at(hearing, one.first - 1, "was"))
    found = (facts.decades.get(words[one.last], 0) + facts.in_decade.get(words[one.last - 1], 0) for one in told)
    return next((age for age in found if age), None)


def _beside_self(hearing: Hearing, number: Number) -> bool:
    """As in "I'm 52" or "I am 52"."""
    before = number.first - 1
    return is_at(hearing, before, "self") or (is_at(hearing, before, "age-before") and is_at(hearing, before - 1, "self"))


def _may_be_age(hearing: Hearing, number: Number, *, own: bool) -> bool:
    sure = number.value in AGES and "+" not in number.text and "/" not in number.text
    return sure and not (own and _anothers(hearing, number)) and not _only_likened(hearing, number)


def _anothers(hearing: Hearing, number: Number) -> bool:
    """The number stands in a clause about somebody else, or names somebody by age."""
    clause = hearing.reading.tokens[number.first].clause
    named = any(one.first == number.first and one.ids in (CHILD, GROWN) for one in hearing.said) or (
        number.first == hearing.reading.clauses[clause][0] and _ends_in_somebody(hearing, number.first - 1)
    )
    return (
        named
        or any(one.clause == clause and one.state & OTHER and not one.ids.isdisjoint(NAMED) for one in hearing.said)
        or any(one.clause == clause and one.state & OTHER for one in hearing.by_id.get("other-person", ()))
    )


def _ends_in_somebody(hearing: Hearing, place: int) -> bool:
    """As in "my mum, 83, lives with us"."""
    return any(one.last == place and not one.ids.isdisjoint(NAMED) for one in hearing.said)


def _is_age(hearing: Hearing, number: Number) -> bool:
    at = _around(hearing, number)
    if is_any_at(hearing, at.after, SHORTER):
        return False
    if is_at(hearing, at.after, "unit-year"):
        return _in_years(hearing, number, at)
    return any(way(hearing, number, at) for way in WAYS)


def _around(hearing: Hearing, number: Number) -> Around:
    begin, end = hearing.reading.clauses[hearing.reading.tokens[number.first].clause]
    after = number.last + 1
    return Around(begin, end, number.first - 1, after, after >= end or is_at(hearing, after, "age-after"))


# ---------------------------------------------------------------- the ways to say an age


def _in_years(hearing: Hearing, number: Number, at: Around) -> bool:
    """As in "67 years old", "67 years of age", "I am 67 years", "a lady of 67 years", "67 year female"."""
    past = at.after + 1
    of_age = is_at(hearing, past, "of-word") and is_at(hearing, past + 1, "old")
    old = (of_age or is_at(hearing, past, "old")) and not _of_a_thing(hearing, at.before)
    if old or is_at(hearing, past, "sex"):
        return True
    if past < at.end:
        return False
    if number.first == at.begin:
        return number.value in OLD_AGES
    being = is_at(hearing, at.before, "age-before") and number.value in GROWN_AGES
    mine = is_at(hearing, at.before, "self") and number.value in PLAIN_AGES
    return being or mine or (is_at(hearing, at.before, "of-word") and is_at(hearing, at.before - 1, "aged-one"))


def _by_sex(hearing: Hearing, number: Number, at: Around) -> bool:
    """As in "67 f", "f/67", "M 29 lower back", "67 here"."""
    if is_any_at(hearing, at.after, ("sex", "here-word")) or is_at(hearing, at.before, "old"):
        return True
    if not is_at(hearing, at.before, "sex"):
        return False
    letter = at.before == at.begin == 0 and len(hearing.reading.tokens[0].word) == 1
    return at.last or _written_as_one(hearing, at.before) or (letter and number.value in PLAIN_AGES)


def _being(hearing: Hearing, number: Number, at: Around) -> bool:
    """As in "I am 67"."""
    grown = is_any_at(hearing, at.after, MEDICINES) and number.value in GROWN_AGES  # "I'm 78 warfarin"
    ends = at.last or grown or (is_at(hearing, at.after, "self") and number.value in PLAIN_AGES)  # "im 71 im well past that"
    told = at.before >= at.begin and ends and is_at(hearing, at.before, "age-before") and number.value > 1
    if number.value not in PLAIN_AGES and is_at(hearing, at.before, "ago-word") and not is_any_at(hearing, at.before - 1, BEFORE_NOW):
        return False  # "right now 2"
    return told and not is_at(hearing, at.before, "was") and not _of_a_thing(hearing, at.before)


def _with_medicine(hearing: Hearing, number: Number, at: Around) -> bool:
    """As in "66 on apixaban", "I am 71 and on warfarin", not "98 on the meter"."""
    begins = number.first == at.begin or is_at(hearing, at.before, "age-before")
    taken = is_at(hearing, at.after, "of-whom") and is_any_at(hearing, at.after + 1, MEDICINES)
    return begins and taken and number.value in GROWN_AGES


def _of_person(hearing: Hearing, number: Number, at: Around) -> bool:
    """As in "a lady of 67", "a bloke of 58 on apixaban", "my grandmother 85 on", "my son's 12"."""
    if at.before < at.begin:
        return False
    if is_at(hearing, at.before, "of-word"):
        ends = at.last or is_any_at(hearing, at.after, ("of-whom", *MEDICINES))
        return ends and is_any_at(hearing, at.before - 1, ("sex", "aged-one", "male")) and number.value in GROWN_AGES
    if is_at(hearing, at.before, "adult-person") and number.value in GROWN_AGES:
        return at.last or is_at(hearing, at.after, "of-whom")
    named = at.last and is_somebody(hearing, at.before) and number.value > 1
    return named and hearing.reading.tokens[at.before].raw.lower().endswith("'s")


def _at_age(hearing: Hearing, number: Number, at: Around) -> bool:
    """As in "at 67 my knees are shot", not "platelets at 40"."""
    told = at.before >= at.begin and is_at(hearing, at.before, "at-age") and ":" not in number.text
    ends = at.last or is_at(hearing, at.after, "self")
    return told and ends and number.value in GROWN_AGES and not _is_measured(hearing, number.first)


def _alone(hearing: Hearing, number: Number, at: Around) -> bool:
    """A clause of nothing but the number, or one that goes on with "now" or "and I"."""
    ends = at.after >= at.end or at.begin == 0 or at.after + 1 >= at.end or is_at(hearing, at.after + 1, "self")
    plain = number.value in PLAIN_AGES and ends
    alone = number.first == at.begin and at.last and len(hearing.reading.tokens) > at.after - at.begin
    return alone and (plain or _child_before(hearing, at.begin))


WAYS: tuple[Callable[[Hearing, Number, Around], bool], ...] = (_by_sex, _being, _with_medicine, _of_person, _at_age, _alone)


# ---------------------------------------------------------------- what stands around it


def _of_a_thing(hearing: Hearing, before: int) -> bool:
    """The company is a hundred years old, not the writer."""
    someone = ("self", "old", "sex", "aged-one", *PEOPLE)
    return before > 0 and hearing.reading.tokens[before].stem == "be" and not is_any_at(hearing, before - 1, someone)


def _only_likened(hearing: Hearing, number: Number) -> bool:
    """As in "flushing like a woman of fifty", "I feel like I am 90"."""
    clause = hearing.reading.tokens[number.first].clause
    return any(one.clause == clause and number.first - NEAR <= one.first < number.first for one in hearing.by_id.get("likened", ()))


def _is_measured(hearing: Hearing, place: int) -> bool:
    """As in "platelets at 40"."""
    clause = hearing.reading.tokens[place].clause
    return any(one.clause == clause and place - BESIDE <= one.last < place for one in hearing.by_id.get("measured", ()))


def _written_as_one(hearing: Hearing, place: int) -> bool:
    """As in "f34" or "f/34"."""
    one, other = hearing.reading.tokens[place : place + 2]
    return hearing.reading.text[one.start + len(one.raw) : other.start] in ("", "/")


def _child_before(hearing: Hearing, place: int) -> bool:
    return any(place - 2 <= one.last < place for one in hearing.by_id.get("child-person", ()))
