"""A clock that stands still until it is moved."""

from __future__ import annotations

import asyncio
import datetime as dt

from bot.clock import Clock, SimulatedClock, SystemClock

NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


async def test_sleepers_wake_in_order_when_the_hands_move() -> None:
    clock, woken = SimulatedClock(NOON), list[float]()

    async def sleeper(seconds: float) -> None:
        await clock.sleep(seconds)
        woken.append(seconds)

    tasks = [asyncio.ensure_future(sleeper(seconds)) for seconds in (30, 10, 0, 20)]
    await asyncio.sleep(0.001)
    assert (woken, clock.next_waker()) == ([0], NOON + dt.timedelta(seconds=10))
    clock.advance(25)
    await asyncio.sleep(0.001)
    assert (woken, clock.now()) == ([0, 10, 20], NOON + dt.timedelta(seconds=25))
    tasks[0].cancel()
    clock.set(NOON)
    assert clock.now() == NOON + dt.timedelta(seconds=25)
    clock.advance(60)
    await asyncio.gather(*tasks, return_exceptions=True)
    assert (woken, clock.next_waker()) == ([0, 10, 20], None)


async def test_the_machine_s_clock_tells_utc() -> None:
    clock: Clock = SystemClock()
    before = clock.now()
    await clock.sleep(0.001)
    assert before < clock.now()
    assert before.utcoffset() == dt.timedelta(0)
