"""Strict reading of one YAML file: text -> plain values, with every problem and its line.

A small, safe part of YAML, the same with and without the C parser:

* `true` and `false` are truth values; `12` and `-3` are whole numbers; `1.5` is a number; `~`, `null` and nothing at
  all are "empty". Everything else is text: `no`, `yes`, `on`, `N`, `010`, `0800 1111`, `1e3`, `2026-11-22`.
* A key said twice is refused. So are anchors, aliases and tags: each file must be readable alone, by someone who
  knows little YAML, and nothing in it can build anything but plain values.

Lines are not carried about. They are looked up again in the file when there is a problem to report (`line_of`), which
keeps the usual case, nothing wrong, fast and small.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import yaml

from bot.catalog.problems import Loc

INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+")
NOT_TEXT = frozenset("0123456789-tfn~")
WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "~": None, "": None}
TEXT, PLAIN, LIST, MAPPING = "text", "plain", "list", "mapping"
"""Our own tags. A node that carries any other was given a `!tag` in the file."""
Slip = tuple[int, str]
"""A line (from 1) and what is wrong there."""
EMPTY: Slip = (1, "the file is empty")
UNCLOSED = "unexpected end of stream"
"""Told at the beginning of what is not closed, not at the end of the file."""
EXPLAINED = (
    ("mapping values are not allowed", "a colon and a space inside text: put the whole text in quotes"),
    ("did not find expected alphabetic", "text that begins with * or & must stand in quotes"),
    ("expected alphabetic or numeric", "text that begins with * or & must stand in quotes"),
    ("cannot start any token", "this character cannot begin a value: put the text in quotes, and indent with spaces only"),
    ("expected <block end>", "the indentation does not fit, or text with a quotation mark or a colon needs quotes"),
    ("did not find expected key", "the indentation does not fit, or text goes on after a closing quotation mark"),
    ("while scanning a simple key", "a key without a colon, or text that needs to be indented"),
    ("could not find expected ':'", "a key without a colon, or text that needs to be indented"),
    (UNCLOSED, "a quotation mark or bracket is opened and never closed"),
    ("expected a single document", "one file holds one thing: remove the second '---'"),
)


class NotYamlError(Exception):
    """The text cannot be read at all. `line` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


class _CoreResolver:
    """Says of a scalar only whether it was written plainly; `_scalar` decides what it means."""

    def resolve(self, kind: type[yaml.Node], _value: object, implicit: Any) -> str:
        if kind is yaml.ScalarNode:
            return PLAIN if implicit[0] else TEXT
        return LIST if kind is yaml.SequenceNode else MAPPING

    def descend_resolver(self, _parent: object, _index: object) -> None:
        """We resolve without looking at the place."""

    def ascend_resolver(self) -> None:
        """See `descend_resolver`."""

    def check_resolver_prefix(self, *_: object) -> bool:
        return False


class _Strict(_CoreResolver, yaml.SafeLoader):
    """PyYAML's parser in Python, about ten times slower than the one in C."""


def _loader() -> Any:
    """The parser in C where PyYAML was built with it, else the one in Python."""
    if not yaml.__with_libyaml__:
        return _Strict
    return type("_StrictC", (_CoreResolver, yaml.CSafeLoader), {})


LOADER = _loader()


def read(text: str) -> tuple[Any, list[Slip]]:
    """The plain values of a file (dict, list, str, int, float, bool, None) and what is wrong with it."""
    slips: list[Slip] = []
    try:
        node = _compose(text)
        slips += _anchors(text)
    except NotYamlError as error:
        return None, [(error.line, error.message)]
    if node is None:
        return None, [EMPTY]
    return _value(node, slips), slips


def line_of(text: str, loc: Loc) -> int:
    """The line (from 1) of the value at `loc`, or of the nearest thing around it that exists."""
    try:
        node = _compose(text)
    except NotYamlError as error:
        return error.line
    line = node.start_mark.line if node is not None else 0
    for step in loc:
        found = _inside(node, step)
        if found is None:
            break
        line, node = found
    return int(line) + 1


def _compose(text: str) -> Any:
    try:
        return LOADER(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        raise NotYamlError(*_explained(error)) from error
    except yaml.YAMLError as error:
        raise NotYamlError(1, f"a character that is not allowed in YAML ({str(error).splitlines()[0]})") from error


def _explained(error: yaml.MarkedYAMLError) -> Slip:
    said = f"{error.context or ''} {error.problem or ''}".strip()
    mark = error.context_mark if UNCLOSED in said else error.problem_mark
    line = int(getattr(mark or error.context_mark, "line", 0)) + 1
    for part, explanation in EXPLAINED:
        if part in said:
            return line, explanation
    return line, f"not readable as YAML: {said}"


def _anchors(text: str) -> Iterator[Slip]:
    """Anchors and aliases leave no trace in the composed values, so they are looked for in the stream of events."""
    if "&" not in text and "*" not in text:
        return
    events: Iterable[Any] = yaml.parse(text, Loader=LOADER)
    for event in events:
        if getattr(event, "anchor", None):
            yield event.start_mark.line + 1, "anchors (&) and aliases (*) are not used here: write the value out"


def _value(node: Any, slips: list[Slip]) -> Any:
    tag = node.tag
    if tag == TEXT:
        return node.value
    if tag == PLAIN:
        return _scalar(node.value)
    if tag == MAPPING:
        return _mapping(node, slips)
    if tag == LIST:
        return [_value(item, slips) for item in node.value]
    slips.append((node.start_mark.line + 1, f"a tag ({tag.rpartition(':')[2]}) is not used here: write the plain value"))
    return None


def _mapping(node: Any, slips: list[Slip]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in node.value:
        if key.tag not in (PLAIN, TEXT):
            slips.append((key.start_mark.line + 1, "a key must be a plain word"))
        elif key.value in found:
            slips.append((key.start_mark.line + 1, f"'{key.value}' is given twice"))
        else:
            found[key.value] = _value(value, slips)
    return found


def _scalar(text: str) -> Any:
    """What a plainly written scalar means: YAML 1.2's core meaning, without octal, hex, exponents and infinity."""
    if text[:1] not in NOT_TEXT and text:
        return text
    if text in WORDS:
        return WORDS[text]
    if INTEGER.fullmatch(text):
        return int(text)
    return float(text) if NUMBER.fullmatch(text) else text


def _inside(node: Any, step: str | int) -> tuple[int, Any] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((key.start_mark.line, value) for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step].start_mark.line, node.value[step]
    return None
