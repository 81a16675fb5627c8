"""What an update means for us."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from telegram import Bot

from bot.conversation import Newcomer, Person
from bot.dialogue.values import Came, Commanded, Left, Pressed, Said, Shared
from bot.telegram.request import AiohttpRequest
from bot.telegram.updates import Arrived, Elsewhere, Nothing, Searched, Stamp, button, sender_of, taken
from tests.telegram.standin import BOT

AT = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
ANN = {"id": 11, "is_bot": False, "first_name": "Ann", "language_code": "en-GB"}
PRIVATE, GROUP = {"id": 11, "type": "private"}, {"id": -5, "type": "supergroup", "title": "Friends"}
FILE = {"file_id": "f", "file_unique_id": "u"}


class Known(Bot):
    """A bot that knows its name without asking Telegram."""

    @property
    def username(self) -> str:
        return str(BOT["username"])

    @property
    def id(self) -> int:
        return int(str(BOT["id"]))


def read(**update: Any) -> Any:
    known = Known("1:x", request=AiohttpRequest(), get_updates_request=AiohttpRequest())
    return taken({"update_id": 7, **update}, known, lambda: Stamp(AT, "fresh"))


def message(**more: Any) -> dict[str, Any]:
    return {"message_id": 3, "date": 1_700_000_000, "chat": PRIVATE, "from": ANN, **more}


@pytest.mark.parametrize(
    ("more", "event"),
    [
        ({"text": "my head hurts"}, Said(at=AT, token="fresh", words="my head hurts")),
        ({"text": "/start"}, Commanded(at=AT, token="fresh", name="start")),
        ({"text": "/start from-a-link"}, Commanded(at=AT, token="fresh", name="start", rest="from-a-link")),
        ({"text": "/POINT@guide_bot  PC6 "}, Commanded(at=AT, token="fresh", name="point", rest="PC6")),
        ({"text": "/ not a command"}, Said(at=AT, token="fresh", words="/ not a command")),
        ({"text": "/help\nand more"}, Commanded(at=AT, token="fresh", name="help", rest="and more")),
        ({"photo": [{**FILE, "width": 1, "height": 1}]}, Shared(at=AT, token="fresh", kind="photo")),
        ({"photo": [{**FILE, "width": 1, "height": 1}], "caption": "it hurts here"}, Said(at=AT, token="fresh", words="it hurts here")),
        ({"voice": {**FILE, "duration": 1}}, Shared(at=AT, token="fresh", kind="voice")),
        ({"audio": {**FILE, "duration": 1}}, Shared(at=AT, token="fresh", kind="file")),
        ({"document": FILE}, Shared(at=AT, token="fresh", kind="file")),
        ({"animation": {**FILE, "width": 1, "height": 1, "duration": 1}, "document": FILE}, Shared(at=AT, token="fresh", kind="video")),
        ({"location": {"latitude": 52.5, "longitude": 13.4}},
         Shared(at=AT, token="fresh", kind="location", latitude=52.5, longitude=13.4)),
        ({"contact": {"phone_number": "1", "first_name": "B"}}, Shared(at=AT, token="fresh", kind="contact")),
        ({"dice": {"emoji": "x", "value": 3}}, Shared(at=AT, token="fresh", kind="other")),
        ({"something_quite_new": {"a": 1}}, Shared(at=AT, token="fresh", kind="other")),
        ({"text": "yes", "forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "B"}},
         Said(at=AT, token="fresh", words="yes")),
    ],
)
def test_a_private_message_becomes_an_event(more: dict[str, Any], event: object) -> None:
    found = read(message=message(**more))

    assert found == Arrived(7, Person("telegram", 11), event, Newcomer("en", "GB"), message=3)


def test_an_edit_is_words_marked_as_edited() -> None:
    assert read(edited_message=message(text="/help", edit_date=1)).event == Said(at=AT, token="fresh", words="/help", edited=True)


@pytest.mark.parametrize(
    "update",
    [
        {"edited_message": message(location={"latitude": 1.0, "longitude": 1.0}, edit_date=1)},
        {"message": message(pinned_message={**message(text="x"), "message_id": 2})},
        {"message": message(text="hi", **{"from": {**ANN, "is_bot": True}})},
        {"channel_post": {"message_id": 3, "date": 1, "chat": {"id": -9, "type": "channel", "title": "News"}, "text": "hi"}},
        {"message_reaction": {"chat": PRIVATE, "message_id": 1, "date": 1, "old_reaction": [], "new_reaction": [], "user": ANN}},
    ],
)
def test_what_nobody_waits_for_is_nothing(update: dict[str, Any]) -> None:
    assert read(**update) == Nothing(7)


@pytest.mark.parametrize(
    ("data", "meant"),
    [("abc-_123:flag:none", ("abc-_123", "flag:none")), ("!again:headache", (None, "again:headache")), ("nonsense", ("nonsense", "")), ("", ("", ""))],
)
def test_button_data_says_turn_and_action(data: str, meant: tuple[str | None, str]) -> None:
    assert button(data) == meant


def test_a_press_knows_its_query_and_its_message() -> None:
    query = {"id": "q1", "from": ANN, "chat_instance": "1", "data": "t:go", "message": message(text="x")}

    found = read(callback_query=query)

    assert (found.event, found.query, found.message) == (Pressed(at=AT, token="fresh", action="go", turn="t"), "q1", 3)


@pytest.mark.parametrize(("now", "event"), [("kicked", Left(at=AT, token="fresh")), ("member", Came(at=AT, token="fresh"))])
def test_blocking_and_coming_back(now: str, event: object) -> None:
    user = {"id": 4242, "is_bot": True, "first_name": "G"}
    new = {"user": user, "status": now, "until_date": 0} if now == "kicked" else {"user": user, "status": now}
    before = {"user": user, "status": "member"}

    assert read(my_chat_member={"chat": PRIVATE, "from": ANN, "date": 1, "old_chat_member": before, "new_chat_member": new}).event == event


@pytest.mark.parametrize(
    ("more", "addressed"),
    [
        ({"text": "hello all"}, False),
        ({"text": "/start"}, True),
        ({"text": "/start@guide_bot"}, True),
        ({"text": "/start@other_bot"}, False),
        ({"text": "what does @Guide_Bot say"}, True),
        ({"text": "thanks", "reply_to_message": {"message_id": 1, "date": 1, "chat": GROUP, "from": BOT, "text": "x"}}, True),
    ],
)
def test_a_group_never_reaches_a_seat(more: dict[str, Any], *, addressed: bool) -> None:
    assert read(message={**message(**more), "chat": GROUP}) == Elsewhere(7, -5, "en", addressed)


def test_a_press_in_a_group_is_only_answered() -> None:
    query = {"id": "q1", "from": ANN, "chat_instance": "1", "data": "t:go", "message": {**message(text="x"), "chat": GROUP}}

    assert read(callback_query=query) == Elsewhere(7, -5, "en", addressed=False, query="q1")


def test_an_inline_query_carries_words_and_language() -> None:
    assert read(inline_query={"id": "i1", "from": ANN, "query": "headache", "offset": ""}) == Searched(7, "i1", "headache", "en")


@pytest.mark.parametrize(
    ("code", "newcomer"),
    [("en-GB", Newcomer("en", "GB")), ("pt-br", Newcomer("pt", "BR")), ("de", Newcomer("de")), (None, Newcomer("en")), ("zh-hans", Newcomer("zh"))],
)
def test_a_newcomer_is_guessed_from_the_language(code: str | None, newcomer: Newcomer) -> None:
    user = {**ANN, "language_code": code} if code else {k: v for k, v in ANN.items() if k != "language_code"}

    assert read(message={**message(text="x"), "from": user}).newcomer == newcomer


@pytest.mark.parametrize(
    ("raw", "whose"),
    [
        ({"message": message(date="broken")}, Person("telegram", 11)),
        ({"message": {"chat": {"id": -5, "type": "group"}, "from": {"id": 11}}}, None),
        ({"callback_query": {"from": {"id": 11}, "message": {"chat": {"type": "private"}}}}, Person("telegram", 11)),
        ({"message": {"chat": None}}, None),
        ({"message": [1]}, None),
        ({}, None),
    ],
)
def test_whose_an_unreadable_update_is(raw: dict[str, Any], whose: Person | None) -> None:
    assert sender_of(raw) == whose
