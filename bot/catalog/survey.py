"""What was read of the folder `knowledge/`, file by file, so that a problem can name its path and line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from bot.catalog import files
from bot.catalog.kinds import Kind, named
from bot.catalog.model import Knowledge
from bot.catalog.problems import Loc, Problem, Severity

DIGEST_LENGTH = 9


@dataclass(frozen=True)
class Sheet:
    """One file. `data` is what stands in it, plain; `language` is empty for facts; `shown` is the path for people.
    Not `readable`: it is there, so that what names it is not told too, but nothing of it is known."""

    path: Path
    shown: str
    kind: Kind
    language: str
    data: Mapping[str, Any]
    readable: bool = True

    @property
    def id(self) -> str:
        """The name of the file, which is the id where a file holds one thing."""
        return self.path.stem

    @property
    def ids(self) -> Collection[str]:
        """The ids in it: one, or the keys of a mapping."""
        return self.data.keys() if self.kind.layout == "mapping" else (self.id,)

    @cached_property
    def text(self) -> str:
        """The file as it stands; read again, since only problems need it. Nothing of a file that could not be read."""
        return self.path.read_text(encoding="utf-8-sig") if self.readable else ""

    @cached_property
    def digest(self) -> str:
        """Changes with the content, not with how its lines are wrapped. What a translation keeps in `of:`. It begins
        with a letter, so that YAML never takes it for a number."""
        content = {key: value for key, value in self.data.items() if key != "of"}
        return "d" + hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()[:DIGEST_LENGTH]

    def problem(self, message: str, loc: Loc = (), severity: Severity = "error") -> Problem:
        """That problem, with the line of the value at `loc`."""
        return Problem(self.shown, files.line_of(self.text, loc), message, severity)


@dataclass(frozen=True)
class Survey:
    """All that could be read, and all that is wrong with the single files. `sheets`: by path inside the folder."""

    folder: Path
    knowledge: Knowledge
    problems: tuple[Problem, ...]
    sheets: Mapping[str, Sheet] = field(repr=False)

    def sheet(self, kind: str, id_: str, language: str = "") -> Sheet:
        """The file of a fact or, with a language, of its words. KeyError when there is none."""
        for sheet in self.of_kind(kind, language):
            if id_ in sheet.ids:
                return sheet
        raise KeyError(kind, id_, language)

    def of_kind(self, kind: str, language: str = "") -> Iterable[Sheet]:
        """All files of that kind."""
        wanted = named(kind, language)
        return (sheet for sheet in self.sheets.values() if sheet.kind is wanted and sheet.language == language)

    def readable(self, kind: str, language: str = "") -> bool:
        """Whether every file of that kind could be read, so that what is not in them is nowhere."""
        return all(sheet.readable for sheet in self.of_kind(kind, language))

    def ids(self, kind: str, language: str = "") -> frozenset[str]:
        """All ids that are there, also those whose file has a fault, so that one slip is told once."""
        return frozenset(id_ for sheet in self.of_kind(kind, language) for id_ in sheet.ids)
