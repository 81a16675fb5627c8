"""One thing at a time for each person, everybody side by side."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.conversation import Person


class InTurn:
    """A lock for each person who is being served; kept only while somebody holds it or waits for it."""

    def __init__(self) -> None:
        self._locks: dict[Person, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def of(self, person: Person) -> AsyncIterator[None]:
        """Whoever asks first goes first."""
        lock, waiting = self._locks.get(person, (asyncio.Lock(), 0))
        self._locks[person] = lock, waiting + 1
        try:
            async with lock:
                yield
        finally:
            lock, waiting = self._locks[person]
            if waiting == 1:
                del self._locks[person]
            else:
                self._locks[person] = lock, waiting - 1
