"""/reminders: the list, one reminder with everything that can be changed about it, and the way to a new one.

A new one is a draft that goes from question to question (what, when, which days, the time zone once) until it is whole.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TypeAlias

from bot.asked import MOST_TIMES, Asked
from bot.catalog.model.lines import Line
from bot.dialogue.flows import agenda
from bot.dialogue.flows.invite import deleted
from bot.dialogue.here import Here, button, column, line, note, pairs, screen_reply
from bot.dialogue.kept import MOST_REMINDERS, Favourite, Reminder
from bot.dialogue.planning import AskDays, AskUntil, AskWhat, AskWhen, AskZone, RemindersShown
from bot.dialogue.values import Button, Pressed, Reply, Rows, Said, Step
from bot.schedule import Rule, local_day

TIMES = tuple(dt.time.fromisoformat(each) for each in ("07:00", "08:00", "12:30", "18:00", "21:00", "22:00"))
SPANS = {"pause": (1, 3, 7, 14, 30), "until": (7, 14, 28, 42, 84)}
"""Days to choose from: how long to rest, how long to go on."""
EVERY_DAY: tuple[int, ...] = ()
DAY, MINUTE = dt.timedelta(days=1), dt.timedelta(minutes=1)
DAYS = {"all": EVERY_DAY, "work": agenda.WORKDAYS, "weekend": agenda.WEEKEND}
Drafting: TypeAlias = AskWhat | AskWhen | AskDays | AskZone | RemindersShown


# ---------------------------------------------------------------- the list and one of it


def show_reminders(state: RemindersShown, here: Here) -> tuple[Reply, ...]:
    """All of them with their next time, or one with what can be changed."""
    reminder = agenda.found(here.seat, state.open)
    if reminder is not None:
        return (_one(reminder, here),)
    each = tuple(_item(r, here) for r in here.seat.reminders)
    lines = (line("reminders.title"), *(each or (line("reminders.none"),)), _clock(here))
    open_ = tuple(
        button("reminders.open", f"open:{r.id}", number=n, rule=agenda.rule_words(r.rule))
        for n, r in enumerate(here.seat.reminders, 1)
    )
    lock = button("reminders.lock_off" if here.seat.settings.open_lock else "reminders.lock_on", "lock")
    none = (button("reminders.delete_all", "none"),) if len(open_) > 1 else ()
    rows = (*column(*open_), (button("reminders.new", "new"), *none), (button("zone.change", "zone"), lock))
    return (screen_reply(lines, rows),)


def _item(reminder: Reminder, here: Here) -> Line:
    """One of the list."""
    what, rule = agenda.what_words(reminder.what), agenda.rule_words(reminder.rule)
    next_, rests = agenda.next_words(reminder, here), _rests_until(reminder, here)
    if rests is None:
        return line("reminders.item", what=what, rule=rule, next=next_)
    return line("reminders.item_rests", what=what, rule=rule, rests=line("reminders.paused", day=rests), next=next_)


def _rests_until(reminder: Reminder, here: Here) -> dt.date | None:
    """The first day on which it may come again. What comes only once has its day, and no rest."""
    paused = reminder.rule.paused
    rests = agenda.once(reminder.rule) is None and paused is not None and paused > local_day(here.at, here.zone)
    return paused if rests else None


def _clock(here: Here) -> Line:
    zone = here.seat.settings.zone
    return line("zone.now", zone=zone, at=here.there(here.at).time()) if zone else line("zone.unknown")


def _one(reminder: Reminder, here: Here) -> Reply:
    rule = reminder.rule
    lines = [
        line("reminders.one", what=agenda.what_words(reminder.what), rule=agenda.rule_words(rule)),
        agenda.next_words(reminder, here),
    ]
    rests = _rests_until(reminder, here)
    if rests is not None:
        lines.append(line("reminders.paused", day=rests))
    if agenda.once(rule) is None and rule.until is not None:
        lines.append(line("reminders.until", day=rule.until))
    pause = button("reminders.resume", "resume") if rests is not None or reminder.quiet else button("reminders.pause", "pause")
    changes = (
        button("reminders.change_time", "time"),
        button("reminders.change_days", "days"),
        pause,
        button("reminders.end", "until"),
    )
    last = (button("reminders.delete", "delete"), button("reminders.all", "all"))
    return screen_reply((*lines, _clock(here)), (*pairs(changes), last))


def reminders_pressed(state: RemindersShown, event: Pressed, here: Here) -> Step[Drafting | AskUntil]:
    """Of the list or of one."""
    action, _, id_ = event.action.partition(":")
    if action == "lock":
        settings = replace(here.seat.settings, open_lock=not here.seat.settings.open_lock)
        return Step(state, seat=replace(here.seat, settings=settings))
    places: dict[str, Drafting] = {"new": AskWhat(), "zone": AskZone(), "all": RemindersShown(), "open": RemindersShown(id_)}
    if action == "none":
        return deleted(tuple(each.id for each in here.seat.reminders), here)
    if action == "new" and len(agenda.without_over(here.seat).reminders) >= MOST_REMINDERS:
        return Step(state, (note(line("reminders.too_many", most=MOST_REMINDERS)),))
    reminder = agenda.found(here.seat, state.open)
    if action in places or reminder is None:
        return Step(places.get(action, state))
    return _changed(action, reminder, here)


def _changed(action: str, reminder: Reminder, here: Here) -> Step[Drafting | AskUntil]:
    if action == "delete":
        return deleted((reminder.id,), here)
    if action == "resume":
        return saved(
            replace(reminder, quiet=False, ignored=0, invited=None, rule=replace(reminder.rule, paused=None)), here
        )
    if action in {"pause", "until"}:
        return Step(AskUntil(reminder.id, "pause" if action == "pause" else "until"))
    return Step(
        AskDays(reminder)
        if action == "days"
        else AskWhen(reminder)
        if action == "time"
        else RemindersShown(reminder.id)
    )


# ---------------------------------------------------------------- a draft becomes a reminder


def draft(what: Favourite) -> Reminder:
    """A new one, as yet without a time."""
    return Reminder("", what, Rule(()))


def onward(reminder: Reminder, here: Here, *says: Reply) -> Step[Drafting]:
    """The next open question of a draft, or the reminder."""
    soon = not reminder.id and reminder.due is not None
    if not reminder.rule.times and not soon:
        return Step(AskWhen(reminder), says, seat=here.seat)
    if not here.seat.settings.zone:
        return Step(AskZone(reminder), says, seat=here.seat)
    return saved(_once(reminder, here) if soon else reminder, here, *says)


def _once(reminder: Reminder, here: Here) -> Reminder:
    """A draft that was asked for `in two hours`: that minute on the person's clock, and that day only."""
    wanted = here.there(max(reminder.due or here.at, here.at + MINUTE))
    at, day = wanted.time().replace(second=0, microsecond=0), wanted.date()
    return replace(reminder, rule=agenda.on_day(Rule((at,)), day))


