"""Logging in one place: events and ids on standard error, never words of people, never payloads.

An exception is told by its class and the place in our code, not by its text: that could carry what somebody wrote.
"""

from __future__ import annotations

import logging
import sys
import traceback
from pathlib import Path
from types import TracebackType
from typing import TypeAlias

HERE = Path(__file__).resolve().parent
SILENCED = ("telegram", "aiohttp", "httpx", "httpcore", "asyncio")
"""They print payloads, addresses with the token, or exceptions with their texts."""
FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
ExcInfo: TypeAlias = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Bare(logging.Formatter):
    """Exceptions without their texts."""

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802  # the name is the library's
        """`KeyError at dialogue/flows/player.py:88`, and where it went through our code."""
        kind, error, trace = ei
        if kind is None or error is None:
            return ""
        return f"  {kind.__name__} at {' < '.join(places(trace)) or '?'}"

    def formatStack(self, stack_info: str) -> str:  # noqa: N802  # the name is the library's
        """Nothing: a stack shows no more than the place does."""
        del stack_info
        return ""


def places(trace: TracebackType | None, most: int = 4) -> list[str]:
    """Where in our code, innermost first."""
    frames = [frame for frame in traceback.extract_tb(trace) if HERE in Path(frame.filename).parents]
    return [f"{Path(frame.filename).relative_to(HERE)}:{frame.lineno}" for frame in reversed(frames)][:most]


def configure(level: str = "info") -> None:
    """Our own events to standard error; libraries that talk too much fall silent."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Bare(FORMAT))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("bot").setLevel(level.upper())
    for name in SILENCED:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
