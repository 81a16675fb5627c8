"""Which keys to use: those of the settings or, for trying the bot out, one made beside a SQLite file.

The database holds a check value for each key that ever wrote: who lacks one of them could not read a part of it, so the bot
does not start. Where they are all here and a value does not open all the same, it is damaged, and no key will ever open it.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path

from sqlalchemy import Connection, Table, delete, insert, select

from bot.conversation import Person, StoreDown
from bot.store.crypto import Box, new_key
from bot.store.errors import StoreError, Tampered, WrongKey
from bot.store.tables import META, PEOPLE

LOG = logging.getLogger(__name__)
NAME = "key_check"
CHECKS = META.c.name.startswith(NAME, autoescape=True)
"""The first key's has this name, those that came after it "key_check:2" ..."""
NO_KEY = ("ACUPRESSURE_KEYS is not set, and this database was written with a key. Set the key it was written with; "
          "without it nothing in there can be read.")
NO_KEY_SERVER = "ACUPRESSURE_KEYS is not set. With PostgreSQL a key must be given; none is made."
KEY_LACKS = ("ACUPRESSURE_KEYS does not open all of this database: something in it was written with another key. To change keys, put "
             "the new one first and keep the old ones after a comma, until `python -m bot.tools rekey` is done.")
KEY_AWAY = "another process writes with a key that is not in ACUPRESSURE_KEYS here"


def key_file_of(database: Path) -> Path:
    """guide.sqlite3 -> guide.key in the same folder."""
    return database.with_suffix(".key")


def box_for(connection: Connection, keys: tuple[str, ...], database: Path | None) -> Box:
    """The box that opens this database, or `WrongKey`. A key that writes for the first time leaves its check value here.
    `database`: the SQLite file; None when it is in memory or a server."""
    checks = _checks(connection)
    box = Box(keys or _own(connection, database, new=not checks))
    if not all(box.knows(check) for check in checks):
        raise WrongKey(_lacks(keys, database))
    if not any(box.made(check) for check in checks):
        name = f"{NAME}:{len(checks) + 1}" if checks else NAME
        connection.execute(insert(META), [{"name": name, "value": box.check()}])
    return box


def only_first(connection: Connection, box: Box) -> None:
    """Everything is sealed with the first key: the others need not be here any more."""
    connection.execute(delete(META).where(CHECKS))
    connection.execute(insert(META), [{"name": NAME, "value": box.check()}])


def opened(connection: Connection, box: Box, person: Person, table: Table, sealed: str) -> str | None:
    """None: it is damaged for good. `StoreDown`: it may be sealed with a key that another process has and we do not (the
    bots of several machines get a new key one after the other), so it is left as it is."""
    try:
        return box.open(person, table.name, sealed)
    except Tampered:
        if all(box.knows(check) for check in _checks(connection)):
            return None
        LOG.error("key_missing: %s", KEY_AWAY)  # noqa: TRY400 - no values in the log
        raise StoreDown(KEY_AWAY) from None


def left_over(keys: tuple[str, ...], database: Path | None) -> Path | None:
    """The file of the key that was made for trying out, when the settings say to write with another."""
    path = None if database is None else key_file_of(database)
    if path is None or not keys or not path.is_file() or _text(path) == keys[0]:
        return None
    return path


def _checks(connection: Connection) -> tuple[str, ...]:
    return tuple(connection.scalars(select(META.c.value).where(CHECKS)))


def _lacks(keys: tuple[str, ...], database: Path | None) -> str:
    path = None if database is None else key_file_of(database)
    if path is None or not path.is_file():
        return KEY_LACKS
    if keys:
        return f"{KEY_LACKS} The key that was made for trying out stands in {path}."
    return (f"ACUPRESSURE_KEYS is not set, and the key in {path} does not open all of this database: something in it was written "
            "with another key. Set that one; where it came after the one in the file, that file may go.")


def _own(connection: Connection, database: Path | None, *, new: bool) -> tuple[str, ...]:
    if connection.dialect.name != "sqlite":
        raise WrongKey(NO_KEY_SERVER)
    if database is None:
        return (new_key(),)
    path = key_file_of(database)
    try:
        if not path.exists() or (new and not _text(path)):  # an empty one is what a full disk left of it
            if not new or connection.scalar(select(PEOPLE.c.user_id).limit(1)) is not None:
                raise WrongKey(NO_KEY)
            _make(path)
        return (_read(path),)
    except OSError as wrong:
        message = f"The key file {path} cannot be read or made ({wrong.strerror or type(wrong).__name__})."
        raise StoreError(message) from None


def _text(path: Path) -> str:
    return path.read_text("ascii", errors="replace").strip()


def _read(path: Path) -> str:
    LOG.warning("ACUPRESSURE_KEYS is not set: using the key in %s, good for trying the bot out. Do not lose that file, and "
                "keep it apart from copies of the database.", path)
    key = _text(path)
    try:
        Box((key,))
    except ValueError:
        raise WrongKey(f"{path} holds no key. Put the key back that this database was written with.") from None
    return key


def _make(path: Path) -> None:
    """On disk for good before anything is written with it: a power cut must not leave a database without its key. All of it
    or nothing: a disk that is full must not leave a file without a key."""
    half = path.with_name(f"{path.name}.new")
    half.unlink(missing_ok=True)
    handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(new_key() + "\n")
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
