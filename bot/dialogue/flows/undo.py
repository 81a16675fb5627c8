"""Taking back what makes everything careful: a pregnancy, blood thinners, cancer treatment. One calm question comes first, and
right after a point was refused the careful way stays for this visit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeAlias

from bot.catalog.model import Pregnancy
from bot.catalog.model.lines import Ref
from bot.dialogue.flows import loss
from bot.dialogue.flows.complaint import PREGNANCY
from bot.dialogue.flows.questions import Next, careful_now, go_on, matters_chosen
from bot.dialogue.here import Here, button, column, line, note, screen_reply
from bot.dialogue.states import AskAge, AskMatters, AskSide, AskUndo, Case, ProfileShown
from bot.dialogue.values import Pressed, Reply, Step
from bot.safety.profile import PregnancyAnswer

KEEP = "keep"
UNDO = "undo:"
"""How the actions of all answers begin."""
WHY: Mapping[bool, tuple[str, ...]] = {True: ("born", "ended", "mistake", KEEP), False: ("over", "mistake", KEEP)}
"""The answers: about a pregnancy, and about anything else."""
AFTER_BIRTH = "breastfeeding"
"""What is asked next after a birth stands in the checklist beside this."""
Undone: TypeAlias = Next | AskMatters | AskSide | AskAge | ProfileShown | AskUndo


def show_undo(state: AskUndo, here: Here) -> tuple[Reply, ...]:
    """It stands noted: is it over, was it a mistake, or shall it stay?"""
    whole = line("undo.pregnancy_other" if here.profile(state.case).other else "undo.pregnancy")
    question = whole if state.what == PREGNANCY else line("undo.matter", question=Ref("matter", state.what, "undo"))
    each = (button(f"undo.{why}", f"{UNDO}{why}") for why in WHY[state.what == PREGNANCY])
    return (screen_reply((question,), column(*each)),)


def undo_answered(state: AskUndo, event: Pressed, here: Here) -> Step[Undone]:
    """What it was, and what follows from that."""
    why = event.action.partition(":")[2]
    if why not in WHY[state.what == PREGNANCY]:
        return Step(state)
    return _pregnancy_undone(state, why, here) if state.what == PREGNANCY else _matter_undone(state, why, here)


def _pregnancy_undone(state: AskUndo, why: str, here: Here) -> Step[Undone]:
    if why == KEEP:
        return go_on(state.case, here)
    if why == "mistake":
        return _mistaken(state, here)
    case, here = _answered("recent", state.case, here)
    if why == "born":
        return _born(case, here)
    grieving = replace(case or Case(()), heard=(case.heard if case is not None else frozenset()) | {loss.LOSS})
    return Step(loss.asked_first(grieving, here), (note(line("undo.said_ended")),), seat=here.seat)


def _mistaken(state: AskUndo, here: Here) -> Step[Undone]:
    """Noted by mistake: the other answer holds, but not to reach a point that was just refused."""
    value, says = careful_now(state.to or "not", here)
    case, here = _answered(value, state.case, here)
    return go_on(case, here, *says)


def _answered(value: Pregnancy, case: Case | None, here: Here) -> tuple[Case | None, Here]:
    seat, case = here.with_profile(case, replace(here.profile(case), pregnancy=PregnancyAnswer(value, here.today)))
    return case, here.moved(seat)


def _born(case: Case | None, here: Here) -> Step[Undone]:
    """A birth: what to watch for, and the part of the checklist that asks about feeding and a caesarean."""
    says, matters = (note(line("undo.said_born")),), here.knowledge.matters
    if AFTER_BIRTH not in matters:
        return go_on(case, here, *says)
    chosen = tuple(known.matter for known in here.profile(case).matters if known.matter in matters)
    return Step(AskMatters(case, chosen, matters[AFTER_BIRTH].group), says, seat=here.seat)


def _matter_undone(state: AskUndo, why: str, here: Here) -> Step[Undone]:
    stays = why == KEEP or here.refused_lately
    says = (note(line("undo.careful_today")),) if why != KEEP and stays else ()
    chosen = (*state.chosen, state.what) if stays else state.chosen
    if state.left:
        return Step(replace(state, what=state.left[0], left=state.left[1:], chosen=chosen), says)
    step = matters_chosen(state.case, chosen, here, asked=True)
    return Step(step.state, (*says, *step.says), seat=step.seat)
