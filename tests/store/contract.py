"""Small words the tests of the store share."""

from __future__ import annotations

import datetime as dt

from bot.conversation import Desk, Loaded, Outcome, Outgoing, Person, Work

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
ANN = Person("telegram", 7_000_000_001)
BEN = Person("telegram", 2)
FRONT = "telegram"


def after(seconds: float) -> dt.datetime:
    return NOW + dt.timedelta(seconds=seconds)


def says(*payloads: str, seat: str | None = "{}", kind: str = "reply", until: dt.datetime | None = None) -> Work:
    """Work that answers with these payloads."""
    rows = tuple(Outgoing(payload, kind=kind, until=until) for payload in payloads)
    return lambda _: Outcome(seat=seat, outgoing=rows)


def does(outcome: Outcome) -> Work:
    return lambda _: outcome


def broken(_: Loaded) -> Outcome:
    raise ZeroDivisionError


class Looked:
    """Work that changes nothing and keeps what it was given."""

    def __init__(self) -> None:
        self.loaded = Loaded(None)

    def __call__(self, loaded: Loaded) -> Outcome:
        self.loaded = loaded
        return Outcome()


async def look(desk: Desk, person: Person, now: dt.datetime = NOW) -> Loaded:
    """What a transaction of this person finds."""
    looked = Looked()
    await desk.serve(person, None, now, looked)
    return looked.loaded
