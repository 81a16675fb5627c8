"""The seat as text and back. Every state is saved with its kind and a version.

A saved seat that no longer fits (an unknown kind, version, or something the knowledge no longer has) is not an
accident: the person begins at the first place, keeps the profile where that still reads, and gets one friendly line.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass, replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bot.catalog.model import Knowledge
from bot.dialogue.flows.questions import AGE_MATTERS
from bot.dialogue.kept import Course, Favourite, Following, Reminder, Troubled
from bot.dialogue.states import (
    STATES,
    Alarmed,
    AskComplaint,
    AskDoubt,
    AskMatters,
    AskSide,
    AskUndo,
    Crisis,
    SeeDoctor,
    State,
    Welcome,
)
from bot.dialogue.values import AlarmMemory, Seat, Settings
from bot.safety.profile import Profile

VERSION = 1


@dataclass(frozen=True, slots=True)
class Read:
    """A seat that was read. `lost`: the place could not be kept."""

    seat: Seat
    lost: bool = False


_ADAPTERS: dict[Any, TypeAdapter[Any]] = {}
KEPT: dict[str, Any] = {
    "favourites": tuple[Favourite, ...], "reminders": tuple[Reminder, ...], "courses": tuple[Course, ...],
    "troubled": tuple[Troubled, ...], "following": Following | None, "refused": dt.datetime | None,
    "aside": dt.datetime | None,
}
"""What stays from visit to visit: written only where there is something, so most seats stay small."""


def _plain(of: Any, value: Any) -> Any:
    return _adapter(of).dump_python(value, mode="json", exclude_defaults=True)


def _adapter(of: Any) -> TypeAdapter[Any]:
    """Made when first needed: there are many kinds of states, and a start should not wait for all of them."""
    if of not in _ADAPTERS:
        _ADAPTERS[of] = TypeAdapter(of)
    return _ADAPTERS[of]


def kind_of(state: type) -> str:
    """AskFlags -> ask_flags."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", state.__name__).lower()


KINDS: dict[str, type] = {kind_of(state): state for state in STATES}


def _state_out(state: Any) -> dict[str, Any]:
    return {"v": VERSION, "kind": kind_of(type(state)), "is": _adapter(type(state)).dump_python(state, mode="json")}


def written(seat: Seat) -> str:
    """The seat as JSON text."""
    whole = {
        "v": VERSION,
        "state": _state_out(seat.state),
        "trail": [_state_out(state) for state in seat.trail],
        "profile": _adapter(Profile).dump_python(seat.profile, mode="json"),
        "settings": _adapter(Settings).dump_python(seat.settings, mode="json"),
        "alarm": _adapter(AlarmMemory).dump_python(seat.alarm, mode="json") if seat.alarm is not None else None,
        "turn": seat.turn,
        "answered": seat.answered,
        "recents": seat.recents,
        **{name: _plain(of, getattr(seat, name)) for name, of in KEPT.items() if getattr(seat, name)},
    }
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))


def kept_of(seat: Seat) -> dict[str, Any]:
    """What is kept about the person, for them to read: without where the conversation stands."""
    whole = json.loads(written(seat))
    return {name: value for name, value in whole.items() if name not in {"v", "state", "trail", "turn", "answered", "refused", "aside"}}


def new_seat(language: str, guessed: str = "") -> Seat:
    """The seat of somebody never seen."""
    return Seat(Welcome(), settings=Settings(language=language, guessed=guessed))


def read(text: str, knowledge: Knowledge) -> Read:
    """The seat that was saved; with `lost` when its place had to be given up."""
    try:
        whole = json.loads(text)
        seat = _still_known(_without_place(whole), knowledge)
    except (ValueError, LookupError, TypeError, AttributeError, ValidationError):
        return Read(new_seat("en"), lost=True)
    if seat.settings.language not in knowledge.words:
        seat = replace(seat, settings=replace(seat.settings, language="en"))
    try:
        state = _state_in(whole["state"], knowledge)
        trail = tuple(_state_in(each, knowledge) for each in whole["trail"])
    except (ValueError, LookupError, TypeError, AttributeError, ValidationError):
        return Read(replace(seat, state=_first_place(seat, knowledge), turn=""), lost=True)
    return Read(replace(seat, state=state, trail=trail))


def _first_place(seat: Seat, knowledge: Knowledge) -> State:
    """Where to begin when the place is lost: an alarm that was not closed still holds."""
    alarm = seat.alarm
    if alarm is not None and not alarm.closed and alarm.alarm in knowledge.alarms:
        return Crisis(alarm.alarm) if knowledge.alarms[alarm.alarm].crisis else Alarmed(alarm.alarm)
    return AskComplaint() if seat.settings.consent is not None else Welcome()


