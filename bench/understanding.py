"""How well people's words are understood, against plain methods, and how fast: `python -m bench understanding`.

`--eval FOLDER`: sentences (default: those in tests/phrases that were never taught). `--misses`: print every miss. `--fit`: fit the
thresholds on every second sentence of the folder and write them to the knowledge. `--cross`: cross-validation."""

from __future__ import annotations

import argparse
import dataclasses
import gc
import statistics
import time
import tracemalloc
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench import _fitting
from bench._baselines import baselines
from bench._sentences import PHRASES, Row, complaints, mistyped, rows
from bot.catalog.load import load
from bot.catalog.model import Knowledge, Words
from bot.tools.ask import facts_of
from bot.understanding.index import Understanding, understanding
from bot.understanding.meaning import Meaning

SEEDS = (1, 2, 3)
TYPOS = 0.3
TOPIC_OF = {"question-faq": "question", "medication-question": "medication"}
console = Console()


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """One line of the table."""

    name: str
    value: str
    goal: str = ""
    good: bool | None = None


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    knowledge = load()
    words = knowledge.words[options.language]
    if options.fit:
        return _fitting.fit(knowledge, words, options.eval)
    began = time.thread_time()
    index = understanding(words, knowledge)
    built = time.thread_time() - began
    lines = [*_quality(index, options.eval, misses=options.misses), *_speed(options.eval, built, knowledge, words)]
    _show(lines)
    _show_baselines(words, index, options.eval)
    if options.cross:
        _fitting.cross(knowledge, words, options.eval)
    return 0 if all(line.good is not False for line in lines) else 1


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench understanding")
    parser.add_argument("--eval", type=Path, default=PHRASES / "unseen")
    parser.add_argument("--language", default="en")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--cross", action="store_true")
    return parser.parse_args(arguments)


def _quality(index: Understanding, folder: Path, *, misses: bool) -> Iterable[Line]:
    plain = complaints(folder)
    tell = print if misses else lambda *_: None
    first, three = ranks(plain, lambda text: ids(index.meaning(text)), tell)
    yield share("right condition first", first, 0.95)
    yield share("right among the first three", three, 0.99)
    typed = [dataclasses.replace(row, text=mistyped(row.text, TYPOS, seed)) for seed in SEEDS for row in plain]
    first, three = ranks(typed, lambda text: ids(index.meaning(text)), tell)
    yield share(f"with typos in {TYPOS:.0%} of the words: first", first, 0.88)
    yield share("with typos: among three", three, 0.95)
    several = [row for row in plain if len(row.want) > 1]
    yield share(
        "all wanted conditions among three",
        _mean(set(r.want[:3]) <= set(ids(index.meaning(r.text))[:3]) for r in several),
        0.92,
    )
    hard = [row for row in rows(folder, "hard_negatives") if row.want]
    yield share(
        "hard negatives: right condition first", ranks(hard, lambda text: ids(index.meaning(text)), tell)[0], 0.90
    )
    yield from _facts(index, rows(folder, "context"), tell)
    yield from _outside(index, rows(folder, "out_of_scope"), tell)
    yield from _decisions(index, [*plain, *hard, *(row for row in rows(folder, "context") if row.want)], tell)


def ranks(
    rows_: Sequence[Row], ranker: Callable[[str], list[str]], tell: Callable[..., object] = lambda *_: None
) -> tuple[float, float]:
    """Shares of rows whose first answer, or one of the first three, is right."""
    first = three = 0
    for row in rows_:
        found = ranker(row.text)
        first += bool(found) and found[0] in row.good
        three += bool(row.good & set(found[:3]))
        if not found or found[0] not in row.good:
            tell("miss:", row.text, "| want", row.want, "| got", found[:3])
    return first / max(1, len(rows_)), three / max(1, len(rows_))


def ids(meaning: Meaning) -> list[str]:
    return [one.id for one in meaning.conditions]


def _facts(index: Understanding, told: Sequence[Row], tell: Callable[..., object]) -> Iterable[Line]:
    said = right = wrong = asked = 0
    for row in told:
        found = facts_of(index.meaning(row.text))
        for name, value in row.facts.items():
            accepted = [value, *row.facts_accept.get(name, ())]
            asked += 1
            said += value is not None
            right += value is not None and found.get(name) in accepted
            false = found.get(name) is not None and found.get(name) not in accepted
            wrong += false
            if false or (value is not None and found.get(name) not in accepted):
                tell("fact:", row.text, "|", name, "want", value, "got", found.get(name))
    yield share("volunteered facts found", right / max(1, said), 0.90)
    yield share("facts wrong", wrong / max(1, asked), 0.02, least=False)


def _outside(index: Understanding, told: Sequence[Row], tell: Callable[..., object]) -> Iterable[Line]:
    offered = named = 0
    for row in told:
        meaning = index.meaning(row.text)
        topic = TOPIC_OF.get(row.want[0], row.want[0])
        offered += meaning.topic is None and meaning.decision != "none"
        named += meaning.topic == topic
        if meaning.topic != topic:
            tell("topic:", row.text, "| want", topic, "got", meaning.topic, meaning.decision, ids(meaning)[:2])
    yield share("out of scope offered a routine", offered / max(1, len(told)), 0.05, least=False)
    yield Line("out of scope: the right topic", f"{named / max(1, len(told)):.1%}")


