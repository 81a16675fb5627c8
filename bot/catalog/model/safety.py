"""Safety knowledge: matters of a person's profile, red-flag lists, combination rules, alarms, crisis numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from bot.catalog.model.points import STRICT, Region

Level = Literal["emergency", "same-day", "doctor-soon", "with-care", "self-care"]
"""From worst to mildest. The first two show no points at all."""
Pregnancy = Literal["not", "pregnant", "maybe", "trying", "recent", "not-saying"]
Which = Literal["any", "affected-side"]
MatterGroup = Literal["blood", "heart", "cancer", "bones", "recent", "skin", "today"]
AgeGroup = Literal["under-2", "2-11", "12-15", "16-17", "18-69", "70-plus"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A named group of body regions, so that a rule can say "arm"."""

    id: str
    regions: tuple[Region, ...]
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a matter does to points. `light` keeps the pressure light instead of leaving the point out.
    Points are named by id, by zone, or with `all`; a rule on the affected side acts on that side only
    (on both when the side is unknown). `beside`: it holds only while these matters do, too; `complaints`: only where one of these is
    what is pressed for: an operation was perhaps on the knee that hurts."""

    does: Literal["leave-out", "light"]
    points: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    all: bool = False
    which: Which = "any"
    beside: tuple[str, ...] = ()
    complaints: tuple[str, ...] = ()
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """Something about the person that changes the answer. `lasts`: days until it is asked again.
    `detail`: what must be known besides yes. `stops`: no routine at all while it holds. `weighty`: taking it back is asked about."""

    id: str
    order: int
    group: MatterGroup
    lasts: int
    rules: tuple[Rule, ...]
    sources: tuple[str, ...]
    detail: Literal["none", "side"] = "none"
    stops: bool = False
    weighty: bool = False
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterWords:
    """`label` fits a button (at most 30 characters); `help` says what it means, to who asks why; `reason` is one calm
    sentence said when a point is left out; `light` the sentence said when pressure stays light; `stops` the sentence when
    there is no routine; `note` one said with every routine while it holds, whatever is left out; `undo` the question when
    it is taken back."""

    id: str
    label: str
    help: str
    reason: str
    light: str = ""
    stops: str = ""
    note: str = ""
    which_side: str = ""
    undo: str = ""
    of: str = ""
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """One red flag. `alarm` names the alarm whose words are shown when it is answered with yes."""

    id: str
    level: Literal["emergency", "same-day", "doctor-soon"]
    sources: tuple[str, ...]
    alarm: str = ""
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagList:
    """The red flags asked for one family of complaints, the dangerous ones first; at most eight."""

    id: str
    flags: tuple[Flag, ...]
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagText:
    """`label` fits a button (at most 30 characters); `text` is the whole sentence; `unsure` the plain question that
    decides it for who is not sure: something to look at, to try or to remember. It covers all of `text`."""

    label: str
    text: str
    unsure: str
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagListWords:
    """The words of a red-flag list: one `FlagText` for each flag id, and why it is asked."""

    id: str
    why: str
    flags: Mapping[str, FlagText]
    of: str = ""
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """All that is given must hold. `conditions`: any of them is complained of; `also`: any of these too; `unless`: none of these;
    `heard`: any of these concepts was said; `matters`: any is known; `weeks_from`: weeks of pregnancy at least."""

    conditions: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()
    matters: tuple[str, ...] = ()
    pregnancy: tuple[Pregnancy, ...] = ()
    weeks_from: int = 0
    age_from: int = 0
    age_under: int = 0
    severity_from: int = 0
    new: bool = False
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Combination:
    """Things that are worse together. Without `ask` it sets the level; with `ask` one specific question comes first
    and "yes" or "not sure" sets it. `covers`: rules whose question this one asks too, so that no to it answers them."""

    id: str
    when: When
    level: Literal["emergency", "same-day", "doctor-soon"]
    sources: tuple[str, ...]
    ask: bool = False
    alarm: str = ""
    covers: tuple[str, ...] = ()
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class CombinationWords:
    """`question` is asked when the rule asks first; `advice` is said when it holds."""

    id: str
    advice: str
    question: str = ""
    of: str = ""
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A kind of emergency. `action_first`: what to do comes before any question. `crisis`: words for suicide and
    self-harm; `private`: abuse, of which no trace is kept. `tells`: concepts that count as said once it rang, whatever the words were."""

    id: str
    level: Literal["emergency", "same-day"]
    order: int
    sources: tuple[str, ...]
    action_first: bool = False
    crisis: bool = False
    private: bool = False
    tells: tuple[str, ...] = ()
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayWords:
    """What an alarm says where a rule of its own for the same day rang: another danger than the emergency's, so all words are others."""

    title: str
    do: tuple[str, ...]
    not_do: tuple[str, ...]
    ask: str
    ask_again: str
    closed: str
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmWords(TodayWords):
    """`title` names what it may be, calmly; `do` says what to do now, one short sentence each, the action first;
    `ask` and `ask_again` are two different questions: only "no" to both closes the alarm. `today`: its words where it is only for the
    same day."""

    id: str
    today: TodayWords | None = None
    of: str = ""
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpLine:
    """A telephone or text line. `number` is shown as it stands; `open` says when it answers; `text`: it can be written to."""

    name: str
    number: str
    kind: Literal["suicide", "abuse", "child", "health", "poison"]
    open: str
    status: Literal["seen", "memory"]
    source: str
    text: bool = False
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """Emergency number and lines of one country, with the day they were last reviewed. `also`: what else people call it."""

    id: str
    name: str
    emergency: str
    lines: tuple[HelpLine, ...]
    reviewed: dt.date
    status: Literal["seen", "memory"]
    also: tuple[str, ...] = ()
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT
