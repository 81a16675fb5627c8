"""Which points a text names: by code, English name, pinyin or characters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bot.catalog.model import Knowledge


def names_of(knowledge: Knowledge, id_: str) -> Iterator[str]:
    """Every way in which a point may be named."""
    words = knowledge.words["en"]
    if id_ in knowledge.points:
        point = knowledge.points[id_]
        yield from (id_, point.code, point.pinyin, point.hanzi, words.points[id_].name)
    else:
        refused = knowledge.refused[id_]
        yield from (id_, refused.pinyin, refused.hanzi, words.refused[id_].name)


class Naming:
    """Finds points in a text. Some names belong to several points (Shenmen): such a name counts for all of them."""

    def __init__(self, owners: Mapping[str, frozenset[str]]) -> None:
        self._owners = owners
        self._whole = {name: re.compile(rf"(?<!\w){re.escape(name)}(?!\w)") for name in sorted(owners, key=len, reverse=True)}
        self._found: dict[str, frozenset[frozenset[str]]] = {}

    def named(self, text: str) -> frozenset[frozenset[str]]:
        """For each name in the text, the points that may be meant. Looked up row by row, each row once."""
        return frozenset(owners for row in text.split("\n") for owners in self._in_row(row))

    def _in_row(self, row: str) -> frozenset[frozenset[str]]:
        if row not in self._found:
            self._found[row] = frozenset(self._named(row))
        return self._found[row]

    def _named(self, rest: str) -> Iterator[frozenset[str]]:
        """Longer names first, each taken out, so that "Ear Spirit Gate" is not also "Spirit Gate"."""
        for name, whole in self._whole.items():
            if name in rest and whole.search(rest):
                rest = whole.sub("", rest)
                yield self._owners[name]

    def leaks(self, text: str, forbidden: frozenset[str]) -> set[str]:
        """The forbidden points that are named; a name shared with an allowed point is no leak."""
        return {min(owners) for owners in self.named(text) if owners <= forbidden}


def naming_of(knowledge: Knowledge) -> Naming:
    owners: dict[str, set[str]] = {}
    for id_ in (*knowledge.points, *knowledge.refused):
        for name in names_of(knowledge, id_):
            owners.setdefault(name, set()).add(id_)
    return Naming({name: frozenset(ids) for name, ids in owners.items()})


def never_shown(knowledge: Knowledge) -> frozenset[str]:
    """Refused and untaught points: shown to nobody."""
    return frozenset((*knowledge.refused, *(p.id for p in knowledge.points.values() if not p.taught)))


def not_in_pregnancy(knowledge: Knowledge) -> frozenset[str]:
    """Points that are shown only to somebody who is surely not pregnant."""
    return frozenset(p.id for p in knowledge.points.values() if p.pregnancy != "N") | never_shown(knowledge)
