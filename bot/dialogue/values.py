"""The values of the dialogue: what happens (events), what is said (replies), what is ordered (effects), the seat.

A place where a person can be is a state; the states stand in `bot.dialogue.states`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, Protocol, TypeVar

from bot.asked import Asked, NamedClock, Switched
from bot.catalog.model import Knowledge
from bot.catalog.model.lines import Line
from bot.dialogue.kept import Course, Favourite, Following, Reminder, Town, Troubled
from bot.safety.profile import Profile
from bot.understanding.alarms import Known
from bot.understanding.meaning import Meaning

# ---------------------------------------------------------------- events: what happens to a person


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Stamped at the edge: `at` is when we took it (UTC), `token` a fresh random turn."""

    at: dt.datetime
    token: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Event):
    """Words: text, caption, edited or forwarded text."""

    words: str
    edited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed(Event):
    """A button. `turn` is None for a door, which works at any age."""

    action: str
    turn: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Commanded(Event):
    """A command such as /help, without its slash; `rest` is what stood behind it. /start is one too."""

    name: str
    rest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared(Event):
    """Something that is not words. A location carries degrees."""

    kind: Literal["photo", "voice", "sticker", "video", "file", "location", "contact", "poll", "other"]
    latitude: float = 0.0
    longitude: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Due(Event):
    """A reminder fell due. `late`: by how many seconds."""

    reminder: str
    late: float = 0.0

    @property
    def planned(self) -> dt.datetime:
        """When it should have come."""
        return self.at - dt.timedelta(seconds=self.late)


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed(Event):
    """The invitation of a reminder `planned` for that moment waited too long for its turn and was never sent."""

    planned: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Rang(Event):
    """A timer of ours rang. `late`: by how many seconds."""

    timer: str
    late: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed(Event):
    """Timers of these names rang, and a mistake of ours left them without an answer."""

    timers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Came(Event):
    """The person unblocked the bot or came back after the front lost them; `Left` is the opposite."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left(Event):
    """The person blocked the bot."""


# ---------------------------------------------------------------- replies: what to say, not how


@dataclass(frozen=True, slots=True)
class Button:
    """`action` is at most 50 bytes. A door works at any age and from any message."""

    label: Line
    action: str
    door: bool = False


Slot = Literal["", "screen", "player"]
Lasts = Literal["reply", "player", "alarm", "reminder", "private"]
Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished picture of the knowledge base: `points` are offered ones only, several of them on one sheet or, as an
    `album`, one card each; `name` is another card's name. `text`: what is seen, for whom no picture is shown."""

    points: tuple[str, ...] = ()
    name: str = ""
    text: Line | None = None
    album: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """A running timer for the progress bar: when it began, how long, and where it stands when paused (seconds left)."""

    began: dt.datetime
    seconds: int
    left: int | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """One message. `slot` names the message it may replace; `edit` asks for that. `numbers`: the choices are numbers
    themselves (0-10, weeks), so a front that numbers its choices must not number these. `lasts`: how long it is
    worth sending, counted from `since` (None: from now). `quiet` arrives without a sound."""

    lines: tuple[Line, ...]
    buttons: Rows = ()
    picture: Picture | None = None
    slot: Slot = ""
    edit: bool = False
    numbers: bool = False
    lasts: Lasts = "reply"
    since: dt.datetime | None = None
    quiet: bool = False
    clock: Clock | None = None


# ---------------------------------------------------------------- effects: orders carried out with the same commit


PLAYER_TIMER = "player"
"""The timer of a pressing that is under way; it rings before all others."""


@dataclass(frozen=True, slots=True)
class SetTimer:
    """Ring `name` at `at`. One timer a name: a later one replaces it."""

    name: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class DropTimer:
    """Take back a timer."""

    name: str


@dataclass(frozen=True, slots=True)
class Record:
    """An entry for the journal: small facts, never words of the person."""

    kind: Literal["routine", "rating", "helped", "trouble", "reminder"]
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ForgetMe:
    """Delete everything about the person, for good."""


@dataclass(frozen=True, slots=True)
class Tell:
    """Something answered outside the dialogue because it needs the store: an export or a chart."""

    what: Literal["export", "progress"]


Effect = SetTimer | DropTimer | Record | ForgetMe | Tell

# ---------------------------------------------------------------- the seat


@dataclass(frozen=True, slots=True)
class Settings:
    """What the person chose. `country` is an ISO code for the emergency numbers, "" when not chosen.
    `guessed` is only a suggestion from the language. `plain`: no pictures. `zone`: a name of the tz database or a fixed
    offset ("+05:45"), "" when not known. `open_lock`: reminders may name what they are for on the lock screen. `dark`:
    charts with a dark ground."""

    language: str = "en"
    consent: dt.date | None = None
    country: str = ""
    guessed: str = ""
    plain: bool = False
    zone: str = ""
    open_lock: bool = False
    dark: bool = False


