"""`Desk` on SQL: the conversation's transaction, written once for SQLite and PostgreSQL.

Every unit that touches a person locks the row in `people` first, so no two of them can wait for each other.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update
from sqlalchemy.sql.dml import Delete

from bot.conversation import DueTimer, Loaded, Outcome, Person, Work
from bot.dialogue.values import PLAYER_TIMER
from bot.outbox import Nudge
from bot.store.crypto import Box
from bot.store.engine import Runner
from bot.store.instants import Seen, days, instant, millis, seen_from, seen_text, seen_with
from bot.store.keys import opened
from bot.store.sql import insert_into, of, scrub, whose
from bot.store.tables import JOURNAL, OUTBOX, PEOPLE, SLOTS, TIMERS

LOG = logging.getLogger(__name__)
FIRST_DUE = select(func.min(TIMERS.c.due_at)).where(whose(TIMERS)).scalar_subquery()
SEAT = (select(PEOPLE.c.seat, PEOPLE.c.seen, PEOPLE.c.active, PEOPLE.c.newest, PEOPLE.c.updated, FIRST_DUE)
        .where(whose(PEOPLE)).with_for_update(of=PEOPLE))
"""On PostgreSQL the first due time may be that from before somebody else's commit we waited for, so it only says whether
to look; the next tick sees what was set meanwhile."""
SAVE = update(PEOPLE).where(whose(PEOPLE))
DUE = (select(TIMERS.c.name, TIMERS.c.due_at).where(whose(TIMERS), TIMERS.c.due_at <= bindparam("now"))
       .order_by(TIMERS.c.due_at, TIMERS.c.name))
DROP_TIMERS = delete(TIMERS).where(whose(TIMERS), TIMERS.c.name.in_(bindparam("names", expanding=True)))
ADD_TIMERS, ADD_ROWS, ADD_ENTRIES = insert(TIMERS), insert(OUTBOX), insert(JOURNAL)
EMPTIED: tuple[Delete, ...] = tuple(delete(table).where(whose(table)) for table in (TIMERS, OUTBOX, SLOTS, JOURNAL))
PEOPLE_DUE = (select(TIMERS.c.front, TIMERS.c.user_id).where(TIMERS.c.due_at <= bindparam("now"))
              .order_by(TIMERS.c.name != PLAYER_TIMER, TIMERS.c.due_at).limit(bindparam("most")))
"""Somebody who is pressing waits for the timer; a reminder bears a few seconds."""
NEXT_DUE = select(func.min(TIMERS.c.due_at))
ENTRIES = select(JOURNAL.c.at, JOURNAL.c.entry).where(whose(JOURNAL)).order_by(JOURNAL.c.id)
TRIES = 3


@dataclass(slots=True)
class Bells:
    """Who wants to know of commits that wrote rows or timers."""

    rows: list[Nudge] = field(default_factory=list)
    timers: list[Nudge] = field(default_factory=list)


class Entry(NamedTuple):
    """One entry of the journal."""

    at: dt.datetime
    kind: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Call:
    person: Person
    update: int | None
    now: dt.datetime
    work: Work


class _Seat(NamedTuple):
    """A row of `people`, still sealed."""

    seat: str | None
    seen: str
    active: bool
    newest: int | None
    updated: int
    first_due: int | None


class SqlDesk:
    """The store of the conversation."""

    def __init__(self, runner: Runner, box: Box, bells: Bells) -> None:
        self._runner, self._box, self._bells = runner, box, bells

    async def serve(self, person: Person, update: int | None, now: dt.datetime, work: Work) -> bool:
        call = _Call(person, update, now, work)
        outcome = await self._runner.run(lambda connection: _served(connection, self._box, call))
        if outcome is not None:
            self._ring(outcome)
        return outcome is not None

    async def people_due(self, now: dt.datetime, most: int) -> tuple[Person, ...]:
        return await self._runner.run(lambda connection: _people_due(connection, now, most))

    async def next_due(self) -> dt.datetime | None:
        due: int | None = await self._runner.run(lambda connection: connection.scalar(NEXT_DUE))
        return None if due is None else instant(due)

    async def journal(self, person: Person) -> tuple[Entry, ...]:
        """Everything in this person's journal, the oldest first."""
        return await self._runner.run(lambda connection: _entries(connection, self._box, person))

    def on_timers(self, nudge: Nudge) -> None:
        """Call this after every commit of this process that set a timer."""
        self._bells.timers.append(nudge)

    def _ring(self, outcome: Outcome) -> None:
        for nudge in self._bells.rows if outcome.outgoing else ():
            nudge()
        for nudge in self._bells.timers if outcome.timers else ():
            nudge()


def _served(connection: Connection, box: Box, call: _Call) -> Outcome | None:
    """None: seen before."""
    found = _locked(connection, call.person, call.now)
    seen = seen_from(found.seen)
    if call.update is not None and call.update in seen:
        return None
    outcome = call.work(_loaded(connection, box, call, found))
    if outcome.forget:
        found = _emptied(connection, call)
    _save(connection, box, call, outcome, (found, seen))
    return outcome


