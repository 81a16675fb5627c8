"""Doors: what is open from every place, by command or by a button of any age. What they show is screened again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.catalog.model.lines import Line
from bot.dialogue.flows import alarms, complaint, questions, welcome
from bot.dialogue.here import Here, line, note
from bot.dialogue.states import (
    Answered,
    Areas,
    AskComplaint,
    Case,
    ConfirmForget,
    Learning,
    PointShown,
    ProfileShown,
    SettingsShown,
    State,
)
from bot.dialogue.values import Commanded, DropTimer, Pressed, Step

Opened = Step[Any]
"""A door may lead anywhere; the table of places below says where each one does."""


def said_help(event: Commanded, here: Here) -> Opened:
    """What I can do, and every command with a word about it."""
    del event
    commands: tuple[Line, ...] = tuple(line("help.command", name=name, about=line(f"command.{name}")) for name in COMMANDS)
    return Step(here.seat.state, (note(line("help.title"), *commands, line("help.limits")),))


def said_privacy(event: Commanded, here: Here) -> Opened:
    """What is kept, how, and how to delete it."""
    del event
    return Step(here.seat.state, (note(line("privacy.full")),))


def said_emergency(event: Commanded | Pressed, here: Here) -> Opened:
    """Numbers, at any time."""
    del event
    lines = (line("emergency.title", number=alarms.emergency_number(here)), *alarms.numbers("suicide", here),
             *alarms.numbers("health", here)[1:-1])
    return Step(here.seat.state, (note(*lines),))


def said_cancel(event: Commanded, here: Here) -> Opened:
    """Stop whatever is going on."""
    del event
    state: State = AskComplaint() if here.seat.settings.consent is not None else here.seat.state
    return Step(state, (note(line("cancel.done")),), (DropTimer("player"),), forget_trail=True)


def said_point(event: Commanded, here: Here) -> Opened:
    """/point CODE: the card, or the question which point."""
    if not event.rest:
        return Step(here.seat.state, (note(line("point.which")),))
    return Step(PointShown(here.meaning(event.rest).point or event.rest.strip().upper()))


def said_routine(event: Commanded, here: Here) -> Opened:
    """/routine, or /routine with the complaint behind it."""
    return complaint.understood(here.meaning(event.rest), here) if event.rest else Step(AskComplaint())


def to(state: State) -> Callable[[Commanded, Here], Opened]:
    """A door that simply leads to a place."""
    return lambda _event, _here: Step(state)


COMMANDS: Mapping[str, Callable[[Commanded, Here], Opened]] = {
    "start": welcome.started,
    "routine": said_routine,
    "browse": to(Areas()),
    "point": said_point,
    "learn": to(Learning()),
    "profile": to(ProfileShown()),
    "settings": to(SettingsShown()),
    "emergency": said_emergency,
    "privacy": said_privacy,
    "forget": to(ConfirmForget()),
    "cancel": said_cancel,
    "help": said_help,
}
"""Every command, in the order in which they are listed. Their descriptions are the texts `command.<name>`."""

PLACES: Mapping[str, State] = {
    "tell": AskComplaint(), "areas": Areas(), "learn": Learning(), "change": ProfileShown(), "country": SettingsShown("country"),
}
"""Buttons that mean the same in every place."""


def opened(event: Pressed, here: Here) -> Opened | None:
    """A door button: a card, an answer, a complaint from before, a way out. None when there is no such door."""
    kind, _, id_ = event.action.partition(":")
    if kind == "card":
        return Step(PointShown(id_))
    if kind == "question" and id_ in here.knowledge.questions:
        return Step(Answered(id_))
    if kind == "again" and id_ in here.knowledge.conditions:
        return questions.go_on(Case((id_,)), here)
    if kind == "private":
        return _private(id_, here)
    return None


def _private(step: str, here: Here) -> Opened:
    leaving = Step(AskComplaint(), alarms.show_private("exit", here), show=False, forget_trail=True)
    return leaving if step == "exit" else Step(here.seat.state, alarms.show_private("numbers", here), show=False)


