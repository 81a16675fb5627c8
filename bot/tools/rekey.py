"""`python -m bot.tools rekey`: everything that is kept is written anew with the first key of ACUPRESSURE_KEYS; then the others may go.

Stop the bot first, and make a copy of the database."""

from __future__ import annotations

import asyncio
import os

from bot.conversation import StoreDown
from bot.settings import SettingsError, settings_from
from bot.store.errors import StoreError
from bot.store.open_store import open_store


def main(arguments: list[str]) -> int:
    """Exit status 2 when the settings or the database cannot be used."""
    del arguments
    try:
        settings = settings_from({"TELEGRAM_BOT_TOKEN": "0:none", **os.environ})  # which database: as for the bot
        count = asyncio.run(_rekeyed(settings.database_url, settings.keys))
    except (SettingsError, StoreError, StoreDown) as wrong:
        print(wrong)
        return 2
    print(f"{count} rows are written with the first key")
    return 0


async def _rekeyed(url: str, keys: tuple[str, ...]) -> int:
    store = await open_store(url, keys)
    try:
        return await store.rekey()
    finally:
        await store.close()
