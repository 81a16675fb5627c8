"""What must be mended before the bot serves anybody is told in clear lines, with exit status 2."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest

from bot.settings import KNOWLEDGE
from bot.wiring import CANNOT_START, main

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
    for front in ({}, TOKEN):
        status, told = started(ACUPRESSURE_KNOWLEDGE=str(knowledge), **front)
        assert status == CANNOT_START
        assert "TESTICEL" in told


@pytest.mark.parametrize("address", [
    f"postgresql://u:{SECRET}@127.0.0.1:1/db", f"postgresql://u:{SECRET}@127.0.0.1:abc/db", f"postgresql://u:a@{SECRET}:1@h/db",
    f"postgresql://u:{SECRET}@127.0.0.1:1/db?foo=bar", "sqlite://guide.sqlite3", "sqlite:///", "sqlite:////",
])
def test_a_database_that_cannot_be_used_is_told_in_one_line_without_secrets(address: str) -> None:
    status, told = started(ACUPRESSURE_DATABASE_URL=address, **TOKEN)
    assert status == CANNOT_START
    assert "ACUPRESSURE_DATABASE_URL" in told
    assert told.count("\n") == 1
    assert SECRET not in told


def test_a_file_that_is_no_database_or_no_key_is_told(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("hello\n", encoding="utf-8")
    assert started(ACUPRESSURE_DATABASE_URL=f"sqlite:///{tmp_path / 'notes.txt'}", **TOKEN)[0] == CANNOT_START
    (tmp_path / "guide.key").write_text("garbage\n", encoding="utf-8")
    status, told = started(ACUPRESSURE_DATA=str(tmp_path), **TOKEN)
    assert (status, "holds no key" in told) == (CANNOT_START, True)
