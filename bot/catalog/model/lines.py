"""What is said, before it is put into words: keys and facts, never a sentence.

`bot.catalog.texts.Phrasebook` turns a `Line` into words of one language. Values only; nothing here imports anything.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

RefKind = Literal[
    "condition", "matter", "flag", "alarm", "combination", "question", "lesson", "point", "country", "refused", "source", "programme",
]


@dataclass(frozen=True, slots=True)
class Ref:
    """Words that stand in the knowledge base: `Ref("condition", "headache", "name")`.

    `field` is a field of the words of that kind (of the facts for country and source). Three fields take a part
    after a dot: `Ref("lesson", "pressing", "steps.2")` is the third step, `Ref("flag", "headache", "headache-sudden.text")`
    the text of one flag of a list, `Ref("lesson", "pressing", "choices.0.because")` a part of a quiz answer.
    A field that holds several sentences is said as a list, one sentence a line.
    """

    kind: RefKind
    id: str
    field: str


@dataclass(frozen=True, slots=True)
class Line:
    """A key of `knowledge/lang/<code>/texts` (`area.meaning`) and the facts for its `{placeholders}`.

    Equal when key and facts are equal; the hash is that of the key, so a line may stand in a set.
    """

    key: str
    facts: Mapping[str, Fact] = field(default_factory=dict, hash=False)


One = str | int | float | dt.date | dt.datetime | dt.time | Line | Ref
Fact = One | tuple[Line | Ref | str, ...]
"""A string is said as it stands (a code, a telephone number); whatever differs between languages is a Line or a Ref."""
