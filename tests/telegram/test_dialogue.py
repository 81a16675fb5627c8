"""Whole dialogues over real HTTP."""

from __future__ import annotations

import asyncio

import pytest

from bot.conversation import Person
from tests.telegram.conftest import Begin
from tests.telegram.standin import BOT, Standin

ANN, BEN = 11, 12


async def begun(chat: Standin, user: int) -> None:
    """Greeted and agreed."""
    await chat.say(user, "/start")
    welcome = await chat.expect(user, "acupressure")
    await chat.press(user, "agree", welcome)
    await chat.until(lambda: welcome.edits == 1)


async def test_from_a_complaint_to_pressing(front: Begin) -> None:
    async with front() as running:
        chat = running.server
        await begun(chat, ANN)
        await chat.say(ANN, "my head hurts")
        screen = await chat.expect(ANN, "pregnant")
        for label in ("cannot be", "None of these", "None of these", "4"):
            before = screen.edits
            await chat.press(ANN, label, screen)
            await chat.until(lambda seen=before: screen.edits > seen)
        assert screen.photo
        assert "<b>" not in screen.text
        await chat.until(lambda: any("Start" in label for label in chat.chats[ANN][-1].labels))


async def test_old_screens_lose_their_buttons(front: Begin) -> None:
    async with front() as running:
        chat = running.server
        await begun(chat, ANN)
        await chat.say(ANN, "my head hurts")
        await chat.expect(ANN, "pregnant")
        await chat.until(lambda: not chat.chats[ANN][0].rows)


async def test_the_quick_way_out_changes_the_very_message(front: Begin) -> None:
    """Words about abuse disappear from the message whose button was pressed, and nothing of them is left in the chat."""
    async with front() as running:
        chat = running.server
        await begun(chat, ANN)
        await chat.say(ANN, "my husband hits me")
        asked = await chat.expect(ANN, "safe for you to read")
        await chat.press(ANN, "it is safe", asked)
        await chat.until(lambda: "listen without judging" in asked.text)
        await chat.press(ANN, "Leave quickly", asked)
        await chat.until(lambda: "glass of water" in asked.text)
        assert not asked.rows
        assert not any("judging" in message.text or "safe for you" in message.text for message in chat.chats[ANN])


async def test_every_press_is_answered_once(front: Begin) -> None:
    async with front() as running:
        chat = running.server
        await begun(chat, ANN)
        await chat.until(lambda: len(chat.answered) == 1)
        assert len(chat.sent("answerCallbackQuery")) == 1


async def test_people_do_not_wait_for_each_other(front: Begin) -> None:
    async with front() as running:
        chat = running.server
        await asyncio.gather(*(chat.say(user, "/start") for user in range(100, 160)))
        for user in range(100, 160):
            await chat.expect(user, "acupressure")


async def test_commands_and_descriptions_are_told_to_telegram(front: Begin) -> None:
    async with front() as running:
        call = await running.server.until(lambda: running.server.sent("setMyCommands"))
        await running.server.until(lambda: running.server.sent("setChatMenuButton"))
        assert [c["command"] for c in call[0].params["commands"]][:2] == ["start", "routine"]


async def test_a_group_gets_one_line_and_no_seat(front: Begin) -> None:
    async with front() as running:
        chat = running.server
        group = {"id": -5, "type": "supergroup", "title": "Friends"}
        for text in ("hello", "/start", "/help", "@guide_bot my head hurts"):
            await chat.push(message={**chat.incoming(ANN, text), "chat": group})
        await chat.expect(-5, "only talk in private")
        await chat.say(BEN, "/start")
        await chat.expect(BEN, "acupressure")
        assert len(chat.chats[-5]) == 1
        assert await running.store.desk.next_row(Person("telegram", ANN), running.now()) is None


async def test_an_inline_query_is_answered(front: Begin) -> None:
    async with front() as running:
        await running.server.push(inline_query={"id": "i1", "from": {"id": ANN, "is_bot": False, "first_name": "A"}, "query": "", "offset": ""})
        await running.server.until(lambda: "i1" in running.server.answered)


@pytest.mark.parametrize(
    ("more", "answer"),
    [({"voice": {"file_id": "v", "file_unique_id": "v", "duration": 1}}, "voice"),
     ({"location": {"latitude": 1.0, "longitude": 1.0}}, "location"),
     ({"photo": [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]}, "pictures")],
)
async def test_nothing_meets_silence(front: Begin, more: dict[str, object], answer: str) -> None:
    async with front() as running:
        await running.server.say(ANN, **more)
        await running.server.expect(ANN, answer)


async def test_an_album_gets_one_answer(front: Begin) -> None:
    async with front() as running:
        photo = [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]
        for _ in range(3):
            await running.server.say(ANN, photo=photo, media_group_id="album")
        await running.server.expect(ANN, "pictures")
        await running.stopped()
        assert len(running.server.chats[ANN]) == 1


async def test_the_same_update_twice_changes_nothing(front: Begin) -> None:
    async with front() as running:
        chat = running.server
        await chat.say(ANN, "/start")
        await chat.expect(ANN, "acupressure")
        chat.pending.insert(0, {"update_id": 1000, "message": chat.incoming(ANN, "/start")})
        chat.confirmed = 0
        await chat.say(BEN, "/start")
        await chat.expect(BEN, "acupressure")
        assert len(chat.chats[ANN]) == 1


async def test_blocked_and_back(front: Begin) -> None:
    async with front() as running:
        chat = running.server
        await chat.say(ANN, "/start")
        await chat.expect(ANN, "acupressure")
        before, now = {"user": BOT, "status": "member"}, {"user": BOT, "status": "kicked", "until_date": 0}
        who = {"id": ANN, "is_bot": False, "first_name": "Ann"}
        await chat.push(my_chat_member={"chat": {"id": ANN, "type": "private"}, "from": who, "date": 1, "old_chat_member": before, "new_chat_member": now})
        await chat.until(lambda: not chat.pending)
        await chat.say(ANN, "/start")
        await chat.until(lambda: len(chat.chats[ANN]) == 2)
