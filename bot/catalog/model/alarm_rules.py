"""How emergencies sound in people's words: rules of `knowledge/lang/<code>/understanding/alarms/<id>.yaml`.

A rule is one line, for example `CHEST + CRUSHING / tight* ~ 8 ! STRAINED`:

* the parts between ` + ` must all be said; after ` > ` a part must come later than the one before it;
* a part lists what counts, divided by ` / `: a word group (capitals), a phrase (small letters), a measure
  (`temperature>=38`, `weeks<37`, `age>=60`, `tablets>=8`, `minutes>=5`), or something known of the person (`@pregnant`);
* ` ~ 8` behind a part is how many words may lie between it and the part before it; ` ! ` names what makes the rule silent.

In a phrase `faint*` is any word that begins so, `can't|couldn't` one of these words, `..` up to three words of any kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from bot.catalog.model.points import STRICT

KnownTag = Literal["pregnant", "after-birth", "chemo", "blood-thinner", "diabetes", "epilepsy"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmSound:
    """How one alarm sounds. `now` rings for sure, `ask` rings with a question; the `same_day` pair says so of a lower
    level than the alarm's own. `unless` silences every rule of the file. `knowing`: examples that ring for a person
    of whom that is known."""

    id: str
    sources: tuple[str, ...]
    rings: tuple[str, ...]
    silent: tuple[str, ...]
    now: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    same_day: tuple[str, ...] = ()
    ask_same_day: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    knowing: Mapping[KnownTag, tuple[str, ...]] = field(default_factory=dict)
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmWordList:
    """Word groups shared by the rules; a group may name other groups. `numbers`: words for numbers; `same`: other
    spellings (`can not` for `cant`), at most two words to one."""

    id: str
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    numbers: Mapping[str, float] = field(default_factory=dict)
    same: Mapping[str, str] = field(default_factory=dict)
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmRules:
    """The rules of one language, by id of the alarm, and the word groups they share, by id of their file."""

    sounds: Mapping[str, AlarmSound]
    words: Mapping[str, AlarmWordList]
