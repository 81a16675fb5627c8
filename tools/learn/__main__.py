"""`python -m tools.learn [--measure]`: learn the second ear of a language from its sentences.

`--measure` learns on four fifths and listens to the rest, five times, prints how well it hears what it was not taught, and
writes nothing. The same sentences give the same text on one machine.
"""

from __future__ import annotations

import argparse
import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rich.progress import Progress
from scipy import sparse

from bot.catalog.load import survey_of
from bot.settings import KNOWLEDGE
from bot.understanding.features import BITS
from bot.understanding.index import Understanding, understanding
from bot.understanding.learned import (
    ALARM,
    ASKED,
    CONDITION,
    DANGER,
    MOST_FEATURES,
    NONE,
    TOPIC,
    About,
    Learned,
    Likely,
    Weights,
    rounded,
    written,
)
from tools.learn.net import Task, learnt
from tools.learn.taught import Sentence, digest, sentences

LEAST = 19
"""A feature of fewer sentences is not learnt."""
PARTS = 5
SHARES = (0.005, 0.01, 0.02, 0.04)


@dataclass(frozen=True, slots=True)
class Heard:
    """A sentence and the numbers of its features."""

    sentence: Sentence
    features: tuple[int, ...]


def heard(index: Understanding, taught: Iterable[Sentence]) -> list[Heard]:
    """What the net goes by. How far the rules are to be trusted is learnt only from sentences their authors did not know."""
    return [Heard(one, tuple(index.features(one.text, judged=one.fresh))) for one in taught]


def model(many: Sequence[Heard], tell: Callable[[float], None]) -> tuple[About, Weights]:
    """Learnt from all of these, the rows rounded to small whole numbers."""
    counts = Counter(feature for one in many for feature in one.features)
    known = np.array(sorted(feature for feature, count in counts.items() if count >= LEAST), dtype=np.uint32)
    if len(known) > MOST_FEATURES:  # said before minutes of learning, not after
        raise SystemExit(f"{len(known)} features of {LEAST} sentences or more, and no more than {MOST_FEATURES} can be kept: raise LEAST")
    heads = {
        DANGER: (DANGER,),
        ALARM: tuple(sorted({one.sentence.alarm for one in many} - {""})),
        TOPIC: tuple(sorted({one.sentence.topic for one in many} - {""})),
        CONDITION: tuple(sorted({one.sentence.condition for one in many} - {""})),  # each is the first of some sentence
        ASKED: tuple(sorted({one.sentence.asked for one in many} - {""})),
    }
    net = learnt(_table(many, known), _tasks(many, heads), tell=tell)
    rows, scale = rounded(net.embed)
    return About(BITS, heads, digest(one.sentence for one in many)), Weights(known, rows, scale, net.first, net.out, net.last)


def _table(many: Sequence[Heard], known: NDArray[np.uint32]) -> sparse.csr_matrix:
    """A row a sentence, a column a known feature."""
    column = {int(feature): place for place, feature in enumerate(known)}
    rows = [sorted(column[feature] for feature in one.features if feature in column) for one in many]
    places = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    columns = np.fromiter((place for row in rows for place in row), dtype=np.int32)
    return sparse.csr_matrix((np.ones(len(columns), dtype=np.float32), (places, columns)), shape=(len(rows), len(known)))


def _tasks(many: Sequence[Heard], heads: dict[str, tuple[str, ...]]) -> list[Task]:
    def answers(classes: Sequence[str], said: Iterable[str]) -> NDArray[np.int64]:
        return np.array([classes.index(one) if one else -1 for one in said])

    danger = np.array([-1 if not one.sentence.alarm else int(one.sentence.alarm != NONE) for one in many])
    return [
        Task(1, danger),
        Task(len(heads[ALARM]), answers(heads[ALARM], (one.sentence.alarm for one in many))),
        Task(len(heads[TOPIC]), answers(heads[TOPIC], (one.sentence.topic for one in many))),
        Task(
            len(heads[CONDITION]),
            answers(heads[CONDITION], (one.sentence.condition for one in many)),
            answers(heads[CONDITION], (one.sentence.also for one in many)),
        ),
        Task(len(heads[ASKED]), answers(heads[ASKED], (one.sentence.asked for one in many))),
    ]


def measured(many: list[Heard]) -> list[Likely]:
    """What is heard of each sentence by a net that has not read it."""
    order = np.random.default_rng(1).permutation(len(many))
    found: dict[int, Likely] = {}
    with Progress() as progress:
        bar = progress.add_task("learning five times", total=PARTS)
        for part in range(PARTS):
            test = set(order[part::PARTS].tolist())
            rest = [one for place, one in enumerate(many) if place not in test]
            ear = Learned(*model(rest, lambda share, part=part: progress.update(bar, completed=part + share)))
            found |= {place: ear.heard(many[place].features) for place in test}
    return [found[place] for place in range(len(many))]


def report(many: Sequence[Heard], likely: Sequence[Likely]) -> None:
    """Emergencies by the share of false alarms, on fresh sentences; topics and conditions by their first answer."""
    fresh = [(one.sentence, told) for one, told in zip(many, likely, strict=True) if one.sentence.fresh]
    danger = np.array([told.danger() for one, told in fresh if one.alarm not in ("", NONE)])
    calm = np.array([told.danger() for one, told in fresh if one.alarm == NONE and not one.condition])
    complaints = np.array([told.danger() for one, told in fresh if one.condition])
    print(f"{len(many)} sentences, {len(fresh)} of them fresh; {len(danger)} emergencies, {len(calm)} near misses and other topics")
    for share in SHARES:
        limit = float(np.quantile(calm, 1 - share))
        print(f"limit {limit:6.2f}: {np.mean(danger > limit):.1%} of emergencies, {share:.1%} of near misses, {np.mean(complaints > limit):.2%} of complaints")
    for head, answer in ((TOPIC, "topic"), (CONDITION, "condition"), (ASKED, "asked")):
        asked = [(getattr(one, answer), told.of(head)) for one, told in fresh if getattr(one, answer)]
        print(f"{head}: {np.mean([max(told, key=told.__getitem__) == right for right, told in asked]):.1%} right of {len(asked)}")


def main() -> None:
    """Learn, or measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measure", action="store_true")
    parser.add_argument("--language", default="en")
    options = parser.parse_args()
    survey = survey_of(KNOWLEDGE)  # `load` wants the very file that is made here
    if errors := [str(problem) for problem in survey.problems if problem.severity == "error"]:
        parser.error("\n".join(errors))
    knowledge = survey.knowledge
    words = knowledge.words[options.language]
    if words.lexicon is None:
        parser.error(f"{options.language} has no lexicon")
    deaf = dataclasses.replace(words, lexicon=dataclasses.replace(words.lexicon, learned=""))
    many = heard(understanding(deaf, knowledge), sentences(words))
    if options.measure:
        report(many, measured(many))
        return
    with Progress() as progress:
        bar = progress.add_task(f"learning from {len(many)} sentences", total=1.0)
        text = written(*model(many, lambda share: progress.update(bar, completed=share)))
    place = KNOWLEDGE / "lang" / options.language / "understanding" / "learned.txt"
    place.write_text(text, encoding="utf-8")
    print(f"{place}: {place.stat().st_size // 1024} KB from {len(many)} sentences")


if __name__ == "__main__":
    main()
