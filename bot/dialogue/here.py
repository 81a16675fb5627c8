"""What a handler sees: the seat, the moment and the knowledge; and short ways to build replies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.asked import Asked, NamedClock
from bot.catalog.model import Knowledge, Words
from bot.catalog.model.alarm_rules import KnownTag
from bot.catalog.model.lines import Fact, Line
from bot.dialogue.kept import Troubled
from bot.dialogue.states import Case
from bot.dialogue.values import Button, Context, Picture, Reply, Rows, Seat
from bot.routines.plan import Plan, plan, programme_plan
from bot.safety.profile import Profile, matters_now, pregnancy_now, weeks_perhaps
from bot.safety.screen import LeftOut, Looking, Offered, screen
from bot.safety.triage import Picture as TriagePicture
from bot.schedule import zone_of
from bot.understanding.alarms import Known
from bot.understanding.meaning import Meaning
from bot.understanding.minors import told_young
from bot.understanding.people import with_people

HEARD_WITH: Mapping[str, KnownTag] = {
    "cancer-treatment": "chemo", "blood-thinners": "blood-thinner", "numb-areas": "diabetes", "epilepsy": "epilepsy",
}
"""Matters that change how words about danger are heard."""
VISIT = dt.timedelta(hours=12)
"""How long a refusal of a point is remembered: whoever takes back an answer meanwhile may only want the point."""
RESTS_DAYS, REMEMBERED_DAYS = 2, 30
"""A point that hurt is left alone for two days; for a month the person is told that it did."""


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
    def zone(self) -> dt.tzinfo:
        """The person's clock; UTC while we do not know it."""
        return zone_of(self.seat.settings.zone)

    def there(self, at: dt.datetime) -> dt.datetime:
        """That moment on the person's clock."""
        return at.astimezone(self.zone)

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
        index, known, lexicon = self.ctx.understanding[self.seat.settings.language], self._known(), self.words.lexicon
        meaning = index.meaning(words, known)
        meaning = told_young(meaning, words, lexicon) if lexicon is not None else meaning
        return with_people(meaning, words, lexicon, lambda part: index.meaning(part, known)) if lexicon is not None else meaning

    def times(self, words: str) -> Asked:
        """Times and days in the person's words."""
        hears = self.ctx.times.get(self.seat.settings.language)
        return hears.told(words, self.there(self.at).date()) if hears is not None else Asked()

    def hour(self, words: str) -> Asked:
        """A bare hour, where a time is asked for."""
        hears = self.ctx.times.get(self.seat.settings.language)
        return hears.hour(words, self.there(self.at).date()) if hears is not None else Asked()

    def moved_to(self, words: str) -> Asked:
        """A bare hour to which a reminder is moved."""
        hears = self.ctx.times.get(self.seat.settings.language)
        return hears.moved(words, self.there(self.at).date()) if hears is not None else Asked()

    def turned(self, words: str) -> frozenset[int]:
        """Hours of a clock that are said with their minutes: "ten past eight"."""
        hears = self.ctx.times.get(self.seat.settings.language)
        return hears.turned(words) if hears is not None else frozenset()

    def town(self, words: str) -> str:
        """The words without what stands before the name of a place: "I live in"."""
        hears = self.ctx.times.get(self.seat.settings.language)
        return hears.town(words) if hears is not None else words

    def town_at_the_end(self, words: str) -> str:
        """The last words, that may be the name of a town by themselves: "a village near Cork"."""
        hears = self.ctx.times.get(self.seat.settings.language)
        return hears.near(words) if hears is not None else ""

    def clock(self, words: str) -> NamedClock:
        """A clock that is called by its name, or told by its offset."""
        hears = self.ctx.times.get(self.seat.settings.language)
        return hears.clock(words) if hears is not None else NamedClock()

    def day(self, words: str) -> dt.date | None:
        """The day the words mean, on the person's calendar."""
        hears = self.ctx.times.get(self.seat.settings.language)
        return hears.day(words, self.there(self.at).date()) if hears is not None else None

    def _known(self) -> Known:
        """What the profile says that changes how words are heard: "temperature 38" is another thing under chemotherapy."""
        profile = self.seat.profile
        held = {known.matter for known in matters_now(profile, self.knowledge.matters, self.today)}
        tags = {tag for matter, tag in HEARD_WITH.items() if matter in held}
        pregnancy = pregnancy_now(profile, self.today)
        if pregnancy in {"pregnant", "recent"}:
            tags.add("pregnant" if pregnancy == "pregnant" else "after-birth")
        return Known(frozenset(tags), weeks_perhaps(profile, self.today) or None, year=self.today.year)

    @property
    def refused_lately(self) -> bool:
        """Whether a point was refused in this visit."""
        return self.seat.refused is not None and self.at - self.seat.refused <= VISIT

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
        if case is None:
            return Looking(self.profile(None), self.today)
        resting = frozenset(each.point for each in self.hurt(case, 0, RESTS_DAYS))
        profile = self.profile(case)
        held = matters_now(profile, self.knowledge.matters, self.today)
        return Looking(profile, self.today, case.heard, resting, held, frozenset(case.conditions))

    def hurt(self, case: Case, first: int, last: int) -> tuple[Troubled, ...]:
        """Where it hurt so many days ago, when it is the same person who is pressed."""
        if case.guest is not None:
            return ()
        there = (each for each in self.seat.troubled if each.what != "dizzy")
        return tuple(each for each in there if first <= (self.today - each.day).days <= last)

    def planned(self, case: Case) -> Plan | None:
        """The routine or programme of a case, screened now; a programme of which nothing is left gives way to the routine."""
        if case.programme in self.knowledge.programmes:
            found = programme_plan(self.knowledge.programmes[case.programme], self.looking(case), self.knowledge)
            if found is not None:
                return found
        return plan(case.conditions, case.variant, self.looking(case), self.knowledge)

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
