"""An answer of ours that was opened in the middle of a question stands before it: what answers the question closes it."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.flows.flags import flags_of
from bot.dialogue.flows.in_words import TRIMESTERS, number_in
from bot.dialogue.flows.questions import onward
from bot.dialogue.here import Here
from bot.dialogue.how_bad_now import ROUGH
from bot.dialogue.states import (
    Answered,
    AskAge,
    AskCombination,
    AskFlags,
    AskMatters,
    AskNew,
    AskPregnancy,
    AskSeverity,
    AskTrimester,
    PointShown,
    State,
)
from bot.dialogue.typed import PLAIN, READ
from bot.dialogue.values import Said
from bot.understanding.how_bad import how_bad

QUESTIONS = (AskPregnancy, AskTrimester, AskAge, AskMatters, AskFlags, AskCombination, AskSeverity, AskNew)


def at_the_question(event: Said, here: Here) -> Here | None:
    """Here at the question that these words answer, with the answer of ours closed."""
    asked = question_behind(here)
    return asked if asked is not None and is_short_answer(event, asked) else None


def question_behind(here: Here) -> Here | None:
    """Here as if the answer were closed: at the very question it was opened at, as "go on" shows it; None where another one comes now."""
    state, trail = here.seat.state, here.seat.trail
    at = next((n for n in reversed(range(len(trail))) if not isinstance(trail[n], Answered | PointShown)), None)
    if not isinstance(state, Answered) or state.case is None or at is None:
        return None
    asked, behind = onward(state.case, here), trail[at]
    place = behind if isinstance(behind, AskTrimester) else asked
    if type(place) is not type(behind) or not isinstance(place, QUESTIONS) or not isinstance(behind, QUESTIONS):
        return None
    same = behind.case is not None and place.case is not None and behind.case.conditions == state.case.conditions
    if not same or _asks(place, here) != _asks(behind, here):
        return None
    return here.moved(replace(here.seat, state=place, trail=trail[:at]))


def is_short_answer(event: Said, here: Here) -> bool:
    """Whether the words can only be an answer to the question here: a plain one, or a number where one is asked for."""
    state, answer, lexicon = here.seat.state, here.meaning(event.words).answer, here.words.lexicon
    if isinstance(state, AskAge | AskTrimester):
        return (isinstance(state, AskTrimester) and answer in TRIMESTERS) or number_in(event.words, here) is not None
    if isinstance(state, AskSeverity):
        return answer in ROUGH or (answer is None and lexicon is not None and how_bad(event.words, lexicon) is not None)
    return (answer in PLAIN or answer == "healthy") and answer not in READ


def _asks(place: State, here: Here) -> object:
    """What stands in the question: only what was read is answered."""
    return flags_of(place.case, here) if isinstance(place, AskFlags) else getattr(place, "rule", "")
