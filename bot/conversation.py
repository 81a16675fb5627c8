"""`take`: an event of a person becomes a committed answer. Here are also the ports: what the conversation asks of a
store (`Desk`) and of a front (`Render`).

One transaction: the seat is loaded, the step is made, the seat, the replies (as rows of the outbox) and the timers are
saved. Confirming to Telegram and sending come after the commit, elsewhere.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from bot.catalog.model.lines import Line
from bot.dialogue.machine import Moved, step
from bot.dialogue.values import (
    Came,
    Context,
    DropTimer,
    Due,
    Event,
    Failed,
    ForgetMe,
    Left,
    Missed,
    Rang,
    Record,
    Reply,
    Seat,
    SetTimer,
    Tell,
)
from bot.saved import new_seat, read, written
from bot.schedule import GRACE

LASTS: Mapping[str, dt.timedelta | None] = {
    "reply": dt.timedelta(days=1), "player": dt.timedelta(seconds=20), "alarm": None, "reminder": GRACE,
    "private": dt.timedelta(minutes=10),
}
"""How long a reply is worth sending; None is for ever. A running timer is, until it ends. What is private must not arrive
later, when somebody else may look."""
REMINDER = "reminder:"
"""Timers of this name are reminders; their rows are sent at most once."""
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MISSED = "missed:"
"""A store sets a timer of this name, due at once, when it gives up a reminder's row unsent: behind it stands the row's
`until` (UTC milliseconds)."""


@dataclass(frozen=True, slots=True)
class Person:
    """Whom: the front they came through and their id there."""

    front: str
    id: int


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to be sent, already in words: what a front's renderer made of (a part of) a reply. `payload` is JSON
    text only that front reads. `slot`, `edit`: as in `Reply`. `until`: not worth sending after that (UTC)."""

    payload: str
    slot: str = ""
    edit: bool = False
    until: dt.datetime | None = None
    kind: str = "reply"


@dataclass(frozen=True, slots=True)
class DueTimer:
    """A timer that fell due at `at` (UTC)."""

    name: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a transaction finds: the saved seat (None: never seen), the timers due now, whether the person is active. `lost`:
    there was a seat, and it is damaged."""

    seat: str | None
    due: tuple[DueTimer, ...] = ()
    active: bool = True
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something answered beside the conversation, from the journal: a chart or an export, for this seat."""

    what: str
    seat: Seat


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a transaction writes. `drop` names timers, `timers` sets them; `forget` deletes everything first, then writes
    the rows that say so. `active`: None leaves it. Records are journal entries: (kind, facts). `newest`: the id of their
    newest message in the chat, if there is a newer one. `tells`: what a front answers from the journal after the commit."""

    seat: str | None = None
    outgoing: tuple[Outgoing, ...] = ()
    timers: tuple[tuple[str, dt.datetime], ...] = ()
    drop: tuple[str, ...] = ()
    records: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    forget: bool = False
    active: bool | None = None
    newest: int | None = None
    tells: tuple[Wanted, ...] = ()


Work = Callable[[Loaded], Outcome]
"""Runs inside the transaction: pure, quick, may raise (then everything is rolled back)."""


Teller = Callable[[Person, Wanted], None]
"""A front's way to answer from the journal: begins at once, after the commit, and waits for nothing."""


def say_nothing(person: Person, wanted: Wanted) -> None:
    """A front without such answers."""
    del person, wanted


class StoreDown(Exception):  # noqa: N818 - what happened, not whose mistake: nothing was saved, ask again later
    """The database is away, locked or full. Nothing of this call was saved; the same call may be made again."""


JournalEntry = tuple[dt.datetime, str, Mapping[str, Any]]
"""When, what kind, and small facts."""


