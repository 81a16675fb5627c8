"""A ring that a mistake of ours keeps back: one kind line, and what was promised still comes."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.clock import SimulatedClock
from bot.conversation import Conversation, Outgoing, Render
from bot.dialogue.states import AtPoint
from bot.dialogue.values import Commanded, Context, Reply, Said, Seat
from bot.telegram.people import InTurn
from bot.telegram.ticker import Ticker
from tests.coming_back.test_life import ANN, Plain, Talk
from tests.people import MONDAY


class BreaksOn(Plain):
    """Renders keys, but breaks whenever it is to say this one."""

    def __init__(self, key: str) -> None:
        self.key = key

    def __call__(self, reply: Reply, seat: Seat) -> tuple[Outgoing, ...]:
        if any(line.key == self.key for line in reply.lines):
            raise ZeroDivisionError
        return super().__call__(reply, seat)


class Speechless:
    """Renders nothing."""

    def __call__(self, reply: Reply, seat: Seat) -> tuple[Outgoing, ...]:
        del reply, seat
        raise ZeroDivisionError


def talking(ctx: Context, render: Render) -> Talk:
    talk = Talk(ctx)
    talk.conversation = Conversation(talk.desk, ctx, render)
    return talk


async def test_a_reminder_that_failed_comes_again_the_next_day(ctx: Context) -> None:
    render = BreaksOn("remind.time")
    talk = talking(ctx, render)
    await talk.begin()
    talk.now = dt.datetime(2026, 3, 2, 21, tzinfo=dt.UTC)
    with pytest.raises(ZeroDivisionError):
        await talk.conversation.ring(ANN, talk.now)
    await talk.conversation.unring(ANN, talk.now)
    assert await talk.rows() == [("reply", "not_here.sorry")]
    assert await talk.desk.next_due() == (await talk.seat()).reminders[0].due == dt.datetime(2026, 3, 3, 21, tzinfo=dt.UTC)
    render.key = ""
    talk.now = dt.datetime(2026, 3, 3, 21, tzinfo=dt.UTC)
    await talk.conversation.ring(ANN, talk.now)
    assert await talk.rows() == [("reminder", "remind.missed remind.time")]


async def test_one_that_comes_once_and_fails_is_tried_once_more_not_for_ever(ctx: Context) -> None:
    talk = talking(ctx, BreaksOn("remind.time"))
    await talk.begin()
    await talk.take(Said, words="delete all reminders")
    await talk.take(Said, words="remind me in 10 minutes")
    talk.now = MONDAY + dt.timedelta(minutes=10)
    await talk.conversation.unring(ANN, talk.now)
    talk.now += dt.timedelta(days=1)
    assert await talk.desk.next_due() == talk.now
    await talk.conversation.unring(ANN, talk.now)
    assert await talk.desk.next_due() is None


async def test_a_pressing_whose_ring_failed_waits_and_goes_on_at_a_press(ctx: Context) -> None:
    talk = talking(ctx, BreaksOn("player.firmer"))
    await talk.take(Commanded, name="start")
    await talk.press("agree")
    await talk.take(Said, words="my head hurts")
    await talk.press("pregnancy:not", "none", "none", "severity:5", "start", "go")
    talk.now += dt.timedelta(seconds=20)
    with pytest.raises(ZeroDivisionError):
        await talk.conversation.ring(ANN, talk.now)
    await talk.conversation.unring(ANN, talk.now)
    state = (await talk.seat()).state
    assert isinstance(state, AtPoint)
    assert state.left
    assert await talk.desk.next_due() is None
    await talk.press("resume")
    assert await talk.desk.next_due() is not None


async def test_the_ticker_gives_up_what_failed_and_it_does_not_ring_on(ctx: Context) -> None:
    talk = talking(ctx, BreaksOn("remind.time"))
    await talk.begin()
    clock = SimulatedClock(dt.datetime(2026, 3, 2, 21, tzinfo=dt.UTC))
    ticker = Ticker(talk.desk, talk.conversation, clock, InTurn())
    assert [await ticker.tick(), await ticker.tick()] == [1, 0]
    assert await talk.rows() == [("reply", "not_here.sorry")]
    assert await talk.desk.next_due() == dt.datetime(2026, 3, 3, 21, tzinfo=dt.UTC)


async def test_where_not_even_that_can_be_said_they_hold_up_nobody(ctx: Context) -> None:
    talk = Talk(ctx)
    await talk.begin()
    clock = SimulatedClock(dt.datetime(2026, 3, 2, 21, tzinfo=dt.UTC))
    ticker = Ticker(talk.desk, Conversation(talk.desk, ctx, Speechless()), clock, InTurn())
    assert [await ticker.tick(), await ticker.tick()] == [1, 0]
    clock.advance(301)
    assert await ticker.tick() == 1
