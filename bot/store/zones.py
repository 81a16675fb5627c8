"""When the rules of the world's time zones change (a new tz database), every planned reminder is looked at again.

Everybody who has a reminder gets a timer named "zones", due at once; ringing it plans their reminders anew.
"""

from __future__ import annotations

import datetime as dt
import zoneinfo
from pathlib import Path

from sqlalchemy import Connection, bindparam, insert, literal, select, update

from bot.store.instants import millis
from bot.store.sql import insert_into
from bot.store.tables import META, TIMERS

NAME, TIMER = "zones", "zones"
REMINDERS = "reminder:%"
VERSION_FILES = ("+VERSION", "tzdata.zi", "Etc/UTC")
OLD = select(META.c.value).where(META.c.name == NAME)
CHANGED = update(META).where(META.c.name == NAME).values(value=bindparam("version"))
FIRST = insert(META).values(name=NAME, value=bindparam("version"))


def version() -> str:
    """Which rules are in force: the system's tz database where there is one, else the package's."""
    for folder in zoneinfo.TZPATH:
        for name in VERSION_FILES:
            path = Path(folder) / name
            if path.is_file():
                stat = path.stat()
                return f"{name} {stat.st_size} {stat.st_mtime_ns}"
    import tzdata  # type: ignore[import-untyped]  # noqa: PLC0415 - only where the system has none

    return f"tzdata {tzdata.IANA_VERSION}"


def zones_checked(connection: Connection, now: dt.datetime, current: str) -> bool:
    """Compare with the rules at the last start; True when they have changed and everybody is to be planned anew."""
    old: str | None = connection.scalar(OLD)
    if old == current:
        return False
    connection.execute(FIRST if old is None else CHANGED, {"version": current})
    if old is None:
        return False
    everybody = (
        select(TIMERS.c.front, TIMERS.c.user_id, literal(TIMER), literal(millis(now)))
        .where(TIMERS.c.name.like(REMINDERS))
        .distinct()
    )
    rows = insert_into(connection, TIMERS).from_select(["front", "user_id", "name", "due_at"], everybody)
    connection.execute(rows.on_conflict_do_nothing())
    return True
