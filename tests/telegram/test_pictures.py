"""Sheets and albums: drawn when asked for, uploaded once."""

from __future__ import annotations

import asyncio
import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bot.conversation import Outgoing, StoreDown
from bot.store.memory import MemoryDesk
from bot.telegram import pictures as module
from bot.telegram.albums import groups
from bot.telegram.pictures import Pictures
from bot.telegram.render import Payload
from tests.telegram.conftest import Begin
from tests.telegram.standin import Refuse, Standin
from tests.telegram.test_dialogue import begun
from tests.telegram.test_sending import ANN, BEN, put, says

COLOURS = {"PC6": "red", "ST36": "green", "LI4": "blue"}


def jpeg(colour: str, side: int = 40) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (side, side), colour).save(made, "JPEG")
    return made.getvalue()


@pytest.fixture
def knowledge_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "knowledge" / "images"
    folder.mkdir(parents=True)
    for name, colour in COLOURS.items():
        (folder / f"{name}.jpg").write_bytes(jpeg(colour))
    return folder.parent


def album(*names: str) -> Outgoing:
    return Outgoing(Payload("", album=names).json())


# ---------------------------------------------------------------- sheets


async def test_a_sheet_is_drawn_once_and_uploaded_once(front: Begin, knowledge_folder: Path, tmp_path: Path) -> None:
    async with front(knowledge=knowledge_folder) as running:
        chat = running.server
        for user in (ANN, BEN):
            await put(running, user, says("The routine.", picture="PC6+ST36"))
            await chat.expect(user, "routine")
        first, second = [call.params["photo"] for call in chat.sent("sendPhoto")]
        assert Image.open(io.BytesIO(first)).width > 900
        assert second == "file0"
        assert len(list((tmp_path / "data" / "sheets").glob("*.jpg"))) == 1


async def test_the_order_makes_another_sheet(knowledge_folder: Path, tmp_path: Path) -> None:
    pictures = Pictures(knowledge_folder / "images", tmp_path / "sheets", MemoryDesk(), 1)

    assert (await pictures.find("PC6+ST36")).digest != (await pictures.find("ST36+PC6")).digest
    assert (await pictures.find("PC6+XX1")).content
    with pytest.raises(OSError, match=r"XX1\+XX2"):
        await pictures.find("XX1+XX2")


