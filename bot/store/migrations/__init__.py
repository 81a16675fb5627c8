"""Alembic revisions, run by `bot.store.migrate`. A new one: write it by hand, change `HEAD` there."""
