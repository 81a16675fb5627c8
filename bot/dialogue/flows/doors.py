"""Doors: what is open from every place, by command or by a button of any age. What they show is screened again."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.catalog.model.lines import Line
from bot.dialogue.flows import complaint, invite, journal, welcome
from bot.dialogue.flows.numbers import country_named, emergency_number, for_crisis, numbers
from bot.dialogue.flows.private import may_read, said_next, show_private, token
from bot.dialogue.gate import standing
from bot.dialogue.here import Here, button, line, note
from bot.dialogue.named import says_any
from bot.dialogue.planning import RemindersShown
from bot.dialogue.states import (
    Alarmed,
    Answered,
    Areas,
    AskComplaint,
    AtPoint,
    Case,
    ConfirmForget,
    Crisis,
    GetReady,
    Gone,
    Learning,
    PlanShown,
    PointShown,
    ProfileShown,
    ProgrammesShown,
    Rate,
    Rated,
    SettingsShown,
    Shelf,
    State,
    Trouble,
    Welcome,
)
from bot.dialogue.typed import labels
from bot.dialogue.values import PLAYER_TIMER, Commanded, DropTimer, Pressed, Reply, Said, Step
from bot.safety.profile import Profile

CODE = re.compile(r"([A-Z]{2})[ -]?([0-9]{1,2})")
"""A channel and a number. Points of the ear have codes that are words in other places ("at 4")."""
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
    lines = (line("emergency.title", number=emergency_number(here)), *for_crisis(here), *numbers(("health",), here)[1:-1])
    return Step(here.seat.state, (Reply(lines, ((button("button.country", "country"),),)),))


def asks_numbers(event: Said, here: Here) -> bool:
    """As in "what is the ambulance number here"."""
    lexicon = here.words.lexicon
    return lexicon is not None and says_any(event.words, lexicon.beside.numbers)


def said_beside_abuse(event: Said, here: Here) -> Opened:
    """Words after those about abuse: a call for help, a yes or a label of its doors; with anything else these are shown again."""
    answer = here.heard.answer if here.heard is not None else None
    if answer == "emergency":
        return replace(said_emergency(Commanded(at=event.at, token=event.token, name=answer), here), show=False)
    if answer in {"no", "none"} and not may_read(here):  # not safe to read
        return _private("exit", event, here)
    says = labels(show_private("first", here), here)
    named = here.ctx.understanding[here.seat.settings.language].choice(event.words, says)
    action = "!private:numbers" if answer in {"yes", "agreed"} else named
    if action is not None:
        return _private(action.removeprefix("!private:"), event, here)
    return said_next(here, country_named(event.words, here))


def said_cancel(event: Commanded, here: Here) -> Opened:
    """Stop whatever is going on."""
    del event
    state: State = AskComplaint() if here.seat.settings.consent is not None else here.seat.state
    return Step(state, (note(line("cancel.done")),), (DropTimer(PLAYER_TIMER),), forget_trail=True)


def said_way(event: Said, here: Here) -> Opened | None:
    """"Stop", "help", "back" or a command in words, and nothing else, where no button says so; or what reads like the code of a point and is none. An alarm
    stays; the player stops by its own button; where complaints are told "back" is a part of the body."""
    answer, state = here.heard.answer if here.heard is not None else None, here.seat.state
    if isinstance(state, Alarmed | Crisis):
        return None
    if answer not in {"stop", "help", "back", *AS_COMMANDED, *PICTURES} or _is_command(event, here):
        return _by_its_name(event, here)
    command = Commanded(at=event.at, token=event.token, name=answer)
    if answer in AS_COMMANDED or answer in PICTURES:
        return _as_commanded(answer, command, here)
    if answer == "back":
        known = here.seat.trail or isinstance(state, Areas | AskComplaint | Welcome | Gone)
        return None if known else Step(state, (note(line("not_here.no_way_back")),))
    if answer == "stop":
        return None if isinstance(state, AtPoint | Gone) else said_cancel(command, here)
    return said_help(command, here)


def _is_command(event: Said, here: Here) -> bool:
    """The name of a command without its slash, where nothing else is asked for but what bothers somebody."""
    return isinstance(here.seat.state, AskComplaint | Areas) and event.words.strip(" ./!").casefold() in COMMANDS


def _by_its_name(event: Said, here: Here) -> Opened | None:
    """That command; or what reads like the code of a point and is none."""
    if _is_command(event, here):
        name = event.words.strip(" ./!").casefold()
        return COMMANDS[name](Commanded(at=event.at, token=event.token, name=name), here)
    return Step(here.seat.state, (note(line("point.unknown")),)) if _code_of_none(event.words, here) else None


def _as_commanded(answer: str, command: Commanded, here: Here) -> Opened | None:
    """A command in words. A routine lists its own points, and begins again by its own button."""
    state = here.seat.state
    own = (answer == "browse" and isinstance(state, PlanShown | AtPoint)) or (answer == "restart" and isinstance(state, PLAYED))
    if own or here.seat.settings.consent is None:
        return None
    if answer in PICTURES:
        settings = replace(here.seat.settings, plain=answer == "no_pictures")
        return Step(state, (note(line("settings.plain_on" if settings.plain else "settings.plain_off")),), seat=replace(here.seat, settings=settings))
    return COMMANDS[AS_COMMANDED[answer]](replace(command, name=AS_COMMANDED[answer]), here)


def said_point(event: Commanded, here: Here) -> Opened:
    """/point CODE: the card, or the question which point."""
    if not event.rest:
        return Step(here.seat.state, (note(line("point.which")),))
    return Step(PointShown(here.meaning(event.rest).point or _code(event.rest, here), open_case(here)))


def _code(words: str, here: Here) -> str:
    """The id of a point or a refused one whose code was typed; "" for anything else, for words are not kept."""
    typed = words.strip().upper()
    codes = {point.code.upper(): point.id for point in here.knowledge.points.values()}
    return codes.get(typed, typed if typed in here.knowledge.refused or typed in here.knowledge.points else "")


def _code_of_none(words: str, here: Here) -> bool:
    """Whether this has the form of a point's code, as in "GB 99", and there is no such point."""
    typed = CODE.fullmatch(words.strip().upper())
    channels = {found[1] for id_ in here.knowledge.points if (found := CODE.fullmatch(id_))}
    return typed is not None and typed[1] in channels and not _code(f"{typed[1]}{typed[2]}", here)


