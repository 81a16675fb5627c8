"""What every store promises the conversation."""

from __future__ import annotations

import asyncio
import datetime as dt

import pytest

from bot.conversation import DueTimer, Loaded, Outcome, Outgoing, Person
from tests.store.conftest import Both
from tests.store.contract import ANN, BEN, FRONT, NOW, Looked, after, broken, does, look, says


async def test_somebody_new_has_no_seat_and_is_active(both: Both) -> None:
    assert await look(both.desk, ANN) == Loaded(None, (), active=True)


async def test_what_is_saved_is_found_again(both: Both) -> None:
    assert await both.desk.serve(ANN, 1, NOW, says(seat='{"kind": "at home", "x": "内關 é"}'))
    assert (await look(both.desk, ANN)).seat == '{"kind": "at home", "x": "内關 é"}'
    assert (await look(both.desk, Person("terminal", ANN.id))).seat is None


async def test_an_outcome_without_a_seat_leaves_it(both: Both) -> None:
    await both.desk.serve(ANN, 1, NOW, says(seat="first"))
    await both.desk.serve(ANN, 2, NOW, says("sorry", seat=None))
    assert (await look(both.desk, ANN)).seat == "first"


async def test_an_update_seen_twice_changes_nothing(both: Both) -> None:
    assert await both.desk.serve(ANN, 5, NOW, says("a", seat="one"))
    assert not await both.desk.serve(ANN, 5, NOW, says("b", seat="two"))
    assert await both.desk.serve(ANN, 4, NOW, says("c", seat="three"))
    assert not await both.desk.serve(ANN, 4, after(24 * 3600), broken)
    assert (await look(both.desk, ANN)).seat == "three"


async def test_update_ids_are_forgotten_after_a_day_or_after_two_hundred(both: Both) -> None:
    await both.desk.serve(ANN, 1, NOW, says())
    await both.desk.serve(ANN, 2, after(26 * 3600), says())
    assert await both.desk.serve(ANN, 1, after(26 * 3600), says())
    for update in range(10, 211):
        await both.desk.serve(BEN, update, NOW, says())
    assert await both.desk.serve(BEN, 10, NOW, says())
    assert not await both.desk.serve(BEN, 12, NOW, says())


async def test_work_that_raises_changes_nothing_and_is_not_seen(both: Both) -> None:
    await both.desk.serve(ANN, 1, NOW, says(seat="before"))
    with pytest.raises(ZeroDivisionError):
        await both.desk.serve(ANN, 2, NOW, broken)
    assert (await look(both.desk, ANN)).seat == "before"
    assert await both.desk.serve(ANN, 2, NOW, says(seat="after"))


async def test_one_that_fails_takes_nobody_along(both: Both) -> None:
    people = [Person(FRONT, number) for number in range(1, 21)]
    calls = [both.desk.serve(person, 1, NOW, broken if person.id % 5 == 0 else says(seat=str(person.id))) for person in people]
    results = await asyncio.gather(*calls, return_exceptions=True)
    for person, result in zip(people, results, strict=True):
        seat = (await look(both.desk, person)).seat
        assert (isinstance(result, ZeroDivisionError), seat) == ((True, None) if person.id % 5 == 0 else (False, str(person.id)))


async def test_two_at_once_for_a_new_person_both_count(both: Both) -> None:
    def add(loaded: Loaded) -> Outcome:
        return Outcome(seat=(loaded.seat or "") + "x")

    await asyncio.gather(*(both.desk.serve(ANN, update, NOW, add) for update in range(12)))
    assert (await look(both.desk, ANN)).seat == "x" * 12


async def test_timers_due_come_in_order_and_only_when_due(both: Both) -> None:
    timers = (("late", after(30)), ("b", after(10)), ("a", after(10)))
    await both.desk.serve(ANN, 1, NOW, does(Outcome(seat="s", timers=timers)))
    assert (await look(both.desk, ANN, after(9))).due == ()
    assert (await look(both.desk, ANN, after(10))).due == (DueTimer("a", after(10)), DueTimer("b", after(10)))
    assert await both.desk.next_due() == after(10)


