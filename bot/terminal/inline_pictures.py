"""Pictures inside the terminal, by the escape codes of iTerm2 and kitty. Every other terminal gets the path only.

iTerm2: https://iterm2.com/documentation-images.html, kitty: https://sw.kovidgoyal.net/kitty/graphics-protocol/
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Literal, TextIO, TypeAlias

Way: TypeAlias = Literal["iterm2", "kitty"]
MOST = 480
"""Pixels across: a card is read well at that size, and the screen keeps room for words."""
COLUMNS = 48
CHUNK = 4096
"""Base64 characters in one code of kitty's."""


def way_of(environ: Mapping[str, str], out: TextIO) -> Way | None:
    """How this terminal shows pictures. None: it does not, it is a file or a pipe, or a multiplexer stands between."""
    if not out.isatty() or environ.get("TMUX") or environ.get("STY"):
        return None
    if environ.get("KITTY_WINDOW_ID") or "kitty" in environ.get("TERM", ""):
        return "kitty"
    return "iterm2" if environ.get("TERM_PROGRAM") == "iTerm.app" else None


@dataclass(frozen=True, slots=True)
class Inline:
    """Prints pictures one way; several that may stand on one sheet are put together, kept in the folder `sheets`."""

    way: Way
    sheets: Path

    def __call__(self, paths: tuple[Path, ...], sheet: bool) -> str:  # noqa: FBT001 - the chat knows only this form
        """The escape codes. A picture that cannot be read is left out: its path was printed."""
        from bot.pictures import sheet as drawn  # noqa: PLC0415 - only where pictures are shown

        try:
            one = drawn([path.stem for path in paths], paths[0].parent, self.sheets) if sheet and len(paths) > 1 else None
            return "\n".join(self._codes(each) for each in ((one,) if one is not None else map(Path.read_bytes, paths)))
        except OSError:
            return ""

    def _codes(self, picture: bytes) -> str:
        return iterm2(picture) if self.way == "iterm2" else kitty(small_png(picture))


def small_png(content: bytes) -> bytes:
    """PNG is all that kitty reads. Raises OSError when this is no picture."""
    from PIL import Image  # noqa: PLC0415 - most terminals do without

    made = BytesIO()
    with Image.open(BytesIO(content)) as picture:
        picture.thumbnail((MOST, MOST))
        picture.convert("RGB").save(made, "PNG")
    return made.getvalue()


def iterm2(picture: bytes) -> str:
    """The whole file in one code."""
    return f"\x1b]1337;File=inline=1;size={len(picture)};width={COLUMNS}:{b64encode(picture).decode()}\x07"


def kitty(png: bytes) -> str:
    """The file in pieces: the first tells what it is (PNG, shown at once, without an answer), `m=1` that more follow."""
    told = b64encode(png).decode()
    pieces = [told[n : n + CHUNK] for n in range(0, len(told), CHUNK)]
    heads = ["f=100,a=T,q=2,"] + [""] * (len(pieces) - 1)
    last = len(pieces) - 1
    return "".join(f"\x1b_G{head}m={int(n < last)};{piece}\x1b\\" for n, (head, piece) in enumerate(zip(heads, pieces, strict=True)))
