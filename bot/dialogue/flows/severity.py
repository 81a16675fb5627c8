"""How bad is it, from 0 to 10, pressed or typed; and whether that is new."""

from __future__ import annotations

from dataclasses import replace

from bot.catalog.model.lines import Ref
from bot.dialogue.flows.questions import Next, go_on
from bot.dialogue.here import Here, button, column, line, note, screen_reply
from bot.dialogue.states import AskNew, AskSeverity, ProfileShown
from bot.dialogue.values import Pressed, Reply, Rows, Step
from bot.safety.triage import SEVERE


def numbers_0_to_10(action: str) -> Rows:
    """Eleven buttons in two rows."""
    each = tuple(button("button.number", f"{action}:{n}", n=n) for n in range(11))
    return (each[:6], each[6:])


def show_severity(state: AskSeverity, here: Here) -> tuple[Reply, ...]:
    """0 to 10."""
    del here
    names = tuple(Ref("condition", c, "name") for c in state.case.conditions)
    reply = screen_reply((line("ask.severity", conditions=names),), numbers_0_to_10("severity"))
    return (replace(reply, numbers=True),)


def severity_answered(state: AskSeverity, event: Pressed, here: Here) -> Step[Next | AskSeverity | ProfileShown]:
    """A number."""
    number, says = rating_in(event)
    if number is None:
        return Step(state, says)
    return go_on(replace(state.case, severity=number), here, *says)


def rating_in(event: Pressed) -> tuple[int | None, tuple[Reply, ...]]:
    """The number of an answer from 0 to 10, and what is said about one that was typed."""
    number, _, by = event.action.partition(":")[2].partition(":")
    if not number.isdecimal() or int(number) > 10:
        return None, (note(line(f"severity.{number}")),) if number in {"beyond", "rough", "better", "worse"} else ()
    return int(number), (note(line("severity.taken", n=int(number))),) if by else ()


def show_new(state: AskNew, here: Here) -> tuple[Reply, ...]:
    """Severe, or at an age where it matters: new or known?"""
    del here
    choices = (button("new.known", "new:no"), button("new.new", "new:yes"), button("button.not_sure", "new:yes"))
    severe = (state.case.severity or 0) >= SEVERE
    return (screen_reply((line("ask.new" if severe else "ask.new_at_this_age"),), column(*choices)),)


def new_answered(state: AskNew, event: Pressed, here: Here) -> Step[Next | AskNew | ProfileShown]:
    """New and severe means a doctor today."""
    if event.action not in {"new:yes", "new:no"}:
        return Step(state)
    return go_on(replace(state.case, new=event.action == "new:yes"), here)
