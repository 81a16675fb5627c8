"""A process of its own for `bench/crash.py`: rings what is due and sends it, into a file instead of to Telegram.

`python -m bench._sender URL KEY LOG`: every message is one line `person kind` in LOG, written at once.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterable

from bot.catalog.load import load
from bot.clock import SystemClock
from bot.conversation import Conversation
from bot.outbox import Bound, Row
from bot.store.open_store import open_store
from bot.telegram.pace import Pace
from bot.telegram.people import InTurn
from bot.telegram.render import TelegramRender
from bot.telegram.sender import Sender
from bot.telegram.ticker import Ticker
from bot.wiring import context_of

LATENCY = 0.05


class FileDelivery:
    """What `Sender` needs of a delivery. The line is written in the middle of the "call"."""

    def __init__(self, path: str) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        self._number = 0

    async def deliver(self, chat: int, row: Row) -> Bound:
        await asyncio.sleep(LATENCY / 2)
        os.write(self._file, f"{chat} {row.kind}\n".encode())
        await asyncio.sleep(LATENCY / 2)
        self._number += 1
        return Bound(self._number, has_picture=False)

    def outdated(self, chat: int, row: Row, bound: Bound) -> Iterable[int]:
        del chat, row, bound
        return ()


async def run(url: str, key: str, log: str) -> None:
    context = context_of(load())
    store = await open_store(url, (key,))
    conversation = Conversation(store.desk, context, TelegramRender(context.phrasebooks))
    ticker = Ticker(store.desk, conversation, SystemClock(), InTurn())
    sender = Sender(store.outbox, FileDelivery(log), SystemClock(), Pace())  # type: ignore[arg-type]
    print("ready", flush=True)
    await asyncio.gather(ticker.run(), sender.run())


if __name__ == "__main__":
    asyncio.run(run(*sys.argv[1:4]))
