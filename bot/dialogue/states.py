"""Every place a person can be. A state carries exactly what that place knows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from bot.catalog.model import Level, Pregnancy, Variant
from bot.dialogue.planning import AskDays, AskUntil, AskWhat, AskWhen, AskZone, RemindersShown
from bot.routines.plan import Pressing
from bot.safety.profile import Profile
from bot.understanding.meaning import Meaning


@dataclass(frozen=True, slots=True)
class Case:
    """What this one visit is about. `conditions`: most important first. `guest`: the profile of somebody else who is
    pressed, kept here only. `flags`: "none" when no list of red flags is left to ask; `flagged`: the lists that were
    answered; `cleared`: single flags that were, as "list/flag". `ruled`: combination rules already asked and answered no. `age` as said in passing, in years. `level`: the
    worst that was found on the way. `programme`: its points
    are pressed instead of a routine's. `on`: the day of the answers about the complaint; they hold for that day and the next."""

    conditions: tuple[str, ...]
    heard: frozenset[str] = frozenset()
    guest: Profile | None = None
    age: int | None = None
    flags: Literal["unasked", "none"] = "unasked"
    flagged: tuple[str, ...] = ()
    cleared: tuple[str, ...] = ()
    ruled: tuple[str, ...] = ()
    severity: int | None = None
    new: bool | None = None
    variant: Variant = "standard"
    level: Level = "self-care"
    programme: str = ""
    on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Welcome:
    """Before consent. `heard` is the meaning of the first messages, kept until consent is given; `case` what was asked about
    them already: which rules were denied with an alarm."""

    heard: Meaning | None = None
    case: Case | None = None


@dataclass(frozen=True, slots=True)
class AskComplaint:
    """Waiting for words about what bothers the person. `case` has no complaint yet, but says that it is for somebody
    else."""

    case: Case | None = None


@dataclass(frozen=True, slots=True)
class Confirm:
    """Did you mean A, B or neither?"""

    candidates: tuple[str, ...]
    case: Case


@dataclass(frozen=True, slots=True)
class AskWhose:
    """Is it for the writer or for somebody else? The case is somebody else's until that is said."""

    case: Case


@dataclass(frozen=True, slots=True)
class Areas:
    """Nothing was understood, or the person browses: a choice of areas, then of complaints. `area` "" is the top;
    `case` as in AskComplaint."""

    area: str = ""
    case: Case | None = None


@dataclass(frozen=True, slots=True)
class AskPregnancy:
    """Is the person who is pressed pregnant? Without a case it was opened from the profile and goes back there."""

    case: Case | None = None


@dataclass(frozen=True, slots=True)
class AskTrimester:
    """How far along?"""

    case: Case | None = None


@dataclass(frozen=True, slots=True)
class AskMatters:
    """The safety checklist. `chosen`: ticked so far; `group`: the part of it that is open, "" for the overview; `fresh`: ticked just now,
    and not known before."""

    case: Case | None = None
    chosen: tuple[str, ...] = ()
    group: str = ""
    fresh: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskSide:
    """On which side? Asked for each matter of `left` in turn."""

    left: tuple[str, ...]
    case: Case | None = None


@dataclass(frozen=True, slots=True)
class AskAge:
    """Which age group?"""

    case: Case | None = None


@dataclass(frozen=True, slots=True)
class AskUndo:
    """Something careful is to be taken back: why? `what`: "pregnancy", with the answer it gives way `to`, or a matter; `chosen`:
    the checklist as it was ticked, `left`: further matters to ask about."""

    what: str
    case: Case | None = None
    to: Pregnancy | None = None
    chosen: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskFlags:
    """The red flags of these complaints: does any of this apply?"""

    case: Case


@dataclass(frozen=True, slots=True)
class AskDoubt:
    """Not sure about a red flag: which one ("" while that is asked, else "list/flag"), then the plain question that decides it."""

    case: Case
    flag: str = ""


@dataclass(frozen=True, slots=True)
class AskCombination:
    """One specific question from a combination rule."""

    case: Case
    rule: str


@dataclass(frozen=True, slots=True)
class AskSeverity:
    """How bad is it, 0 to 10?"""

    case: Case


@dataclass(frozen=True, slots=True)
class AskNew:
    """It is severe: is it new, or worse than usual?"""

    case: Case


@dataclass(frozen=True, slots=True)
class SeeDoctor:
    """A level without points, and what led there: a flag ("list/flag"), a combination, severity, or an unsure answer."""

    level: Level
    because: Literal["flag", "combination", "severe", "unsure", "trouble"]
    ref: str = ""
    case: Case | None = None


@dataclass(frozen=True, slots=True)
class NoRoutine:
    """No points for this complaint or this person; says why and what else there is."""

    case: Case


@dataclass(frozen=True, slots=True)
class PlanShown:
    """The routine is on the screen, screened anew each time it is shown."""

    case: Case
    more: bool = False


@dataclass(frozen=True, slots=True)
class GetReady:
    """Posture and warm hands, before the first point."""

    case: Case
    steps: tuple[Pressing, ...]


