"""A handful of towns, so that no test reads the large file."""

from __future__ import annotations

import datetime as dt

from bot.dialogue.kept import Town
from bot.schedule import zone_of

LONDON = Town("London", "GB", "Europe/London")
KATHMANDU = Town("Kathmandu", "NP", "Asia/Kathmandu")
NEW_YORK = Town("New York City", "US", "America/New_York")
PORTLANDS = (Town("Portland", "US", "America/Los_Angeles"), Town("Portland", "US", "America/New_York"))
NAMED = {"london": (LONDON,), "kathmandu": (KATHMANDU,), "new york": (NEW_YORK,), "portland": PORTLANDS}


class FewTowns:
    """`bot.dialogue.values.Places`."""

    def named(self, words: str) -> tuple[Town, ...]:
        return NAMED.get(words.strip().lower(), ())

    def like(self, words: str) -> tuple[Town, ...]:
        return (LONDON,) if words.strip().lower() == "lodnon" else ()

    def in_zone(self, zone: str) -> Town | None:
        return next((town for towns in NAMED.values() for town in towns if town.zone == zone), None)

    def near(self, latitude: float, longitude: float) -> Town | None:
        return LONDON if abs(latitude - 51.5) < 5 and abs(longitude) < 5 else None

    def at_offset(self, minutes: int, at: dt.datetime) -> tuple[Town, ...]:
        ahead = dt.timedelta(minutes=minutes)
        return tuple(town for town in (LONDON, KATHMANDU, NEW_YORK) if at.astimezone(zone_of(town.zone)).utcoffset() == ahead)
