"""Alembic runs this. The connection comes from `bot.store.migrate`, inside a transaction; there is no alembic.ini."""

from __future__ import annotations

from alembic import context

from bot.store.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
