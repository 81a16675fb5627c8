"""The red flags of the complaints: a list and a screen for each family of complaints, the worst first, each asked once."""

from __future__ import annotations

from bot.catalog.model import Flag
from bot.catalog.model.lines import Ref
from bot.dialogue.here import Here, button, line, pairs, screen_reply
from bot.dialogue.states import AskFlags, Case
from bot.dialogue.values import Reply
from bot.safety.triage import LEVELS


def list_of(case: Case, here: Here) -> str:
    """The red-flag list that is to be asked now; "" when none is left."""
    if case.flags == "none":
        return ""
    lists = (here.knowledge.conditions[condition].flags for condition in case.conditions)
    return next((list_ for list_ in lists if list_ and list_ not in case.flagged), "")


def flags_of(case: Case, here: Here) -> tuple[tuple[str, Flag], ...]:
    """The red flags to ask now as (list id, flag), the worst first."""
    list_ = list_of(case, here)
    found = here.knowledge.flags[list_].flags if list_ else ()
    return tuple((list_, flag) for flag in sorted(found, key=lambda flag: LEVELS.index(flag.level)))


def show_flags(state: AskFlags, here: Here) -> tuple[Reply, ...]:
    """All red flags in full, a button for each, and "none of these" in one tap."""
    found, asked = flags_of(state.case, here), list_of(state.case, here)
    sentences = tuple(line("flags.item", text=Ref("flag", list_, f"{flag.id}.text")) for list_, flag in found)
    about = (c for c in state.case.conditions if here.knowledge.conditions[c].flags == asked)
    names = tuple(Ref("condition", c, "name") for c in about)
    each = tuple(button("button.plain", f"flag:{list_}/{flag.id}", label=Ref("flag", list_, f"{flag.id}.label"))
                 for list_, flag in found)
    ends = (button("button.none_of_these", "none"), button("button.not_sure", "unsure"), button("button.why", "why:flags"))
    return (screen_reply((line("flags.ask", conditions=names), *sentences), ((ends[0],), *pairs(each), ends[1:])),)
