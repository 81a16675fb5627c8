"""From an address and keys to a store that is ready: tables up to date, keys checked."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import ArgumentError

from bot.conversation import StoreDown
from bot.store.crypto import Box
from bot.store.desk import Bells, SqlDesk
from bot.store.engine import Runner, runner_for, sqlite_file
from bot.store.errors import StoreError
from bot.store.keys import box_for
from bot.store.migrate import migrate
from bot.store.outbox import SqlOutbox
from bot.store.upkeep import Retention, rekey, tidy
from bot.store.zones import version, zones_checked

NO_FILE = "The database file cannot be made or written: choose another folder with ACUPRESSURE_DATA, or a file with ACUPRESSURE_DATABASE_URL."
NO_ADDRESS = ("ACUPRESSURE_DATABASE_URL is not an address that can be read. Write sqlite:///path/to/file or postgresql://user:password@host:5432/name; "
              "in a user or password write @ as %40, : as %3A and / as %2F.")


AWAY = "The database cannot be used now: is it running, and is ACUPRESSURE_DATABASE_URL its address, with user and password?"
FILE_AWAY = ("The database file {file} cannot be used now: is the disk full, is another program writing to it, is it damaged or no database? "
             'README says under "Backups and keys" how to go back to a copy.')


@dataclass(frozen=True, slots=True)
class Store:
    """A database in use."""

    desk: SqlDesk
    outbox: SqlOutbox
    runner: Runner
    box: Box

    async def tidy(self, now: dt.datetime, retention: Retention = Retention()) -> tuple[int, int]:  # noqa: B008 - frozen
        """Once a day is enough. How many journal entries and people were deleted."""
        return await self.runner.run(partial(tidy, now=now, retention=retention))

    async def rekey(self) -> tuple[int, int]:
        """See `upkeep.rekey`."""
        return await self.runner.run(partial(rekey, box=self.box))

    async def zones(self, now: dt.datetime) -> bool:
        """See `zones.zones_checked`."""
        current = version()
        return await self.runner.run(lambda connection: zones_checked(connection, now, current))

    async def close(self) -> None:
        """Finish what was handed in, then let go."""
        await self.runner.close()


async def open_store(url: str, keys: tuple[str, ...] = ()) -> Store:
    """Raises `WrongKey` or another `StoreError` (mend the settings), or `StoreDown` (try again)."""
    runner, file = _runner(url)

    def prepare(connection: Connection) -> Box:
        migrate(connection)
        return box_for(connection, keys, file)

    try:
        box = await runner.start(prepare)
    except TypeError:  # a name in the address that the driver does not know
        await runner.close()
        raise StoreError(NO_ADDRESS) from None
    except BaseException:
        await runner.close()
        raise
    bells = Bells()
    return Store(SqlDesk(runner, box, bells), SqlOutbox(runner, box, bells), runner, box)


def away(url: str, down: StoreDown) -> str:
    """One line for the operator: what to look at when the database at this address is down."""
    file = sqlite_file(url)
    return f"{AWAY if file is None else FILE_AWAY.format(file=file)} ({down})"


def _runner(url: str) -> tuple[Runner, Path | None]:
    """Who runs the statements, and the file when it is one. The address may hold a password: no error shows any of it."""
    try:
        file = sqlite_file(url)
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))  # readable by nobody else, from the beginning
        return runner_for(url), file
    except OSError as wrong:
        raise StoreError(f"{NO_FILE} ({type(wrong).__name__})") from None
    except (ArgumentError, ValueError, TypeError):
        raise StoreError(NO_ADDRESS) from None