class Desk(Protocol):
    """The store as the conversation sees it. One call is one transaction; calls for one person never overlap."""

    async def serve(self, person: Person, update: int | None, now: dt.datetime, work: Work) -> bool:
        """Load, work, save, commit. False when this update was seen before (nothing is done then)."""

    async def people_due(self, now: dt.datetime, most: int) -> tuple[Person, ...]:
        """People with a timer due: those who are pressing, then the longest due."""

    async def next_due(self) -> dt.datetime | None:
        """When the next timer falls due."""

    async def journal(self, person: Person) -> Sequence[JournalEntry]:
        """Everything in this person's journal, the oldest first."""


class Render(Protocol):
    """A front's way to turn replies into messages of its own."""

    def __call__(self, reply: Reply, seat: Seat) -> Sequence[Outgoing]:
        """One message or, when it is too long for one, several."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What the front knows of somebody never seen: the language to begin with, a guessed country."""

    language: str = "en"
    country: str = ""


def fresh_token() -> str:
    """A random turn, short enough for button data."""
    return secrets.token_urlsafe(6)


class Conversation:
    """Takes events, one transaction each."""

    def __init__(self, desk: Desk, context: Context, render: Render, tell: Teller = say_nothing) -> None:
        self._desk, self._context, self._render, self._tell = desk, context, render, tell

    async def take(self, person: Person, event: Event, update: int | None = None,
                   newcomer: Newcomer = Newcomer(), newest: int | None = None) -> bool:
        """Commit the answer to this event. False: seen before. Raises what the store or the step raises. `newest`: the
        id of the message that brought the event."""
        wanted: list[Wanted] = []

        def work(loaded: Loaded) -> Outcome:
            outcome = replace(self._answer(loaded, event, newcomer), newest=newest)
            wanted[:] = outcome.tells  # not added: a store may run the work more than once
            return outcome

        served = await self._desk.serve(person, update, event.at, work)
        for each in wanted if served else ():
            self._tell(person, each)
        return served

    async def ring(self, person: Person, now: dt.datetime) -> bool:
        """Everything that is due for this person becomes an event, in order, in one transaction."""
        return await self._desk.serve(person, None, now, lambda loaded: self._rung(loaded, now))

    async def apologise(self, person: Person, now: dt.datetime, update: int | None) -> bool:
        """A step of ours failed: the update is seen, the person gets one kind line, the place stays."""
        return await self._desk.serve(person, update, now, lambda loaded: self._sorry(loaded, now))

    async def unring(self, person: Person, now: dt.datetime) -> bool:
        """What rang could not be answered, because of a mistake of ours: the person gets one kind line, and reminders come again."""
        return await self._desk.serve(person, None, now, lambda loaded: self._unrung(loaded, now))

    def _unrung(self, loaded: Loaded, now: dt.datetime) -> Outcome:
        if loaded.seat is None:  # nothing is promised there, and none must be made
            return self._with_rest_dropped(self._sorry(loaded, now), loaded)
        seat, _ = self._seat(loaded, Newcomer())
        moved = step(seat, Failed(at=now, timers=tuple(timer.name for timer in loaded.due)), self._context)
        return self._with_rest_dropped(self._outcome(moved, now), loaded)

    def _sorry(self, loaded: Loaded, now: dt.datetime) -> Outcome:
        seat = self._seat(loaded, Newcomer())[0]
        return Outcome(outgoing=self._rendered((Reply((Line("not_here.sorry"),)),), seat, now))

    def _seat(self, loaded: Loaded, newcomer: Newcomer) -> tuple[Seat, bool]:
        if loaded.seat is None:
            language = newcomer.language if newcomer.language in self._context.understanding else "en"
            return new_seat(language, newcomer.country), loaded.lost
        found = read(loaded.seat, self._context.knowledge)
        return found.seat, found.lost

    def _answer(self, loaded: Loaded, event: Event, newcomer: Newcomer) -> Outcome:
        if loaded.seat is None and isinstance(event, Left):
            return Outcome(active=False)  # forgotten before: a new seat would be kept for a year
        seat, lost = self._seat(loaded, newcomer)
        moved = self._back_again(seat, event) if not loaded.active else step(seat, event, self._context)
        if lost and moved.replies:
            moved = replace(moved, replies=(Reply((Line("not_here.moved_on"),)), *moved.replies))
        outcome = self._outcome(moved, event.at)
        return replace(outcome, active=not isinstance(event, Left))

    def _back_again(self, seat: Seat, event: Event) -> Moved:
        """Whatever they do first after they had blocked us: their reminders, silent meanwhile, are planned anew."""
        back = step(seat, Came(at=event.at, token=event.token), self._context)
        moved = step(back.seat, event, self._context)
        return replace(moved, effects=(*back.effects, *moved.effects))

    def _rung(self, loaded: Loaded, now: dt.datetime) -> Outcome:
        if loaded.seat is None or not loaded.active or not loaded.due:
            return Outcome(drop=tuple(timer.name for timer in loaded.due))
        seat, _ = self._seat(loaded, Newcomer())
        whole = Moved(seat)
        for timer in loaded.due:
            moved = step(whole.seat, self._ringing(timer, now), self._context)
            whole = Moved(moved.seat, (*whole.replies, *moved.replies), (*whole.effects, *moved.effects))
        return self._with_rest_dropped(self._outcome(whole, now), loaded)

    @staticmethod
    def _with_rest_dropped(outcome: Outcome, loaded: Loaded) -> Outcome:
        """What rang is over, unless it was set anew."""
        kept = {name for name, _ in outcome.timers}
        gone = (timer.name for timer in loaded.due if timer.name not in kept)
        return replace(outcome, drop=(*outcome.drop, *gone))

    def _ringing(self, timer: DueTimer, now: dt.datetime) -> Event:
        if timer.name.startswith(REMINDER):
            late = (now - timer.at).total_seconds()
            return Due(at=now, token=fresh_token(), reminder=timer.name.removeprefix(REMINDER), late=late)
        if timer.name.startswith(MISSED):
            until = EPOCH + dt.timedelta(milliseconds=int(timer.name.removeprefix(MISSED)))
            return Missed(at=now, token=fresh_token(), planned=until - GRACE)
        return Rang(at=timer.at if now - timer.at < dt.timedelta(seconds=5) else now, token=fresh_token(),
                    timer=timer.name, late=(now - timer.at).total_seconds())

    def _outcome(self, moved: Moved, now: dt.datetime) -> Outcome:
        forget = any(isinstance(e, ForgetMe) for e in moved.effects)
        timers = {e.name: e.at for e in moved.effects if isinstance(e, SetTimer)}
        last = {e.name: isinstance(e, SetTimer) for e in moved.effects if isinstance(e, SetTimer | DropTimer)}
        return Outcome(
            seat=None if forget else written(moved.seat),
            outgoing=self._rendered(moved.replies, moved.seat, now),
            timers=tuple((name, at) for name, at in timers.items() if last[name]),
            drop=tuple(name for name, is_set in last.items() if not is_set),
            records=tuple((e.kind, e.facts) for e in moved.effects if isinstance(e, Record)),
            forget=forget,
            tells=tuple(Wanted(e.what, moved.seat) for e in moved.effects if isinstance(e, Tell)),
        )

    def _rendered(self, replies: tuple[Reply, ...], seat: Seat, now: dt.datetime) -> tuple[Outgoing, ...]:
        return tuple(self._lasting(each, reply, now) for reply in replies for each in self._render(reply, seat))

    @staticmethod
    def _lasting(outgoing: Outgoing, reply: Reply, now: dt.datetime) -> Outgoing:
        lasts, clock = LASTS[reply.lasts], reply.clock
        until = (reply.since or now) + lasts if lasts is not None else None
        if reply.lasts == "player" and until is not None and clock is not None:
            until = max(until, clock.began + dt.timedelta(seconds=clock.seconds))
        return replace(outgoing, until=until, kind="reply" if reply.lasts == "private" else reply.lasts)


