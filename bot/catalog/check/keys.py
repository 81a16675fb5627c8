"""Rules about what the code says: every key has words, every fact they need is given, and every text is used.

The code is read, not run. A key is the first argument of a call that makes a line (`line("ask.new")`) or either branch
of a conditional there. Any other string that looks like a key of a known area is taken for one too, but a wrong one is
only a warning. `f"grade.{grade}"` uses every key that begins so.
"""

from __future__ import annotations

import ast
import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.catalog.check.desk import Desk
from bot.catalog.kinds import FACTS, WORDS
from bot.catalog.links import ENGLISH
from bot.catalog.model import Text
from bot.catalog.problems import Problem
from bot.catalog.texts import FACTS_OF, placeholders

MAKERS = frozenset({"line", "button", "door", "Line"})
KEY = re.compile(r"[a-z][a-z_]*\.[a-z0-9][a-z0-9_]*")
PREFIX = re.compile(r"[a-z][a-z_]*\.[a-z0-9_]*")
NO_SPEECH = ("catalog", "tools", "store")
"""Rooms that say nothing to people."""


@dataclass(frozen=True, slots=True)
class Use:
    """A key, or the beginning of keys, in the code. `facts` are the names given with it, None when they are not seen."""

    key: str
    path: str
    line: int
    sure: bool
    beginning: bool = False
    facts: frozenset[str] | None = None


def unknown(desk: Desk) -> Iterator[Problem]:
    """A key without words, or a sentence with a placeholder that nobody fills."""
    texts = desk.knowledge.words[ENGLISH].texts if ENGLISH in desk.knowledge.words else {}
    areas = {key.partition(".")[0] for key in texts}
    for use in _uses(desk):
        if use.sure or use.key.partition(".")[0] in areas:
            message = _trouble(use, texts)
            if message:
                yield Problem(use.path, use.line, message, "error" if use.sure else "warning")
            elif use.facts is not None and use.key in texts:
                yield from _unfilled(use, use.facts, texts[use.key], desk)


def _trouble(use: Use, texts: Mapping[str, Text]) -> str:
    if use.beginning:
        return "" if any(key.startswith(use.key) for key in texts) else f"no text begins with '{use.key}'"
    return "" if use.key in texts else f"no words for '{use.key}'"


def _unfilled(use: Use, facts: frozenset[str], text: Text, desk: Desk) -> Iterator[Problem]:
    """Told where the sentence stands: there a practitioner can mend it."""
    area, _, name = use.key.partition(".")
    for missing in sorted(placeholders(text) - facts):
        given = f"; there are {', '.join(f'{{{fact}}}' for fact in sorted(facts))}" if facts else "; there are none"
        yield desk.sheet("texts", area, ENGLISH).problem(f"nothing fills {{{missing}}} here{given} ({use.path}:{use.line})", (name,))


def unknown_fields(desk: Desk) -> Iterator[Problem]:
    """`Ref("condition", id, "evidence")` names a field that those words, or those facts, have."""
    for shown, tree in _trees(desk):
        for node in ast.walk(tree):
            match node:
                case ast.Call(
                    func=ast.Name(id="Ref"),
                    args=[ast.Constant(value=str(kind)), _, ast.Constant(value=str(name))],
                ) if not _has(kind, name):
                    yield Problem(shown, node.lineno, f"a {kind} has no field '{name}'")


def _has(kind: str, way: str) -> bool:
    shelf = FACTS_OF.get(kind)
    shapes = [one.shape for one in (*FACTS, *WORDS) if one.name == shelf]
    return any(way.partition(".")[0] in {field.name for field in dataclasses.fields(shape)} for shape in shapes)


def unused(desk: Desk) -> Iterator[Problem]:
    """A text no code says is a leftover."""
    if desk.code is None:
        return
    uses = tuple(_uses(desk))
    whole = {use.key for use in uses if not use.beginning}
    beginnings = tuple(use.key for use in uses if use.beginning)
    for sheet in desk.survey.of_kind("texts", ENGLISH):
        for name in sheet.data:
            key = f"{sheet.id}.{name}"
            if key not in whole and not key.startswith(beginnings):
                yield sheet.problem(f"nothing says '{key}'", (name,), "warning")


def _uses(desk: Desk) -> Iterator[Use]:
    for shown, tree in _trees(desk):
        yield from _uses_in(tree, shown)


def _trees(desk: Desk) -> Iterator[tuple[str, ast.AST]]:
    """Every Python file that may speak to people, with its path as it is shown."""
    if desk.code is None:
        return
    for path in sorted(desk.code.rglob("*.py")):
        inner = path.relative_to(desk.code)
        if inner.parts[0] not in NO_SPEECH:
            yield f"{desk.code.name}/{inner.as_posix()}", ast.parse(path.read_text(encoding="utf-8"))


def _uses_in(tree: ast.AST, path: str) -> Iterator[Use]:
    seen: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _maker(node) and node.args:
            for part in _branches(node.args[0]):
                seen.update(id(inner) for inner in ast.walk(part))
                yield from _use(part, path, sure=True, facts=_facts(node))
    for node in ast.walk(tree):
        if id(node) not in seen:
            yield from _use(node, path, sure=False, facts=None)
        if isinstance(node, ast.JoinedStr):
            seen.update(id(part) for part in node.values)


def _maker(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id in MAKERS


def _branches(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.IfExp):
        yield from _branches(node.body)
        yield from _branches(node.orelse)
    else:
        yield node


def _use(node: ast.AST, path: str, *, sure: bool, facts: frozenset[str] | None) -> Iterator[Use]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and KEY.fullmatch(node.value):
        yield Use(node.value, path, node.lineno, sure, facts=facts)
    if isinstance(node, ast.JoinedStr) and node.values:
        first = node.values[0]
        if isinstance(first, ast.Constant) and isinstance(first.value, str) and PREFIX.fullmatch(first.value):
            yield Use(first.value, path, node.lineno, sure, beginning=True)


def _facts(call: ast.Call) -> frozenset[str] | None:
    """The names of the facts given: keywords of `line` and its like, the keys of a `Line`'s mapping."""
    if any(keyword.arg is None for keyword in call.keywords):
        return None
    if isinstance(call.func, ast.Name) and call.func.id == "Line":
        return _mapping(call.args[1:])
    return frozenset(keyword.arg for keyword in call.keywords if keyword.arg)


def _mapping(arguments: Iterable[ast.expr]) -> frozenset[str] | None:
    for argument in arguments:
        if not isinstance(argument, ast.Dict) or not all(isinstance(key, ast.Constant) for key in argument.keys):
            return None
        return frozenset(str(key.value) for key in argument.keys if isinstance(key, ast.Constant))
    return frozenset()
