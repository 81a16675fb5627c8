"""Rules as they are written in YAML, made ready: phrases in one tree, rules as sets of word groups."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from sys import intern
from typing import Literal, get_args

from bot.catalog.model.alarm_rules import AlarmRules, AlarmSound, AlarmWordList, KnownTag

NEAR = 14
"""How many words the parts of a rule may lie apart when the rule does not say."""
GAP = 3
"""The most words `..` stands for."""
Sure = Literal["yes", "ask"]
Element = tuple[str, ...]
"""The words that may stand at one place of a phrase; ("..",) is a gap."""
GROUP = re.compile(r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*")
MEASURE = re.compile(r"([a-z]+)(>=|<)(\d+(?:\.\d+)?)")
MEASURES = ("temperature", "weeks", "months", "years", "days", "hours", "minutes", "tablets", "age", "times", "gestation", "sugar", "oxygen", "pulse", "pressure")
STRUCTURAL = ("reading", "idioms")
"""Files of groups that say how to read, not what is said."""
JOINT = re.compile(r" ([+>]) ")
UNSAYABLE = re.compile(r"[A-Z\u2018\u2019\u201c\u201d,;:!?~<>=()/-]|\w[+&]|[+&]\w")
"""Signs that are in no word of a message, or stand for a joint whose spaces are missing."""


NOTHING: dict[str, Node] = {}
"""What follows on a leaf; nothing is ever put into it."""


@dataclass(slots=True, eq=False)
class Node:
    """A place in the tree of phrases: what may follow, and the groups whose phrase ends here. Most places are leaves: these share
    one empty mapping."""

    after: dict[str, Node] = field(default_factory=lambda: NOTHING)
    gap: Node | None = None
    ends: tuple[int, ...] = ()

    def next(self, word: str) -> Node:
        """The place after this word, made when first asked for."""
        found = self.after.get(word)
        if found is None:
            found = Node()
            if self.after is NOTHING:
                self.after = {}
            self.after[word] = found
        return found


@dataclass(frozen=True, slots=True)
class Test:
    """A measure compared: `temperature>=38`."""

    group: int
    at_least: bool
    value: float

    def __call__(self, number: float) -> bool:
        return number >= self.value if self.at_least else number < self.value


@dataclass(frozen=True, slots=True)
class Slot:
    """One part of a rule: any of these groups, measures or known things. `any_of`: the numbers of all of them. `after`: it
    must come after the part before it; `near`: how many words may lie between the two."""

    any_of: tuple[int, ...]
    groups: tuple[int, ...]
    tests: tuple[Test, ...]
    after: bool = False
    near: int = NEAR


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a file, ready to be looked for."""

    alarm: str
    text: str
    slots: tuple[Slot, ...]
    unless: tuple[int, ...]
    unless_tests: tuple[Test, ...]
    sure: Sure
    same_day: bool


class Book:
    """Every group and phrase of a language. Groups are numbered."""

    def __init__(self, lists: Iterable[AlarmWordList]) -> None:
        self.groups: dict[str, tuple[str, ...]] = {}
        self.numbers: dict[str, float] = {}
        self.same: dict[str, str] = {}
        self.problems: list[str] = []
        self.structural: set[str] = set()
        for one in lists:
            self._take(one)
        self.root = Node()
        self.prefixes: set[str] = set()
        self._numbered: dict[str, int] = {}
        self._members: dict[str, frozenset[str]] = {}
        self._ends: dict[tuple[int, ...], tuple[int, ...]] = {}

    def _take(self, one: AlarmWordList) -> None:
        self.problems += [f"alarm-words/{one.id}: group {name} stands twice" for name in one.groups if name in self.groups]
        self.groups |= one.groups
        if one.id in STRUCTURAL:
            self.structural |= one.groups.keys()
        self.numbers |= one.numbers
        self.same |= one.same

    def names(self) -> dict[int, str]:
        """Every group by its number, once all rules are read."""
        return {number: name for name, number in self._numbered.items()}

    def number(self, name: str) -> int:
        """The number of a group, a literal phrase, a measure or `@known`; made when first asked for."""
        found = self._numbered.get(name)
        if found is None:
            found = self._numbered[name] = len(self._numbered)
            for phrase in sorted(self.phrases(name)):
                self._plant(phrase, found)
        return found

    def reserved(self, name: str) -> int:
        """The number of a group that bends how a message is read; a language may do without it."""
        if GROUP.fullmatch(name):
            self.groups.setdefault(name, ())
        return self.number(name)

    def single(self, name: str) -> frozenset[str]:
        """The words of such a group, all of them single words."""
        return self.phrases(name) if name in self.groups else frozenset()

    def known(self, name: str) -> int | None:
        return self._numbered.get(name)

    def phrases(self, name: str) -> frozenset[str]:
        """Every phrase of a group, those of the groups it names included; a literal is its own."""
        return frozenset(one for one in self.members(name) if one[0] not in "@=" and not MEASURE.fullmatch(one))

    def members(self, name: str) -> frozenset[str]:
        """Like `phrases`, with the measures and known things a group names."""
        if not GROUP.fullmatch(name):
            return frozenset({name})
        if name not in self._members:
            self._members[name] = frozenset()
            if name not in self.groups:
                self.problems.append(f"no word group {name}")
            self._members[name] = frozenset(one for part in self.groups.get(name, ()) for one in self.members(part))
        return self._members[name]

    def _plant(self, phrase: str, number: int) -> None:
        places = [self.root]
        for element in elements(phrase):
            if element == ("..",):
                for place in places:
                    place.gap = place.gap or Node()
                places = [place.gap for place in places if place.gap]
            else:
                self.prefixes.update(word for word in element if word.endswith("*"))
                places = [place.next(word) for place in places for word in element]
        for place in places:
            ends = (*place.ends, number)
            place.ends = self._ends.setdefault(ends, ends)


