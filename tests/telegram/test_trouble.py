"""Taking in when things go wrong: nothing is lost, nothing loops, nobody meets silence."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

import pytest

from bot.conversation import Person, StoreDown, Work
from bot.dialogue.values import Context
from bot.store.memory import MemoryDesk
from bot.telegram.polling import LONGEST_PAUSE, Poller
from bot.understanding.meaning import Meaning
from tests.telegram.conftest import Begin
from tests.telegram.standin import Refuse

ANN, BEN = 11, 12


class AwayDesk(MemoryDesk):
    """A store that can go away."""

    away = False

    async def serve(self, person: Person, update: int | None, now: object, work: Work) -> bool:
        if self.away:
            raise StoreDown
        return await super().serve(person, update, now, work)  # type: ignore[arg-type]


class Stumbles:
    """An understanding that breaks on one word."""

    def __init__(self, real: object) -> None:
        self._real = real

    def meaning(self, text: str) -> Meaning:
        if "stumble" in text:
            raise RuntimeError(text)
        return self._real.meaning(text)  # type: ignore[attr-defined, no-any-return]

    def choice(self, text: str, labels: Mapping[str, str]) -> str | None:
        return self._real.choice(text, labels)  # type: ignore[attr-defined, no-any-return]

    def answers_in(self, text: str, allowed: Collection[str]) -> frozenset[str]:
        return self._real.answers_in(text, allowed)  # type: ignore[attr-defined, no-any-return]


async def test_a_broken_update_blocks_nobody(front: Begin) -> None:
    async with front() as running:
        chat = running.server
        await chat.push(message={"message_id": "broken", "chat": 7})
        await chat.say(ANN, "/start")
        await chat.expect(ANN, "acupressure")
        await chat.until(lambda: not chat.pending)


async def test_whoever_sent_an_unreadable_update_gets_an_answer(front: Begin) -> None:
    async with front() as running:
        chat = running.server
        broken = {**chat.incoming(ANN, "x"), "entities": [{"type": "bold"}]}
        await chat.push(message=broken)
        await chat.expect(ANN, "something went wrong")


async def test_while_the_store_is_away_nothing_is_confirmed_and_then_everything(front: Begin) -> None:
    desk = AwayDesk()
    async with front(desk=desk) as running:
        chat = running.server
        desk.away = True
        first = await chat.say(ANN, "/start")
        await chat.say(BEN, "/start")
        polls = len(chat.sent("getUpdates"))
        await chat.until(lambda: len(chat.sent("getUpdates")) >= polls + 2)
        assert chat.confirmed <= first
        assert not chat.chats[ANN]
        desk.away = False
        await chat.expect(ANN, "acupressure")
        await chat.expect(BEN, "acupressure")
        await chat.until(lambda: not chat.pending)


async def test_a_step_that_raises_says_sorry_once_and_goes_on(front: Begin, ctx: Context, caplog: pytest.LogCaptureFixture) -> None:
    stumbling = replace(ctx, understanding={code: Stumbles(each) for code, each in ctx.understanding.items()})
    async with front(context=stumbling) as running:
        chat = running.server
        with caplog.at_level(logging.INFO, "bot"):
            await chat.say(ANN, "stumble over my secret illness")
            await chat.expect(ANN, "something went wrong")
        await chat.until(lambda: not chat.pending)
        await chat.say(ANN, "/start")
        await chat.expect(ANN, "acupressure")
        assert [record.getMessage().split(" ", 1)[0] for record in caplog.records if record.exc_info] == ["step_failed"]
        assert "illness" not in " ".join(record.getMessage() for record in caplog.records)


async def test_another_poller_is_one_line_and_then_it_goes_on(front: Begin, caplog: pytest.LogCaptureFixture) -> None:
    async with front() as running:
        chat = running.server
        chat.faults["getUpdates"].extend([Refuse(409, "Conflict: terminated by other getUpdates request")] * 2)
        await chat.say(ANN, "/start")
        await chat.expect(ANN, "acupressure")
        assert sum("same token" in record.getMessage() for record in caplog.records) == 1


async def test_telegram_away_for_a_while(front: Begin) -> None:
    async with front() as running:
        chat = running.server
        chat.faults["getUpdates"].extend([Refuse(502, "Bad Gateway"), Refuse(500, "Internal"), Refuse(429, "Too Many Requests", retry_after=1)])
        await chat.say(ANN, "/start")
        await chat.expect(ANN, "acupressure", 10)


def test_it_rests_as_long_as_it_was_told_and_else_longer_each_time() -> None:
    nothing: Any = None
    poller = Poller(nothing, nothing, nothing, nothing)
    assert [poller._rest(told) for told in (0.0, 90.0, 0.0, 0.0)] == [0.5, 90.0, 1.0, 2.0]
    assert max(poller._rest(0.0) for _ in range(10)) == LONGEST_PAUSE


async def test_a_refused_token_ends_with_one_line(front: Begin, caplog: pytest.LogCaptureFixture) -> None:
    async with front(token="4242:wrong") as running:
        assert await running.task == 1
        assert [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR] == [caplog.records[-1].getMessage()]
        assert "TELEGRAM_BOT_TOKEN" in caplog.records[-1].getMessage()


async def test_a_token_refused_later_ends_too(front: Begin) -> None:
    async with front() as running:
        running.server.faults["getUpdates"].append(Refuse(401, "Unauthorized"))
        await running.server.say(ANN, "/start")
        assert await running.task == 1


async def test_leaving_confirms_what_is_done(front: Begin) -> None:
    async with front() as running:
        chat = running.server
        number = await chat.say(ANN, "/start")
        await chat.expect(ANN, "acupressure")
        assert await running.stopped() == 0
        assert chat.confirmed == number + 1
