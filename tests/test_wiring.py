"""What must be mended before the bot serves anybody is told in clear lines, with exit status 2."""

from __future__ import annotations

import asyncio
import datetime as dt
import io
import shutil
from pathlib import Path

import pytest

from bot.catalog.load import load
from bot.clock import SimulatedClock
from bot.conversation import StoreDown
from bot.settings import KNOWLEDGE, SettingsError, settings_from
from bot.store.errors import StoreError
from bot.store.open_store import open_store
from bot.tools.check import main as check
from bot.wiring import CANNOT_START, DAY, _tidied_daily, main, note_ears

TOKEN = {"TELEGRAM_BOT_TOKEN": "123456:ABC-DEF", "TELEGRAM_API_URL": "http://127.0.0.1:9"}
SECRET = "hunter2"


def started(**environ: str) -> tuple[int, str]:
    out = io.StringIO()
    return main(environ, io.StringIO(""), out), out.getvalue()


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """A copy to break; the pictures are the same files."""
    copy = tmp_path / "knowledge"
    shutil.copytree(KNOWLEDGE, copy, ignore=lambda folder, names: names if folder.endswith("images") else ())
    return copy


def test_an_alarm_rule_that_cannot_be_read_means_no_start(knowledge: Path) -> None:
    rules = knowledge / "lang" / "en" / "understanding" / "alarms" / "torsion.yaml"
    rules.write_text(rules.read_text(encoding="utf-8").replace("TESTICLE +", "TESTICEL +"), encoding="utf-8")
    status, told = started(ACUPRESSURE_KNOWLEDGE=str(knowledge), **TOKEN)
    assert status == CANNOT_START
    assert "TESTICEL" in told


def test_a_damaged_second_ear_means_no_start_and_check_says_the_same(knowledge: Path, capsys: pytest.CaptureFixture[str]) -> None:
    learned = knowledge / "lang" / "en" / "understanding" / "learned.txt"
    text = learned.read_text(encoding="utf-8")
    learned.write_text(text[: len(text) // 2], encoding="utf-8")
    status, told = started(ACUPRESSURE_KNOWLEDGE=str(knowledge), **TOKEN)
    assert (status, told.count("\n"), "learned.txt is damaged" in told) == (CANNOT_START, 1, True)
    assert check([str(knowledge)]) == 1
    assert told in capsys.readouterr().out


def test_a_terminal_that_lacks_letters_shows_question_marks() -> None:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="cp1252")
    assert main({}, io.StringIO("/start\n1\n/point PC6\n"), out) == 0
    out.flush()
    assert b" ??, say" in raw.getvalue()


def test_the_second_ear_of_a_complete_language_must_be_there(knowledge: Path) -> None:
    learned = knowledge / "lang" / "en" / "understanding" / "learned.txt"
    for text in ("", None):
        learned.write_text(text) if text is not None else learned.unlink()
        status, told = started(ACUPRESSURE_KNOWLEDGE=str(knowledge), **TOKEN)
        assert (status, told.count("\n"), "learned.txt" in told) == (CANNOT_START, 1, True)


def test_the_log_tells_by_what_a_language_is_heard(knowledge: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", "bot"):
        note_ears(load(knowledge))
    assert [record.getMessage().split()[1::2] for record in caplog.records] == [["language=en", "second_ear=yes"]]


@pytest.mark.parametrize("address", [
    f"postgresql+asyncpg://u:{SECRET}@127.0.0.1:abc/db", f"postgresql+asyncpg://u:a@{SECRET}:1@h/db",
    f"postgresql+asyncpg://u:{SECRET}@127.0.0.1:1/db?foo=bar", "sqlite:////", "nonsense",
])
async def test_an_address_that_cannot_be_read_is_told_without_secrets(address: str) -> None:
    with pytest.raises(StoreError) as told:
        await open_store(address)
    assert SECRET not in str(told.value)
    assert "ACUPRESSURE_DATABASE_URL" in str(told.value)


@pytest.mark.parametrize("address", ["sqlite://guide.sqlite3", "sqlite:///", "sqlite:///?mode=memory"])
def test_a_database_that_forgets_is_no_database(address: str) -> None:
    with pytest.raises(SettingsError):
        settings_from({"ACUPRESSURE_DATABASE_URL": address, **TOKEN})


def test_a_server_that_is_down_is_one_line() -> None:
    status, told = started(ACUPRESSURE_DATABASE_URL=f"postgresql://u:{SECRET}@127.0.0.1:1/db", **TOKEN)
    assert (status, told.count("\n"), SECRET in told) == (CANNOT_START, 1, False)


def test_a_file_that_holds_no_key_is_told(tmp_path: Path) -> None:
    (tmp_path / "guide.key").write_text("garbage\n", encoding="utf-8")
    status, told = started(ACUPRESSURE_DATA=str(tmp_path), **TOKEN)
    assert (status, "holds no key" in told) == (CANNOT_START, True)


def test_a_key_file_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "guide.key.new").mkdir()  # where the key is written first
    status, told = started(ACUPRESSURE_DATA=str(tmp_path), **TOKEN)
    assert (status, told.count("\n"), "guide.key" in told) == (CANNOT_START, 1, True)
    assert not (tmp_path / "guide.key").exists()


def test_a_file_that_is_no_database_is_told_as_a_file(tmp_path: Path) -> None:
    (tmp_path / "guide.sqlite3").write_text("something else entirely, and long enough to be looked at" * 20)
    status, told = started(ACUPRESSURE_DATA=str(tmp_path), **TOKEN)
    assert (status, told.count("\n"), str(tmp_path / "guide.sqlite3") in told, "ACUPRESSURE_DATABASE_URL" in told) == (
        CANNOT_START, 1, True, False)


async def test_what_could_not_be_tidied_is_logged_and_tried_the_next_day(caplog: pytest.LogCaptureFixture) -> None:
    clock, tries = SimulatedClock(dt.datetime(2026, 3, 2, tzinfo=dt.UTC)), []

    async def tidy(now: dt.datetime) -> None:
        tries.append(now)
        raise (StoreDown, ValueError, KeyError)[len(tries) - 1]

    task = asyncio.create_task(_tidied_daily(tidy, clock))
    for _ in range(3):
        await asyncio.sleep(0)
        clock.advance(DAY)
    task.cancel()
    assert [now.day for now in tries] == [2, 3, 4]
    assert sum("not_tidied" in record.getMessage() for record in caplog.records) == 3
