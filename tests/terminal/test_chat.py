"""The chat in a terminal: what is printed, what a number means, and that it goes on whatever breaks."""

from __future__ import annotations

import datetime as dt
import io

import pytest

from bot.clock import SimulatedClock
from bot.conversation import Conversation, Outcome, Person
from bot.dialogue.values import Context
from bot.settings import KNOWLEDGE
from bot.store.memory import MemoryDesk
from bot.terminal.chat import ME, Chat
from bot.terminal.render import TerminalRender
from tests.people import MONDAY


class Breaks(Conversation):
    """A conversation that breaks whenever a timer rings."""

    async def ring(self, person: Person, now: dt.datetime) -> bool:
        raise ValueError(person, now)


@pytest.fixture
def out() -> io.StringIO:
    return io.StringIO()


def begun(ctx: Context, out: io.StringIO, kind: type[Conversation] = Conversation) -> tuple[Chat, MemoryDesk]:
    desk = MemoryDesk()
    conversation = kind(desk, ctx, TerminalRender(ctx.phrasebooks, KNOWLEDGE / "images"))
    return Chat(conversation, desk, desk, SimulatedClock(MONDAY), out), desk


async def test_a_timer_that_breaks_is_dropped_with_a_kind_line(ctx: Context, out: io.StringIO) -> None:
    chat, desk = begun(ctx, out, Breaks)
    await desk.serve(ME, None, MONDAY, lambda _: Outcome(timers=(("player", MONDAY),)))
    assert await chat.ring()
    assert "something went wrong" in out.getvalue()
    assert not await chat.ring()
