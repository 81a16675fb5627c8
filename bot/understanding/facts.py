"""What is said in passing about the person: pregnancy and week, age, for whom, matters of the profile."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from bot.catalog.model import Pregnancy
from bot.catalog.model.lexicon import Facts, Lexicon
from bot.understanding.fact_words import FactWords, outermost
from bot.understanding.hear import DENIED, OTHER, Heard, Hearing
from bot.understanding.meaning import HeardFacts
from bot.understanding.patterns import Match, Pattern, Patterns, literals, pattern
from bot.understanding.scope import CHILD, GROWN, NAMED, PEOPLE
from bot.understanding.words import Token

WEEKS, MONTHS = range(3, 43), range(1, 11)
SURELY_WEEKS, LIKELY_WEEKS = range(24, 43), range(10, 43)
"""A bare "31 weeks" is a pregnancy; a bare "6 weeks" may be how long the knee has hurt."""
AGES, PLAIN_AGES, OLD_AGES, GROWN_AGES = range(1, 111), range(12, 100), range(40, 111), range(25, 111)
WEEKS_A_MONTH = 4.345
SHORTER = ("unit-month", "unit-week", "unit-day", "unit-hour")
PREGNANCY_ORDER: tuple[Pregnancy, ...] = ("maybe", "pregnant", "trying", "recent", "not")
"""A pregnancy said outright counts more than how it came about ("pregnant after IVF")."""
PREGNANT = ("pregnant", "labor", "morning-sickness")
HALF, MANY = 3, 20
PAST = ("stopped-it", "long-ago")
STOPPED = ("stopped-it", "just-stopped", "was-on")
SUBJECTS = ("self", "be-word", "other-person")
DATING = ("due-at", "nearly", "ordinal", "of-word", "due-when")
FULL = 40
"""Weeks from the beginning of a pregnancy to the day a baby is due."""
BESIDE, ARTICLES = 3, 1
"""How many tokens may lie between two things said of each other; and between a verb and what it is about."""
DATE = 7
"""A date has at most so many tokens: "on the 14 th of march"."""
OF_WOMEN = ("pregnancy:", "flag:breastfeeding")
BABIES = ("small-child", "unborn")
"""Persons of whom nobody says that they are pregnant: "up the duff with twins"."""
MOST_SEVERE = 10
ANSWER = 4
"""An answer has at most so many words."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the message: its value, its tokens, and what was written after a plus ("40+2")."""

    value: float
    first: int
    last: int
    text: str


@dataclass(frozen=True, slots=True)
class Around:
    """Where a number stands: its clause, the places before and after it, and whether it is the last thing said there."""

    begin: int
    end: int
    before: int
    after: int
    last: bool


