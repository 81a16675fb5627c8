"""The terminal chat: a line is a message, a number or a label presses a button, timers ring.

With a pipe as input the clock is simulated: whatever timer runs rings at once, so a whole dialogue can be played.
With a person at the keyboard the clock is real and a running timer shows its progress below the input.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import TextIO

from bot.clock import Clock, SimulatedClock
from bot.conversation import Conversation, Desk, Person, fresh_token
from bot.dialogue.values import Commanded, Event, Pressed, Said
from bot.outbox import Outbox
from bot.terminal.render import Choice, Shown, shown_from

ME = Person("terminal", 1)
OWNER = "terminal"
LEASE_SECONDS = 60
LONGEST_NUMBER = 3
"""Digits of a choice. Python refuses to read a number of thousands of them."""
MOST_RINGS = 500
"""A guard for the simulated clock: no routine rings more often."""


class Chat:
    """One person at one terminal."""

    def __init__(self, conversation: Conversation, desk: Desk, outbox: Outbox, clock: Clock, out: TextIO) -> None:
        self._conversation, self._desk, self._outbox, self._clock, self._out = conversation, desk, outbox, clock, out
        self._choices: tuple[Choice, ...] = ()
        self._numbered = True
        self.running: Shown | None = None
        self.after: Callable[[], Awaitable[None]] | None = None
        self.inline: Callable[[tuple[Path, ...], bool], str] | None = None
        """Escape codes that print pictures (True: on one sheet), where the terminal can."""

    async def begin(self) -> None:
        """The first screen, as /start gives it."""
        await self._take(self._event("/start"))

    async def heard(self, words: str) -> None:
        """One line from the person."""
        if words.strip():
            await self._take(self._event(words.strip()))

    async def ring(self) -> bool:
        """Whatever is due rings. False when nothing was."""
        now = self._clock.now()
        due = ME in await self._desk.people_due(now, 1)
        if due:
            try:
                await self._conversation.ring(ME, now)
            except Exception:  # noqa: BLE001 - as in `_take`; what rang is dropped, or it would ring for ever
                await self._conversation.unring(ME, now)
            await self._show()
        return due

    async def next_due(self) -> dt.datetime | None:
        """When the next timer rings."""
        return await self._desk.next_due()

    async def _take(self, event: Event) -> None:
        try:
            await self._conversation.take(ME, event)
        except Exception:  # noqa: BLE001 - whatever broke, the person gets a kind line and the chat goes on
            await self._conversation.apologise(ME, self._clock.now(), None)
        await self._show()
        if self.after is not None:
            await self.after()

    def _event(self, words: str) -> Event:
        at, token = self._clock.now(), fresh_token()
        data = self._chosen(words)
        if data is not None:
            turn, _, action = data.partition(":")
            if data.startswith("!"):
                return Pressed(at=at, token=token, action=data[1:])
            return Pressed(at=at, token=token, action=action, turn=turn)
        if words.startswith("/"):
            name, _, rest = words[1:].partition(" ")
            return Commanded(at=at, token=token, name=name.lower(), rest=rest.strip())
        return Said(at=at, token=token, words=words)

    def _chosen(self, words: str) -> str | None:
        """The data of the choice that a number or a label means."""
        if self._numbered and len(words) <= LONGEST_NUMBER and words.isdecimal() and 1 <= int(words) <= len(self._choices):
            return self._choices[int(words) - 1].data
        return next((c.data for c in reversed(self._choices) if c.label.casefold() == words.casefold()), None)

    async def _show(self) -> None:
        """Everything in the outbox, in order."""
        now, came = self._clock.now(), list[Shown]()
        for person in await self._outbox.lease(ME.front, OWNER, now, LEASE_SECONDS, 1):
            while (row := await self._outbox.next_row(person, now)) is not None:
                came.append(shown_from(row.payload))
                await self._outbox.sent(person, row.id, {}, None)
            await self._outbox.release(person, OWNER)
        self._print(*came)

    def _print(self, *came: Shown) -> None:
        """Messages that come together. Numbers go on from one to the next, so that each means one choice."""
        choosing = [shown for shown in came if shown.choices]
        if choosing:
            self._choices, self._numbered = (), all(shown.numbered for shown in choosing)
        for shown in came:
            self._print_one(shown)
        self._out.flush()

    def _print_one(self, shown: Shown) -> None:
        print(f"\n{shown.text}", file=self._out)
        paths = tuple(map(Path, filter(None, shown.picture.split("\n"))))
        for path in paths:
            print(f"[{path}]", file=self._out)
        if paths and self.inline is not None:
            print(self.inline(paths, shown.sheet), file=self._out)
        if shown.choices:
            self._print_choices(shown.choices)
        self.running = shown if shown.began and not shown.paused else None

    def _print_choices(self, choices: tuple[Choice, ...]) -> None:
        first = len(self._choices) + 1
        self._choices += choices
        if not self._numbered:
            print("  " + "  |  ".join(choice.label for choice in choices), file=self._out)
            return
        for number, choice in enumerate(choices, first):
            print(f"  {number}) {choice.label}", file=self._out)


async def piped(chat: Chat, clock: SimulatedClock, lines: Iterable[str], out: TextIO) -> None:
    """Play every line; between two lines all timers ring at once."""
    await chat.begin()
    for line in lines:
        print(f"\n> {line.strip()}", file=out)
        await chat.heard(line)
        await _ring_all(chat, clock)
    print(file=out)


async def _ring_all(chat: Chat, clock: SimulatedClock) -> None:
    for _ in range(MOST_RINGS):
        due = await chat.next_due()
        if due is None or due - clock.now() > dt.timedelta(hours=1):
            return
        clock.set(due)
        await chat.ring()


async def live(chat: Chat, clock: Clock) -> None:
    """A person at the keyboard."""
    from prompt_toolkit import PromptSession  # noqa: PLC0415 - a pipe does without it, and starts faster
    from prompt_toolkit.patch_stdout import patch_stdout  # noqa: PLC0415

    session: PromptSession[str] = PromptSession(refresh_interval=1.0, bottom_toolbar=lambda: bar(chat.running, clock.now()))
    with patch_stdout():
        await chat.begin()
        bell = asyncio.create_task(_bell(chat, clock))
        with contextlib.suppress(EOFError, KeyboardInterrupt):
            while True:
                await chat.heard(await session.prompt_async("> "))
        bell.cancel()


async def _bell(chat: Chat, clock: Clock) -> None:
    while True:
        await clock.sleep(0.5)
        await chat.ring()


def bar(shown: Shown | None, now: dt.datetime, width: int = 30) -> str:
    """A progress bar for a running timer: drawn from when it began and how long it is; "" when none runs."""
    if shown is None or not shown.seconds:
        return ""
    passed = min(max((now - dt.datetime.fromisoformat(shown.began)).total_seconds(), 0.0), float(shown.seconds))
    full = round(width * passed / shown.seconds)
    return f"[{'#' * full}{'.' * (width - full)}] {int(shown.seconds - passed)}"
