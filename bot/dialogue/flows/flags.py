"""The red flags of the complaints: a list and a screen for each family of complaints, the worst first, each asked once."""

from __future__ import annotations

from bot.catalog.model import Flag
from bot.catalog.model.lines import Ref
from bot.dialogue.here import Here, button, line, note, pairs, screen_reply
from bot.dialogue.states import AskFlags, Case
from bot.dialogue.values import Button, Reply
from bot.safety.triage import LEVELS

WHY = "why:these"
"""Why is this list asked? Its place answers, which knows the list."""


def list_of(case: Case, here: Here) -> str:
    """The red-flag list that is to be asked now; "" when none is left."""
    if case.flags == "none":
        return ""
    lists = (here.knowledge.conditions[condition].flags for condition in case.conditions)
    return next((list_ for list_ in lists if list_ and list_ not in case.flagged and _left(list_, case, here)), "")


def _left(list_: str, case: Case, here: Here) -> tuple[Flag, ...]:
    return tuple(flag for flag in here.knowledge.flags[list_].flags if f"{list_}/{flag.id}" not in case.cleared)


def flags_of(case: Case, here: Here) -> tuple[tuple[str, Flag], ...]:
    """The red flags to ask now as (list id, flag), the worst first."""
    list_ = list_of(case, here)
    found = _left(list_, case, here) if list_ else ()
    return tuple((list_, flag) for flag in sorted(found, key=lambda flag: LEVELS.index(flag.level)))


def show_flags(state: AskFlags, here: Here) -> tuple[Reply, ...]:
    """All red flags in full, a button for each, and "none of these" in one tap."""
    found, asked = flags_of(state.case, here), list_of(state.case, here)
    sentences = tuple(line("flags.item", text=Ref("flag", list_, f"{flag.id}.text")) for list_, flag in found)
    about = (c for c in state.case.conditions if here.knowledge.conditions[c].flags == asked)
    names = tuple(Ref("condition", c, "name") for c in about)
    each = labels("flag", found)
    ends = (button("button.none_of_these", "none"), button("button.not_sure", "unsure"), button("button.why", WHY))
    left_over = any(flag.startswith(f"{asked}/") for flag in state.case.cleared)
    question = line("flags.ask_others" if left_over else "flags.ask", conditions=names)
    return (screen_reply((question, *sentences), ((ends[0],), *pairs(each), ends[1:])),)


def why(case: Case, here: Here) -> Reply:
    """Why red flags are asked at all, and why these."""
    return note(line("why.flags"), line("flags.why", why=Ref("flag", list_of(case, here), "why")))


def labels(action: str, found: tuple[tuple[str, Flag], ...]) -> tuple[Button, ...]:
    """A button for each flag."""
    return tuple(button("button.plain", f"{action}:{list_}/{flag.id}", label=Ref("flag", list_, f"{flag.id}.label")) for list_, flag in found)
