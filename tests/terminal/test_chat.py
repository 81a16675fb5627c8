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
from bot.terminal.render import Choice, Shown, TerminalRender
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


async def test_numbers_go_on_over_messages_that_come_together(ctx: Context, out: io.StringIO) -> None:
    chat, _ = begun(ctx, out)
    await chat.begin()
    out.truncate(0)
    await chat.heard("/emergency")
    told = out.getvalue()
    assert told.count("  1) ") == 1
    assert told.index("  1) Choose my country") < told.index("  2) ")
    await chat.heard("1")
    assert "Which country" in out.getvalue()


async def test_a_line_of_thousands_of_digits_is_no_choice(ctx: Context, out: io.StringIO) -> None:
    chat, _ = begun(ctx, out)
    await chat.begin()
    out.truncate(0)
    await chat.heard("1" * 5000)
    assert "  1) " in out.getvalue()


def test_choices_without_numbers_make_all_that_come_with_them_so(ctx: Context, out: io.StringIO) -> None:
    chat, _ = begun(ctx, out)
    scale = tuple(Choice(str(n), f"turn:severity:{n}") for n in range(3))
    chat._print(Shown("To call", (Choice("Choose my country", "turn:country"),)), Shown("How bad?", scale, numbered=False))
    assert "1)" not in out.getvalue()
    assert chat._chosen("1") == "turn:severity:1"
    assert chat._chosen("choose my country") == "turn:country"
