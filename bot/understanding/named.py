"""Points asked for by code, name, characters or pinyin."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from bot.catalog.model import Knowledge, Point, RefusedPoint, Words

WORD = re.compile(r"\w+")
TO_WORDS = bytes(ord(chr(code).lower()) if code < 128 and WORD.match(chr(code)) else ord(" ") for code in range(256))
"""The same for plain text, in a quarter of the time."""
CODE = re.compile(r"\d\d|[a-z]{2}\d")
"""A name with a number like this is said on purpose."""
LONGEST, MOST_WORDS = 5, 60
CHARACTERS = 0x2E80
"""Chinese characters begin here; a name in them needs no spaces around it."""


class PointNames:
    """Every way to name a point. `complains`: whether a text is a complaint, as "stiff neck" or "jaw bone" is."""

    def __init__(self, words: Words, knowledge: Knowledge, complains: Callable[[str], bool]) -> None:
        self._names = _names(words, knowledge)
        self._starts: dict[str, set[int]] = {}
        """First words of names, with how many words those have."""
        for alias in self._names:
            self._starts.setdefault(alias.partition(" ")[0], set()).add(alias.count(" ") + 1)
        self._signs = [(alias, name) for alias, name in self._names.items() if ord(alias[0]) >= CHARACTERS]
        self._complains = lru_cache(maxsize=None)(complains)  # the names are few, and hardly any is ever asked about

    def in_text(self, text: str) -> str | None:
        """The id of the point with the longest name in the text."""
        words = _words(text)
        named = None if self._starts.keys().isdisjoint(words) else next(self._named(words), None)
        if named:
            return self._names[named]
        return None if text.isascii() else next((name for signs, name in self._signs if signs in text), None)

    def only_doubtful(self, text: str) -> bool:
        """Whether all names in a longer text are everyday words too, so that within a complaint they name no point."""
        words = _words(text)
        named = list(self._named(words))
        return text.isascii() and bool(named) and " ".join(words) not in named and all(map(self._is_doubtful, named))

    def _is_doubtful(self, alias: str) -> bool:
        return alias.isascii() and not CODE.search(alias) and self._complains(alias)

    def _named(self, words: Sequence[str]) -> Iterator[str]:
        starts = [(place, self._starts[word]) for place, word in enumerate(words[:MOST_WORDS]) if word in self._starts]
        for length in range(LONGEST if starts else 0, 0, -1):
            for first, lengths in starts:
                name = " ".join(words[first : first + length]) if length in lengths else ""
                if name in self._names:
                    yield name


def _names(words: Words, knowledge: Knowledge) -> dict[str, str]:
    names: dict[str, str] = {}
    both: tuple[Point | RefusedPoint, ...] = (*knowledge.points.values(), *knowledge.refused.values())
    for one in both:
        for alias in (one.id, one.code if isinstance(one, Point) else "", one.pinyin, _ascii(one.pinyin)):
            names[_plain(alias)] = one.id
        names[one.hanzi] = one.id
    for name, taught in words.points.items():
        for alias in (taught.name, *taught.aliases):
            names.setdefault(_plain(alias), name)
    for name, refused in words.refused.items():
        names.setdefault(_plain(refused.name), name)
    spaced = {re.sub(r"^([a-z]+)(\d+)$", r"\1 \2", alias): name for alias, name in names.items()}
    return {alias: name for alias, name in {**spaced, **names}.items() if len(alias) > 1}


def _plain(alias: str) -> str:
    return " ".join(_words(alias))


def _words(text: str) -> list[str]:
    """Words with an apostrophe are one: "it's 8" names no ST8."""
    if text.isascii():
        return text.encode("ascii").translate(TO_WORDS, b"'").decode("ascii").split()
    return WORD.findall(text.lower().replace("'", "").replace("\u2019", ""))


def _ascii(text: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFD", text) if not unicodedata.combining(one))
