"""How well emergencies are recognised in free text, and how fast: `python -m bench alarms [--eval FOLDER] [--rules]`.

The folder holds redflags (`text`, `flag`, `also`), hard_negatives and any of utterances, context and out_of_scope (`text`), as
.jsonl or .yaml; by default those in tests/phrases that were never taught. `--examples`: the examples of the rules themselves.
`--misses` prints every miss; `--rules` listens with the rules alone, without the learned second ear."""

from __future__ import annotations

import argparse
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench._sentences import PHRASES, Row, rows
from bot.catalog.load import load
from bot.catalog.model import Knowledge
from bot.understanding.alarms import alarms
from bot.understanding.index import index_of

SILENT = {"hard_negatives": 0.02, "utterances": 0.005, "context": 0.005, "out_of_scope": 0.005}
"""The share that may ring, by file."""
RECALL = 0.97
CRISIS = ("suicidal", "self-harm")
Ear = Callable[[str], tuple[str, ...]]
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
    parser.add_argument("--eval", type=Path, default=PHRASES / "unseen")
    parser.add_argument("--examples", action="store_true")
    parser.add_argument("--language", default="en")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--rules", action="store_true")
    options = parser.parse_args(arguments)
    knowledge = load()
    ear = _ear(knowledge, options.language, rules_only=options.rules)
    sets = _examples(knowledge, options.language) if options.examples else _sets(options.eval)
    lines = [*_rung(ear, sets.get("redflags", ()), misses=options.misses)]
    for name, share in SILENT.items():
        lines += _quiet(ear, (name, sets.get(name, ()), share), misses=options.misses)
    phrases = [Row(phrase, ()) for one in knowledge.words[options.language].conditions.values() for phrase in one.phrases]
    lines += _quiet(ear, ("condition phrases", phrases, 0.005), misses=options.misses)
    _show(lines)
    _speed(ear, [row.text for row in sets.get("utterances") or phrases])
    return 0 if all(line.good for line in lines) else 1


def _ear(knowledge: Knowledge, language: str, *, rules_only: bool) -> Ear:
    """A message -> the alarms that ring."""
    words, index = knowledge.words[language], index_of(knowledge, language)
    if words.alarm_rules is None:
        raise SystemExit(f"{language}: no alarm rules")
    if rules_only:
        found = alarms(words.alarm_rules)
        return lambda text: tuple(ring.id for ring in found.heard(index.reader.read(text)))
    return lambda text: tuple(alarm.id for alarm in index.meaning(text).alarms)


def _examples(knowledge: Knowledge, language: str) -> Mapping[str, Sequence[Row]]:
    """What the rules' authors wrote beside them."""
    rules = knowledge.words[language].alarm_rules
    sounds = rules.sounds if rules else {}
    rings = [Row(text, (), flag=name) for name, sound in sounds.items() for text in sound.rings]
    return {"redflags": rings, "hard_negatives": [Row(text, ()) for one in sounds.values() for text in one.silent]}


def _sets(folder: Path) -> Mapping[str, Sequence[Row]]:
    return {name: rows(folder, name) for name in ("redflags", *SILENT)}


def _rung(ear: Ear, told: Iterable[Row], *, misses: bool) -> list[Line]:
    total: Counter[str] = Counter()
    any_rang: Counter[str] = Counter()
    right = 0
    for row in told:
        rings = ear(row.text)
        total[row.flag] += 1
        any_rang[row.flag] += bool(rings)
        right += not {row.flag, *row.also}.isdisjoint(rings)
        if misses and not rings:
            console.print(f"missed {row.flag}: {row.text}", markup=False)
    lines = [Line(flag, any_rang[flag], total[flag], any_rang[flag] >= total[flag] * (1 if flag in CRISIS else 0)) for flag in total]
    heard, every = any_rang.total(), total.total()
    return [*lines, Line("any alarm", heard, every, heard >= every * RECALL), Line("the right alarm", right, every, good=True)]


def _quiet(ear: Ear, told: tuple[str, Sequence[Row], float], *, misses: bool) -> list[Line]:
    name, texts, share = told
    ringing = [(row.text, rings) for row in texts if (rings := ear(row.text))]
    if misses:
        for text, rings in ringing:
            console.print(f"false alarm in {name}: {text}: {', '.join(rings)}", markup=False)
    return [Line(f"false alarms, {name}", len(ringing), len(texts), len(ringing) <= len(texts) * share)] if texts else []


def _speed(ear: Ear, texts: Sequence[str]) -> None:
    best = [min(_timed(ear, text) for _ in range(5)) for text in texts[:400]]
    console.print(f"microseconds a message: median {statistics.median(best):.0f}, mean {statistics.mean(best):.0f}")


def _timed(ear: Ear, text: str) -> float:
    began = time.perf_counter()
    ear(text)
    return (time.perf_counter() - began) * 1e6


def _show(lines: Iterable[Line]) -> None:
    table = Table("", "rang", "of", "share", "good")
    for line in lines:
        table.add_row(line.name, str(line.count), str(line.of), f"{line.count / max(1, line.of):.1%}", "yes" if line.good else "NO")
    console.print(table)
