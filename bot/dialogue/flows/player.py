"""Press with me: get ready, each point and side with a timer, trouble on the way.

A pressing has two parts: gentle at first, then firmer. For whom pressure stays light the second part is left out.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TypeAlias

from bot.catalog.model.lines import Line
from bot.dialogue.flows import journal
from bot.dialogue.flows.browse import beginners
from bot.dialogue.flows.questions import Next, onward, stood_too_long
from bot.dialogue.flows.routine import duration, planned
from bot.dialogue.here import Here, button, column, line, note, pairs, screen_reply
from bot.dialogue.states import (
    Alarmed,
    AskCombination,
    AtPoint,
    Case,
    GetReady,
    PlanShown,
    Rate,
    Trouble,
)
from bot.dialogue.values import (
    PLAYER_TIMER,
    Clock,
    DropTimer,
    Effect,
    Lasts,
    Picture,
    Pressed,
    Rang,
    Record,
    Reply,
    Rows,
    SetTimer,
    Step,
)
from bot.routines.plan import GENTLE_SECONDS, Plan, Pressing, may_press
from bot.safety.screen import MOST_SECONDS, LeftOut, Offered

LONGER = 30
AWAY = dt.timedelta(minutes=2)
"""So long after its time nobody is pressing any more: the point waits from its beginning."""
OTHER_SIDE = {"left": "right", "right": "left"}
CUES = ("where", "widths", "feel", "cant_find", "mistake")
ALARMING = {"contractions": "pregnancy-emergency", "chest": "cardiac"}
LEFT_ALONE = frozenset({"hurts", "numb"})
"""After these the point is left alone, and the others may be pressed."""
NECK, ASKED_OF_A_NECK = frozenset({"neck-back"}), "neck-dizzy-heard"
"""Numbness while the neck is pressed has the question that dizziness with a neck that hurts has. Felt anew, either is asked about anew."""
TROUBLES = ("hurts", "dizzy", "numb", "contractions", "chest", "other")
Playing: TypeAlias = AtPoint | Rate | PlanShown
Troubled: TypeAlias = Alarmed | AskCombination | Rate


def show_ready(state: GetReady, here: Here) -> tuple[Reply, ...]:
    """Posture, warm hands, how hard."""
    total = sum(s.seconds for s in state.steps)
    found = planned(state.case, here)
    posture = found.posture if found is not None else "any"
    dizzy = (line("ready.dizzy_before"),) if journal.dizzy_before(state.case, here) else ()
    lines = (*dizzy, line("ready.title", time=duration(max(total // 30, 1) * 30)), line(f"posture.{posture.replace('-', '_')}"), line("ready.how"))
    return (screen_reply(lines, column(button("ready.go", "go")), _how_to_press(found, here)),)


def _how_to_press(found: Plan | None, here: Here) -> Picture | None:
    """For who has not pressed to the end of a routine yet. The card says "then a little more", so nobody sees it for
    whom the pressure stays light."""
    if found is None or any(course.times for course in here.seat.courses) or any(point.light for point in found.points):
        return None
    return beginners("press")


def ready_pressed(state: GetReady, event: Pressed, here: Here) -> Step[AtPoint | GetReady | Rate | PlanShown | Next]:
    """Off we go."""
    if event.action == "go":
        asked = stood_too_long(state.case, here)
        return Step(asked) if asked is not None else at(state.case, state.steps, 0, here)
    return Step(state)


def at(case: Case, steps: tuple[Pressing, ...], index: int, here: Here, skipped: tuple[int, ...] = ()) -> Step[Playing]:
    """The pressing at `index`, screened again; what may no longer be shown is skipped with the reason."""
    says: tuple[Reply, ...] = ()
    while index < len(steps):
        verdict = here.offered(steps[index].point, case)
        if isinstance(verdict, Offered) and may_press(verdict, steps[index].side):
            state = AtPoint(case, steps, index, here.at, tuple(n for n in skipped if n != index))
            return Step(state, says, (_timer(state, verdict),), seat=here.seat)
        if isinstance(verdict, LeftOut):
            says = (*says, note(*(line("plan.left_out", reason=reason) for reason in verdict.because)))
        skipped, index = (*skipped, index), index + 1
    pressed = _pressed(steps, skipped)
    if not pressed:
        return Step(PlanShown(case), (*says, note(line("player.none_pressed"))), (DropTimer(PLAYER_TIMER),))
    record = Record("routine", journal.facts_of(case))
    return Step(Rate(case, pressed), says, (DropTimer(PLAYER_TIMER), record), seat=journal.done(case, here))


def _pressed(steps: tuple[Pressing, ...], skipped: tuple[int, ...]) -> tuple[str, ...]:
    """The points that were not skipped."""
    return _points(tuple(step for n, step in enumerate(steps) if n not in skipped))


def _points(steps: tuple[Pressing, ...]) -> tuple[str, ...]:
    """Each point once, in order."""
    return tuple(dict.fromkeys(step.point for step in steps))


def length(state: AtPoint) -> int:
    """Seconds of the present pressing, with what was added."""
    return state.steps[state.index].seconds + state.extra


def _timer(state: AtPoint, offered: Offered) -> Effect:
    """The next ring: the change from gentle to firm, or the end."""
    left = state.left if state.left is not None else length(state)
    passed = length(state) - left
    until = left if state.firm or offered.light or length(state) <= GENTLE_SECONDS else max(GENTLE_SECONDS - passed, 1)
    return SetTimer(PLAYER_TIMER, state.began + dt.timedelta(seconds=until))


def show_point(state: AtPoint, here: Here) -> tuple[Reply, ...]:
    """One point on one side: picture, where, how, and the timer."""
    pressing = state.steps[state.index]
    verdict = here.offered(pressing.point, state.case)
    if isinstance(verdict, LeftOut) or not may_press(verdict, pressing.side):
        because = verdict.because if isinstance(verdict, LeftOut) else (line("screen.side"),)
        return (screen_reply(tuple(line("plan.left_out", reason=r) for r in because), column(button("player.skip", "skip"))),)
    title = line("player.title", n=state.index + 1, count=len(state.steps), code=verdict.code, name=verdict.words("name"),
                 side=line(f"side.now_{pressing.side}" if pressing.side else "side.now_midline"))
    sore = (line("player.hurt_before"),) if journal.hurt_before(pressing.point, state.case, here) else ()
    lines = (title, *sore, line("player.where", where=verdict.words("landmark")), *_now(state, verdict))
    picture = Picture(points=(verdict.id,), text=line("point.picture_text", text=verdict.words("picture")))
    clock = Clock(state.began, length(state), state.left)
    other = OTHER_SIDE.get(pressing.side, "none") in verdict.sides
    lasts: Lasts = "player" if state.left is None else "reply"
    return (Reply(lines, _player_buttons(state, other_side=other), picture, slot="player", lasts=lasts, clock=clock),)


def _now(state: AtPoint, offered: Offered) -> tuple[Line, ...]:
    if state.cue:
        return (line("player.cue", cue=offered.words(CUES[state.cue - 1])), line("player.waits"))
    if state.left is not None:
        return (line("player.paused", left=duration(state.left)),)
    how = "player.light" if offered.light else ("player.firm" if state.firm else "player.gentle")
    more = (line("player.in_all", time=duration(length(state))),) if state.firm and state.extra else ()
    return (line(how, time=duration(length(state))), *more, line("player.press", press=offered.words("press")), line("player.breathe"))


def _player_buttons(state: AtPoint, *, other_side: bool) -> Rows:
    go_on = button("player.found" if state.cue else "player.resume", "resume")
    pause = go_on if state.left is not None else button("player.pause", "pause")
    first = (pause, button("player.skip", "skip"), button("player.repeat", "repeat"))
    swap = (button("player.other_side", "swap"),) if other_side else ()
    second = (button("player.longer", "longer"), button("player.cant_find", "cue"), *swap)
    return (first, second, (button("player.trouble", "trouble"), button("player.stop", "stop")))


def rang(state: AtPoint, event: Rang, here: Here) -> Step[Playing]:
    """The gentle part is over, or the pressing is."""
    if event.timer != PLAYER_TIMER or state.left is not None:
        return Step(state, show=False)
    if dt.timedelta(seconds=event.late) > AWAY:
        return Step(replace(state, firm=False, left=length(state), cue=0), (note(line("player.interrupted")),))
    verdict = here.offered(state.steps[state.index].point, state.case)
    gentle = not state.firm and isinstance(verdict, Offered) and not verdict.light and length(state) > GENTLE_SECONDS
    if gentle and isinstance(verdict, Offered):
        firm = replace(state, firm=True, cue=0)
        end = SetTimer(PLAYER_TIMER, state.began + dt.timedelta(seconds=length(state)))
        return Step(firm, (replace(note(line("player.firmer")), lasts="player"),), (end,), show=False)
    return at(state.case, state.steps, state.index + 1, here, state.skipped)


def player_pressed(state: AtPoint, event: Pressed, here: Here) -> Step[AtPoint | Rate | Trouble | Alarmed | PlanShown | Next]:
    """A button of the player; after days, what may have changed is asked first."""
    action = event.action
    asked = stood_too_long(state.case, here) if not action.startswith(("trouble", "stop")) else None
    if asked is not None:
        return Step(asked, effects=(DropTimer(PLAYER_TIMER),))
    if action in {"pause", "resume"}:
        return _paused(state, here) if action == "pause" else _resumed(state, here)
    if action in {"skip", "repeat"}:
        skipped = (*state.skipped, state.index) if action == "skip" else state.skipped
        return at(state.case, state.steps, state.index + (action == "skip"), here, skipped)
    if action in {"longer", "swap"}:
        return _longer(state, here) if action == "longer" else _swapped(state, here)
    if action.startswith(("trouble", "stop")):
        return _stopped(state, event, here)
    return _searching(state, here) if action == "cue" else Step(state)


def _stopped(state: AtPoint, event: Pressed, here: Here) -> Step[Trouble | Alarmed | Rate | AtPoint | PlanShown | Next]:
    """By the person, or by a trouble; one that was typed says which."""
    if event.action == "stop":
        return Step(Rate(state.case, _pressed(state.steps[: state.index + 1], state.skipped)), effects=(DropTimer(PLAYER_TIMER),))
    place = Trouble(state.case, state.steps, state.index, state.skipped)
    return Step(place, effects=(DropTimer(PLAYER_TIMER),)) if event.action == "trouble" else trouble_pressed(place, event, here)


def _searching(state: AtPoint, here: Here) -> Step[AtPoint]:
    """The next cue; the clock waits until the point is found."""
    return Step(replace(at_rest(state, here.at), cue=state.cue % len(CUES) + 1), effects=(DropTimer(PLAYER_TIMER),))


def _paused(state: AtPoint, here: Here) -> Step[AtPoint]:
    if state.left is not None:
        return Step(state)
    return Step(at_rest(state, here.at), effects=(DropTimer(PLAYER_TIMER),))


def at_rest(state: AtPoint, at_: dt.datetime) -> AtPoint:
    """The same place, paused: also how it waits while the person is elsewhere."""
    if state.left is not None:
        return state
    return replace(state, left=min(max(length(state) - int((at_ - state.began).total_seconds()), 1), length(state)))


def _resumed(state: AtPoint, here: Here) -> Step[AtPoint]:
    if state.left is None:
        return Step(state)
    began = here.at - dt.timedelta(seconds=length(state) - state.left)
    return _timed(replace(state, left=None, began=began, cue=0), here)


def _longer(state: AtPoint, here: Here) -> Step[AtPoint]:
    extra = min(state.extra + LONGER, MOST_SECONDS - state.steps[state.index].seconds)
    if state.left is not None:
        return Step(replace(state, extra=extra, left=state.left + extra - state.extra))
    return _timed(replace(state, extra=extra), here)


def _swapped(state: AtPoint, here: Here) -> Step[Playing]:
    """The other side first; both keep their turn."""
    pressing = state.steps[state.index]
    verdict = here.offered(pressing.point, state.case)
    if isinstance(verdict, LeftOut) or OTHER_SIDE.get(pressing.side, "none") not in verdict.sides:
        return Step(state)
    steps = tuple(replace(s, side=OTHER_SIDE.get(s.side, s.side)) if s.point == pressing.point else s for s in state.steps)
    return at(state.case, steps, state.index, here, state.skipped)


def _timed(state: AtPoint, here: Here) -> Step[AtPoint]:
    """The same place with its timer set anew."""
    verdict = here.offered(state.steps[state.index].point, state.case)
    light = isinstance(verdict, LeftOut) or verdict.light
    passed = (here.at - state.began).total_seconds()
    to_firm = not state.firm and not light and passed < GENTLE_SECONDS < length(state)
    until = GENTLE_SECONDS if to_firm else length(state)
    return Step(state, effects=(SetTimer(PLAYER_TIMER, state.began + dt.timedelta(seconds=until)),))


# ---------------------------------------------------------------- trouble


def show_trouble(state: Trouble, here: Here) -> tuple[Reply, ...]:
    """We stopped. What was it?"""
    del state, here
    each = tuple(button(f"trouble.{t}", f"trouble:{t}") for t in TROUBLES)
    return (screen_reply((line("trouble.ask"),), (*pairs(each), (button("trouble.nothing", "resume"),))),)


def trouble_pressed(state: Trouble, event: Pressed, here: Here) -> Step[Trouble | Alarmed | Rate | AtPoint | PlanShown | Next]:
    """Each trouble has its own answer; the dangerous ones end the routine."""
    action, _, what = event.action.partition(":")
    if action == "resume":
        asked = stood_too_long(state.case, here)
        return Step(asked) if asked is not None else at(state.case, state.steps, state.index, here, state.skipped)
    if what not in TROUBLES:
        return Step(state)
    return troubled(what, state, here)


def troubled(what: str, state: GetReady | AtPoint | Trouble | Rate, here: Here) -> Step[Troubled]:
    """What is to be done about it; what went wrong at a point is kept with that point."""
    pressed = _pressed_before(state)
    point = pressed[-1] if isinstance(state, Rate) and pressed else ""
    point = state.steps[state.index].point if isinstance(state, AtPoint | Trouble) else point
    record = Record("trouble", {"what": what, **({"point": point} if point else {})})
    if what in ALARMING:
        return Step(Alarmed(ALARMING[what]), effects=(record,), forget_trail=True)
    seat = journal.hurt(point, what, here) if point and state.case.guest is None else here.seat
    ruled = tuple(rule for rule in state.case.ruled if rule != ASKED_OF_A_NECK or what not in {"dizzy", "numb"})
    case = replace(state.case, heard=state.case.heard | {what}, ruled=ruled)
    following = onward(case, here.moved(seat))
    if what == "numb" and point and here.knowledge.points[point].region in NECK:
        following = AskCombination(case, ASKED_OF_A_NECK)
    says = (note(line(f"trouble.{what}_now")),)
    if isinstance(following, AskCombination):
        return Step(following, says, (record,), seat=seat)
    return Step(_rate_or_on(what, state, pressed), says, (record,), seat=seat)


def _pressed_before(state: GetReady | AtPoint | Trouble | Rate) -> tuple[str, ...]:
    if isinstance(state, Rate):
        return state.pressed
    return _pressed(state.steps[: state.index], state.skipped) if isinstance(state, AtPoint | Trouble) else ()


def _rate_or_on(what: str, state: GetReady | AtPoint | Trouble | Rate, pressed: tuple[str, ...]) -> Rate:
    """How it is now; and where only this point is to be left alone, the way on without it."""
    if what not in LEFT_ALONE or not isinstance(state, AtPoint | Trouble):
        return Rate(state.case, pressed)
    alone = state.steps[state.index].point
    before = tuple(step for n, step in enumerate(state.steps[: state.index]) if n not in state.skipped and step.point != alone)
    after = tuple(step for step in state.steps[state.index + 1 :] if step.point != alone)
    return Rate(state.case, pressed, (*before, *after), len(before)) if after else Rate(state.case, pressed)
