"""Update -> what it means for us: the only reader of Telegram's `Update`.

What a person does in their private chat becomes an event of theirs. Groups and channels never touch a seat.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from telegram import Bot, CallbackQuery, Chat, ChatMember, ChatMemberUpdated, Message, Update, User

from bot.conversation import Newcomer, Person
from bot.dialogue.values import Came, Commanded, Event, Left, Pressed, Said, Shared

FRONT = "telegram"
ALLOWED = ("message", "edited_message", "callback_query", "inline_query", "my_chat_member")
"""The updates we ask for."""
COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@\w+)?(?:\s+(.*))?\s*", re.DOTALL)
REGION = re.compile(r"[A-Za-z]{2}")
Kind: TypeAlias = Literal["photo", "voice", "sticker", "video", "file", "location", "contact", "poll", "other"]
KINDS: tuple[tuple[str, Kind], ...] = (
    ("photo", "photo"), ("voice", "voice"), ("sticker", "sticker"), ("video", "video"), ("video_note", "video"),
    ("animation", "video"), ("document", "file"), ("audio", "file"), ("contact", "contact"), ("poll", "poll"),
)
SILENT = (
    "pinned_message", "message_auto_delete_timer_changed", "write_access_allowed", "connected_website", "chat_background_set",
    "boost_added", "new_chat_members", "left_chat_member", "proximity_alert_triggered", "refunded_payment",
)
"""Notes of Telegram itself about the chat. Nobody waits for an answer to them."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """An event of a person. `message`: the newest message of the chat that we learn of. `query`: a button press waiting
    to be answered. `album`: several pictures sent as one."""

    update: int
    person: Person
    event: Event
    newcomer: Newcomer
    message: int | None = None
    query: str | None = None
    album: str | None = None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Something in a group. `addressed`: somebody waits for an answer there."""

    update: int
    chat: int
    language: str
    addressed: bool
    query: str | None = None


@dataclass(frozen=True, slots=True)
class Searched:
    """An inline query: words typed behind the bot's name in any chat."""

    update: int
    query: str
    words: str
    language: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nobody waits for an answer to this."""

    update: int


Taken: TypeAlias = Arrived | Elsewhere | Searched | Nothing


@dataclass(frozen=True, slots=True)
class Stamp:
    """When we took it, and a fresh turn."""

    at: dt.datetime
    token: str


def taken(raw: dict[str, Any], bot: Bot, stamp: Callable[[], Stamp]) -> Taken:
    """What an update means for us. Raises whatever parsing raises when Telegram sends something unheard of."""
    update = Update.de_json(raw, bot)
    if update.inline_query is not None:
        asked = update.inline_query
        return Searched(update.update_id, asked.id, asked.query, _newcomer(asked.from_user).language)
    if update.callback_query is not None:
        return _pressed(update.update_id, update.callback_query, stamp())
    if update.my_chat_member is not None:
        return _membership(update.update_id, update.my_chat_member, stamp())
    return _message(update, bot, stamp)


def sender_of(raw: dict[str, Any]) -> Person | None:
    """Whose an update is that cannot be parsed, if it came from a private chat: they are owed an answer."""
    try:
        found = raw.get("message") or raw["callback_query"]
        chat = found["chat"] if "chat" in found else found["message"]["chat"]
        return Person(FRONT, int(found["from"]["id"])) if chat["type"] == "private" else None
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _message(update: Update, bot: Bot, stamp: Callable[[], Stamp]) -> Taken:
    message = update.message or update.edited_message
    if message is None or message.from_user is None or message.from_user.is_bot:
        return Nothing(update.update_id)
    if message.via_bot is not None:  # a card somebody chose from inline mode: not their own words
        return Nothing(update.update_id)
    if message.chat.type != Chat.PRIVATE:
        return _in_group(update, message, bot)
    return _in_private(update, message, message.from_user, stamp())


def _in_private(update: Update, message: Message, user: User, stamp: Stamp) -> Taken:
    event = _said(message, stamp, edited=update.message is None)
    if event is None:
        return Nothing(update.update_id)
    return Arrived(
        update.update_id, _person(user), event, _newcomer(user), message=message.message_id, album=message.media_group_id,
    )


def _person(user: User) -> Person:
    return Person(FRONT, user.id)


def _newcomer(user: User) -> Newcomer:
    """`en-GB` begins in English and suggests the numbers of the United Kingdom."""
    language, *rest = (user.language_code or "en").replace("_", "-").split("-")
    region = rest[-1] if rest and REGION.fullmatch(rest[-1]) else ""
    return Newcomer(language.lower(), region.upper())


# ---------------------------------------------------------------- messages


def _said(message: Message, stamp: Stamp, *, edited: bool) -> Event | None:
    """Words, a command or something that is no words. None for Telegram's own notes and for edits without words."""
    at, token = stamp.at, stamp.token
    command = COMMAND.fullmatch(message.text) if message.text and not edited else None
    if command:
        return Commanded(at=at, token=token, name=command[1].lower(), rest=(command[2] or "").strip())
    words = message.text or message.caption
    if words:
        return Said(at=at, token=token, words=words, edited=edited)
    if edited or any(getattr(message, name, None) for name in SILENT):
        return None
    place = message.venue.location if message.venue is not None else message.location
    if place is not None:
        return Shared(at=at, token=token, kind="location", latitude=place.latitude, longitude=place.longitude)
    kind: Kind = next((kind for name, kind in KINDS if getattr(message, name)), "other")
    return Shared(at=at, token=token, kind=kind)