def elements(phrase: str) -> Iterator[Element]:
    for part in phrase.replace("'", "").split():
        yield tuple(map(intern, part.split("|")))


def rules_of(sound: AlarmSound, book: Book) -> Iterator[Rule]:
    """The rules of one file; what is wrong is noted in `book.problems`."""
    kinds: tuple[tuple[Sequence[str], Sure, bool], ...] = (
        (sound.now, "yes", False), (sound.ask, "ask", False), (sound.same_day, "yes", True), (sound.ask_same_day, "ask", True),
    )
    for lines, sure, same_day in kinds:
        for line in lines:
            try:
                yield _rule(line, sound, book, sure=sure, same_day=same_day)
            except ValueError as wrong:
                book.problems.append(f"alarms/{sound.id}: {line!r}: {wrong}")


def _rule(line: str, sound: AlarmSound, book: Book, *, sure: Sure, same_day: bool) -> Rule:
    body, _, unless = line.partition(" ! ")
    parts = JOINT.split(f" + {body}")[1:]
    slots = tuple(_slot(part, book, after=joint == ">") for joint, part in zip(parts[::2], parts[1::2], strict=True))
    names = (*sound.unless, *_choices(unless))
    silent = _slot(" / ".join(names), book) if names else None
    groups, tests = (silent.groups, silent.tests) if silent else ((), ())
    return Rule(sound.id, line, slots, groups, tests, sure, same_day)


def _choices(part: str) -> list[str]:
    return [one.strip() for one in part.split(" / ") if one.strip()]


def _slot(part: str, book: Book, *, after: bool = False) -> Slot:
    part, _, near = part.partition(" ~ ")
    groups: dict[int, None] = {}
    tests: list[Test] = []
    choices = _choices(part)
    choices += [one for choice in choices for one in book.members(choice) if choice != one and (one[0] == "@" or MEASURE.fullmatch(one))]
    for choice in choices:
        measure = MEASURE.fullmatch(choice)
        if measure is None:
            _readable(choice)
            groups[book.number(choice)] = None
        elif measure[1] in MEASURES:
            tests.append(Test(book.number(f"={measure[1]}"), measure[2] == ">=", float(measure[3])))
        else:
            raise ValueError(f"no measure {measure[1]!r}")
    if not groups and not tests:
        raise ValueError("an empty part")
    all_groups = tuple(groups)
    any_of = tuple(dict.fromkeys((*groups, *(test.group for test in tests)))) if tests else all_groups
    return Slot(any_of, all_groups, tuple(tests), after, int(near or NEAR))


def _readable(choice: str) -> None:
    """Raises ValueError for what no message can ever say: a rule with it would be silent for good."""
    if choice[0] == "@" and choice[1:] not in get_args(KnownTag):
        raise ValueError(f"nothing is known as {choice!r}; there are {', '.join(f'@{tag}' for tag in get_args(KnownTag))}")
    odd = UNSAYABLE.search(choice) if choice[0] != "@" and not GROUP.fullmatch(choice) else None
    if odd:
        raise ValueError(f"{choice!r} has {odd[0]!r}: a phrase has small letters, spaces, * | .. and straight apostrophes; + > / ~ ! stand between spaces")


def vocabulary(rules: AlarmRules) -> set[str]:
    """Every word of the rules and groups, without stars: what the speller has to know. Short word beginnings are left out."""
    lines = [phrase for one in rules.words.values() for group in one.groups.values() for phrase in group]
    for sound in rules.sounds.values():
        lines += [*sound.now, *sound.ask, *sound.same_day, *sound.ask_same_day, *sound.unless]
    words = {word for line in lines for word in re.findall(r"[a-z]+\*?", line.replace("'", ""))}
    return {word.rstrip("*") for word in words if not word.endswith("*") or len(word) > 5}