def _without_place(whole: dict[str, Any]) -> Seat:
    alarm = whole.get("alarm")
    return Seat(
        Welcome(),
        profile=_adapter(Profile).validate_python(whole["profile"]),
        settings=_adapter(Settings).validate_python(whole["settings"]),
        alarm=_adapter(AlarmMemory).validate_python(alarm) if alarm else None,
        turn=str(whole["turn"]),
        answered=(str(whole["answered"][0]), str(whole["answered"][1])),
        recents=tuple(map(str, whole["recents"])),
        **{name: _adapter(of).validate_python(whole[name]) for name, of in KEPT.items() if whole.get(name)},
    )


def _still_known(seat: Seat, knowledge: Knowledge) -> Seat:
    """The seat without what the knowledge no longer has; a reminder for it stays, and asks what it is for."""
    conditions, programmes = {"", *knowledge.conditions}, {"", *knowledge.programmes}

    def fits(what: Favourite) -> bool:
        return what.condition in conditions and what.programme in programmes

    return replace(
        seat,
        favourites=tuple(each for each in seat.favourites if fits(each)),
        reminders=tuple(each if fits(each.what) else replace(each, what=Favourite()) for each in seat.reminders),
        courses=tuple(
            each if each.helped in {"", *knowledge.points} else replace(each, helped="")
            for each in seat.courses if each.condition in conditions
        ),
        troubled=tuple(each for each in seat.troubled if each.point in knowledge.points),
        following=seat.following if seat.following is not None and seat.following.programme in programmes else None,
    )


def _state_in(saved: dict[str, Any], knowledge: Knowledge) -> Any:
    """The state of one saved place. Raises ValueError when it no longer fits."""
    if saved["v"] != VERSION:
        raise ValueError(saved["v"])
    state = _adapter(KINDS[saved["kind"]]).validate_python(saved["is"])
    _known(state, knowledge)
    return state


def _known_draft(draft: Reminder | None, knowledge: Knowledge) -> None:
    """The same for a reminder in the making."""
    if draft is not None and draft.what.condition:
        knowledge.conditions[draft.what.condition]
    if draft is not None and draft.what.programme:
        knowledge.programmes[draft.what.programme]


def _known_flag(ref: str, knowledge: Knowledge) -> None:
    """Raises KeyError when there is no such red flag, as "list/flag"."""
    list_, _, id_ = ref.partition("/")
    _ = {flag.id: flag for flag in knowledge.flags[list_].flags}[id_]


def _known_undo(state: AskUndo, knowledge: Knowledge) -> None:
    """The same for what is to be taken back."""
    for matter in (state.what, *state.left, *state.chosen):
        if matter not in {"pregnancy", *AGE_MATTERS}:
            knowledge.matters[matter]


def _known_reasons(state: Any, knowledge: Knowledge) -> None:
    """The same for the flag or the combination that a place is about."""
    if isinstance(state, AskDoubt) and state.flag:
        _known_flag(state.flag, knowledge)
    if isinstance(state, AskUndo):
        _known_undo(state, knowledge)
    if isinstance(state, Alarmed) and state.because:
        knowledge.combinations[state.because]
    if isinstance(state, SeeDoctor) and state.because == "combination":
        knowledge.combinations[state.ref]
    if isinstance(state, SeeDoctor) and state.because == "flag":
        _known_flag(state.ref, knowledge)


def _known(state: Any, knowledge: Knowledge) -> None:
    """Raises KeyError when the state names something the knowledge does not have (any more)."""
    case = getattr(state, "case", None) or getattr(state, "before", None)
    for condition in (*getattr(case, "conditions", ()), *getattr(state, "candidates", ())):
        knowledge.conditions[condition]
    _known_draft(getattr(state, "draft", None), knowledge)
    for point in (*(step.point for step in getattr(state, "steps", ())), *getattr(state, "pressed", ())):
        knowledge.points[point]
    checks = {"alarm": knowledge.alarms, "rule": knowledge.combinations, "question": knowledge.questions, "lesson": knowledge.lessons}
    for name, known in checks.items():
        if getattr(state, name, ""):
            known[getattr(state, name)]
    for waiting in getattr(state, "waiting", ()):
        knowledge.alarms[waiting.alarm]
    _known_reasons(state, knowledge)
    if isinstance(state, AskSide | AskMatters):
        for matter in state.left if isinstance(state, AskSide) else state.chosen:
            if matter not in AGE_MATTERS:
                knowledge.matters[matter]
