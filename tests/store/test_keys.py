"""Encryption: nothing readable in the file, no start with a wrong key, no value that was moved or changed."""

from __future__ import annotations

import logging
import stat
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.conversation import Loaded, Outcome, Outgoing, Person, StoreDown
from bot.store.crypto import Box, new_key
from bot.store.errors import Tampered, WrongKey
from bot.store.keys import box_for
from bot.store.open_store import Store, open_store
from bot.store.tables import JOURNAL, META, OUTBOX, PEOPLE
from tests.store.conftest import KEY
from tests.store.contract import ANN, BEN, NOW, does, look, says

OLD, NEW = new_key(), new_key()


def url_in(folder: Path) -> str:
    return f"sqlite:///{folder / 'guide.sqlite3'}"


def contents(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


async def filled(url: str, keys: tuple[str, ...]) -> None:
    store = await open_store(url, keys)
    health = Outcome("my seat: heart", (Outgoing("my row: heart"),), records=(("heart", {"pain": 7}),))
    await store.desk.serve(ANN, 1, NOW, does(health))
    await store.close()


async def test_nothing_about_health_is_readable_in_the_files(tmp_path: Path) -> None:
    await filled(url_in(tmp_path), (OLD,))
    assert b"telegram" in contents(tmp_path)
    assert b"heart" not in contents(tmp_path)


async def test_a_journal_entry_is_read_back(sqlite_store: Store) -> None:
    await sqlite_store.desk.serve(ANN, 1, NOW, does(Outcome(records=(("rated", {"before": 7, "point": "内關"}),))))
    assert await sqlite_store.desk.journal(ANN) == ((NOW, "rated", {"before": 7, "point": "内關"}),)


@pytest.mark.parametrize("keys", [(NEW,), ()])
async def test_a_wrong_or_missing_key_means_no_start(tmp_path: Path, keys: tuple[str, ...]) -> None:
    await filled(url_in(tmp_path), (OLD,))
    with pytest.raises(WrongKey, match="ACUPRESSURE_KEYS"):
        await open_store(url_in(tmp_path), keys)
    assert not (tmp_path / "guide.key").exists()
    await (await open_store(url_in(tmp_path), (OLD,))).close()


async def test_a_new_key_in_front_of_the_old_one_reads_everything(tmp_path: Path) -> None:
    await filled(url_in(tmp_path), (OLD,))
    store = await open_store(url_in(tmp_path), (NEW, OLD))
    assert (await look(store.desk, ANN)).seat == "my seat: heart"
    assert await store.rekey() == (3, 0)
    await store.close()
    store = await open_store(url_in(tmp_path), (NEW,))
    assert (await look(store.desk, ANN)).seat == "my seat: heart"
    await store.close()


async def test_for_trying_out_a_key_is_made_once_beside_the_file(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        await filled(url_in(tmp_path), ())
    key = (tmp_path / "guide.key")
    assert "guide.key" in caplog.text
    assert key.read_text().strip() not in caplog.text
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "guide.sqlite3").stat().st_mode) == 0o600
    made = key.read_text()
    store = await open_store(url_in(tmp_path))
    assert (await look(store.desk, ANN)).seat == "my seat: heart"
    assert key.read_text() == made
    await store.close()


async def test_an_empty_key_file_is_filled_while_nothing_was_written_with_it(tmp_path: Path) -> None:
    """What a full disk left of it at the first start."""
    (tmp_path / "guide.key").touch()
    await filled(url_in(tmp_path), ())
    assert (tmp_path / "guide.key").read_text().strip()
    assert not (tmp_path / "guide.key.new").exists()
    (tmp_path / "guide.key").write_text("")
    with pytest.raises(WrongKey, match="holds no key"):
        await open_store(url_in(tmp_path))


async def test_whoever_lacks_the_key_that_was_made_is_told_where_it_stands(tmp_path: Path) -> None:
    await filled(url_in(tmp_path), ())
    with pytest.raises(WrongKey, match=r"stands in .*guide\.key"):
        await open_store(url_in(tmp_path), (NEW,))
    store = await open_store(url_in(tmp_path), (NEW, (tmp_path / "guide.key").read_text().strip()))
    await store.rekey()
    await store.close()
    with pytest.raises(WrongKey, match=r"not set, and the key in .*guide\.key does not open"):
        await open_store(url_in(tmp_path))


async def test_a_lost_key_file_is_never_replaced(tmp_path: Path) -> None:
    await filled(url_in(tmp_path), ())
    (tmp_path / "guide.key").unlink()
    with pytest.raises(WrongKey, match="not set"):
        await open_store(url_in(tmp_path))
    assert not (tmp_path / "guide.key").exists()


