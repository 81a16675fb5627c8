"""`python -m bot.tools rekey`: everything that is kept is written anew with the first key of ACUPRESSURE_KEYS; then the others may go.

Stop the bot first, and make a copy of the database."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from bot.conversation import StoreDown
from bot.settings import Settings, SettingsError, settings_from
from bot.store.engine import sqlite_file
from bot.store.errors import StoreError
from bot.store.keys import key_file_of, left_over
from bot.store.open_store import away, open_store


def main(arguments: list[str]) -> int:
    """Exit status 2 when the settings or the database cannot be used."""
    del arguments
    try:
        settings = settings_from({"TELEGRAM_BOT_TOKEN": "0:none", **os.environ})  # which database: as for the bot
        return _rekeyed(settings)
    except (SettingsError, StoreError) as wrong:
        print(wrong)
    return 2


def _rekeyed(settings: Settings) -> int:
    file = sqlite_file(settings.database_url)
    _ready(settings, file)
    try:
        done, damaged = asyncio.run(_written(settings))
    except StoreDown as down:
        print(away(settings.database_url, down))
        return 2
    print(f"{file or 'The database'}: {done} values are written with the first key. The others may be taken out of ACUPRESSURE_KEYS.")
    if damaged:
        print(f"{damaged} values are damaged: none of the keys opens them. They stay as they are.")
    old = left_over(settings.keys, file)
    if old is not None:
        print(f"{old} holds a key that is not used any more. Remove it from this folder; keep it elsewhere as long as you keep older copies "
              "of the database.")
    return 0


def _ready(settings: Settings, file: Path | None) -> None:
    """Opening would make what is not there: a new database, a new key. Raises `StoreError`."""
    if file is not None and not file.exists():
        message = f"There is no database {file}. Give the folder or the file as for the bot (ACUPRESSURE_DATA, ACUPRESSURE_DATABASE_URL)."
        raise StoreError(message)
    if not settings.keys:
        made = "" if file is None else f" (where none was ever set, it stands in {key_file_of(file)})"
        message = f"ACUPRESSURE_KEYS is not set. Put the new key first and, after a comma, the one that wrote until now{made}."
        raise StoreError(message)


async def _written(settings: Settings) -> tuple[int, int]:
    store = await open_store(settings.database_url, settings.keys)
    try:
        return await store.rekey()
    finally:
        await store.close()
