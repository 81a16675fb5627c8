"""`rekey` as the operator meets it: it makes nothing that is not there, and says what is left to do."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.conversation import Outcome
from bot.store.crypto import new_key
from bot.store.open_store import open_store
from bot.tools.rekey import main
from tests.store.contract import ANN, NOW, does, says

NEW = new_key()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Of the data, for the tool too; nothing in it."""
    monkeypatch.setenv("ACUPRESSURE_DATA", str(tmp_path))
    for name in ("ACUPRESSURE_KEYS", "ACUPRESSURE_DATABASE_URL", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


async def begun(folder: Path) -> None:
    """Tried out: a key was made beside the database."""
    store = await open_store(f"sqlite:///{folder / 'guide.sqlite3'}")
    await store.desk.serve(ANN, 1, NOW, says("hello", seat="seat"))
    await store.desk.serve(ANN, 2, NOW, does(Outcome(records=(("rated", {}),))))
    await store.close()


def test_where_there_is_no_database_none_is_made(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert f"no database {folder / 'guide.sqlite3'}" in capsys.readouterr().out
    assert list(folder.iterdir()) == []


def test_without_keys_it_says_which_to_set(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asyncio.run(begun(folder))
    assert main([]) == 2
    told = capsys.readouterr().out
    assert "ACUPRESSURE_KEYS is not set" in told
    assert str(folder / "guide.key") in told


def test_from_the_key_that_was_made_to_one_of_ones_own(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:
    asyncio.run(begun(folder))
    made = (folder / "guide.key").read_text().strip()
    monkeypatch.setenv("ACUPRESSURE_KEYS", f"{NEW},{made}")
    assert main([]) == 0
    told = capsys.readouterr().out
    assert f"{folder / 'guide.sqlite3'}: 3 values" in told
    assert f"{folder / 'guide.key'} holds a key that is not used any more" in told
    assert NEW not in told
    assert made not in told


def test_the_key_that_was_made_may_stay_the_one_that_writes(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:
    asyncio.run(begun(folder))
    monkeypatch.setenv("ACUPRESSURE_KEYS", (folder / "guide.key").read_text().strip())
    assert main([]) == 0
    assert "not used" not in capsys.readouterr().out


def test_a_file_that_is_no_database_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ACUPRESSURE_KEYS", NEW)
    (folder / "guide.sqlite3").write_text("something else entirely, and long enough to be looked at" * 20)
    assert main([]) == 2
    assert f"The database file {folder / 'guide.sqlite3'} cannot be used" in capsys.readouterr().out
