"""A small network for bags of features: each feature has a row of numbers, their sum goes through one hidden layer to all heads
at once. Plain numpy; what is learnt is fixed by the seed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float32]
HIDDEN, BATCH, EPOCHS = 128, 128, 16
MISSED_FEATURES, MISSED_HIDDEN = 0.5, 0.3
"""Shares that are left out at random while learning, so that no single feature is relied on."""
RATE, WARM, DECAY = 3e-3, 0.3, 0.02
FIRST, SECOND, TINY = 0.9, 0.999, 1e-8
"""Adam's memory of slopes and of their squares."""
OF_SECOND = 0.25
"""How much of the answer is the second complaint's, where there are two."""
FEWEST = 64
"""Of a batch, a head that fewer sentences teach counts less in what all share."""
SEED = 3
"""What chance begins with: the better of two on sentences that were not taught, by a few emergencies in a thousand."""
AT_ONCE = 1024
"""Rows that are changed at once: so many stay in the processor's cache."""


@dataclass(frozen=True, slots=True)
class Task:
    """A head: how many classes it has (one: yes or no), and each sentence's class, or -1; `seconds`: the class that it also has, or -1."""

    classes: int
    answers: NDArray[np.int64]
    seconds: NDArray[np.int64] | None = None

    def of(self, rows: NDArray[np.int64]) -> Task:
        """The same of these sentences."""
        return Task(self.classes, self.answers[rows], None if self.seconds is None else self.seconds[rows])


@dataclass(slots=True)
class Net:
    """`embed`: a row a feature; `out`: hidden to the classes of all heads, side by side."""

    embed: Floats
    first: Floats
    out: Floats
    last: Floats

    def __call__(self, table: sparse.csr_matrix) -> Floats:
        """The sums of all classes, a row a sentence."""
        return np.maximum(table @ self.embed + self.first, 0) @ self.out + self.last


@dataclass(slots=True)
class Adam:
    """Steps down the slopes, each weight at its own pace (Kingma and Ba 2015; decay as in Loshchilov and Hutter 2019)."""

    weights: Sequence[Floats]
    means: list[Floats] = field(default_factory=list)
    squares: list[Floats] = field(default_factory=list)
    count: int = 0

    def __post_init__(self) -> None:
        self.means = [np.zeros_like(one) for one in self.weights]
        self.squares = [np.zeros_like(one) for one in self.weights]

    def step(self, slopes: Sequence[Floats], rate: float) -> None:
        self.count += 1
        pace = rate * np.sqrt(1 - SECOND**self.count) / (1 - FIRST**self.count)
        for whole in zip(self.weights, self.means, self.squares, slopes, strict=True):
            for start in range(0, len(whole[0]), AT_ONCE):
                weight, mean, square, slope = (one[start : start + AT_ONCE] for one in whole)
                mean[:] = FIRST * mean + (1 - FIRST) * slope
                square[:] = SECOND * square + (1 - SECOND) * slope * slope
                weight[:] = (1 - DECAY * rate) * weight - pace * mean / (np.sqrt(square) + TINY)


def learnt(table: sparse.csr_matrix, tasks: Sequence[Task], seed: int = SEED, tell: Callable[[float], None] = lambda _: None) -> Net:
    """A net that has read all sentences `EPOCHS` times. `tell` hears what share is done."""
    rng = np.random.default_rng(seed)
    width = sum(task.classes for task in tasks)
    net = Net(
        rng.normal(0, 0.02, (table.shape[1], HIDDEN)).astype(np.float32),
        np.zeros(HIDDEN, dtype=np.float32),
        rng.uniform(-1, 1, (HIDDEN, width)).astype(np.float32) / np.float32(np.sqrt(HIDDEN)),
        np.zeros(width, dtype=np.float32),
    )
    adam = Adam((net.embed, net.first, net.out, net.last))
    batches = -(-table.shape[0] // BATCH) * EPOCHS
    for done, rows in enumerate(_batches(table.shape[0], rng)):
        rate = RATE * min((done + 1) / (WARM * batches), (batches - done) / ((1 - WARM) * batches))
        adam.step(_slopes(net, table[rows], [task.of(rows) for task in tasks], rng), rate)
        tell((done + 1) / batches)
    return net


def _batches(count: int, rng: np.random.Generator) -> Iterator[NDArray[np.int64]]:
    for _ in range(EPOCHS):
        order = rng.permutation(count)
        yield from (order[start : start + BATCH] for start in range(0, count, BATCH))


def _slopes(net: Net, table: sparse.csr_matrix, tasks: Sequence[Task], rng: np.random.Generator) -> tuple[Floats, ...]:
    table.data = (rng.random(len(table.data)) > MISSED_FEATURES).astype(np.float32)
    before = table @ net.embed + net.first
    kept = (rng.random(before.shape) > MISSED_HIDDEN).astype(np.float32) / np.float32(1 - MISSED_HIDDEN)
    hidden = np.maximum(before, 0) * kept
    wrong = _wrong(hidden @ net.out + net.last, tasks)
    back = (wrong @ net.out.T) * kept * (before > 0)
    return table.T @ back, back.sum(axis=0), hidden.T @ wrong, wrong.sum(axis=0)


def _wrong(sums: Floats, tasks: Sequence[Task]) -> Floats:
    """By how much each class was wrong, on the average of the sentences that have an answer."""
    wrong = np.zeros_like(sums)
    begin = 0
    for task in tasks:
        own = slice(begin, begin + task.classes)
        begin += task.classes
        known = np.flatnonzero(task.answers >= 0)
        if len(known):
            wrong[known, own] = _off(sums[known, own], task.of(known)) / max(len(known), FEWEST)
    return wrong


def _off(sums: Floats, task: Task) -> Floats:
    if task.classes == 1:
        return 1 / (1 + np.exp(-sums)) - task.answers[:, None].astype(np.float32)
    raised = np.exp(sums - sums.max(axis=1, keepdims=True))
    shares: Floats = raised / raised.sum(axis=1, keepdims=True)
    shares[np.arange(len(shares)), task.answers] -= 1
    if task.seconds is not None:
        both = np.flatnonzero(task.seconds >= 0)
        shares[both, task.answers[both]] += OF_SECOND
        shares[both, task.seconds[both]] -= OF_SECOND
    return shares
