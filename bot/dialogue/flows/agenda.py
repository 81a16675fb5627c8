"""The reminders of a person as plain arithmetic: when each rings next, and the timers that make them ring."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from bot.catalog.model.lines import Line, Ref
from bot.dialogue.here import Here, line
from bot.dialogue.kept import MOST_REMINDERS, Favourite, Reminder
from bot.dialogue.states import Case
from bot.dialogue.values import DropTimer, Effect, Seat, SetTimer
from bot.schedule import Rule, next_due

TIMER = "reminder:"
"""Timers of this name are reminders; what stands behind it is the reminder's id."""
ZONES = "zones"
"""The timer of everybody with reminders when the rules of the time zones have changed."""
WORKDAYS, WEEKEND = (0, 1, 2, 3, 4), (5, 6)


def found(seat: Seat, id_: str) -> Reminder | None:
    """The reminder of that id."""
    return next((each for each in seat.reminders if each.id == id_), None)


def put(seat: Seat, reminder: Reminder) -> Seat:
    """The seat with this reminder, in its place or as the newest."""
    if found(seat, reminder.id) is None:
        return replace(seat, reminders=(*seat.reminders, reminder)[-MOST_REMINDERS:])
    return replace(seat, reminders=tuple(reminder if each.id == reminder.id else each for each in seat.reminders))


def without(seat: Seat, id_: str) -> Seat:
    """The seat without it."""
    return replace(seat, reminders=tuple(each for each in seat.reminders if each.id != id_))


def planned(reminder: Reminder, here: Here, after: dt.datetime | None = None) -> Reminder:
    """Planned anew from its rule and the person's clock; a snooze that lies ahead stays."""
    snoozed = reminder.snoozed if reminder.snoozed is not None and reminder.snoozed > here.at else None
    return replace(reminder, due=next_due(reminder.rule, after or here.at, here.zone), snoozed=snoozed)


def timer(reminder: Reminder) -> Effect:
    """The timer for its next ring, or none."""
    name, rings = f"{TIMER}{reminder.id}", reminder.rings
    return SetTimer(name, rings) if rings is not None else DropTimer(name)


def all_planned(here: Here) -> tuple[Seat, tuple[Effect, ...]]:
    """Every reminder planned anew: the person came back, the zone or its rules changed."""
    reminders = tuple(planned(each, here) for each in here.seat.reminders)
    return replace(here.seat, reminders=reminders), tuple(timer(each) for each in reminders)


def case_of(what: Favourite) -> Case | None:
    """What is opened for it; None: the person is asked what bothers them."""
    return Case((what.condition,), variant=what.variant, programme=what.programme) if what.condition else None


def what_of(case: Case) -> Favourite:
    """What would bring this case back."""
    return Favourite(case.conditions[0] if case.conditions else "", case.variant, case.programme)


# ---------------------------------------------------------------- in words


def what_words(what: Favourite) -> Line:
    """What it is for."""
    if what.programme:
        return line("reminders.programme", name=Ref("programme", what.programme, "name"))
    if not what.condition:
        return line("reminders.anything")
    return line(
        "reminders.what", condition=Ref("condition", what.condition, "name"), variant=line(f"variant.{what.variant}")
    )


def rule_words(rule: Rule) -> Line:
    """Times and days."""
    times = tuple(line("reminders.time", at=each) for each in sorted(rule.times))
    day = once(rule)
    return line("reminders.rule", times=times, days=line("reminders.once", day=day) if day is not None else days_words(rule.days))


def on_day(rule: Rule, day: dt.date) -> Rule:
    """That day only."""
    return replace(rule, days=(), paused=day, until=day)


def on_days(rule: Rule, days: tuple[int, ...]) -> Rule:
    """These days of the week, again and again."""
    return replace(rule, days=days, paused=None, until=None) if once(rule) is not None else replace(rule, days=days)


def without_over(seat: Seat) -> Seat:
    """Without those that came once and will not come again."""
    living = (each for each in seat.reminders if each.rings is not None or each.quiet or once(each.rule) is None)
    return replace(seat, reminders=tuple(living))


def once(rule: Rule) -> dt.date | None:
    """The one day of a rule that has only one."""
    return rule.until if rule.until is not None and rule.until == rule.paused else None


def days_words(days: tuple[int, ...]) -> Line:
    """Every day, Monday to Friday, the weekend, or the days by name."""
    if not days:
        return line("reminders.every_day")
    if days in (WORKDAYS, WEEKEND):
        return line("reminders.workdays" if days == WORKDAYS else "reminders.weekend")
    return line("reminders.some_days", days=tuple(line(f"weekday.{day}") for day in days))


def next_words(reminder: Reminder, here: Here) -> Line:
    """When it comes next, on the person's clock."""
    if reminder.quiet:
        return line("reminders.quiet")
    if reminder.rings is None:
        return line("reminders.over")
    return line(
        "reminders.next", day=line(f"weekday.{here.there(reminder.rings).weekday()}"), at=here.there(reminder.rings)
    )
