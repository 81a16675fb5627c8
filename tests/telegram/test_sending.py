"""Sending when things go wrong: limits, blocked people, old messages, pictures."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any

import pytest

from bot.conversation import Loaded, Outcome, Outgoing, Person, StoreDown
from bot.outbox import Bound, Row
from bot.store.memory import MemoryDesk
from bot.telegram.delivery import editable
from bot.telegram.pace import Limits, Pace
from bot.telegram.render import Payload
from tests.telegram.conftest import Begin, Running
from tests.telegram.standin import Refuse

ANN, BEN = 11, 12


def to(chat: int, refused: Refuse) -> Callable[[dict[str, Any]], Refuse | None]:
    """A fault for one chat only."""
    return lambda params: refused if int(params["chat_id"]) == chat else None


async def put(running: Running, user: int, *outgoing: Outgoing) -> None:
    """Rows as a step leaves them."""
    def work(loaded: Loaded) -> Outcome:
        return Outcome(seat=loaded.seat, outgoing=outgoing)

    await running.store.desk.serve(Person("telegram", user), None, running.now(), work)


def says(text: str, slot: str = "", *, edit: bool = False, **more: Any) -> Outgoing:
    kind = more.pop("kind", "reply")
    return Outgoing(Payload(text, **more).json(), slot, edit, kind=kind)


async def test_rows_arrive_in_order(front: Begin) -> None:
    async with front() as running:
        await put(running, ANN, *(says(f"row {n}") for n in range(20)))
        await running.server.expect(ANN, "row 19")
        assert [m.text for m in running.server.chats[ANN]] == [f"row {n}" for n in range(20)]


async def test_a_chat_that_must_wait_keeps_nobody_waiting(front: Begin) -> None:
    async with front() as running:
        chat = running.server
        chat.faults["sendMessage"].append(to(ANN, Refuse(429, "Too Many Requests: retry after 1", retry_after=1)))
        await put(running, ANN, says("for Ann"))
        await put(running, BEN, says("for Ben"))
        await chat.expect(BEN, "for Ben", 0.8)
        await chat.expect(ANN, "for Ann")
        first, second = [call.at for call in chat.sent("sendMessage") if int(call.params["chat_id"]) == ANN]
        assert second - first >= 1


async def test_who_blocked_us_gets_no_more_rows(front: Begin) -> None:
    async with front() as running:
        running.server.blocked.add(ANN)
        await put(running, ANN, says("one"), says("two"))
        await running.server.until(lambda: running.server.sent("sendMessage"))
        await put(running, BEN, says("for Ben"))
        await running.server.expect(BEN, "for Ben")
        assert len([c for c in running.server.sent("sendMessage") if int(c.params["chat_id"]) == ANN]) == 1
        assert await running.store.desk.next_row(Person("telegram", ANN), running.now()) is None


async def test_an_edit_without_change_is_a_success(front: Begin) -> None:
    async with front() as running:
        chat = running.server
        await put(running, ANN, says("same", "screen"), says("same", "screen", edit=True), says("end"))
        await chat.expect(ANN, "end")
        assert [m.text for m in chat.chats[ANN]] == ["same", "end"]


async def test_below_something_newer_an_edit_becomes_a_new_message(front: Begin) -> None:
    async with front() as running:
        chat = running.server
        await put(running, ANN, says("first", "screen"), says("a note"), says("second", "screen", edit=True), says("third", "screen", edit=True))
        await chat.expect(ANN, "third")
        assert [m.text for m in chat.chats[ANN]] == ["first", "a note", "third"]


async def test_a_message_that_is_gone_is_said_anew(front: Begin) -> None:
    async with front() as running:
        chat = running.server
        await put(running, ANN, says("first", "screen"))
        await chat.expect(ANN, "first")
        chat.chats[ANN].clear()
        await put(running, ANN, says("second", "screen", edit=True), says("third", "screen", edit=True))
        await chat.expect(ANN, "third")
        assert len(chat.chats[ANN]) == 1


@pytest.mark.parametrize(("refusal", "labels"), [("can't parse entities", ["Go"]), ("BUTTON_DATA_INVALID", [])])
async def test_what_telegram_refuses_is_said_plainly(front: Begin, refusal: str, labels: list[str]) -> None:
    async with front() as running:
        chat = running.server
        chat.faults["sendMessage"].append(Refuse(400, f"Bad Request: {refusal}"))
        await put(running, ANN, says("<b>Stop</b> &amp; rest", rows=((("Go", "t:go"),),)))
        message = await chat.expect(ANN, "Stop & rest")
        assert message.labels == labels
        assert "parse_mode" not in chat.sent("sendMessage")[-1].params


async def test_what_telegram_refuses_twice_is_dropped_by_its_id(front: Begin, caplog: pytest.LogCaptureFixture) -> None:
    async with front() as running:
        chat = running.server
        chat.faults["sendMessage"].extend([Refuse(400, "Bad Request: no")] * 2)
        with caplog.at_level(logging.INFO, "bot"):
            await put(running, ANN, says("secret words"), says("next"))
            await chat.expect(ANN, "next")
        assert any("row_dropped row=1" in record.getMessage() for record in caplog.records)
        assert "secret" not in " ".join(record.getMessage() for record in caplog.records)


async def test_the_network_is_tried_again(front: Begin) -> None:
    async with front() as running:
        running.server.faults["sendMessage"].extend([Refuse(502, "Bad Gateway")] * 2)
        await put(running, ANN, says("at last"))
        await running.server.expect(ANN, "at last")


async def test_a_reminder_that_may_have_arrived_is_not_sent_again(front: Begin) -> None:
    async with front() as running:
        running.server.faults["sendMessage"].append(Refuse(502, "Bad Gateway"))
        await put(running, ANN, says("reminder", kind="reminder"))
        await running.server.until(lambda: running.server.sent("sendMessage"))
        await put(running, ANN, says("reply"))
        await running.server.expect(ANN, "reply")
        assert [m.text for m in running.server.chats[ANN]] == ["reply"]
        assert await running.store.desk.uncertain() == 1


async def test_a_reminder_told_to_wait_is_sent_later(front: Begin) -> None:
    async with front() as running:
        running.server.faults["sendMessage"].append(Refuse(429, "Too Many Requests", retry_after=1))
        await put(running, ANN, says("reminder", kind="reminder"))
        await running.server.expect(ANN, "reminder")
        assert await running.store.desk.uncertain() == 0


async def test_what_is_too_late_is_not_sent(front: Begin) -> None:
    async with front() as running:
        late = Outgoing(Payload("too late").json(), until=running.now() - dt.timedelta(seconds=1))
        await put(running, ANN, late, says("now"))
        await running.server.expect(ANN, "now")
        assert len(running.server.chats[ANN]) == 1


# ---------------------------------------------------------------- pictures


@pytest.fixture
def pictures(tmp_path: Any) -> Any:
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "PC6.jpg").write_bytes(b"wrist")
    (tmp_path / "images" / "ST36.jpg").write_bytes(b"shin")
    return tmp_path


async def test_a_picture_is_uploaded_once(front: Begin, pictures: Any) -> None:
    async with front(knowledge=pictures) as running:
        chat = running.server
        for user in (ANN, BEN):
            await put(running, user, says("Where.", picture="PC6"))
            await chat.expect(user, "Where")
        assert [call.params["photo"] for call in chat.sent("sendPhoto")] == [b"wrist", "file0"]


async def test_a_refused_file_id_is_uploaded_again(front: Begin, pictures: Any) -> None:
    async with front(knowledge=pictures) as running:
        chat = running.server
        await put(running, ANN, says("One.", picture="PC6"))
        await chat.expect(ANN, "One")
        chat.files = {"other": b""}
        await put(running, ANN, says("Two.", picture="PC6"))
        message = await chat.expect(ANN, "Two")
        assert chat.files[message.photo] == b"wrist"


async def test_words_become_a_picture_but_a_picture_never_becomes_words(front: Begin, pictures: Any) -> None:
    async with front(knowledge=pictures) as running:
        chat = running.server
        steps = (says("words", "screen"), says("wrist", "screen", edit=True, picture="PC6"), says("wrist again", "screen", edit=True, picture="PC6"),
                 says("shin", "screen", edit=True, picture="ST36"), says("only words", "screen", edit=True))
        await put(running, ANN, *steps)
        await chat.expect(ANN, "only words")
        methods = [call.method for call in chat.calls if call.method.startswith(("send", "edit"))]
        assert methods[:5] == ["sendMessage", "editMessageMedia", "editMessageCaption", "editMessageMedia", "sendMessage"]
        assert [m.text for m in chat.chats[ANN]] == ["shin", "only words"]


async def test_a_missing_picture_leaves_the_words(front: Begin, pictures: Any) -> None:
    async with front(knowledge=pictures) as running:
        await put(running, ANN, says("Where.", picture="LI4"))
        assert (await running.server.expect(ANN, "Where")).photo == ""


# ---------------------------------------------------------------- pure parts


@pytest.mark.parametrize(
    ("row", "payload", "bound"),
    [
        (Row(1, "", "screen", edit=True, slots={"screen": Bound(5, has_picture=False)}, newest=5), Payload("x"), Bound(5, has_picture=False)),
        (Row(1, "", "screen", edit=True, slots={"screen": Bound(5, has_picture=False)}, newest=6), Payload("x"), None),
        (Row(1, "", "screen", edit=True, slots={"screen": Bound(5, has_picture=False)}, newest=None), Payload("x"), Bound(5, has_picture=False)),
        (Row(1, "", "screen", edit=False, slots={"screen": Bound(5, has_picture=False)}, newest=5), Payload("x"), None),
        (Row(1, "", "screen", edit=True, slots={"player": Bound(5, has_picture=False)}, newest=5), Payload("x"), None),
        (Row(1, "", "screen", edit=True, slots={"screen": Bound(5, has_picture=True)}, newest=5), Payload("x"), None),
        (Row(1, "", "screen", edit=True, slots={"screen": Bound(5, has_picture=True)}, newest=5), Payload("x", picture="PC6"), Bound(5, has_picture=True)),
    ],
)
def test_what_an_edit_may_change(row: Row, payload: Payload, bound: Bound | None) -> None:
    assert editable(row, payload) == bound


def test_the_pace_is_wide_open_at_first() -> None:
    pace = Pace(Limits(most=100))

    assert [pace.reserve(chat, 50.0) for chat in range(100)] == [0.0] * 100
    assert round(pace.reserve(1, 50.0), 3) == 0.01
    assert pace.reserve(1, 50.0, urgent=True) == 0
    assert pace.reserve(1, 60.0) == 0


def test_the_pace_halves_when_told_and_grows_back() -> None:
    pace = Pace(Limits(most=1000, least=20))
    for n in range(80):
        pace.reserve(n, 50.0)

    pace.told(1, 50.5)
    pace.told(2, 50.6)

    assert pace.rate(50.6) == pytest.approx(40, rel=0.01)
    assert pace.rate(60.5) > 50
    assert pace.rate(500.0) == 1000


def test_a_chat_that_was_told_to_wait_gets_one_message_a_second() -> None:
    pace = Pace()
    pace.told(1, 50.0)

    assert [pace.reserve(1, 52.0) for _ in range(3)] == [0, 1, 2]
    assert pace.reserve(2, 52.0) == 0
    assert not pace.spare(1, 52.0)
    assert pace.reserve(1, 150.0) == 0


def test_what_nobody_waits_for_goes_only_while_there_is_room() -> None:
    pace = Pace(Limits(most=10))

    assert [pace.spare(n, 50.0) for n in range(8)] == [True] * 5 + [False] * 3
    assert pace.spare(1, 51.0)


class Stumbling(MemoryDesk):
    """An outbox whose first lease breaks."""

    broken = True

    async def lease(self, *which: Any, **more: Any) -> tuple[Person, ...]:
        if self.broken:
            self.broken = False
            raise RuntimeError
        return await super().lease(*which, **more)


async def test_a_mistake_in_the_outbox_does_not_silence_everybody(front: Begin) -> None:
    async with front(desk=Stumbling()) as running:
        await put(running, ANN, says("still here"))
        await running.server.expect(ANN, "still here")


class Away(MemoryDesk):
    """An outbox that is away when it is first told that a row was sent."""

    away = 1

    async def sent(self, *which: Any) -> None:
        if self.away:
            self.away -= 1
            raise StoreDown
        await super().sent(*which)


async def test_what_was_sent_while_the_store_was_away_is_not_sent_again(front: Begin) -> None:
    async with front(desk=Away()) as running:
        await put(running, ANN, says("once"), says("after it"))
        await running.server.expect(ANN, "after it")
        assert [m.text for m in running.server.chats[ANN]] == ["once", "after it"]
