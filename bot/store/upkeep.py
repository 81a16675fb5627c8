"""What is done now and then: forgetting what is old, and writing everything anew under another key."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Column, Connection, Table, delete, select, update

from bot.store.crypto import Box
from bot.store.errors import Tampered
from bot.store.instants import KEPT_MINUTES, days, millis
from bot.store.keys import only_first
from bot.store.sql import scrub
from bot.store.tables import JOURNAL, OUTBOX, PEOPLE


@dataclass(frozen=True, slots=True)
class Retention:
    """How long things are kept."""

    journal: dt.timedelta = dt.timedelta(days=730)
    people: dt.timedelta = dt.timedelta(days=365)
    """After their last message, button or reminder."""
    forgotten: dt.timedelta = dt.timedelta(minutes=KEPT_MINUTES)
    """After they were forgotten, or apologised to and never seen again: what is left of them is their number and the updates
    they sent, which Telegram may offer again for a day."""


def tidy(connection: Connection, now: dt.datetime, retention: Retention) -> tuple[int, int]:
    """Delete people who have not been here for long with everything of theirs, those without a seat much sooner, and old
    journal entries. How many entries, how many people."""
    long_ago = PEOPLE.c.updated < days(now - retention.people)
    forgotten = PEOPLE.c.seat.is_(None) & (PEOPLE.c.updated < days(now - retention.forgotten))
    people = connection.execute(delete(PEOPLE).where(long_ago | forgotten)).rowcount
    entries = connection.execute(delete(JOURNAL).where(JOURNAL.c.at < millis(now - retention.journal))).rowcount
    scrub(connection)
    return entries, people


def rekey(connection: Connection, box: Box) -> tuple[int, int]:
    """Seal everything with the first key, so that the others may be thrown away. How many values, and how many are damaged
    (no key opens them) and stay as they are. Stop the bot first: it is one long transaction."""
    sealed: tuple[tuple[Table, tuple[Column[object], ...], Column[object]], ...] = (
        (PEOPLE, (PEOPLE.c.front, PEOPLE.c.user_id), PEOPLE.c.seat),
        (OUTBOX, (OUTBOX.c.id,), OUTBOX.c.payload),
        (JOURNAL, (JOURNAL.c.id,), JOURNAL.c.entry),
    )
    done = damaged = 0
    for table, key, value in sealed:
        for *row, old in connection.execute(select(*key, value).where(value.is_not(None))).all():
            try:
                new = box.rotate(old)
            except Tampered:
                damaged += 1
                continue
            same = [column == part for column, part in zip(key, row, strict=True)]
            connection.execute(update(table).where(*same).values({value: new}))
            done += 1
    only_first(connection, box)
    return done, damaged
