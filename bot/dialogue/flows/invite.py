"""A reminder falls due: one invitation with door buttons, which lead somewhere sensible at any age.

It never changes the place where the person is, and says nothing about health unless they allowed it. None comes within
a day of an alarm. After three days without an answer it asks once whether to go on, and then falls silent.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeAlias

from bot.catalog.model.lines import Line
from bot.dialogue.flows import agenda
from bot.dialogue.flows.alarms import Ringing
from bot.dialogue.flows.questions import Next, go_on
from bot.dialogue.here import Here, button, column, door, line, note, screen_reply
from bot.dialogue.kept import Reminder
from bot.dialogue.planning import AskUntil, AskWhen, RemindersShown
from bot.dialogue.states import Alarmed, AskCleared, AskComplaint, AtPoint, Case, Crisis, ProfileShown, Rated
from bot.dialogue.values import Button, Due, Effect, Missed, Pressed, Record, Reply, Rows, Seat, Step
from bot.schedule import GRACE, day_ends, local_day, moment, next_day, this_evening

MOST_IGNORED = 3
CALM = dt.timedelta(hours=24)
"""No invitation comes so soon after an alarm."""
BUSY = dt.timedelta(minutes=30)
"""Somebody who began to press so lately needs no invitation."""
SNOOZES = {"snooze10": dt.timedelta(minutes=10), "snooze60": dt.timedelta(hours=1)}
TODAY_ONLY = ("snooze10", "snooze60", "evening", "done", "skip")
"""Answers that mean the day of the invitation; from an older one they only open the reminder."""
ANSWERED_WITHIN = dt.timedelta(hours=2)
"""So long after an invitation a word alone is an answer to it."""
SAID: Mapping[str, str] = {"later": "snooze60", "did": "done", "skip": "skip", "go": "start"}
"""Words alone that are buttons of an invitation."""
AT_REST = (AskComplaint, RemindersShown, Rated, ProfileShown)
"""Places where nothing else is asked that "done", "skip" or "start" could answer."""
REST = dt.timedelta(days=7)
NIGHT = dt.time(4)
"""Until then an invitation of the evening before still means today."""
Opened: TypeAlias = Next | AskCleared | AskComplaint | ProfileShown


# ---------------------------------------------------------------- it falls due


def due(event: Due, here: Here) -> Step[None]:
    """A timer of a reminder rang."""
    reminder = agenda.found(here.seat, event.reminder)
    if reminder is None or reminder.quiet or here.seat.settings.consent is None:
        return Step(None, show=False)
    meant = [at for at in (reminder.due, reminder.snoozed) if at is not None and at <= event.at]
    after = agenda.planned(reminder, here)
    says: tuple[Reply, ...] = ()
    if meant and event.at - event.planned >= GRACE:
        after = _once_more(after, event.planned, here)
    elif meant and not _out_of_place(here):
        says, after = _invited(replace(after, called=event.planned), here)
    elif meant and after.rings is None:
        after = _put_off(after, event.planned, here)
    silent = (after, *_ignored_too(after, here)) if after.quiet else (after,)
    return Step(None, says, tuple(agenda.timer(each) for each in silent), seat=_all_put(silent, here), show=False)


def _ignored_too(asked: Reminder, here: Here) -> tuple[Reminder, ...]:
    """The one question is for all that nobody answers."""
    day = local_day(here.at, here.zone)
    others = (each for each in here.seat.reminders if each.id != asked.id and not each.quiet)
    return tuple(replace(each, quiet=True, ignored=n) for each in others if (n := _days_ignored(each, day)) >= MOST_IGNORED)


def _days_ignored(reminder: Reminder, day: dt.date) -> int:
    return reminder.ignored + (reminder.invited is not None and reminder.invited < day)


def _all_put(reminders: tuple[Reminder, ...], here: Here) -> Seat:
    seat = here.seat
    for each in reminders:
        seat = agenda.put(seat, each)
    return seat


def missed(event: Missed, here: Here) -> Step[None]:
    """Nobody saw that invitation: it counts as one that fell due too late, and nobody ignored it."""
    unseen = [each for each in here.seat.reminders if each.invited is not None and _is_of(event.planned, each.called)]
    asked = any(each.quiet for each in unseen)  # the one question: who was silenced with it was not asked either
    with_it = (each for each in here.seat.reminders if asked and each.quiet and each not in unseen)
    again = tuple(_once_more(replace(each, invited=None, quiet=False), event.planned, here) for each in unseen)
    again += tuple(agenda.planned(replace(each, quiet=False), here) for each in with_it)
    return Step(None, effects=tuple(agenda.timer(each) for each in again), seat=_all_put(again, here), show=False)


def unanswered(timers: tuple[str, ...], here: Here) -> tuple[Seat, tuple[Effect, ...]]:
    """These timers rang, and a mistake of ours kept their reminders back. What comes once is tried once more, not every day for ever."""
    held = [each for each in here.seat.reminders if f"{agenda.TIMER}{each.id}" in timers]
    again = tuple(agenda.planned(each, here) if each.missed else _once_more(each, each.rings or here.at, here) for each in held)
    return _all_put(again, here), tuple(agenda.timer(each) for each in again)


def _is_of(planned: dt.datetime, called: dt.datetime | None) -> bool:
    """The same moment; a store may cut off parts of a second."""
    return called is not None and abs(called - planned) < dt.timedelta(seconds=1)


def _once_more(reminder: Reminder, planned: dt.datetime, here: Here) -> Reminder:
    """It comes with a kind line the next time."""
    return replace(_put_off(reminder, planned, here), missed=True)


def _put_off(reminder: Reminder, planned: dt.datetime, here: Here) -> Reminder:
    """To the next time; to the next day, if there is none, lest it be gone without a word."""
    reminder = agenda.planned(reminder, here)
    later = next_day(planned, here.at, here.zone) if reminder.rings is None else reminder.snoozed
    return replace(reminder, snoozed=later)


def _out_of_place(here: Here) -> bool:
    """An alarm is near, or the person is pressing already."""
    seat, state = here.seat, here.seat.state
    if isinstance(state, Alarmed | Crisis) or (seat.alarm is not None and here.at - seat.alarm.at < CALM):
        return True
    return isinstance(state, AtPoint) and state.left is None and here.at - state.began < BUSY


def _invited(reminder: Reminder, here: Here) -> tuple[tuple[Reply, ...], Reminder]:
    day = local_day(here.at, here.zone)
    ignored = _days_ignored(reminder, day)
    reminder = replace(reminder, ignored=ignored, invited=day)
    if ignored >= MOST_IGNORED:
        return (_asked(reminder, day),), replace(reminder, quiet=True, missed=False)
    return (_invitation(reminder, day, here),), replace(reminder, missed=False)


def _invitation(reminder: Reminder, day: dt.date, here: Here) -> Reply:
    missed = (line("remind.missed"),) if reminder.missed else ()
    told = here.seat.settings.open_lock and (reminder.what.condition or reminder.what.programme)
    time = line("remind.time_for", what=agenda.what_words(reminder.what)) if told else line("remind.time")
    evening = (_door("evening", reminder, day),) if this_evening(here.at, here.zone) is not None else ()
    rows: Rows = (
        (_door("start", reminder, day),),
        (_door("snooze10", reminder, day), _door("snooze60", reminder, day), *evening),
        (_door("done", reminder, day), _door("skip", reminder, day)),
        (_door("time", reminder, day), _door("pause", reminder, day), _door("delete", reminder, day)),
    )
    return Reply((*missed, time), rows, lasts="reminder", since=reminder.called)


def _asked(reminder: Reminder, day: dt.date) -> Reply:
    """The one question, and then silence."""
    lines: tuple[Line, ...] = (line("remind.ignored", days=MOST_IGNORED),)
    doors = tuple(_door(what, reminder, day) for what in ("keep", "rest", "time", "delete"))
    return Reply(lines, column(*doors), lasts="reminder", since=reminder.called)


def _door(what: str, reminder: Reminder, day: dt.date) -> Button:
    return door(f"remind.door_{what}", f"remind:{what}:{reminder.id}:{day.toordinal()}")


# ---------------------------------------------------------------- a button of an invitation


Answered: TypeAlias = Opened | RemindersShown | AskWhen | AskUntil | None


def pressed(action: str, here: Here) -> Step[Answered]:
    """`what:id:day`, from an invitation of any age."""
    what, _, rest = action.partition(":")
    id_, _, day = rest.partition(":")
    reminder = agenda.found(here.seat, id_)
    if reminder is None:
        return Step(RemindersShown(), (note(line("remind.gone")),))
    woken = replace(reminder, invited=None, ignored=0, quiet=False)
    woken = agenda.planned(woken, here) if reminder.quiet else woken
    here = here.moved(agenda.put(here.seat, woken))
    meant = next((each for each in _todays(here) if day == str(each.toordinal())), None)
    if what in TODAY_ONLY and meant is None:
        said = (note(line("remind.old")),)
        return Step(RemindersShown(id_), said, (agenda.timer(woken),), seat=here.seat)
    if what in TODAY_ONLY and meant is not None:
        return _for_today(what, woken, here, meant)
    return _answer(what, woken, here)


def _todays(here: Here) -> tuple[dt.date, ...]:
    """The day it is there; shortly after midnight also the one before."""
    today = here.there(here.at)
    return (today.date(), today.date() - dt.timedelta(days=1)) if today.time() < NIGHT else (today.date(),)


def _answer(what: str, reminder: Reminder, here: Here) -> Step[Answered]:
    if what == "start":
        return _started(reminder, here)
    if what == "time":
        return Step(AskWhen(reminder), effects=(agenda.timer(reminder),), seat=here.seat)
    if what == "pause":
        return Step(AskUntil(reminder.id, "pause"), effects=(agenda.timer(reminder),), seat=here.seat)
    if what == "delete":
        return deleted((reminder.id,), here)
    also = tuple(replace(each, invited=None, ignored=0, quiet=False) for each in here.seat.reminders if each.quiet)
    going_on = tuple(_rested(each, here) if what == "rest" else agenda.planned(each, here) for each in (reminder, *also))
    shown = RemindersShown("" if also else reminder.id)
    return Step(shown, effects=tuple(agenda.timer(each) for each in going_on), seat=_all_put(going_on, here))


def _rested(reminder: Reminder, here: Here) -> Reminder:
    resting = replace(reminder.rule, paused=local_day(here.at + REST, here.zone))
    return agenda.planned(replace(reminder, rule=resting), here)


def deleted(ids: tuple[str, ...], here: Here) -> Step[RemindersShown]:
    """Gone, with their timers."""
    gone = tuple(each for id_ in ids if (each := agenda.found(here.seat, id_)) is not None)
    effects = tuple(agenda.timer(replace(each, due=None, snoozed=None)) for each in gone)
    seat = here.seat
    for each in gone:
        seat = agenda.without(seat, each.id)
    said = line("reminders.deleted" if len(ids) == 1 else "reminders.all_deleted")
    return Step(RemindersShown(), (note(said),), effects, seat=seat)


def _started(reminder: Reminder, here: Here) -> Step[Answered]:
    """The routine, through every open question; after an alarm that was never closed, one question first."""
    reminder = replace(reminder, snoozed=None)
    here = here.moved(agenda.put(here.seat, reminder))
    effects = (agenda.timer(reminder), Record("reminder", {"did": "start"}))
    step = opened(agenda.case_of(reminder.what), here)
    return replace(step, effects=(*effects, *step.effects))


def opened(case: Case | None, here: Here) -> Step[Opened]:
    """A case from before is opened again; None asks what bothers the person."""
    if here.seat.alarm is not None and not here.seat.alarm.closed:
        return Step(AskCleared(case), seat=here.seat)
    return go_on(case, here) if case is not None else Step(AskComplaint(), seat=here.seat)


def _for_today(what: str, reminder: Reminder, here: Here, day: dt.date) -> Step[Answered]:
    """Later today, done, or not today: said in one line, the place stays."""
    reminder = replace(reminder, snoozed=None)
    key = f"remind.said_{what}"
    if what in SNOOZES or what == "evening":
        later = this_evening(here.at, here.zone) if what == "evening" else None
        reminder = replace(reminder, snoozed=later or here.at + SNOOZES.get(what, SNOOZES["snooze60"]))
        key = "remind.said_later"
    if what == "skip":
        over = day_ends(moment(dt.datetime.combine(day, dt.time()), here.zone), here.zone)
        reminder = agenda.planned(reminder, here, max(over, here.at))
    at = here.there(reminder.rings).time() if reminder.rings is not None and key == "remind.said_later" else None
    said = line("remind.said_later", at=at) if at is not None else line(f"remind.said_{what}")
    effects = (agenda.timer(reminder), Record("reminder", {"did": what}))
    return Step(None, (note(said),), effects, seat=agenda.put(here.seat, reminder), show=False)


def said_to_it(here: Here) -> Step[Answered] | None:
    """"Later", "done", "not today" or "start" and nothing else, soon after an invitation."""
    meant = SAID.get(here.heard.answer or "") if here.heard is not None else None
    state = here.seat.state
    if meant is None or isinstance(state, Alarmed | Crisis) or (meant != "snooze60" and not isinstance(state, AT_REST)):
        return None
    lately = (r for r in here.seat.reminders if r.invited is not None and r.called is not None and here.at - r.called < ANSWERED_WITHIN)
    newest = max(lately, key=lambda r: r.called or here.at, default=None)
    return pressed(f"{meant}:{newest.id}:{local_day(here.at, here.zone).toordinal()}", here) if newest is not None else None


# ---------------------------------------------------------------- after an alarm


def show_cleared(state: AskCleared, here: Here) -> tuple[Reply, ...]:
    """Is it over, before we go on?"""
    del state
    memory = here.seat.alarm
    facts = here.knowledge.alarms.get(memory.alarm) if memory is not None else None
    ask = "cleared.ask_crisis" if facts is not None and facts.crisis else "cleared.ask"
    buttons = column(button("cleared.yes", "yes"), button("cleared.no", "no"), button("button.numbers", "emergency"))
    return (screen_reply((line(ask),), buttons),)


def cleared(state: AskCleared, event: Pressed, here: Here) -> Step[Opened | Ringing]:
    """Yes goes on, through every question; no leads to what to do now."""
    memory = here.seat.alarm
    if event.action == "no" and memory is not None and memory.alarm in here.knowledge.alarms:
        if here.knowledge.alarms[memory.alarm].crisis:
            return Step(Crisis(memory.alarm))
        return Step(Alarmed(memory.alarm, "confirmed", state.case))
    if event.action != "yes":
        return Step(state)
    closed = replace(memory, closed=True) if memory is not None else None
    return opened(state.case, here.moved(replace(here.seat, alarm=closed)))
