"""`python -m bench life`: ten days of one person on a simulated clock, as a transcript. The same code as for real people:
conversation, store (in memory), timers, the terminal's words.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import io
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TextIO

from bot.catalog.load import load
from bot.clock import SimulatedClock
from bot.conversation import Conversation, Loaded, Outcome, Person
from bot.dialogue.kept import Town
from bot.dialogue.values import Context, Nowhere
from bot.saved import Read, read
from bot.schedule import zone_of
from bot.store.memory import MemoryDesk
from bot.terminal.chat import ME, Chat
from bot.terminal.render import TerminalRender
from bot.terminal.tell import Teller
from bot.wiring import context_of

ZONE = "Europe/London"
START = dt.datetime(2027, 3, 22, 18, 30, tzinfo=dt.UTC)
"""A Monday; on the Sunday after it the clocks go forward."""
IMAGES = Path("none")


class OneTown(Nowhere):
    """Nobody here lives elsewhere."""

    def named(self, words: str) -> tuple[Town, ...]:
        return (Town("London", "GB", ZONE),) if "london" in words.lower() else ()


@dataclass
class Life:
    """One person, their clock and everything they read. `rung`: when which kind of timer rang, by the clock and as planned."""

    context: Context
    folder: Path
    out: TextIO = field(default_factory=io.StringIO)
    clock: SimulatedClock = field(default_factory=lambda: SimulatedClock(START))
    desk: MemoryDesk = field(default_factory=MemoryDesk)
    rung: list[tuple[str, dt.datetime]] = field(default_factory=list)

    def __post_init__(self) -> None:
        teller = Teller(self.desk, self.context, self.clock, self.folder, self.out)
        conversation = Conversation(self.desk, self.context, TerminalRender(self.context.phrasebooks, IMAGES), teller)
        self.chat = Chat(conversation, self.desk, self.desk, self.clock, self.out)
        self.chat.after = teller.answer

    async def says(self, *lines: str) -> None:
        """One line after the other, a few seconds apart."""
        for line in lines:
            self._note(f"> {line}")
            await self.chat.heard(line)
            self.clock.advance(4)

    async def presses_on(self) -> None:
        """Every timer of the player rings until the routine is over."""
        while (name := await self._next("player")) is not None:
            self.clock.set(name)
            self.rung.append(("player", self.clock.now()))
            await self.chat.ring()

    async def sleeps_until(self, until: dt.datetime) -> None:
        """Whatever falls due meanwhile rings."""
        while (due := await self.desk.next_due()) is not None and due <= until:
            self.clock.set(due)
            self.rung.append(("reminder", due))
            self._note("* a timer rings")
            await self.chat.ring()
        self.clock.set(until)

    async def away_until(self, until: dt.datetime) -> None:
        """The bot is off; then whatever is due rings at once."""
        self.clock.set(until)
        self._note("* the bot was off and is back")
        while await self.chat.ring():
            pass

    def at(self, day: int, hour: int, minute: int = 0) -> dt.datetime:
        """On the n-th day, by the wall clock there."""
        date = START.astimezone(zone_of(ZONE)).date() + dt.timedelta(days=day - 1)
        return dt.datetime.combine(date, dt.time(hour, minute), zone_of(ZONE)).astimezone(dt.UTC)

    async def seat(self, person: Person = ME) -> Read:
        """Their seat as it is saved."""
        found: list[str] = []

        def look(loaded: Loaded) -> Outcome:
            found.append(loaded.seat or "")
            return Outcome()

        await self.desk.serve(person, None, self.clock.now(), look)
        return read(found[0], self.context.knowledge)

    async def _next(self, name: str) -> dt.datetime | None:
        timers = self.desk._people[ME].timers  # noqa: SLF001 - a look into a store of our own making
        return timers.get(name)

    def _note(self, words: str) -> None:
        wall = self.clock.now().astimezone(zone_of(ZONE))
        print(f"\n[{wall:%a %d %b %H:%M}] {words}", file=self.out)


async def ten_days(life: Life) -> None:
    """Finds a routine, presses, comes back each evening; a sore point, a day off, a clock change, the bot down, silence."""
    say = life.says
    await life.chat.begin()
    await say(
        "I agree, go on",
        "my head hurts since lunch",
        "No, or cannot be",
        "None of these",
        "None of these",
        "5",
        "Quick, 3 minutes",
    )
    await say("Keep as favourite", "Start", "I am ready")
    await life.presses_on()
    await say("3", "remind me every day at 9 pm", "London")
    await life.sleeps_until(life.at(1, 21, 1))
    await say("Done already")
    await life.sleeps_until(life.at(2, 21, 3))
    await say("In 10 minutes")
    await life.sleeps_until(life.at(2, 21, 20))
    await say("Start", "None of these", "6", "Start", "I am ready", "Something is wrong", "It hurts", "5")
    await life.sleeps_until(life.at(3, 21, 1))
    await say("Not today")
    await life.sleeps_until(life.at(4, 21, 1))
    await say("Start", "None of these", "4", "Start", "I am ready")
    await life.presses_on()
    await say("2")
    await life.away_until(life.at(6, 10))
    await life.sleeps_until(life.at(6, 21, 2))
    await say("Start", "None of these", "3", "Start", "I am ready")
    await life.presses_on()
    await say("1", "/progress", "/history", "/reminders")
    await life.sleeps_until(life.at(10, 23))  # the clocks went forward on the seventh day; nobody answers from then on
    await say("/export")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench life", description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("data"), help="where the chart and the export are written")
    options = parser.parse_args(arguments)
    context = replace(context_of(load()), places=OneTown())
    asyncio.run(ten_days(Life(context, options.folder, sys.stdout)))
    return 0