@dataclass(frozen=True, slots=True)
class AlarmMemory:
    """The last alarm: nothing invites to a routine for a day, and then it asks first. Abuse leaves none."""

    alarm: str
    at: dt.datetime
    closed: bool = False


State = Any
"""One of `bot.dialogue.states.STATES`."""


@dataclass(frozen=True, slots=True)
class Seat:
    """What a step may know of a person; bounded. `turn` is the token of the present screen; `answered` the token and
    action of the press just answered; `trail` the places behind, for Back; `refused` when a point was last refused; `aside` when a
    question was asked beside an alarm that is to be asked once more after it: nothing else is known of that."""

    state: State
    trail: tuple[State, ...] = ()
    profile: Profile = field(default_factory=Profile)
    turn: str = ""
    answered: tuple[str, str] = ("", "")
    settings: Settings = field(default_factory=Settings)
    alarm: AlarmMemory | None = None
    favourites: tuple[Favourite, ...] = ()
    recents: tuple[str, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    courses: tuple[Course, ...] = ()
    troubled: tuple[Troubled, ...] = ()
    following: Following | None = None
    refused: dt.datetime | None = None
    aside: dt.datetime | None = None


class Understands(Protocol):
    """The index of people's words in one language."""

    def meaning(self, text: str, known: Known = ...) -> Meaning:
        """What the words mean, given what is known of the person; never raises."""

    def choice(self, text: str, labels: Mapping[str, str]) -> str | None:
        """The action whose label the typed words mean, if any."""

    def answers_in(self, text: str, allowed: Collection[str]) -> frozenset[str]:
        """The short answers of these kinds that the words consist of, and of nothing else."""


class Says(Protocol):
    """Turns lines into words of one language; the dialogue uses it only to recognise typed button labels."""

    def say(self, line: Line) -> str:
        """The words of a line."""


class HearsTimes(Protocol):
    """Reads times of day and days in one language."""

    def asks(self, text: str) -> bool:
        """Whether a reminder is asked for; quick, for it is looked at in every message."""

    def stops(self, text: str) -> bool:
        """Whether no more reminders are wanted."""

    def town(self, text: str) -> str:
        """The words without what stands before the name of a town."""

    def near(self, text: str) -> str:
        """The last words, that may be the name of a town by themselves."""

    def clock(self, text: str) -> NamedClock:
        """A clock that is called by its name, or told by its offset."""

    def told(self, text: str, today: dt.date) -> Asked:
        """Times, days, how long, and whether a reminder is asked for; never raises."""

    def hour(self, text: str, today: dt.date) -> Asked:
        """A bare hour, where a time is asked for."""

    def moved(self, text: str, today: dt.date) -> Asked:
        """A bare hour to which a reminder is moved."""

    def switched(self, text: str) -> Switched:
        """Whether the reminder on the screen is to be silent, deleted or switched on again."""

    def turned(self, text: str) -> frozenset[int]:
        """Hours said with their minutes, as in "ten past eight"."""

    def day(self, text: str, today: dt.date) -> dt.date | None:
        """The day that is meant, not before today."""


class Places(Protocol):
    """Where people live, and which clocks hold there."""

    def named(self, words: str) -> tuple[Town, ...]:
        """Towns of that name, or of a country, the best first; more than one when it is not clear."""

    def like(self, words: str) -> tuple[Town, ...]:
        """Towns whose name is written nearly so, the best first."""

    def in_zone(self, zone: str) -> Town | None:
        """The largest town of a zone."""

    def near(self, latitude: float, longitude: float) -> Town | None:
        """The nearest town."""

    def at_offset(self, minutes: int, at: dt.datetime) -> tuple[Town, ...]:
        """Large towns whose clocks are so many minutes ahead of UTC at that moment, a zone once each."""


class Nowhere:
    """Knows no town."""

    def named(self, words: str) -> tuple[Town, ...]:
        """None."""
        del words
        return ()

    def like(self, words: str) -> tuple[Town, ...]:
        """None."""
        del words
        return ()

    def in_zone(self, zone: str) -> Town | None:
        """None."""
        del zone
        return None

    def near(self, latitude: float, longitude: float) -> Town | None:
        """None."""
        del latitude, longitude
        return None

    def at_offset(self, minutes: int, at: dt.datetime) -> tuple[Town, ...]:
        """None."""
        del minutes, at
        return ()


@dataclass(frozen=True, slots=True)
class Context:
    """What every step may use; immutable and shared. The mappings are by language."""

    knowledge: Knowledge
    understanding: Mapping[str, Understands]
    phrasebooks: Mapping[str, Says]
    times: Mapping[str, HearsTimes] = field(default_factory=dict)
    places: Places = field(default_factory=Nowhere)


S_co = TypeVar("S_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Step(Generic[S_co]):
    """What a handler answers: the next place, what to say before that place shows itself, orders, and what changed in
    the seat. `show` False leaves the present screen as it is."""

    state: S_co
    says: tuple[Reply, ...] = ()
    effects: tuple[Effect, ...] = ()
    seat: Seat | None = None
    show: bool = True
    forget_trail: bool = False
