"""How well emergencies are recognised in free text, and how fast: `python -m bench alarms --eval FOLDER`.

The folder holds redflags.jsonl (`text`, `flag`, `also`), hard_negatives.jsonl and any of utterances, context and
out_of_scope.jsonl (`text`). Without a folder the examples of the rules themselves are measured. `--misses` prints every miss."""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bot.catalog.load import load
from bot.catalog.model import Knowledge
from bot.understanding.alarms import LIKENESS, Alarms, alarms
from bot.understanding.index import index_of
from bot.understanding.words import Reader

SILENT = {"hard_negatives": 0.02, "utterances": 0.005, "context": 0.005, "out_of_scope": 0.005}
"""The share that may ring, by file."""
RECALL = 0.97
CRISIS = ("suicidal", "self-harm")
FOLDS = 5
FAST = 50.0
console = Console()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: so many of so many, and whether that is good enough."""

    name: str
    count: int
    of: int
    good: bool


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench alarms", description=__doc__)
    parser.add_argument("--eval", type=Path)
    parser.add_argument("--language", default="en")
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args(arguments)
    knowledge = load()
    found, reader = _made(knowledge, options.language)
    sets = _sets(options.eval, knowledge, options.language)
    lines = [*_rung(found, reader, sets.get("redflags", ()), misses=options.misses)]
    for name, share in SILENT.items():
        lines += _quiet(found, reader, (name, sets.get(name, ()), share), misses=options.misses)
    phrases = [{"text": phrase} for one in knowledge.words[options.language].conditions.values() for phrase in one.phrases]
    lines += _quiet(found, reader, ("condition phrases", phrases, 0.005), misses=options.misses)
    _show(lines)
    _left_out(knowledge, options.language, reader)
    _speed(found, reader, [row["text"] for row in sets.get("utterances") or phrases])
    return 0 if all(line.good for line in lines) else 1


def _made(knowledge: Knowledge, language: str) -> tuple[Alarms, Reader]:
    words = knowledge.words[language]
    if words.alarm_rules is None:
        raise SystemExit(f"{language}: no alarm rules")
    ordinary = [phrase for one in words.conditions.values() for phrase in one.phrases]
    return alarms(words.alarm_rules, ordinary), index_of(knowledge, language).reader


def _sets(folder: Path | None, knowledge: Knowledge, language: str) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    rules = knowledge.words[language].alarm_rules
    if folder is None and rules is not None:
        rings = [{"text": text, "flag": name} for name, sound in rules.sounds.items() for text in sound.rings]
        return {"redflags": rings, "hard_negatives": [{"text": text} for one in rules.sounds.values() for text in one.silent]}
    files = [path for path in (folder or Path()).glob("*.jsonl") if path.stem == "redflags" or path.stem in SILENT]
    return {path.stem: [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line] for path in files}


def _rung(found: Alarms, reader: Reader, rows: Iterable[Mapping[str, Any]], *, misses: bool) -> list[Line]:
    total: Counter[str] = Counter()
    any_rang: Counter[str] = Counter()
    right = likeness = 0
    for row in rows:
        rings = found.heard(reader.read(row["text"]))
        total[row["flag"]] += 1
        any_rang[row["flag"]] += bool(rings)
        right += not {row["flag"], *row.get("also", ())}.isdisjoint(ring.id for ring in rings)
        likeness += any(ring.rule == LIKENESS for ring in rings)
        if misses and not rings:
            console.print(f"missed {row['flag']}: {row['text']}", markup=False)
    lines = [Line(flag, any_rang[flag], total[flag], any_rang[flag] >= total[flag] * (1 if flag in CRISIS else 0)) for flag in total]
    heard, every = any_rang.total(), total.total()
    summary = [Line("any alarm", heard, every, heard >= every * RECALL), Line("the right alarm", right, every, good=True)]
    return [*lines, *summary, Line("by likeness only", likeness, every, good=True)]


def _quiet(found: Alarms, reader: Reader, rows: tuple[str, Sequence[Mapping[str, Any]], float], *, misses: bool) -> list[Line]:
    name, texts, share = rows
    ringing = [(row["text"], found.heard(reader.read(row["text"]))) for row in texts]
    ringing = [(text, rings) for text, rings in ringing if rings]
    if misses:
        for text, rings in ringing:
            console.print(f"false alarm in {name}: {text}: {', '.join(f'{ring.id} ({ring.rule[:60]})' for ring in rings)}", markup=False)
    return [Line(f"false alarms, {name}", len(ringing), len(texts), len(ringing) <= len(texts) * share)] if texts else []


def _left_out(knowledge: Knowledge, language: str, reader: Reader) -> None:
    """The likeness by itself, on sentences it has not counted."""
    words = knowledge.words[language]
    if words.alarm_rules is None:
        return
    made = alarms(words.alarm_rules)
    phrases = [phrase for one in words.conditions.values() for phrase in one.phrases]
    rings = [(name, text) for name, sound in words.alarm_rules.sounds.items() for text in sound.rings]
    heard = false = 0
    for fold in range(FOLDS):
        examples: dict[str, list[str]] = {}
        for place, (name, text) in enumerate(rings):
            if place % FOLDS != fold:
                examples.setdefault(name, []).append(text)
        made.learn(examples, [phrase for place, phrase in enumerate(phrases) if place % FOLDS != fold])
        heard += sum(made.alike(reader.read(text)) != () for _, text in rings[fold::FOLDS])
        false += sum(made.alike(reader.read(phrase)) != () for phrase in phrases[fold::FOLDS])
    console.print(
        f"likeness alone, left out of the counts: {heard} of {len(rings)} emergencies, {false} of {len(phrases)} ordinary phrases"
    )


def _speed(found: Alarms, reader: Reader, texts: Sequence[str]) -> None:
    readings = [reader.read(text) for text in texts]
    best = [min(_timed(found, reading) for _ in range(7)) for reading in readings]
    console.print(f"microseconds a message: median {statistics.median(best):.0f}, mean {statistics.mean(best):.0f} (goal {FAST:.0f})")


def _timed(found: Alarms, reading: Any) -> float:
    began = time.perf_counter()
    found.heard(reading)
    return (time.perf_counter() - began) * 1e6


def _show(lines: Iterable[Line]) -> None:
    table = Table("", "rang", "of", "share", "good")
    for line in lines:
        table.add_row(line.name, str(line.count), str(line.of), f"{line.count / max(1, line.of):.1%}", "yes" if line.good else "NO")
    console.print(table)
