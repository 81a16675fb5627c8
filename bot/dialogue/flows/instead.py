"""Words to an alarm that are nothing but remarks: "I am safe now", "I can't call anyone", "the doctor said it's nothing".

A remark closes nothing. It may press a button that means it, where that one only leads to another page of the same path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.catalog.model.lexicon import Remarked
from bot.dialogue.flows.alarms import alarm_pressed, crisis_pressed
from bot.dialogue.flows.remarks import remarks, sentence
from bot.dialogue.here import Here, note
from bot.dialogue.states import Alarmed, Crisis
from bot.dialogue.values import Pressed, Said, Step

PRESSES: Mapping[tuple[str, Remarked], str] = {
    ("ask", "safe"): "safe", ("unsafe", "safe"): "safe", ("ask", "other_safe"): "friend", ("unsafe", "other_safe"): "friend",
    ("confirmed", "seen"): "checked",
}
"""By the step of the path or the stage of the alarm: the buttons that mean a remark, none of which closes anything by itself."""


def said(event: Said, here: Here) -> Step[Any] | None:
    """The answer to nothing but remarks. Another danger in them comes first, but for one of a crisis: "don't tell my mum" sounds like
    that."""
    state = here.seat.state
    if not isinstance(state, Alarmed | Crisis):
        return None
    kinds, only = remarks(event, here)
    alarms = (here.knowledge.alarms[a.id] for a in here.meaning(event.words).alarms if a.id in here.knowledge.alarms)
    if not only or any(not alarm.crisis for alarm in alarms):
        return None
    if kinds[0] == "seen" and isinstance(state, Alarmed) and state.stage == "denied":
        return None  # there it is an answer: the one that this page waits for
    says = (note(*sentence(kinds[0], state, here)),)
    action = PRESSES.get((state.step if isinstance(state, Crisis) else state.stage, kinds[0]))
    if action is None:
        return Step(state, says)
    pressed = Pressed(at=event.at, token=event.token, action=action)
    if isinstance(state, Crisis):  # the page of that button says it all
        return crisis_pressed(state, pressed, here)
    answer = alarm_pressed(state, pressed, here)
    return replace(answer, says=(*says, *answer.says))
