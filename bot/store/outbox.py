"""`Outbox` on SQL: the sender's side. As in `desk`, the row in `people` is locked before anything else of a person."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, func, select, update
from sqlalchemy import Row as SqlRow

from bot.conversation import MISSED, Person
from bot.outbox import Bound, Nudge, Row
from bot.store.crypto import Box
from bot.store.desk import Bells
from bot.store.engine import Runner
from bot.store.instants import millis
from bot.store.keys import opened
from bot.store.sql import insert_into, of, whose
from bot.store.tables import BULK, COUNTS, FILES, NOT_BULK, OUTBOX, PEOPLE, REMINDER, SLOTS, TIMERS

LOG = logging.getLogger(__name__)
WAITING = (
    select(PEOPLE.c.front, PEOPLE.c.user_id)
    .join(OUTBOX, (OUTBOX.c.front == PEOPLE.c.front) & (OUTBOX.c.user_id == PEOPLE.c.user_id))
    .where(func.coalesce(OUTBOX.c.front, "") == bindparam("front"), PEOPLE.c.lease_until <= bindparam("now"))
    .order_by(OUTBOX.c.id).limit(bindparam("most")).with_for_update(of=PEOPLE, skip_locked=True)
)
"""`coalesce`, so that the database walks along the ids instead of sorting everything of a front."""
LEASE = update(PEOPLE).where(whose(PEOPLE))
MINE = PEOPLE.c.lease_owner == bindparam("mine")
RELEASE = LEASE.where(MINE)
RENEW = (
    update(PEOPLE)
    .where(PEOPLE.c.front.in_(bindparam("fronts", expanding=True)), PEOPLE.c.user_id.in_(bindparam("ids", expanding=True)), MINE)
    .returning(PEOPLE.c.front, PEOPLE.c.user_id)
)
"""By their ids, along the primary key: nothing sorts people by the owner of their lease."""
FREE: Mapping[str, Any] = {"lease_owner": None, "lease_until": 0}
NEWEST = select(PEOPLE.c.newest).where(whose(PEOPLE)).scalar_subquery()
WAITING_FOR: Mapping[bool | None, Select[Any]] = {None: WAITING, True: WAITING.where(BULK), False: WAITING.where(NOT_BULK)}
LOCKED = select(PEOPLE.c.newest).where(whose(PEOPLE)).with_for_update()
"""Before rows and timers of a person are changed, so that no two transactions wait for each other."""
ROWS = select(OUTBOX, NEWEST.label("newest")).where(whose(OUTBOX)).order_by(OUTBOX.c.sending.desc(), BULK, OUTBOX.c.id).limit(1)
HEARD = (LEASE.where((PEOPLE.c.newest < bindparam("heard")) | PEOPLE.c.newest.is_(None))
         .values(newest=bindparam("heard")))
BINDINGS = select(SLOTS.c.slot, SLOTS.c.message_id, SLOTS.c.has_picture).where(whose(SLOTS))
DROP = delete(OUTBOX).where(whose(OUTBOX), OUTBOX.c.id == bindparam("row"))
DROP_ALL = delete(OUTBOX).where(whose(OUTBOX))
MARK = update(OUTBOX).where(whose(OUTBOX), OUTBOX.c.id == bindparam("row"), OUTBOX.c.sending == bindparam("was"))
IN_TIME = MARK.where(OUTBOX.c.until.is_(None) | (OUTBOX.c.until > bindparam("now")))
BUSY_UNTIL = select(COUNTS.c.value).where(COUNTS.c.name == "pace").with_for_update()
PACED = update(COUNTS).where(COUNTS.c.name == "pace")
COUNTED = update(COUNTS).where(COUNTS.c.name == "uncertain").values(value=COUNTS.c.value + 1)
UNCERTAIN = select(COUNTS.c.value).where(COUNTS.c.name == "uncertain")
FILE = (FILES.c.bot == bindparam("which_bot")) & (FILES.c.digest == bindparam("which"))
READ_FILE, DROP_FILE = select(FILES.c.file_id).where(FILE), delete(FILES).where(FILE)
SPAN = 4
"""So many rows are looked at for each person wanted: some people have several."""


class SqlOutbox:
    """The store of a sender."""

    def __init__(self, runner: Runner, box: Box, bells: Bells) -> None:
        self._runner, self._box, self._bells = runner, box, bells

    async def lease(  # noqa: PLR0913 - as in the port
        self, front: str, owner: str, now: dt.datetime, seconds: float, most: int, *, bulk: bool | None = None,
    ) -> tuple[Person, ...]:
        lease = {"lease_owner": owner, "lease_until": _later(now, seconds)}
        wanted = {"front": front, "now": millis(now), "most": most * SPAN}
        statement = WAITING_FOR[bulk]
        return await self._runner.run(lambda connection: _leased(connection, statement, wanted, lease))

    async def renew(self, people: Collection[Person], owner: str, now: dt.datetime, seconds: float) -> frozenset[Person]:
        which = {"fronts": {person.front for person in people}, "ids": [person.id for person in people]}
        changes = {**which, "mine": owner, "lease_until": _later(now, seconds)}
        return await self._runner.run(lambda connection: frozenset(Person(*row) for row in connection.execute(RENEW, changes)))

    async def release(self, person: Person, owner: str) -> None:
        await self._runner.run(lambda connection: connection.execute(RELEASE, {**of(person), "mine": owner, **FREE}))

    async def next_row(self, person: Person, now: dt.datetime) -> Row | None:
        return await self._runner.run(lambda connection: _next_row(connection, self._box, person, millis(now)))

    async def mark_sending(self, person: Person, row: int, now: dt.datetime) -> bool:
        mark = {**of(person), "row": row, "was": False, "sending": True, "now": millis(now)}
        return await self._runner.run(lambda connection: connection.execute(IN_TIME, mark).rowcount > 0)

    async def unmark(self, person: Person, row: int) -> None:
        mark = {**of(person), "row": row, "was": True, "sending": False}
        await self._runner.run(lambda connection: connection.execute(MARK, mark))

    async def sent(self, person: Person, row: int, slots: Mapping[str, Bound], newest: int | None) -> None:
        await self._runner.run(lambda connection: _sent(connection, (person, row), slots, newest))

    async def drop(self, person: Person, row: int) -> None:
        await self._runner.run(lambda connection: connection.execute(DROP, {**of(person), "row": row}))

    async def inactive(self, person: Person) -> None:
        await self._runner.run(lambda connection: _inactive(connection, person))

    async def file_id(self, digest: str, bot: int) -> str | None:
        which = {"which": digest, "which_bot": bot}
        found: str | None = await self._runner.run(lambda connection: connection.scalar(READ_FILE, which))
        return found

    async def remember_file(self, digest: str, bot: int, file_id: str) -> None:
        row = {"bot": bot, "digest": digest, "file_id": file_id}
        await self._runner.run(lambda connection: _remember(connection, row))

    async def forget_file(self, digest: str, bot: int) -> None:
        which = {"which": digest, "which_bot": bot}
        await self._runner.run(lambda connection: connection.execute(DROP_FILE, which))

    async def pace(self, now: dt.datetime, per_second: float) -> float:
        return await self._runner.run(lambda connection: _paced(connection, millis(now), 1000 / per_second))

    async def uncertain(self) -> int:
        return await self._runner.run(lambda connection: int(connection.scalar(UNCERTAIN) or 0))

    def on_rows(self, nudge: Nudge) -> None:
        self._bells.rows.append(nudge)


def _later(now: dt.datetime, seconds: float) -> int:
    return millis(now + dt.timedelta(seconds=seconds))


def _leased(
    connection: Connection, waiting: Select[Any], wanted: dict[str, Any], lease: dict[str, Any],
) -> tuple[Person, ...]:
    rows = connection.execute(waiting, wanted)
    people = tuple(dict.fromkeys(Person(front, user) for front, user in rows))[: wanted["most"] // SPAN]
    if people:
        connection.execute(LEASE, [{**of(person), **lease} for person in people])
    return people


def _next_row(connection: Connection, box: Box, person: Person, now: int) -> Row | None:
    while (found := connection.execute(ROWS, of(person)).one_or_none()) is not None:
        if not found.sending and (found.until is None or found.until > now):
            row = _opened(connection, box, person, found)
            if row is not None:
                return row
        connection.execute(LOCKED, of(person))
        if not connection.execute(DROP, {**of(person), "row": found.id}).rowcount:
            continue  # the person was forgotten meanwhile
        if found.sending:
            LOG.warning("reminder_may_not_have_arrived row=%d", found.id)
            connection.execute(COUNTED)
        elif found.kind == REMINDER and found.until is not None and found.until <= now:
            _given_up(connection, person, found.until, now)
    return None


def _given_up(connection: Connection, person: Person, until: int, now: int) -> None:
    """A reminder that nobody will see: the dialogue is told by a timer."""
    timer = {"front": person.front, "user_id": person.id, "name": f"{MISSED}{until}", "due_at": now}
    connection.execute(insert_into(connection, TIMERS).on_conflict_do_nothing(), [timer])


def _opened(connection: Connection, box: Box, person: Person, row: SqlRow[Any]) -> Row | None:
    """None: it is damaged, and would keep this person's other rows waiting for ever."""
    payload = opened(connection, box, person, OUTBOX, row.payload)
    if payload is None:
        LOG.error("row %d of the outbox does not open; it is dropped", row.id)
        return None
    slots = {slot: Bound(message, picture) for slot, message, picture in connection.execute(BINDINGS, of(person))}
    return Row(row.id, payload, row.slot, row.edit, row.kind, slots, row.newest, row.sending)


