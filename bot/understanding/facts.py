"""What is said in passing about the person: pregnancy and week, age, for whom, matters of the profile."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from bot.catalog.model.lexicon import Facts, Lexicon
from bot.understanding.ages import DECADES, age_of
from bot.understanding.fact_numbers import Number, Numbers
from bot.understanding.fact_places import ANSWER, BESIDE, back, is_any_at, is_at, is_baby
from bot.understanding.fact_words import FactWords, outermost
from bot.understanding.hear import DENIED, OTHER, Heard, Hearing
from bot.understanding.meaning import HeardFacts
from bot.understanding.patterns import Match, Pattern, Patterns, literals, pattern
from bot.understanding.pregnancy import only_weeks, perhaps_weeks, pregnancy_of, weeks_of
from bot.understanding.scope import BENDING, NAMED, PEOPLE

MANY = 20
PAST = ("stopped-it", "long-ago")
STOPPED = ("stopped-it", "just-stopped", "was-on")
ARTICLES = 1
"""How many tokens may lie between a verb and what it is about."""
PERHAPS = "flag:perhaps-pregnant"
OF_WOMEN = ("pregnancy:", "flag:breastfeeding")
MOST_SEVERE = 10
LEAST_TELLING = 3
"""Below this a number is a week, a month or an age only beside a word that says so."""
LONGER, SHORTEST = ("unit-year", "unit-month"), ("unit-day", "unit-hour")
BY_THEMSELVES = frozenset({"pregnant", "male", "due-word", *DECADES.values()})
"""Concepts that tell a fact without any pattern."""
NOTHING, SOMEBODYS = HeardFacts(), HeardFacts(for_other=True)


class FactFinder:
    """Finds the facts of one language."""

    def __init__(self, lexicon: Lexicon, stem: Callable[[str], str]) -> None:
        self._facts = lexicon.facts
        told = list(_patterns(lexicon.facts, stem))
        self._known = {(one.target, one.text): one for one in told}
        self._patterns = Patterns([one._replace(barred=()) for one in told])
        parts = {name for one in told for part in one.needed for name in part.names}
        self._words = FactWords(lexicon, parts | BY_THEMSELVES | set(BENDING))
        self._numbers = Numbers(lexicon, stem)

    def facts(self, hearing: Hearing, *, own: bool, other: bool) -> HeardFacts:
        """`own`: the complaint is the writer's own; `other`: it is somebody else's."""
        numbers = self._numbers.read(hearing.reading)
        if not (any(self._may_tell(hearing, number) for number in numbers) or self._tells(hearing)):
            return SOMEBODYS if other else NOTHING
        hearing = self._words.heard(hearing)
        found = self._found(hearing, own=own)
        weeks, surely = weeks_of(hearing, numbers, own=own) if numbers or "due-word" in hearing.by_id else (None, False)
        pregnancy = pregnancy_of(hearing, found, surely=surely, other=other)
        matters = dict(_matters(found))
        return HeardFacts(
            pregnancy=pregnancy,
            weeks=weeks if pregnancy in ("pregnant", "maybe") else only_weeks(hearing, numbers),
            age=age_of(hearing, numbers, self._facts, own=own, other=other),
            for_other=True if other else None,
            matters=tuple(sorted((name, self._side(hearing, match)) for name, match in matters.items())),
            breastfeeding=True if "flag:breastfeeding" in found else None,
            severity=self._severity(numbers, hearing),
            new=True if "flag:new" in found else None,
            perhaps_pregnant=pregnancy is None and (PERHAPS in found or perhaps_weeks(hearing, numbers)),
            denied=tuple(sorted({name for kind, name in map(_kind, found) if kind == "denied"} - matters.keys())),
        )

    def _may_tell(self, hearing: Hearing, number: Number) -> bool:
        """Not the smallest by themselves ("one of those days"), and no count of days or hours."""
        if "/" in number.text or "+" in number.text or len(hearing.reading.tokens) <= ANSWER:
            return True
        if number.value >= LEAST_TELLING:
            return not is_any_at(hearing, number.last + 1, SHORTEST)
        after = " ".join(hearing.reading.words[number.last + 1 : number.last + 4])
        return after in self._facts.of_ten or is_any_at(hearing, number.last + 1, LONGER) or not hearing.by_id.keys().isdisjoint(PEOPLE)

    def _tells(self, hearing: Hearing) -> bool:
        """Whether there may be a fact in it; most messages have none."""
        telling = not BY_THEMSELVES.isdisjoint(hearing.by_id) or self._words.tell(hearing.reading)
        return telling or bool(self._patterns.found(hearing))

    def _found(self, hearing: Hearing, *, own: bool) -> dict[str, Match]:
        """The first match of everything that is said of the one it is asked about, or denied."""
        found: dict[str, Match] = {}
        for match in self._told(hearing):
            if match.target.startswith("denied:"):
                wanted = bool(match.state & DENIED)
            else:
                wanted = match.target == PERHAPS or not _of_another(hearing, match, own=own) or self._is_taken_too(hearing, match)
            if wanted and match.target not in found:
                found[match.target] = match
        return found

    def _is_taken_too(self, hearing: Hearing, match: Match) -> bool:
        """Somebody else stopped it, the writer did not: "my dad stopped warfarin, I take it still"."""
        names = {name for part in self._known[match.target, match.text].barred for name in part.order}
        stopped = [one for name in names.intersection(STOPPED) for one in hearing.by_id.get(name, ()) if one.clause in match.clauses]
        again = next((found for one in stopped if (found := _again(hearing, one))), None)
        return again is not None and any(one.clause == again.clause and not one.state & OTHER for one in hearing.by_id.get("self", ()))

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

    def _side(self, hearing: Hearing, match: Match) -> str:
        near = hearing.reading.words[max(0, match.first - 4) : max(match.places) + 5]
        said = {self._facts.sides[word] for word in near if word in self._facts.sides}
        return said.pop() if len(said) == 1 else ""

    def _severity(self, numbers: Iterable[Number], hearing: Hearing) -> int | None:
        """As in "8/10" or "8 out of 10"."""
        for number in numbers:
            first, slash, ten = number.text.partition("/")
            if slash and ten == "10" and first.isdecimal() and int(first) <= MOST_SEVERE:
                return int(first)
            if (
                len(hearing.reading.tokens) <= ANSWER
                and number.value <= MOST_SEVERE
                and is_at(hearing, number.first - 1, "about")
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
    return match._replace(places=places, first=heard.first, state=heard.state, clauses=(heard.clause,))


def _is_idiom(hearing: Hearing, match: Match) -> bool:
    """As in "expecting a parcel", "a pregnant pause", "last week went well"."""
    return any(one.first <= match.first <= one.last for one in hearing.by_id.get("something-else", ()))


# ---------------------------------------------------------------- what takes a match back


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


def _bars(hearing: Hearing, name: str, heard: Heard, match: Match) -> bool:
    if _is_undone(hearing, name, heard):
        return False
    if name == "given-birth":
        return heard.first <= match.first <= heard.last
    if name == "was-on":
        return heard.last == match.first - 1
    if name == "long-ago" and match.target == "pregnancy:pregnant":
        return _stands_at(heard, match)
    if name == "just-stopped":
        return 0 <= match.first - heard.last - 1 <= ARTICLES
    return heard.clause in match.clauses or _comes_after(hearing, heard, match)


def _is_undone(hearing: Hearing, name: str, heard: Heard) -> bool:
    """What was said to be over still counts: it is taken again, was stopped last week, or is told of the present."""
    again = name in (*STOPPED, *PAST) and _again(hearing, heard) is not None
    return again or (name in STOPPED and _is_recent(hearing, heard.clause)) or (name in PAST and _is_now(hearing, heard))


def _again(hearing: Hearing, stopped: Heard) -> Heard | None:
    """What was stopped is taken again or still: "stopped it years ago but back on it now"."""
    again = hearing.by_id.get("taking-again", ())
    return next((one for one in again if one.first > stopped.last and not one.state & (DENIED | OTHER)), None)


def _is_now(hearing: Hearing, heard: Heard) -> bool:
    """All forms of a word are one: "I am on warfarin" is not "I was on warfarin"."""
    return any(
        is_at(hearing, place, "to-be") and not is_at(hearing, place, "was") for place in range(heard.first, heard.last + 1)
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
        and not any(is_at(hearing, place, "self") for place in range(heard.last + 1, end))
    )


# ---------------------------------------------------------------- of whom it is said


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
        others = [one for one in others if not is_baby(hearing, one) and not _is_carried(hearing, match, one)]
        if not others:
            return False
    return bool(others and match.state & OTHER) or _just_named(hearing, match, others)


def _is_carried(hearing: Hearing, match: Match, person: Heard) -> bool:
    """As in "pregnant with my daughter"."""
    last = max(match.places)
    return last < person.first <= last + BESIDE and is_at(hearing, last + 1, "with-word")


def _just_named(hearing: Hearing, match: Match, others: Sequence[Heard]) -> bool:
    """As in "caring for my nan on blood thinners"."""
    place = back(hearing, match.first - 1, 0, ("of-whom",))
    return any(one.last == place and one.ids.isdisjoint(("other-person", "small-child")) for one in others)
