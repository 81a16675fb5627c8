"""For you, or for somebody else? Asked where the words leave it open: "my husband is a pain, headache"."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.dialogue.flows import passing, whose
from bot.dialogue.flows.complaint import Heard, said_meanwhile
from bot.dialogue.flows.questions import Next, go_on
from bot.dialogue.here import Here, button, column, line, note, screen_reply
from bot.dialogue.states import Areas, AskWhose, ProfileShown
from bot.dialogue.values import Pressed, Reply, Said, Step
from bot.understanding.people import named

ME, MAN, OTHER = "me", "man", "other"


def show(state: AskWhose, here: Here) -> tuple[Reply, ...]:
    """Three answers; words for them will do. Only the answer about a man spares the question about a pregnancy."""
    del state, here
    return (screen_reply((line("ask.whose"),), column(*(button(f"whose.{who}", who) for who in (ME, MAN, OTHER)))),)


def pressed(state: AskWhose, event: Pressed, here: Here) -> Step[Next | ProfileShown | AskWhose]:
    """For oneself after all: nothing is lost that makes more careful. For somebody else: on with the questions about them."""
    if event.action == ME:
        return passing.for_oneself(state.case, here)
    return _for_them(state, here, man=event.action == MAN) if event.action in {MAN, OTHER} else Step(state)


def said(state: AskWhose, event: Said, here: Here) -> Step[Heard | Next | None]:
    """"For him", "my husband": somebody is named. Who does not know goes on with what it is about. All else is heard in passing."""
    lexicon = here.words.lexicon
    who = named(event.words, lexicon) if lexicon is not None else ""
    if who and here.meaning(event.words).decision != "sure":
        return _for_them(state, here, man=who == "man")
    if here.meaning(event.words).answer == "unsure":
        return Step(Areas(case=replace(state.case, conditions=())), (note(line("whose.unsure")),))
    return said_meanwhile(state.case, event, here)


def _for_them(state: AskWhose, here: Here, *, man: bool) -> Step[Any]:
    case = whose.settled(state.case)
    told = whose.of_a_man(case, here) if man else case
    noted = (note(line("noted.all", facts=(line("noted.man"),))),) if told.guest != case.guest else ()
    return go_on(told, here, *noted)