def _in_group(update: Update, message: Message, bot: Bot) -> Taken:
    addressed = update.message is not None and _addressed(message, bot)
    language = _newcomer(message.from_user).language if message.from_user is not None else "en"
    return Elsewhere(update.update_id, message.chat.id, language, addressed)


def _addressed(message: Message, bot: Bot) -> bool:
    """A command, our name, or an answer to a message of ours."""
    words = message.text or message.caption or ""
    name = f"@{bot.username}".lower()
    first = words.split(maxsplit=1)[0].lower() if words.strip() else ""
    if first.startswith("/"):
        return "@" not in first or first.endswith(name)
    answered = message.reply_to_message.from_user if message.reply_to_message is not None else None
    return name in words.lower() or (answered is not None and answered.id == bot.id)


# ---------------------------------------------------------------- buttons and membership


def _pressed(update: int, query: CallbackQuery, stamp: Stamp) -> Taken:
    message = query.message
    if message is None or message.chat.type != Chat.PRIVATE:
        chat = message.chat.id if message is not None else 0
        return Elsewhere(update, chat, _newcomer(query.from_user).language, addressed=False, query=query.id)
    turn, action = button(query.data or "")
    event = Pressed(at=stamp.at, token=stamp.token, action=action, turn=turn)
    return Arrived(update, _person(query.from_user), event, _newcomer(query.from_user), message=message.message_id, query=query.id)


def button(data: str) -> tuple[str | None, str]:
    """Turn and action of button data: `<turn>:<action>`, or `!<action>` for a door, which has no turn."""
    if data.startswith("!"):
        return None, data[1:]
    turn, _, action = data.partition(":")
    return turn, action


def _membership(update: int, change: ChatMemberUpdated, stamp: Stamp) -> Taken:
    """Blocked and unblocked in private; added to or removed from a group."""
    now, before = change.new_chat_member.status, change.old_chat_member.status
    gone = (ChatMember.BANNED, ChatMember.LEFT)
    if change.chat.type != Chat.PRIVATE:
        added = now not in gone and before in gone and change.chat.type != Chat.CHANNEL
        return Elsewhere(update, change.chat.id, _newcomer(change.from_user).language, addressed=added)
    event = Left(at=stamp.at, token=stamp.token) if now in gone else Came(at=stamp.at, token=stamp.token)
    return Arrived(update, _person(change.from_user), event, _newcomer(change.from_user))
