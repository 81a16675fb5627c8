"""What every store promises a sender."""

from __future__ import annotations

import asyncio

from bot.conversation import MISSED, Outcome, Outgoing, Person
from bot.outbox import Bound, Row
from bot.store.instants import millis
from tests.store.conftest import Both
from tests.store.contract import ANN, BEN, FRONT, NOW, after, does, look, says


async def row_of(both: Both, person: Person = ANN, seconds: float = 0) -> Row:
    found = await both.outbox.next_row(person, after(seconds))
    assert found is not None
    return found


async def test_rows_come_in_order_until_they_are_sent(both: Both) -> None:
    await both.desk.serve(ANN, 1, NOW, says("one", "two"))
    await both.desk.serve(ANN, 2, NOW, says("three"))
    heard = []
    while (row := await both.outbox.next_row(ANN, NOW)) is not None:
        assert await both.outbox.next_row(ANN, NOW) == row
        heard.append(row.payload)
        await both.outbox.sent(ANN, row.id, {}, None)
    assert heard == ["one", "two", "three"]


async def test_a_row_carries_all_the_sender_needs(both: Both) -> None:
    outgoing = Outgoing('{"text": "内關"}', slot="screen", edit=True, until=after(20), kind="player")
    await both.desk.serve(ANN, 1, NOW, does(Outcome("{}", (outgoing,), newest=41)))
    row = await row_of(both)
    assert row == Row(row.id, '{"text": "内關"}', "screen", edit=True, kind="player", slots={}, newest=41, sending=False)


async def test_slots_and_the_newest_message_are_remembered(both: Both) -> None:
    await both.desk.serve(ANN, 1, NOW, says("one", "two", "three"))
    await both.outbox.sent(ANN, (await row_of(both)).id, {"screen": Bound(100, has_picture=True)}, 100)
    await both.outbox.sent(ANN, (await row_of(both)).id, {"player": Bound(101, has_picture=False)}, 101)
    row = await row_of(both)
    assert (row.slots, row.newest) == ({"screen": Bound(100, True), "player": Bound(101, False)}, 101)
    await both.outbox.sent(ANN, row.id, {"screen": Bound(102, has_picture=False)}, 90)
    await both.desk.serve(ANN, 2, NOW, does(Outcome(outgoing=(Outgoing("four"),), newest=110)))
    await both.desk.serve(ANN, 3, NOW, does(Outcome(outgoing=(Outgoing("five"),), newest=104)))
    row = await row_of(both)
    assert (row.slots["screen"], row.newest) == (Bound(102, has_picture=False), 110)


async def test_a_row_past_its_time_is_not_sent(both: Both) -> None:
    await both.desk.serve(ANN, 1, NOW, says("short", until=after(20)))
    await both.desk.serve(ANN, 2, NOW, says("alarm"))
    assert (await row_of(both, seconds=19)).payload == "short"
    assert (await row_of(both, seconds=20)).payload == "alarm"
    assert (await row_of(both, seconds=1)).payload == "alarm"


async def test_a_dropped_row_is_gone(both: Both) -> None:
    await both.desk.serve(ANN, 1, NOW, says("one", "two"))
    await both.outbox.drop(ANN, (await row_of(both)).id)
    assert (await row_of(both)).payload == "two"


async def test_a_row_that_was_forgotten_meanwhile_binds_nothing(both: Both) -> None:
    await both.desk.serve(ANN, 1, NOW, says("one"))
    row = await row_of(both)
    await both.desk.serve(ANN, 2, NOW, does(Outcome(forget=True, outgoing=(Outgoing("gone"),))))
    await both.outbox.sent(ANN, row.id, {"screen": Bound(5, has_picture=False)}, 5)
    found = await row_of(both)
    assert (found.payload, found.slots) == ("gone", {})


