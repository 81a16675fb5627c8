"""What a message means, without its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from bot.catalog.model import Pregnancy
from bot.catalog.model.lexicon import Answered

Decision = Literal["sure", "unsure", "none"]
Answer: TypeAlias = Answered
PERHAPS_PREGNANT = "perhaps-pregnant"
"""Among the concepts of a message that may tell of a pregnancy, though it does not say so ("nineteen weeks in", "two lines on the stick")."""


class Ranked(NamedTuple):
    """A condition and how well it fits (0 to 1)."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class HeardAlarm:
    """An alarm in the words. `sure` False: one specific question comes first. `level`: overrides the alarm's own."""

    id: str
    sure: bool = True
    level: Literal["", "same-day"] = ""


@dataclass(frozen=True, slots=True)
class HeardFacts:
    """Facts said in passing; None was not said. `perhaps_pregnant`: something may tell of a pregnancy. `matters`: (id of a matter, side or "");
    `denied`: matters said not to be ("no blood thinners"); only the tools show them, for words deny nothing that is known."""

    pregnancy: Pregnancy | None = None
    weeks: int | None = None
    age: int | None = None
    for_other: bool | None = None
    matters: tuple[tuple[str, str], ...] = ()
    breastfeeding: bool | None = None
    severity: int | None = None
    new: bool | None = None
    perhaps_pregnant: bool = False
    denied: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Meaning:
    """`wanted`: the conditions of this message, most important first. `concepts`: ids of what was heard.
    `topic`, `question`, `point`: what else it is about. `answer`: a plain yes, no, none or unsure, a bare call for help, or a word that
    leads the way: back, stop, help, go, next, again."""

    conditions: tuple[Ranked, ...] = ()
    decision: Decision = "none"
    wanted: tuple[str, ...] = ()
    facts: HeardFacts = HeardFacts()
    topic: str | None = None
    question: str | None = None
    point: str | None = None
    concepts: frozenset[str] = frozenset()
    alarms: tuple[HeardAlarm, ...] = ()
    answer: Answer | None = None
