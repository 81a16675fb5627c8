"""What a handler sees: the seat, the moment and the knowledge; and short ways to build replies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.catalog.model import Knowledge, Words
from bot.catalog.model.alarm_rules import KnownTag
from bot.catalog.model.lines import Fact, Line
from bot.dialogue.states import Case
from bot.dialogue.values import Button, Context, Picture, Reply, Rows, Seat
from bot.safety.profile import Profile, matters_now, pregnancy_now, weeks_now
from bot.safety.screen import LeftOut, Looking, Offered, screen
from bot.safety.triage import Picture as TriagePicture
from bot.understanding.alarms import Known
from bot.understanding.meaning import Meaning

HEARD_WITH: Mapping[str, KnownTag] = {
    "cancer-treatment": "chemo", "blood-thinners": "blood-thinner", "numb-areas": "diabetes", "epilepsy": "epilepsy",
}
"""Matters that change how words about danger are heard."""


@dataclass(frozen=True, slots=True)
class Here:
    """The seat as it stands, the moment of the event and everything that never changes. `heard`: the meaning of the
    event's words, read by the gate."""

    seat: Seat
    at: dt.datetime
    ctx: Context
    heard: Meaning | None = None

    @property
    def today(self) -> dt.date:
        """The day of the event (UTC)."""
        return self.at.date()

    @property
    def knowledge(self) -> Knowledge:
        """All facts."""
        return self.ctx.knowledge

    @property
    def words(self) -> Words:
        """The words of the person's language: used to see which ones there are, never to say them."""
        return self.ctx.knowledge.words[self.seat.settings.language]

    def meaning(self, words: str) -> Meaning:
        """What the person's words mean; read once for an event."""
        if self.heard is not None:
            return self.heard
        return self.ctx.understanding[self.seat.settings.language].meaning(words, self._known())

    def _known(self) -> Known:
        """What the profile says that changes how words are heard: "temperature 38" is another thing under chemotherapy."""
        profile = self.seat.profile
        held = {known.matter for known in matters_now(profile, self.knowledge.matters, self.today)}
        tags = {tag for matter, tag in HEARD_WITH.items() if matter in held}
        pregnancy = pregnancy_now(profile, self.today)
        if pregnancy in {"pregnant", "recent"}:
            tags.add("pregnant" if pregnancy == "pregnant" else "after-birth")
        return Known(frozenset(tags), weeks_now(profile, self.today) or None)

    def profile(self, case: Case | None) -> Profile:
        """The profile of whoever is pressed."""
        return case.guest if case is not None and case.guest is not None else self.seat.profile

    def with_profile(self, case: Case | None, profile: Profile) -> tuple[Seat, Case | None]:
        """Seat and case after the profile of whoever is pressed has changed."""
        if case is not None and case.guest is not None:
            return self.seat, replace(case, guest=profile)
        return replace(self.seat, profile=profile), case

    def looking(self, case: Case | None) -> Looking:
        """For whom points are looked at."""
        return Looking(self.profile(case), self.today, case.heard if case is not None else frozenset())

    def triage(self, case: Case) -> TriagePicture:
        """What triage looks at."""
        return TriagePicture(
            case.conditions, case.heard, self.profile(case), self.today, case.severity, case.new, case.age,
        )

    def offered(self, point: str, case: Case | None) -> Offered | LeftOut:
        """One point, screened now."""
        return screen(self.knowledge.points[point], self.looking(case), self.knowledge)

    def moved(self, seat: Seat) -> Here:
        """The same moment with another seat."""
        return replace(self, seat=seat)


def line(key: str, **facts: Fact) -> Line:
    """A line with its facts as keywords."""
    return Line(key, facts)


def button(key: str, action: str, **facts: Fact) -> Button:
    """A button of the present screen."""
    return Button(Line(key, facts), action)


def door(key: str, action: str, **facts: Fact) -> Button:
    """A button that works at any age."""
    return Button(Line(key, facts), action, door=True)


def column(*buttons: Button) -> Rows:
    """One button a row."""
    return tuple((b,) for b in buttons)


def pairs(buttons: tuple[Button, ...]) -> Rows:
    """Two buttons a row."""
    return tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))


def screen_reply(lines: tuple[Line, ...], buttons: Rows = (), picture: Picture | None = None) -> Reply:
    """The message that shows a place; it may replace the screen before it."""
    return Reply(lines, buttons, picture, slot="screen")


def note(*lines: Line) -> Reply:
    """A message beside the screen."""
    return Reply(lines)
