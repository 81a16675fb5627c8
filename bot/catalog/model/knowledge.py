"""All of it together: `Knowledge` holds the facts, `Words` one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from bot.catalog.model import conditions as c
from bot.catalog.model import points as p
from bot.catalog.model import safety as s
from bot.catalog.model.alarm_rules import AlarmRules
from bot.catalog.model.lexicon import Lexicon
from bot.catalog.model.times import TimeWords

Text = str | Mapping[str, str]
"""Words for one key: a sentence, or `{plural: FACT, one: ..., other: ...}` chosen by the CLDR category of that fact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language of `knowledge/languages.yaml`. `name` in the language itself; `locale`: whose way to write dates and
    numbers (`en-GB`), by default that of the id. What is not `complete` is offered to nobody and may have gaps."""

    id: str
    name: str
    complete: bool
    locale: str = ""
    __pydantic_config__: ClassVar[Mapping[str, Any]] = p.STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class NeverSay:
    """What no text of ours may say: `claims` such as "cures". One is allowed in a question, and when a word of `unless`
    ("not", "never") stands before it in its sentence."""

    claims: tuple[str, ...]
    unless: tuple[str, ...]
    __pydantic_config__: ClassVar[Mapping[str, Any]] = p.STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Every word of one language, by id. `lexicon` and `alarm_rules` are how people say things, the raw material of
    `bot.understanding`; both are None while the language has no folder `understanding`."""

    language: str
    texts: Mapping[str, Text] = field(default_factory=dict)
    points: Mapping[str, p.PointWords] = field(default_factory=dict)
    refused: Mapping[str, p.RefusedPointWords] = field(default_factory=dict)
    conditions: Mapping[str, c.ConditionWords] = field(default_factory=dict)
    matters: Mapping[str, s.MatterWords] = field(default_factory=dict)
    flags: Mapping[str, s.FlagListWords] = field(default_factory=dict)
    combinations: Mapping[str, s.CombinationWords] = field(default_factory=dict)
    alarms: Mapping[str, s.AlarmWords] = field(default_factory=dict)
    questions: Mapping[str, c.QuestionWords] = field(default_factory=dict)
    lessons: Mapping[str, c.LessonWords] = field(default_factory=dict)
    programmes: Mapping[str, c.ProgrammeWords] = field(default_factory=dict)
    never_say: NeverSay | None = None
    times: TimeWords | None = None
    lexicon: Lexicon | None = None
    alarm_rules: AlarmRules | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """Every fact, by id, and the words of every language."""

    points: Mapping[str, p.Point]
    refused: Mapping[str, p.RefusedPoint]
    conditions: Mapping[str, c.Condition]
    routines: Mapping[str, c.Routine]
    zones: Mapping[str, s.Zone]
    matters: Mapping[str, s.Matter]
    flags: Mapping[str, s.FlagList]
    combinations: Mapping[str, s.Combination]
    alarms: Mapping[str, s.Alarm]
    countries: Mapping[str, s.Country]
    questions: Mapping[str, c.Question]
    lessons: Mapping[str, c.Lesson]
    programmes: Mapping[str, c.Programme]
    sources: Mapping[str, c.Source]
    languages: Mapping[str, Language]
    words: Mapping[str, Words]
