"""Programs the tests run beside themselves, to be killed or to compete: `python -m tests.store.child write URL KEY`."""

from __future__ import annotations

import asyncio
import json
import sys

from bot.conversation import Loaded, Outcome, Outgoing, Person
from bot.store.open_store import Store, open_store
from tests.store.contract import FRONT, NOW, after

PEOPLE = 16


def counted(loaded: Loaded) -> Outcome:
    """Seat, outbox and journal all say the same number."""
    number = int(loaded.seat or 0) + 1
    return Outcome(str(number), (Outgoing(str(number)),), records=(("n", {"n": number}),))


async def write(store: Store) -> None:
    """For ever: everybody's number goes up; what was committed is printed as "person number"."""
    async def one(person: Person) -> None:
        update = 0
        while True:
            update += 1
            if await store.desk.serve(person, update, NOW, counted):
                sys.stdout.write(f"{person.id} {update}\n")
                sys.stdout.flush()
    await asyncio.gather(*(one(Person(FRONT, number)) for number in range(PEOPLE)))


async def lease(store: Store, owner: str) -> None:
    """Take people until there are none left; print whom."""
    mine: list[int] = []
    sys.stdin.readline()
    while people := await store.outbox.lease(FRONT, owner, NOW, 3600, 3):
        mine += [person.id for person in people]
        await asyncio.sleep(0.001)
    sys.stdout.write(json.dumps(mine))


async def remind(store: Store) -> None:
    """Mark the first reminder and say so; then wait to be killed "while sending"."""
    (person,) = await store.outbox.lease(FRONT, "child", NOW, 30, 1)
    row = await store.outbox.next_row(person, after(0))
    if row is not None and await store.outbox.mark_sending(person, row.id, after(0)):
        sys.stdout.write("marked\n")
        sys.stdout.flush()
    await asyncio.sleep(60)


async def main(what: str, url: str, key: str) -> None:
    store = await open_store(url, (key,))
    if what == "write":
        await write(store)
    elif what == "remind":
        await remind(store)
    else:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        await lease(store, what)
    await store.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
