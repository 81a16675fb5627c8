"""Choosing a routine and screening it point by point."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.catalog.model import Knowledge, Point, Posture, Programme, Routine, RoutineStep, Variant
from bot.catalog.model.lines import Line
from bot.safety.screen import MOST_SECONDS, LeftOut, Looking, Offered, screen

MOST_POINTS = 5
BOTH_SIDES = 2
GENTLE_SECONDS = 20
"""Every point begins with gentle pressure; only then does it get firmer, and not for those kept light."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A screened routine. `helps`: for each point, how many of the complaints it stands in a routine for.
    `left_out`: the reasons, each once. `fallback`: the gentle routine stands in for the one asked for."""

    routine: str
    variant: Variant
    points: tuple[Offered, ...]
    helps: tuple[int, ...]
    left_out: tuple[Line, ...]
    fallback: bool = False
    posture: Posture = "any"

    @property
    def seconds(self) -> int:
        """How long the whole takes, both sides counted."""
        return sum(pressing.seconds for pressing in pressings(self))


@dataclass(frozen=True, slots=True)
class Pressing:
    """One turn of the thumbs: a point on one side, on both at once ("both") or on the midline ("") for so many seconds."""

    point: str
    side: str
    seconds: int


def variants(conditions: tuple[str, ...], knowledge: Knowledge) -> tuple[Variant, ...]:
    """The variants there are for the first complaint, in the order of its file."""
    routines = knowledge.conditions[conditions[0]].routines if conditions else ()
    return tuple(dict.fromkeys(knowledge.routines[id_].variant for id_ in routines))


def plan(conditions: tuple[str, ...], variant: Variant, looking: Looking, knowledge: Knowledge) -> Plan | None:
    """The routine for these complaints and this person, or None when no safe point is left.

    The variant asked for comes first; when the screen leaves less than half of it, the gentle one stands in;
    when nothing is left there either, any other routine of the complaint that keeps a point.
    """
    if not conditions:
        return None
    own = [knowledge.routines[id_] for id_ in knowledge.conditions[conditions[0]].routines]
    wanted = [r for r in own if r.variant == variant] or own[:1]
    tried = (_screened(routine, conditions, looking, knowledge) for routine in _in_turn(wanted, own, variant))
    first = next(tried, None)
    if first is None:
        return None
    if first.points and 2 * len(first.points) >= len(knowledge.routines[first.routine].steps):
        return first
    for other in tried:
        if len(other.points) > len(first.points) and (other.variant == "gentle" or not first.points):
            return replace(other, fallback=True, left_out=tuple(_each_once((*first.left_out, *other.left_out))))
    return first if first.points else None


def programme_plan(programme: Programme, looking: Looking, knowledge: Knowledge) -> Plan | None:
    """A programme's points for this person, in its own order and all of them; None when no safe one is left."""
    steps = {step.point: step for step in programme.steps}
    verdicts = [screen(knowledge.points[point], looking, knowledge) for point in steps]
    kept = [replace(v, seconds=_seconds(steps[v.id], knowledge.points[v.id])) for v in verdicts if isinstance(v, Offered)]
    reasons = _each_once(reason for v in verdicts if isinstance(v, LeftOut) for reason in v.because)
    return Plan(programme.id, "standard", tuple(kept), (1,) * len(kept), tuple(reasons)) if kept else None


def _in_turn(wanted: list[Routine], own: list[Routine], variant: Variant) -> Iterator[Routine]:
    """The wanted routine, then the gentle one, then the rest; a partner's or an ear routine only when asked for."""
    yield from wanted
    rest = [r for r in own if r not in wanted and r.variant not in {"partner", "ear", variant}]
    yield from sorted(rest, key=lambda r: r.variant != "gentle")


def _screened(routine: Routine, conditions: tuple[str, ...], looking: Looking, knowledge: Knowledge) -> Plan:
    counts = _helps(conditions, knowledge)
    kept: list[Offered] = []
    reasons: list[Line] = []
    for step in _ranked(routine, conditions, counts, knowledge):
        verdict = screen(knowledge.points[step.point], looking, knowledge)
        if isinstance(verdict, LeftOut):
            reasons.extend(verdict.because)
        else:
            together = verdict.together and routine.variant != "one-hand"
            kept.append(replace(verdict, seconds=_seconds(step, knowledge.points[step.point]), together=together))
    kept = kept[:MOST_POINTS]
    helps = tuple(counts[point.id] for point in kept)
    return Plan(routine.id, routine.variant, tuple(kept), helps, tuple(_each_once(reasons)), posture=routine.posture)


def _ranked(routine: Routine, conditions: tuple[str, ...], counts: Counter[str], knowledge: Knowledge) -> list[RoutineStep]:
    """The routine's steps and, with several complaints, those of the same variant for the others: what serves more
    complaints comes first, then the order of the files."""
    others = (r for c in conditions[1:] for r in (knowledge.routines[id_] for id_ in knowledge.conditions[c].routines))
    steps = [*routine.steps, *(step for other in others if other.variant == routine.variant for step in other.steps)]
    unique = {step.point: step for step in reversed(steps)}
    return sorted((unique[point] for point in dict.fromkeys(s.point for s in steps)), key=lambda s: -counts[s.point])


def _helps(conditions: tuple[str, ...], knowledge: Knowledge) -> Counter[str]:
    counts: Counter[str] = Counter()
    for condition in conditions:
        routines = (knowledge.routines[id_] for id_ in knowledge.conditions[condition].routines)
        counts.update({step.point for routine in routines for step in routine.steps})
    return counts


def _seconds(step: RoutineStep, point: Point) -> int:
    return min(step.seconds or point.press.seconds, MOST_SECONDS)


def _each_once(lines: Iterable[Line]) -> list[Line]:
    seen: list[Line] = []
    for line in lines:
        if line not in seen:
            seen.append(line)
    return seen


def pressings(plan_: Plan) -> tuple[Pressing, ...]:
    """The plan as single pressings: each point, each side, in order."""
    return tuple(Pressing(p.id, side, p.seconds) for p in plan_.points for side in sides_in_turn(p))


def sides_in_turn(point: Offered) -> tuple[str, ...]:
    """The sides of a point in pressing order: one after the other, both at once, or the midline."""
    return ("both",) if point.together else point.sides or ("",)


def may_press(point: Offered, side: str) -> bool:
    """Whether a pressing on this side, planned a while ago, still fits what the screen says now."""
    return len(point.sides) == BOTH_SIDES if side == "both" else side in (point.sides or ("",))
