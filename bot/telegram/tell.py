"""/progress and /export on Telegram: a picture or files, sent beside the outbox right after the commit.

They are made from the journal whenever they are asked for, so nothing is lost when one does not arrive.
"""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any

from telegram import InputFile
from telegram.constants import ParseMode
from telegram.error import Forbidden, RetryAfter, TelegramError

from bot.catalog.model.lines import Line
from bot.clock import Clock
from bot.conversation import Desk, Person, Wanted
from bot.dialogue.values import Context
from bot.telegram.markup import length, marked, pieces
from bot.telegram.pace import Pace
from bot.telegram.render import MOST_CAPTION, MOST_TEXT
from bot.telegram.request import RawBot, seconds_to_wait
from bot.told import Told, told

LOG = logging.getLogger(__name__)
AT_ONCE, MOST_WAITING, TRIES = 2, 200, 3
"""Drawn side by side, and waiting: drawing is slow, and nobody needs a hundred charts."""


class Teller:
    """Answers from the journal."""

    def __init__(self, desk: Desk, context: Context, clock: Clock) -> None:
        self._desk, self._context, self._clock = desk, context, clock
        self._through: tuple[RawBot, Pace] | None = None
        self._places = asyncio.Semaphore(AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, bot: RawBot, pace: Pace) -> None:
        """From now on answers are sent with this bot, at this pace."""
        self._through = bot, pace

    def __call__(self, person: Person, wanted: Wanted) -> None:
        """Begin with an answer; nobody waits for it."""
        if self._through is None or len(self._tasks) >= MOST_WAITING:
            LOG.warning("not_told what=%s", wanted.what)
            return
        task = asyncio.create_task(self._answered(person, wanted))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def finished(self, seconds: float) -> None:
        """Wait a moment for what is under way."""
        if self._tasks:
            await asyncio.wait(tuple(self._tasks), timeout=seconds)

    async def _answered(self, person: Person, wanted: Wanted) -> None:
        async with self._places:
            try:
                entries = await self._desk.journal(person)
                answer = await asyncio.to_thread(told, wanted, entries, self._clock.now(), self._context)
                for method, params in calls(answer):
                    await self._sent(person.id, method, params)
            except TelegramError as error:
                LOG.warning("not_told what=%s error=%s", wanted.what, type(error).__name__)
                if not isinstance(error, Forbidden):  # who blocked us reads no apology
                    await self._sorry(person, wanted)
            except Exception:
                LOG.exception("not_told what=%s", wanted.what)
                await self._sorry(person, wanted)

    async def _sent(self, chat: int, method: str, params: dict[str, Any]) -> None:
        """Told to wait, it waits and tries again; told so too often, it raises the last RetryAfter."""
        if self._through is None:
            return
        bot, pace = self._through
        for tries_left in reversed(range(TRIES)):
            await asyncio.sleep(pace.reserve(chat, time.monotonic()))
            try:
                await bot.call(method, {"chat_id": chat, **params})
            except RetryAfter as wait:
                pace.told(chat, time.monotonic())
                if not tries_left:
                    raise
                await asyncio.sleep(seconds_to_wait(wait))
            else:
                return

    async def _sorry(self, person: Person, wanted: Wanted) -> None:
        words = self._context.phrasebooks[wanted.seat.settings.language].say(Line("progress.failed"))
        try:
            await self._sent(person.id, "sendMessage", {"text": words})
        except TelegramError:
            LOG.warning("not_told what=sorry")


def calls(answer: Told) -> list[tuple[str, dict[str, Any]]]:
    """The calls of the Bot API for an answer, in order: words stand under the picture when they fit there."""
    text = marked(answer.words)
    html = {"parse_mode": ParseMode.HTML}
    words = [("sendMessage", {"text": piece.html(), **html}) for piece in pieces(text, MOST_TEXT)]
    files = [("sendDocument", {"document": InputFile(content, name)}) for name, content in answer.files.items()]
    if not answer.picture:
        return [*words, *files]
    picture = {"photo": InputFile(answer.picture, "chart.png")}
    if length(text.words) <= MOST_CAPTION:
        return [("sendPhoto", {**picture, "caption": text.html(), **html}), *files]
    return [("sendPhoto", picture), *words, *files]