class FactFinder:
    """Finds the facts of one language."""

    def __init__(self, lexicon: Lexicon, stem: Callable[[str], str]) -> None:
        self._facts = lexicon.facts
        self._numbers = {stem(word): value for word, value in lexicon.writing.numbers.items()}
        told = list(_patterns(lexicon.facts, stem))
        self._known = {(one.target, one.text): one for one in told}
        self._patterns = Patterns([one._replace(barred=()) for one in told])
        halves = lexicon.facts.words.get("half", ())
        self._words = FactWords(lexicon)
        self._halves = [tuple(text.split()) for text in halves]
        self._ordinals = frozenset(lexicon.facts.words.get("ordinal", ()))

    def facts(self, hearing: Hearing, *, own: bool, other: bool) -> HeardFacts:
        """`own`: the complaint is the writer's own; `other`: it is somebody else's."""
        hearing = self._words.heard(hearing)
        found: dict[str, Match] = {}
        for match in self._told(hearing):
            wanted = match.state & DENIED if match.target.startswith("denied:") else not _of_another(hearing, match, own=own)
            if wanted and match.target not in found:
                found[match.target] = match
        numbers = self.numbers(hearing.reading.tokens)
        weeks, surely = self._weeks(hearing, numbers, own=own)
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

    def _told(self, hearing: Hearing) -> Iterable[Match]:
        """All matches that nothing bars. What is said twice, once of somebody else, is looked at twice."""
        for match in self._patterns.found(hearing):
            one = self._known[match.target, match.text]
            places = [match]
            if len(one.needed) == 1 and not one.needed[0].sign:
                heard = [said for name in one.needed[0].order for said in hearing.by_id.get(name, ())]
                widest = outermost((said.first, said.last) for said in heard)
                heard = [said for said in heard if (said.first, said.last) in widest and not said.state & DENIED]
                places = [_match_of(match, said) for said in heard[:MANY]]
            yield from (place for place in places if not _is_barred(hearing, one, place) and not _is_idiom(hearing, place))

    def numbers(self, tokens: Sequence[Token]) -> list[Number]:
        """Figures and number words; "forty two" is one number, and so is "27th"."""
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
                found.append(Number(value, place, place + self._more(tokens, place + 1), token.word))
        return found

    def _more(self, tokens: Sequence[Token], place: int) -> int:
        """How many tokens from there on belong to the number before: "27th", "five and a half"."""
        after = tuple(token.word for token in tokens[place : place + HALF])
        if after[:1] and after[0] in self._ordinals:
            return 1
        return next((len(half) for half in self._halves if after[: len(half)] == half), 0)

    def _weeks(self, hearing: Hearing, numbers: Iterable[Number], *, own: bool) -> tuple[int | None, bool]:
        """Week of pregnancy, and whether the way it is said shows a pregnancy by itself."""
        expecting = any(hearing.has(name) for name in PREGNANT)
        numbers = [one for one in numbers if not (own and _of_someone(hearing, one))]
        told: list[tuple[int, bool]] = []
        for number in numbers:
            whole = int(number.value)
            if "+" in number.text and whole in WEEKS:
                told.append((whole, True))
            elif whole in WEEKS and self._are_weeks(hearing, number) and not _is(hearing, number.last + 2, "ago-word"):
                bare = self._bare(hearing, number) or _is(hearing, number.first - 1, "in-my") or self._gone(hearing, number)
                if expecting or bare:
                    told.append((whole, bare))
            elif (expecting or self._gone(hearing, number)) and whole in MONTHS and _is(hearing, number.last + 1, "unit-month"):
                told.append((round(whole * WEEKS_A_MONTH), self._gone(hearing, number)))
        if not told and _due(hearing, numbers, own=own):
            due = (one for one in numbers if _is(hearing, one.last + 1, "unit-week"))
            left = (int(one.value) for one in due if _due(hearing, numbers, own=own, when=one.first))
            return next((FULL - weeks for weeks in left if weeks in range(1, 30)), None), True
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
    def _gone(hearing: Hearing, number: Number) -> bool:
        """As in "10 weeks gone", not "10 weeks in"."""
        after = number.last + 2
        return _is(hearing, after, "gone-word") and not _is(hearing, after, "lasting") and not _is(hearing, number.first - 1, "lasting")

    @staticmethod
    def _bare(hearing: Hearing, number: Number) -> bool:
        """A clause of nothing but "20 weeks"; in a longer one only a number too large for anything else."""
        begin, end = hearing.reading.clauses[hearing.reading.tokens[number.first].clause]
        after = number.last + 2
        if _is(hearing, after, "of-word") or _is(hearing, after, "into-word"):
            return False
        before = _back(hearing, number.first - 1, begin, ("nearly",))
        if before < begin or before == number.first - 1:
            lasts = before >= begin and _is(hearing, before, "lasting")
        else:
            lasts = not _is(hearing, before, "age-before")
        subject = _back(hearing, before, begin, ("self", "adult-person", "be-word"))
        alone = subject < begin and (end <= after or (end == after + 1 and _is(hearing, after, "gone-word")))
        return not lasts and int(number.value) in (LIKELY_WEEKS if alone else SURELY_WEEKS)

    def _age(self, hearing: Hearing, numbers: Sequence[Number], *, own: bool) -> int | None:
        for number in numbers:
            sure = number.value in AGES and "+" not in number.text and "/" not in number.text
            if sure and not (own and _anothers(hearing, number)) and self._is_age(hearing, number):
                return int(number.value)
        return self._decade(hearing)

    def _is_age(self, hearing: Hearing, number: Number) -> bool:
        at = _around(hearing, number)
        if any(_is(hearing, at.after, unit) for unit in SHORTER):
            return False
        if _is(hearing, at.after, "unit-year"):
            return self._in_years(hearing, number, at)
        ways = (self._by_sex, self._being, self._of_person, self._at_age, self._alone)
        return any(way(hearing, number, at) for way in ways)

    def _in_years(self, hearing: Hearing, number: Number, at: Around) -> bool:
        """As in "67 years old", "I am 67 years", "a lady of 67 years", "67 year female"."""
        past = at.after + 1
        old = _is(hearing, past, "old") and not self._of_a_thing(hearing, at.before)
        if old or _is(hearing, past, "sex"):
            return True
        if past < at.end:
            return False
        if number.first == at.begin:
            return number.value in OLD_AGES
        being = _is(hearing, at.before, "age-before") and number.value in GROWN_AGES
        mine = _is(hearing, at.before, "self") and number.value in PLAIN_AGES
        return being or mine or (_is(hearing, at.before, "of-word") and _is(hearing, at.before - 1, "aged-one"))

    @staticmethod
    def _by_sex(hearing: Hearing, number: Number, at: Around) -> bool:
        """As in "67 f", "f/67", "M 29 lower back", "67 here"."""
        if any(_is(hearing, at.after, name) for name in ("sex", "here-word")) or _is(hearing, at.before, "old"):
            return True
        if not _is(hearing, at.before, "sex"):
            return False
        letter = at.before == at.begin == 0 and len(hearing.reading.tokens[0].word) == 1
        return at.last or _written_as_one(hearing, at.before) or (letter and number.value in PLAIN_AGES)

    def _being(self, hearing: Hearing, number: Number, at: Around) -> bool:
        """As in "I am 67"."""
        told = at.before >= at.begin and at.last and _is(hearing, at.before, "age-before") and number.value > 1
        return told and not _is(hearing, at.before, "was") and not self._of_a_thing(hearing, at.before)

    @staticmethod
    def _of_person(hearing: Hearing, number: Number, at: Around) -> bool:
        """As in "a lady of 67", "my grandmother 85 on", "my son's 12"."""
        if at.before < at.begin:
            return False
        if _is(hearing, at.before, "of-word"):
            aged = any(_is(hearing, at.before - 1, one) for one in ("sex", "aged-one"))
            return at.last and aged and number.value in GROWN_AGES
        if _is(hearing, at.before, "adult-person") and number.value in GROWN_AGES:
            return at.last or _is(hearing, at.after, "of-whom")
        named = at.last and _is_somebody(hearing, at.before) and number.value > 1
        return named and hearing.reading.tokens[at.before].raw.lower().endswith("'s")

    @staticmethod
    def _at_age(hearing: Hearing, number: Number, at: Around) -> bool:
        """As in "at 67 my knees are shot", not "platelets at 40"."""
        told = at.before >= at.begin and _is(hearing, at.before, "at-age") and ":" not in number.text
        ends = at.last or _is(hearing, at.after, "self")
        return told and ends and number.value in GROWN_AGES and not _is_measured(hearing, number.first)

    @staticmethod
    def _alone(hearing: Hearing, number: Number, at: Around) -> bool:
        """A clause of nothing but the number."""
        plain = number.value in PLAIN_AGES and (at.after >= at.end or at.begin == 0)
        alone = number.first == at.begin and at.last and len(hearing.reading.tokens) > at.after - at.begin
        return alone and (plain or _child_before(hearing, at.begin))

    @staticmethod
    def _of_a_thing(hearing: Hearing, before: int) -> bool:
        """The company is a hundred years old, not the writer."""
        someone = ("self", "old", "sex", "aged-one", *PEOPLE)
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


