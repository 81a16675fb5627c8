"""`python -m bot.tools map`: the conversation as a drawing, taken from the annotations of the handlers.

`map --write` puts it into ARCHITECTURE.md, where a test keeps it fresh.
"""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator
from pathlib import Path
from types import UnionType

from bot.dialogue.flows.questions import Next
from bot.dialogue.states import STATES
from bot.dialogue.table import TABLE, Row
from bot.dialogue.values import Step

OPEN_QUESTIONS: tuple[type, ...] = typing.get_args(Next)
ONWARD = "NextOpenQuestion"
ARCHITECTURE = Path("ARCHITECTURE.md")
BEGIN, END = "<!-- map: drawn by `python -m bot.tools map --write` -->", "<!-- end of the map -->"


def leads_to(row: Row) -> tuple[type, ...]:
    """The places a handler's annotation names, in the order of the states."""
    answer = typing.get_type_hints(row.handler)["return"]
    if typing.get_origin(answer) is not Step:
        raise TypeError(row.handler)
    found = set(_flat(typing.get_args(answer)[0]))
    return tuple(state for state in STATES if state in found)


def _flat(hint: object) -> Iterator[object]:
    """The members of a union, however nested."""
    if isinstance(hint, UnionType) or typing.get_origin(hint) is typing.Union:
        for part in typing.get_args(hint):
            yield from _flat(part)
    else:
        yield hint


def drawn() -> str:
    """A Mermaid diagram: an arrow from each place to each place one of its handlers may lead to."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for row in TABLE:
        for name in _names(leads_to(row)):
            if name != row.place.__name__:
                arrows.setdefault((row.place.__name__, name), []).append(row.event.__name__)
    for name in _names(OPEN_QUESTIONS, whole=True):
        arrows[(ONWARD, name)] = ["onward"]
    lines = [f"    {start} --> {end}: {', '.join(dict.fromkeys(events))}" for (start, end), events in arrows.items()]
    return "\n".join(["```mermaid", "stateDiagram-v2", "    [*] --> Welcome", *lines, "```"])


def _names(places: tuple[type, ...], *, whole: bool = False) -> Iterator[str]:
    """The names of the places. A handler that goes on to whatever question is open has one arrow instead of ten."""
    goes_on = set(OPEN_QUESTIONS) <= set(places) and not whole
    if goes_on:
        yield ONWARD
    yield from (place.__name__ for place in places if not goes_on or place not in OPEN_QUESTIONS)


def framed(text: str, drawing: str) -> str:
    """The text with the drawing between its two marks."""
    pattern = re.compile(re.escape(BEGIN) + ".*?" + re.escape(END), re.DOTALL)
    return pattern.sub(lambda _: f"{BEGIN}\n{drawing}\n{END}", text)


def main(arguments: list[str]) -> int:
    """Print the drawing, or write it into ARCHITECTURE.md."""
    if "--write" not in arguments:
        print(drawn())
        return 0
    ARCHITECTURE.write_text(framed(ARCHITECTURE.read_text(encoding="utf-8"), drawn()), encoding="utf-8")
    return 0
