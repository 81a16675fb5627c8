"""Ids of concepts in the code: one that no language knows any more would make a rule about safety silent.

The code is read, not run: the strings in a call that looks for a concept, and those of the constants named here."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from bot.catalog.check.desk import Desk
from bot.catalog.problems import Problem

LOOKS = frozenset({"is_at", "is_any_at", "back", "has"})
"""Calls that look for concepts."""
ROOMS = ("understanding", "dialogue")
"""Rooms of the code where concepts are looked for."""
HOLD = {
    "scope": ("CHILD", "GROWN", "LONG_AGO", "NAMED", "PEOPLE", "BENDING"),
    "pregnancy": ("PREGNANT", "SUBJECTS", "DATING"),
    "facts": ("PAST", "STOPPED", "BY_THEMSELVES"),
    "ages": ("SHORTER", "DECADES", "MEDICINES"),
    "fact_places": ("BABIES",),
    "loss": ("LOSS",),
    "named": ("DENIALS", "REST"),
    "instead": ("UNSAFE",),
}
"""Constants that hold ids of concepts, by the file they stand in."""


def unknown(desk: Desk) -> Iterator[Problem]:
    """An id of a concept in the code that no language has."""
    lexicons = [words.lexicon for words in desk.knowledge.words.values() if words.lexicon is not None]
    if desk.code is None or not lexicons:
        return
    known = {name for lexicon in lexicons for name in (*lexicon.concepts, *lexicon.facts.words)}
    for path in sorted(path for room in ROOMS for path in (desk.code / room).rglob("*.py")):
        for node, name in _ids(ast.parse(path.read_text(encoding="utf-8")), HOLD.get(path.stem, ())):
            if name not in known and not name.startswith("="):
                yield Problem(f"{desk.code.name}/{path.relative_to(desk.code).as_posix()}", node.lineno, f"no language knows the concept '{name}'")


def _ids(tree: ast.Module, holding: Sequence[str]) -> Iterator[tuple[ast.Constant, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=args) if name in LOOKS:
                yield from (found for arg in args for found in _strings(arg))
            case ast.Call(func=ast.Attribute(value=ast.Attribute(attr="by_id"), attr="get"), args=[first, *_]):
                yield from _strings(first)
    for statement in tree.body:
        yield from _held(statement, holding)


def _held(statement: ast.stmt, holding: Sequence[str]) -> Iterator[tuple[ast.Constant, str]]:
    """The strings of a constant that holds ids; of several in one line each has its own value."""
    if not isinstance(statement, ast.Assign):
        return
    target, value = statement.targets[0], statement.value
    each = zip(target.elts, value.elts, strict=True) if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) else [(target, value)]
    for name, held in each:
        if isinstance(name, ast.Name) and name.id in holding:
            yield from _strings(held)


def _strings(node: ast.AST) -> Iterator[tuple[ast.Constant, str]]:
    for each in ast.walk(node):
        if isinstance(each, ast.Constant) and isinstance(each.value, str):
            yield each, each.value