def _match_of(match: Match, heard: Heard) -> Match:
    places = frozenset(range(heard.first, heard.last + 1))
    return match._replace(places=places, first=heard.first, state=heard.state, clauses=frozenset([heard.clause]))


def _is_barred(hearing: Hearing, one: Pattern, match: Match) -> bool:
    """Something that must not be said stands in the same clause, or the next one is nothing but that: "warfarin, stopped it".
    Said elsewhere it is about something else: "on warfarin, came off my bike", "20 weeks pregnant; lost my mum years ago"."""
    return any(
        _bars(hearing, name, heard, match)
        for part in one.barred
        for name in part.order
        for heard in hearing.by_id.get(name, ())
        if not heard.state & DENIED
    )


def _is_idiom(hearing: Hearing, match: Match) -> bool:
    """As in "expecting a parcel", "a pregnant pause", "last week went well"."""
    return any(one.first <= match.first <= one.last for one in hearing.by_id.get("something-else", ()))


def _bars(hearing: Hearing, name: str, heard: Heard, match: Match) -> bool:
    if (name in STOPPED and _is_recent(hearing, heard.clause)) or (name in PAST and _is_now(hearing, heard)):
        return False
    if name == "was-on":
        return heard.last == match.first - 1
    if name == "long-ago" and match.target == "pregnancy:pregnant":
        return _stands_at(heard, match)
    if name == "just-stopped":
        return 0 <= match.first - heard.last - 1 <= ARTICLES
    return heard.clause in match.clauses or _comes_after(hearing, heard, match)


