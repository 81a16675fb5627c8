"""Plain values -> the frozen dataclasses of `bot.catalog.model`, with messages a practitioner understands.

The shapes are the dataclasses themselves: pydantic reads their annotations. Values are checked as strict JSON, so that
text stays text and a number a number, while days (`2026-11-22`) and lists become dates and tuples.
"""

from __future__ import annotations

import dataclasses
import difflib
import json
from typing import Any, TypeVar, get_args, get_type_hints

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from bot.catalog.problems import Loc

T = TypeVar("T")
Fault = tuple[Loc, str]
"""Where in the values, and what is wrong there."""
SHOWN_CHOICES = 12
ADAPTERS: dict[Any, TypeAdapter[Any]] = {}
PLAIN_MESSAGES = {
    "bool_type": "should be true or false",
    "int_type": "should be a whole number",
    "float_type": "should be a number",
    "tuple_type": "should be a list",
    "dict_type": "should be a mapping of keys and values",
    "mapping_type": "should be a mapping of keys and values",
    "dataclass_type": "should be a mapping of fields and values",
    "date_type": "should be a day such as 2026-11-22",
    "date_parsing": "should be a day such as 2026-11-22",
    "date_from_datetime_parsing": "should be a day such as 2026-11-22",
    "date_from_datetime_inexact": "should be a day such as 2026-11-22",
    "too_short": "is empty",
}


def shaped(shape: type[T], data: Any) -> tuple[T | None, list[Fault]]:
    """The value of that shape, or None and everything that is wrong with it."""
    try:
        return _adapter(shape).validate_json(json.dumps(data), strict=True), []
    except ValidationError as error:
        return None, [_fault(shape, detail) for detail in error.errors(include_url=False)]


def _adapter(shape: Any) -> TypeAdapter[Any]:
    """Built once a shape: about a millisecond each."""
    if shape not in ADAPTERS:
        ADAPTERS[shape] = TypeAdapter(shape)
    return ADAPTERS[shape]


def _fault(shape: type, detail: ErrorDetails) -> Fault:
    loc: Loc = detail["loc"]
    kind = detail["type"]
    name = loc[-1] if loc else "the file"
    if kind == "missing":
        return loc[:-1], f"missing field '{name}'" + (f" in {_named(loc[:-1])}" if loc[:-1] else "")
    if kind == "unexpected_keyword_argument":
        return loc, f"unknown field '{name}'{_meant(str(name), _fields(shape, loc[:-1]))}"
    return loc, f"{_named(loc)} {_message(kind, detail)}"


def _named(loc: Loc) -> str:
    """`'steps' item 2, 'seconds'`: the way to a value in words, list positions counted from 1."""
    parts = [f"item {step + 1}" if isinstance(step, int) else f"'{step}'" for step in loc if step != "[key]"]
    return ", ".join(parts).replace("', item", "' item") or "the file"


def _message(kind: str, detail: ErrorDetails) -> str:
    given = detail.get("input")
    if given is None:
        return "is empty"
    if kind == "literal_error":
        return "is " + _unknown_choice(given, detail["ctx"]["expected"])
    if kind == "string_type":
        return _not_text(given)
    return PLAIN_MESSAGES.get(kind, detail["msg"])


def _not_text(given: object) -> str:
    if isinstance(given, (bool, int, float)):
        return f"should be text: put it in quotes ('{json.dumps(given)}')"
    return "should be text, not a list" if isinstance(given, list) else "should be text: put it in quotes"


def _unknown_choice(given: object, expected: str) -> str:
    choices = [choice.strip("'") for choice in expected.replace(" or ", ", ").split(", ")]
    listed = f"; one of: {', '.join(choices)}" if len(choices) <= SHOWN_CHOICES else ""
    meant = _meant(str(given), choices)
    return f"'{given}', which is not known{meant}{listed}"


def _meant(word: str, known: list[str]) -> str:
    close = difflib.get_close_matches(word, known, n=1)
    return f"; did you mean '{close[0]}'?" if close else ""


def _fields(shape: Any, loc: Loc) -> list[str]:
    """The names of the fields of the dataclass that stands at `loc` inside `shape`."""
    for step in loc:
        shape = _member(shape, step)
    return [field.name for field in dataclasses.fields(shape)] if dataclasses.is_dataclass(shape) else []


def _member(shape: Any, step: str | int) -> Any:
    if dataclasses.is_dataclass(shape):
        return get_type_hints(shape).get(str(step))
    arguments = get_args(shape)
    if not arguments:
        return None
    return arguments[0] if isinstance(step, int) else arguments[-1]
