"""Whether somebody is pregnant, and in which week: said outright, counted in weeks or months, or by the day a baby is due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from bot.catalog.model import Pregnancy
from bot.understanding.fact_numbers import Number
from bot.understanding.fact_places import ANSWER, back, is_any_at, is_at, is_baby, is_somebody
from bot.understanding.hear import DENIED, OTHER, Heard, Hearing
from bot.understanding.patterns import Match
from bot.understanding.scope import PEOPLE

WEEKS, MONTHS, DAYS = range(3, 43), range(1, 11), range(7)
SURELY_WEEKS, LIKELY_WEEKS, EARLY_WEEKS = range(24, 43), range(10, 43), range(4, 10)
"""A bare "31 weeks" is a pregnancy; a bare "6 weeks" may be how long the knee has hurt, "I'm 6 weeks" and no more may not."""
WEEKS_A_MONTH = 4.345
PREGNANCY_ORDER: tuple[Pregnancy, ...] = ("maybe", "pregnant", "trying", "recent", "not")
"""A pregnancy said outright, or told by its week, counts more than how it came about ("pregnant after IVF", "IVF, 20 weeks")."""
PREGNANT = ("pregnant", "labor", "morning-sickness")
SUBJECTS = ("self", "be-word", "other-person")
DATING = ("due-at", "nearly", "ordinal", "of-word", "due-when")
OF_FORTY = "/40"
"""As in "21/40"."""
FULL = 40
"""Weeks from the beginning of a pregnancy to the day a baby is due."""
LEFT = range(1, 30)
DATE = 7
"""A date has at most so many tokens: "on the 14 th of march"."""


def pregnancy_of(hearing: Hearing, found: Mapping[str, Match], *, surely: bool, other: bool) -> Pregnancy | None:
    """What is true of the one who is pressed. That the writer is a man counts only where nothing else is said."""
    for name in PREGNANCY_ORDER:
        match = found.get(f"pregnancy:{name}")
        if match and surely and name == "trying":
            return "pregnant"
        if match:
            return "maybe" if name in ("pregnant", "not") and not surely and _doubted(hearing, match) else name
    if surely:
        return "pregnant"
    denied = any(one.state & DENIED for one in hearing.by_id.get("pregnant", ()))
    return "not" if denied or (not other and _is_man(hearing)) else None


def _is_man(hearing: Hearing) -> bool:
    """The writer is: "I am a man", "male, 45", "45 year old male"; not "a male nurse"."""
    return any(not one.state & (DENIED | OTHER) and _is_own_sex(hearing, one) for one in hearing.by_id.get("male", ()))


def _is_own_sex(hearing: Hearing, male: Heard) -> bool:
    """Said in an expression of its own, alone in its clause, or beside an age."""
    if male.last > male.first:
        return True
    begin, end = hearing.reading.clauses[male.clause]
    if is_any_at(hearing, male.last + 1, ("aged-one", *PEOPLE)):
        return False
    around = hearing.reading.words[max(begin, male.first - 1) : male.first + 2]
    return end - begin == 1 or is_at(hearing, male.first - 1, "old") or any(word.isdecimal() for word in around)


def _doubted(hearing: Hearing, match: Match) -> bool:
    """As in "not sure if I'm up the duff"."""
    place = match.first - 1
    while place >= 0 and not is_at(hearing, place, "doubt") and is_any_at(hearing, place, SUBJECTS):
        place -= 1
    return any(one.last >= place >= one.first for one in hearing.by_id.get("doubt", ()) if one.clause in match.clauses)


# ---------------------------------------------------------------- weeks and months


def weeks_of(hearing: Hearing, numbers: Iterable[Number], *, own: bool) -> tuple[int | None, bool]:
    """Week of pregnancy, and whether the way it is said shows a pregnancy by itself."""
    expecting = any(hearing.has(name) for name in PREGNANT)
    numbers = [one for one in numbers if not (own and _of_someone(hearing, one))]
    due = _due(hearing, numbers, own=own)
    left = _week_by_due(hearing, numbers, own=own) if due else None
    told = [week for one in numbers if (week := _week(hearing, one, expecting=expecting))]
    if left or (due and not told):
        return left, True
    return max(told, default=(None, False), key=lambda one: one[0] or 0)


def only_weeks(hearing: Hearing, numbers: Sequence[Number]) -> int | None:
    """The message is nothing but a number of weeks, as an answer is: "22 weeks", "week 22"."""
    if len(numbers) != 1 or not 1 < len(hearing.reading.tokens) <= ANSWER or int(numbers[0].value) not in WEEKS:
        return None
    number = numbers[0]
    weeks = is_at(hearing, number.last + 1, "unit-week") or is_at(hearing, number.first - 1, "unit-week")
    return int(number.value) if weeks else None


def perhaps_weeks(hearing: Hearing, numbers: Iterable[Number]) -> bool:
    """Whether a clause begins with so many weeks, or somebody is in "my seventh month": that may be a pregnancy, and may be not."""
    return any(_may_be_week(hearing, number) for number in numbers)


def _may_be_week(hearing: Hearing, number: Number) -> bool:
    clause = hearing.reading.tokens[number.first].clause
    begin = hearing.reading.clauses[clause][0] + hearing.reading.breaks[clause].isalpha()  # after the "but" that begins it
    begins = back(hearing, number.first - 1, begin, ("nearly", "self", "be-word")) < begin
    unit = next((name for name in ("unit-week", "unit-month") if is_at(hearing, number.last + 1, name)), "")
    over = is_any_at(hearing, number.last + 2, ("ago-word", "of-word"))
    placed = begins or is_at(hearing, number.first - 1, "in-my") or _gone(hearing, number)
    if not unit or over or not placed:
        return False
    if int(number.value) in EARLY_WEEKS and unit == "unit-week":
        return _is_all(hearing, number)
    return int(number.value) in (LIKELY_WEEKS if unit == "unit-week" else MONTHS)


def _is_all(hearing: Hearing, number: Number) -> bool:
    """The writer is so many weeks, and the clause ends there."""
    end = hearing.reading.clauses[hearing.reading.tokens[number.first].clause][1]
    last = number.last + 2 >= end or is_at(hearing, number.last + 2, "age-after")
    return last and is_any_at(hearing, number.first - 1, ("self", "be-word", "other-person"))


def _week(hearing: Hearing, number: Number, *, expecting: bool) -> tuple[int, bool] | None:
    """The week this number tells, and whether it shows a pregnancy by itself."""
    whole = int(number.value)
    if whole in WEEKS and ("+" in number.text or number.text.endswith(OF_FORTY) or _in_notation(hearing, number)):
        return whole, True
    gone = _gone(hearing, number)
    if whole in WEEKS and _are_weeks(hearing, number) and not is_at(hearing, number.last + 2, "ago-word"):
        bare = _bare(hearing, number) or is_at(hearing, number.first - 1, "in-my") or _is_counted(hearing, number) or gone
        return (whole, bare) if expecting or bare else None
    if (expecting or gone) and whole in MONTHS and is_at(hearing, number.last + 1, "unit-month"):
        return round(whole * WEEKS_A_MONTH), gone
    return None


def _is_counted(hearing: Hearing, number: Number) -> bool:
    """As in "she is in 14th week"."""
    ordinal = number.last > number.first and is_at(hearing, number.last, "ordinal")
    return ordinal and is_at(hearing, number.first - 1, "in-word") and int(number.value) in LIKELY_WEEKS


def _in_notation(hearing: Hearing, number: Number) -> bool:
    """As in "5w5d". "4 weeks 3 days" may as well be how long a cough has lasted."""
    after = [token.raw.lower() for token in hearing.reading.tokens[number.last + 1 : number.last + 3]]
    return len(after) > 1 and after[0] == "w" and after[1].isdecimal() and int(after[1]) in DAYS


def _of_someone(hearing: Hearing, number: Number) -> bool:
    """Weeks or months of somebody who may be pregnant, as in "my sister is 30 weeks"."""
    clause = hearing.reading.tokens[number.first].clause
    people = (one for one in hearing.said if one.clause == clause and not one.ids.isdisjoint(PEOPLE))
    return any(one.state & OTHER and not is_baby(hearing, one) for one in people)


def _are_weeks(hearing: Hearing, number: Number) -> bool:
    """As in "22 weeks", "wk 28", "weeks pregnant 30"."""
    after = _is_unit(hearing, number, number.last + 1)
    before = _is_unit(hearing, number, number.first - 1) or (
        _is_unit(hearing, number, number.first - 2) and is_at(hearing, number.first - 1, "pregnant")
    )
    return after or (before and not is_at(hearing, number.last + 1, "unit-day"))


def _is_unit(hearing: Hearing, number: Number, place: int) -> bool:
    """The word for weeks stands there, and no mark between: not "at 41, week 16"."""
    tokens = hearing.reading.tokens
    return 0 <= place < len(tokens) and tokens[place].clause == tokens[number.first].clause and is_at(hearing, place, "unit-week")


def _gone(hearing: Hearing, number: Number) -> bool:
    """As in "10 weeks gone", not "10 weeks in"."""
    after = number.last + 2
    lasts = is_at(hearing, after, "lasting") or is_at(hearing, number.first - 1, "lasting")
    return is_at(hearing, after, "gone-word") and not lasts


def _bare(hearing: Hearing, number: Number) -> bool:
    """A clause of nothing but "20 weeks"; in a longer one only a number too large for anything else."""
    begin, end = hearing.reading.clauses[hearing.reading.tokens[number.first].clause]
    after = number.last + 2
    if is_any_at(hearing, after, ("of-word", "into-word")):
        return False
    before = back(hearing, number.first - 1, begin, ("nearly",))
    if before < begin or before == number.first - 1:
        lasts = before >= begin and is_at(hearing, before, "lasting")
    else:
        lasts = not is_at(hearing, before, "age-before")
    subject = back(hearing, before, begin, ("self", "adult-person", "be-word"))
    alone = subject < begin and (end <= after or (end == after + 1 and is_at(hearing, after, "gone-word")))
    return not lasts and int(number.value) in (LIKELY_WEEKS if alone else SURELY_WEEKS)


# ---------------------------------------------------------------- the day a baby is due


def _week_by_due(hearing: Hearing, numbers: Sequence[Number], *, own: bool) -> int | None:
    """As in "due in three weeks"."""
    counted = (one for one in numbers if is_at(hearing, one.last + 1, "unit-week"))
    left = (int(one.value) for one in counted if _due(hearing, numbers, own=own, when=one.first))
    return next((FULL - weeks for weeks in left if weeks in LEFT), None)


def _due(hearing: Hearing, numbers: Sequence[Number], *, own: bool, when: int | None = None) -> bool:
    """A birth is awaited: "due in May", "my wife is due in three weeks" (`when`: the place of the three)."""
    counted = {place for number in numbers for place in range(number.first, number.last + 1)}
    return any(
        _is_expected(hearing, one, own=own) and _is_dated(hearing, one, counted, when)
        for one in hearing.by_id.get("due-word", ())
    )


def _is_expected(hearing: Hearing, due: Heard, *, own: bool) -> bool:
    """Not the rent or the period is due, but somebody."""
    begin = hearing.reading.clauses[due.clause][0]
    before = back(hearing, due.first - 1, begin, ("be-word", "nearly"))
    if any(said.first != due.first for said in hearing.by_id.get("period", ())):
        return False
    if before < begin:
        return due.clause == 0
    return is_at(hearing, before, "self") or (not own and is_somebody(hearing, before))


def _is_dated(hearing: Hearing, due: Heard, counted: AbstractSet[int], when: int | None) -> bool:
    """As in "in early May", "on the 14th of March", "in three weeks"; "due on" alone may be a period."""
    after, end = due.last + 1, hearing.reading.clauses[due.clause][1]
    inside = range(after, min(end, after + DATE))
    timed = [place for place in inside if is_any_at(hearing, place, ("due-when", "unit-week"))]
    in_days = after in counted and not is_at(hearing, timed[0] if timed else after, "due-when")  # not "due 3rd December"
    if not timed or in_days or is_at(hearing, timed[-1] + 1, "for-word"):
        return False
    if not any(is_at(hearing, place, "due-when") for place in timed) and hearing.has("period"):
        return False
    said = (place in counted or is_any_at(hearing, place, DATING) for place in range(after, timed[0]))
    return all(said) and (when is None or when in inside)
