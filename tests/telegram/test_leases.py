"""The sender and its leases: renewed all at once, looked at again just before a call, and nothing sent twice."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.clock import SimulatedClock
from bot.conversation import Outcome, Outgoing, Person
from bot.outbox import Bound, Row
from bot.store.memory import MemoryDesk
from bot.telegram.delivery import Delivery
from bot.telegram.pace import Limits, Pace
from bot.telegram.sender import LEASE, Sender
from bot.telegram.updates import FRONT

ANN, BEN, CAT = (Person(FRONT, number) for number in (11, 12, 13))
NOW = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
BEATS = LEASE / 3 + 0.4
"""Seconds until the first heartbeat is over."""


class Slow(Delivery):
    """Sends nothing; each call takes as long as it is told to."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.seconds = seconds
        self.sent: list[tuple[int, str]] = []

    async def deliver(self, chat: int, row: Row) -> Bound:
        self.sent.append((chat, row.payload))
        await asyncio.sleep(self.seconds)
        return Bound(row.id, has_picture=False)

    def outdated(self, chat: int, row: Row, bound: Bound) -> tuple[int, ...]:
        del chat, row, bound
        return ()


class Counting(MemoryDesk):
    """Keeps who was renewed together."""

    def __init__(self) -> None:
        super().__init__()
        self.beats: list[frozenset[Person]] = []

    async def renew(self, people: Collection[Person], owner: str, now: dt.datetime, seconds: float) -> frozenset[Person]:
        self.beats.append(frozenset(people))
        return await super().renew(people, owner, now, seconds)


class Stumbling(MemoryDesk):
    """Breaks when it is first told that a row was sent."""

    broken = False

    async def sent(self, person: Person, row: int, slots: Mapping[str, Bound], newest: int | None) -> None:
        if not self.broken:
            self.broken = True
            raise ZeroDivisionError
        await super().sent(person, row, slots, newest)


async def put(desk: MemoryDesk, person: Person, *words: str, kind: str = "reply") -> None:
    rows = tuple(Outgoing(each, kind=kind) for each in words)
    await desk.serve(person, None, NOW, lambda _: Outcome(seat="{}", outgoing=rows))


@asynccontextmanager
async def sending(desk: MemoryDesk, delivery: Delivery, pace: Pace | None = None) -> AsyncIterator[SimulatedClock]:
    clock = SimulatedClock(NOW)
    sender = Sender(desk, delivery, clock, pace or Pace())
    task = asyncio.create_task(sender.run())
    yield clock
    sender.stop()
    await task


async def test_all_leases_are_renewed_in_one_go() -> None:
    desk = Counting()
    for person in (ANN, BEN, CAT):
        await put(desk, person, "one")
    async with sending(desk, Slow(BEATS + 0.2)):
        await asyncio.sleep(BEATS)
        assert desk.beats == [frozenset({ANN, BEN, CAT})]


@pytest.mark.parametrize("kind", ["reply", "reminder"])
async def test_what_was_taken_over_while_it_waited_for_its_turn_is_not_sent(kind: Any) -> None:
    desk, delivery, pace = MemoryDesk(), Slow(), Pace(Limits(chat=1 / (BEATS + 0.3)))
    pace.told(ANN.id, time.monotonic())
    await put(desk, ANN, "one", "two", kind=kind)
    async with sending(desk, delivery, pace) as clock:
        await asyncio.sleep(0.2)
        clock.advance(LEASE + 1)
        assert await desk.lease(FRONT, "another process", clock.now(), 60, 9) == (ANN,)
        await asyncio.sleep(BEATS + 0.3)
        assert delivery.sent == [(ANN.id, "one")]
        row = await desk.next_row(ANN, clock.now())
        assert row is not None
        assert (row.payload, row.sending, await desk.uncertain()) == ("two", False, 0)


async def test_what_telegram_has_is_not_sent_again_where_the_outbox_could_not_be_told() -> None:
    desk, delivery = Stumbling(), Slow()
    await put(desk, ANN, "one")
    sender = Sender(desk, delivery, SimulatedClock(NOW), Pace())
    row = await desk.next_row(ANN, NOW)
    assert row is not None
    with pytest.raises(ZeroDivisionError):
        await sender._row(ANN, row)
    assert await sender._row(ANN, row)
    assert delivery.sent == [(ANN.id, "one")]
    assert await desk.next_row(ANN, NOW) is None
