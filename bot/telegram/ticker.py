"""Rings people whose timers fall due."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging

from bot.clock import Clock
from bot.conversation import Conversation, Desk, Person, StoreDown
from bot.telegram.people import InTurn

LOG = logging.getLogger(__name__)
LONGEST = 1.0
"""Seconds between two looks: a timer may have been set meanwhile."""
MOST = 200
SIDE_BY_SIDE = 16
SET_ASIDE = dt.timedelta(minutes=5)


class Ticker:
    """One loop. Somebody whose ring fails is set aside for a while, so that they hold up nobody."""

    def __init__(self, desk: Desk, conversation: Conversation, clock: Clock, turns: InTurn) -> None:
        self._desk, self._conversation, self._clock, self._turns = desk, conversation, clock, turns
        self._aside: dict[Person, dt.datetime] = {}
        self._slots = asyncio.Semaphore(SIDE_BY_SIDE)

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                rang = await self.tick()
                pause = 0.0 if rang else await self._until_due()
            except StoreDown:
                LOG.warning("timers_wait because=store_away")
                pause = LONGEST
            except Exception:  # the timers of everybody hang on this loop
                LOG.exception("tick_failed")
                pause = LONGEST
            await self._clock.sleep(pause)

    async def tick(self) -> int:
        """Ring everybody who is due; gives how many."""
        now = self._clock.now()
        self._aside = {person: until for person, until in self._aside.items() if until > now}
        due = await self._desk.people_due(now, MOST + len(self._aside))
        people = [person for person in due if person not in self._aside]
        await asyncio.gather(*(self._rung(person) for person in people))
        return len(people)

    async def _until_due(self) -> float:
        due = await self._desk.next_due()
        if due is None:
            return LONGEST
        # Somebody set aside is always due; their timer must not keep the loop awake.
        return min(max((due - self._clock.now()).total_seconds(), 0.05 if not self._aside else LONGEST), LONGEST)

    async def _rung(self, person: Person) -> None:
        async with self._slots, self._turns.of(person):
            try:
                await self._conversation.ring(person, self._clock.now())
            except StoreDown:
                self._aside[person] = self._clock.now() + dt.timedelta(seconds=LONGEST)
            except Exception:
                LOG.exception("ring_failed")
                await self._given_up(person)

    async def _given_up(self, person: Person) -> None:
        """A mistake of ours: what was due is dropped, with a word to the person."""
        try:
            await self._conversation.unring(person, self._clock.now())
        except Exception:
            LOG.exception("apology_failed")
            self._aside[person] = self._clock.now() + SET_ASIDE
