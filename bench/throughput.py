"""`python -m bench throughput`: updates a second of one process, from the update to the message sent, next to bare echo
bots in the same run.

Our bot has everything on: gate, understanding, state, replies and slots in a SQLite file, committed before confirmed.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib.util
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench._bot_api import BotApi

ROOT = Path(__file__).resolve().parent.parent
GOAL = 3.0
AT_ONCE = (1, 8, 32, 64, 256)
WARM = range(1, 101)
SLOW = 120.0


@dataclass(frozen=True, slots=True)
class Bot:
    """A program to measure."""

    name: str
    command: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """Updates a second, and milliseconds of processor time for each (None where the system does not tell)."""

    name: str
    rate: float
    cpu: float | None


def bots() -> list[Bot]:
    """Ours first."""
    found = [Bot("this bot", (str(ROOT / "run_bot.py"),))]
    found += [Bot(f"python-telegram-bot echo, {n} at once", ("-m", "bench._echo_ptb", str(n))) for n in AT_ONCE]
    if importlib.util.find_spec("aiogram") is not None:
        found.append(Bot("aiogram echo", ("-m", "bench._echo_aiogram")))
    return found


async def measured(bot: Bot, options: argparse.Namespace) -> Figure:
    """One bot, warmed up, then everything at once."""
    api = BotApi(options.latency / 1000)
    await api.start()
    with tempfile.TemporaryDirectory() as data:
        environment = {
            **os.environ, "TELEGRAM_BOT_TOKEN": "4242:bench", "TELEGRAM_API_URL": api.url, "ACUPRESSURE_DATA": data,
            "ACUPRESSURE_LOG_LEVEL": "error", "PYTHONPATH": str(ROOT),
        }
        child = await asyncio.create_subprocess_exec(sys.executable, *bot.command, env=environment, cwd=data, stderr=asyncio.subprocess.DEVNULL)
        try:
            await asyncio.wait_for(api.put(WARM, 1, options.text), SLOW)
            begun, spent = time.perf_counter(), _cpu(child.pid)
            ended = await asyncio.wait_for(api.put(range(1, options.users + 1), options.each, options.text), SLOW * 5)
            used = _cpu(child.pid)
        finally:
            child.kill()
            await child.wait()
            await api.stop()
    count = options.users * options.each
    cpu = None if spent is None or used is None else (used - spent) / count * 1000
    return Figure(bot.name, count / (ended - begun), cpu)


def _cpu(pid: int) -> float | None:
    """Seconds of processor time so far, where the system has /proc."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return None
    fields = stat.read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def report(figures: Sequence[Figure], options: argparse.Namespace) -> int:
    """The table and the ratio. Status 0 when the goal is met."""
    print(f"{options.users} people, {options.each} messages each, {options.latency} ms latency of every call\n")
    print(f"{'bot':<40}{'updates/s':>12}{'CPU ms each':>14}")
    for figure in figures:
        cpu = "-" if figure.cpu is None else f"{figure.cpu:.2f}"
        print(f"{figure.name:<40}{figure.rate:>12.0f}{cpu:>14}")
    ours, echoes = figures[0], figures[1:]
    best = max((each for each in echoes if "python-telegram-bot" in each.name), key=lambda each: each.rate)
    print(f"\n{ours.rate / best.rate:.1f} times the best python-telegram-bot echo bot (goal: {GOAL:.0f})")
    for each in echoes:
        if each.name.startswith("aiogram"):
            print(f"{ours.rate / each.rate:.1f} times the aiogram echo bot (goal: 1)")
    return 0 if ours.rate >= GOAL * best.rate else 1


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench throughput", description=__doc__)
    parser.add_argument("--users", type=int, default=200)
    parser.add_argument("--each", type=int, default=10)
    parser.add_argument("--latency", type=float, default=50, help="milliseconds")
    parser.add_argument("--text", default="my head hurts")
    options = parser.parse_args(arguments)
    return report([asyncio.run(measured(bot, options)) for bot in bots()], options)
