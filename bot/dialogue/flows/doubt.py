"""Answers to the red flags: none, one of them, or not sure. Who is not sure is asked which one, then one plain question
that decides it; still not sure is the safe side."""

from __future__ import annotations

from dataclasses import replace

from bot.catalog.model import Flag
from bot.catalog.model.lines import Ref
from bot.dialogue.flows.flags import WHY, flags_of, labels, list_of, why
from bot.dialogue.flows.questions import Next, alarming, go_on, raised, ruled
from bot.dialogue.here import Here, button, column, line, note, pairs, screen_reply
from bot.dialogue.states import Alarmed, AskDoubt, AskFlags, Case, Crisis, ProfileShown, SeeDoctor
from bot.dialogue.values import Pressed, Reply, Step


def flag_answered(state: AskFlags, event: Pressed, here: Here) -> Step[Next | SeeDoctor | Alarmed | Crisis | AskFlags | AskDoubt | ProfileShown]:
    """None goes on; a flag decides the level; not sure is asked about."""
    action, _, ref = event.action.partition(":")
    found = {f"{list_}/{flag.id}": flag for list_, flag in flags_of(state.case, here)}
    if event.action == WHY and found:
        return Step(state, (why(state.case, here),))
    if action == "none":
        case = replace(state.case, flagged=(*state.case.flagged, list_of(state.case, here)))
        return go_on(case, here)
    if action == "unsure":
        return Step(AskDoubt(state.case, next(iter(found)) if len(found) == 1 else ""))
    if action == "doubt" and ref in found:
        return Step(AskDoubt(state.case, ref))
    return Step(_flagged(ref, found[ref], state.case, here) if action == "flag" and ref in found else state)


def _flagged(ref: str, flag: Flag, case: Case | None, here: Here) -> SeeDoctor | Alarmed | Crisis:
    """It is so. What can wait some days is noted, and the rest of the list is asked before going on."""
    if flag.level == "emergency" and flag.alarm:
        return alarming(flag.alarm, case, here)
    return SeeDoctor(flag.level, "flag", ref, raised(cleared(case, ref), flag.level) if case is not None else None)


def cleared(case: Case, ref: str) -> Case:
    """The case with this flag answered."""
    return replace(case, cleared=(*case.cleared, ref))


# ---------------------------------------------------------------- not sure


def show_doubt(state: AskDoubt, here: Here) -> tuple[Reply, ...]:
    """Which one is it? Then its own question."""
    if not state.flag:
        each = labels("doubt", flags_of(state.case, here))
        return (screen_reply((line("flags.which"),), (*pairs(each), (button("flags.cannot_say", "cannot_say"), button("flags.none_after_all", "none")))),)
    list_, _, id_ = state.flag.partition("/")
    question = line("flags.decide", question=Ref("flag", list_, f"{id_}.unsure"))
    choices = (button("button.yes", f"flag:{state.flag}"), button("button.no", "no"), button("button.not_sure", "unsure"))
    return (screen_reply((question,), (*column(*choices), (button("button.why", WHY),))),)


def doubt_answered(state: AskDoubt, event: Pressed, here: Here) -> Step[Next | SeeDoctor | Alarmed | Crisis | AskDoubt | AskFlags | ProfileShown]:
    """Yes counts like the flag itself; no clears this one flag and leads back to the others."""
    action, _, ref = event.action.partition(":")
    found = {f"{list_}/{flag.id}": flag for list_, flag in flags_of(state.case, here)}
    asked_why = event.action == WHY and bool(found)
    if action == "doubt" and ref in found:
        return Step(AskDoubt(state.case, ref))
    if action in {"cannot_say", "none"} and not state.flag:
        return Step(AskFlags(state.case) if action == "none" else SeeDoctor("same-day", "unsure", case=state.case))
    if asked_why or state.flag not in found:
        return Step(state, (why(state.case, here),) if asked_why else ())
    if action == "flag" and ref == state.flag:
        return Step(_flagged(ref, found[ref], state.case, here))
    if action == "no":
        return go_on(cleared(state.case, state.flag), here, note(line("flags.not_so")))
    return _still_unsure(state, found[state.flag], here) if action == "unsure" else Step(state)


def _still_unsure(state: AskDoubt, flag: Flag, here: Here) -> Step[Next | SeeDoctor | Alarmed | Crisis | ProfileShown]:
    """The safe side: an alarm with its own two questions, a doctor today, or a doctor soon and the other flags."""
    case = cleared(state.case, state.flag)
    if flag.level == "emergency" and flag.alarm:
        return Step(alarming(flag.alarm, case, here, certain=False))
    if flag.level == "doctor-soon":
        return go_on(raised(case, flag.level), here, note(line("doctor.because_unsure")))
    return Step(SeeDoctor(flag.level, "unsure", case=raised(case, flag.level)))


# ---------------------------------------------------------------- a yes on an old screen


def rings_at_any_age(action: str, case: Case | None, here: Here) -> Step[SeeDoctor | Alarmed | Crisis] | None:
    """A "yes" to a red flag counts also on an old screen. None for every other old button."""
    kind, _, ref = action.partition(":")
    if kind == "flag":
        list_, _, id_ = ref.partition("/")
        every = here.knowledge.flags[list_].flags if list_ in here.knowledge.flags else ()
        flag = next((flag for flag in every if flag.id == id_), None)
        return Step(_flagged(ref, flag, case, here)) if flag is not None else None
    if kind == "yes" and ref in here.knowledge.alarms:
        return Step(alarming(ref, case, here))
    if kind == "yes" and ref in here.knowledge.combinations:
        return Step(ruled(here.knowledge.combinations[ref], case, here, certain=True))
    return None