def _is_now(hearing: Hearing, heard: Heard) -> bool:
    """All forms of a word are one: "I am on warfarin" is not "I was on warfarin"."""
    return any(
        _is(hearing, place, "to-be") and not _is(hearing, place, "was") for place in range(heard.first, heard.last + 1)
    )


def _is_recent(hearing: Hearing, clause: int) -> bool:
    """What was stopped last week still works."""
    return any(one.clause == clause for one in hearing.by_id.get("recent", ()))


def _stands_at(heard: Heard, match: Match) -> bool:
    """A pregnancy is only long ago when the time stands beside it ("pregnant last year", "when I was pregnant")."""
    gap = heard.first - max(match.places) if heard.first > match.first else match.first - heard.last
    return heard.clause in match.clauses and gap <= BESIDE


def _comes_after(hearing: Hearing, heard: Heard, match: Match) -> bool:
    begin, end = hearing.reading.clauses[heard.clause]
    return (
        heard.clause - 1 in match.clauses
        and heard.first == begin
        and end - begin <= ANSWER
        and not any(_is(hearing, place, "self") for place in range(heard.last + 1, end))
    )


def _of_another(hearing: Hearing, match: Match, *, own: bool) -> bool:
    """Said of an animal, or, in a complaint of the writer's own, of somebody else."""
    others = [
        one
        for one in hearing.said
        if one.clause in match.clauses
        and not one.ids.isdisjoint(NAMED if one.first > max(match.places) else PEOPLE)
    ]
    if match.state & OTHER and any("animal" in one.ids and one.first < match.first for one in others):
        return True
    if not own:
        return False
    if match.target.startswith(OF_WOMEN):
        others = [one for one in others if not _is_baby(hearing, one) and not _is_carried(hearing, match, one)]
        if not others:
            return False
    return bool(others and match.state & OTHER) or _just_named(hearing, match, others)


def _is_baby(hearing: Hearing, person: Heard) -> bool:
    return any(_is(hearing, person.first, name) for name in BABIES)


def _is_carried(hearing: Hearing, match: Match, person: Heard) -> bool:
    """As in "pregnant with my daughter"."""
    last = max(match.places)
    return last < person.first <= last + BESIDE and _is(hearing, last + 1, "with-word")


