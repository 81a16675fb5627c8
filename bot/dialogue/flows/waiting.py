"""Alarms that wait: of several the most urgent stands; the others are kept and asked about, one after the other, before
anything else goes on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.dialogue.flows.beside import only_facts
from bot.dialogue.here import Here
from bot.dialogue.states import Alarmed, Case, Crisis, Waiting
from bot.understanding.meaning import HeardAlarm

MOST_WAITING = 3


def with_waiting(state: Alarmed | Crisis, heard: Iterable[HeardAlarm], here: Here) -> Alarmed | Crisis:
    """The alarm with all that waits behind it: what stood here before, what waited there, what else was heard. Abuse never waits."""
    alarms = here.knowledge.alarms
    before = here.seat.state
    standing = (_as_waiting(before), *before.waiting) if isinstance(before, Alarmed | Crisis) else ()
    crisis = alarms[state.alarm].crisis
    other_kind = (a for a in heard if a.id in alarms and (here.seat.state is state or alarms[a.id].crisis != crisis))
    new = (Waiting(a.id, sure=a.sure, level=a.level) for a in other_kind)
    each = {one.alarm: one for one in (*new, *standing) if one.alarm != state.alarm and not _same(one.alarm, state.alarm, here)}
    urgent = sorted((one for one in each.values() if not alarms[one.alarm].private), key=lambda one: alarms[one.alarm].order)
    crises_first = sorted(urgent, key=lambda one: not alarms[one.alarm].crisis)[:MOST_WAITING]
    return replace(state, waiting=tuple(one for one in urgent if one in crises_first))


def _same(one: str, other: str, here: Here) -> bool:
    """Suicide and self-harm share one path."""
    return here.knowledge.alarms[one].crisis and here.knowledge.alarms[other].crisis


def _as_waiting(state: Alarmed | Crisis) -> Waiting:
    return Waiting(state.alarm) if isinstance(state, Crisis) else Waiting(state.alarm, state.stage, sure=state.sure, level=state.level)


def next_waiting(state: Alarmed | Crisis, before: Case | None, here: Here) -> Alarmed | Crisis | None:
    """The next alarm once the one that stood is closed; None when none waits."""
    if not state.waiting:
        return None
    first, *rest = state.waiting
    guessed = isinstance(state, Crisis) and state.heard is not None and state.heard.decision != "sure"
    heard = only_facts(state.heard) if guessed and state.heard is not None else state.heard
    if here.knowledge.alarms[first.alarm].crisis:
        return Crisis(first.alarm, waiting=tuple(rest), before=before, heard=heard)
    return Alarmed(first.alarm, first.stage, before, first.sure, first.level, tuple(rest), heard)
