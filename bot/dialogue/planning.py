"""The places where reminders are made and changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from bot.dialogue.kept import Reminder, Town


@dataclass(frozen=True, slots=True)
class RemindersShown:
    """All reminders, or the one of the id `open`."""

    open: str = ""


@dataclass(frozen=True, slots=True)
class AskWhat:
    """What is a new reminder for?"""


@dataclass(frozen=True, slots=True)
class AskWhen:
    """At what time? `either`: the two readings of an hour that was told. A draft has no id yet."""

    draft: Reminder
    either: tuple[dt.time, ...] = ()
    days_known: bool = False


@dataclass(frozen=True, slots=True)
class AskDays:
    """On which days?"""

    draft: Reminder


@dataclass(frozen=True, slots=True)
class AskZone:
    """Which clock holds? `towns` it may be; `offsets` in minutes, when a time was told."""

    draft: Reminder | None = None
    towns: tuple[Town, ...] = ()
    offsets: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AskUntil:
    """Until which day does a reminder rest (pause), or go on (until)?"""

    reminder: str
    what: Literal["pause", "until"]
