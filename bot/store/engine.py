"""Running units of work: plain functions of a sync SQLAlchemy `Connection`, each one transaction.

SQLite: one thread owns the connection and commits in groups. It takes the units that are waiting, runs each in a
savepoint of its own (one that fails is rolled back alone) and commits once; only then the callers go on. So a full sync to
disk is paid once for many people. PostgreSQL: every unit has a connection of a pool, through asyncpg.
"""

from __future__ import annotations

import asyncio
import importlib
import logging
import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, exc, make_url

from bot.conversation import StoreDown
from bot.store.errors import StoreError
from bot.store.sql import SCRUB

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

T = TypeVar("T")
LOG = logging.getLogger(__name__)
Unit = Callable[[Connection], T]
GROUP = 128
"""At most so many units share a commit."""
BUSY = 5.0
"""Seconds to wait for another process that is writing to the same file."""
PRAGMAS = ("foreign_keys=OFF", "journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "temp_store=MEMORY")
"""Foreign keys go on after the start: a migration may rebuild a table, which must not delete what refers to it."""
OURS = (exc.IntegrityError, exc.ProgrammingError, exc.DataError, exc.NotSupportedError)
"""Errors of a statement. Others of SQLite are those of the file: locked, full, damaged."""
AWAY = ("08", "53", "57", "58", "40", "28", "3D")
"""Classes of PostgreSQL errors that mean: not now (no connection, no resources, shutting down, locked, no entry)."""
POOL = 16


class Runner(Protocol):
    """Runs units. Raises `StoreDown` when the database is away, else what the unit raised."""

    async def start(self, prepare: Unit[T]) -> T:
        """Connect and run this first, in one transaction, foreign keys off (it may rebuild tables)."""

    async def run(self, unit: Unit[T]) -> T: ...

    async def close(self) -> None: ...


def runner_for(url: str) -> Runner:
    """By the scheme of the URL."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return SqliteRunner(parsed)
    return PostgresRunner(parsed)


def sqlite_file(url: str) -> Path | None:
    """The file of a SQLite database; None for a server or a database in memory."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or parsed.database in {None, "", ":memory:"}:
        return None
    return Path(str(parsed.database))


@dataclass(slots=True)
class _Job:
    """A unit and who waits for it."""

    unit: Unit[Any]
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]
    value: Any = None
    error: Exception | None = None

    def resolve(self) -> None:
        """In the loop of the caller, who may have been cancelled meanwhile."""
        if self.future.done():
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.value)


class SqliteRunner:
    """One writer thread, grouped commits."""

    def __init__(self, url: URL) -> None:
        self._url = url
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._connection: Connection | None = None
        self._thread = threading.Thread(target=self._work, name="store", daemon=True)
        self._closed = self._guarded = False

    async def start(self, prepare: Unit[T]) -> T:
        self._thread.start()
        return await self.run(prepare)

    async def run(self, unit: Unit[T]) -> T:
        if self._closed:
            message = "the store is closed"
            raise StoreDown(message)
        loop = asyncio.get_running_loop()
        job = _Job(unit, loop, loop.create_future())
        self._jobs.put(job)
        return cast("T", await job.future)

    async def close(self) -> None:
        """What was handed in before is still done."""
        if not self._closed:
            self._closed = True
            self._jobs.put(None)
            await asyncio.to_thread(self._thread.join)

    def _work(self) -> None:
        last = False
        while not last:
            jobs, last = self._waiting()
            if jobs:
                self._group(jobs)
                _resolve(jobs)
        if self._connection is not None:
            self._connection.close()

    def _waiting(self) -> tuple[list[_Job], bool]:
        """Everything in the queue, waiting for the first; True at the end."""
        jobs: list[_Job] = []
        job = self._jobs.get()
        while job is not None:
            jobs.append(job)
            if len(jobs) == GROUP:
                return jobs, False
            try:
                job = self._jobs.get_nowait()
            except Empty:
                return jobs, False
        return jobs, True

    def _group(self, jobs: list[_Job]) -> None:
        try:
            connection = self._connection = self._connection or _sqlite_engine(self._url).connect()
            raw = _raw(connection)
            with connection.begin():
                raw.execute("BEGIN IMMEDIATE")
                for job in jobs:
                    _one(connection, raw, job)
            if connection.info.pop(SCRUB, False):
                _scrubbed(raw)
            if not self._guarded:
                raw.execute("PRAGMA foreign_keys=ON")
                self._guarded = True
        except Exception as error:  # noqa: BLE001 - handed to those who wait; the thread must live
            for job in jobs:
                job.error = job.error or _down(error)


