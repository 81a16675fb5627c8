"""What is done now and then: forgetting what is old, and writing everything anew under another key."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Column, Connection, Table, delete, select, update

from bot.store.crypto import Box
from bot.store.instants import days, millis
from bot.store.keys import NAME
from bot.store.tables import JOURNAL, META, OUTBOX, PEOPLE


@dataclass(frozen=True, slots=True)
class Retention:
    """How long things are kept."""

    journal: dt.timedelta = dt.timedelta(days=730)
    people: dt.timedelta = dt.timedelta(days=365)
    """After their last message, button or reminder."""


def tidy(connection: Connection, now: dt.datetime, retention: Retention) -> tuple[int, int]:
    """Delete old journal entries, then people who have not been here for long with everything of theirs. How many of
    each."""
    people = connection.execute(delete(PEOPLE).where(PEOPLE.c.updated < days(now - retention.people))).rowcount
    entries = connection.execute(delete(JOURNAL).where(JOURNAL.c.at < millis(now - retention.journal))).rowcount
    return entries, people


def rekey(connection: Connection, box: Box) -> int:
    """Seal everything with the first key, so that the others may be thrown away. How many values. Stop the bot first:
    it is one long transaction."""
    keys: tuple[tuple[Table, tuple[Column[object], ...], Column[object]], ...] = (
        (PEOPLE, (PEOPLE.c.front, PEOPLE.c.user_id), PEOPLE.c.seat),
        (OUTBOX, (OUTBOX.c.id,), OUTBOX.c.payload),
        (JOURNAL, (JOURNAL.c.id,), JOURNAL.c.entry),
        (META, (META.c.name,), META.c.value),
    )
    done = 0
    for table, key, value in keys:
        wanted = META.c.name == NAME if table is META else value.is_not(None)
        for *row, sealed in connection.execute(select(*key, value).where(wanted)).all():
            same = [column == part for column, part in zip(key, row, strict=True)]
            connection.execute(update(table).where(*same).values({value: box.rotate(sealed)}))
            done += 1
    return done
