"""What a front's sender asks of the store: rows to be sent, a lease on each person, slots, known files.

A sender leases people who have unsent rows and, for each, one after the other: `next_row`, (a reminder: `mark_sending`),
send, `sent`. When `next_row` says None it releases the person. An expired lease is taken over, so what a crash left is
sent: replies at least once, reminders at most once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from bot.conversation import Person

Nudge = Callable[[], None]
"""Called in the event loop after a commit: look again. It must be quick and never raise."""


class Bound(NamedTuple):
    """The message a slot stands for now."""

    message_id: int
    has_picture: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One message waiting to be sent. `payload`, `slot`, `edit`, `kind` as in `Outgoing`. `slots`: what the slots of this
    person are bound to. `newest`: the newest message id known in that chat, theirs or ours. `sending`: was marked."""

    id: int
    payload: str
    slot: str = ""
    edit: bool = False
    kind: str = "reply"
    slots: Mapping[str, Bound] = field(default_factory=dict)
    newest: int | None = None
    sending: bool = False


class Outbox(Protocol):
    """The store as the sender of one front sees it. Every call is one transaction; all may raise `StoreDown`."""

    async def lease(  # noqa: PLR0913 - what is leased, to whom, how long, how many
        self, front: str, owner: str, now: dt.datetime, seconds: float, most: int, *, bulk: bool | None = None,
    ) -> tuple[Person, ...]:
        """People of this front with unsent rows and no living lease, the longest waiting first; now leased to `owner`.
        `bulk`: only those for whom a reminder waits (True), or something else (False).

        Ask again after `on_rows` and at least every second: other processes nudge nobody here.
        """

    async def renew(self, people: Collection[Person], owner: str, now: dt.datetime, seconds: float) -> frozenset[Person]:
        """Longer, for all of them at once. Those whose lease it is still; to anybody else of them `owner` stops sending."""

    async def release(self, person: Person, owner: str) -> None:
        """Done with this person; nothing happens when the lease belongs to somebody else."""

    async def next_row(self, person: Person, now: dt.datetime) -> Row | None:
        """The oldest row, reminders after everything else: an answer never waits for the pace of bulk. Rows past their
        `until` are deleted on the way (a reminder leaves a timer, see `MISSED`), and so are rows marked as sending: a
        sender died between the mark and the answer (they are counted, see `uncertain`)."""

    async def mark_sending(self, person: Person, row: int, now: dt.datetime) -> bool:
        """Before a row of kind "reminder" is sent. False: somebody else marked it, it is gone, or its `until` is past by
        now; do not send it."""

    async def unmark(self, person: Person, row: int) -> None:
        """The front refused for certain (retry after): not sent, so it may be tried again."""

    async def sent(self, person: Person, row: int, slots: Mapping[str, Bound], newest: int | None) -> None:
        """Delete the row, bind these slots (none: an empty mapping) and remember the newest message id, at once."""

    async def drop(self, person: Person, row: int) -> None:
        """Give up on this row."""

    async def inactive(self, person: Person) -> None:
        """They blocked us: all their rows go, no timer rings until they come back."""

    async def file_id(self, digest: str, bot: int) -> str | None:
        """What Telegram calls the picture with this digest, for this bot (its numeric id)."""

    async def remember_file(self, digest: str, bot: int, file_id: str) -> None:
        """Telegram has the picture now."""

    async def forget_file(self, digest: str, bot: int) -> None:
        """Telegram refused the file id."""

    async def pace(self, now: dt.datetime, per_second: float) -> float:
        """Reserve the next place in the bulk queue shared by all processes: seconds to wait before sending."""

    async def uncertain(self) -> int:
        """How many reminders may not have arrived, since the database was made."""

    def on_rows(self, nudge: Nudge) -> None:
        """Call this after every commit of this process that wrote rows."""
