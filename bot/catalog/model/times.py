"""How people say times of day and days in one language: `understanding/times.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from bot.catalog.model.points import STRICT

Day = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeWords:
    """`remind`: asks for a reminder. `at`: stands before a bare hour. `am`, `pm`: which half of the day. `parts`: a part of
    the day and the time meant when no other is said ("08:00"). `past`, `to`: minutes before the hour ("half past": 30).
    `groups`: several days at once. `ahead`: days from today. `periods`: days in one ("week": 7). `after`: stands before a
    number of periods ("in 3 days"). `months` by number. `numbers`: words for numbers. `minutes`: what is said of them behind the hour ("six thirty"). `full`: stands behind a whole hour.
    `stop`: no more reminders. `often`: so many times a day, and the times meant when no others are said. `until`: stands
    before the last day, `during` before a number of periods. `soon`: stands before a number of `units` (in minutes).
    `feasts`: days by name ("12-25"). `also`: stands between two times. `every`: stands before a number of units between
    two reminders, `each`: the same in one word, in minutes; `awake`: the first and the last time they are spread between. `lives`: stands before the name of a town.
    `but`: stands before days that are left out. `rest`: beside a last day, that it only rests till then. `clocks`: zones by what people call
    them ("IST" may be several); `regions`: parts of countries by their zone; `utc`: stands before an offset from it. `night`: words of `pm` by which the hours from twelve to five are those after
    midnight. `here`: behind the hour that it is where somebody is. `off`, `drop`, `on`: to the reminder on the screen, that it is to be silent, deleted or switched on again; `change`: beside a bare hour that is to be its time."""

    remind: tuple[str, ...]
    at: tuple[str, ...]
    am: tuple[str, ...]
    pm: tuple[str, ...]
    parts: Mapping[str, str]
    past: Mapping[str, int]
    to: Mapping[str, int]
    days: Mapping[Day, tuple[str, ...]]
    groups: Mapping[str, tuple[Day, ...]]
    ahead: Mapping[str, int]
    periods: Mapping[str, int]
    after: tuple[str, ...]
    months: Mapping[str, int]
    numbers: Mapping[str, int] = field(default_factory=dict)
    minutes: Mapping[str, int] = field(default_factory=dict)
    full: tuple[str, ...] = ()
    stop: tuple[str, ...] = ()
    often: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    until: tuple[str, ...] = ()
    during: tuple[str, ...] = ()
    soon: tuple[str, ...] = ()
    units: Mapping[str, int] = field(default_factory=dict)
    feasts: Mapping[str, str] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    every: tuple[str, ...] = ()
    each: Mapping[str, int] = field(default_factory=dict)
    awake: tuple[str, str] = ("08:00", "20:00")
    lives: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()
    clocks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    regions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    utc: tuple[str, ...] = ()
    night: tuple[str, ...] = ()
    here: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    on: tuple[str, ...] = ()
    change: tuple[str, ...] = ()
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT
