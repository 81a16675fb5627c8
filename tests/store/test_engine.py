"""The engine room: groups, a database that is away, revisions, tidying up."""

from __future__ import annotations

import asyncio
import datetime as dt
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, insert, make_url, select, text
from sqlalchemy.exc import IntegrityError

from bot.conversation import Outcome, Person, StoreDown
from bot.store import engine
from bot.store.engine import PostgresRunner, SqliteRunner, runner_for, sqlite_file
from bot.store.errors import StoreError
from bot.store.migrate import FOLDER, HEAD, migrate, revision
from bot.store.open_store import Store, open_store
from bot.store.tables import METADATA, PEOPLE
from tests.store.conftest import KEY
from tests.store.contract import ANN, BEN, NOW, after, does, look, says


def made(user: int) -> dict[str, object]:
    return {"front": "t", "user_id": user, "created": 0, "updated": 0}


def adds(connection: Connection) -> str:
    connection.execute(insert(PEOPLE), [made(1)])
    return "added"


def adds_and_fails(connection: Connection) -> None:
    connection.execute(insert(PEOPLE), [made(2)])
    raise ZeroDivisionError


def counts(connection: Connection) -> int:
    return int(connection.scalar(text("SELECT count(*) FROM people")) or 0)


async def test_two_in_one_commit_one_of_which_fails(sqlite_store: Store) -> None:
    """All three are in the queue before the thread is free, so they share a commit."""
    run, free = sqlite_store.runner.run, threading.Event()
    slow = asyncio.ensure_future(run(lambda _: free.wait(10)))
    three = asyncio.gather(run(adds), run(adds_and_fails), run(adds), return_exceptions=True)
    await asyncio.sleep(0.01)
    free.set()
    good, bad, clash = await three
    assert await slow
    assert good == "added"
    assert isinstance(bad, ZeroDivisionError)
    assert isinstance(clash, IntegrityError)
    assert await run(counts) == 1


async def test_a_caller_who_goes_away_stops_nobody(sqlite_store: Store) -> None:
    gone = asyncio.ensure_future(sqlite_store.desk.serve(ANN, 1, NOW, says(seat="kept")))
    await asyncio.sleep(0)
    gone.cancel()
    assert await sqlite_store.desk.serve(BEN, 1, NOW, says())
    assert (await look(sqlite_store.desk, ANN)).seat == "kept"


async def test_a_locked_database_is_down_and_then_up_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY", 0.05)
    file = tmp_path / "guide.sqlite3"
    store = await open_store(f"sqlite:///{file}", (KEY,))
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    results = await asyncio.gather(*(store.desk.serve(ANN, update, NOW, says()) for update in (1, 2)), return_exceptions=True)
    assert [type(result) for result in results] == [StoreDown, StoreDown]
    other.execute("ROLLBACK")
    other.close()
    assert await store.desk.serve(ANN, 1, NOW, says())
    await store.close()


async def test_a_closed_store_is_down(tmp_path: Path) -> None:
    store = await open_store(f"sqlite:///{tmp_path / 'guide.sqlite3'}", (KEY,))
    await store.close()
    await store.close()
    with pytest.raises(StoreDown):
        await store.desk.next_due()


async def test_a_file_that_is_no_database_is_down(tmp_path: Path) -> None:
    (tmp_path / "guide.sqlite3").write_text("something else entirely, and long enough to be looked at" * 20)
    with pytest.raises(StoreDown, match="DatabaseError SQLITE_NOTADB"):
        await open_store(f"sqlite:///{tmp_path / 'guide.sqlite3'}", (KEY,))


async def test_a_server_that_is_away_is_down() -> None:
    pytest.importorskip("asyncpg")
    with pytest.raises(StoreDown):
        await open_store("postgresql+asyncpg://nobody@127.0.0.1:1/nothing", (KEY,))


