"""What is asked about, or only supposed, is not told: "what is a blood thinner?" ticks nothing, "is LI4 safe if I'm pregnant" has it asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.catalog.model.lines import Line, Ref
from bot.dialogue.flows import complaint
from bot.dialogue.here import Here, line, note
from bot.dialogue.planning import AskWhen, AskZone
from bot.dialogue.states import Alarmed, AskMatters, AskPregnancy, Case, Crisis
from bot.dialogue.values import Said, Step
from bot.safety.profile import pregnancy_now
from bot.understanding.meaning import PERHAPS_PREGNANT, HeardFacts, Meaning
from bot.understanding.untold import asks_what, without_supposed

CERTAIN = frozenset({"pregnant", "recent"})
"""Answers to which a supposed pregnancy adds nothing, or is heard as told."""


def only_told(event: Said, here: Here) -> Meaning:
    """The meaning of the words without facts that are only asked about or supposed. A pregnancy that is supposed stays a perhaps."""
    meaning, lexicon = _without_the_hour(event, here), here.words.lexicon
    if lexicon is None or meaning.facts == HeardFacts():
        return meaning
    if asks_what(event.words, lexicon):
        return replace(meaning, facts=replace(meaning.facts, matters=(), breastfeeding=None))
    if not _is_supposed(event, meaning, here):
        return meaning
    return replace(meaning, facts=replace(meaning.facts, pregnancy=None), concepts=meaning.concepts | {PERHAPS_PREGNANT})


def _without_the_hour(event: Said, here: Here) -> Meaning:
    """The hour of a clock is nobody's age: "it's ten past eight here"; nor is any time where a clock or a time is asked for."""
    meaning = here.meaning(event.words)
    if meaning.facts.age is None:
        return meaning
    asked = isinstance(here.seat.state, AskZone | AskWhen)
    told = (here.times(event.words), here.hour(event.words)) if asked else ()
    clock = {at.hour for each in told for at in (*each.times, *each.either)} | here.turned(event.words)
    return replace(meaning, facts=replace(meaning.facts, age=None)) if meaning.facts.age in clock else meaning


def _is_supposed(event: Said, meaning: Meaning, here: Here) -> bool:
    """Whether the words say of the writer no more than that there may be a pregnancy."""
    lexicon = here.words.lexicon
    known = pregnancy_now(here.seat.profile, here.today)
    if lexicon is None or meaning.facts.pregnancy != "pregnant" or meaning.facts.for_other or known in CERTAIN:
        return False
    rest = without_supposed(event.words, lexicon)
    return rest is not None and here.meaning(rest).facts.pregnancy is None


def said(event: Said, open_: Case | None, here: Here) -> Step[Any] | None:
    """What something on the checklist is; and the question about a pregnancy, where a point was asked for that hangs on it."""
    state, lexicon = here.seat.state, here.words.lexicon
    if isinstance(state, Alarmed | Crisis) or here.seat.settings.consent is None or lexicon is None:
        return None
    if asks_what(event.words, lexicon):
        return _explained(event, here)
    return _asked_first(open_, here)


def _explained(event: Said, here: Here) -> Step[Any] | None:
    """In the checklist its own words for it; elsewhere, where there is no fuller answer."""
    meaning, matters = replace(here, heard=None).meaning(event.words), here.knowledge.matters
    fed = (complaint.BREASTFEEDING,) if meaning.facts.breastfeeding else ()
    named = tuple(matter for matter in (*dict(meaning.facts.matters), *fed) if matter in matters)
    if not named or (not isinstance(here.seat.state, AskMatters) and complaint.asks(meaning, here)):
        return None
    lines: tuple[Line, ...] = tuple(line("matters.means", label=Ref("matter", id_, "label"), help=Ref("matter", id_, "help")) for id_ in named)
    return Step(here.seat.state, (note(*lines),))


def _asked_first(open_: Case | None, here: Here) -> Step[Any] | None:
    meaning = here.heard
    if meaning is None or meaning.point is None or PERHAPS_PREGNANT not in meaning.concepts or meaning.facts.for_other:
        return None
    seat, case, noted = complaint.taken_in(meaning, open_ or Case(()), here)
    if pregnancy_now(here.moved(seat).profile(case), here.today) is not None:
        return None
    going_on = case if case.conditions or case.guest is not None else None
    return Step(AskPregnancy(going_on), (*noted, note(line("pregnancy.supposed"))), seat=seat)
