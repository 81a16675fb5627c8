"""Values that say something about health, unreadable without a key that is not in the database.

Whose value it is stands inside it ("telegram:42:people"), so a row copied over another person's does not open.
"""

from __future__ import annotations

from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.conversation import Person
from bot.store.errors import Tampered

CHECK = "the key opens this database"


class Box:
    """Seals and opens values. The first key seals, every key opens."""

    def __init__(self, keys: Sequence[str]) -> None:
        fernets = [Fernet(key) for key in keys]
        self._first, self._fernet = fernets[0], MultiFernet(fernets)

    def seal(self, person: Person, table: str, text: str) -> str:
        return self._fernet.encrypt(f"{_owner(person, table)}{text}".encode()).decode("ascii")

    def open(self, person: Person, table: str, sealed: str) -> str:
        """Raises `Tampered`, which names the table but neither the person nor the value."""
        try:
            text = self._fernet.decrypt(sealed).decode()
        except InvalidToken:
            message = f"a value in {table} does not open with these keys"
            raise Tampered(message) from None
        owner = _owner(person, table)
        if not text.startswith(owner):
            message = f"a value in {table} belongs to somebody else"
            raise Tampered(message)
        return text[len(owner):]

    def check(self) -> str:
        """A value that only the first of these keys opens."""
        return self._fernet.encrypt(CHECK.encode()).decode("ascii")

    def knows(self, check: str) -> bool:
        """Whether the key that made this check value is one of these."""
        return _opens(self._fernet, check)

    def made(self, check: str) -> bool:
        """Whether it was the first one, with which this box seals."""
        return _opens(self._first, check)

    def rotate(self, sealed: str) -> str:
        """The same value under the first key."""
        try:
            return self._fernet.rotate(sealed).decode("ascii")
        except InvalidToken:
            message = "a value does not open with these keys"
            raise Tampered(message) from None


def new_key() -> str:
    """A key from the system's randomness."""
    return Fernet.generate_key().decode("ascii")


def _opens(fernet: Fernet | MultiFernet, check: str) -> bool:
    try:
        return fernet.decrypt(check).decode() == CHECK
    except InvalidToken:
        return False


def _owner(person: Person, table: str) -> str:
    return f"{person.front}:{person.id}:{table}\n"
