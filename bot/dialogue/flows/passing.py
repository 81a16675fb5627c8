"""What words tell about the person is kept before they answer anything: a question they seem to answer loses no fact."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Any

from bot.catalog.model.lines import Line
from bot.dialogue.flows import whose
from bot.dialogue.flows.complaint import MOST_CONDITIONS, asked_again, is_doubted, said_back, taken_in
from bot.dialogue.flows.questions import go_on
from bot.dialogue.here import Here, line, note
from bot.dialogue.states import (
    Alarmed,
    AskAge,
    AskComplaint,
    AskMatters,
    AskPregnancy,
    AskSide,
    AskTrimester,
    AskUndo,
    AskWhose,
    AtPoint,
    Case,
    Crisis,
    GetReady,
    NoRoutine,
    PlanShown,
    Rate,
    Rated,
    SeeDoctor,
    State,
    Trouble,
)
from bot.dialogue.values import Reply, Said, Step
from bot.safety.profile import Profile, pregnancy_now, with_age, with_matter
from bot.understanding.meaning import Meaning

ABOUT_THE_PERSON = (AskPregnancy, AskTrimester, AskMatters, AskAge, AskSide, AskUndo, AskWhose)
"""Places that take facts in as answers."""
OWN_IN_PIECES = ("own", "no", "agreed", "go", "next")
"""What "it is for me" may be said with: "no, I mean me, carry on"."""
HAD = (PlanShown, GetReady, AtPoint, Trouble, Rate, Rated, NoRoutine, SeeDoctor)
"""Where all questions were answered for somebody else."""


def kept_first(meaning: Meaning | None, open_: Case | None, here: Here) -> tuple[Here, tuple[Reply, ...]]:
    """The place with the facts of these words, and what is said back. `open_`: what is going on here or at the places behind; who
    is pressed there is the one they are about. Words about somebody else than that change nothing."""
    state = here.seat.state
    if meaning is None or here.seat.settings.consent is None or _another(meaning, open_):
        return here, ()
    seat, told, noted = taken_in(meaning, open_ or Case(()), here)
    if not noted:
        return here, ()
    trail = tuple(with_told(behind, told) for behind in seat.trail)
    return here.moved(replace(seat, state=with_told(state, told), trail=trail)), noted


def noted_first(answered: Callable[[Here], Step[Any]], open_: Case | None, here: Here) -> Step[Any]:
    """The answer of a place that listens for something else, with what the words tell about the person kept and said back first. The
    same place again after that asks once more, and does not complain."""
    now, noted = kept_first(here.heard, open_, here)
    answer = answered(now)
    says = noted if noted and answer.state == now.seat.state else (*noted, *answer.says)
    return replace(answer, says=says, seat=answer.seat or now.seat)


def beside_answer(meaning: Meaning | None, open_: Case | None, here: Here) -> tuple[Here, tuple[Reply, ...]]:
    """The same for words that mean a button, unless its question is about the person: then they are its answer and nothing else."""
    return (here, ()) if isinstance(here.seat.state, ABOUT_THE_PERSON) else kept_first(meaning, open_, here)


def about_another(meaning: Meaning | None, open_: Case | None, here: Here) -> bool:
    """Whether the words tell facts about somebody else than the one who is pressed, or name whom it is for: then they are no answer
    either."""
    if meaning is None or isinstance(here.seat.state, ABOUT_THE_PERSON) or not _another(meaning, open_):
        return False
    _, told, noted = taken_in(meaning, open_ or Case(()), here)
    return bool(noted) or whose.is_open(told)


def _another(meaning: Meaning, open_: Case | None) -> bool:
    return whose.somebody_else(meaning, open_ or Case(()))


def with_told(state: State, told: Case) -> State:
    """The place with the guest as known now; in the case that is open also what else was told."""
    field = "before" if isinstance(state, Alarmed | Crisis) else "case"
    case = getattr(state, field, None)
    if not isinstance(case, Case) or (case.guest is None) != (told.guest is None):
        return state
    if case.conditions == told.conditions:
        told = replace(case, guest=told.guest, age=told.age, heard=case.heard | told.heard)
        return replace(state, **{field: told})  # type: ignore[arg-type]  # it has that field
    return replace(state, **{field: replace(case, guest=told.guest)})  # type: ignore[arg-type]  # same


# ---------------------------------------------------------------- for oneself after all


def said_own(event: Said, open_: Case | None, here: Here) -> Step[Any] | None:
    """"It is for me", where it was taken to be for somebody else: the complaint is one's own, and so is what was told with it, unless it
    was told of somebody who was named. Once they have their routine, it is the writer's turn, and nothing of theirs is."""
    meant = "own" in here.ctx.understanding[here.seat.settings.language].answers_in(event.words, OWN_IN_PIECES)
    if not meant or open_ is None or isinstance(here.seat.state, Alarmed | Crisis):
        return None
    if open_.guest is None:
        return Step(here.seat.state, (note(line("noted.own")),)) if isinstance(here.seat.state, ABOUT_THE_PERSON + HAD) else None
    if isinstance(here.seat.state, HAD) and whose.is_named(open_):
        return Step(AskComplaint(), (note(line("noted.own")),), forget_trail=True)
    return for_oneself(open_, here)


