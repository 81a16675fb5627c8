"""Corrections in words: "remove blood thinners", "sorry, my dad takes it, I don't", "I had the baby". They lead to what the buttons lead to:
what is weighty is not given up without the question why, and nothing is noted again by being taken back."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Any

from bot.catalog.model.lexicon import Lexicon
from bot.catalog.model.lines import Ref
from bot.dialogue.flows import complaint, passing, questions
from bot.dialogue.here import Here, line, note
from bot.dialogue.states import (
    Alarmed,
    AskMatters,
    AskPregnancy,
    AskUndo,
    AskWhose,
    Case,
    Crisis,
    PlanShown,
    ProfileShown,
)
from bot.dialogue.values import Pressed, Said, Step
from bot.safety.profile import checklist_due, pregnancy_now, without_matter
from bot.understanding import untold
from bot.understanding.meaning import Meaning
from bot.understanding.people import named

LISTS = (ProfileShown, AskMatters)
"""Where the list is on the screen, or what is noted of it."""
OPEN = frozenset({"pregnant", "maybe", "trying", "not-saying"})
"""Answers about a pregnancy that a birth or a test may change."""
OWN_QUESTION = (AskPregnancy, AskUndo, AskWhose)
"""Where words about a pregnancy are an answer, or it is not known whose it is."""
GROWN = frozenset({"adult-person", "other-person"})
"""Concepts of somebody who may have a baby."""
DENIAL, LONG_AGO = "denial", "long-ago"


def said(event: Said, open_: Case | None, here: Here) -> Step[Any] | None:
    """What is taken back; None when nothing is."""
    state, lexicon = here.seat.state, here.words.lexicon
    if isinstance(state, Alarmed | Crisis) or here.seat.settings.consent is None or lexicon is None or here.meaning(event.words).answer:
        return None
    case = state.case if isinstance(state, ProfileShown) else open_
    if untold.born_or_tested(event.words, lexicon):
        return _pregnancy_anew(event, case, lexicon, here)
    return _removed(event, case, lexicon, here) or _of_another(event, case, lexicon, here)


# ---------------------------------------------------------------- a pregnancy


def _pregnancy_anew(event: Said, case: Case | None, lexicon: Lexicon, here: Here) -> Step[Any] | None:
    """The question about a pregnancy again; where one stands noted, why it ended. Nobody's is changed by words alone."""
    meaning, known = here.meaning(event.words), pregnancy_now(here.profile(case), here.today)
    own = case is None or case.guest is None
    of_another = own and (named(event.words, lexicon) in {"man", "woman"} or bool(meaning.concepts & GROWN))
    if known not in OPEN or of_another or isinstance(here.seat.state, OWN_QUESTION) or meaning.concepts & {DENIAL, LONG_AGO}:
        return None
    if meaning.decision == "sure":
        return None  # a complaint is told with it, which is heard with what it tells
    going_on = case if case is not None and (case.conditions or case.guest is not None) else None
    return Step(AskUndo(complaint.PREGNANCY, going_on, "not") if known == "pregnant" else AskPregnancy(going_on))


# ---------------------------------------------------------------- the checklist


def _removed(event: Said, case: Case | None, lexicon: Lexicon, here: Here) -> Step[Any] | None:
    """"Remove blood thinners" is the same as taking the tick away."""
    meaning, state = here.meaning(event.words), here.seat.state
    words = untold.removes(event.words, lexicon)
    unclear = not isinstance(state, LISTS) and untold.is_of_the_writer(words, lexicon)
    if not words or unclear or meaning.facts.for_other or meaning.decision == "sure":
        return None
    taken = _matters(meaning, here)
    if meaning.facts.pregnancy is not None and not taken and isinstance(state, LISTS):
        pregnant = pregnancy_now(here.profile(case), here.today) == "pregnant"
        return Step(AskUndo(complaint.PREGNANCY, case, "not") if pregnant else AskPregnancy(case))
    if not taken:
        return None
    held = taken & {known.matter for known in here.profile(case).matters}
    return without(case, held, here) if held else Step(state, (note(line("noted.not_there")),))


def _of_another(event: Said, case: Case | None, lexicon: Lexicon, here: Here) -> Step[Any] | None:
    """"Sorry, my dad takes apixaban, I don't", where it stands noted of the writer; "that was my dad", which does not say what."""
    meaning, state = here.meaning(event.words), here.seat.state
    if (case is not None and case.guest is not None) or meaning.decision == "sure":
        return None
    held = {known.matter for known in here.seat.profile.matters if known.matter in here.knowledge.matters}
    theirs = _matters(meaning, here) & held
    if theirs and meaning.facts.for_other and untold.denies(event.words, lexicon):
        return without(case, theirs, here)
    if not isinstance(state, (*LISTS, PlanShown)) or _matters(meaning, here) or not untold.was_another(event.words, lexicon):
        return None
    if held:
        return _ticked(state if isinstance(state, AskMatters) else None, case, here)
    pregnant = pregnancy_now(here.seat.profile, here.today) == "pregnant"
    return Step(AskUndo(complaint.PREGNANCY, case, "not")) if pregnant else None


def _ticked(state: AskMatters | None, case: Case | None, here: Here) -> Step[AskMatters]:
    """The list with its ticks, to take away what is not so."""
    chosen = tuple(known.matter for known in here.profile(case).matters if known.matter in here.knowledge.matters)
    return Step(state or AskMatters(case, chosen), (note(line("matters.untick")),))


def _matters(meaning: Meaning, here: Here) -> frozenset[str]:
    fed = {complaint.BREASTFEEDING} if meaning.facts.breastfeeding else set()
    return frozenset(matter for matter in {*dict(meaning.facts.matters), *meaning.facts.denied, *fed} if matter in here.knowledge.matters)


def without(case: Case | None, taken: AbstractSet[str], here: Here) -> Step[Any]:
    """Without what is taken back: in the checklist unticked, and so where that was never answered or is due; else at once, but for what is
    weighty, which has its question first."""
    state, profile = here.seat.state, here.profile(case)
    if isinstance(state, AskMatters):
        return _unticked(state, taken, here)
    held = tuple(known.matter for known in profile.matters if known.matter in here.knowledge.matters)
    chosen = tuple(matter for matter in held if matter not in taken)
    if checklist_due(profile, here.knowledge.matters, here.today):
        return Step(AskMatters(case, chosen), (note(line("matters.unticked")),))
    asked = questions.matters_chosen(case, chosen, here).state
    if isinstance(asked, AskUndo):
        return Step(asked)
    for matter in taken:
        profile = without_matter(profile, matter)
    seat, told = here.with_profile(case, profile)
    says = note(line("noted.taken_off", matters=tuple(Ref("matter", matter, "label") for matter in sorted(taken))))
    return Step(passing.with_told(state, told) if told is not None else state, (says,), seat=seat)


def _unticked(state: AskMatters, taken: AbstractSet[str], here: Here) -> Step[AskMatters]:
    """As by its buttons."""
    for matter in sorted(taken & set(state.chosen)):
        pressed = Pressed(at=here.at, token=here.seat.turn, action=f"matter:{matter}")
        step = questions.matter_pressed(state, pressed, here)
        if isinstance(step.state, AskMatters):
            state, here = step.state, here.moved(step.seat or here.seat)
    return Step(state, (note(line("matters.unticked")),), seat=here.seat)
