"""The Telegram front against the stand-in, with a store in memory."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.clock import SystemClock
from bot.dialogue.values import Context
from bot.settings import KNOWLEDGE, Settings
from bot.store.memory import MemoryDesk
from bot.telegram.app import Front
from bot.telegram.pace import Pace
from bot.telegram.request import build_bot
from tests.telegram.standin import TOKEN, Standin


@dataclass
class Held:
    """A store that is one value."""

    desk: Any = field(default_factory=MemoryDesk)

    @property
    def outbox(self) -> Any:
        return self.desk

    async def close(self) -> None: ...


@dataclass
class Running:
    """A front at work. `stopped` ends it in order and gives its exit status."""

    server: Standin
    store: Held
    stopped: Callable[[], Awaitable[int]]
    task: asyncio.Task[int]
    now: Callable[[], dt.datetime] = SystemClock().now


Begin = Callable[..., AbstractAsyncContextManager[Running]]


@pytest.fixture
async def server() -> AsyncIterator[Standin]:
    async with Standin() as standin:
        yield standin


@pytest.fixture
def front(server: Standin, ctx: Context, tmp_path: Path) -> Begin:
    """How tests begin: an async context that gives what is running."""

    @asynccontextmanager
    async def begin(desk: Any = None, context: Context = ctx, token: str = TOKEN, knowledge: Path = KNOWLEDGE) -> AsyncIterator[Running]:
        store, stop = Held(desk or MemoryDesk()), asyncio.Event()
        bot = build_bot(token, server.url)
        settings = Settings(token=token, api_url=server.url, knowledge=knowledge, data=tmp_path / "data")
        task = asyncio.create_task(Front(settings, context, store, SystemClock(), stop).run(bot, Pace()))

        async def stopped() -> int:
            stop.set()
            return await asyncio.wait_for(task, 10)

        try:
            yield Running(server, store, stopped, task)
        finally:
            await stopped()
            await bot.shutdown()

    return begin