def for_oneself(open_: Case, here: Here) -> Step[Any]:
    """On with the case of a guest as one's own."""
    if open_.guest is None:
        return go_on(open_, here)
    before, theirs = here.seat.profile, whose.is_named(open_) and not whose.is_open(open_)
    after = asked_anew(before, open_.guest, here) if theirs else _with_all_of(before, open_.guest, open_.heard, here)
    told = said_back(Profile(), _weighty(open_.guest)) if theirs else []
    said: tuple[Line, ...] = (line("noted.own_anew", facts=tuple(told)) if told else line("noted.own"),)
    noted = (*said_back(before, after), *asked_again(before, after, open_.heard))
    says = (note(*said, *((line("noted.all", facts=noted),) if noted else ())),)
    own = _with_what_was_open(open_, here)
    own = replace(own, age=None) if theirs else own
    now = here.moved(replace(here.seat, profile=after, trail=()))
    return replace(go_on(own, now, *says), forget_trail=True)


def _weighty(guest: Profile) -> Profile:
    """Of what was told only what makes more careful."""
    none = guest.pregnancy is None or guest.pregnancy.value == "not"
    return replace(guest, age=None, pregnancy=None if none else guest.pregnancy)


def _with_what_was_open(open_: Case, here: Here) -> Case:
    """The case as one's own. Where it was open for whom it is, what was going on before goes on, too."""
    own = Case(open_.conditions, open_.heard - whose.OF_OTHERS, age=open_.age)
    before = getattr(here.seat.trail[-1], "case", None) if here.seat.trail and whose.is_open(open_) else None
    if not isinstance(before, Case) or before.guest is not None or not before.conditions:
        return own
    own, new = replace(before, heard=before.heard | own.heard, age=own.age or before.age), own.conditions
    if set(new) <= set(before.conditions):
        return own
    return replace(own, conditions=tuple(dict.fromkeys((*before.conditions, *new)))[:MOST_CONDITIONS], flags="unasked", severity=None)


def asked_anew(own: Profile, guest: Profile, here: Here) -> Profile:
    """One's own profile, with everything open again that was told of somebody who was named: it is theirs, and perhaps one's own, too."""
    told, held = guest.pregnancy, {known.matter for known in own.matters}
    if told is not None and told.value != "not" and pregnancy_now(own, here.today) == "not":
        own = replace(own, pregnancy=None)
    if any(known.matter not in held for known in guest.matters):
        own = replace(own, checked=None)
    return replace(own, age=None) if guest.age is not None and guest.age != own.age else own


def _with_all_of(own: Profile, guest: Profile, heard: AbstractSet[str], here: Here) -> Profile:
    """One's own profile with what was told of the other; it makes only more careful."""
    told = guest.pregnancy
    if is_doubted(own, heard, here):
        own = replace(own, pregnancy=None)
    if told is not None and told.value != "not" and pregnancy_now(own, here.today) != "pregnant":
        own = replace(own, pregnancy=told)
    held = {known.matter for known in own.matters}
    for known in guest.matters:
        own = with_matter(own, known) if known.matter not in held else own
    return with_age(own, guest.age) if own.age is None and guest.age is not None else own
