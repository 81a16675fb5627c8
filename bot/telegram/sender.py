"""Sends what stands in the outbox: one task for each person, under the lease of the outbox, rows in order.

What is promised: replies at least once, reminders at most once. A chat that has to wait keeps nobody else waiting.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import secrets
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from bot.clock import Clock
from bot.conversation import Person, StoreDown
from bot.outbox import Bound, Outbox, Row
from bot.telegram.delivery import Delivery
from bot.telegram.pace import Pace
from bot.telegram.request import NotSent, seconds_to_wait
from bot.telegram.updates import FRONT

LOG = logging.getLogger(__name__)
LEASE = 6.0
"""Seconds. What a crash left in flight is taken over after that."""
MOST_PEOPLE, MOST_CALLS = 2000, 256
"""People served at a time (most of them may be waiting), and calls of the Bot API at a time."""
CALM = 16
"""With more people than that being served, old screens keep their buttons (pressing one shows the present screen)."""
LOOK = 1.0
"""Seconds between two looks for rows of other processes."""
BULK = 25.0
"""Reminders a second, over all processes."""
MOST_BULK = 50
"""People at a time whose reminder is in the queue: the others' rows stay where answers go past them."""
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
GRACE = 5.0
"""Seconds for what is in flight when the bot stops."""
REMINDER, ALARM = "reminder", "alarm"
T = TypeVar("T")


