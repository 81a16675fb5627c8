"""Takes updates in: each one alone, people side by side, each person in order."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from telegram import Bot

from bot.clock import Clock
from bot.conversation import Conversation, Person, StoreDown, fresh_token
from bot.dialogue.flows.private import WAY_OUT
from bot.dialogue.values import Pressed, Shared
from bot.telegram.beside import Beside
from bot.telegram.people import InTurn
from bot.telegram.updates import Arrived, Elsewhere, Searched, Stamp, Taken, sender_of, taken

LOG = logging.getLogger(__name__)
MOST_ALBUMS = 1000


@dataclass(frozen=True, slots=True)
class Unread:
    """An update of a person that could not be parsed."""

    update: int
    person: Person


class Intake:
    """Commits what arrives. Raises StoreDown only."""

    def __init__(self, bot: Bot, conversation: Conversation, beside: Beside, clock: Clock, turns: InTurn) -> None:
        self._bot, self._conversation, self._beside, self._clock, self._turns = bot, conversation, beside, clock, turns
        self._albums: OrderedDict[str, int] = OrderedDict()

    async def batch(self, raw: Sequence[dict[str, Any]]) -> bool:
        """Take them all. True: every one is committed and may be confirmed."""
        people: dict[Person, list[Arrived | Unread]] = {}
        for update in raw:
            found = self._parsed(update)
            if isinstance(found, Arrived | Unread):
                people.setdefault(found.person, []).append(found)
        done = await asyncio.gather(*(self._one_person(person, arrived) for person, arrived in people.items()))
        return all(done)

    async def _one_person(self, person: Person, arrived: Sequence[Arrived | Unread]) -> bool:
        """In order; after the first that the store could not take, the rest waits for another time."""
        async with self._turns.of(person):
            for each in arrived:
                try:
                    await (self._taken(each) if isinstance(each, Arrived) else self._sorry(each))
                except StoreDown:
                    return False
        return True

    def _parsed(self, raw: dict[str, Any]) -> Taken | Unread | None:
        """What it means; what concerns no person is answered at once."""
        try:
            found = taken(raw, self._bot, self._stamp)
        except Exception:  # an unheard-of update must not block the others
            LOG.exception("update_unreadable update=%s", raw.get("update_id"))
            person = sender_of(raw)
            return None if person is None else Unread(int(raw["update_id"]), person)
        try:
            self._answered(found)
        except Exception:  # it goes beside the transaction and must not hold it up
            LOG.exception("beside_failed update=%s", found.update)
        return found

    def _answered(self, found: Taken) -> None:
        if isinstance(found, Arrived) and found.query is not None:
            self._beside.press(found.query)
            if isinstance(found.event, Pressed) and found.event.action == WAY_OUT and found.message is not None:
                self._beside.leave(found.person.id, found.message, found.newcomer.language)
        elif isinstance(found, Searched):
            self._beside.search(found)
        elif isinstance(found, Elsewhere):
            self._beside.elsewhere(found)

    def _stamp(self) -> Stamp:
        return Stamp(self._clock.now(), fresh_token())

    async def _taken(self, each: Arrived) -> None:
        if self._more_of_an_album(each):
            return
        try:
            await self._conversation.take(each.person, each.event, each.update, each.newcomer, each.message)
        except StoreDown:
            raise
        except Exception:  # our own mistake: it must neither loop nor meet silence
            LOG.exception("step_failed update=%s event=%s", each.update, type(each.event).__name__)
            await self._sorry(each)

    async def _sorry(self, each: Arrived | Unread) -> None:
        try:
            await self._conversation.apologise(each.person, self._clock.now(), each.update)
        except StoreDown:
            raise
        except Exception:
            LOG.exception("apology_failed update=%s", each.update)
            self._beside.sorry(each.person.id)

    def _more_of_an_album(self, each: Arrived) -> bool:
        """Several pictures sent as one get one answer; words under any of them are always read."""
        if each.album is None or not isinstance(each.event, Shared):
            return False
        first = self._albums.setdefault(each.album, each.update)
        if len(self._albums) > MOST_ALBUMS:
            self._albums.popitem(last=False)
        return first != each.update
