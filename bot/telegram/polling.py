"""Long polling that loses nothing: fetch, commit everything, and only then confirm with the next offset.

The offset lives in memory only. After a crash Telegram hands out the unconfirmed batch again, and what was committed of
it is known to the seats.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any, TypeVar

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError, TimedOut

from bot.catalog.model.lines import Line
from bot.dialogue.values import Says
from bot.telegram.intake import Intake
from bot.telegram.request import RawBot, seconds_to_wait
from bot.telegram.updates import ALLOWED

LOG = logging.getLogger(__name__)
WAIT = 25
"""Seconds Telegram holds an empty answer back."""
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
STOPPED, REFUSED = 0, 1
T = TypeVar("T")


class Stopped(Exception):  # noqa: N818 - what happened, not a mistake
    """The bot is to leave."""


class Poller:
    """Polls until told to stop or until Telegram refuses the token. `says`: words for the operator."""

    def __init__(self, bot: RawBot, intake: Intake, says: Says, stop: asyncio.Event) -> None:
        self._bot, self._intake, self._says, self._stop = bot, intake, says, stop
        self._offset: int | None = None
        self._confirmed = True
        self._pause = 0.0
        self._trouble = ""

    async def begin(self) -> bool:
        """Learn who we are and take polling over from a webhook. False: the token is refused, or we are to stop."""
        try:
            await self._until_done(self._bot.initialize)
            await self._until_done(lambda: self._bot.delete_webhook(drop_pending_updates=False))
        except InvalidToken:
            self._refused()
            return False
        except Stopped:
            return False
        return True

    async def _until_done(self, call: Any) -> None:
        """Try again while Telegram is away."""
        while True:
            try:
                await self._unless_stopped(call())
            except InvalidToken:
                raise
            except TelegramError as error:
                await self._wait_out(error)
            else:
                self._well()
                return

    async def run(self) -> int:
        """The exit status: 0 when told to stop, 1 when the token is refused."""
        try:
            while not self._stop.is_set():
                await self._round()
        except InvalidToken:
            self._refused()
            return REFUSED
        except Stopped:
            pass
        await self._confirm()
        return STOPPED

    async def _round(self) -> None:
        """One batch: everything committed, then (with the next request) confirmed."""
        try:
            batch = await self._unless_stopped(self._bot.raw_updates(self._offset, WAIT, ALLOWED))
        except InvalidToken:
            raise
        except TelegramError as error:
            await self._wait_out(error)
            return
        self._confirmed = True
        if not await self._intake.batch(batch):
            self._note("store_away")
            await self._sleep()
            return
        self._well()
        if batch:
            self._offset = max(int(update["update_id"]) for update in batch) + 1
            self._confirmed = False

    async def _confirm(self) -> None:
        """On leaving: what is committed need not come again. If this fails, it comes again and changes nothing."""
        if self._confirmed:
            return
        try:
            await self._bot.raw_updates(self._offset, 0, ALLOWED)
        except TelegramError as error:
            LOG.warning("not_confirmed error=%s", type(error).__name__)

    async def _unless_stopped(self, call: Coroutine[Any, Any, T]) -> T:
        """The answer, or Stopped as soon as the bot is to leave."""
        work = asyncio.ensure_future(call)
        stop = asyncio.ensure_future(self._stop.wait())
        try:
            await asyncio.wait((work, stop), return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                raise Stopped
            return work.result()
        finally:
            stop.cancel()
            if not work.done():
                work.cancel()

    # ------------------------------------------------------------ trouble

    async def _wait_out(self, error: TelegramError) -> None:
        """A pause that fits the error. One line for each kind of trouble, not one for each try."""
        if isinstance(error, TimedOut) and self._pause == 0.0:
            self._pause = FIRST_PAUSE  # a quiet line is usual: once more at once
            return
        self._note("other_poller" if isinstance(error, Conflict) else type(error).__name__)
        await self._sleep(seconds_to_wait(error) if isinstance(error, RetryAfter) else 0.0)

    def _refused(self) -> None:
        LOG.error(self._said("telegram.token_refused"))

    def _note(self, trouble: str) -> None:
        if trouble != self._trouble:
            LOG.warning(self._said("telegram.other_poller") if trouble == "other_poller" else f"polling_waits because={trouble}")
        self._trouble = trouble

    def _well(self) -> None:
        if self._trouble:
            LOG.info("polling_goes_on")
        self._trouble, self._pause = "", 0.0

    async def _sleep(self, told: float = 0.0) -> None:
        try:
            async with asyncio.timeout(self._rest(told)):
                await self._stop.wait()
        except TimeoutError:
            pass

    def _rest(self, told: float) -> float:
        """Seconds: as long as Telegram told us, however long; without its word longer each time, up to a limit."""
        if told > 0:
            return told
        self._pause = min(max(self._pause * 2, FIRST_PAUSE), LONGEST_PAUSE)
        return self._pause

    def _said(self, key: str) -> str:
        return self._says.say(Line(key))