async def test_a_database_that_lost_its_check_value_but_has_people_gets_no_new_key(tmp_path: Path) -> None:
    await filled(url_in(tmp_path), (OLD,))
    store = await open_store(url_in(tmp_path), (OLD,))
    await store.runner.run(lambda connection: connection.execute(META.delete()))
    with pytest.raises(WrongKey):
        await store.runner.run(lambda connection: box_for(connection, (), tmp_path / "guide.sqlite3"))
    await store.close()


async def test_postgresql_never_gets_a_key_by_itself(postgres_url: str, postgres_store: Store) -> None:
    assert postgres_store
    with pytest.raises(WrongKey, match="PostgreSQL"):
        await open_store(postgres_url)


async def test_a_row_moved_to_somebody_else_does_not_open(sqlite_store: Store) -> None:
    await sqlite_store.desk.serve(ANN, 1, NOW, says(seat="hers"))
    await sqlite_store.desk.serve(BEN, 1, NOW, says(seat="his"))
    stolen = PEOPLE.select().with_only_columns(PEOPLE.c.seat).where(PEOPLE.c.user_id == ANN.id)
    swap = update(PEOPLE).where(PEOPLE.c.user_id == BEN.id).values(seat=stolen.scalar_subquery())
    await sqlite_store.runner.run(lambda connection: connection.execute(swap))
    assert await look(sqlite_store.desk, BEN) == Loaded(None, lost=True)
    assert (await look(sqlite_store.desk, ANN)).seat == "hers"


async def test_a_row_that_does_not_open_does_not_hold_up_the_next(sqlite_store: Store) -> None:
    await sqlite_store.desk.serve(ANN, 1, NOW, says("one"))
    await sqlite_store.runner.run(lambda connection: connection.execute(update(OUTBOX).values(payload="changed")))
    await sqlite_store.desk.serve(ANN, 2, NOW, says("two"))
    row = await sqlite_store.outbox.next_row(ANN, NOW)
    assert row is not None
    assert row.payload == "two"


@pytest.fixture
async def rotating(url: str) -> AsyncIterator[str]:
    """A database that KEY wrote. At the end it is KEY's alone again, for the next test."""
    await filled(url, (KEY,))
    yield url
    store = await open_store(url, (KEY, NEW))
    await store.rekey()
    await store.close()


async def test_every_key_that_ever_wrote_must_be_there_until_everything_is_written_anew(rotating: str) -> None:
    await (await open_store(rotating, (NEW, KEY))).close()
    for keys in ((KEY,), (NEW,)):
        with pytest.raises(WrongKey, match="rekey"):
            await open_store(rotating, keys)
    store = await open_store(rotating, (NEW, KEY))
    await store.rekey()
    await store.close()
    await (await open_store(rotating, (NEW,))).close()


async def test_what_another_process_writes_with_a_newer_key_is_left_to_it(rotating: str) -> None:
    behind, ahead = await open_store(rotating, (KEY,)), await open_store(rotating, (NEW, KEY))
    await ahead.desk.serve(BEN, 1, NOW, says("call 112", seat="his", kind="alarm"))
    with pytest.raises(StoreDown, match="another process"):
        await behind.desk.serve(BEN, 2, NOW, does(Outcome(seat="instead")))
    with pytest.raises(StoreDown, match="another process"):
        await behind.outbox.next_row(BEN, NOW)
    row = await ahead.outbox.next_row(BEN, NOW)
    assert row is not None
    assert row.payload == "call 112"
    assert (await look(ahead.desk, BEN)).seat == "his"
    await behind.close()
    await ahead.close()


async def test_a_damaged_seat_is_lost_and_makes_room_for_a_new_one(url: str) -> None:
    await filled(url, (KEY,))
    store = await open_store(url, (KEY,))
    await store.runner.run(lambda connection: connection.execute(update(PEOPLE).values(seat="changed")))
    await store.runner.run(lambda connection: connection.execute(update(JOURNAL).values(entry="changed")))
    assert await look(store.desk, ANN) == Loaded(None, lost=True)
    assert await store.desk.journal(ANN) == ()
    assert await store.rekey() == (1, 2)
    await store.desk.serve(ANN, 2, NOW, says(seat="new"))
    assert await look(store.desk, ANN) == Loaded("new")
    await store.close()


def test_values_of_one_table_do_not_open_in_another() -> None:
    box = Box((OLD,))
    sealed = box.seal(ANN, "people", "x")
    assert box.open(ANN, "people", sealed) == "x"
    for person, table in ((ANN, "journal"), (Person("terminal", ANN.id), "people")):
        with pytest.raises(Tampered):
            box.open(person, table, sealed)
    with pytest.raises(Tampered):
        Box((NEW,)).open(ANN, "people", sealed)
    with pytest.raises(Tampered):
        Box((NEW,)).rotate(sealed)
