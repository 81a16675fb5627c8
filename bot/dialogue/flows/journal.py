"""How it has gone: courses of a complaint, favourites, history. What the journal itself holds stays in the store; the
seat keeps only what a step needs to decide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal, TypeAlias, get_args

from bot.catalog.model import Variant
from bot.catalog.model.lines import Line, Ref
from bot.dialogue.flows import agenda
from bot.dialogue.here import REMEMBERED_DAYS, Here, button, column, door, line, note, screen_reply
from bot.dialogue.kept import MOST_COURSES, MOST_FAVOURITES, MOST_TROUBLED, Course, Favourite, Trouble, Troubled
from bot.dialogue.states import AskComplaint, Case, Shelf
from bot.dialogue.values import Button, Commanded, Pressed, Reply, Rows, Seat, Step, Tell
from bot.routines.plan import variants

Verdict: TypeAlias = Literal["", "worse", "no_better"]
FORGOTTEN = dt.timedelta(days=30)
"""After such a pause a new course begins."""
LEAST_TIMES, KEPT_RATINGS = 3, 3


# ---------------------------------------------------------------- what a visit leaves behind


def facts_of(case: Case) -> Mapping[str, Any]:
    """What the journal keeps of a case."""
    return {"conditions": case.conditions, "variant": case.variant, "programme": case.programme, "other": case.guest is not None}


def done(case: Case, here: Here) -> Seat:
    """A routine was pressed to its end: its course goes on. Somebody else's is not kept."""
    if case.guest is not None or not case.conditions:
        return here.seat
    today = here.there(here.at).date()
    old = course_of(case.conditions[0], here)
    if old is None or today - old.last > FORGOTTEN:
        new = Course(case.conditions[0], case.variant, today, today, first=case.severity)
    else:
        new = replace(old, variant=case.variant, last=today, times=old.times + 1)
    return _following(_with(here.seat, new), case, today)


def rated(case: Case, after: int, here: Here) -> Seat:
    """The rating after it, beside the one before; also when it was stopped on the way."""
    if case.guest is not None or not case.conditions:
        return here.seat
    today = here.there(here.at).date()
    old = course_of(case.conditions[0], here) or Course(case.conditions[0], case.variant, today, today, times=0)
    before = old.before if case.severity is None else (*old.before, case.severity)[-KEPT_RATINGS:]
    first = old.first if old.first is not None else case.severity
    return _with(here.seat, replace(old, first=first, before=before, after=(*old.after, after)[-KEPT_RATINGS:]))


def rated_anew(case: Case, after: int, here: Here) -> Seat:
    """The newest rating, put right."""
    old = course_of(case.conditions[0], here) if case.guest is None and case.conditions else None
    return here.seat if old is None or not old.after else _with(here.seat, replace(old, after=(*old.after[:-1], after)))


def helped(case: Case, point: str, here: Here) -> Seat:
    """What helped most, for next time; "" is nothing that can be pressed."""
    old = course_of(case.conditions[0], here) if case.conditions else None
    return here.seat if old is None else _with(here.seat, replace(old, helped=point))


def helped_before(point: str, case: Case, here: Here) -> bool:
    """Whether it was this point that helped most the last time."""
    old = course_of(case.conditions[0], here) if case.conditions and case.guest is None else None
    return old is not None and old.helped == point


def course_of(condition: str, here: Here) -> Course | None:
    """How it has gone with this complaint."""
    return next((each for each in here.seat.courses if each.condition == condition), None)


def _with(seat: Seat, course: Course) -> Seat:
    rest = sorted((each for each in seat.courses if each.condition != course.condition), key=lambda each: each.last)
    return replace(seat, courses=(*rest, course)[-MOST_COURSES:])


def _following(seat: Seat, case: Case, today: dt.date) -> Seat:
    """A day of the programme was done; twice on one day counts once."""
    following = seat.following
    if following is None or following.programme != case.programme or following.last == today:
        return seat
    return replace(seat, following=replace(following, done=following.done + 1, last=today))


def verdict(case: Case, here: Here) -> Verdict:
    """Whether it is time to say: see a doctor, or try other points. By the complaint's own number of days."""
    course = course_of(case.conditions[0], here) if case.conditions and case.guest is None else None
    if course is None or course.first is None or len(course.before) < LEAST_TIMES:
        return ""
    if min(course.before) > course.first:
        return "worse"
    tried = course.last - course.since >= dt.timedelta(days=here.knowledge.conditions[course.condition].try_days)
    return "no_better" if tried and min(course.before) >= course.first else ""


# ---------------------------------------------------------------- points that hurt


def hurt(point: str, what: str, here: Here) -> Seat:
    """Remembered for next time."""
    known = next((each for each in get_args(Trouble) if each == what), None)
    if known is None:
        return here.seat
    rest = tuple(each for each in here.seat.troubled if each.point != point or (each.what == "dizzy") != (what == "dizzy"))
    new = Troubled(point, known, here.today)
    return replace(here.seat, troubled=(*rest, new)[-MOST_TROUBLED:])