def _one(connection: Connection, raw: sqlite3.Connection, job: _Job) -> None:
    """Straight on the driver: SQLAlchemy's own savepoints cost more than the unit."""
    raw.execute("SAVEPOINT unit")
    try:
        job.value = job.unit(connection)
    except Exception as error:  # noqa: BLE001 - handed to the one who waits
        job.error = _down(error) if isinstance(error, exc.DBAPIError) and _is_down(error) else error
        raw.execute("ROLLBACK TO unit")
    raw.execute("RELEASE unit")


def _scrubbed(raw: sqlite3.Connection) -> None:
    """The log is written into the database and cut to nothing. Everything is committed, so a failure here (somebody is
    reading all the while) fails nobody's work; the next time, or the daily tidying up, does it."""
    try:
        busy = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.Error as error:
        LOG.warning("not_scrubbed because=%s", _state(error))
    else:
        if busy:
            LOG.warning("not_scrubbed because=busy")


def _resolve(jobs: list[_Job]) -> None:
    """One call into the loop for the whole group."""
    for loop in {job.loop for job in jobs}:
        mine = [job for job in jobs if job.loop is loop]
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(_resolve_here, mine)


def _resolve_here(jobs: list[_Job]) -> None:
    for job in jobs:
        job.resolve()


def _raw(connection: Connection) -> sqlite3.Connection:
    return cast("sqlite3.Connection", connection.connection.driver_connection)


def _sqlite_engine(url: URL) -> Engine:
    engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": BUSY})
    event.listen(engine, "connect", _connected)
    return engine


def _connected(raw: sqlite3.Connection, _: object) -> None:
    """The driver must not begin transactions by itself: it would begin them too late, as readers. (An event hook for
    BEGIN would slow every statement down; `_group` says it.)"""
    raw.isolation_level = None
    for pragma in PRAGMAS:
        raw.execute(f"PRAGMA {pragma}")


class PostgresRunner:
    """A pool of asyncpg connections, READ COMMITTED; rows are locked by the units."""

    def __init__(self, url: URL) -> None:
        self._url = url
        self._engine: AsyncEngine | None = None

    async def start(self, prepare: Unit[T]) -> T:
        self._engine = _postgres_engine(self._url)
        return await self.run(prepare)

    async def run(self, unit: Unit[T]) -> T:
        if self._engine is None:
            message = "the store is closed"
            raise StoreDown(message)
        try:
            async with self._engine.begin() as connection:
                return await connection.run_sync(unit)
        except Exception as error:
            if _is_down(error):
                raise _down(error) from error
            raise

    async def close(self) -> None:
        if self._engine is not None:
            await self._engine.dispose()
            self._engine = None


def _postgres_engine(url: URL) -> AsyncEngine:
    try:
        for extra in ("asyncpg", "greenlet"):
            importlib.import_module(extra)
    except ImportError:
        message = "For PostgreSQL install the extra: uv sync --extra postgres (or pip install 'acupressure-guide[postgres]')."
        raise StoreError(message) from None
    from sqlalchemy.ext.asyncio import create_async_engine  # noqa: PLC0415 - slow to import, seldom needed

    return create_async_engine(_asyncpg_url(url), pool_size=POOL, max_overflow=0, connect_args={"timeout": 10})


def _asyncpg_url(url: URL) -> URL:
    """Hosts hand out URLs for libpq; asyncpg calls `sslmode` `ssl` and does not know `channel_binding`."""
    query = dict(url.query)
    query.pop("channel_binding", None)
    if "sslmode" in query:
        query["ssl"] = query.pop("sslmode")
    return url.set(drivername="postgresql+asyncpg", query=query)


def _is_down(error: Exception) -> bool:
    """Whether trying again later may help. What the work of a caller raises does not get here as one of these."""
    if isinstance(error, exc.DBAPIError):
        file = isinstance(error.orig, sqlite3.DatabaseError) and not isinstance(error, OURS)
        down = isinstance(error, exc.OperationalError | exc.InterfaceError) or error.connection_invalidated
        return file or down or _state(error.orig)[:2] in AWAY
    return isinstance(error, OSError | exc.TimeoutError) or _state(error)[:2] in AWAY


def _state(error: object) -> str:
    """PostgreSQL's five characters, or SQLite's name for it."""
    return str(getattr(error, "sqlstate", None) or getattr(error, "sqlite_errorname", None) or "")


def _down(error: Exception) -> StoreDown:
    """The kind of failure only: the text of a database error may hold values."""
    kind = getattr(error, "orig", None) or error
    return StoreDown(f"the database did not take this ({type(kind).__name__} {_state(kind)})".replace(" )", ")"))
