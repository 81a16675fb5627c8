"""What goes out at once beside the transaction and is never stored: answers to button presses and to inline queries,
the quick way out, and the one line for groups."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, TypeAlias

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InlineQueryResult
from telegram.constants import ParseMode
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

from bot.catalog.model.lines import Line
from bot.telegram.markup import marked
from bot.telegram.request import seconds_to_wait
from bot.telegram.updates import Elsewhere, Searched
from bot.telegram.words import Words

LOG = logging.getLogger(__name__)
Cards: TypeAlias = Callable[[str, str], Sequence[InlineQueryResult]]
"""Words and language of an inline query -> cards, for a stranger."""
Call: TypeAlias = Callable[[], Coroutine[Any, Any, object]]
PAUSES = (0.3, 1.0, 3.0)
LEAVING = (*PAUSES, 10.0, 30.0, *(60.0,) * 9)
"""Seconds between tries: of most calls, and of the quick way out, which matters as long as those words stand there."""
MOST_CALLS, MOST_REMEMBERED = 64, 5000
GROUP_PAUSE = 60.0
"""Seconds between two answers in the same group."""


def no_cards(words: str, language: str) -> Sequence[InlineQueryResult]:
    """Nothing to offer."""
    del words, language
    return ()


class Beside:
    """Calls that nobody waits for; what goes wrong with them is only noted."""

    def __init__(self, bot: Bot, words: Words, cards: Cards = no_cards) -> None:
        self._bot, self._words, self._cards = bot, words, cards
        self._calls = asyncio.Semaphore(MOST_CALLS)
        self._tasks: set[asyncio.Task[None]] = set()
        self._answered: OrderedDict[str, None] = OrderedDict()
        self._told: OrderedDict[int, float] = OrderedDict()

    def press(self, query: str) -> None:
        """A button press was received: the little clock on the button stops. Once for each."""
        if query in self._answered:
            return
        _remember(self._answered, query, None)
        self._begin("press", lambda: self._bot.answer_callback_query(query))

    def leave(self, chat: int, message: int, language: str) -> None:
        """The quick way out of words about abuse: that very message turns harmless at once, whatever stands below it."""
        text = marked(self._words.of(language).say(Line("private.neutral"))).html()
        self._begin("leave", lambda: self._bot.edit_message_text(text, chat, message, parse_mode=ParseMode.HTML), LEAVING)

    def search(self, searched: Searched) -> None:
        """An inline query."""
        cards = self._cards(searched.words, searched.language)
        self._begin("search", lambda: self._bot.answer_inline_query(searched.query, cards, cache_time=300))

    def elsewhere(self, there: Elsewhere) -> None:
        """I only talk in private: said when somebody asks, not more often than once a minute."""
        if there.query is not None:
            self.press(there.query)
        now = time.monotonic()
        if not there.addressed or now - self._told.get(there.chat, -GROUP_PAUSE) < GROUP_PAUSE:
            return
        _remember(self._told, there.chat, now)
        says = self._words.of(there.language)
        button = InlineKeyboardButton(says.say(Line("group.open")), url=f"https://t.me/{self._bot.username}")
        text = marked(says.say(Line("group.private"))).html()
        markup = InlineKeyboardMarkup([[button]])
        self._begin("group", lambda: self._bot.send_message(there.chat, text, parse_mode=ParseMode.HTML, reply_markup=markup))

    def sorry(self, chat: int) -> None:
        """The last resort: not even the apology could be saved."""
        text = marked(self._words.of("").say(Line("not_here.sorry"))).html()
        self._begin("sorry", lambda: self._bot.send_message(chat, text, parse_mode=ParseMode.HTML))

    async def finished(self, seconds: float) -> None:
        """Wait a moment for what is under way."""
        if self._tasks:
            await asyncio.wait(tuple(self._tasks), timeout=seconds)

    def _begin(self, what: str, call: Call, pauses: Sequence[float] = PAUSES) -> None:
        task = asyncio.create_task(self._made(what, call, pauses))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _made(self, what: str, call: Call, pauses: Sequence[float]) -> None:
        """Again only while the network or the pace is the trouble; "query is too old" and the like no longer matter."""
        for pause in (*pauses, 0.0):
            try:
                async with self._calls:
                    await call()
            except TelegramError as error:
                LOG.debug("beside_failed what=%s error=%s", what, type(error).__name__)
                if isinstance(error, BadRequest) or not isinstance(error, NetworkError | RetryAfter):
                    return
                await asyncio.sleep(max(pause, seconds_to_wait(error)) if isinstance(error, RetryAfter) else pause)
            else:
                return


def _remember(seen: OrderedDict[Any, Any], key: object, value: object) -> None:
    seen[key] = value
    if len(seen) > MOST_REMEMBERED:
        seen.popitem(last=False)
