"""The safety gate: which alarm in the words comes before everything else, and how one that stands holds the conversation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from bot.catalog.model import Alarm
from bot.dialogue.here import Here, line, note
from bot.dialogue.states import Alarmed, ConfirmForget, Crisis, Gone, SettingsShown, State
from bot.dialogue.typed import PLAIN
from bot.dialogue.values import AlarmMemory, Commanded, Event, Pressed, Seat, Step
from bot.understanding.meaning import HeardAlarm, Meaning

HOLDING = (Alarmed, Crisis)
"""While one of these stands, only its own questions lead out: no command, no door and no setting does."""
BESIDE_ALARMS = (SettingsShown, ConfirmForget)
"""What may stand before an alarm for a moment: the country for the numbers, and deletion. Both lead back to it."""


def most_urgent(heard: Iterable[HeardAlarm], known: Mapping[str, Alarm]) -> HeardAlarm:
    """The certain before the doubtful, the urgent before what can wait, and abuse after a danger to life."""
    return min(heard, key=lambda a: (known[a.id].private, not a.sure, known[a.id].order))


def alarm_in(meaning: Meaning | None, here: Here) -> HeardAlarm | None:
    """The most urgent alarm in the words, the certain before the doubtful, unless one at least as urgent stands. Words of
    abuse are answered beside a danger to life, not instead of it."""
    alarms_ = here.knowledge.alarms
    known = [a for a in (meaning.alarms if meaning is not None else ()) if a.id in alarms_]
    if not known or (meaning is not None and meaning.answer in PLAIN):
        return None  # nothing but a plain answer is no alarm, whatever it sounds like
    urgent = most_urgent(known, alarms_)
    state = here.seat.state
    if isinstance(state, Crisis) and not alarms_[urgent.id].private:
        return None
    if isinstance(state, Alarmed) and alarms_[urgent.id].order >= alarms_[state.alarm].order:
        return None
    return urgent


def less_urgent_in(meaning: Meaning | None, here: Here) -> HeardAlarm | None:
    """Another alarm, heard while one stands that stays: what to do about it is said beside. Words of abuse hide no other one."""
    state = here.seat.state
    if not isinstance(state, Alarmed | Crisis) or meaning is None or meaning.answer in PLAIN:
        return None
    crises = {a.id for a in here.knowledge.alarms.values() if a.crisis} if isinstance(state, Crisis) else {state.alarm}
    others = (a for a in meaning.alarms if a.id in here.knowledge.alarms and a.id not in crises)
    return min(others, key=lambda a: here.knowledge.alarms[a.id].private, default=None)


def standing(seat: Seat) -> Alarmed | Crisis | None:
    """The alarm that holds the conversation, also while the settings stand before it."""
    return next((s for s in (seat.state, *reversed(seat.trail)) if isinstance(s, HOLDING)), None)


def held(answer: Step[Any], state: State, event: Event, here: Here) -> tuple[Step[Any], State]:
    """While an alarm stands, whatever is not its own answer leads back to it."""
    alarm = standing(here.seat)
    own = isinstance(here.seat.state, HOLDING) and not isinstance(event, Commanded)
    own = own and not (isinstance(event, Pressed) and event.turn is None)
    if alarm is None or own or isinstance(state, (*HOLDING, *BESIDE_ALARMS, Gone)):
        return answer, state
    if isinstance(alarm, Alarmed) and _days_ago(here) >= 1:
        alarm = replace(alarm, stage="acted" if alarm.stage in {"confirmed", "denied"} else alarm.stage, may_close=True)
    says = (note(line("crisis.i_am_here" if isinstance(alarm, Crisis) else "alarm.first_this")),) if answer.show else answer.says
    return replace(answer, says=says), alarm


def _days_ago(here: Here) -> int:
    """How long ago the alarm rang: after a day it asks whether it is still so."""
    return (here.at - here.seat.alarm.at).days if here.seat.alarm is not None else 0


def remembered(alarm: str, seat: Seat, here: Here) -> AlarmMemory:
    """The memory of the newest alarm; one about suicide that is still open outlives whatever comes after it."""
    before, alarms_ = seat.alarm, here.knowledge.alarms
    if before is not None and not before.closed and before.alarm in alarms_ and alarms_[before.alarm].crisis:
        return replace(before, alarm=alarm if alarms_[alarm].crisis else before.alarm, at=here.at)
    return AlarmMemory(alarm, here.at)
