"""`python -m bench steps`: how long one step of the dialogue takes, by place, in microseconds."""

from __future__ import annotations

import datetime as dt
import statistics
import time
from collections import defaultdict
from collections.abc import Callable

from bot.catalog.load import load
from bot.dialogue.machine import step
from bot.dialogue.values import Commanded, Context, Event, Pressed, Rang, Said, Seat
from bot.saved import new_seat, read, written
from bot.settings import KNOWLEDGE
from bot.wiring import context_of

NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
ROUNDS = 400
GOAL = 50.0
Turn = Callable[[Seat], Event]


def pressed(action: str) -> Turn:
    """A press on the present screen."""
    return lambda seat: Pressed(at=NOW, token=f"t-{action}-{seat.turn}"[:8], action=action, turn=seat.turn)


VISIT: tuple[Turn, ...] = (
    lambda _: Said(at=NOW, token="first", words="my head hurts"),
    *map(pressed, ("agree", "pregnancy:not", "group:blood", "matter:blood-thinners", "group:", "done", "none", "severity:4")),
    *map(pressed, ("more", "less", "variant:quick", "start", "go")),
    lambda _: Rang(at=NOW, token="ring", timer="player"),
    *map(pressed, ("pause", "resume", "cue", "skip", "trouble", "resume", "stop", "rate:2", "tell")),
    lambda _: Commanded(at=NOW, token="help", name="help"),
    lambda _: Commanded(at=NOW, token="profile", name="profile"),
)
"""One visit, from the first word to the profile."""


def _timed(context: Context) -> dict[str, list[float]]:
    taken: dict[str, list[float]] = defaultdict(list)
    for _ in range(ROUNDS):
        seat = new_seat("en")
        for turn in VISIT:
            event = turn(seat)
            kind = f"{type(seat.state).__name__} / {type(event).__name__}"
            began = time.perf_counter()
            seat = step(seat, event, context).seat
            taken[kind].append((time.perf_counter() - began) * 1e6)
    return taken


def main(arguments: list[str]) -> int:
    """Print the table; the goal is a median of at most 50 microseconds over all steps of a visit."""
    del arguments
    context = context_of(load(KNOWLEDGE))
    taken = _timed(context)
    print(f"{'place / event':34} {'median':>8} {'p99':>8}  microseconds")
    for kind, times in sorted(taken.items(), key=lambda item: -statistics.median(item[1])):
        print(f"{kind:34} {statistics.median(times):8.1f} {statistics.quantiles(times, n=100)[98]:8.1f}")
    every = [one for times in taken.values() for one in times]
    print(f"{'all steps':34} {statistics.median(every):8.1f} {statistics.quantiles(every, n=100)[98]:8.1f}  goal {GOAL:.0f}")
    seat = new_seat("en")
    began = time.perf_counter()
    for _ in range(ROUNDS):
        seat = read(written(seat), context.knowledge).seat
    print(f"{'seat written and read':34} {(time.perf_counter() - began) / ROUNDS * 1e6:8.1f}")
    return 0
