"""Reminders as they come: the invitation, its buttons, near an alarm, late or old."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from bot.dialogue.kept import Favourite
from bot.dialogue.planning import RemindersShown
from bot.dialogue.states import AskCleared, AskComplaint, AskFlags, AskPregnancy, AtPoint, PlanShown
from bot.dialogue.values import Context, Pressed
from bot.safety.profile import PregnancyAnswer
from tests.coming_back.asking import at, reminded, told
from tests.people import REMINDER, Player

HEADACHE = Favourite("headache")


@pytest.fixture
def ann(ctx: Context) -> Player:
    return reminded(ctx)


# ---------------------------------------------------------------- the invitation


def test_it_never_changes_the_place(ann: Player) -> None:
    told(ann)
    ann.says("my head hurts")
    before = ann.seat
    turn = ann.rings()
    assert isinstance(ann.seat.state, AskFlags)
    assert (ann.seat.state, ann.seat.turn, ann.seat.trail) == (before.state, before.turn, before.trail)
    assert [reply.lasts for reply in turn.replies] == ["reminder"]
    assert all(button.door for button in turn.buttons)


def test_nothing_about_health_on_the_lock_screen(ann: Player) -> None:
    told(ann)
    assert "eadache" not in ann.rings().words
    ann.commands("reminders")
    ann.presses("lock")
    assert "eadache" in ann.rings().words


def test_every_evening_at_nine(ann: Player) -> None:
    told(ann)
    days = []
    for _ in range(40):
        ann.rings()
        ann.presses("remind.door_done")
        days.append(ann.at.astimezone(dt.UTC))
    walls = [day.hour for day in days]
    assert walls[:27] == [21] * 27
    assert walls[27:] == [20] * 13  # summer time begins on 29 March: the wall clock stays at nine
    assert len({day.date() for day in days}) == 40


def test_start_leads_through_the_questions_to_the_routine(ann: Player) -> None:
    told(ann)
    ann.rings()
    ann.presses("remind.door_start")
    assert isinstance(ann.seat.state, AskFlags)


def test_an_expired_answer_about_pregnancy_is_asked_first(ann: Player) -> None:
    told(ann)
    ann.waits(days=40)
    ann.rings()  # late: it only plans the next
    ann.rings()
    ann.presses("remind.door_start")
    assert isinstance(ann.seat.state, AskPregnancy)


def test_no_forbidden_point_after_the_answer_has_changed(ann: Player) -> None:
    told(ann)
    seat = ann.seat
    pregnant = replace(seat.profile, pregnancy=PregnancyAnswer("pregnant", ann.at.date(), 20))
    ann.seat = replace(seat, profile=pregnant)
    ann.rings()
    turn = ann.presses("remind.door_start")
    for answer in ("none", "no", "go_on", "severity:4"):
        turn = ann.presses(answer)
    assert isinstance(ann.seat.state, PlanShown)
    assert "LI4" not in turn.words


def test_whatever_bothers_then(ann: Player) -> None:
    told(ann, "remind me every day at 21:00")
    ann.rings()
    ann.presses("remind.door_start")
    assert isinstance(ann.seat.state, AskComplaint)


@pytest.mark.parametrize(("button", "minutes"), [("snooze10", 10), ("snooze60", 60)])
def test_snooze(ann: Player, button: str, minutes: int) -> None:
    told(ann)
    ann.rings()
    pressed = ann.at
    state = ann.seat.state
    ann.presses(f"remind.door_{button}")
    assert ann.seat.state == state
    assert min(ann.timers.values()) == pressed + dt.timedelta(minutes=minutes)
    ann.rings()
    assert min(ann.timers.values()) == at(2026, 3, 3, 21)


def test_this_evening_only_before_the_evening(ann: Player) -> None:
    told(ann, "remind me every day at 8 am")
    ann.waits(hours=10)
    ann.rings()
    ann.presses("remind.door_evening")
    assert min(ann.timers.values()) == at(2026, 3, 3, 20)
    turn = ann.rings()
    assert "remind.door_evening" not in turn.button_keys


def test_not_today_leaves_out_the_rest_of_the_day(ann: Player) -> None:
    told(ann, "remind me every day at 13:00, 18:00 and 22:00")
    ann.rings()
    ann.presses("remind.door_skip")
    assert min(ann.timers.values()) == at(2026, 3, 3, 13)


def test_after_three_days_without_an_answer_one_question_then_silence(ann: Player) -> None:
    told(ann, "remind me every day at 13:00 and 22:00")
    turns = [ann.rings() for _ in range(7)]
    assert ["remind.ignored" in turn.keys for turn in turns] == [False] * 6 + [True]
    assert ann.timers == {}
    ann.presses("remind.door_keep")
    assert min(ann.timers.values()) == at(2026, 3, 5, 22)


@pytest.mark.parametrize(("answer", "next_day"), [("keep", 5), ("rest", 12)])
def test_the_one_question_is_for_all_of_them(ann: Player, answer: str, next_day: int) -> None:
    told(ann, "remind me every day at 13:00")
    told(ann, "remind me every day at 22:00")
    turns = [ann.rings() for _ in range(7)]
    assert ["remind.ignored" in turn.keys for turn in turns] == [False] * 6 + [True]
    assert ann.timers == {}
    ann.presses(f"remind.door_{answer}")
    assert {due.hour for due in ann.timers.values()} == {13, 22}
    assert max(ann.timers.values()).day in {next_day, next_day + 1}


def test_an_answer_counts_from_zero(ann: Player) -> None:
    told(ann)
    for _ in range(3):
        ann.rings()
    ann.presses("remind.door_done")
    assert "remind.time" in ann.rings().keys
    assert "remind.time" in ann.rings().keys


def test_no_invitation_to_somebody_who_is_pressing(ann: Player) -> None:
    told(ann)
    ann.says("my head hurts")
    for answer in ("none", "severity:4", "start"):
        ann.presses(answer)
    ann.at = at(2026, 3, 2, 20, 59)
    ann.presses("go")
    assert isinstance(ann.seat.state, AtPoint)
    ann.at = at(2026, 3, 2, 21)
    name = next(name for name in ann.timers if name.startswith(REMINDER))
    ann.timers = {name: ann.timers[name]}
    assert ann.rings().replies == ()
    assert min(ann.timers.values()) == at(2026, 3, 3, 21)


def test_one_that_comes_only_once_waits_until_the_next_day_for_somebody_who_is_pressing(ann: Player) -> None:
    told(ann, "remind me today at 9 pm")
    ann.says("my head hurts")
    for answer in ("none", "severity:4", "start"):
        ann.presses(answer)
    ann.at = at(2026, 3, 2, 20, 59)
    ann.presses("go")
    ann.at = at(2026, 3, 2, 21)
    ann.timers = {name: due for name, due in ann.timers.items() if name.startswith(REMINDER)}
    assert ann.rings().replies == ()
    assert list(ann.timers.values()) == [at(2026, 3, 3, 21)]
    assert ann.rings().keys == ["remind.time"]  # nobody was away
    assert ann.timers == {}


# ---------------------------------------------------------------- near an alarm


def test_near_an_alarm_one_that_comes_only_once_waits_too(ann: Player) -> None:
    told(ann, "remind me in 20 minutes")
    ann.says("crushing chest pain")
    assert ann.rings().replies == ()
    for answer in ("no", "no", "checked"):
        ann.presses(answer)
    assert "remind.time" in ann.rings().keys
    assert ann.at.date() == dt.date(2026, 3, 3)


def test_none_within_a_day_of_an_alarm_then_it_asks_first(ann: Player) -> None:
    told(ann)
    ann.says("crushing chest pain")
    assert ann.rings().replies == ()
    for answer in ("no", "no", "checked"):  # denied twice, and a doctor has looked: closed
        ann.presses(answer)
    assert ann.rings().replies  # 24 hours are over


def test_an_alarm_that_was_never_closed_is_asked_about(ann: Player) -> None:
    told(ann)
    ann.says("I want to end my life")
    ann.presses("crisis.misunderstood")
    ann.presses("crisis.no_thoughts")
    assert isinstance(ann.seat.state, AskComplaint)
    assert ann.rings().replies == ()
    ann.rings()
    ann.presses("remind.door_start")
    assert isinstance(ann.seat.state, AskCleared)
    ann.presses("cleared.yes")
    assert isinstance(ann.seat.state, AskFlags)


# ---------------------------------------------------------------- late, old, gone


def test_a_little_late_is_sent_much_too_late_is_not(ann: Player) -> None:
    told(ann)
    ann.at = at(2026, 3, 2, 22, 59)
    assert "remind.time" in ann.rings().keys
    ann.at = at(2026, 3, 3, 23, 0)
    assert ann.rings().replies == ()
    turn = ann.rings()
    assert ann.at.date() == dt.date(2026, 3, 4)
    assert turn.keys[:2] == ["remind.missed", "remind.time"]
    assert ann.rings().keys == ["remind.time"]


def test_one_that_comes_only_once_and_was_missed_comes_the_next_day(ann: Player) -> None:
    told(ann, "remind me tomorrow at 8 am")
    ann.at = at(2026, 3, 3, 11)
    assert ann.rings().replies == ()
    assert list(ann.timers.values()) == [at(2026, 3, 4, 8)]
    assert ann.rings().keys == ["remind.missed", "remind.time"]
    assert ann.timers == {}


def test_a_week_away_brings_one_not_seven(ann: Player) -> None:
    told(ann)
    ann.waits(days=7)
    turns = [ann.rings() for _ in range(2)]
    assert [bool(turn.replies) for turn in turns] == [False, True]


def test_a_button_from_last_week(ann: Player) -> None:
    id_ = told(ann)
    ann.rings()
    ann.waits(days=6)
    for back, what in enumerate(("snooze10", "done", "skip")):
        turn = ann.presses_old(f"remind.door_{what}", back)
        assert "remind.old" in turn.keys
        assert ann.seat.state == RemindersShown(id_)
    assert ann.presses_old("remind.door_start", 3).keys  # of any age, and screened again
    assert isinstance(ann.seat.state, AskFlags)


@pytest.mark.parametrize("what", ["snooze10", "done", "skip"])
def test_a_little_after_midnight_it_is_still_the_same_evening(ann: Player, what: str) -> None:
    told(ann, "remind me every day at 23:55")
    ann.rings()
    ann.at = at(2026, 3, 3, 0, 5)
    turn = ann.presses(f"remind.door_{what}")
    assert "remind.old" not in turn.keys
    assert min(ann.timers.values()) == (at(2026, 3, 3, 0, 15) if what == "snooze10" else at(2026, 3, 3, 23, 55))
    ann.at = at(2026, 3, 3, 4, 1)
    assert "remind.old" in ann.presses_old(f"remind.door_{what}", 0).keys


def test_a_button_of_a_reminder_that_is_gone(ann: Player) -> None:
    told(ann)
    ann.rings()
    ann.presses("remind.door_delete")
    assert ann.timers == {}
    turn = ann.presses_old("remind.door_start", 1)
    assert "remind.gone" in turn.keys
    assert ann.seat.state == RemindersShown()


def test_a_new_one_never_answers_to_old_buttons(ann: Player) -> None:
    first = told(ann)
    ann.rings()
    ann.presses("remind.door_delete")
    assert told(ann) != first


def test_nonsense_from_an_old_version(ann: Player) -> None:
    for action in ("remind", "remind:", "remind:start", "remind:x:y:z:w", "again:", "again:headache:nothing:nowhere"):
        ann.goes(Pressed(at=ann.at, token="t", action=action))
