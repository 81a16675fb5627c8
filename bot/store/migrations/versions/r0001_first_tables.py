"""The first tables.

Revisions stand on their own: they do not import `tables`, which goes on changing.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    _people()
    _timers()
    _outbox()
    _slots()
    _journal()
    _shared()


def _person() -> tuple[sa.Column[str], sa.Column[int]]:
    return sa.Column("front", sa.Text, nullable=False), sa.Column("user_id", sa.BigInteger, nullable=False)


def _of_people(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["front", "user_id"], ["people.front", "people.user_id"],
                                   name=f"fk_{table}_people", ondelete="CASCADE")


def _people() -> None:
    op.create_table(
        "people", *_person(),
        sa.Column("seat", sa.Text),
        sa.Column("seen", sa.Text, nullable=False, server_default="[]"),
        sa.Column("active", sa.Boolean, nullable=False, server_default=sa.text("true")),
        sa.Column("newest", sa.BigInteger),
        sa.Column("lease_owner", sa.Text),
        sa.Column("lease_until", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("created", sa.Integer, nullable=False),
        sa.Column("updated", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("front", "user_id", name="pk_people"),
    )
    op.create_index("ix_people_updated", "people", ["updated"])


def _timers() -> None:
    op.create_table(
        "timers", *_person(),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("due_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("front", "user_id", "name", name="pk_timers"),
        _of_people("timers"),
    )
    op.create_index("ix_timers_due_at", "timers", ["due_at"])


def _outbox() -> None:
    op.create_table(
        "outbox", sa.Column("id", NUMBER, autoincrement=True, nullable=False), *_person(),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("slot", sa.Text, nullable=False),
        sa.Column("edit", sa.Boolean, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("until", sa.BigInteger),
        sa.Column("sending", sa.Boolean, nullable=False, server_default=sa.text("false")),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        _of_people("outbox"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_front_user_id_id", "outbox", ["front", "user_id", "id"])
    for name, rows in (("ix_outbox_bulk", sa.text("kind = 'reminder'")), ("ix_outbox_not_bulk", sa.text("kind <> 'reminder'"))):
        op.create_index(name, "outbox", ["id"], sqlite_where=rows, postgresql_where=rows)


def _slots() -> None:
    op.create_table(
        "slots", *_person(),
        sa.Column("slot", sa.Text, nullable=False),
        sa.Column("message_id", sa.BigInteger, nullable=False),
        sa.Column("has_picture", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("front", "user_id", "slot", name="pk_slots"),
        _of_people("slots"),
    )


def _journal() -> None:
    op.create_table(
        "journal", sa.Column("id", NUMBER, autoincrement=True, nullable=False), *_person(),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("entry", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_journal"),
        _of_people("journal"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_journal_at", "journal", ["at"])
    op.create_index("ix_journal_front_user_id_id", "journal", ["front", "user_id", "id"])


def _shared() -> None:
    """Tables that belong to nobody. The two counts always exist, so that they are only ever updated."""
    op.create_table(
        "files", sa.Column("bot", sa.BigInteger, nullable=False), sa.Column("digest", sa.Text, nullable=False),
        sa.Column("file_id", sa.Text, nullable=False), sa.PrimaryKeyConstraint("bot", "digest", name="pk_files"),
    )
    op.create_table(
        "meta", sa.Column("name", sa.Text, nullable=False), sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_meta"),
    )
    counts = op.create_table(
        "counts", sa.Column("name", sa.Text, nullable=False), sa.Column("value", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_counts"),
    )
    op.bulk_insert(counts, [{"name": "pace", "value": 0}, {"name": "uncertain", "value": 0}])