async def test_a_lease_keeps_others_away_until_it_ends(both: Both) -> None:
    await both.desk.serve(ANN, 1, NOW, says("one"))
    await both.desk.serve(Person("terminal", 1), 1, NOW, says("elsewhere"))
    assert await both.outbox.lease(FRONT, "a", NOW, 30, 10) == (ANN,)
    assert await both.outbox.lease(FRONT, "b", after(29), 30, 10) == ()
    assert await both.outbox.renew((ANN,), "a", after(29), 30) == {ANN}
    assert await both.outbox.lease(FRONT, "b", after(40), 30, 10) == ()
    assert await both.outbox.lease(FRONT, "b", after(59), 30, 10) == (ANN,)
    assert await both.outbox.renew((ANN,), "a", after(60), 30) == frozenset()
    await both.outbox.release(ANN, "a")
    assert await both.outbox.lease(FRONT, "a", after(60), 30, 10) == ()
    await both.outbox.release(ANN, "b")
    assert await both.outbox.lease(FRONT, "a", after(60), 30, 10) == (ANN,)


async def test_all_leases_are_renewed_at_once_but_only_ones_own(both: Both) -> None:
    crowd = tuple(Person(FRONT, number) for number in range(1, 1501))
    for person in (ANN, BEN, *crowd[2:40]):
        await both.desk.serve(person, 1, NOW, says("one"))
    mine = frozenset(await both.outbox.lease(FRONT, "a", NOW, 30, 30))
    others = frozenset(await both.outbox.lease(FRONT, "b", NOW, 30, 30))
    assert await both.outbox.renew((ANN, BEN, *crowd), "a", after(20), 30) == mine
    assert await both.outbox.renew((), "a", after(20), 30) == frozenset()
    assert frozenset(await both.outbox.lease(FRONT, "c", after(40), 30, 100)) == others


async def test_only_people_with_rows_are_leased_the_longest_waiting_first(both: Both) -> None:
    await both.desk.serve(ANN, 1, NOW, says("one", "two", "three"))
    await both.desk.serve(BEN, 1, NOW, says("one"))
    await look(both.desk, Person(FRONT, 3))
    assert await both.outbox.lease(FRONT, "a", NOW, 30, 1) == (ANN,)
    assert await both.outbox.lease(FRONT, "a", NOW, 30, 10) == (BEN,)


async def test_many_leasing_at_once_never_share_a_person(both: Both) -> None:
    for number in range(40):
        await both.desk.serve(Person(FRONT, number), 1, NOW, says("hello"))
    owners = (both.outbox.lease(FRONT, f"sender {number}", NOW, 30, 7) for number in range(12))
    leased = [person for people in await asyncio.gather(*owners) for person in people]
    assert len(leased) == len(set(leased))


async def test_a_reminder_is_marked_once_and_never_sent_after_a_crash(both: Both) -> None:
    await both.desk.serve(ANN, 1, NOW, says("come", "again", kind="reminder"))
    row = await row_of(both)
    assert await both.outbox.mark_sending(ANN, row.id, NOW)
    assert not await both.outbox.mark_sending(ANN, row.id, NOW)
    after_crash = await row_of(both)
    assert (after_crash.payload, await both.outbox.uncertain()) == ("again", 1)
    assert not await both.outbox.mark_sending(ANN, row.id, NOW)


async def test_a_mark_is_taken_back_when_it_was_surely_not_sent(both: Both) -> None:
    await both.desk.serve(ANN, 1, NOW, says("come", kind="reminder"))
    row = await row_of(both)
    assert await both.outbox.mark_sending(ANN, row.id, NOW)
    await both.outbox.unmark(ANN, row.id)
    assert (await row_of(both)).id == row.id
    assert await both.outbox.uncertain() == 0


