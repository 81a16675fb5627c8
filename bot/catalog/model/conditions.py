"""Conditions (what bothers people), routines (what to press for it) and the sources behind every claim."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from bot.catalog.model.points import STRICT, Posture
from bot.catalog.model.safety import Pregnancy

Grade = Literal["moderate", "low", "very-low", "none-found"]
Variant = Literal["standard", "quick", "gentle", "desk", "bed", "one-hand", "partner", "ear"]
"""`gentle` is the pregnancy-safe routine: only points whose pregnancy code is N, pressed lightly."""
SourceKind = Literal["guideline", "review", "trial", "case-report", "book", "standard", "leaflet", "page"]
SourceStatus = Literal["verified", "identity", "memory"]
"""verified: the record was read. identity: it exists, its numbers were not read. memory: not seen; never cited as proof."""
Category = Literal["head", "neck-back", "joints", "belly", "women", "mind-sleep", "nose-throat", "energy", "senses", "hospital"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """How far research carries the claim that pressing helps, and when we last looked."""

    grade: Grade
    sources: tuple[str, ...]
    reviewed: dt.date
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A complaint. `flags` is the id of its red-flag list; without one there is no routine.
    `try_days`: how many days of daily use before judging. `never_with`: with these answers about a pregnancy it was not what was
    meant, if something else was said too."""

    id: str
    category: Category
    routines: tuple[str, ...]
    flags: str
    evidence: Evidence
    try_days: int
    related: tuple[str, ...] = ()
    only_when: tuple[str, ...] = ()
    never_with: tuple[Pregnancy, ...] = ()
    self_care_sources: tuple[str, ...] = ()
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionWords:
    """A complaint in words. `phrases` are everyday ways to say it; none is made from another by a template."""

    id: str
    name: str
    description: str
    phrases: tuple[str, ...]
    self_care: tuple[str, ...]
    judge: str
    doctor: tuple[str, ...]
    evidence: str
    limits: str
    pregnancy: str
    no_routine: str = ""
    of: str = ""
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutineStep:
    """One point of a routine. `seconds` overrides the point's own length for one side."""

    point: str
    seconds: int = 0
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Routine:
    """Points in pressing order. `basis` says whether a trial used this set or custom does."""

    id: str
    conditions: tuple[str, ...]
    variant: Variant
    steps: tuple[RoutineStep, ...]
    posture: Posture
    basis: Literal["trial", "traditional"]
    sources: tuple[str, ...] = ()
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A set of points pressed over weeks, as trials did. `condition`: whose red flags are asked and what is rated.
    How often, and on which days, is said in its words."""

    id: str
    order: int
    condition: str
    steps: tuple[RoutineStep, ...]
    weeks: int
    sources: tuple[str, ...]
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeWords:
    """A programme in words. `how`: how often and how long; `evidence` and `limits`: what was found, and what not."""

    id: str
    name: str
    about: str
    how: str
    evidence: str
    limits: str
    of: str = ""
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source as it is shown: `cite` is a short readable reference; a DOI or an address makes it findable."""

    id: str
    cite: str
    kind: SourceKind
    status: SourceStatus
    year: int = 0
    doi: str = ""
    url: str = ""
    note: str = ""
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question people ask, with the sources of its answer. `gives_way`: with a complaint named beside it, that is meant: "is
    tinnitus something you can help with?"."""

    id: str
    group: Literal["basics", "evidence", "safety", "technique", "neighbours", "this-guide"]
    sources: tuple[str, ...] = ()
    gives_way: bool = False
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionWords:
    """Other ways to ask it (`phrases`) and the answer."""

    id: str
    question: str
    phrases: tuple[str, ...]
    answer: str
    see: tuple[str, ...] = ()
    of: str = ""
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A short lesson for beginners; `order` is its place in the course."""

    id: str
    order: int
    sources: tuple[str, ...] = ()
    picture: str = ""
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizChoice:
    """One answer to a quiz question and what to say when it is chosen."""

    text: str
    right: bool
    because: str
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonWords:
    """A lesson in a few steps and one quiz question."""

    id: str
    title: str
    steps: tuple[str, ...]
    quiz: str
    choices: tuple[QuizChoice, ...]
    of: str = ""
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


