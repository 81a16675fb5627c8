"""Abuse: doors only. No place, no memory, no journal, no follow-up; even the country is chosen without being kept.

Beside an alarm they are asked about once more when it is closed, unless the person answered; only a moment is kept for that.

For some minutes the token of the screen, which nothing else needs then, tells that these doors were the last thing shown: what is
said next is answered by them, and not with anything else. The next screen of any kind takes that away."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from bot.dialogue.flows.numbers import COUNTRIES_A_PAGE, for_young, numbers, words_to_do
from bot.dialogue.gate import BESIDE_ALARMS, HOLDING, standing
from bot.dialogue.here import Here, door, line, pairs
from bot.dialogue.states import Gone, State
from bot.dialogue.typed import PLAIN
from bot.dialogue.values import Reply, Rows, Said, Seat, Step

ALARM = "abuse-danger"
WAY_OUT = "private:exit"
KINDS = ("abuse", "child")
"""Lines for children stand beside those for abuse."""
OPEN, READ = ".", ","
"""How the token begins while the doors stand there, and once it was said that reading is safe; then the moment in seconds."""
STANDS_SECONDS = 1800
WAITS = dt.timedelta(days=2)
"""So long the question may wait behind an alarm."""
HELP = "emergency"
"""The question about help in danger."""
MIND = "mind-sleep"
"""Complaints of this kind do not lead away: fear and sleepless nights belong to it."""


def token(here: Here, *, read: bool = False) -> str:
    """In place of the token of a screen."""
    return f"{READ if read else OPEN}{int(here.at.timestamp()):x}"


def stands(event: Said, here: Here) -> bool:
    """Whether the doors were the last thing that was shown, a short while ago, and nothing else is spoken of. An alarm is answered
    first."""
    return standing(here.seat) is None and _shown(here) and not _elsewhere(event, here)


def answered_by(event: Said, here: Here) -> bool:
    """Whether a plain answer is one to the question that was the last thing shown, not to the place that waits behind it."""
    return standing(here.seat) is None and _shown(here) and here.meaning(event.words).answer in PLAIN


def may_read(here: Here) -> bool:
    """Whether it was said a short while ago that reading is safe."""
    return here.seat.turn[:1] == READ and _shown(here)


def is_mark(turn: str) -> bool:
    """Whether it stands in place of the token of a screen; such a one is written down nowhere else."""
    return turn[:1] in {OPEN, READ}


def forgotten(seat: Seat, at: dt.datetime) -> Seat:
    """The seat without a mark whose time is over: it goes with the next event of any kind."""
    if seat.aside is not None and not dt.timedelta(0) <= at - seat.aside <= WAITS:
        seat = replace(seat, aside=None)
    return replace(seat, turn="") if is_mark(seat.turn) and not _holds(seat.turn, at) else seat


def waiting(seat: Seat, here: Here) -> Seat:
    """The seat in an alarm: what was told of abuse with it, or just before and not answered, is asked about after it."""
    told = here.heard is not None and any(a.id in here.knowledge.alarms and here.knowledge.alarms[a.id].private for a in here.heard.alarms)
    unanswered = here.seat.turn[:1] == OPEN and _shown(here)
    return replace(seat, aside=here.at) if told or unanswered else seat


def asked_after(answer: Step[Any], state: State, here: Here) -> Step[Any]:
    """Where the last alarm is closed, the question that stood beside it comes by itself; the next place waits behind it."""
    seat = answer.seat if answer.seat is not None else here.seat
    if seat.aside is None or standing(here.seat) is None or isinstance(state, (*HOLDING, *BESIDE_ALARMS, Gone)):
        return answer
    says = (*answer.says, *show_private("first", here))
    return replace(answer, says=says, seat=replace(seat, aside=None, turn=token(here)), show=False)


def _holds(turn: str, at: dt.datetime) -> bool:
    return is_mark(turn) and 0 <= at.timestamp() - int(turn[1:], 16) <= STANDS_SECONDS


def _shown(here: Here) -> bool:
    return _holds(here.seat.turn, here.at)


def _elsewhere(event: Said, here: Here) -> bool:
    """Words about something else altogether: a point, a complaint of another kind, a question of ours nearly to the letter."""
    heard, conditions = here.heard, here.knowledge.conditions
    if heard is None or heard.point is not None or (heard.question is not None and _asked(event, here) == heard.question):
        return True
    surely = heard.wanted if heard.decision == "sure" else ()
    return any(conditions[c].category != MIND for c in surely if c in conditions)


def _asked(event: Said, here: Here) -> str | None:
    """The question whose own words these are, or nearly; one about help stays with the doors."""
    questions = {id_: each.question for id_, each in here.words.questions.items() if id_ in here.knowledge.questions}
    asked = here.ctx.understanding[here.seat.settings.language].choice(event.words, questions)
    return None if asked == HELP else asked


def said_next(here: Here, country: str = "") -> Step[State]:
    """Whatever is said beside the doors: the numbers for who may read them, of the `country` that was named; else the same question
    again. That makes nothing stand longer."""
    shown = f"in:{country}" if country else "numbers"
    return Step(here.seat.state, show_private(shown if may_read(here) else "first", here), show=False)


def show_private(step: str, here: Here) -> tuple[Reply, ...]:
    """First: is it safe to read this? Then the numbers, of any country in one tap more. The way out is always there."""
    what, _, which = step.partition(":")
    exit_ = door("private.exit", WAY_OUT)
    if what == "exit":
        return (Reply((line("private.neutral"),), slot="screen", edit=True),)
    if what == "first":
        rows: Rows = ((door("private.yes", "private:numbers"),), (exit_,), *_else(here))
        return (Reply((line("private.safe_to_read"),), rows, slot="screen", lasts="private"),)
    if what == "where":
        return (Reply((line("private.where"),), (*_countries(which, here), (exit_,)), slot="screen", edit=True, lasts="private"),)
    country = which if what == "in" and which in here.knowledge.countries else ""
    lines = (*words_to_do(ALARM, here, country), *numbers(KINDS, here, country), *for_young(here, country), line("private.nothing_kept"))
    return (Reply(lines, ((door("button.country", "private:where"),), (exit_,), *_else(here)), slot="screen", edit=True, lasts="private"),)


def _else(here: Here) -> Rows:
    """The way back for whose words only sounded like it; beside an alarm the alarm has its own ways."""
    return () if standing(here.seat) is not None else ((door("private.else", "private:else"),),)


def _countries(page: str, here: Here) -> Rows:
    every = sorted(here.knowledge.countries.values(), key=lambda country: country.name)
    pages = -(-len(every) // COUNTRIES_A_PAGE)
    number = int(page) % pages if page.isdecimal() else 0
    shown = every[number * COUNTRIES_A_PAGE : (number + 1) * COUNTRIES_A_PAGE]
    more: Rows = ((door("button.more_list", f"private:where:{(number + 1) % pages}"),),) if pages > 1 else ()
    return (*pairs(tuple(door("settings.name", f"private:in:{each.id}", name=each.name) for each in shown)), *more)
