"""Words to an alarm that are nothing but remarks: "I am safe now", "I can't call anyone", "the doctor said it's nothing".

A remark closes nothing. It may press a button that means it, where that one only leads to another page of the same path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.catalog.model.lexicon import Remarked
from bot.dialogue.flows.alarms import alarm_pressed, crisis_pressed, private_beside
from bot.dialogue.flows.remarks import NOT_SAFE, remarks, sentence
from bot.dialogue.here import Here, note
from bot.dialogue.states import Alarmed, Crisis
from bot.dialogue.values import Pressed, Said, Step

PRESSES: Mapping[tuple[str, Remarked], str] = {
    ("ask", "safe"): "safe", ("unsafe", "safe"): "safe", ("ask", "other_safe"): "friend", ("unsafe", "other_safe"): "friend",
    ("confirmed", "seen"): "checked",
}
"""By the step of the path or the stage of the alarm: the buttons that mean a remark, none of which closes anything by itself."""
UNSAFE = "unsafe"
"""The concept of who is not safe, in whatever words."""


def said(event: Said, here: Here) -> Step[Any] | None:
    """The answer to nothing but remarks. Another danger in them comes first, but for one of a crisis: "don't tell my mum" sounds like
    that."""
    state = here.seat.state
    if not isinstance(state, Alarmed | Crisis):
        return None
    kinds, only = remarks(event, here)
    if NOT_SAFE in kinds or UNSAFE in here.meaning(event.words).concepts:
        return _not_safe(event, state, here)
    if not only or _other_danger(event, here) or (kinds[0] == "seen" and isinstance(state, Alarmed) and state.stage == "denied"):
        return None  # "seen" is an answer there: the one that this page waits for
    says = (note(*sentence(kinds[0], state, here)),)
    action = PRESSES.get((state.step if isinstance(state, Crisis) else state.stage, kinds[0]))
    if action is None:
        return Step(state, says)
    pressed = Pressed(at=event.at, token=event.token, action=action)
    if isinstance(state, Crisis):  # the page of that button says it all
        return crisis_pressed(state, pressed, here)
    answer = alarm_pressed(state, pressed, here)
    return replace(answer, says=(*says, *answer.says))


def _other_danger(event: Said, here: Here) -> bool:
    alarms = (here.knowledge.alarms[a.id] for a in here.meaning(event.words).alarms if a.id in here.knowledge.alarms)
    return any(not alarm.crisis for alarm in alarms)


def _not_safe(event: Said, state: Alarmed | Crisis, here: Here) -> Step[Any] | None:
    """In a crisis the page of who is not safe comes first, whatever else is said with it; words like these may also be about abuse, so
    the question about that stands beside it. In an alarm they are words like any other."""
    if not isinstance(state, Crisis):
        return None
    heard = here.heard.alarms if here.heard is not None else ()
    if any(each.id in here.knowledge.alarms and not _about_a_person(each.id, here) for each in heard):
        return None  # a further danger is told: that has its own answer, which leads to the same page
    answer = crisis_pressed(state, Pressed(at=event.at, token=event.token, action="unsafe"), here)
    return replace(answer, says=private_beside(here))


def _about_a_person(alarm: str, here: Here) -> bool:
    facts = here.knowledge.alarms[alarm]
    return facts.private or facts.crisis