async def test_a_server_that_drops_its_connections_is_down_once(postgres_store: Store) -> None:
    kill = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND usename = current_user "
                "AND backend_type = 'client backend'")
    await asyncio.gather(*(postgres_store.desk.next_due() for _ in range(2)))
    await postgres_store.runner.run(lambda connection: connection.execute(kill))
    results = await asyncio.gather(*(postgres_store.desk.next_due() for _ in range(2)), return_exceptions=True)
    assert {type(result) for result in results} <= {StoreDown, type(None)}
    assert await postgres_store.desk.serve(ANN, 1, NOW, says())


async def test_the_pragmas_hold(sqlite_store: Store) -> None:
    def pragmas(connection: Connection) -> list[object]:
        names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        return [connection.scalar(text(f"PRAGMA {name}")) for name in names]

    assert await sqlite_store.runner.run(pragmas) == ["wal", 2, 1, 1]


def test_the_head_that_the_code_knows_is_the_newest_revision() -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), METADATA))


async def test_the_revisions_make_the_tables_the_code_knows(url: str) -> None:
    store = await open_store(url, (KEY,))
    assert await store.runner.run(differences) == []
    assert await store.runner.run(revision) == HEAD
    await store.close()


def test_an_up_to_date_database_is_opened_without_alembic(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'guide.sqlite3'}"
    asyncio.run(open_and_close(url))
    script = ("import asyncio, sys; from bot.store.open_store import open_store;"
              f"asyncio.run(open_store({url!r}, (sys.argv[1],))); sys.exit('alembic' in sys.modules)")
    root = Path(__file__).resolve().parent.parent.parent
    assert subprocess.run([sys.executable, "-c", script, KEY], check=False, cwd=root).returncode == 0


async def open_and_close(url: str) -> None:
    await (await open_store(url, (KEY,))).close()


