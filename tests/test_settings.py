"""Settings come from the environment, and everything that is wrong is said at once, without secrets."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.settings import TELEGRAM, Settings, SettingsError, settings_from

KEY = Fernet.generate_key().decode()


def problems(**environ: str) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        settings_from(environ)
    return caught.value.problems


def test_with_nothing_set_there_is_a_chat_in_the_terminal() -> None:
    settings = settings_from({})
    assert settings == Settings()
    assert (settings.token, settings.api_url, settings.keys, settings.log_level) == (None, TELEGRAM, (), "info")
    assert settings.database_url == "sqlite:///data/guide.sqlite3"
    assert settings.knowledge.is_dir()


def test_everything_can_be_set(tmp_path: Path) -> None:
    settings = settings_from({
        "TELEGRAM_BOT_TOKEN": " 123456:ABC-def_9 ", "TELEGRAM_API_URL": "http://localhost:8081/", "ACUPRESSURE_DATA": str(tmp_path),
        "ACUPRESSURE_KEYS": f"{KEY}, {KEY},", "ACUPRESSURE_KNOWLEDGE": str(tmp_path), "ACUPRESSURE_LOG_LEVEL": "DEBUG",
    })
    assert settings == Settings(token="123456:ABC-def_9", api_url="http://localhost:8081", data=tmp_path,
                                database_url=f"sqlite:///{tmp_path.as_posix()}/guide.sqlite3", keys=(KEY, KEY),
                                knowledge=tmp_path, log_level="debug")


@pytest.mark.parametrize(("given", "meant"), [
    ("postgres://u:p@h/d", "postgresql+asyncpg://u:p@h/d"),
    ("postgresql://u:p@h/d?sslmode=require", "postgresql+asyncpg://u:p@h/d?sslmode=require"),
    ("sqlite:////var/lib/guide.sqlite3", "sqlite:////var/lib/guide.sqlite3"),
])
def test_a_database_is_named_by_its_address(given: str, meant: str) -> None:
    assert settings_from({"DATABASE_URL": given, "TELEGRAM_BOT_TOKEN": "1:x"}).database_url == meant


def test_our_own_name_for_the_database_wins_and_empty_is_not_set() -> None:
    both = {"DATABASE_URL": "mysql://x", "ACUPRESSURE_DATABASE_URL": "sqlite:///x", "TELEGRAM_BOT_TOKEN": "1:x"}
    assert settings_from(both) == Settings(token="1:x", database_url="sqlite:///x")


def test_all_problems_at_once_one_line_each_without_secrets(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    secret = "hunter2"
    found = problems(
        TELEGRAM_BOT_TOKEN=secret, TELEGRAM_API_URL="api.telegram.org", ACUPRESSURE_DATABASE_URL=f"mysql://root:{secret}@h/d",
        ACUPRESSURE_KEYS=f"{KEY},{secret}", ACUPRESSURE_DATA=str(tmp_path / "file"), ACUPRESSURE_LOG_LEVEL="loud",
        ACUPRESSURE_KNOWLEDGE=str(tmp_path / "none"),
    )
    assert sorted(problem.split(":")[0] for problem in found) == [
        "ACUPRESSURE_DATA", "ACUPRESSURE_DATABASE_URL", "ACUPRESSURE_KEYS", "ACUPRESSURE_KNOWLEDGE", "ACUPRESSURE_LOG_LEVEL",
        "TELEGRAM_API_URL", "TELEGRAM_BOT_TOKEN",
    ]
    assert all("\n" not in problem and secret not in problem for problem in found)
    assert any("key 2" in problem for problem in found)


@pytest.mark.parametrize("name", ["ACUPRESSURE_DATA", "ACUPRESSURE_KNOWLEDGE"])
@pytest.mark.parametrize("path", ["~nosuchuser/x", "x" * 5000])
def test_a_path_that_cannot_be_is_told(name: str, path: str) -> None:
    assert [problem.partition(":")[0] for problem in problems(**{name: path})] == [name]


@pytest.mark.parametrize("key", ["é" * 44, KEY[:-4], "x"], ids=["letters", "short", "one"])
def test_a_key_of_another_shape_is_refused(key: str) -> None:
    assert "Fernet" in problems(ACUPRESSURE_KEYS=key)[0]


def test_printing_shows_no_secret() -> None:
    settings = settings_from({"TELEGRAM_BOT_TOKEN": "1:secret", "ACUPRESSURE_KEYS": KEY, "DATABASE_URL": "postgresql://u:secret@h/d"})
    assert "secret" not in repr(settings)
    assert KEY not in str(settings)
