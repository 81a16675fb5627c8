"""What is said in passing about the person: pregnancy and week, age, for whom, matters of the profile."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.catalog.model import Pregnancy
from bot.catalog.model.lexicon import Facts, Lexicon
from bot.understanding.hear import DENIED, OTHER, Hearing
from bot.understanding.meaning import HeardFacts
from bot.understanding.patterns import Match, Pattern, Patterns, literals, pattern
from bot.understanding.scope import CHILD, GROWN, NAMED
from bot.understanding.words import Token

WEEKS, MONTHS = range(3, 43), range(1, 11)
SURELY_WEEKS, LIKELY_WEEKS = range(24, 43), range(10, 43)
"""A bare "31 weeks" is a pregnancy; a bare "6 weeks" may be how long the knee has hurt."""
AGES, PLAIN_AGES, OLD_AGES, GROWN_AGES = range(1, 111), range(12, 100), range(40, 111), range(25, 111)
WEEKS_A_MONTH = 4.345
PREGNANCY_ORDER: tuple[Pregnancy, ...] = ("maybe", "trying", "pregnant", "recent", "not")
PREGNANT = ("pregnant", "labor", "morning-sickness")
MOST_SEVERE = 10
TELLING = ("pregnant", "male", "decade")
"""Concepts that tell a fact by themselves."""
NOTHING, SOMEBODYS = HeardFacts(), HeardFacts(for_other=True)
ANSWER = 4
"""An answer has at most so many words."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the message: its value, its tokens, and what was written after a plus ("40+2")."""

    value: float
    first: int
    last: int
    text: str


