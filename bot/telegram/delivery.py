"""One row of the outbox as calls of the Bot API: a new message, or a change to the one its slot stands for."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any, Protocol

from telegram import InputFile, InputMediaPhoto
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.outbox import Bound, Row
from bot.telegram.albums import Albums
from bot.telegram.markup import plain
from bot.telegram.pictures import UNCHANGED, Known, Pictures, stale
from bot.telegram.render import Payload, Rows, read
from bot.telegram.request import Answer, RawBot

ABOUT_BUTTONS = ("button", "markup", "keyboard")
"""Words in Telegram's refusals that tell what it did not like."""
NO_PREVIEW = {"is_disabled": True}
MOST_SHOWN = 20_000


class Watch(Protocol):
    """Who draws into messages beside what is delivered."""

    async def settled(self, chat: int) -> None:
        """Before a message of this chat is changed: what is being drawn there comes first."""

    def shown(self, chat: int, row: Row, payload: Payload, bound: Bound) -> None:
        """Told of every message that now shows a row: chat, row, what it says, where it stands."""


class Delivery:
    """Sends rows of one bot."""

    def __init__(self, bot: RawBot, pictures: Pictures, watch: Watch | None = None) -> None:
        self._bot, self._pictures, self._watch = bot, pictures, watch
        self._albums = Albums(bot, pictures)
        self._shown: OrderedDict[tuple[int, int], Payload] = OrderedDict()

    async def deliver(self, chat: int, row: Row) -> Bound:
        """The message that now shows this row. Raises the library's errors; BadRequest when even the plainest form of
        it was refused."""
        payload = read(row.payload)
        bound = await self._delivered(chat, row, payload)
        self._shown[chat, bound.message_id] = payload
        self._shown.move_to_end((chat, bound.message_id))
        if len(self._shown) > MOST_SHOWN:
            self._shown.popitem(last=False)
        if self._watch is not None:
            self._watch.shown(chat, row, payload, bound)
        return bound

    async def _delivered(self, chat: int, row: Row, payload: Payload) -> Bound:
        if payload.album:
            return Bound(await self._albums.sent(chat, payload), has_picture=True)
        bound = editable(row, payload)
        if bound is not None:
            if self._watch is not None:
                await self._watch.settled(chat)
            try:
                return await self._edited(chat, bound, payload)
            except (BadRequest, OSError):
                pass  # it is gone or too old: say it anew
        try:
            return await self._sent(chat, payload)
        except BadRequest as refused:
            return await self._sent_plain(chat, payload, refused)
        except OSError:  # the picture file is gone
            return await self._sent(chat, replace(payload, picture=""))

    # ------------------------------------------------------------ new messages

    async def _sent(self, chat: int, payload: Payload) -> Bound:
        if payload.picture:
            return await self._sent_picture(chat, payload)
        message = await self._bot.call("sendMessage", {
            "chat_id": chat, "text": payload.text, "parse_mode": ParseMode.HTML, **_around(payload), "link_preview_options": NO_PREVIEW,
        })
        return Bound(message["message_id"], has_picture=False)

    async def _sent_picture(self, chat: int, payload: Payload) -> Bound:
        async def photo(picture: Known) -> Answer:
            file = picture.file_id or InputFile(picture.content or b"", picture.name)
            return await self._bot.call("sendPhoto", {
                "chat_id": chat, "photo": file, "caption": payload.text, "parse_mode": ParseMode.HTML, **_around(payload),
            })

        return await self._with_picture(payload.picture, photo)

    async def _sent_plain(self, chat: int, payload: Payload, refused: BadRequest) -> Bound:
        """Once more: no marks, no picture, and no buttons when it was about them."""
        if any(word in refused.message.lower() for word in ABOUT_BUTTONS):
            payload = replace(payload, rows=())
        message = await self._bot.call("sendMessage", {
            "chat_id": chat, "text": plain(payload.text), **_around(payload), "link_preview_options": NO_PREVIEW,
        })
        return Bound(message["message_id"], has_picture=False)

    # ------------------------------------------------------------ changes

    async def _edited(self, chat: int, bound: Bound, payload: Payload) -> Bound:
        where = {"chat_id": chat, "message_id": bound.message_id, "reply_markup": keyboard(payload.rows)}
        try:
            if payload.picture:
                return await self._picture_edited(where, payload)
            words = {"text": payload.text, "parse_mode": ParseMode.HTML, "link_preview_options": NO_PREVIEW}
            await self._bot.call("editMessageText", {**where, **words})
        except BadRequest as refused:
            if UNCHANGED not in refused.message.lower():
                raise
        return bound

    async def _picture_edited(self, where: dict[str, Any], payload: Payload) -> Bound:
        words: dict[str, Any] = {"caption": payload.text, "parse_mode": ParseMode.HTML}
        before = self._shown.get((where["chat_id"], where["message_id"]))
        if before is not None and before.picture == payload.picture:
            await self._bot.call("editMessageCaption", {**where, **words})
            return Bound(where["message_id"], has_picture=True)

        async def change(picture: Known) -> Answer:
            uploaded = InputMediaPhoto(picture.content, **words, filename=picture.name) if picture.content is not None else None
            return await self._bot.call("editMessageMedia", {**where, "media": uploaded or {"type": "photo", "media": picture.file_id, **words}})

        return await self._with_picture(payload.picture, change)

    # ------------------------------------------------------------ pictures

    async def _with_picture(self, name: str, call: Callable[[Known], Awaitable[Answer]]) -> Bound:
        """The call with the picture by its id or as a file; again as a file when the id is refused."""
        picture = await self._pictures.find(name)
        try:
            message = await call(picture)
        except BadRequest as refused:
            if not stale((picture,), refused):
                raise
            await self._pictures.refused(picture)
            picture = await self._pictures.find(name)
            message = await call(picture)
        if message.get("photo"):
            await self._pictures.sent(picture, message["photo"][-1]["file_id"])
        return Bound(message["message_id"], has_picture=True)

    # ------------------------------------------------------------ buttons that lead nowhere any more

    def outdated(self, chat: int, row: Row, bound: Bound) -> tuple[int, ...]:
        """Messages of this person's slots that still show buttons although `bound` is the present screen."""
        if not row.slot:
            return ()
        there = {slot: each.message_id for slot, each in row.slots.items() if each.message_id != bound.message_id}
        return tuple(message for slot, message in there.items() if self._has_buttons(chat, message, slot == row.slot))

    def _has_buttons(self, chat: int, message: int, unknown: bool) -> bool:  # noqa: FBT001 - the answer when we do not know
        shown = self._shown.get((chat, message))
        return bool(shown.rows) if shown is not None else unknown

    async def strip(self, chat: int, message: int) -> None:
        """Take the buttons off. Raises the library's errors; a message that is gone or has none is no error."""
        with suppress(BadRequest):
            await self._bot.call("editMessageReplyMarkup", {"chat_id": chat, "message_id": message})
        shown = self._shown.get((chat, message))
        if shown is not None:
            self._shown[chat, message] = replace(shown, rows=())


def editable(row: Row, payload: Payload) -> Bound | None:
    """The message this row may change: the one its slot stands for, if nothing newer stands below it and it can take
    this form. A picture cannot become words only."""
    bound = row.slots.get(row.slot) if row.edit and row.slot else None
    if bound is None or (row.newest is not None and row.newest > bound.message_id):
        return None
    return None if bound.has_picture and not payload.picture else bound


def _around(payload: Payload) -> dict[str, Any]:
    """Buttons and sound of a new message."""
    return {"reply_markup": keyboard(payload.rows), "disable_notification": payload.quiet or None}


def keyboard(rows: Rows) -> dict[str, Any] | None:
    """Buttons under a message."""
    if not rows:
        return None
    return {"inline_keyboard": [[{"text": label, "callback_data": data} for label, data in row] for row in rows]}