async def test_a_reminder_that_waited_too_long_is_given_up_and_told_by_a_timer(both: Both) -> None:
    until = after(60)
    await both.desk.serve(ANN, 1, NOW, says("come", kind="reminder", until=until))
    await both.desk.serve(ANN, 2, NOW, says("a reply", until=until))
    await both.outbox.drop(ANN, (await row_of(both)).id)
    row = await row_of(both, seconds=59)
    assert not await both.outbox.mark_sending(ANN, row.id, until)
    assert await both.outbox.next_row(ANN, until) is None
    assert [timer.name for timer in (await look(both.desk, ANN, until)).due] == [f"{MISSED}{millis(until)}"]
    assert await both.outbox.uncertain() == 0


async def test_a_reply_or_a_marked_reminder_leaves_no_such_timer(both: Both) -> None:
    await both.desk.serve(ANN, 1, NOW, says("a reply", until=after(60)))
    await both.desk.serve(ANN, 2, NOW, says("come", kind="reminder", until=after(60)))
    await both.outbox.drop(ANN, (await row_of(both)).id)
    assert await both.outbox.mark_sending(ANN, (await row_of(both)).id, NOW)
    assert await both.outbox.next_row(ANN, after(90)) is None
    assert (await look(both.desk, ANN, after(90))).due == ()


async def test_who_blocked_us_gets_nothing_until_they_return(both: Both) -> None:
    await both.desk.serve(ANN, 1, NOW, says("one", "two"))
    await both.outbox.inactive(ANN)
    assert await both.outbox.next_row(ANN, NOW) is None
    assert not (await look(both.desk, ANN)).active


async def test_file_ids_belong_to_one_bot(both: Both) -> None:
    assert await both.outbox.file_id("d1", 1) is None
    await both.outbox.remember_file("d1", 1, "first")
    await both.outbox.remember_file("d1", 1, "second")
    assert (await both.outbox.file_id("d1", 1), await both.outbox.file_id("d1", 2)) == ("second", None)
    await both.outbox.forget_file("d1", 1)
    assert await both.outbox.file_id("d1", 1) is None


async def test_bulk_is_spread_by_one_pace(both: Both) -> None:
    assert [await both.outbox.pace(NOW, 25) for _ in range(3)] == [0.0, 0.04, 0.08]
    assert await both.outbox.pace(after(1), 25) == 0.0


async def test_strangers_ask_for_nothing_and_break_nothing(both: Both) -> None:
    assert await both.outbox.next_row(BEN, NOW) is None
    assert await both.outbox.renew((BEN,), "a", NOW, 5) == frozenset()
    assert not await both.outbox.mark_sending(BEN, 5, NOW)
    await both.outbox.release(BEN, "a")
    await both.outbox.sent(BEN, 5, {"screen": Bound(1, has_picture=False)}, 1)
    await both.outbox.inactive(BEN)
    assert await look(both.desk, Person(FRONT, 99)) == (await look(both.desk, Person(FRONT, 98)))


async def test_an_answer_goes_past_a_reminder_that_waits_its_turn(both: Both) -> None:
    await both.desk.serve(ANN, 1, NOW, does(Outcome(outgoing=(Outgoing("it is time", kind="reminder"), Outgoing("hello")))))
    assert (await row_of(both)).payload == "hello"
    await both.outbox.drop(ANN, (await row_of(both)).id)
    assert (await row_of(both)).payload == "it is time"


async def test_reminders_are_leased_apart_from_answers(both: Both) -> None:
    for number in range(20):
        await both.desk.serve(Person(FRONT, 100 + number), 1, NOW, does(Outcome(outgoing=(Outgoing("it is time", kind="reminder"),))))
    await both.desk.serve(ANN, 1, NOW, says("hello"))
    assert await both.outbox.lease(FRONT, "a", NOW, 30, 10, bulk=False) == (ANN,)
    assert len(await both.outbox.lease(FRONT, "a", NOW, 30, 5, bulk=True)) == 5
    assert await both.outbox.lease(FRONT, "a", NOW, 30, 10, bulk=False) == ()
    assert len(await both.outbox.lease(FRONT, "a", NOW, 30, 100)) == 15
