"""Picture files, and what Telegram calls them once it has them.

A card is called as its file; a sheet, made of several cards when it is first asked for, by their names with `+` between.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from telegram.error import BadRequest

from bot.conversation import StoreDown
from bot.outbox import Outbox
from bot.pictures import sheet

LOG = logging.getLogger(__name__)
ENDING, AND = ".jpg", "+"
UNCHANGED, ABOUT_FILE = "not modified", ("file", "photo", "media")
"""Words in Telegram's refusals that tell what it did not like."""
AT_ONCE = 2
"""Sheets drawn side by side: drawing is work for the processor, and answers without a new sheet must not wait for it."""


def names(folder: Path) -> frozenset[str]:
    """The pictures there are."""
    return frozenset(path.stem for path in folder.glob(f"*{ENDING}"))


def together(names_: Sequence[str]) -> str:
    """The name of the sheet of these points; of one point, its card."""
    return AND.join(names_)


class Known(NamedTuple):
    """A picture to be sent: by the id Telegram gave it, or as a file."""

    name: str
    digest: str
    file_id: str | None
    content: bytes | None


def stale(pictures: Sequence[Known], refused: BadRequest) -> bool:
    """Was it refused because of an id?"""
    told = refused.message.lower()
    return any(p.file_id for p in pictures) and UNCHANGED not in told and any(word in told for word in ABOUT_FILE)


class Pictures:
    """The pictures of one bot: cards in `folder`, sheets kept in `sheets`."""

    def __init__(self, folder: Path, sheets: Path, outbox: Outbox, bot: int) -> None:
        self._folder, self._sheets, self._outbox, self._bot = folder, sheets, outbox, bot
        self._drawing = asyncio.Semaphore(AT_ONCE)
        self._digests: dict[str, str] = {}
        self._ids: dict[str, str] = {}

    async def find(self, name: str) -> Known:
        """By id if Telegram has it, else with its content. Raises OSError when there is no such file."""
        digest = self._digests.get(name) or await self._digest(name)
        file_id = self._ids.get(digest) or await self._outbox.file_id(digest, self._bot)
        if file_id is None:
            return Known(name + ENDING, digest, None, await self._read(name))
        self._ids[digest] = file_id
        return Known(name + ENDING, digest, file_id, None)

    async def _digest(self, name: str) -> str:
        content = await self._read(name)
        self._digests[name] = hashlib.sha256(content).hexdigest()
        return self._digests[name]

    async def _read(self, name: str) -> bytes:
        if AND not in name:
            return await asyncio.to_thread((self._folder / (name + ENDING)).read_bytes)
        async with self._drawing:
            return await asyncio.to_thread(self._drawn, name)

    def _drawn(self, name: str) -> bytes:
        drawn = sheet(name.split(AND), self._folder, self._sheets)
        if drawn is None:
            raise FileNotFoundError(name)
        return drawn

    async def sent(self, picture: Known, file_id: str) -> None:
        """Telegram has it now. Never raises for a store that is away: the message is out already, and would be sent once more."""
        if self._ids.get(picture.digest) != file_id:
            self._ids[picture.digest] = file_id
            try:
                await self._outbox.remember_file(picture.digest, self._bot, file_id)
            except StoreDown:
                LOG.warning("file_not_remembered because=store_away")  # it costs another upload after a restart

    async def refused(self, picture: Known) -> None:
        """The id is no longer good."""
        self._ids.pop(picture.digest, None)
        await self._outbox.forget_file(picture.digest, self._bot)