def _sent(connection: Connection, which: tuple[Person, int], slots: Mapping[str, Bound], newest: int | None) -> None:
    """A row that is gone (they were forgotten meanwhile) binds nothing."""
    person, row = which
    if newest is not None:
        connection.execute(HEARD, {**of(person), "heard": newest})
    dropped = connection.execute(DROP, {**of(person), "row": row}).rowcount
    if slots and dropped:
        _bind(connection, person, slots)


def _bind(connection: Connection, person: Person, slots: Mapping[str, Bound]) -> None:
    statement = insert_into(connection, SLOTS)
    new = statement.excluded
    statement = statement.on_conflict_do_update(
        index_elements=["front", "user_id", "slot"], set_={"message_id": new.message_id, "has_picture": new.has_picture},
    )
    rows = [{"front": person.front, "user_id": person.id, "slot": slot, **bound._asdict()} for slot, bound in slots.items()]
    connection.execute(statement, rows)


def _inactive(connection: Connection, person: Person) -> None:
    connection.execute(LEASE, {**of(person), "active": False})
    connection.execute(DROP_ALL, of(person))


def _remember(connection: Connection, row: dict[str, Any]) -> None:
    statement = insert_into(connection, FILES)
    new = {"file_id": statement.excluded.file_id}
    connection.execute(statement.on_conflict_do_update(index_elements=["bot", "digest"], set_=new), [row])


def _paced(connection: Connection, now: int, interval: float) -> float:
    start = max(now, int(connection.scalar(BUSY_UNTIL) or 0))
    connection.execute(PACED, {"value": start + round(interval)})
    return (start - now) / 1000
