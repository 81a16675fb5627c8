"""Reply -> what a terminal prints. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.catalog.texts import BOLD
from bot.conversation import Outgoing
from bot.dialogue.values import Reply, Says, Seat


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: its label, and the data it carries ("!" before a door's)."""

    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One message as the terminal shows it. `numbered`: choices may be chosen by their number. `began`: when a running
    timer began, ISO, or empty; `seconds` its length. `picture`: paths, one a line; `sheet`: these may stand on one sheet."""

    text: str
    choices: tuple[Choice, ...] = ()
    numbered: bool = True
    picture: str = ""
    began: str = ""
    seconds: int = 0
    paused: bool = False
    sheet: bool = False


class TerminalRender:
    """Turns replies into `Shown`, as JSON in the payload."""

    def __init__(self, phrasebooks: Mapping[str, Says], images: Path) -> None:
        self._phrasebooks, self._images = phrasebooks, images

    def __call__(self, reply: Reply, seat: Seat) -> tuple[Outgoing, ...]:
        """One message."""
        say = self._phrasebooks[seat.settings.language].say
        twin = reply.picture.text if reply.picture is not None and seat.settings.plain else None
        said = (say(line) for line in (*reply.lines, *((twin,) if twin is not None else ())))
        text = "\n\n".join(words for words in said if words).replace("\n\n- ", "\n- ")
        choices = tuple(
            Choice(say(b.label), ("!" if b.door else f"{seat.turn}:") + b.action) for row in reply.buttons for b in row
        )
        clock = reply.clock
        shown = Shown(
            text.replace(BOLD, ""), choices, not reply.numbers, self._picture(reply, seat),
            clock.began.isoformat() if clock else "", clock.seconds if clock else 0, bool(clock and clock.left is not None),
            reply.picture is not None and len(reply.picture.points) > 1 and not reply.picture.album,
        )
        return (Outgoing(json.dumps(asdict(shown), ensure_ascii=False), reply.slot, reply.edit),)

    def _picture(self, reply: Reply, seat: Seat) -> str:
        """The paths of the pictures there are, one a line."""
        if reply.picture is None or seat.settings.plain:
            return ""
        names = (*reply.picture.points, *((reply.picture.name,) if reply.picture.name else ()))
        paths = (self._images / f"{name}.jpg" for name in names)
        return "\n".join(str(path) for path in paths if path.exists())


def shown_from(payload: str) -> Shown:
    """What `TerminalRender` wrote."""
    raw: dict[str, Any] = json.loads(payload)
    choices = tuple(Choice(**choice) for choice in raw.pop("choices"))
    return Shown(**raw, choices=choices)