def open_case(here: Here) -> Case | None:
    """What is going on, here or at the places behind."""
    return next((s.case for s in (here.seat.state, *reversed(here.seat.trail)) if isinstance(getattr(s, "case", None), Case)), None)


def guest_case(here: Here) -> Case | None:
    """What is going on when it is for somebody else."""
    case = open_case(here)
    return case if case is not None and case.guest is not None else None


def as_known_now(behind: State, here: Here) -> State:
    """A place one goes back to, with what was answered since about the person who is pressed."""
    newest, case = guest_case(here), getattr(behind, "case", None)
    if newest is None or not isinstance(case, Case) or case.guest is None:
        return behind
    return replace(behind, case=replace(case, guest=newest.guest))  # type: ignore[arg-type]  # it has a case


def unnamed(here: Here) -> Case | None:
    """Nothing is known yet but that it is for somebody else."""
    case = getattr(here.seat.state, "case", None)
    return case if isinstance(case, Case) and case.guest is not None and not case.conditions else None


def place(kind: str, here: Here) -> State:
    """Where a button of `PLACES` leads: who is pressed stays known on the way."""
    if kind == "tell":
        return AskComplaint(unnamed(here))
    if kind == "areas":
        return Areas(case=unnamed(here))
    return ProfileShown(guest_case(here)) if kind == "change" else PLACES[kind]


def said_routine(event: Commanded, here: Here) -> Opened:
    """/routine, or /routine with the complaint behind it."""
    return complaint.understood(here.meaning(event.rest), here) if event.rest else Step(AskComplaint())


