"""Several cards sent as one message group. Telegram takes two to ten at a time, and no buttons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from math import ceil

from telegram import InputFile, InputMediaPhoto
from telegram.error import BadRequest

from bot.telegram.pictures import Known, Pictures, stale
from bot.telegram.render import Payload
from bot.telegram.request import Answer, RawBot

MOST = 10


class Albums:
    """Albums of one bot."""

    def __init__(self, bot: RawBot, pictures: Pictures) -> None:
        self._bot, self._pictures = bot, pictures

    async def sent(self, chat: int, payload: Payload) -> int:
        """The id of the last message. A card whose file is gone is left out. Raises the library's errors, and
        FileNotFoundError when no card is left."""
        last = 0
        for names in groups(await self._there(payload.album)):
            last = await self._group(chat, names, payload)
        if not last:
            raise FileNotFoundError(", ".join(payload.album))
        return last

    async def _there(self, names: Sequence[str]) -> list[str]:
        there: list[str] = []
        for name in names:
            with suppress(OSError):
                await self._pictures.find(name)
                there.append(name)
        return there

    async def _group(self, chat: int, names: Sequence[str], payload: Payload) -> int:
        """By their ids or as files; again as files when an id is refused."""
        pictures = [await self._pictures.find(name) for name in names]
        try:
            messages = await self._posted(chat, pictures, payload)
        except BadRequest as refused:
            if not stale(pictures, refused):
                raise
            for picture in pictures:
                await self._pictures.refused(picture)
            pictures = [await self._pictures.find(name) for name in names]
            messages = await self._posted(chat, pictures, payload)
        for picture, message in zip(pictures, messages, strict=True):
            await self._pictures.sent(picture, message["photo"][-1]["file_id"])
        return max(int(message["message_id"]) for message in messages)

    async def _posted(self, chat: int, pictures: Sequence[Known], payload: Payload) -> list[Answer]:
        where = {"chat_id": chat, "disable_notification": payload.quiet or None}
        if len(pictures) == 1:
            file = pictures[0].file_id or InputFile(pictures[0].content or b"", pictures[0].name)
            return [await self._bot.call("sendPhoto", {**where, "photo": file})]
        return await self._bot.album({**where, "media": [_media(picture) for picture in pictures]})


def _media(picture: Known) -> InputMediaPhoto:
    if picture.content is not None:
        return InputMediaPhoto(picture.content, filename=picture.name)
    return InputMediaPhoto(picture.file_id or "")


def groups(names: Sequence[str]) -> Iterator[Sequence[str]]:
    """Groups of about the same size, so that none is left with a single card."""
    if names:
        size = ceil(len(names) / ceil(len(names) / MOST))
        yield from (names[n : n + size] for n in range(0, len(names), size))
