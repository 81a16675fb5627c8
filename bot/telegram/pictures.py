"""Picture files, and what Telegram calls them once it has them."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path
from typing import NamedTuple

from bot.outbox import Outbox

ENDING = ".jpg"


def names(folder: Path) -> frozenset[str]:
    """The pictures there are."""
    return frozenset(path.stem for path in folder.glob(f"*{ENDING}"))


class Known(NamedTuple):
    """A picture to be sent: by the id Telegram gave it, or as a file."""

    name: str
    digest: str
    file_id: str | None
    content: bytes | None


class Pictures:
    """The pictures of one bot."""

    def __init__(self, folder: Path, outbox: Outbox, bot: int) -> None:
        self._folder, self._outbox, self._bot = folder, outbox, bot
        self._digests: dict[str, str] = {}
        self._ids: dict[str, str] = {}

    async def find(self, name: str) -> Known:
        """By id if Telegram has it, else with its content. Raises OSError when there is no such file."""
        if name not in self._digests:
            self._digests[name] = hashlib.sha256(await self._read(name)).hexdigest()
        digest = self._digests[name]
        file_id = self._ids.get(digest) or await self._outbox.file_id(digest, self._bot)
        if file_id is None:
            return Known(name + ENDING, digest, None, await self._read(name))
        self._ids[digest] = file_id
        return Known(name + ENDING, digest, file_id, None)

    async def _read(self, name: str) -> bytes:
        return await asyncio.to_thread((self._folder / (name + ENDING)).read_bytes)

    async def sent(self, picture: Known, file_id: str) -> None:
        """Telegram has it now."""
        if self._ids.get(picture.digest) != file_id:
            self._ids[picture.digest] = file_id
            await self._outbox.remember_file(picture.digest, self._bot, file_id)

    async def refused(self, picture: Known) -> None:
        """The id is no longer good."""
        self._ids.pop(picture.digest, None)
        await self._outbox.forget_file(picture.digest, self._bot)
