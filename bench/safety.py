"""`python -m bench safety`: the vignettes as a table; every pair of matters through the screen.

`--quick`: without the pairs, which take a minute or two.
What is forbidden comes from tests/safety/oracle.py, which works it out without the screen.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from bot.catalog.load import load
from bot.catalog.model import Knowledge
from bot.dialogue.values import Context
from bot.safety.screen import Looking, Offered, screen
from bot.tools.vignettes import cases_in, play, report
from bot.wiring import context_of
from tests.safety.oracle import AGES, PREGNANCIES, TODAY, Oracle, Person, sides_for

HERE = Path(__file__).resolve().parents[1]
LEAST_SAFE = 0.99


@dataclass
class Count:
    """What came of so many looks through the screen."""

    looks: int = 0
    leaks: list[str] = field(default_factory=list)
    hidden: int = 0
    firm: int = 0

    def look(self, point: str, person: Person, oracle: Oracle) -> None:
        knowledge = oracle.knowledge
        verdict = screen(knowledge.points[point], Looking(person.profile(), TODAY), knowledge)
        sides = oracle.sides(point, person)
        self.looks += 1
        if not isinstance(verdict, Offered):
            self.hidden += sides is not None
            return
        if sides is None or not sides.issuperset(verdict.sides or ("",)):
            self.leaks.append(f"{point} for {person}")
        self.firm += not verdict.light and oracle.light(point, person)


def people(knowledge: Knowledge) -> Iterator[Person]:
    """Every pregnancy x every age with each matter; every pregnancy with every pair of matters, on every side."""
    singles = [(matter, side) for matter in knowledge.matters for side in sides_for(knowledge, matter)]
    for pregnancy in PREGNANCIES:
        for age in AGES:
            yield from (Person(pregnancy, age, (single,)) for single in singles)
            yield Person(pregnancy, age)
        yield from (Person(pregnancy, "18-69", pair) for pair in combinations(singles, 2) if pair[0][0] != pair[1][0])


def screened(knowledge: Knowledge) -> Count:
    """Everybody of `people` and every point."""
    oracle, count = Oracle(knowledge), Count()
    for person in people(knowledge):
        for point in knowledge.points:
            count.look(point, person, oracle)
    return count


def vignettes(context: Context) -> bool:
    """The table of the vignettes; True when every goal is met."""
    played = [play(case, context) for case in cases_in(HERE / "tests" / "vignettes", context.knowledge)]
    for one in played:
        if not one.right:
            mark = "" if one.safe else "UNSAFE "
            print(f"{mark}{one.case.id}: {one.level} at {one.place}, right is {' or '.join(one.case.level)}; shown {sorted(one.shown)}")
    print(report(played))
    found = all(p.level == "emergency" for p in played if p.case.level == ("emergency",))
    return found and not any(p.forbidden for p in played) and sum(p.safe for p in played) >= LEAST_SAFE * len(played)


def main(arguments: list[str]) -> int:
    """The whole table; exit status 1 when a goal is missed."""
    parser = argparse.ArgumentParser(prog="bench safety")
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args(arguments)
    context = context_of(load())
    good = vignettes(context)
    if not options.quick:
        count = screened(context.knowledge)
        print("\n".join(count.leaks[:20]))
        print(f"{'looks through the screen':28} {count.looks}")
        print(f"{'leaks':28} {len(count.leaks)}  0")
        print(f"{'firm that should be light':28} {count.firm}  0")
        print(f"{'left out without need':28} {count.hidden}")
        good &= not count.leaks and not count.firm
    return 0 if good else 1
