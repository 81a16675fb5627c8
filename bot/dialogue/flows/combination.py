"""The one specific question of a combination rule."""

from __future__ import annotations

from dataclasses import replace

from bot.catalog.model.lines import Ref
from bot.dialogue.flows.questions import Next, go_on, ruled
from bot.dialogue.here import Here, button, line, screen_reply
from bot.dialogue.states import Alarmed, AskCombination, Crisis, ProfileShown, SeeDoctor
from bot.dialogue.values import Pressed, Reply, Step


def show_combination(state: AskCombination, here: Here) -> tuple[Reply, ...]:
    """One specific question."""
    del here
    choices = (button("button.yes", f"yes:{state.rule}"), button("button.no", "no"), button("button.not_sure", "unsure"))
    return (screen_reply((line("combination.ask", question=Ref("combination", state.rule, "question")),), (choices,)),)


def combination_answered(state: AskCombination, event: Pressed, here: Here) -> Step[Next | SeeDoctor | Alarmed | Crisis | AskCombination | ProfileShown]:
    """No goes on; yes and not sure set the level."""
    rule = here.knowledge.combinations[state.rule]
    case = replace(state.case, ruled=(*state.case.ruled, rule.id, *rule.covers))
    if event.action == "no":
        return go_on(case, here)
    answer = event.action.partition(":")[0]
    return Step(ruled(rule, case, here, certain=answer == "yes") if answer in {"yes", "unsure"} else state)
