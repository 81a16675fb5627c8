"""For you, or for somebody else? Asked where the words leave it open: "my husband is a pain, headache"."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.dialogue.flows import passing, whose
from bot.dialogue.flows.complaint import Heard, said_back, said_meanwhile
from bot.dialogue.flows.questions import Next, go_on
from bot.dialogue.here import Here, button, column, line, note, screen_reply
from bot.dialogue.states import AskWhose, ProfileShown
from bot.dialogue.values import Pressed, Reply, Said, Step
from bot.understanding.people import named

ME, OTHER = "me", "other"


def show(state: AskWhose, here: Here) -> tuple[Reply, ...]:
    """Two answers; the words of either will do."""
    del state, here
    return (screen_reply((line("ask.whose"),), column(button("whose.me", ME), button("whose.other", OTHER))),)


def pressed(state: AskWhose, event: Pressed, here: Here) -> Step[Next | ProfileShown | AskWhose]:
    """For oneself after all: nothing is lost that makes more careful. For somebody else: on with the questions about them."""
    if event.action == ME:
        return passing.for_oneself(whose.settled(state.case), here)
    return _for_them(state, here) if event.action == OTHER else Step(state)


def said(state: AskWhose, event: Said, here: Here) -> Step[Heard | Next | None]:
    """"For him", "my husband": somebody is named. All else is heard in passing."""
    lexicon = here.words.lexicon
    if lexicon is not None and named(event.words, lexicon) and here.meaning(event.words).decision != "sure":
        return _for_them(state, here)
    return said_meanwhile(state.case, event, here)


def _for_them(state: AskWhose, here: Here) -> Step[Any]:
    case = whose.settled(state.case)
    before = here.profile(case)
    after = whose.by_sex(before, case, here)
    noted = tuple(said_back(before, after, man=True))
    says = (note(line("noted.all", facts=noted)),) if noted else ()
    return go_on(replace(case, guest=after), here, *says)