def saved(reminder: Reminder, here: Here, *says: Reply) -> Step[RemindersShown]:
    """Whole: it is planned, kept and shown with its next time. One that was asked for `in two hours` comes at that very moment: on a day
    when the clocks go back its wall-clock time may be there twice."""
    soon = reminder.due if not reminder.id else None
    if not reminder.id:
        here = here.moved(agenda.without_over(here.seat))
        if len(here.seat.reminders) >= MOST_REMINDERS:
            return Step(RemindersShown(), (note(line("reminders.too_many", most=MOST_REMINDERS)),), forget_trail=True)
        reminder = replace(reminder, id=_fresh_id(here))
    reminder = _ahead(agenda.planned(replace(reminder, snoozed=None), here), here)
    reminder = replace(reminder, due=max(soon, here.at + MINUTE)) if soon is not None else reminder
    seat = agenda.put(here.seat, reminder)
    said = note(line("reminders.saved"))
    return Step(RemindersShown(reminder.id), (*says, said), (agenda.timer(reminder),), seat=seat, forget_trail=True)


def _ahead(reminder: Reminder, here: Here) -> Reminder:
    """One that comes once, at a time that is over today: tomorrow."""
    if agenda.once(reminder.rule) is None or reminder.due is not None:
        return reminder
    return agenda.planned(replace(reminder, rule=agenda.on_day(reminder.rule, local_day(here.at, here.zone) + DAY)), here)


def _fresh_id(here: Here) -> str:
    """Never that of one deleted before, whose buttons may still stand in the chat: the moment it was made."""
    made = int(here.at.timestamp() * 1000)
    taken = {each.id for each in here.seat.reminders}
    return next(id_ for n in range(len(taken) + 1) if (id_ := f"{made + n:x}") not in taken)


# ---------------------------------------------------------------- what for


def show_what(state: AskWhat, here: Here) -> tuple[Reply, ...]:
    """Favourites, what was pressed of late, or nothing particular."""
    del state
    each = tuple(
        button("reminders.for", f"what:{n}", what=agenda.what_words(what)) for n, what in enumerate(known(here))
    )
    return (
        screen_reply((line("reminders.ask_what"),), column(*each, button("reminders.anything_button", "what:any"))),
    )


