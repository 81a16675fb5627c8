"""`python -m bot.tools coverage`: what the knowledge base covers, as tables for people who write it."""

from __future__ import annotations

import argparse
import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.catalog.links import ENGLISH
from bot.catalog.load import FOLDER, survey_of
from bot.catalog.model import Condition, Knowledge, Point, PointWords, Words

Row = Sequence[str | int]
CONDITION_HEAD = ("condition", "phrases", "routines", "variants", "pregnancy", "sources", "grade", "red flags")
POINT_HEAD = ("point", "region", "pregnancy", "reach", "routines", "sources", "read", "words", "picture")
OPTIONAL = frozenset({"aliases", "not_taught", "press_light", "of"})
NAMES = {"questions": "questions", "lessons": "lessons", "alarms": "alarms", "flags": "red-flag lists", "matters": "matters",
         "combinations": "combination rules", "countries": "countries", "refused": "refused points"}


def main(arguments: list[str]) -> int:
    """Print the tables of conditions and points, then totals."""
    parser = argparse.ArgumentParser(prog="python -m bot.tools coverage", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER, help="the knowledge folder")
    parser.add_argument("--language", default=ENGLISH, help="whose words are counted")
    options = parser.parse_args(arguments)
    survey = survey_of(options.folder)
    known = survey.knowledge
    words = known.words.get(options.language, Words(language=options.language))
    drawn = frozenset(path.stem for path in (options.folder / "images").rglob("*.*"))
    print(_table(CONDITION_HEAD, [_condition_row(known, words, one) for one in known.conditions.values()]))
    print(_table(POINT_HEAD, _point_rows(known, words, drawn)))
    print(_totals(known, words))
    if survey.problems:
        print(f"{len(survey.problems)} files or fields could not be read: see python -m bot.tools check")
    return 0


def _condition_row(known: Knowledge, words: Words, condition: Condition) -> Row:
    routines = [known.routines[id_] for id_ in condition.routines if id_ in known.routines]
    variants = [routine.variant for routine in routines]
    said = words.conditions.get(condition.id)
    safe = "gentle" if "gentle" in variants else "none"
    return (
        condition.id, len(said.phrases) if said else 0, len(routines), " ".join(variants), safe if routines else "no routine",
        len(condition.evidence.sources), condition.evidence.grade, condition.flags or "none",
    )


def _point_rows(known: Knowledge, words: Words, drawn: frozenset[str]) -> list[Row]:
    used = Counter(step.point for routine in known.routines.values() for step in routine.steps)
    return [_point_row(point, words.points.get(point.id), used[point.id], drawn) for point in known.points.values()]


def _point_row(point: Point, words: PointWords | None, used: int, drawn: frozenset[str]) -> Row:
    return (
        point.id, point.region, point.pregnancy, point.reach if point.taught else "not taught", used, len(point.sources),
        "yes" if point.verified else "from memory", _filled(words), "yes" if point.id in drawn else "no",
    )


def _filled(words: PointWords | None) -> str:
    if words is None:
        return "none"
    empty = [f.name for f in dataclasses.fields(words) if f.name not in OPTIONAL and not getattr(words, f.name)]
    return f"without {', '.join(empty)}" if empty else "all"


def _table(head: Row, rows: Iterable[Row]) -> str:
    lines = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(head))]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines) + "\n"


def _totals(known: Knowledge, words: Words) -> str:
    statuses = Counter(source.status for source in known.sources.values())
    grades = Counter(condition.evidence.grade for condition in known.conditions.values())
    variants = Counter(routine.variant for routine in known.routines.values())
    phrases = sum(len(condition.phrases) for condition in words.conditions.values())
    asked = sum(len(question.phrases) for question in words.questions.values())
    rows: list[Row] = [
        ("points", f"{len(known.points)} ({sum(point.verified for point in known.points.values())} verified)"),
        ("conditions", f"{len(known.conditions)} ({_counts(grades)})"),
        ("routines", f"{len(known.routines)} ({_counts(variants)})"),
        ("phrases", f"{phrases} for conditions, {asked} for questions"),
        ("sources", f"{len(known.sources)} ({_counts(statuses)})"),
        ("red flags", sum(len(flags.flags) for flags in known.flags.values())),
        *((name, len(getattr(known, kind))) for kind, name in NAMES.items()),
    ]
    return _table(("in all", ""), rows)


def _counts(counter: Mapping[Any, int]) -> str:
    commonest = sorted(counter.items(), key=lambda item: -item[1])
    return ", ".join(f"{count} {name}" for name, count in commonest)
