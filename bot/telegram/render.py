"""Reply + words -> messages for Telegram, as JSON only this front reads. Pure: knows the limits, asks nobody.

A payload is `{"text": html, "rows": [[[label, data], ...], ...], "picture": name, "album": [name, ...], "quiet": true}`;
what is empty is left out.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.catalog.model.lines import Line
from bot.conversation import Outgoing
from bot.dialogue.values import Button, Picture, Reply, Says, Seat
from bot.telegram.markup import Marked, clean, joined, length, marked, pieces
from bot.telegram.pictures import together

MOST_TEXT, MOST_CAPTION, MOST_LABEL = 4096, 1024, 200
"""Telegram's limits after parsing; the last is ours."""
MOST_DATA = 64
"""Bytes of button data."""
MOST_ACROSS, MOST_BUTTONS = 8, 100
NO_WORDS = "…"

Rows = tuple[tuple[tuple[str, str], ...], ...]


class TooLong(ValueError):  # noqa: N818 - what is the case; the name says enough
    """Button data that does not fit: a mistake of ours."""


@dataclass(frozen=True, slots=True)
class Running:
    """A timer that runs: since when, how long, and the words for breathing in and out."""

    began: dt.datetime
    seconds: int
    cues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Payload:
    """One message. `text` is Telegram HTML; under a `picture` it is the caption. `running`: a timer to be drawn in it.
    `album`: names of pictures sent as one, without words or buttons."""

    text: str
    rows: Rows = ()
    picture: str = ""
    quiet: bool = False
    running: Running | None = None
    album: tuple[str, ...] = ()

    def json(self) -> str:
        """For the outbox."""
        whole: dict[str, Any] = {
            "text": self.text, "rows": self.rows, "picture": self.picture, "album": self.album, "quiet": self.quiet,
        }
        if self.running is not None:
            whole["running"] = (self.running.began.isoformat(), self.running.seconds, *self.running.cues)
        return json.dumps({name: value for name, value in whole.items() if value}, ensure_ascii=False)


def read(payload: str) -> Payload:
    """The payload behind the JSON of an outbox row."""
    found: dict[str, Any] = json.loads(payload)
    rows = tuple(tuple((str(label), str(data)) for label, data in row) for row in found.get("rows", ()))
    running = _running_from(found["running"]) if "running" in found else None
    album = tuple(map(str, found.get("album", ())))
    return Payload(found.get("text", ""), rows, found.get("picture", ""), found.get("quiet", False), running, album)


def _running_from(told: list[Any]) -> Running:
    return Running(dt.datetime.fromisoformat(told[0]), int(told[1]), tuple(map(str, told[2:])))


def _running(reply: Reply, says: Says) -> Running | None:
    """None when nothing runs, or when it is paused."""
    if reply.clock is None or reply.clock.left is not None:
        return None
    cues = (says.say(Line("player.breathe_in")), says.say(Line("player.breathe_out")))
    return Running(reply.clock.began, reply.clock.seconds, cues)


class TelegramRender:
    """Turns replies into payloads. `pictures`: names of the picture files there are."""

    def __init__(self, phrasebooks: Mapping[str, Says], pictures: Collection[str] = ()) -> None:
        self._phrasebooks, self._pictures = phrasebooks, frozenset(pictures)

    def __call__(self, reply: Reply, seat: Seat) -> tuple[Outgoing, ...]:
        """One message, or several when it is too long for one. The buttons stand under the last, which is then the one
        that its slot names; the first takes the place of the message before. An album stands before all of them."""
        says = self._phrasebooks[seat.settings.language]
        picture, album = self._picture(reply.picture, seat), self._album(reply.picture, seat)
        text = marked(joined([clean(words) for words in _words(reply, says, seat) if words.strip()]))
        rows = _rows(reply, says, seat)
        parts = list(_parts(text, picture, buttons=bool(rows)))
        last, running = len(parts) - 1, _running(reply, says)
        before = (Outgoing(Payload("", quiet=reply.quiet, album=album).json()),) if album else ()
        return before + tuple(
            Outgoing(
                Payload(part.html(), rows if n == last else (), name, reply.quiet or n > 0 or bool(album), running if n == last else None).json(),
                slot=reply.slot if n in {0, last} else "", edit=reply.edit and n == 0 and not album,
            )
            for n, (part, name) in enumerate(parts)
        )

    def _picture(self, picture: Picture | None, seat: Seat) -> str:
        """The name of the card or of the sheet, if there is one to show."""
        if picture is None or seat.settings.plain or picture.album:
            return ""
        names = (picture.name,) if picture.name else picture.points
        return together(names) if self._pictures.intersection(names) else ""

    def _album(self, picture: Picture | None, seat: Seat) -> tuple[str, ...]:
        """The cards there are of an album."""
        if picture is None or seat.settings.plain or not picture.album:
            return ()
        return tuple(point for point in picture.points if point in self._pictures)


def _words(reply: Reply, says: Says, seat: Seat) -> Iterator[str]:
    yield from (says.say(line) for line in reply.lines)
    if reply.picture is not None and reply.picture.text is not None and seat.settings.plain:
        yield says.say(reply.picture.text)


def _parts(text: Marked, picture: str, *, buttons: bool) -> Iterator[tuple[Marked, str]]:
    """Texts with the picture each one stands under ("" for none)."""
    if picture and length(text.words) <= MOST_CAPTION:
        yield text.part(0, len(text.words)), picture
        return
    if picture:
        yield _title(text), picture
    if not text.words.strip() and buttons:
        yield Marked(NO_WORDS), ""
    yield from ((piece, "") for piece in pieces(text, MOST_TEXT))


def _title(text: Marked) -> Marked:
    """The first row, as the caption of a picture whose text does not fit under it."""
    row = text.part(0, (text.words.lstrip() + "\n").index("\n") + len(text.words) - len(text.words.lstrip()))
    return next(pieces(row, MOST_CAPTION), Marked(""))


def _rows(reply: Reply, says: Says, seat: Seat) -> Rows:
    rows: list[tuple[tuple[str, str], ...]] = []
    for row in reply.buttons:
        told = tuple((_label(says.say(button.label)), data(button, seat.turn)) for button in row)
        rows += [told[i : i + MOST_ACROSS] for i in range(0, len(told), MOST_ACROSS)]
    return _at_most(tuple(rows))


def _at_most(rows: Rows) -> Rows:
    """Telegram takes no more than a hundred buttons under a message."""
    total, kept = 0, []
    for row in rows:
        total += len(row)
        if total > MOST_BUTTONS:
            break
        kept.append(row)
    return tuple(kept)


def _label(words: str) -> str:
    told = " ".join(marked(clean(words)).words.split())[:MOST_LABEL]
    return told or NO_WORDS


def data(button: Button, turn: str) -> str:
    """`<turn>:<action>` for the present screen, `!<action>` for a door. Raises TooLong."""
    whole = f"!{button.action}" if button.door else f"{turn}:{button.action}"
    if len(whole.encode()) > MOST_DATA:
        raise TooLong(button.action)
    return whole