def _locked(connection: Connection, person: Person, now: dt.datetime) -> _Seat:
    """This person's row, locked until the end; made if there is none. More than one try: somebody may tidy it away
    between the two statements."""
    for _ in range(TRIES):
        row = connection.execute(SEAT, of(person)).one_or_none()
        if row is not None:
            return _Seat(*row)
        made = {"front": person.front, "user_id": person.id, "created": days(now), "updated": days(now)}
        connection.execute(insert_into(connection, PEOPLE).on_conflict_do_nothing(), [made])
    return _Seat(*connection.execute(SEAT, of(person)).one())


def _loaded(connection: Connection, box: Box, call: _Call, found: _Seat) -> Loaded:
    now = millis(call.now)
    due: Sequence[Any] = ()
    if found.first_due is not None and found.first_due <= now:
        due = connection.execute(DUE, {**of(call.person), "now": now}).all()
    seat = None if found.seat is None else opened(connection, box, call.person, PEOPLE, found.seat)
    lost = found.seat is not None and seat is None
    if lost:
        LOG.error("a seat does not open; its person begins anew")
    return Loaded(seat, tuple(DueTimer(name, instant(at)) for name, at in due), found.active, lost)


def _emptied(connection: Connection, call: _Call) -> _Seat:
    """Nothing of theirs is left but that they exist (and a sender's lease: it goes on to send the last words), and which
    updates were taken: offered again, they would bring back what was forgotten. `tidy` deletes that when it is too old to
    be offered."""
    for statement in EMPTIED:
        connection.execute(statement, of(call.person))
    blank = {"seat": None, "newest": None, "active": True, "created": days(call.now)}
    connection.execute(SAVE, {**of(call.person), **blank})
    scrub(connection)
    return _Seat(None, "[]", active=True, newest=None, updated=-1, first_due=None)


def _save(connection: Connection, box: Box, call: _Call, outcome: Outcome, was: tuple[_Seat, Seen]) -> None:
    changes = _changes(box, call, outcome, was)
    if changes:
        connection.execute(SAVE, {**of(call.person), **changes})
    _save_timers(connection, call.person, outcome)
    whose_row = {"front": call.person.front, "user_id": call.person.id}
    if outcome.outgoing:
        connection.execute(ADD_ROWS, [{**whose_row, **row} for row in _rows(box, call.person, outcome)])
    if outcome.records:
        connection.execute(ADD_ENTRIES, [{**whose_row, **entry} for entry in _records(box, call, outcome)])


def _changes(box: Box, call: _Call, outcome: Outcome, was: tuple[_Seat, Seen]) -> dict[str, Any]:
    found, seen = was
    changes: dict[str, Any] = {}
    if call.update is not None:
        changes["seen"] = seen_text(seen_with(seen, call.update, call.now))
    if outcome.seat is not None:
        changes["seat"] = box.seal(call.person, PEOPLE.name, outcome.seat)
    if outcome.active is not None and outcome.active != found.active:
        changes["active"] = outcome.active
    if outcome.newest is not None and outcome.newest > (found.newest or 0):
        changes["newest"] = outcome.newest
    if found.updated != days(call.now):
        changes["updated"] = days(call.now)
    return changes


def _save_timers(connection: Connection, person: Person, outcome: Outcome) -> None:
    gone = (*outcome.drop, *(name for name, _ in outcome.timers))
    if gone:
        connection.execute(DROP_TIMERS, {**of(person), "names": gone})
    if outcome.timers:
        rows = [{"front": person.front, "user_id": person.id, "name": name, "due_at": millis(at)}
                for name, at in dict(outcome.timers).items()]
        connection.execute(ADD_TIMERS, rows)


def _rows(box: Box, person: Person, outcome: Outcome) -> list[dict[str, Any]]:
    return [{"payload": box.seal(person, OUTBOX.name, each.payload), "slot": each.slot, "edit": each.edit,
             "kind": each.kind, "until": None if each.until is None else millis(each.until)}
            for each in outcome.outgoing]


def _records(box: Box, call: _Call, outcome: Outcome) -> list[dict[str, Any]]:
    return [{"at": millis(call.now), "entry": box.seal(call.person, JOURNAL.name, json.dumps([kind, dict(facts)]))}
            for kind, facts in outcome.records]


def _people_due(connection: Connection, now: dt.datetime, most: int) -> tuple[Person, ...]:
    rows = connection.execute(PEOPLE_DUE, {"now": millis(now), "most": most})
    return tuple(dict.fromkeys(Person(front, user) for front, user in rows))


def _entries(connection: Connection, box: Box, person: Person) -> tuple[Entry, ...]:
    rows = connection.execute(ENTRIES, of(person)).all()
    texts = ((at, opened(connection, box, person, JOURNAL, entry)) for at, entry in rows)
    return tuple(Entry(instant(at), *json.loads(text)) for at, text in texts if text is not None)
