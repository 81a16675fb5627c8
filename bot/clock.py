"""The only file that asks the wall clock. Everything else is told it: `now` is always a UTC datetime."""

from __future__ import annotations

import asyncio
import datetime as dt
import heapq
import itertools
from typing import Protocol


class Clock(Protocol):
    """Tells the time and waits."""

    def now(self) -> dt.datetime:
        """This moment, in UTC."""

    async def sleep(self, seconds: float) -> None:
        """Wait."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class SimulatedClock:
    """Stands still until it is moved, never goes back; then everybody wakes whose time has come, the earliest first.
    For tests, and for the terminal when its input is a pipe."""

    def __init__(self, start: dt.datetime) -> None:
        self._now = start.astimezone(dt.UTC)
        self._waiting: list[tuple[dt.datetime, int, asyncio.Future[None]]] = []
        self._number = itertools.count()

    def now(self) -> dt.datetime:
        return self._now

    async def sleep(self, seconds: float) -> None:
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        future = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (self._now + dt.timedelta(seconds=seconds), next(self._number), future))
        await future

    def advance(self, seconds: float) -> None:
        """Move the hands on by so many seconds."""
        self.set(self._now + dt.timedelta(seconds=seconds))

    def set(self, now: dt.datetime) -> None:
        """Move the hands to that moment; an earlier one is ignored."""
        self._now = max(self._now, now.astimezone(dt.UTC))
        while self._waiting and self._waiting[0][0] <= self._now:
            future = heapq.heappop(self._waiting)[2]
            if not future.done():
                future.set_result(None)

    def next_waker(self) -> dt.datetime | None:
        """When the first sleeper wants to wake."""
        return self._waiting[0][0] if self._waiting else None
