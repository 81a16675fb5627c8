"""What goes out at once beside the transaction, when Telegram says no."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.dialogue.values import Context
from bot.telegram.beside import LEAVING, Beside
from bot.telegram.request import build_bot
from bot.telegram.words import Words
from tests.telegram.standin import TOKEN, Refuse, Standin

ANN = 11
AWAY = Refuse(502, "Bad Gateway")


@pytest.fixture
async def beside(server: Standin, ctx: Context) -> AsyncIterator[Beside]:
    bot = build_bot(TOKEN, server.url)
    await bot.initialize()
    yield Beside(bot, Words(ctx.phrasebooks))
    await bot.shutdown()


async def test_the_quick_way_out_heeds_that_it_must_wait(beside: Beside, server: Standin) -> None:
    server.faults["editMessageText"].append(Refuse(429, "Too Many Requests: retry after 1", retry_after=1))
    beside.leave(ANN, 5, "en")
    first, second = await server.until(lambda: calls if len(calls := server.sent("editMessageText")) > 1 else None)
    assert second.at - first.at >= 1


async def test_after_the_last_pause_there_is_one_more_try(beside: Beside, server: Standin) -> None:
    server.faults["answerCallbackQuery"].extend([AWAY] * 2)
    beside.press("q")
    await server.until(lambda: server.answered)
    assert len(server.sent("answerCallbackQuery")) == 3


async def test_what_telegram_refuses_is_not_tried_again(beside: Beside, server: Standin) -> None:
    server.faults["answerCallbackQuery"].append(Refuse(400, "Bad Request: query is too old"))
    beside.press("q")
    await beside.finished(5)
    assert len(server.sent("answerCallbackQuery")) == 1


def test_the_quick_way_out_is_tried_for_ten_minutes() -> None:
    assert sum(LEAVING) > 9 * 60
