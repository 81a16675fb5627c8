"""Thresholds fitted on sentences with right answers, and what is left of every figure on sentences not fitted on.

The learned second ear knows the phrases of the knowledge, so only sentences that were never taught may fit or judge."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench._sentences import COMPLAINTS, Row, complaints
from bot.catalog.model import Knowledge, Words
from bot.catalog.model.lexicon import Thresholds
from bot.settings import KNOWLEDGE
from bot.understanding.index import Understanding, understanding

MOST_WRONG = 0.02
"""Of all sentences, the share that may be answered surely and wrongly; within it, as many as can be are answered surely."""
SHARES = (0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95)
SCORES = [float(step) for step in range(8, 47)]
HALF = 0.5
"""Below the score where so many first answers are right nothing was understood."""
BINS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 1.01)
HEADER = """\
# Fitted by `python -m bench understanding --fit`; do not edit by hand. The curve: of answers with at least this confidence (up to the
# next one), how many were right.
"""
console = Console()


@dataclasses.dataclass(frozen=True, slots=True)
class Answered:
    """One sentence: the score of the first answer, how sure it is, and whether it is right."""

    score: float
    confidence: float
    right: bool
    among: bool


def fit(knowledge: Knowledge, words: Words, folder: Path) -> int:
    told = list(_answers(understanding(words, knowledge), complaints(folder, COMPLAINTS)[::2]))
    found = fitted(told, f"{len(told)} sentences that were never taught, every second one of the folder")
    target = KNOWLEDGE / "lang" / words.language / "understanding" / "thresholds.yaml"
    curve = "".join(f"  - [{share:g}, {right:.3f}]\n" for share, right in found.curve)
    target.write_text(
        f'{HEADER}sure: {found.sure:g}\nleast: {found.least:g}\nunsure: {found.unsure:g}\nfitted_on: "{found.fitted_on}"\ncurve:\n{curve}',
        encoding="utf-8",
    )
    console.print(f"sure {found.sure:g}, least {found.least:g}, unsure {found.unsure:g} -> {target}")
    return 0


def cross(knowledge: Knowledge, words: Words, folder: Path) -> None:
    """Thresholds fitted on one half of the sentences and judged on the other, both ways."""
    told = list(_answers(understanding(words, knowledge), complaints(folder, COMPLAINTS)))
    table = Table(title="cross-validation of the thresholds")
    for column in ("measured on", "sentences", "first", "three", "sure", "sure and wrong"):
        table.add_column(column)
    for name, one, other in (("odd rows", told[1::2], told[::2]), ("even rows", told[::2], told[1::2])):
        limits = fitted(other, "")
        sure = [answer for answer in one if _is_sure(answer, limits.sure, limits.least)]
        wrong = sum(not answer.right for answer in sure) / max(1, len(one))
        shares = (_mean([a.right for a in one]), _mean([a.among for a in one]), len(sure) / max(1, len(one)), wrong)
        table.add_row(name, str(len(one)), *(f"{value:.1%}" for value in shares))
    console.print(table)
    _reliability(told)


def fitted(told: Sequence[Answered], name: str) -> Thresholds:
    def worth(limits: tuple[float, float]) -> tuple[bool, int, int]:
        sure = [answer for answer in told if _is_sure(answer, *limits)]
        wrong = sum(not answer.right for answer in sure)
        within = wrong <= MOST_WRONG * len(told)
        return within, len(sure) if within else 0, -wrong

    share, least = max(itertools.product(SHARES, SCORES), key=worth)
    unsure = next((score for score in SCORES if _right_from(told, score) >= HALF), SCORES[-1])
    curve = tuple((low, right) for low, _, right in _bins(told))
    return Thresholds(sure=share, least=least, unsure=min(unsure, least), fitted_on=name, curve=curve)


def _right_from(told: Sequence[Answered], score: float) -> float:
    """Of the answers within two points above this score, the share that is right."""
    near = [answer.right for answer in told if score <= answer.score < score + 2]
    return _mean(near) if near else 0.0


def _answers(index: Understanding, told: Iterable[Row]) -> Iterator[Answered]:
    for row in told:
        found, confidence = index.judged(row.text)
        ids = [one.id for one in found[:3]]
        yield Answered(found[0].score if found else 0.0, confidence, bool(row.good & set(ids[:1])), bool(row.good & set(ids)))


def _bins(told: Sequence[Answered]) -> Iterator[tuple[float, int, float]]:
    for low, high in itertools.pairwise(BINS):
        inside = [answer.right for answer in told if low <= answer.confidence < high]
        if inside:
            yield low, len(inside), _mean(inside)


def _is_sure(answer: Answered, share: float, least: float) -> bool:
    return answer.score >= least and answer.confidence >= share


def _mean(values: Sequence[bool]) -> float:
    return sum(values) / max(1, len(values))


def _reliability(told: Sequence[Answered]) -> None:
    table = Table(title="reliability: of answers with this share of what is likely, how many are right")
    for column in ("share from", "sentences", "right"):
        table.add_column(column)
    for low, count, right in _bins(told):
        table.add_row(f"{low:g}", str(count), f"{right:.0%}")
    console.print(table)
