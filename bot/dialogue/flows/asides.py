"""What is said beside the conversation and changes nothing in it: who just came in, what a child may be given, that the last thing was not
heard; and what is asked of the pressing itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.catalog.model.lexicon import Lexicon
from bot.dialogue.flows import complaint
from bot.dialogue.flows.player import at_rest
from bot.dialogue.here import Here, line, note
from bot.dialogue.states import Alarmed, AtPoint, Case, Crisis, GetReady, PointShown
from bot.dialogue.values import PLAYER_TIMER, DropTimer, Said, Step
from bot.understanding import turns
from bot.understanding.meaning import HeardFacts, Meaning
from bot.understanding.people import is_for, named


def said(event: Said, open_: Case | None, here: Here) -> Step[Any] | None:
    """The answer to such words; None for all others."""
    lexicon, meaning = here.words.lexicon, here.heard
    if lexicon is None or meaning is None or isinstance(here.seat.state, Alarmed | Crisis) or here.seat.settings.consent is None:
        return None
    own = open_ if open_ is not None and open_.guest is None and open_.conditions else None
    beside = _of_somebody(event, meaning, lexicon, here) if own is not None else None
    return beside or _again(event, meaning, lexicon, here) or _of_the_point(event, lexicon, here)


def _of_somebody(event: Said, meaning: Meaning, lexicon: Lexicon, here: Here) -> Step[Any] | None:
    """"My daughter just came in", "my toddler has a cold, can I give him steam?": nobody else is pressed for that, and the clock waits.
    Where anything is told of them, as an age, it is for them."""
    told = replace(meaning.facts, for_other=None) != HeardFacts()
    if told or not named(event.words, lexicon):
        return None
    words = turns.words_of(event.words)
    asks = meaning.topic == complaint.CHILD and turns.holds(words, lexicon.beside.given)
    if not asks and (meaning.decision == "sure" or is_for(event.words, lexicon) or not turns.holds(words, lexicon.beside.present)):
        return None
    state = here.seat.state
    key = "topic.child" if asks else "ready.waits" if isinstance(state, GetReady) else "not_here.now"
    if isinstance(state, AtPoint):
        return Step(at_rest(state, here.at), (note(line(key)),), (DropTimer(PLAYER_TIMER),))
    return Step(state, (note(line(key)),))


def _again(event: Said, meaning: Meaning, lexicon: Lexicon, here: Here) -> Step[Any] | None:
    """"What was that you said?": the page once more, whole."""
    begins = turns.after(turns.words_of(event.words), lexicon.beside.again, lexicon.turns.around) is not None
    heard = meaning.decision == "sure" or meaning.facts != HeardFacts()
    return Step(here.seat.state) if begins and not heard else None


def _of_the_point(event: Said, lexicon: Lexicon, here: Here) -> Step[Any] | None:
    """What the point that is pressed is for: its card says so."""
    state = here.seat.state
    rest = turns.after(turns.words_of(event.words), lexicon.beside.point_for, lexicon.turns.around) if isinstance(state, AtPoint) else None
    if not isinstance(state, AtPoint) or rest is None or not set(rest) <= {*lexicon.turns.around, *lexicon.turns.bare}:
        return None
    return Step(PointShown(state.steps[state.index].point, state.case))
