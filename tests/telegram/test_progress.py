"""The live progress bar: seldom, below the words, last in the queue, and gone when the screen moves on."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Any

import pytest
from telegram.error import BadRequest, RetryAfter

from bot.clock import SimulatedClock
from bot.outbox import Bound, Row
from bot.telegram.pace import Limits, Pace
from bot.telegram.progress import EVERY, LONGEST, Progress, bar, text_with
from bot.telegram.render import MOST_CAPTION, Payload, Running, read

START = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)
RUNNING = Running(START, 60, ("in", "out"))
PLAYER = Payload("Press here", ((("Pause", "t:pause"),),), running=RUNNING)


class Time:
    """Both clocks of one test."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.clock, self.seconds = SimulatedClock(START), 1000.0
        monkeypatch.setattr("bot.telegram.progress.time.monotonic", lambda: self.seconds)

    def passes(self, seconds: float) -> None:
        self.seconds += seconds
        self.clock.advance(seconds)


class Edits:
    """A bot that only edits."""

    def __init__(self) -> None:
        self.made: list[tuple[str, dict[str, Any]]] = []
        self.trouble: Exception | None = None
        self.held: asyncio.Event | None = None

    async def call(self, method: str, params: dict[str, Any]) -> Any:
        self.made.append((method, params))
        if self.held is not None:
            await self.held.wait()
        if self.trouble is not None:
            raise self.trouble
        return True


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    return Time(monkeypatch)


async def turns() -> None:
    """Everything that can go on goes on; the loop's own clock stands still here."""
    for _ in range(10):
        await asyncio.sleep(0)


def row(slot: str = "player") -> Row:
    return Row(1, "", slot)


async def test_drawn_at_most_once_in_five_seconds(time: Time) -> None:
    bot = Edits()
    progress = Progress(bot, time.clock, Pace())  # type: ignore[arg-type]
    progress.shown(7, row(), PLAYER, Bound(50, has_picture=True))
    for _ in range(40):
        time.passes(1)
        await progress.draw()
    assert len(bot.made) == 8
    method, params = bot.made[3]
    assert method == "editMessageCaption"
    assert params["caption"].startswith("Press here\n\n")
    assert params["reply_markup"]["inline_keyboard"][0][0]["text"] == "Pause"


async def test_ends_with_the_timer_and_with_a_newer_screen(time: Time) -> None:
    bot = Edits()
    progress = Progress(bot, time.clock, Pace())  # type: ignore[arg-type]
    progress.shown(7, row(), PLAYER, Bound(50, has_picture=False))
    progress.shown(8, row(), PLAYER, Bound(60, has_picture=False))
    progress.shown(8, row("screen"), Payload("How is it now?"), Bound(61, has_picture=False))
    time.passes(30)
    await progress.draw()
    assert [params["chat_id"] for _, params in bot.made] == [7]
    time.passes(31)
    await progress.draw()
    assert len(bot.made) == 1


async def test_a_screen_waits_for_the_drawing_that_is_under_way(time: Time) -> None:
    bot = Edits()
    bot.held = asyncio.Event()
    progress = Progress(bot, time.clock, Pace())  # type: ignore[arg-type]
    progress.shown(7, row(), PLAYER, Bound(50, has_picture=False))
    time.passes(6)
    drawing = asyncio.create_task(progress.draw())
    await turns()
    screen = asyncio.create_task(progress.settled(7))
    await turns()
    assert not screen.done()
    bot.held.set()
    await turns()
    assert screen.done()
    await drawing
    time.passes(6)
    await progress.draw()
    assert len(bot.made) == 1  # and none comes before the next screen is shown


async def test_slows_down_when_told_and_comes_back_slowly(time: Time) -> None:
    bot = Edits()
    progress = Progress(bot, time.clock, Pace())  # type: ignore[arg-type]
    long = Payload("Press", PLAYER.rows, running=Running(START, 3600))
    progress.shown(7, row(), long, Bound(50, has_picture=False))
    bot.trouble = RetryAfter(20)
    time.passes(EVERY)
    await progress.draw()
    bot.trouble = None
    time.passes(19)
    await progress.draw()
    assert len(bot.made) == 1
    for _ in range(60):
        time.passes(1)
        await progress.draw()
    assert 5 <= len(bot.made) <= 8
    assert EVERY <= progress._every <= LONGEST


async def test_other_trouble_is_nothing(time: Time) -> None:
    bot = Edits()
    bot.trouble = BadRequest("message is not modified")
    progress = Progress(bot, time.clock, Pace())  # type: ignore[arg-type]
    progress.shown(7, row(), PLAYER, Bound(50, has_picture=False))
    time.passes(6)
    await progress.draw()
    assert len(bot.made) == 1


async def test_left_out_while_there_is_much_to_send(time: Time) -> None:
    bot, pace = Edits(), Pace(Limits(most=10))
    progress = Progress(bot, time.clock, pace)  # type: ignore[arg-type]
    progress.shown(7, row(), PLAYER, Bound(50, has_picture=False))
    time.passes(6)
    for chat in range(100, 108):
        pace.reserve(chat, time.seconds)
    await progress.draw()
    assert bot.made == []
    time.passes(3)
    await progress.draw()
    assert len(bot.made) == 1


def test_the_bar() -> None:
    assert bar(RUNNING, 0, cue=True) == "▱▱▱▱▱▱▱▱▱▱▱▱ 1:00  in"
    assert bar(RUNNING, 35, cue=True) == "▰▰▰▰▰▰▰▱▱▱▱▱ 0:25  out"
    assert bar(RUNNING, 99, cue=False).endswith(" 0:00")


def test_no_room_no_bar() -> None:
    tight = Payload("x" * MOST_CAPTION, picture="PC6")
    assert text_with(tight, "bar") == tight.text


def test_a_running_timer_survives_the_outbox() -> None:
    assert read(PLAYER.json()) == PLAYER