class FactFinder:
    """Finds the facts of one language."""

    def __init__(self, lexicon: Lexicon, stem: Callable[[str], str]) -> None:
        self._facts = lexicon.facts
        self._numbers = {stem(word): value for word, value in lexicon.writing.numbers.items()}
        self._patterns = Patterns(list(_patterns(lexicon.facts, stem)))

    def facts(self, hearing: Hearing, *, own: bool, other: bool) -> HeardFacts:
        """`own`: the complaint is the writer's own; `other`: it is somebody else's."""
        found: dict[str, Match] = {}
        for match in self._patterns.found(hearing):
            wanted = match.state & DENIED if match.target.startswith("denied:") else not (own and match.state & OTHER)
            if wanted and match.target not in found:
                found[match.target] = match
        numbers = self.numbers(hearing.reading.tokens)
        if not found and not numbers and not any(name in hearing.by_id for name in TELLING):
            return SOMEBODYS if other else NOTHING
        weeks, surely = self._weeks(hearing, numbers)
        pregnancy = _pregnancy(hearing, found, surely=surely, other=other)
        return HeardFacts(
            pregnancy=pregnancy,
            weeks=weeks if pregnancy in ("pregnant", "maybe") else _only_weeks(hearing, numbers),
            age=self._age(hearing, numbers, own=own),
            for_other=True if other else None,
            matters=tuple(sorted((name, self._side(hearing, match)) for name, match in _matters(found))),
            breastfeeding=True if "flag:breastfeeding" in found else None,
            severity=self._severity(numbers, hearing),
            new=True if "flag:new" in found else None,
            denied=tuple(
                sorted(
                    {name for kind, name in map(_kind, found) if kind == "denied"}
                    - {name for name, _ in _matters(found)}
                )
            ),
        )

    def numbers(self, tokens: Sequence[Token]) -> list[Number]:
        """Figures and number words; "forty two" is one number."""
        found: list[Number] = []
        for place, token in enumerate(tokens):
            value = _figure(token.word) if token.word[0].isdigit() else self._numbers.get(token.word)
            if value is None:
                continue
            before = found[-1] if found else None
            if (
                before
                and before.last == place - 1
                and before.value in range(20, 100, 10)
                and 0 < value < 10
                and not token.word[0].isdigit()
            ):
                found[-1] = Number(before.value + value, before.first, place, "")
            else:
                found.append(Number(value, place, place, token.word))
        return found

    def _weeks(self, hearing: Hearing, numbers: Iterable[Number]) -> tuple[int | None, bool]:
        """Week of pregnancy, and whether the way it is said shows a pregnancy by itself."""
        expecting = any(hearing.has(name) for name in PREGNANT)
        told: list[tuple[int, bool]] = []
        for number in numbers:
            whole = int(number.value)
            if "+" in number.text and whole in WEEKS:
                told.append((whole, True))
            elif whole in WEEKS and self._are_weeks(hearing, number) and not _is(hearing, number.last + 2, "ago-word"):
                bare = self._bare(hearing, number) and not _is(hearing, number.first - 1, "lasting")
                if expecting or bare:
                    told.append((whole, bare))
            elif expecting and whole in MONTHS and _is(hearing, number.last + 1, "unit-month"):
                told.append((round(whole * WEEKS_A_MONTH), False))
        return max(told, default=(None, False), key=lambda one: one[0] or 0)

    @staticmethod
    def _are_weeks(hearing: Hearing, number: Number) -> bool:
        """As in "22 weeks", "wk 28", "weeks pregnant 30"."""
        after = _is(hearing, number.last + 1, "unit-week")
        before = _is(hearing, number.first - 1, "unit-week") or (
            _is(hearing, number.first - 2, "unit-week") and _is(hearing, number.first - 1, "pregnant")
        )
        return after or (before and not _is(hearing, number.last + 1, "unit-day"))

    @staticmethod
    def _bare(hearing: Hearing, number: Number) -> bool:
        """A clause of nothing but "20 weeks"; in a longer one only a number too large for anything else."""
        begin, end = hearing.reading.clauses[hearing.reading.tokens[number.first].clause]
        alone = end - begin <= number.last - number.first + 2
        return int(number.value) in (LIKELY_WEEKS if alone else SURELY_WEEKS)

    def _age(self, hearing: Hearing, numbers: Sequence[Number], *, own: bool) -> int | None:
        for number in numbers:
            sure = int(number.value) in AGES and "+" not in number.text and "/" not in number.text
            if sure and not (own and _anothers(hearing, number)) and self._is_age(hearing, number):
                return int(number.value)
        return self._decade(hearing)

    def _is_age(self, hearing: Hearing, number: Number) -> bool:
        begin, end = hearing.reading.clauses[hearing.reading.tokens[number.first].clause]
        after, before = number.last + 1, number.first - 1
        old = _is(hearing, after + 1, "old") and not self._of_a_thing(hearing, before)
        if _is(hearing, after, "unit-year"):
            alone = number.first == begin and after + 1 >= end and number.value in OLD_AGES
            told = after + 1 >= end and before >= begin and _is(hearing, before, "age-before") and number.value in GROWN_AGES
            return old or alone or told or _is(hearing, after + 1, "sex")
        last = after >= end or _is(hearing, after, "age-after")
        if _is(hearing, after, "sex") or (_is(hearing, before, "sex") and (last or _written_as_one(hearing, before))):
            return True
        if _is(hearing, after, "here-word") or _is(hearing, before, "old"):
            return True
        if before >= begin and last and _is(hearing, before, "age-before"):
            return number.value > 1 and not _is(hearing, before, "was")
        if before >= begin and _is(hearing, before, "at-age") and ":" not in number.text:
            return number.value in GROWN_AGES and (last or _is(hearing, after, "self"))
        alone = number.first == begin and last and len(hearing.reading.tokens) > after - begin
        return alone and (
            (number.value in PLAIN_AGES and (after >= end or begin == 0)) or _child_before(hearing, begin)
        )

    @staticmethod
    def _of_a_thing(hearing: Hearing, before: int) -> bool:
        """The company is a hundred years old, not the writer."""
        someone = ("self", "other-person", "adult-person", "child-person")
        return (
            before > 0
            and hearing.reading.tokens[before].stem == "be"
            and not any(_is(hearing, before - 1, who) for who in someone)
        )

    def _decade(self, hearing: Hearing) -> int | None:
        found = (
            self._facts.decades.get(hearing.reading.tokens[one.last].word) for one in hearing.by_id.get("decade", ())
        )
        return next((age for age in found if age), None)

    def _side(self, hearing: Hearing, match: Match) -> str:
        near = hearing.reading.words[max(0, match.first - 4) : max(match.places) + 5]
        said = {self._facts.sides[word] for word in near if word in self._facts.sides}
        return said.pop() if len(said) == 1 else ""

    def _severity(self, numbers: Iterable[Number], hearing: Hearing) -> int | None:
        """As in "8/10" or "8 out of 10"."""
        for number in numbers:
            first, slash, ten = number.text.partition("/")
            if slash and ten == "10" and first.isdigit() and int(first) <= MOST_SEVERE:
                return int(first)
            if (
                len(hearing.reading.tokens) <= ANSWER
                and number.value <= MOST_SEVERE
                and _is(hearing, number.first - 1, "about")
            ):
                return int(number.value)
            after = " ".join(hearing.reading.words[number.last + 1 : number.last + 4])
            if after in self._facts.of_ten and number.value <= MOST_SEVERE:
                return int(number.value)
        return None


