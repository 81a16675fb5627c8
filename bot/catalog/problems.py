"""What is wrong with the knowledge base, told so that the person who edits it knows where to look and what to mend."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]
"""error: the bot does not start. warning: it starts, but someone should look. note: worth knowing, nothing to mend."""
Loc = tuple[str | int, ...]
"""The way to a value inside a file: field names and list positions, `("steps", 0, "point")`. Empty: the file itself."""
ORDER: tuple[Severity, ...] = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend. `path` is shown from the folder above `knowledge`; `line` counts from 1."""

    path: str
    line: int
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        """`path:line: message`, as editors and compilers know it."""
        return f"{self.path}:{self.line}: {self.message}"


class KnowledgeError(Exception):
    """The knowledge base cannot be used. Carries every problem, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Errors first, then by place; the same thing said twice is said once."""
    return tuple(sorted(set(problems), key=lambda p: (ORDER.index(p.severity), p.path, p.line, p.message)))
