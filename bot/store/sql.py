"""Small parts all statements share."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Table, and_, bindparam
from sqlalchemy.dialects import sqlite

from bot.conversation import Person

SCRUB = "scrub"


def scrub(connection: Connection) -> None:
    """After this commit nothing deleted shall be left in a file. SQLite keeps old pages in its log for a long time; whoever
    owns the connection looks for this mark. A server cleans up by itself."""
    connection.info[SCRUB] = True


def whose(table: Table) -> ColumnElement[bool]:
    """This person's rows. The parameters have names no column has."""
    front: Column[str] = table.c.front
    user: Column[int] = table.c.user_id
    return and_(front == bindparam("whose_front"), user == bindparam("whose_id"))


def of(person: Person) -> dict[str, Any]:
    """The parameters of `whose`."""
    return {"whose_front": person.front, "whose_id": person.id}


def insert_into(connection: Connection, table: Table) -> sqlite.Insert:
    """An INSERT that knows ON CONFLICT. The one of PostgreSQL has the same methods."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - slow to import, seldom needed

    return postgresql.insert(table)  # type: ignore[return-value]
