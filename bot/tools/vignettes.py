"""`python -m bot.tools vignettes FOLDER`: short cases (profile, words, answers) played through the dialogue.

A case says which of the five levels is right and which points must not appear. Safe means: at least as urgent as right.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot.catalog.load import load
from bot.dialogue import states as s
from bot.dialogue.machine import Moved, step
from bot.dialogue.values import Context, Event, Pressed, Reply, Said, Seat, Settings
from bot.safety.profile import Known, PregnancyAnswer, Profile
from bot.safety.triage import LEVELS
from bot.settings import KNOWLEDGE
from bot.wiring import context_of

NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
MOST_STEPS = 40
NOTHING = "none"
"""The level of a case in which nothing was decided, such as a refusal or an answer to a question."""


@dataclass(frozen=True, slots=True)
class Case:
    """One vignette. `answers`: `flag` ("none", "unsure" or a flag id), `combination` (yes, no, unsure), `severity`,
    `new` (yes, no), `alarm` (yes, no, unsure). `level`: one or several that are right."""

    id: str
    group: str
    says: tuple[str, ...]
    level: tuple[str, ...]
    profile: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)
    never: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Played:
    """How a case went. `shown`: the points whose code was rendered anywhere."""

    case: Case
    level: str
    place: str
    shown: frozenset[str]

    @property
    def right(self) -> bool:
        """The level is one of the right ones, and nothing forbidden was shown."""
        return self.level in self.case.level and not self.shown.intersection(self.case.never)

    @property
    def safe(self) -> bool:
        """At least as urgent as the least urgent right level, and nothing forbidden was shown."""
        return _urgency(self.level) <= max(map(_urgency, self.case.level)) and not self.shown.intersection(self.case.never)


def _urgency(level: str) -> int:
    return LEVELS.index(level) if level in LEVELS else len(LEVELS)


def cases_in(folder: Path) -> Iterator[Case]:
    """Every case of every YAML file of a folder."""
    for path in sorted(folder.glob("**/*.yaml")):
        for raw in yaml.safe_load(path.read_text(encoding="utf-8")) or []:
            says, level = raw.pop("says"), raw.pop("level")
            listed = {key: tuple(value) if isinstance(value, list) else (value,) for key, value in (("says", says), ("level", level))}
            yield Case(**{**raw, **listed, "never": tuple(raw.get("never", ()))})


def seat_of(case: Case) -> Seat:
    """A person who has consented and, as far as the case says so, answered the safety questions a moment ago."""
    given, today = case.profile, NOW.date()
    pregnancy = PregnancyAnswer(given["pregnancy"], today, int(given.get("weeks", 0))) if "pregnancy" in given else None
    matters = tuple(Known(name, today, "both") for name in given.get("matters", ()))
    checked = None if given.get("unchecked") else today
    profile = Profile(pregnancy, matters, checked, given.get("age", "18-69"))
    return Seat(s.AskComplaint(), profile=profile, settings=Settings(consent=today))


def play(case: Case, context: Context) -> Played:
    """Say everything, answer every question as the case says, and see where it ends."""
    seat, shown = seat_of(case), set[str]()
    for words in case.says:
        seat = _seen(step(seat, Said(at=NOW, token="said", words=words), context), context, shown)  # noqa: S106 - a turn
    for number in range(MOST_STEPS):
        action = _answer(seat.state, case, context)
        if action is None:
            break
        event: Event = Pressed(at=NOW, token=f"t{number}", action=action, turn=seat.turn)
        seat = _seen(step(seat, event, context), context, shown)
    return Played(case, level_at(seat.state, context), type(seat.state).__name__, frozenset(shown))


def _seen(moved: Moved, context: Context, shown: set[str]) -> Seat:
    text = "\n".join(_text(moved.replies, context))
    shown.update(p.id for p in context.knowledge.points.values() if re.search(rf"(?<!\w){re.escape(p.code)}(?!\w)", text))
    return moved.seat


def _text(replies: Iterable[Reply], context: Context) -> Iterator[str]:
    say = context.phrasebooks["en"].say
    for reply in replies:
        yield from (say(line) for line in reply.lines)
        yield from (say(button.label) for row in reply.buttons for button in row)


def _answer(state: object, case: Case, context: Context) -> str | None:
    """What the person of the case presses in this place; None where the case has arrived."""
    answers = case.answers
    pregnancy = f"pregnancy:{case.profile.get('pregnancy', 'not')}"
    simple: dict[type, str] = {
        s.AskPregnancy: pregnancy, s.AskTrimester: "trimester:0", s.AskMatters: "none", s.AskSide: "side:both",
        s.AskAge: f"age:{case.profile.get('age', '18-69')}", s.AskSeverity: f"severity:{answers.get('severity', 4)}",
        s.AskNew: f"new:{answers.get('new', 'no')}", s.AskCombination: str(answers.get("combination", "no")),
    }
    if isinstance(state, s.AskMatters) and state.chosen:
        return "done"
    if isinstance(state, s.AskFlags):
        return _flag(state, str(answers.get("flag", "none")), context)
    if isinstance(state, s.Confirm):
        return f"mean:{state.candidates[0]}"
    if isinstance(state, s.Alarmed) and state.stage != "confirmed":
        return str(answers.get("alarm", "yes"))
    return simple.get(type(state))


def _flag(state: s.AskFlags, wanted: str, context: Context) -> str:
    from bot.dialogue.flows.questions import flags_of  # noqa: PLC0415 - the order of the buttons is decided there
    from bot.dialogue.here import Here  # noqa: PLC0415

    if wanted in {"none", "unsure"}:
        return wanted
    here = Here(Seat(state), NOW, context)
    found = [flag.id for _, flag in flags_of(state.case, here)]
    return f"flag:{found.index(wanted)}" if wanted in found else "unsure"


def level_at(state: object, context: Context) -> str:
    """The level that a place stands for."""
    if isinstance(state, s.Alarmed):
        return state.level or context.knowledge.alarms[state.alarm].level
    if isinstance(state, s.Crisis):
        return "emergency"
    if isinstance(state, s.SeeDoctor):
        return state.level
    return state.case.level if isinstance(state, s.PlanShown | s.NoRoutine) else NOTHING


def report(played: list[Played]) -> str:
    """The table: safe, emergencies found, over-triage, coverage, leaks."""
    emergencies = [p for p in played if p.case.level == ("emergency",)]
    mild = [p for p in played if set(p.case.level) <= {"self-care", "with-care"}]
    leaks = [p for p in played if p.shown.intersection(p.case.never)]
    decided = [p for p in played if p.level != NOTHING or NOTHING in p.case.level]
    rows = [
        ("cases", f"{len(played)}", ""),
        ("right level", _share(sum(p.right for p in played), len(played)), ""),
        ("safe", _share(sum(p.safe for p in played), len(played)), ">= 99 %"),
        ("emergencies found", _share(sum(p.level == "emergency" for p in emergencies), len(emergencies)), "100 %"),
        ("over-triage of self-care", _share(sum(_urgency(p.level) < _urgency("with-care") for p in mild), len(mild)), "<= 20 %"),
        ("coverage", _share(len(decided), len(played)), ""),
        ("forbidden points shown", f"{len(leaks)}", "0"),
    ]
    groups = Counter(p.case.group for p in played)
    rows += [(f"group {name}", _share(sum(p.right for p in played if p.case.group == name), n), "") for name, n in sorted(groups.items())]
    return "\n".join(f"{name:28} {value:>20}  {goal}" for name, value, goal in rows)


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({100 * part / whole:.1f} %)" if whole else "none"


def main(arguments: list[str]) -> int:
    """Play the cases of a folder; exit status 1 when one is not safe."""
    context = context_of(load(KNOWLEDGE))
    played = [play(case, context) for case in cases_in(Path(arguments[0] if arguments else "tests/vignettes"))]
    for one in played:
        if not one.right:
            mark = "" if one.safe else "UNSAFE "
            print(f"{mark}{one.case.id}: {one.level} at {one.place}, right is {' or '.join(one.case.level)}; shown {sorted(one.shown)}")
    print(report(played))
    return 0 if all(one.safe for one in played) else 1
