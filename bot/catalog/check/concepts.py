"""Ids of concepts in the code: one that no language knows any more would make a rule about safety silent.

The code is read, not run: the strings in a call that looks for a concept, and those of the constants named here."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from itertools import chain

from bot.catalog.check.desk import Desk
from bot.catalog.model.lexicon import Lexicon
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


def in_patterns(desk: Desk) -> Iterator[Problem]:
    """A pattern with a concept that nobody says is silent for good."""
    for language, words in desk.knowledge.words.items():
        if words.lexicon is None:
            continue
        known = {*words.lexicon.concepts, *words.lexicon.facts.words}
        for text in dict.fromkeys(_patterns(words.lexicon)):
            lost = next((name for name in _names(text) if name not in known), None)
            if lost is not None:
                yield _where(desk, language, text, f"the pattern '{text}': there is no concept '{lost}'")


def _patterns(lexicon: Lexicon) -> Iterator[str]:
    facts = lexicon.facts
    yield from chain.from_iterable(one.patterns for one in lexicon.complaints.values())
    yield from chain.from_iterable(one.patterns for one in lexicon.topics.values())
    yield from chain.from_iterable(one.patterns for one in lexicon.concepts.values())
    for table in (facts.matters, facts.pregnancy, facts.flags):
        yield from chain.from_iterable(table.values())


def _names(text: str) -> Iterator[str]:
    """The concepts a pattern names; its plain words are known to it alone."""
    return (name for part in text.split() for name in part.strip("-!?").split("|") if not name.startswith("="))


def _where(desk: Desk, language: str, text: str, message: str) -> Problem:
    """At the line on which the pattern stands; of one that goes over two lines, at the folder."""
    for sheet in desk.survey.sheets.values():
        if sheet.language == language and text in sheet.text:
            return Problem(sheet.shown, 1 + sheet.text[: sheet.text.index(text)].count("\n"), message)
    return Problem(f"{desk.survey.folder.name}/lang/{language}/understanding", 1, message)
