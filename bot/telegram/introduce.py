"""What Telegram shows about the bot: its commands with a word about each, its descriptions. Failures are only noted."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping

from telegram import Bot, BotCommand, MenuButtonCommands
from telegram.error import TelegramError

from bot.catalog.model.lines import Line
from bot.dialogue.values import Says
from bot.telegram.words import ENGLISH

LOG = logging.getLogger(__name__)
MOST_ABOUT, MOST_DESCRIPTION, MOST_SHORT = 256, 512, 120


async def introduce(bot: Bot, phrasebooks: Mapping[str, Says], commands: Iterable[str]) -> None:
    """Tell Telegram, in every language; English is for all others."""
    names = tuple(commands)
    for language, says in phrasebooks.items():
        code = None if language == ENGLISH else language
        try:
            await bot.set_my_commands(tuple(BotCommand(name, _about(says, name)) for name in names), language_code=code)
            await bot.set_my_description(says.say(Line("bot.description"))[:MOST_DESCRIPTION], language_code=code)
            await bot.set_my_short_description(says.say(Line("bot.short"))[:MOST_SHORT], language_code=code)
        except (TelegramError, KeyError) as error:
            LOG.warning("not_introduced language=%s error=%s", language, type(error).__name__)
    try:
        await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    except TelegramError as error:
        LOG.warning("no_menu_button error=%s", type(error).__name__)


def _about(says: Says, name: str) -> str:
    return says.say(Line(f"command.{name}"))[:MOST_ABOUT]
