"""The red flags of the complaints: which are asked, and how. For one complaint all of them stand on one screen; for
several the emergencies come first and the others on a second screen, so that none falls away."""

from __future__ import annotations

from collections.abc import Iterator

from bot.catalog.model import Flag
from bot.catalog.model.lines import Ref
from bot.dialogue.here import Here, button, line, pairs, screen_reply
from bot.dialogue.states import AskFlags, Case
from bot.dialogue.values import Reply
from bot.safety.triage import LEVELS

MOST_FLAGS, MOST_URGENT = 8, 10
Asked = tuple[str, Flag]
"""The id of a list, and one of its flags."""


def flags_of(case: Case, here: Here) -> tuple[Asked, ...]:
    """The red flags to ask now, the worst first."""
    found = _all(case, here)
    if len(found) <= MOST_FLAGS:
        return found if case.flags == "unasked" else ()
    urgent = tuple(pair for pair in found if pair[1].level == "emergency")
    if case.flags == "unasked":
        return urgent if len(urgent) <= MOST_URGENT else tuple(_each_alarm_once(urgent))
    return tuple(pair for pair in found if pair[1].level != "emergency") if case.flags == "urgent" else ()


def _all(case: Case, here: Here) -> tuple[Asked, ...]:
    lists = dict.fromkeys(here.knowledge.conditions[condition].flags for condition in case.conditions)
    found = ((list_, flag) for list_ in lists if list_ for flag in here.knowledge.flags[list_].flags)
    return tuple(sorted(found, key=lambda pair: LEVELS.index(pair[1].level)))


def _each_alarm_once(found: tuple[Asked, ...]) -> Iterator[Asked]:
    """Two lists may both ask about the same alarm: with many flags the wording of the first is enough."""
    first_list = found[0][0]
    asked = {flag.alarm for list_, flag in found if list_ == first_list and flag.alarm}
    for list_, flag in found:
        if list_ == first_list or flag.alarm not in asked:
            yield list_, flag


def show_flags(state: AskFlags, here: Here) -> tuple[Reply, ...]:
    """All red flags in full, a button for each, and "none of these" in one tap."""
    found = flags_of(state.case, here)
    sentences = tuple(line("flags.item", text=Ref("flag", list_, f"{flag.id}.text")) for list_, flag in found)
    names = tuple(Ref("condition", c, "name") for c in state.case.conditions)
    each = tuple(button("button.plain", f"flag:{list_}/{flag.id}", label=Ref("flag", list_, f"{flag.id}.label"))
                 for list_, flag in found)
    ends = (button("button.none_of_these", "none"), button("button.not_sure", "unsure"), button("button.why", "why:flags"))
    ask = line("flags.ask_more" if state.case.flags == "urgent" else "flags.ask", conditions=names)
    return (screen_reply((ask, *sentences), ((ends[0],), *pairs(each), ends[1:])),)
