"""Two people in one conversation: whose turn it is. With the person the case begins anew, with only what was just said, so that nothing
told of one of them lands on the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from bot.dialogue.flows import complaint, passing, whose
from bot.dialogue.flows.player import at_rest
from bot.dialogue.flows.questions import go_on
from bot.dialogue.here import Here, column, door, line, note
from bot.dialogue.states import (
    Alarmed,
    Answered,
    AskComplaint,
    AtPoint,
    Case,
    Crisis,
    GetReady,
    PlanShown,
    ProfileShown,
    Rate,
    Rated,
    Trouble,
)
from bot.dialogue.values import PLAYER_TIMER, DropTimer, Reply, Said, Step
from bot.understanding import turns
from bot.understanding.meaning import HeardFacts, Meaning
from bot.understanding.people import MAN, WOMAN, named

BY_ANOTHER = "press-for-someone"
"""The question of ours about pressing with two."""
ROUTINE = (PlanShown, GetReady, AtPoint, Trouble, Rate, Rated)


def said(event: Said, open_: Case | None, here: Here) -> Step[Any] | None:
    """The writer's turn, or that of somebody who is named; None when nobody else's turn begins."""
    if isinstance(here.seat.state, Alarmed | Crisis) or here.seat.settings.consent is None or here.words.lexicon is None:
        return None
    return _shared(event, here) or _pressed_by(event, open_, here) or _own(event, open_, here) or passing.said_own(event, open_, here) or _next(event, open_ or Case(()), here)


def _shared(event: Said, here: Here) -> Step[Any] | None:
    """"Can my partner do it too?", said to a routine: it was made for one person, and for another one all is asked anew. Nothing that is
    told of them is noted; what the writer tells of themselves is."""
    state, lexicon = here.seat.state, here.words.lexicon
    if not isinstance(state, ROUTINE) or lexicon is None or here.meaning(event.words).answer or not turns.is_shared(event.words, lexicon):
        return None
    key = "plan.only_them" if state.case.guest is not None else "plan.only_you"
    says = Reply((line(key),), column(door("whose.other", "other:new")))
    now, case, noted = _told_of_the_writer(turns.of_the_writer(event.words, lexicon), state.case, here)
    if noted and case.guest is None:
        return go_on(case, now, *noted, says)
    place = at_rest(state, here.at) if isinstance(state, AtPoint) else state
    return Step(place, (*noted, says), (DropTimer(PLAYER_TIMER),), seat=now.seat)


def _pressed_by(event: Said, open_: Case | None, here: Here) -> Step[Any] | None:
    """"Can hubby press my lower back?": what holds for pressing with two. What the writer tells of themselves beside it is noted."""
    lexicon = here.words.lexicon
    if lexicon is None or BY_ANOTHER not in here.knowledge.questions or not turns.presses_the_writer(event.words, lexicon):
        return None
    now, case, noted = _told_of_the_writer(turns.of_the_writer(event.words, lexicon), open_ or Case(()), here)
    if not noted and replace(here.meaning(event.words).facts, for_other=None) != HeardFacts():
        return None  # whose it is cannot be told: nothing is lost on another way
    going_on = case if case.conditions or case.guest is not None else None
    return Step(Answered(BY_ANOTHER, going_on), noted, seat=now.seat)


def _told_of_the_writer(parts: Iterable[str], case: Case, here: Here) -> tuple[Here, Case, tuple[Reply, ...]]:
    """What some words tell of the writer, kept. `case`: what is going on, also for somebody else, who then stays as they are."""
    noted: list[Reply] = []
    for part in parts:
        meaning = replace(here, heard=None).meaning(part)
        if not meaning.facts.for_other:
            seat, told, says = complaint.taken_in(meaning, Case(()) if case.guest is not None else case, here)
            here, case = here.moved(seat), case if case.guest is not None else told
            noted.extend(says)
    return here, case, tuple(noted)


def _own(event: Said, open_: Case | None, here: Here) -> Step[Any] | None:
    """"Now me: I have a headache", after somebody else. Of what was told where it was left open for whom it is nothing is lost: it is
    one's own where nobody was named, and else asked about again."""
    lexicon = here.words.lexicon
    if lexicon is None or open_ is None or open_.guest is None:
        return None
    turn = turns.to_the_writer(event.words, lexicon)
    meaning = _of_the_writer(event.words, turn.rest, here) if turn is not None else None
    if turn is None or meaning is None:
        return None
    if not whose.is_named(open_) or (turn.bare and whose.is_open(open_)):
        own = passing.for_oneself(open_, here)
        return own if turn.bare else _begun(meaning, own.says, here.moved(own.seat or here.seat))
    says = (note(line("noted.own")),)
    if whose.is_open(open_):
        here = here.moved(replace(here.seat, profile=passing.asked_anew(here.seat.profile, open_.guest, here)))
    return Step(AskComplaint(), says, forget_trail=True) if turn.bare else _begun(meaning, says, here)


def _begun(meaning: Meaning, says: tuple[Reply, ...], here: Here) -> Step[Any]:
    """The writer's own case, begun by these words."""
    step = complaint.understood(meaning, replace(here, heard=meaning))
    return replace(step, says=(*says, *step.says), forget_trail=True)


def _of_the_writer(words: str, rest: str, here: Here) -> Meaning | None:
    """What the words say of the writer: those from there on where somebody is spoken of before, else all; of a pregnancy always all."""
    lexicon, whole = here.words.lexicon, here.meaning(words)
    theirs = lexicon is not None and named(words.removesuffix(rest), lexicon) and whole.facts.pregnancy is None
    if not whole.facts.for_other and not theirs:
        return whole
    meaning = replace(here, heard=None).meaning(rest)
    return None if meaning.facts.for_other else meaning


def _next(event: Said, open_: Case, here: Here) -> Step[Any] | None:
    """"And for mum again", "now my dad, he feels sick": somebody else's case begins. The same somebody's goes on."""
    lexicon, meaning = here.words.lexicon, here.meaning(event.words)
    turn = turns.to_another(event.words, lexicon) if lexicon is not None and meaning.facts.for_other else None
    if turn is None or lexicon is None or not _is_somebody_new(event, open_, here, bare=turn.bare):
        return None
    if not turn.bare and meaning.decision != "none":
        return replace(complaint.understood(meaning, here), forget_trail=True)
    seat, case, noted = complaint.taken_in(meaning, Case(()), here)
    return Step(AskComplaint(case), noted, seat=seat, forget_trail=True)


def _is_somebody_new(event: Said, open_: Case, here: Here, *, bare: bool) -> bool:
    """After the writer, also on the page about the writer, anybody who is not only spoken of; after somebody else, a woman after a man
    or a man after a woman."""
    lexicon, state = here.words.lexicon, here.seat.state
    if open_.guest is None or (isinstance(state, ProfileShown) and state.case is None):
        return bare or whose.somebody_else(here.meaning(event.words), replace(open_, guest=None))
    who = named(event.words, lexicon) if lexicon is not None else ""
    return {"man": WOMAN, "woman": MAN}.get(who, "") in open_.heard