async def test_a_database_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'guide.sqlite3'}"
    store = await open_store(url, (KEY,))
    await store.runner.run(lambda connection: connection.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    await store.close()
    with pytest.raises(StoreError, match="newer version"):
        await open_store(url, (KEY,))


async def test_two_programs_may_start_at_once(postgres_url: str) -> None:
    def undone(connection: Connection) -> None:
        METADATA.drop_all(connection)
        connection.execute(text("DROP TABLE IF EXISTS alembic_version"))

    runner = runner_for(postgres_url)
    await runner.start(undone)
    await runner.close()
    stores = await asyncio.gather(*(open_store(postgres_url, (KEY,)) for _ in range(3)))
    assert await stores[0].runner.run(revision) == HEAD
    await asyncio.gather(*(store.close() for store in stores))


async def test_migrating_keeps_what_refers_to_a_rebuilt_table() -> None:
    """Foreign keys are off until the start is done."""
    runner = SqliteRunner(make_url("sqlite://"))

    def prepare(connection: Connection) -> int:
        migrate(connection)
        return int(connection.scalar(text("PRAGMA foreign_keys")) or 0)

    assert await runner.start(prepare) == 0
    assert await runner.run(lambda connection: connection.scalar(text("PRAGMA foreign_keys"))) == 1
    await runner.close()


async def test_tidying_up_deletes_what_is_old(sqlite_store: Store) -> None:
    year = 366 * 24 * 3600
    entry = Outcome("s", records=(("rated", {}),), timers=(("a", after(9)),))
    await sqlite_store.desk.serve(ANN, 1, NOW, does(entry))
    await sqlite_store.desk.serve(BEN, 1, NOW, does(entry))
    await sqlite_store.desk.serve(BEN, 2, after(year), does(entry))
    assert await sqlite_store.tidy(after(year)) == (0, 1)
    assert await sqlite_store.desk.people_due(after(year), 9) == (BEN,)
    assert await sqlite_store.tidy(after(2 * year - 24 * 3600)) == (1, 0)
    assert len(await sqlite_store.desk.journal(BEN)) == 1
    assert await sqlite_store.desk.journal(ANN) == ()


async def test_who_was_forgotten_is_gone_when_their_updates_are_offered_no_more(url: str) -> None:
    store = await open_store(url, (KEY,))
    await store.desk.serve(ANN, 1, NOW, says(seat="hers"))
    await store.desk.serve(BEN, 1, NOW, says(seat="his"))
    await store.desk.serve(ANN, 2, NOW, does(Outcome(forget=True)))
    assert await store.tidy(after(25 * 3600)) == (0, 0)
    assert not await store.desk.serve(ANN, 2, after(24 * 3600), says())
    assert await store.tidy(after(49 * 3600)) == (0, 1)
    assert await store.runner.run(counts) == 1
    assert (await look(store.desk, BEN)).seat == "his"
    await store.close()


def sealed(connection: Connection) -> bytes:
    return str(connection.scalar(select(PEOPLE.c.seat).where(PEOPLE.c.user_id == ANN.id))).encode()


async def test_what_was_forgotten_stands_in_no_file(tmp_path: Path) -> None:
    """Not in the log beside the database either, while the bot goes on running."""
    store = await open_store(f"sqlite:///{tmp_path / 'guide.sqlite3'}", (KEY,))
    await store.desk.serve(ANN, 1, NOW, says(seat="heart " * 50))
    old = await store.runner.run(sealed)
    files = [tmp_path / name for name in ("guide.sqlite3", "guide.sqlite3-wal")]
    assert old in files[1].read_bytes()
    await store.desk.serve(ANN, 2, NOW, does(Outcome(forget=True)))
    assert not any(old in file.read_bytes() for file in files)
    await store.desk.serve(ANN, 3, NOW, says(seat="heart " * 50))
    await store.tidy(NOW)
    assert files[1].stat().st_size == 0
    await store.close()


async def test_somebody_who_reads_all_the_while_fails_no_forgetting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                                    caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(engine, "BUSY", 0.05)
    file = tmp_path / "guide.sqlite3"
    store = await open_store(f"sqlite:///{file}", (KEY,))
    await store.desk.serve(ANN, 1, NOW, says())
    reader = sqlite3.connect(file, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM people").fetchone()
    assert await store.desk.serve(ANN, 2, NOW, does(Outcome(forget=True)))
    assert "not_scrubbed" in caplog.text
    reader.close()
    await store.close()


async def test_a_database_that_is_damaged_while_it_is_used_is_down(tmp_path: Path) -> None:
    """Not a mistake of ours in one update: it would be confirmed, and lost."""
    file = tmp_path / "guide.sqlite3"
    await open_and_close(f"sqlite:///{file}")
    with sqlite3.connect(file) as raw:
        size = raw.execute("PRAGMA page_size").fetchone()[0]
        pages = [root for (root,) in raw.execute("SELECT rootpage FROM sqlite_master WHERE tbl_name = 'people'")]
    raw.close()
    with file.open("r+b") as image:
        for page in pages:
            image.seek((page - 1) * size)
            image.write(b"\xff" * size)
    store = await open_store(f"sqlite:///{file}", (KEY,))
    with pytest.raises(StoreDown, match="CORRUPT"):
        await store.desk.serve(ANN, 1, NOW, says())
    await store.close()


async def test_days_only_are_kept_of_when_somebody_was_here(sqlite_store: Store) -> None:
    await sqlite_store.desk.serve(Person("telegram", 5), 1, NOW + dt.timedelta(hours=3), says())
    found = await sqlite_store.runner.run(lambda connection: connection.execute(
        PEOPLE.select().with_only_columns(PEOPLE.c.created, PEOPLE.c.updated)).one())
    assert tuple(found) == (20513, 20513)


def test_addresses() -> None:
    assert sqlite_file("sqlite://") is None
    assert sqlite_file("sqlite:///data/guide.sqlite3") == Path("data/guide.sqlite3")
    assert sqlite_file("postgresql://a@b/c") is None
    runner = runner_for("postgresql://a@b/c?sslmode=require&channel_binding=require")
    assert isinstance(runner, PostgresRunner)
    url = engine._asyncpg_url(runner._url)
    assert url.render_as_string() == "postgresql+asyncpg://a@b/c?ssl=require"
