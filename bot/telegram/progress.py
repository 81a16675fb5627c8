"""The live progress of a running timer: drawn now and then into the player's message, never stored.

An edit is lost without harm, so these come last: at most one in five seconds for a chat, none while messages that
somebody waits for need the room, and more seldom after Telegram said that it was too fast.
"""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass, replace

from telegram.constants import ParseMode
from telegram.error import RetryAfter, TelegramError

from bot.clock import Clock
from bot.outbox import Bound, Row
from bot.telegram.delivery import keyboard
from bot.telegram.pace import Pace
from bot.telegram.render import MOST_CAPTION, MOST_TEXT, Payload, Running
from bot.telegram.request import RawBot, seconds_to_wait

LOG = logging.getLogger(__name__)
EVERY, LONGEST = 5.0, 30.0
"""Seconds between two edits in one chat: at least, and at most after we were told to slow down."""
LOOK = 1.0
PATIENCE = 5.0
"""So many seconds a screen waits for a drawing that is under way."""
BREATH = 5
"""Seconds to breathe in, and as many to breathe out."""
SIDE_BY_SIDE = 8
WIDTH = 12
FULL, EMPTY = "▰", "▱"
CALMER = 0.98
"""By this factor the pause shrinks again with every edit that went well."""


@dataclass(frozen=True, slots=True)
class _Live:
    """One running timer on the screen. `next`: when it may be drawn again (monotonic)."""

    chat: int
    bound: Bound
    payload: Payload
    running: Running
    next: float


class Progress:
    """Draws for everybody who is pressing. `shown` is told of every message that was delivered."""

    def __init__(self, bot: RawBot, clock: Clock, pace: Pace) -> None:
        self._bot, self._clock, self._pace = bot, clock, pace
        self._live: dict[int, _Live] = {}
        self._under_way: dict[int, asyncio.Future[None]] = {}
        self._every = EVERY
        self._quiet_until = 0.0

    def shown(self, chat: int, row: Row, payload: Payload, bound: Bound) -> None:
        """A newer screen ends the progress, a player's message with a running timer begins it."""
        if not row.slot:
            return
        self._live.pop(chat, None)
        if payload.running is not None and payload.rows:
            self._live[chat] = _Live(chat, bound, payload, payload.running, time.monotonic() + self._every)

    async def settled(self, chat: int) -> None:
        """No drawing of this chat is under way, and none begins before the next screen: one that arrived late would cover it."""
        self._live.pop(chat, None)
        drawing = self._under_way.get(chat)
        if drawing is not None:
            await asyncio.wait({drawing}, timeout=PATIENCE)

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await asyncio.sleep(LOOK)
            await self.draw()

    async def draw(self) -> None:
        """One round: those who have waited longest first."""
        now = time.monotonic()
        if now < self._quiet_until:
            return
        due = sorted((live for live in self._live.values() if live.next <= now), key=lambda live: live.next)
        drawn = [self._drawn(live) for live in due[: SIDE_BY_SIDE * 4] if self._pace.spare(live.chat, now)]
        for group in (drawn[n : n + SIDE_BY_SIDE] for n in range(0, len(drawn), SIDE_BY_SIDE)):
            await asyncio.gather(*group)

    async def _drawn(self, live: _Live) -> None:
        passed = (self._clock.now() - live.running.began).total_seconds()
        if self._live.get(live.chat) is not live:
            return
        if passed >= live.running.seconds:
            del self._live[live.chat]
            return
        self._live[live.chat] = replace(live, next=time.monotonic() + self._every)
        self._under_way[live.chat] = drawing = asyncio.get_running_loop().create_future()
        try:
            await self._edited(live, text_with(live.payload, bar(live.running, passed, cue=self._every < BREATH + 1)))
        finally:
            del self._under_way[live.chat]
            drawing.set_result(None)

    async def _edited(self, live: _Live, text: str) -> None:
        where = {"chat_id": live.chat, "message_id": live.bound.message_id, "parse_mode": ParseMode.HTML}
        words = {"caption": text} if live.bound.has_picture else {"text": text}
        method = "editMessageCaption" if live.bound.has_picture else "editMessageText"
        try:
            await self._bot.call(method, {**where, **words, "reply_markup": keyboard(live.payload.rows)})
            self._every = max(self._every * CALMER, EVERY)
        except RetryAfter as told:
            self._quiet_until = time.monotonic() + seconds_to_wait(told)
            self._every = min(self._every * 2, LONGEST)
        except TelegramError as error:  # unchanged, deleted, blocked, away: the timer goes on without its picture
            LOG.debug("not_drawn error=%s", type(error).__name__)


def bar(running: Running, passed: float, *, cue: bool) -> str:
    """The bar, the seconds left and, when drawn often enough to be followed, how to breathe."""
    full = min(round(WIDTH * max(passed, 0) / running.seconds), WIDTH)
    left = max(running.seconds - int(passed), 0)
    breath = f"  {running.cues[int(passed) // BREATH % 2]}" if cue and running.cues else ""
    return f"{FULL * full}{EMPTY * (WIDTH - full)} {left // 60}:{left % 60:02d}{breath}"


def text_with(payload: Payload, drawn: str) -> str:
    """The message with the bar below it, if there is room."""
    most = MOST_CAPTION if payload.picture else MOST_TEXT
    whole = f"{payload.text}\n\n{drawn}"
    return whole if len(whole) <= most else payload.text
