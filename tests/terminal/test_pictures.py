"""Pictures in a terminal: paths for everybody, inline where the terminal can."""

from __future__ import annotations

import io
import re
from base64 import b64decode
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bot.catalog.model.lines import Line
from bot.dialogue.states import Welcome
from bot.dialogue.values import Picture, Reply, Seat, Settings
from bot.terminal.chat import Chat
from bot.terminal.inline_pictures import CHUNK, Inline, iterm2, kitty, small_png, way_of
from bot.terminal.render import Shown, TerminalRender, shown_from

SEAT = Seat(Welcome(), turn="turn1234")
PLAIN = replace(SEAT, settings=Settings(plain=True))
PIECE = re.compile(r"\x1b_G([^;]*);([^\x1b]*)\x1b\\")


class Parrot:
    """Says the key itself."""

    def say(self, line: Line) -> str:
        return line.key


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def images(tmp_path: Path) -> Path:
    folder = tmp_path / "images"
    folder.mkdir()
    for name, colour in {"PC6": "red", "ST36": "green", "press": "blue"}.items():
        Image.new("RGB", (900, 900), colour).save(folder / f"{name}.jpg", "JPEG")
    return folder


def shown(picture: Picture, images: Path, seat: Seat = SEAT) -> Shown:
    (sent,) = TerminalRender({"en": Parrot()}, images)(Reply((Line("Where."),), picture=picture), seat)
    return shown_from(sent.payload)


@pytest.mark.parametrize(
    ("picture", "names", "sheet"),
    [
        (Picture(points=("PC6",)), ["PC6"], False),
        (Picture(points=("ST36", "LI4", "PC6")), ["ST36", "PC6"], True),
        (Picture(points=("PC6", "ST36"), album=True), ["PC6", "ST36"], False),
        (Picture(name="press"), ["press"], False),
        (Picture(name="measure"), [], False),
    ],
)
def test_paths_of_pictures(images: Path, picture: Picture, names: list[str], *, sheet: bool) -> None:
    told = shown(picture, images)

    assert [Path(path).stem for path in told.picture.split()] == names
    assert told.sheet is sheet


def test_without_pictures_their_words_are_said(images: Path) -> None:
    picture = Picture(points=("PC6",), text=Line("A wrist."))

    assert shown(picture, images).text == "Where."
    assert (shown(picture, images, PLAIN).text, shown(picture, images, PLAIN).picture) == ("Where.\n\nA wrist.", "")


@pytest.mark.parametrize(
    ("environ", "way"),
    [
        ({"TERM_PROGRAM": "iTerm.app"}, "iterm2"),
        ({"KITTY_WINDOW_ID": "1"}, "kitty"),
        ({"TERM": "xterm-kitty"}, "kitty"),
        ({"TERM": "xterm-256color"}, None),
        ({"TERM": "tmux-256color", "TMUX": "/tmp/x", "KITTY_WINDOW_ID": "1"}, None),
        ({}, None),
    ],
)
def test_which_terminals_can(environ: dict[str, str], way: str | None) -> None:
    assert way_of(environ, Terminal()) == way
    assert way_of(environ, io.StringIO()) is None


def test_the_code_of_iterm2_holds_the_file() -> None:
    code = iterm2(b"picture")

    assert code.startswith("\x1b]1337;File=inline=1;size=7;")
    assert b64decode(code.partition(":")[2].removesuffix("\x07")) == b"picture"


@pytest.mark.parametrize("size", [1, CHUNK * 3 // 4, CHUNK * 3 // 4 + 1, CHUNK * 3])
def test_the_codes_of_kitty_hold_the_file(size: int) -> None:
    pieces = PIECE.findall(kitty(b"x" * size))

    assert b64decode("".join(piece for _, piece in pieces)) == b"x" * size
    assert all(len(piece) <= CHUNK for _, piece in pieces)
    assert pieces[0][0].startswith("f=100,a=T,q=2,m=")
    assert [head[-1] for head, _ in pieces] == ["1"] * (len(pieces) - 1) + ["0"]


def test_kitty_gets_a_small_png(images: Path) -> None:
    with Image.open(io.BytesIO(small_png((images / "PC6.jpg").read_bytes()))) as made:
        assert (made.format, made.size) == ("PNG", (480, 480))


def test_a_sheet_is_one_picture_and_an_album_several(images: Path, tmp_path: Path) -> None:
    paths = (images / "PC6.jpg", images / "ST36.jpg")
    inline = Inline("iterm2", tmp_path / "sheets")

    assert inline(paths, True).count("\x1b]1337") == 1
    assert inline(paths, False).count("\x1b]1337") == 2
    assert inline((tmp_path / "gone.jpg",), False) == ""


def test_the_chat_prints_the_path_and_then_the_picture(images: Path) -> None:
    out = Terminal()
    nothing: Any = None
    chat = Chat(nothing, nothing, nothing, nothing, out)
    chat._print(Shown("Where.", picture=str(images / "PC6.jpg")))
    assert "\x1b" not in out.getvalue()

    chat.inline = lambda paths, sheet: f"<{len(paths)} {sheet}>"
    chat._print(Shown("Where.", picture=f"{images / 'PC6.jpg'}\n{images / 'ST36.jpg'}", sheet=True))

    assert f"[{images / 'ST36.jpg'}]\n<2 True>" in out.getvalue()
