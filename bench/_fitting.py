"""Thresholds fitted on sentences with right answers, and what is left of every figure on sentences not fitted on."""

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
from bot.understanding.index import Understanding, understanding
from bot.understanding.symptoms import Candidate

FOLDS = 5
HARM = 25
"""One sure and wrong answer weighs as much as so many right ones asked about again."""
SURE = [step / 4 for step in range(24, 53)]
MARGIN = [step / 10 for step in range(0, 21, 2)]
LEAST, HALF = 5.0, 0.5
"""Below this score even an "is it this?" is mostly noise from messages that complain of nothing."""
BINS = (0, 3, 5, 6, 7, 8, 9, 10, 11, 12, 20)
HEADER = """\
# Fitted by `python -m bench understanding --fit`; do not edit by hand. The curve: of answers with at least this score (up to the
# next one), the share that is right.
"""
console = Console()


@dataclasses.dataclass(frozen=True, slots=True)
class Answered:
    """One sentence: the score of the first answer, how far ahead it is of a rival for the same words, and whether it is right."""

    score: float
    gap: float
    right: bool
    among: bool


def fit(knowledge: Knowledge, words: Words, folder: Path) -> int:
    told = [*_answers(understanding(words, knowledge), complaints(folder, COMPLAINTS)), *held_out(knowledge, words)]
    found = fitted(
        told, f"{len(told)} sentences: those measured with, and the phrases of the knowledge held out by fifths"
    )
    target = (
        Path(__file__).resolve().parents[1]
        / "knowledge"
        / "lang"
        / words.language
        / "understanding"
        / "thresholds.yaml"
    )
    curve = "".join(f"  - [{score:g}, {share:.3f}]\n" for score, share in found.curve)
    target.write_text(
        f'{HEADER}sure: {found.sure:g}\nunsure: {found.unsure:g}\nmargin: {found.margin:g}\nfitted_on: "{found.fitted_on}"\ncurve:\n{curve}',
        encoding="utf-8",
    )
    console.print(f"sure {found.sure:g}, margin {found.margin:g}, unsure {found.unsure:g} -> {target}")
    return 0


def cross(knowledge: Knowledge, words: Words, folder: Path) -> None:
    """Phrases held out by fifths, thresholds fitted on one half of everything and judged on the other."""
    outside = list(held_out(knowledge, words))
    told = list(_answers(understanding(words, knowledge), complaints(folder, COMPLAINTS)))
    table = Table(title="cross-validation")
    for column in ("measured on", "sentences", "first", "three", "sure", "sure and wrong"):
        table.add_column(column)
    for name, one, other in (
        ("phrases held out (thresholds from the folder)", outside, told),
        ("folder (thresholds from the phrases)", told, outside),
        ("folder, odd rows (thresholds from even rows)", told[1::2], told[::2]),
    ):
        limits = fitted(other, "")
        sure = [answer for answer in one if _is_sure(answer, limits.sure, limits.margin)]
        table.add_row(
            name,
            str(len(one)),
            *(
                f"{_share(values):.1%}"
                for values in (
                    [a.right for a in one],
                    [a.among for a in one],
                    [_is_sure(a, limits.sure, limits.margin) for a in one],
                )
            ),
            f"{sum(not a.right for a in sure) / max(1, len(one)):.1%}",
        )
    console.print(table)
    _reliability(told, outside)


def held_out(knowledge: Knowledge, words: Words) -> Iterator[Answered]:
    """Every phrase, asked of an index built without it."""
    for fold in range(FOLDS):
        rest = {
            name: dataclasses.replace(one, phrases=_but(one.phrases, fold)) for name, one in words.conditions.items()
        }
        index = understanding(dataclasses.replace(words, conditions=rest), knowledge)
        yield from _answers(
            index, [Row(text, (name,)) for name, one in words.conditions.items() for text in one.phrases[fold::FOLDS]]
        )


def _but(phrases: Sequence[str], fold: int) -> tuple[str, ...]:
    return tuple(text for place, text in enumerate(phrases) if place % FOLDS != fold)


def _answers(index: Understanding, told: Iterable[Row]) -> Iterator[Answered]:
    for row in told:
        found = index.ranked(row.text)
        if found:
            yield Answered(
                found[0].score, _gap(found), found[0].id in row.good, bool(row.good & {one.id for one in found[:3]})
            )
        else:
            yield Answered(0.0, 0.0, right=False, among=False)


def _gap(found: Sequence[Candidate]) -> float:
    """A rival that speaks of other words of the message is another complaint, no rival."""
    rival = len(found) > 1 and bool(found[0].places & found[1].places)
    return found[0].score - found[1].score if rival else 99.0


def fitted(told: Sequence[Answered], name: str) -> Thresholds:
    def worth(limits: tuple[float, float]) -> float:
        sure = [answer for answer in told if _is_sure(answer, *limits)]
        wrong = sum(not answer.right for answer in sure)
        return len(sure) - wrong - HARM * wrong

    sure, margin = max(itertools.product(SURE, MARGIN), key=worth)
    curve = tuple((low, share) for low, _, share in _bins(told))
    unsure = next((low for low, share in curve if low >= LEAST and share >= HALF), LEAST)
    return Thresholds(sure=sure, unsure=min(unsure, sure), margin=margin, fitted_on=name, curve=curve)


def _bins(told: Sequence[Answered]) -> Iterator[tuple[float, int, float]]:
    for low, high in itertools.pairwise(BINS):
        inside = [answer.right for answer in told if low <= answer.score < high]
        if inside:
            yield float(low), len(inside), _share(inside)


def _is_sure(answer: Answered, sure: float, margin: float) -> bool:
    return answer.score >= sure and answer.gap >= margin


def _share(values: Sequence[bool]) -> float:
    return sum(values) / max(1, len(values))


def _reliability(told: Sequence[Answered], outside: Sequence[Answered]) -> None:
    table = Table(title="reliability: of answers with this score, the share that is right")
    for column in ("score from", "folder", "right", "phrases held out", "right"):
        table.add_column(column)
    mine = {low: (count, share) for low, count, share in _bins(told)}
    theirs = {low: (count, share) for low, count, share in _bins(outside)}
    for low in sorted({*mine, *theirs}):
        cells = [(str(side[low][0]), f"{side[low][1]:.0%}") if low in side else ("-", "-") for side in (mine, theirs)]
        table.add_row(f"{low:g}", *cells[0], *cells[1])
    console.print(table)