def known(here: Here) -> tuple[Favourite, ...]:
    """What the person presses for: the programme, favourites, then what was done of late."""
    seat = here.seat
    programme = here.knowledge.programmes.get(seat.following.programme) if seat.following is not None else None
    first = (Favourite(programme.condition, programme=programme.id),) if programme is not None else ()
    late = (
        Favourite(course.condition, course.variant)
        for course in sorted(seat.courses, key=lambda c: c.last, reverse=True)
    )
    return tuple(dict.fromkeys((*first, *seat.favourites, *late)))[:6]


def what_pressed(state: AskWhat, event: Pressed, here: Here) -> Step[Drafting]:
    """One of them."""
    number = event.action.partition(":")[2]
    choices = known(here)
    if number == "any":
        return onward(draft(Favourite()), here)
    if number.isdecimal() and int(number) < len(choices):
        return onward(draft(choices[int(number)]), here)
    return Step(state)


# ---------------------------------------------------------------- when


def show_when(state: AskWhen, here: Here) -> tuple[Reply, ...]:
    """Times to choose from; or in words. When an hour was told without its half of the day, both readings."""
    del here
    if state.either:
        both = tuple(_time_button(at) for at in state.either)
        return (replace(screen_reply((line("reminders.ask_half"),), (both,)), numbers=True),)
    each = pairs(tuple(_time_button(at) for at in TIMES))
    return (replace(screen_reply((line("reminders.ask_when"),), each), numbers=True),)


def _time_button(at: dt.time) -> Button:
    return button("reminders.time", f"at:{at.isoformat('minutes')}", at=at)


def when_pressed(state: AskWhen, event: Pressed, here: Here) -> Step[Drafting]:
    """A time; then the days, unless they are known."""
    try:
        at = dt.time.fromisoformat(event.action.partition(":")[2])
    except ValueError:
        return Step(state)
    draft_ = replace(state.draft, rule=replace(state.draft.rule, times=(at,)))
    return onward(draft_, here) if state.days_known or draft_.id else Step(AskDays(draft_))


def when_said(state: AskWhen, event: Said, here: Here) -> Step[Drafting]:
    """In words: `every day at 9 pm`, `8 and 20`."""
    told = here.times(event.words)
    if told == Asked():
        told = here.hour(event.words)
    if state.either and told.times:  # "in the morning", after an hour that was told
        told = replace(told, times=(min(state.either, key=lambda at: abs(at.hour - told.times[0].hour)),))
    if told.either:
        rule = _with_days(state.draft.rule, told, here)
        return Step(AskWhen(replace(state.draft, rule=rule), told.either, told.days is not None or state.days_known))
    if told.minutes is not None and not state.draft.id:
        return onward(replace(state.draft, due=here.at + dt.timedelta(minutes=told.minutes)), here)
    if not told.times:
        return Step(state, (note(line("reminders.no_time")),))
    draft_ = told_draft(state.draft, told, here)
    if told.every is not None:
        return onward(draft_, here, _spread(draft_))
    known = told.days is not None or state.days_known or draft_.id or told.ahead is not None
    return onward(draft_, here) if known else Step(AskDays(draft_), _rarer(told))


def told_draft(reminder: Reminder, told: Asked, here: Here) -> Reminder:
    """The draft with the times and days that were told."""
    return replace(reminder, rule=replace(_with_days(reminder.rule, told, here), times=told.times))


def _with_days(rule: Rule, told: Asked, here: Here) -> Rule:
    if told.ahead is not None and told.days is None:
        return agenda.on_day(rule, local_day(here.at, here.zone) + told.ahead * DAY)
    rule = agenda.on_days(rule, told.days) if told.days is not None else rule
    return replace(rule, until=told.until) if told.until is not None else rule


def in_words(told: Asked, what: Favourite, here: Here) -> Step[Drafting]:
    """Said anywhere: `remind me every day at 9 pm`, `remind me in two hours`."""
    if told.minutes is not None:
        return onward(replace(draft(what), due=here.at + dt.timedelta(minutes=told.minutes)), here)
    if told.either or not told.times:
        rule = _with_days(Rule(()), told, here)
        return Step(AskWhen(Reminder("", what, rule), told.either, told.days is not None or told.ahead is not None), _rarer(told))
    reminder = told_draft(draft(what), told, here)
    if told.every is not None:
        return onward(reminder, here, _spread(reminder))
    return onward(reminder, here) if told.days is not None or told.ahead is not None else Step(AskDays(reminder), _rarer(told))


