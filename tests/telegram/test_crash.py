"""kill -9 in the middle of things: after the restart the bot goes on, and nothing is lost."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.telegram.standin import TOKEN, Standin

ROOT = Path(__file__).resolve().parents[2]
ANN = 11
CROWD = range(100, 140)
SLOW = 60.0
"""Seconds: a start of the bot and the end of a lease on a busy machine."""


@asynccontextmanager
async def process(server: Standin, data: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """The real bot as a program of its own."""
    environment = {
        **os.environ, "TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": server.url, "ACUPRESSURE_DATA": str(data), "ACUPRESSURE_LOG_LEVEL": "error",
    }
    child = await asyncio.create_subprocess_exec(sys.executable, str(ROOT / "run_bot.py"), cwd=data, env=environment)
    try:
        yield child
    finally:
        if child.returncode is None:
            child.kill()
        await child.wait()


async def test_kill_9_loses_nothing(server: Standin, tmp_path: Path) -> None:
    async with process(server, tmp_path) as child:
        await server.say(ANN, "/start")
        welcome = await server.expect(ANN, "acupressure", SLOW)
        await server.press(ANN, "agree", welcome)
        await server.until(lambda: welcome.edits == 1)
        server.latency = 0.2
        for user in CROWD:
            await server.say(user, "/start")
        await server.press(ANN, "list", welcome)
        await server.until(lambda: any(server.chats[user] for user in CROWD), SLOW)
        child.send_signal(signal.SIGKILL)
        await child.wait()

    server.latency = 0.0
    async with process(server, tmp_path) as child:
        await server.until(lambda: all(server.chats[user] for user in CROWD), SLOW)
        await server.until(lambda: not server.pending and server.chats[ANN][-1].edits + len(server.chats[ANN]) >= 3, SLOW)
        assert all(len(server.chats[user]) <= 2 for user in CROWD)
        await server.say(ANN, "my head hurts")
        await server.expect(ANN, "pregnant", SLOW)
        child.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(child.wait(), 10) == 0


async def test_a_refused_token_is_one_line_and_status_one(server: Standin, tmp_path: Path) -> None:
    environment = {**os.environ, "TELEGRAM_BOT_TOKEN": "1:wrong", "TELEGRAM_API_URL": server.url, "ACUPRESSURE_DATA": str(tmp_path),
                   "ACUPRESSURE_LOG_LEVEL": "error"}
    child = await asyncio.create_subprocess_exec(
        sys.executable, str(ROOT / "run_bot.py"), cwd=tmp_path, env=environment, stderr=asyncio.subprocess.PIPE,
    )
    _, told = await asyncio.wait_for(child.communicate(), SLOW)
    assert child.returncode == 1
    lines = [line for line in told.decode().splitlines() if "ACUPRESSURE_KEYS" not in line]
    assert len(lines) == 1
    assert "TELEGRAM_BOT_TOKEN" in lines[0]
    assert "wrong" not in lines[0]