def said_language(event: Commanded, here: Here) -> Opened:
    """There is no other language to choose yet."""
    del event
    return Step(here.seat.state, (note(line("settings.language")),))


UNLISTED: Mapping[str, Callable[[Commanded, Here], Opened]] = {
    "language": said_language, "remind": lambda _event, _here: Step(RemindersShown()),
}
"""Commands that people try, and that no list shows."""


def to(state: State) -> Callable[[Commanded, Here], Opened]:
    """A door that simply leads to a place."""
    return lambda _event, _here: Step(state)


COMMANDS: Mapping[str, Callable[[Commanded, Here], Opened]] = {
    "start": welcome.started,
    "routine": said_routine,
    "browse": lambda _event, here: Step(place("areas", here)),
    "point": said_point,
    "learn": to(Learning()),
    "reminders": to(RemindersShown()),
    "programmes": to(ProgrammesShown()),
    "favourites": to(Shelf("favourites")),
    "history": to(Shelf("history")),
    "progress": journal.said_progress,
    "profile": to(ProfileShown()),
    "settings": to(SettingsShown()),
    "emergency": said_emergency,
    "privacy": said_privacy,
    "export": journal.said_export,
    "forget": to(ConfirmForget()),
    "cancel": said_cancel,
    "help": said_help,
}
"""Every command, in the order in which they are listed. Their descriptions are the texts `command.<name>`."""

OPEN_BEFORE_CONSENT = (Welcome, Gone, Alarmed, Crisis, ConfirmForget)
"""Places that stand open to who has not consented. There may be something to delete: of a seat that was damaged, the rest."""

AS_COMMANDED: Mapping[str, str] = {
    "forget": "forget", "browse": "browse", "restart": "start", "to_settings": "settings", "to_history": "history", "to_reminders": "reminders",
    "to_favourites": "favourites", "to_profile": "profile", "to_progress": "progress",
}
"""Short answers in words that are commands: "delete everything", "list all points", "start over"."""
PICTURES = frozenset({"no_pictures", "with_pictures"})
PLAYED = (GetReady, AtPoint, Trouble, Rate, Rated)
"""Where to start again is to press again."""

PLACES: Mapping[str, State] = {
    "tell": AskComplaint(), "areas": Areas(), "learn": Learning(), "change": ProfileShown(), "country": SettingsShown("country"),
}
"""Buttons that mean the same in every place."""


def opened(event: Pressed, here: Here) -> Opened | None:
    """A door button: a card, somebody else, an answer, a complaint from before, a way out. None when there is no such door."""
    kind, _, id_ = event.action.partition(":")
    if kind in {"card", "other"}:
        return Step(PointShown(id_, open_case(here)) if kind == "card" else AskComplaint(Case((), guest=Profile(other=True))))
    if kind == "question" and id_ in here.knowledge.questions:
        case = open_case(here)
        return Step(Answered(id_, case if case is not None and (case.conditions or case.guest is not None) else None))
    if kind == "again":
        case = journal.again_case(id_, here)
        return invite.opened(case, here) if case is not None else None
    if kind == "remind":
        return invite.pressed(id_, here)
    if kind == "private":
        return _private(id_, event, here)
    return None


def _private(step: str, event: Pressed | Said, here: Here) -> Opened:
    if step == "else" and standing(here.seat) is None:  # it was no abuse: the place that waits behind, which nothing tells apart
        return Step(here.seat.state, (note(line("private.then")),))
    says = show_private("numbers" if step == "first" else step, here)
    if standing(here.seat) is not None:  # the alarm stays on the screen, and its buttons stay valid
        seat = replace(here.seat, aside=None)  # answered: it need not be asked again
        return Step(here.seat.state, tuple(replace(reply, slot="", edit=False) for reply in says), seat=seat, show=False)
    if step == "exit":
        turn = event.token if here.seat.settings.consent is not None else ""  # the question for consent is not on the screen
        return Step(AskComplaint(), says, seat=replace(here.seat, turn=turn), show=False, forget_trail=True)
    return Step(here.seat.state, says, seat=replace(here.seat, turn=token(here, read=True)), show=False)
