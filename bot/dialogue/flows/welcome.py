"""The first screen: what this is and is not, and consent. What was said before consent keeps its meaning."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias

from bot.catalog.model.lines import Ref
from bot.dialogue.flows import loss
from bot.dialogue.flows.beside import joined
from bot.dialogue.flows.complaint import Heard, asks, understood
from bot.dialogue.here import Here, button, column, line, note, screen_reply
from bot.dialogue.states import AskComplaint, Gone, Welcome
from bot.dialogue.values import Commanded, Pressed, Reply, Said, Step
from bot.understanding.meaning import HeardFacts, Meaning

Greeted: TypeAlias = Welcome | AskComplaint | Gone


def show_welcome(state: Welcome, here: Here) -> tuple[Reply, ...]:
    """What this is, what it is not, and the question for consent."""
    del here
    kept = (line("welcome.kept"),) if state.heard is not None else ()
    buttons = column(button("welcome.agree", "agree"), button("welcome.privacy", "privacy"), button("welcome.decline", "decline"))
    return (screen_reply((line("welcome.what"), line("welcome.not"), line("welcome.consent"), *kept), buttons),)


def welcome_said(state: Welcome, event: Said, here: Here) -> Step[Welcome]:
    """A first message without /start: understood, its meaning kept, and consent asked."""
    meaning = here.meaning(event.words)
    chat = meaning.topic in {None, "smalltalk", "gibberish", "off-topic"} or meaning.answer is not None  # "ok" asks nothing, whatever it sounds like
    worth_keeping = meaning.decision != "none" or not chat or meaning.point is not None or meaning.facts != HeardFacts()
    if asks(meaning, here) and meaning.decision == "none" and meaning.facts == HeardFacts():
        return Step(state, (note(line("question.answer", question=Ref("question", meaning.question or "", "question"),
                                      answer=Ref("question", meaning.question or "", "answer"))),))
    return Step(replace(state, heard=joined(state.heard, meaning)) if worth_keeping else state, loss.kindly(meaning))


def welcome_pressed(state: Welcome, event: Pressed, here: Here) -> Step[Heard | Welcome | Gone]:
    """Consent given or not, or a question about privacy."""
    if event.action == "privacy":
        return Step(state, (note(line("privacy.short")),))
    if event.action == "decline":
        return Step(Gone())
    if event.action != "agree":
        return Step(state)
    here = here.moved(replace(here.seat, settings=replace(here.seat.settings, consent=here.today)))
    if state.heard is not None:
        return understood(state.heard, here, state.case)
    return Step(AskComplaint(), (note(line("welcome.thanks")),), seat=here.seat, forget_trail=True)


def _linked(payload: str, here: Here) -> Meaning | None:
    kind, _, id_ = payload.partition("_")
    if kind == "point" and (id_ in here.knowledge.points or id_ in here.knowledge.refused):
        return Meaning(point=id_)
    if kind == "about" and id_ in here.knowledge.conditions:
        return Meaning(decision="sure", wanted=(id_,))
    return None


def show_gone(state: Gone, here: Here) -> tuple[Reply, ...]:
    """Goodbye, and how to begin again."""
    del state, here
    return (screen_reply((line("gone.bye"),), column(button("gone.again", "again"))),)


def gone_left(state: Gone, event: Pressed | Said, here: Here) -> Step[Welcome | AskComplaint]:
    """Anything at all begins anew."""
    del state
    if here.seat.settings.consent is not None:
        return Step(AskComplaint())
    return welcome_said(Welcome(), event, here) if isinstance(event, Said) else Step(Welcome())


def started(event: Commanded, here: Here) -> Step[Heard | Greeted]:
    """/start: a greeting for those who were here before, the first screen for the others.

    A deep link (`/start point_PC6`, `/start about_headache`) is understood like words that say so, beside those kept before.
    """
    linked = _linked(event.rest, here)
    if here.seat.settings.consent is None:
        before = here.seat.state if isinstance(here.seat.state, Welcome) else Welcome()
        after = replace(before, heard=joined(before.heard, linked)) if linked is not None else before
        return Step(after, forget_trail=True)
    if linked is not None:
        return understood(linked, here)
    open_thread = here.seat.alarm is not None and not here.seat.alarm.closed
    return Step(AskComplaint(), (note(line("welcome.back_alarm" if open_thread else "welcome.back")),), forget_trail=True)
