"""A wish for a reminder, said anywhere; and what is said to the one on the screen: that it is to be silent, to rest, to go, to come again, or at
another hour."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.asked import Asked
from bot.dialogue.flows import agenda, doors, passing, reminders
from bot.dialogue.flows.invite import deleted
from bot.dialogue.here import Here, line, note
from bot.dialogue.kept import Favourite, Reminder
from bot.dialogue.planning import AskUntil, RemindersShown
from bot.dialogue.states import Alarmed, Crisis, Gone, Welcome
from bot.dialogue.values import HearsTimes, Said, Step

NOT_HERE = (Welcome, Gone, Alarmed, Crisis)
HOLIDAYS = "holidays"
"""A question about them is no wish to rest."""


def said(event: Said, here: Here) -> Step[Any] | None:
    """On the page of one reminder, and on the list where there is only one. Words that ask for a new one are none of these."""
    state, hears = here.seat.state, here.ctx.times.get(here.seat.settings.language)
    if not isinstance(state, RemindersShown) or hears is None or hears.asks(event.words):
        return None
    only = here.seat.reminders[0] if len(here.seat.reminders) == 1 else None
    reminder = agenda.found(here.seat, state.open) or only
    if reminder is None or (here.heard is not None and here.heard.answer == HOLIDAYS):
        return None
    if hears.stops(event.words):
        return _silent(only, here) if only is not None and state.open else None
    told = here.times(event.words)
    if told.rests and told.until is None and not told.times and not told.either and told.days is None:
        return Step(AskUntil(reminder.id, "pause"))
    return _switched(event, reminder, hears, here) or _moved(event, reminder, told, here)


def _switched(event: Said, reminder: Reminder, hears: HearsTimes, here: Here) -> Step[Any] | None:
    """Off is silent until it is switched on again, which is easily undone; it goes only where that is said."""
    way = hears.switched(event.words)
    if way == "off":
        return _silent(reminder, here)
    if way == "drop":
        return deleted((reminder.id,), here)
    rule = replace(reminder.rule, paused=None) if agenda.once(reminder.rule) is None else reminder.rule
    return reminders.saved(replace(reminder, quiet=False, ignored=0, invited=None, rule=rule), here) if way == "on" else None


def _silent(reminder: Reminder, here: Here) -> Step[Any]:
    silent = replace(reminder, quiet=True, snoozed=None)
    return Step(RemindersShown(reminder.id), (), (agenda.timer(silent),), seat=agenda.put(here.seat, silent), forget_trail=True)


def _moved(event: Said, reminder: Reminder, told: Asked, here: Here) -> Step[Any] | None:
    """A bare hour among words that change something; and a time or days that it has already, which change nothing."""
    if told.remind or told.minutes is not None or told.rarer:
        return None
    if not told.times and not told.either and told.days is None and told.until is None:
        hour = here.moved_to(event.words)
        return reminders.changed_in_words(RemindersShown(reminder.id), hour, here) if hour != Asked() else None
    as_it_is = told.times and told.times == reminder.rule.times and told.days in {None, reminder.rule.days} and told.until is None and told.ahead is None
    return Step(RemindersShown(reminder.id), (note(line("reminders.saved")),)) if as_it_is else None


def wanted(event: Said, here: Here) -> Step[Any] | None:
    """Said anywhere but in an alarm: `remind me every day at 9 pm`; on the list of reminders also without `remind me`."""
    hears = here.ctx.times.get(here.seat.settings.language)
    if hears is None or isinstance(here.seat.state, NOT_HERE):
        return None
    if hears.stops(event.words):
        return passing.noted_first(lambda _now: Step(RemindersShown()), doors.open_case(here), here)
    meant = _meant(event, here)
    told_anew = meant is not None and here.meaning(event.words).decision == "sure"
    on_the_list = isinstance(here.seat.state, RemindersShown) and not told_anew
    if not on_the_list and not hears.asks(event.words):
        return None
    told = here.times(event.words)
    changed = reminders.changed_in_words(here.seat.state, told, here) if on_the_list and isinstance(here.seat.state, RemindersShown) else None
    if changed is not None:
        return passing.noted_first(lambda _now: changed, doors.open_case(here), here)
    by_itself = told.times or told.either or told.minutes
    if not by_itself and not (told.remind and (told.days is not None or told.ahead is not None or told.rarer or meant is not None)):
        return None
    case = doors.open_case(here)
    what = agenda.what_of(case) if case is not None and case.guest is None else Favourite()
    for_what = Favourite(meant) if meant is not None else what
    return passing.noted_first(lambda now: reminders.in_words(told, for_what, now), doors.open_case(here), here)


def _meant(event: Said, here: Here) -> str | None:
    """The complaint the words name. It need not be sure: what the reminder is for stands on its page, and is changed there."""
    meaning = here.meaning(event.words)
    named = meaning.decision != "none" and meaning.wanted and meaning.wanted[0] in here.knowledge.conditions
    return meaning.wanted[0] if named else None