def changed_in_words(state: RemindersShown, told: Asked, here: Here) -> Step[Drafting | AskUntil] | None:
    """On the page of one reminder: other times or days, a last day, or a rest. With "remind me" it is another one."""
    reminder = agenda.found(here.seat, state.open)
    if reminder is None or told.remind or told.minutes is not None or told.rarer:
        return None
    if told.rests and told.until is not None:
        return _until(AskUntil(reminder.id, "pause"), told.until, here)
    rule = _with_days(reminder.rule, told, here)
    if told.either:
        return Step(AskWhen(replace(reminder, rule=rule), told.either, days_known=True))
    changed = replace(reminder, rule=replace(rule, times=told.times or rule.times))
    if changed == reminder:
        return None
    return onward(changed, here, *((_spread(changed),) if told.every is not None else ()))


def _rarer(told: Asked) -> tuple[Reply, ...]:
    """Of "every 36 hours" only days of the week are possible."""
    return (note(line("reminders.rarer")),) if told.rarer else ()


def _spread(reminder: Reminder) -> Reply:
    """What is possible of "every three hours"."""
    return note(line("reminders.spread", rule=agenda.rule_words(reminder.rule), most=MOST_TIMES))


# ---------------------------------------------------------------- which days


def show_days(state: AskDays, here: Here) -> tuple[Reply, ...]:
    """Groups of days, or one by one."""
    del here
    days = state.draft.rule.days
    groups = (
        button("reminders.every_day_button", "days:all"),
        button("reminders.workdays_button", "days:work"),
        button("reminders.weekend_button", "days:weekend"),
    )
    each = tuple(
        button("button.ticked" if n in days else "button.plain", f"day:{n}", label=line(f"weekday.short_{n}"))
        for n in range(7)
    )
    rows: Rows = (*column(*groups), each[:4], each[4:], *(((button("button.done", "done"),),) if days else ()))
    return (screen_reply((line("reminders.ask_days", rule=agenda.rule_words(state.draft.rule)),), rows),)


def days_pressed(state: AskDays, event: Pressed, here: Here) -> Step[Drafting]:
    """A group ends it, a single day ticks."""
    action, _, value = event.action.partition(":")
    rule = state.draft.rule
    if action == "days" and value in DAYS:
        return onward(replace(state.draft, rule=agenda.on_days(rule, DAYS[value])), here)
    if action == "day" and value in {str(n) for n in range(7)}:
        days = tuple(sorted(set(rule.days) ^ {int(value)}))
        return Step(AskDays(replace(state.draft, rule=agenda.on_days(rule, days))))
    return onward(state.draft, here) if action == "done" else Step(state)


def days_said(state: AskDays, event: Said, here: Here) -> Step[Drafting]:
    """Days in words."""
    told = here.times(event.words)
    if told.days is None and here.meaning(event.words).answer == "all":
        told = replace(told, days=())
    if told.days is None and told.ahead is None:
        return Step(state, (note(line("reminders.no_days")),))
    return onward(replace(state.draft, rule=_with_days(state.draft.rule, told, here)), here)


# ---------------------------------------------------------------- rest until, go on until


def show_until(state: AskUntil, here: Here) -> tuple[Reply, ...]:
    """Spans to choose from, or a day in words."""
    today = local_day(here.at, here.zone)
    each = tuple(
        button("reminders.until_day", f"days:{n}", n=n, day=today + dt.timedelta(days=n)) for n in SPANS[state.what]
    )
    no_end = (button("reminders.no_end", "never"),) if state.what == "until" else ()
    return (replace(screen_reply((line(f"reminders.ask_{state.what}"),), column(*each, *no_end)), numbers=True),)


def until_pressed(state: AskUntil, event: Pressed, here: Here) -> Step[RemindersShown | AskUntil]:
    """A span, or no end."""
    number = event.action.partition(":")[2]
    if event.action == "never":
        return _until(state, None, here)
    if not number.isdecimal() or int(number) not in SPANS[state.what]:
        return Step(state)
    return _until(state, local_day(here.at, here.zone) + dt.timedelta(days=int(number)), here)


def until_said(state: AskUntil, event: Said, here: Here) -> Step[RemindersShown | AskUntil]:
    """A day in words."""
    day = here.day(event.words)
    return _until(state, day, here) if day is not None else Step(state, (note(line("reminders.no_day")),))


def _until(state: AskUntil, day: dt.date | None, here: Here) -> Step[RemindersShown | AskUntil]:
    reminder = agenda.found(here.seat, state.reminder)
    if reminder is None:
        return Step(RemindersShown())
    rule = replace(reminder.rule, paused=day) if state.what == "pause" else replace(reminder.rule, until=day)
    if state.what == "pause" and day is not None and agenda.once(reminder.rule) is not None:
        rule = agenda.on_day(rule, day)
    return saved(replace(reminder, rule=rule, quiet=False, ignored=0, invited=None), here)