def hurt_before(point: str, case: Case, here: Here) -> bool:
    """Whether it hurt there lately; now it may be pressed again."""
    return any(each.point == point for each in here.hurt(case, 0, REMEMBERED_DAYS))


def dizzy_before(case: Case, here: Here) -> bool:
    """Whether pressing made the same person dizzy lately."""
    late = (each for each in here.seat.troubled if (here.today - each.day).days <= REMEMBERED_DAYS)
    return case.guest is None and any(each.what == "dizzy" for each in late)


# ---------------------------------------------------------------- favourites and history


def is_favourite(case: Case, here: Here) -> bool:
    """Whether it is kept."""
    return agenda.what_of(case) in here.seat.favourites


def keep_button(case: Case, here: Here) -> Button:
    """Keep it, or let it go."""
    return button("favourites.drop", "keep") if is_favourite(case, here) else button("favourites.keep", "keep")


def kept(case: Case, here: Here) -> tuple[Seat, Reply]:
    """It becomes a favourite, or no longer is one."""
    what = agenda.what_of(case)
    rest = tuple(each for each in here.seat.favourites if each != what)
    if len(rest) < len(here.seat.favourites):
        return replace(here.seat, favourites=rest), note(line("favourites.dropped"))
    return replace(here.seat, favourites=(*rest, what)[-MOST_FAVOURITES:]), note(line("favourites.kept"))


def again(what: Favourite) -> str:
    """The door that opens it, screened anew."""
    if what.variant == "standard" and not what.programme:
        return f"again:{what.condition}"
    return f"again:{what.condition}:{what.variant}:{what.programme}".rstrip(":")


def last_time(condition: str, here: Here) -> str:
    """The door to what was pressed for it last time."""
    course = course_of(condition, here)
    return again(Favourite(condition, course.variant if course is not None else "standard"))


def again_case(way: str, here: Here) -> Case | None:
    """The case behind such a door; None when it is no longer known."""
    condition, variant, programme, *_ = (*way.split(":"), "", "")
    if condition not in here.knowledge.conditions:
        return None
    known = variants((condition,), here.knowledge)
    chosen: Variant = next((each for each in known if each == variant), "standard")
    return Case((condition,), variant=chosen, programme=programme if programme in here.knowledge.programmes else "")


def show_shelf(state: Shelf, here: Here) -> tuple[Reply, ...]:
    """Favourites, each with a door and a way to let it go; or what was pressed, the newest first."""
    return (_history(here),) if state.shows == "history" else (_favourites(here),)


def _favourites(here: Here) -> Reply:
    if not here.seat.favourites:
        return screen_reply((line("favourites.none"),), column(button("button.tell_me", "tell")))
    each: Rows = tuple(
        (
            door("reminders.for", again(what), what=agenda.what_words(what)),
            button("favourites.let_go", f"drop:{n}", number=n + 1),
        )
        for n, what in enumerate(here.seat.favourites)
    )
    return screen_reply((line("favourites.title"),), (*each, (button("button.tell_me", "tell"),)))


def _history(here: Here) -> Reply:
    courses = sorted(here.seat.courses, key=lambda course: course.last, reverse=True)
    if not courses:
        return screen_reply((line("history.none"),), column(button("button.tell_me", "tell")))
    lines: tuple[Line, ...] = tuple(_course_words(course) for course in courses)
    whats = tuple(Favourite(course.condition, course.variant) for course in courses)
    doors = tuple(door("reminders.for", again(what), what=agenda.what_words(what)) for what in whats[:6])
    return screen_reply((line("history.title"), *lines), column(*doors, button("button.tell_me", "tell")))


def _course_words(course: Course) -> Line:
    name = Ref("condition", course.condition, "name")
    times = max(course.times, 1)  # one that was stopped and rated was begun
    if course.before and course.after:
        return line(
            "history.rated",
            condition=name,
            times=times,
            last=course.last,
            before=course.before[-1],
            after=course.after[-1],
        )
    return line("history.item", condition=name, times=times, last=course.last)


def shelf_pressed(state: Shelf, event: Pressed, here: Here) -> Step[Shelf | AskComplaint]:
    """A favourite is let go."""
    number = event.action.partition(":")[2]
    if number.isdecimal() and int(number) < len(here.seat.favourites):
        rest = tuple(each for n, each in enumerate(here.seat.favourites) if n != int(number))
        return Step(state, (note(line("favourites.dropped")),), seat=replace(here.seat, favourites=rest))
    return Step(state)


# ---------------------------------------------------------------- what is answered outside


def said_progress(event: Commanded, here: Here) -> Step[None]:
    """/progress: the chart is drawn from the journal, after the commit."""
    del event
    if not any(course.after for course in here.seat.courses):
        return Step(None, (note(line("progress.none")),))
    return Step(None, effects=(Tell("progress"),), show=False)


def said_export(event: Commanded, here: Here) -> Step[None]:
    """/export: everything we have, as files."""
    del event
    if here.seat.settings.consent is None:
        return Step(None)
    return Step(None, effects=(Tell("export"),), show=False)