@dataclass(frozen=True, slots=True)
class AtPoint:
    """Pressing. `began`: when this pressing's timer was started; `left`: seconds left when paused; `firm`: the gentle
    start is over; `extra`: seconds added by the person; `skipped`: places among the steps that were not pressed."""

    case: Case
    steps: tuple[Pressing, ...]
    index: int
    began: dt.datetime
    skipped: tuple[int, ...] = ()
    firm: bool = False
    left: int | None = None
    extra: int = 0
    cue: int = 0


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something was wrong while pressing: what was it?"""

    case: Case
    steps: tuple[Pressing, ...]
    index: int
    skipped: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Rate:
    """How is it now, 0 to 10? `pressed`: the points, in order; `steps` and `index`: where it may go on without a point that is to be
    left alone."""

    case: Case
    pressed: tuple[str, ...] = ()
    steps: tuple[Pressing, ...] = ()
    index: int = 0


@dataclass(frozen=True, slots=True)
class Rated:
    """After the rating: how it went, what helped (`helped`: the answer) and when to see a doctor."""

    case: Case
    after: int
    pressed: tuple[str, ...] = ()
    helped: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An alarm that is asked about when the more urgent one is closed; the fields are those of `Alarmed`."""

    alarm: str
    stage: Literal["acted", "again", "confirmed", "denied"] = "acted"
    sure: bool = True
    level: Literal["", "same-day"] = ""


@dataclass(frozen=True, slots=True)
class Alarmed:
    """An alarm holds the conversation. `stage`: acted (what to do is said and the first question asked), again (denied
    once, the second question stands), confirmed (it is so), denied (twice, though the words themselves named the sign). `sure`
    False: the words left room, so the question comes before what to do, unless the alarm's action always comes first. `level`
    overrides the alarm's own. `waiting`: alarms that are asked about afterwards, the most urgent first. `heard`: what the words
    meant beside the alarm, for when it is closed. `because`: the combination rule that let no denial close it. `may_close`: two
    denials are enough even so: a doctor has looked, as the person says, or it rang days ago. `brief`: what to do stands right above, so only the
    question is put again."""

    alarm: str
    stage: Literal["acted", "again", "confirmed", "denied"] = "acted"
    before: Case | None = None
    sure: bool = True
    level: Literal["", "same-day"] = ""
    waiting: tuple[Waiting, ...] = ()
    heard: Meaning | None = None
    because: str = ""
    may_close: bool = False
    brief: bool = False


@dataclass(frozen=True, slots=True)
class Crisis:
    """Words about suicide or self-harm. `step`: where the fixed path stands; `waiting`, `heard` and `brief` as in `Alarmed`, with
    the `before` that its alarms lead back to. Abuse has no state: it leaves no trace."""

    alarm: str
    step: Literal["ask", "again", "unsafe", "safe", "friend", "friend_again", "grounding"] = "ask"
    waiting: tuple[Waiting, ...] = ()
    before: Case | None = None
    heard: Meaning | None = None
    brief: bool = False


@dataclass(frozen=True, slots=True)
class PointShown:
    """A point card, or the reason why it is not shown. `case`: what was going on, for it says who is pressed."""

    point: str
    case: Case | None = None


@dataclass(frozen=True, slots=True)
class Learning:
    """A lesson. `page` counts its steps; the quiz comes last."""

    lesson: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer to a question stands on the screen."""

    question: str
    case: Case | None = None


@dataclass(frozen=True, slots=True)
class ProfileShown:
    """What is known about the person, to look at and to change; with `case`, about the one who is pressed."""

    case: Case | None = None


@dataclass(frozen=True, slots=True)
class SettingsShown:
    """Settings: country for emergency numbers, pictures."""

    choosing: Literal["", "country"] = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class AskCleared:
    """There was an alarm that was never closed: is it over, before `case` is opened?"""

    case: Case | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """Favourites or history, each a door to the routine."""

    shows: Literal["favourites", "history"]


@dataclass(frozen=True, slots=True)
class ProgrammesShown:
    """The programmes, or one of them."""

    open: str = ""


@dataclass(frozen=True, slots=True)
class ConfirmForget:
    """Really delete everything?"""


@dataclass(frozen=True, slots=True)
class Gone:
    """Everything was deleted, or the person said goodbye. The next word begins anew."""


State: TypeAlias = (
    Welcome | AskComplaint | AskWhose | Confirm | Areas | AskPregnancy | AskTrimester | AskMatters | AskSide | AskAge | AskFlags
    | AskUndo | AskDoubt | AskCombination | AskSeverity | AskNew | SeeDoctor | NoRoutine | PlanShown | GetReady | AtPoint | Trouble | Rate
    | Rated | Alarmed | Crisis | PointShown | Learning | Answered | ProfileShown | SettingsShown | ConfirmForget | Gone
    | RemindersShown | AskWhat | AskWhen | AskDays | AskZone | AskUntil | AskCleared | Shelf | ProgrammesShown
)
STATES: tuple[type, ...] = get_args(State)
