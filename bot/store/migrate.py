"""Bringing the tables up to date when the bot starts.

Alembic is slow to import, so it is only asked when the database is not at the newest revision already.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, column, inspect, select, table, text

from bot.store.errors import StoreError

HEAD = "0001"
"""The newest revision in `migrations/versions`; a test compares."""
FOLDER = Path(__file__).parent / "migrations"
LOCK = 0x6163_7570
"""The advisory lock on PostgreSQL: one process migrates, the others wait. Any fixed number."""


def migrate(connection: Connection) -> None:
    """Inside the caller's transaction, which on SQLite has foreign keys off."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    if revision(connection) != HEAD:
        _upgrade(connection)


def revision(connection: Connection) -> str | None:
    """Of the database; None when it is empty."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(select(column("version_num")).select_from(table("alembic_version")))
    return found


def _upgrade(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - see above
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        message = f"The database was written by a newer version of this bot ({error}). Use that version."
        raise StoreError(message) from error
