"""What can be wrong with a store, apart from `StoreDown`."""

from __future__ import annotations


class StoreError(Exception):
    """The store cannot be used as it is set up; the text is one clear line for the operator."""


class WrongKey(StoreError):  # noqa: N818 - reads as what happened
    """The keys do not open this database, or there are none."""


class Tampered(StoreError):  # noqa: N818 - reads as what happened
    """A stored value was changed, or belongs to somebody else."""