async def test_a_timer_set_again_moves_and_a_dropped_one_is_gone(both: Both) -> None:
    await both.desk.serve(ANN, 1, NOW, does(Outcome(timers=(("a", after(10)), ("b", after(20))))))
    await both.desk.serve(ANN, 2, NOW, does(Outcome(timers=(("a", after(50)),), drop=("b", "never was"))))
    assert (await look(both.desk, ANN, after(99))).due == (DueTimer("a", after(50)),)


async def test_people_due_the_longest_due_first(both: Both) -> None:
    assert await both.desk.next_due() is None
    await both.desk.serve(ANN, 1, NOW, does(Outcome(timers=(("a", after(10)), ("b", after(1))))))
    await both.desk.serve(BEN, 1, NOW, does(Outcome(timers=(("a", after(5)),))))
    assert await both.desk.people_due(after(0), 10) == ()
    assert await both.desk.people_due(after(60), 10) == (ANN, BEN)
    assert await both.desk.people_due(after(60), 1) == (ANN,)


async def test_instants_keep_their_milliseconds(both: Both) -> None:
    at = NOW + dt.timedelta(milliseconds=123)
    await both.desk.serve(ANN, 1, NOW, does(Outcome(timers=(("a", at),))))
    assert await both.desk.next_due() == at


async def test_forgetting_leaves_nothing_but_the_last_words(both: Both) -> None:
    row = Outgoing("old", slot="screen")
    await both.desk.serve(ANN, 1, NOW, does(Outcome("old", (row,), (("a", after(1)),), newest=50)))
    await both.desk.serve(BEN, 1, NOW, does(Outcome("ben", (row,), (("a", after(1)),))))
    last = Outcome(seat="new", outgoing=(Outgoing("Forgotten."),), forget=True)
    assert await both.desk.serve(ANN, 2, NOW, does(last))
    assert await look(both.desk, ANN, after(9)) == Loaded("new")
    found = await both.outbox.next_row(ANN, NOW)
    assert found is not None
    assert (found.payload, found.slots, found.newest) == ("Forgotten.", {}, None)
    assert not await both.desk.serve(ANN, 2, NOW, broken)
    assert (await look(both.desk, BEN, after(9))).due == (DueTimer("a", after(1)),)


async def test_what_was_forgotten_does_not_come_back_with_an_update_that_is_offered_again(both: Both) -> None:
    await both.desk.serve(ANN, 1, NOW, says(seat="my head hurts"))
    await both.desk.serve(ANN, 2, NOW, does(Outcome(forget=True)))
    assert not await both.desk.serve(ANN, 1, after(60), says(seat="my head hurts"))
    assert await look(both.desk, ANN) == Loaded(None)


async def test_active_stays_as_it_is_unless_said(both: Both) -> None:
    await both.desk.serve(ANN, 1, NOW, does(Outcome(active=False)))
    await both.desk.serve(ANN, 2, NOW, says())
    assert not (await look(both.desk, ANN)).active
    await both.desk.serve(ANN, 3, NOW, does(Outcome(active=True)))
    assert (await look(both.desk, ANN)).active


async def test_nudges_come_after_the_commit_of_rows_and_timers_only(both: Both) -> None:
    heard: list[str] = []
    both.outbox.on_rows(lambda: heard.append("rows"))
    both.on_timers(lambda: heard.append("timers"))
    await both.desk.serve(ANN, 1, NOW, Looked())
    assert heard == []
    await both.desk.serve(ANN, 2, NOW, says("hello"))
    await both.desk.serve(ANN, 3, NOW, does(Outcome(timers=(("a", NOW),))))
    assert heard == ["rows", "timers"]


async def test_somebody_who_is_pressing_comes_before_reminders(both: Both) -> None:
    await both.desk.serve(ANN, 1, NOW, does(Outcome(timers=(("reminder:1", after(1)),))))
    await both.desk.serve(BEN, 1, NOW, does(Outcome(timers=(("player", after(2)), ("reminder:1", after(90))))))
    assert await both.desk.people_due(after(60), 10) == (BEN, ANN)
    assert await both.desk.people_due(after(60), 1) == (BEN,)
