"""Programs killed while they write, and two programs on one database."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.conversation import Person
from bot.store.open_store import Store, open_store
from bot.store.tables import OUTBOX
from tests.store.child import PEOPLE, counted
from tests.store.conftest import KEY
from tests.store.contract import ANN, FRONT, NOW, after, look, says

ROOT = Path(__file__).resolve().parent.parent.parent


@contextmanager
def child(what: str, url: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.store.child", what, url, KEY]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def read_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def killed_after(url: str, lines: int) -> dict[int, int]:
    """What the child said was committed, person -> number, until it was killed."""
    with child("write", url) as process:
        said = [read_line(process) for _ in range(lines)]
        process.kill()
        assert process.stdout is not None
        said += process.stdout
    pairs = [line.split() for line in said if line.endswith("\n")]
    return {int(person): int(number) for person, number in pairs}


async def assert_whole(store: Store, person: Person, committed: int) -> None:
    """Seat, rows and journal agree, nothing that was committed is gone, no update counts twice."""
    seat = int((await look(store.desk, person)).seat or 0)
    journal = [entry.facts["n"] for entry in await store.desk.journal(person)]
    rows = await store.runner.run(lambda connection: connection.scalar(
        select(func.count()).select_from(OUTBOX).where(OUTBOX.c.user_id == person.id)))
    assert seat >= committed
    assert journal == list(range(1, seat + 1))
    assert rows == seat
    if seat:
        assert not await store.desk.serve(person, seat, NOW, counted)


@pytest.mark.parametrize("lines", [40, 333])
async def test_killed_in_the_middle_of_writing(url: str, lines: int) -> None:
    committed = killed_after(url, lines)
    store = await open_store(url, (KEY,))
    for number in range(PEOPLE):
        await assert_whole(store, Person(FRONT, number), committed.get(number, 0))
    await store.close()


async def test_what_a_crash_left_in_the_log_survives(tmp_path: Path) -> None:
    """The database file alone is behind; the write-ahead log holds the rest and is taken in at the next start."""
    url = f"sqlite:///{tmp_path / 'guide.sqlite3'}"
    committed = killed_after(url, 50)
    assert (tmp_path / "guide.sqlite3-wal").stat().st_size > 0
    store = await open_store(url, (KEY,))
    assert committed
    for number, count in committed.items():
        assert int((await look(store.desk, Person(FRONT, number))).seat or 0) >= count
    await store.close()
    assert not (tmp_path / "guide.sqlite3-wal").exists()


async def test_two_programs_never_lease_the_same_person(url: str) -> None:
    store = await open_store(url, (KEY,))
    for number in range(120):
        await store.desk.serve(Person(FRONT, number), 1, NOW, says("hello"))
    with child("one", url) as one, child("two", url) as two:
        for process in (one, two):
            assert read_line(process) == "ready\n"
        for process in (one, two):
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        first, second = ([*json.loads(process.communicate(timeout=60)[0])] for process in (one, two))
    assert sorted(first + second) == list(range(120))
    await store.close()


async def test_a_reminder_whose_sender_was_killed_is_not_sent_again_but_counted(url: str) -> None:
    store = await open_store(url, (KEY,))
    await store.desk.serve(ANN, 1, NOW, says("come", kind="reminder"))
    with child("remind", url) as process:
        assert read_line(process) == "marked\n"
    await store.desk.serve(ANN, 2, NOW, says("and a reply"))
    assert await store.outbox.lease(FRONT, "me", after(29), 30, 5) == ()
    assert await store.outbox.lease(FRONT, "me", after(31), 30, 5) == (ANN,)
    row = await store.outbox.next_row(ANN, after(31))
    assert row is not None
    assert (row.payload, await store.outbox.uncertain()) == ("and a reply", 1)
    await store.close()
