"""Which keys to use: those of the settings or, for trying the bot out, one made beside a SQLite file."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from sqlalchemy import Connection, insert, select

from bot.store.crypto import Box, new_key
from bot.store.errors import WrongKey
from bot.store.tables import META, PEOPLE

LOG = logging.getLogger(__name__)
NAME = "key_check"
NO_KEY = ("ACUPRESSURE_KEYS is not set, and this database was written with a key. Set the key it was written with; "
          "without it nothing in there can be read.")
NO_KEY_SERVER = "ACUPRESSURE_KEYS is not set. With PostgreSQL a key must be given; none is made."


def key_file_of(database: Path) -> Path:
    """guide.sqlite3 -> guide.key in the same folder."""
    return database.with_suffix(".key")


def box_for(connection: Connection, keys: tuple[str, ...], database: Path | None) -> Box:
    """The box that opens this database, or `WrongKey`. A new database gets its check value here. `database`: the SQLite
    file; None when it is in memory or a server."""
    check: str | None = connection.scalar(select(META.c.value).where(META.c.name == NAME))
    box = Box(keys or _own(connection, database, new=check is None))
    if check is None:
        connection.execute(insert(META), [{"name": NAME, "value": box.check()}])
    else:
        box.verify(check)
    return box


def _own(connection: Connection, database: Path | None, *, new: bool) -> tuple[str, ...]:
    if connection.dialect.name != "sqlite":
        raise WrongKey(NO_KEY_SERVER)
    if database is None:
        return (new_key(),)
    path = key_file_of(database)
    if not path.exists():
        if not new or connection.scalar(select(PEOPLE.c.user_id).limit(1)) is not None:
            raise WrongKey(NO_KEY)
        _make(path)
    return (_read(path),)


def _read(path: Path) -> str:
    LOG.warning("ACUPRESSURE_KEYS is not set: using the key in %s, good for trying the bot out. Do not lose that file, and "
                "keep it apart from copies of the database.", path)
    key = path.read_text("ascii", errors="replace").strip()
    try:
        Box((key,))
    except ValueError:
        raise WrongKey(f"{path} holds no key. Put the key back that this database was written with.") from None
    return key


def _make(path: Path) -> None:
    """On disk for good before anything is written with it: a power cut must not leave a database without its key."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(new_key() + "\n")
        file.flush()
        os.fsync(file.fileno())
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