class Sender:
    """The only one who sends rows. `run` until `stop`."""

    def __init__(self, outbox: Outbox, delivery: Delivery, clock: Clock, pace: Pace) -> None:
        self._outbox, self._delivery, self._clock, self._pace = outbox, delivery, clock, pace
        self._owner = secrets.token_hex(8)
        self._people: dict[Person, asyncio.Task[None]] = {}
        self._lost: set[Person] = set()
        self._bulk: set[Person] = set()
        self._unsaved: dict[int, Bound] = {}  # Telegram has them, the outbox does not know yet
        self._calls = asyncio.Semaphore(MOST_CALLS)
        self._wake, self._stop = asyncio.Event(), asyncio.Event()
        self._nudges = 0

    async def run(self) -> None:
        """Serve people until `stop`, then finish what is in flight."""
        self._outbox.on_rows(self._nudged)
        heart = asyncio.create_task(self._renewing())
        while not self._stop.is_set():
            self._wake.clear()
            if not await self._leased():
                await self._woken(LOOK)
        await self._finished()
        heart.cancel()

    def stop(self) -> None:
        """Begin nothing new."""
        self._stop.set()
        self._wake.set()

    def _nudged(self) -> None:
        self._nudges += 1
        self._wake.set()

    async def _woken(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        except TimeoutError:
            pass

    # ------------------------------------------------------------ people

    async def _leased(self) -> bool:
        """Begin with people who have rows. True: there may be more."""
        answers = await self._begun_with(MOST_PEOPLE - len(self._people), bulk=False)
        reminders = await self._begun_with(MOST_BULK - len(self._bulk), bulk=True)
        return answers or reminders

    async def _begun_with(self, room: int, *, bulk: bool) -> bool:
        """Lease people and begin with each. True: there may be more."""
        if room <= 0:
            return False
        try:
            people = await self._outbox.lease(FRONT, self._owner, self._now(), LEASE, room, bulk=bulk)
        except StoreDown:
            LOG.warning("outbox_away")
            return False
        except Exception:  # everybody's answers hang on this loop
            LOG.exception("lease_failed")
            return False
        for person in people:
            if person not in self._people:
                self._lost.discard(person)
                self._people[person] = asyncio.create_task(self._served(person))
                self._bulk.update((person,) if bulk else ())
        return len(people) == room

    async def _served(self, person: Person) -> None:
        """All rows of one person, in order."""
        pause, seen = FIRST_PAUSE, self._nudges
        try:
            while not self._stop.is_set() and person not in self._lost:
                seen = self._nudges
                row = await self._outbox.next_row(person, self._now())
                if row is None:
                    break
                done = await self._row(person, row)
                pause = FIRST_PAUSE if done else await self._paused(pause)
            await self._outbox.release(person, self._owner)
        except StoreDown:
            LOG.warning("outbox_away")
            await self._paused(pause)  # the lease runs out by itself
        except Exception:  # whatever it is, it must not stop the others
            LOG.exception("sender_failed")
            await self._paused(LONGEST_PAUSE)
        finally:
            del self._people[person]
            if person in self._bulk or self._nudges != seen or self._stop.is_set():
                self._bulk.discard(person)
                self._wake.set()

    async def _paused(self, seconds: float) -> float:
        """Waits, unless the bot stops meanwhile; gives the next, longer pause."""
        try:
            async with asyncio.timeout(seconds):
                await self._stop.wait()
        except TimeoutError:
            pass
        return min(seconds * 2, LONGEST_PAUSE)

    async def _renewing(self) -> None:
        """The heartbeat of the leases. All at once: one after the other, a crowd on a slow store outlives its leases."""
        while True:
            before = dict(self._people)
            await asyncio.sleep(LEASE / 3)
            await self._renewed({person: task for person, task in before.items() if self._people.get(person) is task})

    async def _renewed(self, served: Mapping[Person, asyncio.Task[None]]) -> None:
        if not served:
            return
        try:
            kept = await self._outbox.renew(tuple(served), self._owner, self._now(), LEASE)
        except StoreDown:
            LOG.warning("outbox_away")
        except Exception:  # the next beat may fare better
            LOG.exception("renew_failed")
        else:
            self._lost.update(person for person, task in served.items() if person not in kept and self._people.get(person) is task)

    async def _finished(self) -> None:
        """What is in flight gets a moment; the rest stays in the outbox."""
        if self._people:
            await asyncio.wait(tuple(self._people.values()), timeout=GRACE)
        for task in tuple(self._people.values()):
            task.cancel()

    # ------------------------------------------------------------ one row

    async def _row(self, person: Person, row: Row) -> bool:
        """One try. False: not sent, try again later."""
        await self._in_pace(person, row)
        async with self._calls:
            if not await self._is_ours(person, row):
                return True
            bound = await self._tried(person, row)
        if isinstance(bound, Exception):
            return await self._failed(person, row, bound)
        self._unsaved[row.id] = bound
        slots = {row.slot: bound} if row.slot else {}
        await self._saved(lambda: self._outbox.sent(person, row.id, slots, _newest(row, bound)))
        del self._unsaved[row.id]
        await self._tidied(person, row, bound)
        return True

    async def _is_ours(self, person: Person, row: Row) -> bool:
        """Asked just before the call: while it waited for its turn, somebody else may have taken it over."""
        if person in self._lost:
            return False
        return row.kind != REMINDER or await self._outbox.mark_sending(person, row.id, self._now())

    async def _tried(self, person: Person, row: Row) -> Bound | Exception:
        try:
            return self._unsaved.get(row.id) or await self._delivery.deliver(person.id, row)
        except Exception as error:  # noqa: BLE001 - sorted out in `_failed`, where nobody waits for this call any more
            return error

    async def _tidied(self, person: Person, row: Row, bound: Bound) -> None:
        """Old screens lose their buttons. Nobody needs it, so it is left out when there is much to do."""
        if len(self._people) > CALM:
            return
        try:
            for message in self._delivery.outdated(person.id, row, bound):
                async with self._calls:
                    await self._delivery.strip(person.id, message)
        except RetryAfter as error:
            await self._paused(seconds_to_wait(error))
        except TelegramError as error:
            LOG.debug("not_tidied error=%s", type(error).__name__)

    async def _in_pace(self, person: Person, row: Row) -> None:
        wait = self._pace.reserve(person.id, time.monotonic(), urgent=row.kind == ALARM)
        if row.kind == REMINDER:
            wait = max(wait, await self._outbox.pace(self._now(), BULK))
        if wait > 0:
            await asyncio.sleep(wait)

    async def _failed(self, person: Person, row: Row, error: Exception) -> bool:
        if isinstance(error, Forbidden):
            LOG.info("person_left row=%s", row.id)
            await self._saved(lambda: self._outbox.inactive(person))
            return True
        if isinstance(error, RetryAfter):
            return await self._told_to_wait(person, row, error)
        if isinstance(error, StoreDown):
            raise error
        if isinstance(error, BadRequest) or not isinstance(error, TelegramError):
            LOG.error("row_dropped row=%s", row.id, exc_info=error)
            await self._saved(lambda: self._outbox.drop(person, row.id))
            return True
        return await self._broken(person, row, error)

    async def _told_to_wait(self, person: Person, row: Row, error: RetryAfter) -> bool:
        """This chat only. It was refused for certain, so a reminder may be tried again."""
        if row.kind == REMINDER:
            await self._saved(lambda: self._outbox.unmark(person, row.id))
        self._pace.told(person.id, time.monotonic())
        LOG.info("told_to_wait row=%s seconds=%s", row.id, seconds_to_wait(error))
        await self._paused(seconds_to_wait(error) + 0.1)
        return True

    async def _broken(self, person: Person, row: Row, error: TelegramError) -> bool:
        """The network or Telegram is away. Whether a reminder arrived is unknown then, unless there was no connection;
        the outbox counts it and does not send it again."""
        LOG.warning("not_sent row=%s error=%s", row.id, type(error).__name__)
        if row.kind == REMINDER and isinstance(error, NotSent):
            await self._saved(lambda: self._outbox.unmark(person, row.id))
        return False

    async def _saved(self, write: Callable[[], Awaitable[T]]) -> T:
        """Telegram has it already: keep trying to say so while the store is away, lest it be sent again."""
        pause = FIRST_PAUSE
        while True:
            try:
                return await write()
            except StoreDown:
                if self._stop.is_set():
                    raise
                pause = await self._paused(pause)

    def _now(self) -> dt.datetime:
        return self._clock.now()


def _newest(row: Row, bound: Bound) -> int:
    return max(row.newest or 0, bound.message_id)
