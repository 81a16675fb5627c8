"""The one way from a point to a person.

`screen` looks at one point and one person and gives either `Offered`, the only value from which a point's words can be
had, or `LeftOut` with the reason. Every door calls it again whenever it shows a point.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from bot.catalog.model import Knowledge, Matter, Point, Rule
from bot.catalog.model.lines import Line, Ref
from bot.catalog.model.safety import Which
from bot.safety.profile import Known, Profile, matters_now, pregnancy_now

MOST_SECONDS = 180
"""For one side: longer is neither planned nor pressed."""
ALWAYS_LIGHT = frozenset({"very-light", "light"})
"""Points that are pressed lightly whoever it is."""
LIGHT_AGES = frozenset({"12-15", "16-17", "70-plus"})
NO_POINT_AGES = frozenset({"under-2", "2-11"})
BOTH = ("left", "right")


@dataclass(frozen=True, slots=True)
class Looking:
    """For whom a point is looked at. `profile` None is a stranger: the strictest answer. `heard`: ids of concepts
    in the complaint, such as chest. `resting`: points that hurt lately and are left alone for a while. `complaints`:
    the conditions that are pressed for."""

    profile: Profile | None
    today: dt.date
    heard: frozenset[str] = frozenset()
    resting: frozenset[str] = frozenset()
    held: tuple[Known, ...] | None = None
    complaints: frozenset[str] = frozenset()

    def matters(self, knowledge: Knowledge) -> tuple[Known, ...]:
        """What holds for this person today; worked out beforehand where many points are looked at."""
        if self.held is not None:
            return self.held
        return matters_now(self.profile, knowledge.matters, self.today) if self.profile is not None else ()


@dataclass(frozen=True, slots=True)
class Offered:
    """A point that may be shown to this person. `sides`: where to press; empty on the midline. `together`: both at once. `light`: pressure
    stays light throughout; `because` says why when that is for the person's sake, one line a reason."""

    id: str
    code: str
    sides: tuple[str, ...]
    light: bool
    seconds: int
    together: bool = False
    because: tuple[Line, ...] = ()
    force: bool = False

    def words(self, field: str) -> Ref:
        """A reference to one field of the point's words, for use as a fact: how to press without ball and weight for whom
        pressure stays light."""
        return Ref("point", self.id, "press_light" if field == "press" and self.force and self.because else field)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A point that is not shown, and why. The reasons never name the point."""

    because: tuple[Line, ...]


Verdict = Offered | LeftOut


def screen(point: Point, looking: Looking, knowledge: Knowledge) -> Verdict:
    """What may be done with this point for this person today."""
    if not point.taught:
        return LeftOut((Line("screen.not_taught"),))
    if looking.profile is None:
        return _for_stranger(point)
    refusals = tuple(_refusals(point, looking, knowledge))
    if refusals:
        return LeftOut(refusals)
    sides = _sides(point, looking, knowledge)
    barred = tuple(_side_reasons(point, looking, knowledge))
    if barred and not sides:
        return LeftOut(barred)
    because = tuple(_light_reasons(point, looking, knowledge))
    light = bool(because) or point.press.firmness in ALWAYS_LIGHT
    together = point.together and len(sides) == len(BOTH)
    return Offered(point.id, point.code, sides, light, min(point.press.seconds, MOST_SECONDS), together, because, point.force)


def _for_stranger(point: Point) -> Verdict:
    if point.pregnancy != "N" or point.avoid:
        return LeftOut((Line("screen.stranger"),))
    sides = () if point.sides == "midline" else BOTH
    seconds, because = min(point.press.seconds, MOST_SECONDS), (Line("screen.light_stranger"),)
    return Offered(point.id, point.code, sides, light=True, seconds=seconds, together=point.together, because=because, force=point.force)


def _refusals(point: Point, looking: Looking, knowledge: Knowledge) -> Iterator[Line]:
    profile = looking.profile or Profile()
    if pregnancy_now(profile, looking.today) != "not" and point.pregnancy != "N":
        yield Line("screen.pregnancy")
    if profile.age in NO_POINT_AGES:
        yield Line("screen.child")
    if looking.heard.intersection(point.not_for):
        yield Line("screen.named_symptom")
    if point.id in looking.resting:
        yield Line("screen.resting")
    for known in looking.matters(knowledge):
        matter = knowledge.matters[known.matter]
        if matter.stops:
            yield Line("screen.matter", {"reason": Ref("matter", matter.id, "stops")})
        elif known.matter in point.avoid or _left_out(point, matter, "any", looking, knowledge):
            yield Line("screen.matter", {"reason": Ref("matter", matter.id, "reason")})


def _left_out(point: Point, matter: Matter, which: Which, looking: Looking, knowledge: Knowledge) -> bool:
    rules = _rules(matter, looking, knowledge)
    return any(rule.does == "leave-out" and rule.which == which and touches(rule, point, knowledge) for rule in rules)


def _rules(matter: Matter, looking: Looking, knowledge: Knowledge) -> Iterator[Rule]:
    """The rules of a matter that hold, with all else that does and with what is pressed for."""
    held = {known.matter for known in looking.matters(knowledge)}
    for rule in matter.rules:
        if held.issuperset(rule.beside) and not (rule.complaints and looking.complaints.isdisjoint(rule.complaints)):
            yield rule


def touches(rule: Rule, point: Point, knowledge: Knowledge) -> bool:
    """Whether a rule is about this point: by name, by zone, or because it is about all."""
    zones = knowledge.zones
    return rule.all or point.id in rule.points or any(point.region in zones[zone].regions for zone in rule.zones)


def _sides(point: Point, looking: Looking, knowledge: Knowledge) -> tuple[str, ...]:
    if point.sides == "midline":
        return ()
    barred: set[str] = set()
    for known in looking.matters(knowledge):
        if _left_out(point, knowledge.matters[known.matter], "affected-side", looking, knowledge):
            barred.update((known.side,) if known.side in BOTH else BOTH)
    return tuple(side for side in BOTH if side not in barred)


def _side_reasons(point: Point, looking: Looking, knowledge: Knowledge) -> Iterator[Line]:
    for known in looking.matters(knowledge):
        if _left_out(point, knowledge.matters[known.matter], "affected-side", looking, knowledge):
            yield Line("screen.matter", {"reason": Ref("matter", known.matter, "reason")})


def _light_reasons(point: Point, looking: Looking, knowledge: Knowledge) -> Iterator[Line]:
    profile = looking.profile or Profile()
    pregnancy = pregnancy_now(profile, looking.today)
    if pregnancy != "not":
        yield Line("screen.light_after_birth" if pregnancy == "recent" else "screen.light_pregnancy")
    if profile.age in LIGHT_AGES:
        yield Line("screen.light_teen" if profile.age == "12-15" else "screen.light_age")
    for known in looking.matters(knowledge):
        matter = knowledge.matters[known.matter]
        if known.matter in point.light_for or any(
            rule.does == "light" and touches(rule, point, knowledge) for rule in _rules(matter, looking, knowledge)
        ):
            yield Line("screen.matter", {"reason": Ref("matter", matter.id, "light")})
