"""What the operator decides, from environment variables, in one frozen value."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

TELEGRAM = "https://api.telegram.org"
LEVELS = ("debug", "info", "warning", "error")
KNOWLEDGE = Path(__file__).resolve().parent.parent / "knowledge"
DATABASE_NAMES = ("ACUPRESSURE_DATABASE_URL", "DATABASE_URL")
"""Not looked at for the chat in the terminal, which keeps nothing."""
DATABASES = ("sqlite", "postgres", "postgresql", "postgresql+asyncpg")
MAKE_A_KEY = 'python -c "from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())"'
T = TypeVar("T")


class SettingsError(Exception):
    """Settings that cannot be used: `problems` holds one line each, and never a secret."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Settings:
    """Secrets (the token, the keys, the database address) do not show when it is printed."""

    token: str | None = field(default=None, repr=False)
    """TELEGRAM_BOT_TOKEN. None: chat in the terminal."""
    api_url: str = TELEGRAM
    """TELEGRAM_API_URL: root of a Bot API server, without a slash at the end."""
    data: Path = Path("data")
    """ACUPRESSURE_DATA: a folder the bot may write to."""
    database_url: str = field(default="sqlite:///data/guide.sqlite3", repr=False)
    """ACUPRESSURE_DATABASE_URL or DATABASE_URL, `sqlite:///path` or `postgresql://...`."""
    keys: tuple[str, ...] = field(default=(), repr=False)
    """ACUPRESSURE_KEYS: Fernet keys with commas between; the first one writes, all of them read."""
    knowledge: Path = KNOWLEDGE
    """ACUPRESSURE_KNOWLEDGE: the folder with the knowledge base."""
    log_level: str = "info"
    """ACUPRESSURE_LOG_LEVEL: debug, info, warning or error."""


class _Reader:
    """Reads variables, collecting what is wrong. A variable that is empty counts as not set."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self.problems: list[str] = []

    def get(self, default: T, made: Callable[[str], T], *names: str) -> T:
        for name in names:
            text = self._environ.get(name, "").strip()
            if text:
                return self._made(default, made, name, text)
        return default

    def _made(self, default: T, made: Callable[[str], T], name: str, text: str) -> T:
        try:
            return made(text)
        except ValueError as error:
            self.problems.append(f"{name}: {error}")
        except (OSError, RuntimeError) as error:  # a folder we may not look into, the home of somebody who is not there
            self.problems.append(f"{name}: this path cannot be used: {getattr(error, 'strerror', None) or error}")
        return default


def settings_from(environ: Mapping[str, str]) -> Settings:
    """Read the settings, or raise `SettingsError` with everything that is wrong at once."""
    reader = _Reader(environ)
    data = reader.get(Path("data"), _folder, "ACUPRESSURE_DATA")
    settings = Settings(
        token=reader.get(None, _token, "TELEGRAM_BOT_TOKEN"),
        api_url=reader.get(TELEGRAM, _root, "TELEGRAM_API_URL"),
        data=data,
        database_url=reader.get(_inside(data), _database, *(DATABASE_NAMES if environ.get("TELEGRAM_BOT_TOKEN") else ())),
        keys=reader.get((), _keys, "ACUPRESSURE_KEYS"),
        knowledge=reader.get(KNOWLEDGE, _existing, "ACUPRESSURE_KNOWLEDGE"),
        log_level=reader.get("info", _level, "ACUPRESSURE_LOG_LEVEL"),
    )
    if reader.problems:
        raise SettingsError(tuple(reader.problems))
    return settings


def _inside(data: Path) -> str:
    return f"sqlite:///{(data / 'guide.sqlite3').as_posix()}"


def _token(text: str) -> str | None:
    if not re.fullmatch(r"\d+:[A-Za-z0-9_-]+", text):
        message = "this is not a bot token. BotFather gives you one that looks like 123456:ABC-DEF."
        raise ValueError(message)
    return text


def _root(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        message = f"this should look like {TELEGRAM}, the address of a Bot API server."
        raise ValueError(message)
    return text.rstrip("/")


def _database(text: str) -> str:
    """The scheme stays readable in the error, the rest may hold a password."""
    scheme, colon, _ = text.partition("://")
    if not colon or scheme not in DATABASES or (scheme == "sqlite" and not re.match(r"sqlite:///[^?]", text)):
        message = "this should begin with sqlite:/// (a file) or postgresql:// (a server)."
        raise ValueError(message)
    return text if scheme == "sqlite" else f"postgresql+asyncpg{text[len(scheme):]}"


def _keys(text: str) -> tuple[str, ...]:
    keys = tuple(key.strip() for key in text.split(",") if key.strip())
    for number, key in enumerate(keys, start=1):
        if not _is_key(key):
            message = f"key {number} is not a Fernet key. Make one with: {MAKE_A_KEY}"
            raise ValueError(message)
    return keys


def _is_key(text: str) -> bool:
    try:
        return len(base64.urlsafe_b64decode(text.encode("ascii"))) == 32
    except (binascii.Error, UnicodeEncodeError):
        return False


def _folder(text: str) -> Path:
    path = Path(text).expanduser()
    if path.exists() and not path.is_dir():
        message = f"{path} is a file, but this should be a folder."
        raise ValueError(message)
    return path


def _existing(text: str) -> Path:
    path = Path(text).expanduser()
    if not path.is_dir():
        message = f"there is no folder {path}."
        raise ValueError(message)
    return path


def _level(text: str) -> str:
    if text.lower() not in LEVELS:
        message = f"this should be one of {', '.join(LEVELS)}."
        raise ValueError(message)
    return text.lower()
