"""The Telegram front, wired: intake, timers and sender around one bot."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Awaitable, Mapping
from typing import Any, Protocol

from bot.clock import Clock
from bot.conversation import Conversation, Desk
from bot.dialogue.flows.doors import COMMANDS
from bot.dialogue.values import Context
from bot.logs import configure
from bot.outbox import Outbox
from bot.settings import Settings
from bot.telegram.beside import Beside
from bot.telegram.cards import inline_cards
from bot.telegram.delivery import Delivery
from bot.telegram.intake import Intake
from bot.telegram.introduce import introduce
from bot.telegram.pace import Pace
from bot.telegram.people import InTurn
from bot.telegram.pictures import Pictures, names
from bot.telegram.polling import REFUSED, STOPPED, Poller
from bot.telegram.progress import Progress
from bot.telegram.render import TelegramRender
from bot.telegram.request import RawBot, build_bot
from bot.telegram.sender import Sender
from bot.telegram.tell import Teller
from bot.telegram.ticker import Ticker
from bot.telegram.words import ENGLISH, Words

LOG = logging.getLogger(__name__)
GRACE = 2.0


class Store(Protocol):
    """What this front needs of the store."""

    @property
    def desk(self) -> Desk: ...

    @property
    def outbox(self) -> Outbox: ...

    async def close(self) -> None: ...


async def run(settings: Settings, context: Context, opening: Awaitable[Store], clock: Clock) -> int:
    """Until SIGINT or SIGTERM, or until Telegram refuses the token. Gives the exit status."""
    configure(settings.log_level)
    stop = _stop_on_signals()
    store = await opening
    bot = build_bot(settings.token or "", settings.api_url)
    try:
        return await Front(settings, context, store, clock, stop).run(bot, Pace())
    finally:
        await bot.shutdown()
        await store.close()


class Front:
    """Everything of one run; `stop` ends it."""

    def __init__(self, settings: Settings, context: Context, store: Store, clock: Clock, stop: asyncio.Event) -> None:
        self._context, self._store, self._clock, self._stop = context, store, clock, stop
        self._images, self._sheets = settings.knowledge / "images", settings.data / "sheets"
        self._turns = InTurn()
        render = TelegramRender(context.phrasebooks, names(self._images))
        self._teller = Teller(store.desk, context, clock)
        self._conversation = Conversation(store.desk, context, render, self._teller)

    async def run(self, bot: RawBot, pace: Pace) -> int:
        """Begin with the token; leave in order. Gives the exit status."""
        words = Words(self._context.phrasebooks)
        beside = Beside(bot, words, inline_cards(self._context, words, self._clock, bot))
        intake = Intake(bot, self._conversation, beside, self._clock, self._turns)
        poller = Poller(bot, intake, self._context.phrasebooks[ENGLISH], self._stop)
        if not await poller.begin():
            return STOPPED if self._stop.is_set() else REFUSED
        self._teller.begin(bot, pace)
        progress = Progress(bot, self._clock, pace)
        delivery = Delivery(bot, Pictures(self._images, self._sheets, self._store.outbox, bot.id), progress)
        sender = Sender(self._store.outbox, delivery, self._clock, pace)
        ticker = Ticker(self._store.desk, self._conversation, self._clock, self._turns)
        LOG.info("telegram_begins bot=%s reminders_uncertain=%s", bot.id, await self._store.outbox.uncertain())
        background = [asyncio.create_task(work) for work in (ticker.run(), progress.run(), introduce(bot, self._context.phrasebooks, COMMANDS))]
        sending = asyncio.create_task(sender.run())
        status = await poller.run()
        for task in background:
            task.cancel()
        sender.stop()
        await asyncio.gather(sending, beside.finished(GRACE), self._teller.finished(GRACE), *background, return_exceptions=True)
        LOG.info("telegram_ends")
        return status


def _stop_on_signals() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, stop.set)
        except NotImplementedError:  # Windows: Ctrl+C ends the process, and nothing is lost by that either
            break
    loop.set_exception_handler(_noted)
    return stop


def _noted(loop: asyncio.AbstractEventLoop, context: Mapping[str, Any]) -> None:
    """Whatever nobody caught: its class and place, not its text."""
    del loop
    LOG.error("uncaught", exc_info=context.get("exception"))