def _just_named(hearing: Hearing, match: Match, others: Sequence[Heard]) -> bool:
    """As in "caring for my nan on blood thinners"."""
    place = _back(hearing, match.first - 1, 0, ("of-whom",))
    return any(one.last == place and one.ids.isdisjoint(("other-person", "small-child")) for one in others)


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
    before = _back(hearing, due.first - 1, begin, ("be-word", "nearly"))
    if any(said.first != due.first for said in hearing.by_id.get("period", ())):
        return False
    if before < begin:
        return due.clause == 0
    return _is(hearing, before, "self") or (not own and _is_somebody(hearing, before))


def _is_dated(hearing: Hearing, due: Heard, counted: AbstractSet[int], when: int | None) -> bool:
    """As in "in early May", "on the 14th of March", "in three weeks"; "due on" alone may be a period."""
    after, end = due.last + 1, hearing.reading.clauses[due.clause][1]
    inside = range(after, min(end, after + DATE))
    timed = [place for place in inside if _is(hearing, place, "due-when") or _is(hearing, place, "unit-week")]
    if not timed or after in counted or _is(hearing, timed[-1] + 1, "for-word"):
        return False
    if not any(_is(hearing, place, "due-when") for place in timed) and hearing.has("period"):
        return False
    said = (place in counted or any(_is(hearing, place, name) for name in DATING) for place in range(after, timed[0]))
    return all(said) and (when is None or when in inside)


def _doubted(hearing: Hearing, match: Match) -> bool:
    """As in "not sure if I'm up the duff"."""
    place = match.first - 1
    while place >= 0 and not _is(hearing, place, "doubt") and any(_is(hearing, place, name) for name in SUBJECTS):
        place -= 1
    return any(one.last >= place >= one.first for one in hearing.by_id.get("doubt", ()) if one.clause in match.clauses)


def _back(hearing: Hearing, place: int, begin: int, skipped: Sequence[str]) -> int:
    """The first place before that is none of those, or just before the beginning of the clause."""
    while place >= begin and any(_is(hearing, place, name) for name in skipped):
        place -= 1
    return place


def _is_somebody(hearing: Hearing, place: int) -> bool:
    return any(_is(hearing, place, who) for who in PEOPLE)


def _pregnancy(hearing: Hearing, found: Mapping[str, Match], *, surely: bool, other: bool) -> Pregnancy | None:
    """What is true of the one who is pressed; a man who writes for his pregnant wife is not asked about himself."""
    if hearing.has("male") and not other:
        return "not"
    for name in PREGNANCY_ORDER:
        match = found.get(f"pregnancy:{name}")
        if match:
            return "maybe" if name in ("pregnant", "not") and not surely and _doubted(hearing, match) else name
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


def _around(hearing: Hearing, number: Number) -> Around:
    begin, end = hearing.reading.clauses[hearing.reading.tokens[number.first].clause]
    after = number.last + 1
    return Around(begin, end, number.first - 1, after, after >= end or _is(hearing, after, "age-after"))


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


def _of_someone(hearing: Hearing, number: Number) -> bool:
    """Weeks or months of somebody who may be pregnant, as in "my sister is 30 weeks"."""
    clause = hearing.reading.tokens[number.first].clause
    people = (one for one in hearing.said if one.clause == clause and not one.ids.isdisjoint(PEOPLE))
    return any(one.state & OTHER and not _is_baby(hearing, one) for one in people)


def _is_measured(hearing: Hearing, place: int) -> bool:
    """As in "platelets at 40"."""
    clause = hearing.reading.tokens[place].clause
    return any(one.clause == clause and place - BESIDE <= one.last < place for one in hearing.by_id.get("measured", ()))


def _ends_in_somebody(hearing: Hearing, place: int) -> bool:
    """As in "my mum, 83, lives with us"."""
    return any(one.last == place and not one.ids.isdisjoint(NAMED) for one in hearing.said)


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
