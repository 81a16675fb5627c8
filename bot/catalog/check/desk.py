"""What the rules look at: the survey, the day, and every sentence a person may read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from bot.catalog.kinds import SPOKEN
from bot.catalog.links import ENGLISH
from bot.catalog.model import Knowledge
from bot.catalog.problems import Loc, Problem, Severity
from bot.catalog.survey import Sheet, Survey
from bot.understanding.alarms import NOTHING_KNOWN, Known
from bot.understanding.meaning import Meaning

READ_KINDS = SPOKEN | {"texts"}
NOT_READ = frozenset({"id", "of", "see", "phrases", "aliases", "plural"})
"""Fields that hold ids or people's own words, not ours."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words of ours and where they stand."""

    sheet: Sheet
    loc: Loc
    text: str

    def problem(self, message: str, severity: Severity = "error") -> Problem:
        """That problem with these words."""
        return self.sheet.problem(message, self.loc, severity)


class Hears(Protocol):
    """People's words understood: one language of `bot.understanding`."""

    def meaning(self, text: str, known: Known = NOTHING_KNOWN) -> Meaning:
        """What the words mean, said by a person of whom that is known."""


Ears = Mapping[str, Hears]
"""By language; a language that is not there is not listened to."""


@dataclass(frozen=True)
class Desk:
    """What a rule may look at. `today` comes from outside; `code` is the folder with the Python files, if any."""

    survey: Survey
    today: dt.date
    code: Path | None = None
    ears: Ears = field(default_factory=dict)

    @property
    def knowledge(self) -> Knowledge:
        """All facts and words that could be read."""
        return self.survey.knowledge

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Everything a person may read, in every language."""
        sheets = (sheet for sheet in self.survey.sheets.values() if sheet.language and sheet.kind.name in READ_KINDS)
        return tuple(Sentence(sheet, loc, text) for sheet in sheets for loc, text in _texts(sheet.data))

    def meaning(self, language: str, text: str, known: Known = NOTHING_KNOWN) -> Meaning:
        """What the words mean in that language; each is listened to once."""
        key = (language, text, known)
        if key not in self._meanings:
            self._meanings[key] = self.ears[language].meaning(text, known)
        return self._meanings[key]

    @cached_property
    def _meanings(self) -> dict[tuple[str, str, Known], Meaning]:
        return {}

    def sheet(self, kind: str, id_: str, language: str = "") -> Sheet:
        """The file of a fact or of its words."""
        return self.survey.sheet(kind, id_, language)

    @property
    def other_languages(self) -> tuple[str, ...]:
        """All but English."""
        return tuple(language for language in self.knowledge.words if language != ENGLISH)


def _texts(value: Any, loc: Loc = ()) -> Iterator[tuple[Loc, str]]:
    if isinstance(value, str):
        yield loc, value
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from _texts(item, (*loc, place))
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in NOT_READ:
                yield from _texts(item, (*loc, key))
