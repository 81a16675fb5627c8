"""One row of the outbox as calls of the Bot API: a new message, or a change to the one its slot stands for."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto, LinkPreviewOptions, Message
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.outbox import Bound, Row
from bot.telegram.markup import plain
from bot.telegram.pictures import Known, Pictures
from bot.telegram.render import Payload, Rows, read

UNCHANGED = "not modified"
ABOUT_FILE, ABOUT_BUTTONS = ("file", "photo", "media"), ("button", "markup", "keyboard")
"""Words in Telegram's refusals that tell what it did not like."""
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
MOST_SHOWN = 20_000


class Delivery:
    """Sends rows of one bot."""

    def __init__(self, bot: Bot, pictures: Pictures) -> None:
        self._bot, self._pictures = bot, pictures
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
        return bound

    async def _delivered(self, chat: int, row: Row, payload: Payload) -> Bound:
        bound = editable(row, payload)
        if bound is not None:
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
        message = await self._bot.send_message(
            chat, payload.text, parse_mode=ParseMode.HTML, reply_markup=keyboard(payload.rows),
            disable_notification=payload.quiet or None, link_preview_options=NO_PREVIEW,
        )
        return Bound(message.message_id, has_picture=False)

    async def _sent_picture(self, chat: int, payload: Payload) -> Bound:
        picture = await self._pictures.find(payload.picture)
        try:
            message = await self._photo(chat, payload, picture)
        except BadRequest as refused:
            if not _stale(picture, refused):
                raise
            picture = await self._again(picture, payload)
            message = await self._photo(chat, payload, picture)
        return await self._noted(message, picture)

    async def _photo(self, chat: int, payload: Payload, picture: Known) -> Message:
        return await self._bot.send_photo(
            chat, picture.file_id or picture.content or b"", caption=payload.text or None, parse_mode=ParseMode.HTML,
            reply_markup=keyboard(payload.rows), disable_notification=payload.quiet or None,
            filename=None if picture.file_id else picture.name,
        )

    async def _sent_plain(self, chat: int, payload: Payload, refused: BadRequest) -> Bound:
        """Once more: no marks, no picture, and no buttons when it was about them."""
        rows = () if any(word in refused.message.lower() for word in ABOUT_BUTTONS) else payload.rows
        message = await self._bot.send_message(
            chat, plain(payload.text), reply_markup=keyboard(rows), link_preview_options=NO_PREVIEW,
            disable_notification=payload.quiet or None,
        )
        return Bound(message.message_id, has_picture=False)

    # ------------------------------------------------------------ changes

    async def _edited(self, chat: int, bound: Bound, payload: Payload) -> Bound:
        try:
            if not payload.picture:
                await self._bot.edit_message_text(
                    payload.text, chat, bound.message_id, parse_mode=ParseMode.HTML, reply_markup=keyboard(payload.rows),
                    link_preview_options=NO_PREVIEW,
                )
                return bound
            return await self._picture_edited(chat, bound, payload)
        except BadRequest as refused:
            if UNCHANGED in refused.message.lower():
                return bound
            raise

    async def _picture_edited(self, chat: int, bound: Bound, payload: Payload) -> Bound:
        before = self._shown.get((chat, bound.message_id))
        if before is not None and before.picture == payload.picture:
            await self._bot.edit_message_caption(
                chat, bound.message_id, caption=payload.text, parse_mode=ParseMode.HTML, reply_markup=keyboard(payload.rows),
            )
            return bound
        picture = await self._pictures.find(payload.picture)
        try:
            message = await self._changed(chat, bound, payload, picture)
        except BadRequest as refused:
            if not _stale(picture, refused):
                raise
            picture = await self._again(picture, payload)
            message = await self._changed(chat, bound, payload, picture)
        return await self._noted(message, picture)

    async def _changed(self, chat: int, bound: Bound, payload: Payload, picture: Known) -> Message:
        media = InputMediaPhoto(
            picture.file_id or picture.content or b"", caption=payload.text or None, parse_mode=ParseMode.HTML,
            filename=None if picture.file_id else picture.name,
        )
        changed = await self._bot.edit_message_media(media, chat, bound.message_id, reply_markup=keyboard(payload.rows))
        if not isinstance(changed, Message):
            raise TypeError  # the library says True only for messages of inline mode
        return changed

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
        try:
            await self._bot.edit_message_reply_markup(chat, message)
        except BadRequest:
            pass
        shown = self._shown.get((chat, message))
        if shown is not None:
            self._shown[chat, message] = replace(shown, rows=())

    # ------------------------------------------------------------ pictures Telegram has

    async def _again(self, picture: Known, payload: Payload) -> Known:
        await self._pictures.refused(picture)
        return await self._pictures.find(payload.picture)

    async def _noted(self, message: Message, picture: Known) -> Bound:
        """Remembers what Telegram calls the picture."""
        if message.photo:
            await self._pictures.sent(picture, message.photo[-1].file_id)
        return Bound(message.message_id, has_picture=True)


def _stale(picture: Known, refused: BadRequest) -> bool:
    """Was it refused because of its id?"""
    told = refused.message.lower()
    return picture.file_id is not None and UNCHANGED not in told and any(word in told for word in ABOUT_FILE)


def editable(row: Row, payload: Payload) -> Bound | None:
    """The message this row may change: the one its slot stands for, if nothing newer stands below it and it can take
    this form. A picture cannot become words only."""
    bound = row.slots.get(row.slot) if row.edit and row.slot else None
    if bound is None or (row.newest is not None and row.newest > bound.message_id):
        return None
    return None if bound.has_picture and not payload.picture else bound


def keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    """Buttons under a message."""
    if not rows:
        return None
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=data) for label, data in row] for row in rows])
