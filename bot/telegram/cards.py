"""Inline cards in Telegram's form."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InlineQueryResultArticle, InputTextMessageContent
from telegram.constants import ParseMode

from bot.catalog.model.lines import Line
from bot.catalog.texts import BOLD
from bot.clock import Clock
from bot.dialogue.inline import Card, cards
from bot.dialogue.values import Context, Says
from bot.telegram.markup import marked
from bot.telegram.words import Words

MOST_TEXT = 3500


def inline_cards(context: Context, words: Words, clock: Clock, bot: Bot) -> Callable[[str, str], Sequence[InlineQueryResultArticle]]:
    """Words and language of an inline query -> results, each with a link into the private chat."""

    def found(query: str, language: str) -> Sequence[InlineQueryResultArticle]:
        made = cards(query, language, clock.now().date(), context)
        return tuple(_article(card, words.of(language), bot.username) for card in made)

    return found


def _article(card: Card, says: Says, username: str) -> InlineQueryResultArticle:
    text = marked("\n\n".join(says.say(line) for line in card.lines)[:MOST_TEXT]).html()
    address = f"https://t.me/{username}" + (f"?start={card.link}" if card.link else "")
    button = InlineKeyboardButton(says.say(Line("inline.open")), url=address)
    return InlineQueryResultArticle(
        card.id[:64], says.say(card.title).replace(BOLD, ""), InputTextMessageContent(text, parse_mode=ParseMode.HTML),
        description=says.say(card.about), reply_markup=InlineKeyboardMarkup([[button]]),
    )
