"""A store that forgets when the program ends: both ports on plain values, for the terminal chat and for tests.

It imports neither SQLAlchemy nor cryptography, so a chat in the terminal starts quickly.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.conversation import MISSED, DueTimer, Loaded, Outcome, Outgoing, Person, Work
from bot.dialogue.values import PLAYER_TIMER
from bot.outbox import Bound, Nudge, Row
from bot.store.instants import Seen, millis, seen_with

BULK = "reminder"
SECOND = dt.timedelta(seconds=1)
NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A row of the outbox."""

    id: int
    outgoing: Outgoing
    sending: bool = False


@dataclass(slots=True)
class _Memory:
    """All we know of one person."""

    seat: str | None = None
    seen: Seen = field(default_factory=dict)
    active: bool = True
    newest: int | None = None
    timers: dict[str, dt.datetime] = field(default_factory=dict)
    rows: list[_Waiting] = field(default_factory=list)
    slots: dict[str, Bound] = field(default_factory=dict)
    journal: list[tuple[dt.datetime, str, Mapping[str, Any]]] = field(default_factory=list)
    owner: str | None = None
    until: dt.datetime = NEVER


class MemoryDesk:
    """`Desk` and `Outbox` at once."""

    def __init__(self) -> None:
        self._people: dict[Person, _Memory] = {}
        self._number = itertools.count(1)
        self._files: dict[tuple[str, int], str] = {}
        self._free = NEVER
        self._uncertain = 0
        self._rows: list[Nudge] = []
        self._timers: list[Nudge] = []

    async def serve(self, person: Person, update: int | None, now: dt.datetime, work: Work) -> bool:
        memory = self._people.get(person, _Memory())
        if update is not None and update in memory.seen:
            return False
        due = sorted((at, name) for name, at in memory.timers.items() if at <= now)
        outcome = work(Loaded(memory.seat, tuple(DueTimer(name, at) for at, name in due), memory.active))
        if outcome.forget:
            memory = _Memory(seen=memory.seen, owner=memory.owner, until=memory.until)
        if update is not None:
            memory.seen = seen_with(memory.seen, update, now)
        self._people[person] = memory
        self._write(memory, outcome, now)
        self._ring(outcome)
        return True

    def _write(self, memory: _Memory, outcome: Outcome, now: dt.datetime) -> None:
        if outcome.seat is not None:
            memory.seat = outcome.seat
        if outcome.active is not None:
            memory.active = outcome.active
        _heard(memory, outcome.newest)
        for name in outcome.drop:
            memory.timers.pop(name, None)
        memory.timers.update(outcome.timers)
        memory.rows += [_Waiting(next(self._number), each) for each in outcome.outgoing]
        memory.journal += [(now, kind, dict(facts)) for kind, facts in outcome.records]

    def _ring(self, outcome: Outcome) -> None:
        for nudge in (*(self._rows if outcome.outgoing else ()), *(self._timers if outcome.timers else ())):
            nudge()

    async def people_due(self, now: dt.datetime, most: int) -> tuple[Person, ...]:
        first = sorted((memory.timers.get(PLAYER_TIMER, now + SECOND) > now, min(memory.timers.values()), person.front, person.id)
                       for person, memory in self._people.items() if memory.timers)
        return tuple(Person(front, user) for _, at, front, user in first if at <= now)[:most]

    async def next_due(self) -> dt.datetime | None:
        return min((at for memory in self._people.values() for at in memory.timers.values()), default=None)

    async def journal(self, person: Person) -> tuple[tuple[dt.datetime, str, Mapping[str, Any]], ...]:
        """Everything in this person's journal, the oldest first: (at, kind, facts)."""
        return tuple(self._of(person).journal)

    async def lease(  # noqa: PLR0913 - as in the port
        self, front: str, owner: str, now: dt.datetime, seconds: float, most: int, *, bulk: bool | None = None,
    ) -> tuple[Person, ...]:
        waiting = sorted((memory.rows[0].id, person.id) for person, memory in self._people.items()
                         if person.front == front and memory.until <= now and _any(memory.rows, bulk))
        people = tuple(Person(front, user) for _, user in waiting[:most])
        for person in people:
            memory = self._people[person]
            memory.owner, memory.until = owner, now + dt.timedelta(seconds=seconds)
        return people

    async def renew(self, people: Collection[Person], owner: str, now: dt.datetime, seconds: float) -> frozenset[Person]:
        mine = frozenset(person for person in people if self._of(person).owner == owner)
        for person in mine:
            self._of(person).until = now + dt.timedelta(seconds=seconds)
        return mine

    async def release(self, person: Person, owner: str) -> None:
        memory = self._of(person)
        if memory.owner == owner:
            memory.owner, memory.until = None, NEVER

    async def next_row(self, person: Person, now: dt.datetime) -> Row | None:
        memory = self._of(person)
        while memory.rows:
            row = min(memory.rows, key=lambda each: (not each.sending, each.outgoing.kind == BULK, each.id))
            each = row.outgoing
            if not row.sending and (each.until is None or each.until > now):
                return Row(row.id, each.payload, each.slot, each.edit, each.kind, dict(memory.slots), memory.newest)
            memory.rows.remove(row)
            self._uncertain += row.sending
            if not row.sending and each.kind == BULK and each.until is not None:
                memory.timers[f"{MISSED}{millis(each.until)}"] = now
        return None

    async def mark_sending(self, person: Person, row: int, now: dt.datetime) -> bool:
        late = (each.id for each in self._of(person).rows if each.outgoing.until is not None and each.outgoing.until <= now)
        return row not in late and self._mark(person, row, sending=True)

    async def unmark(self, person: Person, row: int) -> None:
        self._mark(person, row, sending=False)

    def _mark(self, person: Person, row: int, *, sending: bool) -> bool:
        rows = self._of(person).rows
        for place, each in enumerate(rows):
            if each.id == row and each.sending is not sending:
                rows[place] = replace(each, sending=sending)
                return True
        return False

    async def sent(self, person: Person, row: int, slots: Mapping[str, Bound], newest: int | None) -> None:
        memory = self._of(person)
        _heard(memory, newest)
        if self._dropped(person, row):
            memory.slots.update(slots)

    async def drop(self, person: Person, row: int) -> None:
        self._dropped(person, row)

    def _dropped(self, person: Person, row: int) -> bool:
        memory = self._of(person)
        before = len(memory.rows)
        memory.rows = [each for each in memory.rows if each.id != row]
        return len(memory.rows) < before

    async def inactive(self, person: Person) -> None:
        memory = self._of(person)
        memory.active, memory.rows = False, []

    async def file_id(self, digest: str, bot: int) -> str | None:
        return self._files.get((digest, bot))

    async def remember_file(self, digest: str, bot: int, file_id: str) -> None:
        self._files[digest, bot] = file_id

    async def forget_file(self, digest: str, bot: int) -> None:
        self._files.pop((digest, bot), None)

    async def pace(self, now: dt.datetime, per_second: float) -> float:
        start = max(now, self._free)
        self._free = start + dt.timedelta(milliseconds=round(1000 / per_second))
        return (start - now).total_seconds()

    async def uncertain(self) -> int:
        return self._uncertain

    def on_rows(self, nudge: Nudge) -> None:
        self._rows.append(nudge)

    def on_timers(self, nudge: Nudge) -> None:
        """Call this after every change that set a timer."""
        self._timers.append(nudge)

    def _of(self, person: Person) -> _Memory:
        return self._people.get(person, _Memory())


def _any(rows: list[_Waiting], bulk: bool | None) -> bool:  # noqa: FBT001 - three answers
    """Whether one of them is wanted: a reminder, something else, or anything."""
    return any(bulk is None or (row.outgoing.kind == BULK) is bulk for row in rows)


def _heard(memory: _Memory, newest: int | None) -> None:
    if newest is not None:
        memory.newest = max(newest, memory.newest or 0)
