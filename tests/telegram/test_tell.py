"""/progress and /export on Telegram: beside the outbox, in order, and kind when something breaks."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

import pytest
from telegram.error import Forbidden, NetworkError, RetryAfter

from bot.clock import SimulatedClock
from bot.conversation import Outcome, Person, Wanted
from bot.dialogue.values import Context
from bot.saved import new_seat
from bot.store.memory import MemoryDesk
from bot.telegram.markup import length, plain
from bot.telegram.pace import Pace
from bot.telegram.render import MOST_CAPTION, MOST_TEXT
from bot.telegram.tell import TRIES, Teller, calls
from bot.told import Told

ANN = Person("telegram", 11)
NOW = dt.datetime(2026, 12, 1, 20, tzinfo=dt.UTC)
RATED = ("rating", {"conditions": ["headache"], "before": 6, "after": 3})


class Bot:
    def __init__(self, *trouble: Exception) -> None:
        self.made: list[tuple[str, dict[str, Any]]] = []
        self.trouble = list(trouble)

    async def call(self, method: str, params: dict[str, Any]) -> Any:
        if self.trouble:
            raise self.trouble.pop(0)
        self.made.append((method, params))
        return {}


@pytest.fixture
async def desk() -> MemoryDesk:
    kept = MemoryDesk()
    await kept.serve(ANN, None, NOW, lambda _: Outcome(records=(RATED,)))
    return kept


async def told(desk: Any, ctx: Context, what: str, bot: Bot, pace: Pace | None = None) -> list[str]:
    teller = Teller(desk, ctx, SimulatedClock(NOW))
    teller.begin(bot, pace or Pace())  # type: ignore[arg-type]
    teller(ANN, Wanted(what, new_seat("en")))
    await teller.finished(30)
    return [method for method, _ in bot.made]


async def test_a_chart_with_its_words(desk: MemoryDesk, ctx: Context) -> None:
    bot = Bot()
    assert await told(desk, ctx, "progress", bot) == ["sendPhoto"]
    assert "Headache" in bot.made[0][1]["caption"]
    assert bot.made[0][1]["chat_id"] == 11


async def test_an_export_as_two_files(desk: MemoryDesk, ctx: Context) -> None:
    bot = Bot()
    assert await told(desk, ctx, "export", bot) == ["sendMessage", "sendDocument", "sendDocument"]
    assert [params["document"].filename for _, params in bot.made[1:]] == ["acupressure-2026-12-01.json", "acupressure-2026-12-01.csv"]


async def test_told_to_wait_it_waits(desk: MemoryDesk, ctx: Context) -> None:
    pace = Pace()
    assert await told(desk, ctx, "progress", Bot(RetryAfter(0)), pace) == ["sendPhoto"]
    assert not pace.spare(ANN.id, time.monotonic())


async def test_told_to_wait_too_often_it_says_so(desk: MemoryDesk, ctx: Context) -> None:
    bot = Bot(*(RetryAfter(0) for _ in range(TRIES)))
    assert await told(desk, ctx, "export", bot) == ["sendMessage"]
    assert "try again later" in bot.made[0][1]["text"]


async def test_a_kind_line_when_it_breaks(ctx: Context) -> None:
    bot = Bot()
    assert await told(object(), ctx, "progress", bot) == ["sendMessage"]
    assert "try again later" in bot.made[0][1]["text"]


async def test_a_kind_line_when_telegram_fails_and_none_to_who_blocked_us(desk: MemoryDesk, ctx: Context) -> None:
    bot = Bot(NetworkError("away"))
    assert await told(desk, ctx, "export", bot) == ["sendMessage"]
    assert "try again later" in bot.made[0][1]["text"]
    assert await told(desk, ctx, "export", Bot(Forbidden("blocked"))) == []


def test_long_words_stand_below_the_picture() -> None:
    made = calls(Told("**How it went**\n" + "x" * MOST_CAPTION, b"png"))
    assert [method for method, _ in made] == ["sendPhoto", "sendMessage"]
    assert made[1][1]["text"].startswith("<b>How it went</b>")


@pytest.mark.parametrize("picture", [b"", b"png"])
def test_very_long_words_are_several_messages(picture: bytes) -> None:
    words = "\n".join(f"- **day {n}**: from 6 to 3" for n in range(300))
    texts = [params["text"] for method, params in calls(Told(words, picture)) if method == "sendMessage"]
    assert len(texts) > 1
    assert all(length(plain(text)) <= MOST_TEXT for text in texts)
    assert "\n".join(map(plain, texts)) == words.replace("**", "")
