"""A long page that has not changed is not printed again after words that do not fit: what is said, its question and its buttons will do."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.here import Here
from bot.dialogue.states import AskMatters, PlanShown, State
from bot.dialogue.values import Reply

KEPT = frozenset({"ask.matters", "ask.matters_other", "ask.matters_ticked"})
"""Lines that stay: what is asked, and what is ticked."""


def stands(state: State, now: Here, before: Here) -> bool:
    """Whether this is the page that stood there, with the same in it."""
    was = before.seat.state
    if isinstance(state, AskMatters) and isinstance(was, AskMatters):
        return not state.group and not was.group and state.chosen == was.chosen
    if not isinstance(state, PlanShown) or not isinstance(was, PlanShown) or now.seat.profile != before.seat.profile:
        return False
    same = replace(state, case=was.case) == was and state.case.conditions == was.case.conditions and state.case.guest == was.case.guest
    return same and state.case.level == was.case.level and not state.more and now.planned(state.case) == before.planned(was.case)


def form(reply: Reply) -> Reply:
    """Its question and its buttons."""
    return replace(reply, lines=tuple(each for each in reply.lines if each.key in KEPT), picture=None)
