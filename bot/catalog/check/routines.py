"""Rules about routines and their points: red flags first, gentle ones safe, something left for everyone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from bot.catalog.check.desk import Desk
from bot.catalog.model import Condition, Point, Pregnancy, Routine
from bot.catalog.problems import Problem
from bot.routines.plan import MOST_POINTS, plan
from bot.safety.profile import Known, PregnancyAnswer, Profile, Side
from bot.safety.screen import MOST_SECONDS, Looking

LEAST_SECONDS = 20
QUICK_SECONDS = 180
EVERY_CONDITION_HAS = ("standard", "quick")
NOT_PREGNANT: Pregnancy = "not"
PREGNANCIES: tuple[Pregnancy, ...] = tuple(value for value in get_args(Pregnancy) if value != NOT_PREGNANT)


def without_red_flags(desk: Desk) -> Iterator[Problem]:
    """A condition without a red-flag list has no routine."""
    for id_, condition in desk.knowledge.conditions.items():
        if condition.routines and not condition.flags:
            yield desk.sheet("conditions", id_).problem("a condition without red flags has no routine", ("routines",))


def not_gentle(desk: Desk) -> Iterator[Problem]:
    """A gentle routine holds only points that are on no list of points to avoid in pregnancy; ear points never."""
    for id_, routine in desk.knowledge.routines.items():
        for place, point in _steps(desk, routine):
            if routine.variant == "gentle" and (point.pregnancy != "N" or point.meridian == "ear"):
                message = f"{point.id} (pregnancy: {point.pregnancy}) is not for a gentle routine"
                yield desk.sheet("routines", id_).problem(message, ("steps", place))
    for id_, point in desk.knowledge.points.items():
        if point.meridian == "ear" and point.pregnancy == "N":
            yield desk.sheet("points", id_).problem("ear points are left out in pregnancy: N is not for them", ("pregnancy",))


def seconds_out_of_bounds(desk: Desk) -> Iterator[Problem]:
    """From the first gentle pressure, 20 s, to the most for one point, 3 minutes."""
    for id_, point in desk.knowledge.points.items():
        if not LEAST_SECONDS <= point.press.seconds <= MOST_SECONDS:
            yield desk.sheet("points", id_).problem(_bounds(point.press.seconds), ("press", "seconds"))
    for id_, routine in desk.knowledge.routines.items():
        for place, step in enumerate(routine.steps):
            if step.seconds and not LEAST_SECONDS <= step.seconds <= MOST_SECONDS:
                yield desk.sheet("routines", id_).problem(_bounds(step.seconds), ("steps", place, "seconds"))


def _bounds(seconds: int) -> str:
    return f"{seconds} seconds; a point is pressed for {LEAST_SECONDS} to {MOST_SECONDS}"


def missing_variants(desk: Desk) -> Iterator[Problem]:
    """Whoever has a routine has a standard and a quick one, and each variant once."""
    for id_, condition in desk.knowledge.conditions.items():
        own = [routine.variant for routine in _routines(desk, condition)]
        if len(own) < len(condition.routines):
            continue
        missing = [variant for variant in EVERY_CONDITION_HAS if variant not in own] if own else []
        for variant in missing:
            yield desk.sheet("conditions", id_).problem(f"no {variant} routine", ("routines",), "warning")
        for variant in sorted({variant for variant in own if own.count(variant) > 1}):
            yield desk.sheet("conditions", id_).problem(f"two {variant} routines; only the first is offered", ("routines",))


def unfit_steps(desk: Desk) -> Iterator[Problem]:
    """A point twice, a point that is not taught, one that needs a second person, more points than are shown."""
    for id_, routine in desk.knowledge.routines.items():
        sheet = desk.sheet("routines", id_)
        seen: set[str] = set()
        for place, point in _steps(desk, routine):
            if point.id in seen:
                yield sheet.problem(f"{point.id} twice in one routine", ("steps", place))
            if not point.taught:
                yield sheet.problem(f"{point.id} is not taught", ("steps", place))
            if point.reach == "partner" and routine.variant != "partner":
                message = f"{point.id} needs a second person; only a partner routine may have it"
                yield sheet.problem(message, ("steps", place), "warning")
            seen.add(point.id)
        if not routine.steps:
            yield sheet.problem("a routine without points", ("steps",))
        if len(routine.steps) > MOST_POINTS:
            yield sheet.problem(f"{len(routine.steps)} points; only {MOST_POINTS} are shown", ("steps",), "warning")


def longer_than_quick(desk: Desk) -> Iterator[Problem]:
    """Quick means at most three minutes, both sides counted."""
    for id_, routine in desk.knowledge.routines.items():
        seconds = sum(
            (routine.steps[place].seconds or point.press.seconds) * (1 if point.sides == "midline" or point.together else 2)
            for place, point in _steps(desk, routine)
        )
        if routine.variant == "quick" and seconds > QUICK_SECONDS:
            message = f"quick, but {seconds} seconds with both sides; at most {QUICK_SECONDS}"
            yield desk.sheet("routines", id_).problem(message, ("steps",), "warning")


def emptied_by_one_matter(desk: Desk) -> Iterator[Problem]:
    """One thing about a person should not take every point of every routine away, unless it stops routines altogether."""
    if any(problem.severity == "error" for problem in desk.survey.problems) or not _linked(desk):
        return
    for id_, condition in desk.knowledge.conditions.items():
        lost = [name for name, profile in _single_exclusions(desk) if not _left(desk, id_, profile)] if condition.routines else []
        if lost:
            message = f"no point of any routine is left with {_exclusions(lost)}; a gentle routine or other points would help"
            yield desk.sheet("conditions", id_).problem(message, ("routines",), "warning")


def _exclusions(names: list[str]) -> str:
    """The five answers about pregnancy usually fall together and are then said as one."""
    if names[: len(PREGNANCIES)] == list(PREGNANCIES):
        names = ["pregnancy", *names[len(PREGNANCIES) :]]
    return ", ".join(names)


def _linked(desk: Desk) -> bool:
    known = desk.knowledge
    routines = all(routine in known.routines for c in known.conditions.values() for routine in c.routines)
    points = all(step.point in known.points for routine in known.routines.values() for step in routine.steps)
    rules = [rule for matter in known.matters.values() for rule in matter.rules]
    return routines and points and all(zone in known.zones for rule in rules for zone in rule.zones)


def _single_exclusions(desk: Desk) -> Iterator[tuple[str, Profile]]:
    not_pregnant = PregnancyAnswer(NOT_PREGNANT, desk.today)
    for value in PREGNANCIES:
        yield value, Profile(pregnancy=PregnancyAnswer(value, desk.today))
    for id_, matter in desk.knowledge.matters.items():
        if not matter.stops:
            side: Side = "left" if matter.detail == "side" else ""
            yield id_, Profile(pregnancy=not_pregnant, matters=(Known(id_, desk.today, side),))


def _left(desk: Desk, condition: str, profile: Profile) -> bool:
    found = plan((condition,), "standard", Looking(profile, desk.today, complaints=frozenset({condition})), desk.knowledge)
    return found is not None and bool(found.points)


def unused_points(desk: Desk) -> Iterator[Problem]:
    """Allowed: a point may be there for those who ask for it by name."""
    if len(desk.knowledge.routines) < len(desk.survey.ids("routines")):
        return
    used = {step.point for routine in desk.knowledge.routines.values() for step in routine.steps}
    for id_, point in desk.knowledge.points.items():
        if id_ not in used and point.taught:
            yield desk.sheet("points", id_).problem(f"no routine uses {id_}", (), "note")


def _routines(desk: Desk, condition: Condition) -> list[Routine]:
    return [desk.knowledge.routines[id_] for id_ in condition.routines if id_ in desk.knowledge.routines]


def _steps(desk: Desk, routine: Routine) -> Iterator[tuple[int, Point]]:
    """The points of a routine that are known, with their places."""
    for place, step in enumerate(routine.steps):
        if step.point in desk.knowledge.points:
            yield place, desk.knowledge.points[step.point]
