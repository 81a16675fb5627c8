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
from typing import Any, cast

import yaml

from bot.catalog.load import load
from bot.catalog.model import Knowledge
from bot.dialogue import states as s
from bot.dialogue.flows.flags import flags_of
from bot.dialogue.here import Here
from bot.dialogue.machine import Moved, step
from bot.dialogue.states import State
from bot.dialogue.values import Context, Event, Pressed, Reply, Said, Seat, Settings
from bot.safety.profile import Known, PregnancyAnswer, Profile, Side
from bot.safety.triage import LEVELS
from bot.settings import KNOWLEDGE
from bot.wiring import context_of

NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
MOST_STEPS = 40
NOTHING = "none"
"""The level of a case in which nothing was decided, such as a refusal or an answer to a question."""


@dataclass(frozen=True, slots=True)
class Case:
    """One vignette. `answers`: `flag` ("none", "unsure" or a flag id), `doubt` (about which flag one is not sure) and `decides`
    (yes, no, unsure), `combination` (yes, no, unsure, or the id of the
    rule that is answered with yes), `severity`, `new` (yes, no), `alarm` (yes, no, unsure), `mean` (which complaint).
    `level`: one or several that are right. `never`: points; `pregnancy` stands for all that are not for pregnancy, `all`
    for every point, `left:PC6` for one side of one. `tells`: words that must be read somewhere. A matter may name its
    side, `lymphoedema:left`; without one it is both."""

    id: str
    group: str
    says: tuple[str, ...]
    level: tuple[str, ...]
    profile: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    never: frozenset[str] = frozenset()
    tells: tuple[str, ...] = ()

    @property
    def matters(self) -> Mapping[str, Side]:
        """The matters of the person, each with its side."""
        named = (name.partition(":") for name in self.profile.get("matters", ()))
        return {matter: cast("Side", side or "both") for matter, _, side in named}


@dataclass(frozen=True, slots=True)
class Played:
    """How a case went. `shown`: the points whose code was rendered anywhere, and the sides of those in the plan;
    `untold`: words that were missed."""

    case: Case
    level: str
    place: str
    shown: frozenset[str]
    untold: tuple[str, ...] = ()

    @property
    def right(self) -> bool:
        """The level is one of the right ones, nothing forbidden was shown and nothing needed left unsaid."""
        return self.level in self.case.level and not self.forbidden and not self.untold

    @property
    def forbidden(self) -> frozenset[str]:
        """What was shown and must not be."""
        return self.shown.intersection(self.case.never)

    @property
    def safe(self) -> bool:
        """At least as urgent as the least urgent right level, and nothing forbidden was shown."""
        return _urgency(self.level) <= max(map(_urgency, self.case.level)) and not self.forbidden and not self.untold


def _urgency(level: str) -> int:
    return LEVELS.index(level) if level in LEVELS else len(LEVELS)


def cases_in(folder: Path, knowledge: Knowledge) -> Iterator[Case]:
    """Every case of every YAML file of a folder."""
    for path in sorted(folder.glob("**/*.yaml")):
        for raw in yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader) or []:  # noqa: S506 - everything is text
            listed = {key: tuple(value) if isinstance(value := raw[key], list) else (value,) for key in ("says", "level")}
            never = frozenset(id_ for name in raw.get("never", ()) for id_ in _meant(name, knowledge))
            yield Case(**{**raw, **listed, "never": never, "tells": tuple(raw.get("tells", ()))})


def _meant(name: str, knowledge: Knowledge) -> Iterator[str]:
    """The points that a word under `never` stands for."""
    if name in {"all", "pregnancy"}:
        yield from (p.id for p in knowledge.points.values() if name == "all" or p.pregnancy != "N" or not p.taught)
    elif name.partition(":")[2] in knowledge.points or name in knowledge.points:
        yield name
    else:
        raise KeyError(name)


def seat_of(case: Case) -> Seat:
    """A person who has consented and, as far as the case says so, answered the safety questions a moment ago."""
    given, today = case.profile, NOW.date()
    pregnancy = PregnancyAnswer(given["pregnancy"], today, int(given.get("weeks", 0))) if "pregnancy" in given else None
    matters = tuple(Known(name, today, side) for name, side in case.matters.items()) if not given.get("unchecked") else ()
    checked = None if given.get("unchecked") else today
    profile = Profile(pregnancy, matters, checked, given.get("age", "18-69"))
    return Seat(s.AskComplaint(), profile=profile, settings=Settings(consent=today))


def play(case: Case, context: Context) -> Played:
    """Say everything, answer every question as the case says, and see where it ends."""
    seat, shown, told = seat_of(case), set[str](), list[str]()
    for words in case.says:
        seat = _seen(step(seat, Said(at=NOW, token="said", words=words), context), context, shown, told)  # noqa: S106 - a turn
    for number in range(MOST_STEPS):
        action = _answer(seat.state, case, context)
        if action is None:
            break
        event: Event = Pressed(at=NOW, token=f"t{number}", action=action, turn=seat.turn)
        seat = _seen(step(seat, event, context), context, shown, told)
    shown.update(_sides(seat, context))
    untold = tuple(words for words in case.tells if words.lower() not in "\n".join(told).lower())
    return Played(case, level_at(seat.state, context), type(seat.state).__name__, frozenset(shown), untold)


