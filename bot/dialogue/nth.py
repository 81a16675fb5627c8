"""The answer that is meant by its place on the screen: "the second one please", "number 2", "option b", "the last one"."""

from __future__ import annotations

from collections.abc import Mapping

from bot.dialogue.here import Here
from bot.dialogue.planning import AskDays, AskUntil, AskWhat, AskWhen
from bot.dialogue.states import (
    Areas,
    AskCombination,
    AskDoubt,
    AskFlags,
    AskMatters,
    AskNew,
    AskPregnancy,
    AskSide,
    AskUndo,
    AskWhose,
    Confirm,
    Learning,
    Rated,
)
from bot.dialogue.values import Said

PICKS = {"pick_1": 1, "pick_2": 2, "pick_3": 3, "pick_4": 4, "pick_5": 5, "pick_6": 6, "pick_last": -1}
BARE = {"first": 1, "second": 2, "third": 3}
"""These may be a trimester or a day of the month, too."""
DATED = (AskPregnancy, AskWhen, AskDays, AskUntil)
ANSWERS: Mapping[type, tuple[str, ...]] = {
    AskWhose: ("me", "man", "other"), AskPregnancy: ("pregnancy",), AskMatters: ("group", "matter"), AskSide: ("side",), AskUndo: ("undo",),
    AskFlags: ("flag",), AskDoubt: ("doubt", "flag", "no", "unsure"), AskCombination: ("yes", "no", "unsure"), AskNew: ("new",),
    Confirm: ("mean",), Areas: ("area", "mean"), Learning: ("lesson", "choose"), Rated: ("helped",),
    AskWhat: ("what",), AskWhen: ("at",), AskDays: ("days", "day"), AskUntil: ("days", "never"),
}
"""Where there are answers to count, and how their actions begin: "None of these" is not the first of them, nor is a way out the last.
Not on an alarm, and not where a yes deletes or agrees to anything."""


def nth(event: Said, buttons: Mapping[str, str], here: Here) -> str | None:
    """The button whose place was said."""
    kinds, answer = ANSWERS.get(type(here.seat.state), ()), here.meaning(event.words).answer or ""
    place = PICKS.get(answer, 0 if isinstance(here.seat.state, DATED) else BARE.get(answer, 0))
    there = [action for action in buttons if action.partition(":")[0] in kinds and not action.endswith(":")]
    return there[place if place < 0 else place - 1] if place and place <= len(there) and there else None