def _patterns(facts: Facts, stem: Callable[[str], str]) -> Iterable[Pattern]:
    for kind, table in (("matter", facts.matters), ("pregnancy", facts.pregnancy), ("flag", facts.flags)):
        for name, texts in table.items():
            yield from (pattern(f"{kind}:{name}", text, 1.0, stem) for text in texts)
    for name, texts in facts.matters.items():
        for key in sorted({text.split()[0] for text in texts}):
            yield pattern(f"denied:{name}", f"-{key}", 1.0, stem)


def _kind(target: str) -> tuple[str, str]:
    kind, _, name = target.partition(":")
    return kind, name


def fact_literals(facts: Facts, stem: Callable[[str], str]) -> set[str]:
    return literals(
        (text for table in (facts.matters, facts.pregnancy, facts.flags) for texts in table.values() for text in texts),
        stem,
    )


def _matters(found: Mapping[str, Match]) -> Iterable[tuple[str, Match]]:
    """Not both a recent and an old clot."""
    for name, match in found.items():
        kind, _, matter = name.partition(":")
        if kind == "matter" and not (matter == "clot-old" and "matter:clot-recent" in found):
            yield matter, match


def _pregnancy(hearing: Hearing, found: Mapping[str, Match], *, surely: bool, other: bool) -> Pregnancy | None:
    """What is true of the one who is pressed; a man who writes for his pregnant wife is not asked about himself."""
    if hearing.has("male") and not other:
        return "not"
    for name in PREGNANCY_ORDER:
        if f"pregnancy:{name}" in found:
            return name
    if surely:
        return "pregnant"
    return "not" if any(one.state & DENIED for one in hearing.by_id.get("pregnant", ())) else None


def _only_weeks(hearing: Hearing, numbers: Sequence[Number]) -> int | None:
    """The message is nothing but a number of weeks, as an answer is: "22 weeks", "week 22"."""
    tokens = hearing.reading.tokens
    if len(numbers) != 1 or not 1 < len(tokens) <= ANSWER or int(numbers[0].value) not in WEEKS:
        return None
    number = numbers[0]
    return (
        int(number.value)
        if _is(hearing, number.last + 1, "unit-week") or _is(hearing, number.first - 1, "unit-week")
        else None
    )


def _anothers(hearing: Hearing, number: Number) -> bool:
    """The number stands in a clause about somebody else, or names somebody by age."""
    clause = hearing.reading.tokens[number.first].clause
    named = any(one.first == number.first and one.ids in (CHILD, GROWN) for one in hearing.said)
    return (
        named
        or any(one.clause == clause and one.state & OTHER and not one.ids.isdisjoint(NAMED) for one in hearing.said)
        or any(one.clause == clause and one.state & OTHER for one in hearing.by_id.get("other-person", ()))
    )


def _written_as_one(hearing: Hearing, place: int) -> bool:
    """As in "f34" or "f/34"."""
    one, other = hearing.reading.tokens[place : place + 2]
    return hearing.reading.text[one.start + len(one.raw) : other.start] in ("", "/")


def _is(hearing: Hearing, place: int, concept: str) -> bool:
    return any(one.first <= place <= one.last for one in hearing.by_id.get(concept, ()))


def _child_before(hearing: Hearing, place: int) -> bool:
    return any(place - 2 <= one.last < place for one in hearing.by_id.get("child-person", ()))


def _figure(text: str) -> float | None:
    head = text.split("+", maxsplit=1)[0].split("/", maxsplit=1)[0]
    try:
        value = float(head.replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) else None