def _sides(seat: Seat, context: Context) -> Iterator[str]:
    """The sides that a plan on the screen presses, as `left:PC6`."""
    plan = Here(seat, NOW, context).planned(seat.state.case) if isinstance(seat.state, s.PlanShown) else None
    for point in plan.points if plan is not None else ():
        yield from (f"{side}:{point.id}" for side in point.sides)


def _seen(moved: Moved, context: Context, shown: set[str], told: list[str]) -> Seat:
    text = "\n".join(_text(moved.replies, context))
    told.append(text)
    names, owners = _names(context)
    shown.update(owners[found] for found in names.findall(text))
    shown.update(id_ for reply in moved.replies if reply.picture is not None for id_ in reply.picture.points)
    return moved.seat


def _names(context: Context) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """Codes and characters, the longer ones first; English names are ordinary words too often."""
    owners = {name: p.id for p in context.knowledge.points.values() for name in (p.code, p.hanzi)}
    either = "|".join(map(re.escape, sorted(owners, key=len, reverse=True)))
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)"), owners


def _text(replies: Iterable[Reply], context: Context) -> Iterator[str]:
    say = context.phrasebooks["en"].say
    for reply in replies:
        yield from (say(line) for line in reply.lines)
        yield from (say(button.label) for row in reply.buttons for button in row)


def _answer(state: State, case: Case, context: Context) -> str | None:
    """What the person of the case presses in this place; None where the case has arrived."""
    answers, given = case.answers, case.profile
    if isinstance(state, s.AskMatters):
        missing = next((m for m in case.matters if m not in state.chosen), "")
        return f"matter:{missing}" if missing else "done" if state.chosen else "none"
    if isinstance(state, s.AskFlags):
        return _flag(state, answers.get("flag", "none"), context)
    if isinstance(state, s.AskDoubt):
        return _doubt(state, answers, context)
    if isinstance(state, s.AskCombination):
        wanted = answers.get("combination", "no")
        return wanted if wanted in {"yes", "no", "unsure"} else "yes" if wanted == state.rule else "no"
    if isinstance(state, s.Confirm):
        return f"mean:{answers['mean'] if answers.get('mean') in state.candidates else state.candidates[0]}"
    simple: dict[type, str] = {
        s.AskPregnancy: f"pregnancy:{given.get('pregnancy', 'not')}", s.AskTrimester: "trimester:0", s.AskSide: f"side:{case.matters.get(state.left[0], 'both') if isinstance(state, s.AskSide) else ''}",
        s.AskAge: f"age:{given.get('age', '18-69')}", s.AskSeverity: f"severity:{answers.get('severity', 4)}",
        s.AskNew: f"new:{answers.get('new', 'no')}",
        s.Alarmed: answers.get("alarm", "yes") if getattr(state, "stage", "") != "confirmed" else "",
        s.AskWhose: "other", s.SeeDoctor: "go_on" if getattr(state, "level", "") == "doctor-soon" else "",
    }
    return simple.get(type(state)) or None


def _flag(state: s.AskFlags, wanted: str, context: Context) -> str:
    """`none` and `unsure` are buttons, a flag has its list in front; one that is not asked about cannot be answered."""
    asked = {flag.id: f"flag:{list_}/{flag.id}" for list_, flag in flags_of(state.case, Here(Seat(state), NOW, context))}
    unsure = wanted == "unsure" and not state.case.cleared
    return asked.get(wanted, "unsure" if unsure else "none")


def _doubt(state: s.AskDoubt, answers: Mapping[str, str], context: Context) -> str:
    """Which flag it is, the first unless the case says so, and the answer to its question."""
    asked = [f"{list_}/{flag.id}" for list_, flag in flags_of(state.case, Here(Seat(state), NOW, context))]
    if not state.flag:
        wanted = answers.get("doubt", "")
        return f"doubt:{next((ref for ref in asked if ref.endswith(f'/{wanted}')), asked[0])}"
    decides = answers.get("decides", "unsure")
    return f"flag:{state.flag}" if decides == "yes" else decides


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
    leaks = [p for p in played if p.forbidden]
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
    folder = Path(arguments[0] if arguments else "tests/vignettes")
    if not any(folder.glob("**/*.yaml")):
        print(f"no cases (*.yaml) in {folder}")
        return 2
    context = context_of(load(KNOWLEDGE))
    played = [play(case, context) for case in cases_in(folder, context.knowledge)]
    for one in played:
        if not one.right:
            mark = "" if one.safe else "UNSAFE "
            print(f"{mark}{one.case.id}: {one.level} at {one.place}, right is {' or '.join(one.case.level)}; shown {sorted(one.forbidden)}, untold {one.untold}")
    print(report(played))
    return 0 if all(one.safe for one in played) else 1