def _decisions(index: Understanding, told: Sequence[Row], tell: Callable[..., object]) -> Iterable[Line]:
    found = [(index.meaning(row.text), row) for row in told]
    wrong = [(m, row) for m, row in found if m.decision == "sure" and ids(m)[:1] and ids(m)[0] not in row.good]
    for meaning, row in wrong:
        tell("sure and wrong:", row.text, row.want, ids(meaning)[:2])
    stopped = [(m, row) for m, row in found if m.topic]
    for meaning, row in stopped:
        tell("taken for a topic:", row.text, "|", meaning.topic)
    yield share("sure and wrong", len(wrong) / max(1, len(found)), 0.02, least=False)
    for kind in ("sure", "unsure", "none"):
        yield Line(f"decided {kind}", f"{_mean(m.decision == kind for m, _ in found):.1%}")
    yield share("complaints taken for another topic", len(stopped) / max(1, len(found)), 0.05, least=False)


def _speed(folder: Path, built: float, knowledge: Knowledge, words: Words) -> Iterable[Line]:
    texts = [
        row.text for name in ("utterances", "hard_negatives", "context", "out_of_scope") for row in rows(folder, name)
    ]
    fresh = understanding(words, knowledge)
    gc.collect()
    gc.freeze()  # as the running bot does once everything is loaded
    times = sorted(_seconds(fresh, text) for text in texts)
    yield number("median per message, ms", statistics.median(times) * 1e3, 0.3)
    yield number("p99 per message, ms", times[int(len(times) * 0.99)] * 1e3, 2.0)
    more = dataclasses.replace(
        words,
        conditions={
            name: dataclasses.replace(one, phrases=tuple(_more(one.phrases))) for name, one in words.conditions.items()
        },
    )
    large = understanding(more, knowledge)
    ratio = statistics.median(_seconds(large, text) for text in texts) / statistics.median(times)
    yield number("ten times as many phrases: times slower", ratio, 3.0)
    yield number("building the index, s", built, 1.0)
    yield number("memory of the index, MB", _memory(words, knowledge), 30.0)
    odd = (
        ("ab c, " * 700)[:4096],
        "\U0001f926" * 1000,
        "pa\u200bin " * 500,
        "\u202ehead hurts\u202c " * 300,
        "hedake " * 580,
    )
    yield number("odd messages, worst, ms", max(_seconds(fresh, text) for text in odd) * 1e3, 20.0)


def _more(phrases: Sequence[str]) -> Iterable[str]:
    """Ten times as many phrases, of new words."""
    for copy in range(10):
        for phrase in phrases:
            yield (
                phrase
                if not copy
                else " ".join(f"{word}{'qxzvkjwyu'[copy - 1]}" if len(word) > 4 else word for word in phrase.split())
            )


def _seconds(index: Understanding, text: str) -> float:
    """On the thread's own clock, so that a busy machine does not count."""
    began = time.thread_time()
    index.meaning(text)
    return time.thread_time() - began


def _memory(words: Words, knowledge: Knowledge) -> float:
    gc.collect()
    tracemalloc.start()
    index = understanding(words, knowledge)
    gc.collect()
    used = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    del index
    return used / 1e6


def _show_baselines(words: Words, index: Understanding, folder: Path) -> None:
    table = Table(title="the same sentences by other methods (first / among three, with typos)")
    for column in ("method", "first", "three", "typos first", "typos three"):
        table.add_column(column)
    plain = complaints(folder)
    typed = [dataclasses.replace(row, text=mistyped(row.text, TYPOS, SEEDS[0])) for row in plain]
    rankers: Mapping[str, Callable[[str], list[str]]] = {
        **baselines({name: one.phrases for name, one in words.conditions.items()}),
        "this bot": lambda text: ids(index.meaning(text)),
    }
    for name, ranker in rankers.items():
        table.add_row(name, *(f"{value:.1%}" for value in (*ranks(plain, ranker), *ranks(typed, ranker))))
    console.print(table)


def _mean(found: Iterable[bool]) -> float:
    values = list(found)
    return sum(values) / max(1, len(values))


def share(name: str, value: float, goal: float, *, least: bool = True) -> Line:
    return Line(
        name, f"{value:.1%}", f"{'>=' if least else '<='} {goal:.0%}", value >= goal if least else value <= goal
    )


def number(name: str, value: float, goal: float) -> Line:
    return Line(name, f"{value:.2f}", f"<= {goal:g}", value <= goal)


def _show(lines: Sequence[Line]) -> None:
    table = Table(title="understanding")
    for column in ("what", "measured", "goal", ""):
        table.add_column(column)
    for line in lines:
        table.add_row(line.name, line.value, line.goal, "" if line.good is None else "ok" if line.good else "MISSED")
    console.print(table)
