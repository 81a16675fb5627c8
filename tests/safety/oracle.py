"""What may be offered, worked out a second time from the facts alone and written as plainly as possible.

Tables instead of functions: for each point and each matter one verdict, so that a person's profile is a union of rows.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.catalog.model import Knowledge, Rule
from bot.safety.profile import Known, PregnancyAnswer, Profile

TODAY = dt.date(2026, 3, 2)
PREGNANCIES = (None, "not", "pregnant", "maybe", "trying", "recent", "not-saying")
AGES = (None, "under-2", "2-11", "12-15", "16-17", "18-69", "70-plus")
SIDES = ("", "left", "right", "both")
LIGHT_AGES = {"12-15", "16-17", "70-plus"}
CHILDREN = {"under-2", "2-11"}


@dataclass(frozen=True)
class Says:
    """What one matter says about one point: leave it out, leave these sides out, keep it light."""

    out: bool
    sides_out: frozenset[str]
    light: bool


@dataclass(frozen=True)
class Person:
    """A profile in short. `matters`: (id, side). `complaints`: what is pressed for."""

    pregnancy: str | None = "not"
    age: str | None = "18-69"
    matters: tuple[tuple[str, str], ...] = ()
    complaints: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        """Whether a pregnancy is not ruled out, by an answer or by an age beyond it."""
        return self.pregnancy != "not" and (self.pregnancy is not None or self.age != "70-plus")

    def profile(self, *, other: bool = False) -> Profile:
        answer = PregnancyAnswer(self.pregnancy, TODAY) if self.pregnancy is not None else None  # type: ignore[arg-type]  # values of the table above
        known = tuple(Known(matter, TODAY, side) for matter, side in self.matters)  # type: ignore[arg-type]  # same
        return Profile(answer, known, TODAY, self.age, other)  # type: ignore[arg-type]  # same


def sides_for(knowledge: Knowledge, matter: str) -> tuple[str, ...]:
    """The sides worth trying: only where a rule looks at them."""
    sided = any(rule.which == "affected-side" for rule in knowledge.matters[matter].rules)
    return SIDES if sided or knowledge.matters[matter].detail == "side" else ("",)


def _holds(rule: Rule, person: Person) -> bool:
    """Whether a rule that names other matters or complaints holds for this person."""
    beside = {matter for matter, _ in person.matters} >= set(rule.beside)
    return beside and (not rule.complaints or bool(set(rule.complaints) & set(person.complaints)))


class Oracle:
    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.says = {
            (point, matter, side): self._says(point, matter, side, conditional=False)
            for point in knowledge.points for matter in knowledge.matters for side in sides_for(knowledge, matter)
        }

    def _says(self, point_id: str, matter_id: str, side: str, *, conditional: bool, person: Person | None = None) -> Says:
        """By the rules that always hold, or by those that hold for this person besides."""
        point, matter = self.knowledge.points[point_id], self.knowledge.matters[matter_id]
        out, light, sides_out = matter.stops or matter_id in point.avoid, matter_id in point.light_for, set()
        for rule in matter.rules:
            if bool(rule.beside or rule.complaints) != conditional or (conditional and not _holds(rule, person or Person())):
                continue
            regions = {region for zone in rule.zones for region in self.knowledge.zones[zone].regions}
            if not (rule.all or point_id in rule.points or point.region in regions):
                continue
            if rule.does == "light":
                light = True
            elif rule.which == "any":
                out = True
            else:
                sides_out |= {side} if side in {"left", "right"} else {"left", "right"}
        return Says(out, frozenset(sides_out), light)

    def _said(self, point_id: str, person: Person) -> list[Says]:
        found = []
        for matter, side in person.matters:
            known = side if side in sides_for(self.knowledge, matter) else ""
            found.append(self.says[point_id, matter, known])
            if any(rule.beside or rule.complaints for rule in self.knowledge.matters[matter].rules):
                found.append(self._says(point_id, matter, known, conditional=True, person=person))
        return found

    def sides(self, point_id: str, person: Person) -> frozenset[str] | None:
        """The sides that may be pressed ("" is the midline); None when the point may not be shown at all."""
        point = self.knowledge.points[point_id]
        if not point.taught or person.age in CHILDREN or (person.open and point.pregnancy != "N"):
            return None
        said = self._said(point_id, person)
        if any(each.out for each in said):
            return None
        if point.sides == "midline":
            return None if any(each.sides_out for each in said) else frozenset({""})
        left = frozenset({"left", "right"}).difference(*(each.sides_out for each in said))
        return left or None

    def light(self, point_id: str, person: Person) -> bool:
        careful = person.open or person.age in LIGHT_AGES
        return careful or any(each.light for each in self._said(point_id, person))

    def forbidden(self, person: Person) -> frozenset[str]:
        """Everything that must not be named to this person, refused points included."""
        points = (id_ for id_ in self.knowledge.points if self.sides(id_, person) is None)
        return frozenset((*points, *self.knowledge.refused))
