"""A new tz database makes everybody's reminders be planned anew, once."""

from __future__ import annotations

import datetime as dt

from bot.conversation import Outcome
from bot.store.open_store import Store
from bot.store.zones import version, zones_checked
from tests.store.contract import ANN, BEN, NOW, after, does


async def test_everybody_with_a_reminder_is_rung_once(sqlite_store: Store) -> None:
    store = sqlite_store
    year = after(365 * 86400)
    await store.desk.serve(ANN, 1, NOW, does(Outcome(timers=(("reminder:a", year), ("reminder:b", year)))))
    await store.desk.serve(BEN, 1, NOW, does(Outcome(timers=(("player", year),))))

    async def start(rules: str) -> bool:
        return await store.runner.run(lambda connection: zones_checked(connection, NOW, rules))

    assert not await start("2026a")
    assert not await start("2026a")
    assert await store.desk.people_due(NOW, 9) == ()
    assert await start("2026b")
    assert await store.desk.people_due(NOW, 9) == (ANN,)
    assert not await start("2026b")


async def test_the_rules_in_force_have_a_version(sqlite_store: Store) -> None:
    assert version()
    assert not await sqlite_store.zones(dt.datetime.now(dt.UTC))
