"""The tables. Instants are integers: UTC milliseconds. What says something about health is encrypted (see `crypto`):
`people.seat`, `outbox.payload`, `journal.entry`; the rest is numbers of Telegram's, due times and names of timers."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    text,
)

METADATA = MetaData(naming_convention={
    "pk": "pk_%(table_name)s", "fk": "fk_%(table_name)s_%(referred_table_name)s", "ix": "ix_%(table_name)s_%(column_0_N_name)s",
})
NUMBER = BigInteger().with_variant(Integer, "sqlite")
"""A row number SQLite can count up by itself."""


def _person(*, key: bool) -> tuple[Column[str], Column[int]]:
    return (Column("front", Text, primary_key=key, nullable=False),
            Column("user_id", BigInteger, primary_key=key, nullable=False, autoincrement=False))


def _of_people() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["front", "user_id"], ["people.front", "people.user_id"], ondelete="CASCADE")


PEOPLE = Table(
    "people", METADATA, *_person(key=True),
    Column("seat", Text),
    Column("seen", Text, nullable=False, server_default="[]"),
    Column("active", Boolean, nullable=False, server_default=text("true")),
    Column("newest", BigInteger),
    Column("lease_owner", Text),
    Column("lease_until", BigInteger, nullable=False, server_default="0"),
    Column("created", Integer, nullable=False),
    Column("updated", Integer, nullable=False, index=True),
)
"""`seen`: update ids and minutes, as `instants` writes them. `created`, `updated`: days since 1970, no finer."""

TIMERS = Table(
    "timers", METADATA, *_person(key=True),
    Column("name", Text, primary_key=True),
    Column("due_at", BigInteger, nullable=False, index=True),
    _of_people(),
)

OUTBOX = Table(
    "outbox", METADATA,
    Column("id", NUMBER, primary_key=True, autoincrement=True), *_person(key=False),
    Column("payload", Text, nullable=False),
    Column("slot", Text, nullable=False),
    Column("edit", Boolean, nullable=False),
    Column("kind", Text, nullable=False),
    Column("until", BigInteger),
    Column("sending", Boolean, nullable=False, server_default=text("false")),
    _of_people(), Index(None, "front", "user_id", "id"),
    sqlite_autoincrement=True,
)
"""Ids are never used twice: a sender may still hold the id of a row that is gone."""

REMINDER = "reminder"
BULK, NOT_BULK = OUTBOX.c.kind == text(f"'{REMINDER}'"), OUTBOX.c.kind != text(f"'{REMINDER}'")
"""Written out, not bound: only so does the database see that the small indexes below are enough."""
Index("ix_outbox_bulk", OUTBOX.c.id, sqlite_where=BULK, postgresql_where=BULK)
Index("ix_outbox_not_bulk", OUTBOX.c.id, sqlite_where=NOT_BULK, postgresql_where=NOT_BULK)

SLOTS = Table(
    "slots", METADATA, *_person(key=True),
    Column("slot", Text, primary_key=True),
    Column("message_id", BigInteger, nullable=False),
    Column("has_picture", Boolean, nullable=False),
    _of_people(),
)

JOURNAL = Table(
    "journal", METADATA,
    Column("id", NUMBER, primary_key=True, autoincrement=True), *_person(key=False),
    Column("at", BigInteger, nullable=False, index=True),
    Column("entry", Text, nullable=False),
    _of_people(), Index(None, "front", "user_id", "id"),
    sqlite_autoincrement=True,
)
"""`entry`: kind and facts; the kind is encrypted too, "alarm" alone says something about health."""

FILES = Table(
    "files", METADATA,
    Column("bot", BigInteger, primary_key=True, autoincrement=False),
    Column("digest", Text, primary_key=True),
    Column("file_id", Text, nullable=False),
)

META = Table("meta", METADATA, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))
"""`key_check`, `key_check:2` ...: for each key that ever wrote, a value that only it opens."""

COUNTS = Table("counts", METADATA, Column("name", Text, primary_key=True), Column("value", BigInteger, nullable=False))
"""`pace`: when the bulk queue is free again (UTC milliseconds). `uncertain`: reminders that may not have arrived."""
