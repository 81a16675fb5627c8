"""A person who talks with the bot: plays events into `step` and looks at everything that is rendered.

Every step is also checked for what must hold always: each line can be said, button data fits Telegram's 64 bytes, and
the seat reads back as it was written.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from bot.catalog.model.lines import Line, Ref
from bot.dialogue.machine import Moved, step
from bot.dialogue.values import (
    Button,
    Commanded,
    Context,
    DropTimer,
    Due,
    Effect,
    Event,
    Pressed,
    Rang,
    Reply,
    Said,
    Seat,
    SetTimer,
    Shared,
)
from bot.saved import new_seat, read, written

MONDAY = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)
MOST_BYTES = 64
REMINDER = "reminder:"
TURN_LENGTH = 8


def chance_of(seed: int | str) -> random.Random:
    """Chance that is the same in every run."""
    return random.Random(seed)  # noqa: S311 - not for secrets


def keys_of(fact: object) -> Iterator[str]:
    """Every key in a line, those of nested lines too, in order; a reference is `kind:id:field`."""
    if isinstance(fact, Line):
        yield fact.key
        for each in fact.facts.values():
            yield from keys_of(each)
    elif isinstance(fact, Ref):
        yield f"{fact.kind}:{fact.id}:{fact.field}"
    elif isinstance(fact, tuple):
        for each in fact:
            yield from keys_of(each)


def buttons_of(replies: tuple[Reply, ...]) -> list[Button]:
    return [button for reply in replies for row in reply.buttons for button in row]


@dataclass
class Turn:
    """What one event brought: keys of lines and of buttons, the words, the effects."""

    event: Event
    keys: list[str]
    buttons: list[Button]
    words: str
    effects: tuple[Effect, ...]
    replies: tuple[Reply, ...]

    @property
    def button_keys(self) -> list[str]:
        return [key for button in self.buttons for key in keys_of(button.label)]


@dataclass
class Player:
    """One person. `at` goes on by two seconds with every event, and to the ring of a timer."""

    ctx: Context
    seat: Seat = field(default_factory=lambda: new_seat("en"))
    at: dt.datetime = MONDAY
    turns: list[Turn] = field(default_factory=list)
    timers: dict[str, dt.datetime] = field(default_factory=dict)
    screens: list[tuple[str, list[Button]]] = field(default_factory=list)
    last: Pressed | None = None
    number: int = 0

    # ------------------------------------------------------------ what a person does

    def says(self, words: str, *, edited: bool = False) -> Turn:
        return self.goes(Said(at=self.at, token=self._token(), words=words, edited=edited))

    def commands(self, name: str, rest: str = "") -> Turn:
        return self.goes(Commanded(at=self.at, token=self._token(), name=name, rest=rest))

    def shares(self, kind: Any, latitude: float = 0.0, longitude: float = 0.0) -> Turn:
        return self.goes(Shared(at=self.at, token=self._token(), kind=kind, latitude=latitude, longitude=longitude))

    def presses(self, what: str) -> Turn:
        """A button of the newest screen, by action, key or words of its label."""
        turn, buttons = self.screens[-1]
        return self._press(self._found(what, buttons), turn)

    def presses_old(self, what: str, back: int) -> Turn:
        """A button of the screen that stood `back` screens before the newest."""
        turn, buttons = self.screens[-1 - back]
        return self._press(self._found(what, buttons), turn)

    def presses_again(self) -> Turn:
        """The button just pressed, doubled."""
        assert self.last is not None
        return self.goes(replace(self.last, at=self.at, token=self._token()))

    def rings(self) -> Turn:
        """The next timer."""
        name = min(self.timers, key=lambda n: self.timers[n])
        due = self.timers.pop(name)
        self.at = max(self.at, due)
        if name.startswith(REMINDER):
            late = (self.at - due).total_seconds()
            return self.goes(Due(at=self.at, token=self._token(), reminder=name.removeprefix(REMINDER), late=late))
        return self.goes(Rang(at=self.at, token=self._token(), timer=name))

    def waits(self, **time: float) -> None:
        self.at += dt.timedelta(**time)

    def goes(self, event: Event) -> Turn:
        """Any event."""
        moved = step(self.seat, event, self.ctx)
        self.check(moved)
        self.seat = moved.seat
        self.at += dt.timedelta(seconds=2)
        for effect in moved.effects:
            if isinstance(effect, SetTimer):
                self.timers[effect.name] = effect.at
            if isinstance(effect, DropTimer):
                self.timers.pop(effect.name, None)
        turn = self._turn(event, moved)
        self.turns.append(turn)
        if turn.buttons:
            self.screens.append((moved.seat.turn, turn.buttons))
        return turn

    # ------------------------------------------------------------ what must always hold

    def check(self, moved: Moved) -> None:
        for button in buttons_of(moved.replies):
            data = f"!{button.action}" if button.door else f"{'t' * TURN_LENGTH}:{button.action}"
            assert len(data.encode()) <= MOST_BYTES, data
        kept = read(written(moved.seat), self.ctx.knowledge)
        assert not kept.lost, moved.seat.state
        assert kept.seat == moved.seat

    # ------------------------------------------------------------ inside

    def say(self, line: Line) -> str:
        return self.ctx.phrasebooks[self.seat.settings.language].say(line)

    @property
    def rendered(self) -> str:
        """Every word this person was ever shown."""
        return "\n".join(turn.words for turn in self.turns)

    def _turn(self, event: Event, moved: Moved) -> Turn:
        lines = [line for reply in moved.replies for line in lines_of(reply)]
        buttons = buttons_of(moved.replies)
        words = "\n".join([*(self.say(line) for line in lines), *(self.say(button.label) for button in buttons), *names_in(moved.replies)])
        return Turn(event, [key for line in lines for key in keys_of(line)], buttons, words, moved.effects, moved.replies)

    def _found(self, what: str, buttons: list[Button]) -> Button:
        ways = (
            [b for b in buttons if b.action == what],
            [b for b in buttons if b.label.key == what],
            [b for b in buttons if self.say(b.label) == what],
        )
        found = next((way for way in ways if way), None)
        assert found, f"no button {what!r} among {[(b.action, self.say(b.label)) for b in buttons]}"
        assert len({b.action for b in found}) == 1, f"several buttons {what!r}"
        return found[0]

    def _press(self, button: Button, turn: str) -> Turn:
        event = Pressed(at=self.at, token=self._token(), action=button.action, turn=None if button.door else turn)
        self.last = event
        return self.goes(event)

    def _token(self) -> str:
        self.number += 1
        return f"{self.number:08d}"


def lines_of(reply: Reply) -> tuple[Line, ...]:
    text = (reply.picture.text,) if reply.picture is not None and reply.picture.text is not None else ()
    return (*reply.lines, *text)


def names_in(replies: tuple[Reply, ...]) -> list[str]:
    """Ids of the points whose pictures are sent: a picture shows a point just as words do."""
    return [f"[{id_}]" for reply in replies if reply.picture is not None for id_ in reply.picture.points]
