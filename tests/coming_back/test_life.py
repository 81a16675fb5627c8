"""Ten days of one person through conversation, store, timers and the terminal, on a simulated clock."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from pathlib import Path

import pytest

from bench.life import Life, OneTown, ten_days
from bot.conversation import Conversation, Newcomer, Outgoing, Person, Wanted
from bot.dialogue.values import Commanded, Context, Event, Left, Pressed, Reply, Said, Seat
from bot.store.memory import MemoryDesk
from tests.people import MONDAY

ANN = Person("telegram", 7)


@pytest.fixture
async def life(ctx: Context, tmp_path: Path) -> Life:
    lived = Life(replace(ctx, places=OneTown()), tmp_path, io.StringIO())
    await ten_days(lived)
    return lived


async def test_ten_days(life: Life) -> None:
    reminders = [at for kind, at in life.rung if kind == "reminder"]
    nine = [life.at(day, 21) for day in (1, 2, 3, 4, 6, 7, 8, 9, 10)]
    assert [at for at in reminders if at in nine] == nine  # to the second, across the change of clocks
    assert len(reminders) == len(nine) + 1  # and one after ten minutes
    words = life.out.getvalue()  # type: ignore[attr-defined]
    assert words.count("I was away and missed the last time") == 1
    assert words.count("I have called 3 days in a row") == 1
    assert words.index("I have called 3 days") > words.rindex("It is time for a few quiet minutes")
    assert "Headache: rated 4 times" in words
    assert await life.desk.next_due() is None


async def test_what_is_left_of_it(life: Life) -> None:
    seat = (await life.seat()).seat
    assert [course.times for course in seat.courses] == [3]
    assert len(seat.troubled) == 1
    assert {path.suffix for path in life.folder.iterdir()} == {".png", ".json", ".csv"}


# ---------------------------------------------------------------- the conversation around it


class Plain:
    """Renders keys."""

    def __call__(self, reply: Reply, seat: Seat) -> tuple[Outgoing, ...]:
        del seat
        return (Outgoing(" ".join(line.key for line in reply.lines)),)


class Talk:
    """One person, a store in memory, a clock that is told."""

    def __init__(self, ctx: Context) -> None:
        self.desk, self.wanted, self.now, self.number = MemoryDesk(), list[Wanted](), MONDAY, 0
        self.conversation = Conversation(self.desk, ctx, Plain(), lambda _person, wanted: self.wanted.append(wanted))

    async def take(self, event: type[Event], **fields: object) -> None:
        self.number += 1
        await self.conversation.take(ANN, event(at=self.now, token=f"{self.number:08d}", **fields), self.number, Newcomer())  # type: ignore[arg-type]

    async def rows(self) -> list[tuple[str, str]]:
        """Kind and words of everything waiting; sent."""
        found = []
        while (row := await self.desk.next_row(ANN, self.now)) is not None:
            found.append((row.kind, row.payload))
            await self.desk.sent(ANN, row.id, {}, None)
        return found

    async def press(self, *actions: str) -> None:
        for action in actions:
            await self.take(Pressed, action=action, turn=(await self.seat()).turn)

    async def begin(self) -> None:
        await self.take(Commanded, name="start")
        turn = (await self.seat()).turn
        await self.take(Pressed, action="agree", turn=turn)
        await self.take(Said, words="remind me every day at 9 pm")
        await self.take(Said, words="London")
        await self.rows()

    async def seat(self) -> Seat:
        from bot.saved import read

        saved = self.desk._people[ANN].seat
        assert saved is not None
        return read(saved, self.conversation._context.knowledge).seat


async def test_a_reminder_is_a_row_that_is_sent_at_most_once(ctx: Context) -> None:
    talk = Talk(ctx)
    await talk.begin()
    talk.now = dt.datetime(2026, 3, 2, 21, tzinfo=dt.UTC)
    assert await talk.desk.people_due(talk.now, 9) == (ANN,)
    await talk.conversation.ring(ANN, talk.now)
    assert await talk.rows() == [("reminder", "remind.time")]
    assert await talk.desk.next_due() == dt.datetime(2026, 3, 3, 21, tzinfo=dt.UTC)


async def test_two_processes_ring_at_once_and_one_message_comes(ctx: Context) -> None:
    talk = Talk(ctx)
    await talk.begin()
    talk.now = dt.datetime(2026, 3, 2, 21, tzinfo=dt.UTC)
    for _ in range(2):
        await talk.conversation.ring(ANN, talk.now)
    assert len(await talk.rows()) == 1


async def test_claimed_late_it_may_not_be_sent_later_than_two_hours(ctx: Context) -> None:
    """The grace counts from the planned time, also while a claimed row waits; and what missed it is not silence."""
    talk = Talk(ctx)
    await talk.begin()
    talk.now = dt.datetime(2026, 3, 2, 22, 59, tzinfo=dt.UTC)
    await talk.conversation.ring(ANN, talk.now)
    row = await talk.desk.next_row(ANN, talk.now)
    assert row is not None
    talk.now = dt.datetime(2026, 3, 2, 23, 0, tzinfo=dt.UTC)
    assert not await talk.desk.mark_sending(ANN, row.id, talk.now)
    assert await talk.rows() == []
    await talk.conversation.ring(ANN, talk.now)
    assert (await talk.seat()).reminders[0].invited is None  # nobody ignored what nobody saw
    talk.now = dt.datetime(2026, 3, 3, 21, tzinfo=dt.UTC)
    await talk.conversation.ring(ANN, talk.now)
    assert await talk.rows() == [("reminder", "remind.missed remind.time")]


async def test_a_question_whether_to_go_on_that_nobody_saw_is_asked_again(ctx: Context) -> None:
    talk = Talk(ctx)
    await talk.begin()
    await talk.take(Said, words="remind me every day at 9.30 pm")
    await talk.rows()
    for day in range(2, 5):
        for minute in (0, 30):
            talk.now = dt.datetime(2026, 3, day, 21, minute, tzinfo=dt.UTC)
            await talk.conversation.ring(ANN, talk.now)
            await talk.rows()
    talk.now = dt.datetime(2026, 3, 5, 21, tzinfo=dt.UTC)
    await talk.conversation.ring(ANN, talk.now)
    talk.now += dt.timedelta(hours=2)
    assert await talk.rows() == []
    await talk.conversation.ring(ANN, talk.now)
    assert [each.quiet for each in (await talk.seat()).reminders] == [False, False]
    talk.now = dt.datetime(2026, 3, 6, 21, tzinfo=dt.UTC)
    await talk.conversation.ring(ANN, talk.now)
    assert await talk.rows() == [("reminder", "remind.ignored")]
    assert [each.quiet for each in (await talk.seat()).reminders] == [True, True]


async def test_a_point_is_worth_showing_while_it_is_pressed_and_firmer_only_at_that_moment(ctx: Context) -> None:
    talk = Talk(ctx)
    await talk.take(Commanded, name="start")
    await talk.press("agree")
    await talk.take(Said, words="my head hurts")
    await talk.press("pregnancy:not", "none", "none", "severity:5", "start")
    await talk.rows()
    await talk.press("go")
    began = talk.now
    talk.now = began + dt.timedelta(seconds=59)
    assert [kind for kind, _ in await talk.rows()] == ["player"]
    talk.now = began + dt.timedelta(seconds=20)
    await talk.conversation.ring(ANN, talk.now)
    talk.now += dt.timedelta(seconds=20)
    assert await talk.rows() == []


async def test_who_blocked_us_hears_nothing_and_is_planned_anew_when_back(ctx: Context) -> None:
    talk = Talk(ctx)
    await talk.begin()
    await talk.take(Left)
    talk.now = dt.datetime(2026, 3, 4, 21, 30, tzinfo=dt.UTC)
    await talk.conversation.ring(ANN, talk.now)
    assert await talk.rows() == []
    assert await talk.desk.next_due() is None
    await talk.take(Commanded, name="start")
    assert await talk.desk.next_due() == dt.datetime(2026, 3, 5, 21, tzinfo=dt.UTC)


async def test_a_message_that_could_not_be_sent_makes_silent_until_they_come_back(ctx: Context) -> None:
    """403: the store says inactive; whatever they do first plans their reminders anew."""
    talk = Talk(ctx)
    await talk.begin()
    await talk.desk.inactive(ANN)
    talk.now = dt.datetime(2026, 3, 3, 21, tzinfo=dt.UTC)
    await talk.conversation.ring(ANN, talk.now)
    assert await talk.rows() == []
    await talk.take(Said, words="my head hurts")
    assert await talk.desk.next_due() == dt.datetime(2026, 3, 4, 21, tzinfo=dt.UTC)


async def test_an_export_is_ordered_once_and_not_for_an_update_seen_before(ctx: Context) -> None:
    talk = Talk(ctx)
    await talk.begin()
    await talk.take(Commanded, name="export")
    talk.number -= 1
    await talk.take(Commanded, name="export")
    assert [wanted.what for wanted in talk.wanted] == ["export"]
    assert len(await talk.desk.journal(ANN)) == 0