async def test_drawing_holds_up_nobody(knowledge_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    def slow(*_: Any) -> bytes:
        time.sleep(0.3)
        return b"drawn"

    monkeypatch.setattr(module, "sheet", slow)
    pictures = Pictures(knowledge_folder / "images", tmp_path / "sheets", MemoryDesk(), 1)
    drawing = asyncio.create_task(pictures.find("PC6+ST36"))
    await asyncio.sleep(0.05)
    await pictures.find("LI4")
    assert not drawing.done()
    assert (await drawing).content


@pytest.mark.parametrize("broken", ["no cards", "no picture"])
async def test_without_a_sheet_the_words_arrive(front: Begin, knowledge_folder: Path, broken: str) -> None:
    if broken == "no picture":
        (knowledge_folder / "images" / "PC6.jpg").write_bytes(b"wrist")
    async with front(knowledge=knowledge_folder) as running:
        await put(running, ANN, says("The routine.", picture="XX1+XX2" if broken == "no cards" else "PC6+ST36"))
        assert (await running.server.expect(ANN, "routine")).photo == ""


async def test_a_sheet_that_cannot_be_kept_arrives(front: Begin, knowledge_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "data").write_bytes(b"a file where the folder should be")
    async with front(knowledge=knowledge_folder) as running:
        await put(running, ANN, says("The routine.", picture="PC6+ST36"))
        assert (await running.server.expect(ANN, "routine")).photo


# ---------------------------------------------------------------- albums


def files_of(chat: Standin, number: int) -> list[str]:
    return [each["media"] for each in chat.sent("sendMediaGroup")[number].params["media"]]


async def test_an_album_goes_by_its_ids_the_second_time(front: Begin, knowledge_folder: Path) -> None:
    async with front(knowledge=knowledge_folder) as running:
        chat = running.server
        for user in (ANN, BEN):
            await put(running, user, album("PC6", "LI4", "ST36"), says("Go on.", "screen", rows=((("Go", "t:go"),),)))
            assert (await chat.expect(user, "Go on")).labels == ["Go"]
            assert len(chat.chats[user]) == 4
        assert all(each.startswith("attach://") for each in files_of(chat, 0))
        assert files_of(chat, 1) == ["file0", "file1", "file2"]
        assert list(chat.files.values()) == [jpeg("red"), jpeg("blue"), jpeg("green")]


async def test_an_album_with_a_refused_id_is_uploaded_again(front: Begin, knowledge_folder: Path) -> None:
    async with front(knowledge=knowledge_folder) as running:
        chat = running.server
        await put(running, ANN, album("PC6", "LI4"), says("One."))
        await chat.expect(ANN, "One")
        chat.files = {"other": b""}
        await put(running, ANN, album("PC6", "LI4"), says("Two."))
        await chat.expect(ANN, "Two")
        assert list(chat.files.values())[1:] == [jpeg("red"), jpeg("blue")]


async def test_cards_that_are_gone_are_left_out_of_an_album(front: Begin, knowledge_folder: Path) -> None:
    async with front(knowledge=knowledge_folder) as running:
        chat = running.server
        await put(running, ANN, album("PC6", "XX1"), album("XX1", "XX2"), says("On."))
        await chat.expect(ANN, "On")
        assert [message.photo for message in chat.chats[ANN]] == ["file0", ""]
        assert "caption" not in chat.sent("sendPhoto")[0].params


async def test_a_refused_album_leaves_the_words(front: Begin, knowledge_folder: Path) -> None:
    async with front(knowledge=knowledge_folder) as running:
        running.server.faults["sendMediaGroup"].append(Refuse(400, "Bad Request: no"))
        await put(running, ANN, album("PC6", "LI4"), says("On."))
        await running.server.expect(ANN, "On")


def test_no_group_is_a_single_card_nor_too_many() -> None:
    for count in range(2, 40):
        names = [str(n) for n in range(count)]
        made = list(groups(names))
        assert [name for group in made for name in group] == names
        assert all(2 <= len(group) <= 10 for group in made)
    assert list(groups([])) == []
    assert list(groups(["a"])) == [["a"]]


# ---------------------------------------------------------------- a dialogue


async def test_all_pictures_of_a_routine(front: Begin) -> None:
    async with front() as running:
        chat = running.server
        await begun(chat, ANN)
        await chat.say(ANN, "my head hurts")
        screen = await chat.expect(ANN, "pregnant")
        for label in ("cannot be", "None of these", "None of these", "4"):
            before = screen.edits
            await chat.press(ANN, label, screen)
            await chat.until(lambda seen=before: screen.edits > seen)
        plan = await chat.until(lambda: next((m for m in chat.chats[ANN] if any("all pictures" in x for x in m.labels)), None))
        assert screen.photo
        await chat.press(ANN, "all pictures", plan)
        words = await chat.expect(ANN, "One picture for each point")
        assert any("Start" in label for label in words.labels)
        assert not any("all pictures" in label for label in words.labels)
        assert len(chat.sent("sendMediaGroup")[0].params["media"]) == words.text.count("(")
        await chat.until(lambda: not plan.rows)
        await chat.press(ANN, "Start", words)
        ready = await chat.expect(ANN, "Get ready")
        assert ready is words


# ---------------------------------------------------------------- the store is away just then


class Forgetful(MemoryDesk):
    """Away whenever it is to remember a file."""

    async def remember_file(self, digest: str, bot: int, file_id: str) -> None:
        del digest, bot, file_id
        raise StoreDown


async def test_what_telegram_has_is_not_sent_again_because_its_id_could_not_be_kept(front: Begin, knowledge_folder: Path) -> None:
    async with front(desk=Forgetful(), knowledge=knowledge_folder) as running:
        chat = running.server
        await put(running, ANN, says("Where.", picture="PC6"), album("ST36", "LI4"), says("after it"))
        await chat.expect(ANN, "after it")
        assert (len(chat.sent("sendPhoto")), len(chat.sent("sendMediaGroup"))) == (1, 1)
