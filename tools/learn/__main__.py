"""`python -m tools.learn [--measure]`: learn the second ear of a language from its sentences.

What it learns from: `tools/learn/sentences/<code>/{alarms,ordinary,topics}.yaml`, the `rings:` and `silent:` examples of the
alarm rules, and the phrases of complaints and questions. `--measure` learns on seven eighths and listens to the rest, eight
times, and writes nothing. The same sentences always give the same text.
"""

from __future__ import annotations

import argparse
import hashlib
import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from bot.catalog.load import load
from bot.catalog.model import Words
from bot.settings import KNOWLEDGE
from bot.understanding.features import Sound, buckets_of
from bot.understanding.index import Understanding, understanding
from bot.understanding.learned import COMPLAINT, DOUBT, LIKELY, MIDDLE, NONE, About, Head, written

SENTENCES = Path(__file__).parent / "sentences"
BUCKETS = 1 << 15
STRENGTH = 1.5
"""How far weights may grow (the inverse of the penalty)."""
PARTS = 8


@dataclass(frozen=True)
class Sentence:
    """One sentence with the right answer of each head; an empty answer teaches that head nothing."""

    text: str
    alarm: str
    topic: str


def sentences(words: Words) -> list[Sentence]:
    """Everything there is to learn from, in a fixed order."""
    folder = SENTENCES / words.language
    taught = {name: yaml.safe_load((folder / f"{name}.yaml").read_text(encoding="utf-8")) for name in ("alarms", "ordinary", "topics")}
    found = [Sentence(text, alarm, COMPLAINT) for alarm, texts in taught["alarms"].items() for text in texts]
    found += [Sentence(text, NONE, COMPLAINT) for text in taught["ordinary"]]
    found += [Sentence(text, NONE if topic != "abuse" else "", topic) for topic, texts in taught["topics"].items() for text in texts]
    if words.alarm_rules is not None:
        for alarm, sound in words.alarm_rules.sounds.items():
            found += [Sentence(text, alarm, COMPLAINT) for text in sound.rings]
            found += [Sentence(text, NONE, "") for text in sound.silent]
    found += [Sentence(text, NONE, COMPLAINT) for one in words.conditions.values() for text in one.phrases]
    found += [Sentence(text, NONE, "question") for one in words.questions.values() for text in one.phrases]
    return list({one.text: one for one in found}.values())


def heard(index: Understanding, text: str) -> tuple[bool, Sound]:
    """Whether a rule rings, and what the second ear goes by."""
    hearing = index.hearing(text)
    rings, sound = index.sound(hearing, index.candidates(hearing))
    return bool(rings), sound


def matrix(index: Understanding, texts: Iterable[str]) -> sparse.csr_matrix:
    """A row a sentence, a column a bucket."""
    rows = [buckets_of(heard(index, text)[1], BUCKETS) for text in texts]
    places = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    columns = np.fromiter((bucket for row in rows for bucket in row), dtype=np.int32)
    return sparse.csr_matrix((np.ones(len(columns)), (places, columns)), shape=(len(rows), BUCKETS))


def learnt(table: sparse.csr_matrix, answers: NDArray[np.str_]) -> LogisticRegression:
    """A model of the sentences that have an answer."""
    known = answers != ""
    return LogisticRegression(C=STRENGTH, max_iter=400).fit(table[known], answers[known])


def model_text(index: Understanding, taught: list[Sentence]) -> str:
    """Both heads, their weights rounded to bytes on one scale."""
    table = matrix(index, (one.text for one in taught))
    models = {"alarm": learnt(table, np.array([s.alarm for s in taught])), "topic": learnt(table, np.array([s.topic for s in taught]))}
    scale = max(float(np.abs(m.coef_).max()) for m in models.values()) / (MIDDLE - 1)
    narrow = np.hstack([np.rint(m.coef_.T / scale).astype(int) + MIDDLE for m in models.values()])
    heads = tuple(Head(name, tuple(map(str, m.classes_)), tuple(round(float(b), 4) for b in m.intercept_)) for name, m in models.items())
    digest = hashlib.sha256("\n".join(f"{s.alarm}\t{s.topic}\t{s.text}" for s in taught).encode()).hexdigest()[:16]
    return written(About(BUCKETS, scale, heads, digest), narrow.tolist())


def measured(index: Understanding, taught: list[Sentence]) -> None:
    """Figures on sentences that were not learnt from."""
    order = list(range(len(taught)))
    random.Random(1).shuffle(order)  # noqa: S311 - a division into parts, not a secret
    table, alarms = matrix(index, (one.text for one in taught)), np.array([s.alarm for s in taught])
    likely = np.zeros(len(taught))
    for part in range(PARTS):
        test = np.array(order[part::PARTS])
        rest = np.setdiff1d(np.arange(len(taught)), test)
        model = learnt(table[rest], alarms[rest])
        likely[test] = 1 - model.predict_proba(table[test])[:, list(model.classes_).index(NONE)]
    rules = np.array([heard(index, one.text)[0] for one in taught])
    real, calm = (alarms != NONE) & (alarms != ""), alarms == NONE
    print(f"{len(taught)} sentences, {int(real.sum())} of them emergencies; the rules were written knowing some of them")
    ways = (("rules alone", rules), ("second ear alone", likely > 0.5), ("both", (rules & (likely > DOUBT)) | (likely > LIKELY)))
    for name, rang in ways:
        print(f"{name:18} rings on {np.mean(rang[real]):.3f} of emergencies, {np.mean(rang[calm]):.4f} of the others")


def main() -> None:
    """Learn, or measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measure", action="store_true")
    parser.add_argument("--language", default="en")
    options = parser.parse_args()
    knowledge = load(KNOWLEDGE)
    words = knowledge.words[options.language]
    index, taught = understanding(words, knowledge), sentences(words)
    if options.measure:
        measured(index, taught)
        return
    place = KNOWLEDGE / "lang" / options.language / "understanding" / "learned.txt"
    place.write_text(model_text(index, taught), encoding="utf-8")
    print(f"{place}: {place.stat().st_size // 1024} KB from {len(taught)} sentences")


if __name__ == "__main__":
    main()
