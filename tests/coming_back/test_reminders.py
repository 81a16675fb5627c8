"""Reminders, told by what a person does and sees."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from bot.dialogue.kept import Favourite
from bot.dialogue.states import (
    Alarmed,
    AskCleared,
    AskComplaint,
    AskDays,
    AskFlags,
    AskPregnancy,
    AskUntil,
    AskWhen,
    AskZone,
    AtPoint,
    PlanShown,
    RemindersShown,
    Welcome,
)
from bot.dialogue.values import Came, Context, Pressed, Rang
from bot.safety.profile import PregnancyAnswer
from tests.dialogue.test_transcripts import seat_of
from tests.people import REMINDER, Player

HEADACHE = Favourite("headache")


@pytest.fixture
def ann(ctx: Context) -> Player:
    """Known, healthy, in London."""
    seat = seat_of({"pregnancy": "not"})
    return Player(ctx, replace(seat, settings=replace(seat.settings, zone="Europe/London")))


def told(player: Player, words: str = "remind me every day at 9 pm to do my headache routine") -> str:
    """A reminder asked for in words; its id."""
    player.says(words)
    return player.seat.reminders[-1].id


def at(*numbers: int) -> dt.datetime:
    return dt.datetime(*numbers, tzinfo=dt.UTC)  # type: ignore[arg-type]


# ---------------------------------------------------------------- asking for one


def test_in_words_from_anywhere(ann: Player) -> None:
    turn = ann.says("remind me every day at 9 pm to do my headache routine")
    assert ann.seat.reminders[0].what == HEADACHE
    assert isinstance(ann.seat.state, RemindersShown)
    assert "21:00" in turn.words
    assert list(ann.timers.values()) == [at(2026, 3, 2, 21)]


def test_an_open_half_of_the_day_is_asked_back(ann: Player) -> None:
    ann.says("remind me every day at 9")
    assert isinstance(ann.seat.state, AskWhen)
    ann.presses("at:21:00")
    assert list(ann.timers.values()) == [at(2026, 3, 2, 21)]


def test_by_buttons(ann: Player) -> None:
    ann.commands("reminders")
    ann.presses("new")
    ann.presses("what:any")
    ann.presses("at:08:00")
    assert isinstance(ann.seat.state, AskDays)
    ann.presses("day:0")
    ann.presses("day:2")
    ann.presses("done")
    assert ann.seat.reminders[0].rule.days == (0, 2)
    assert list(ann.timers.values()) == [at(2026, 3, 4, 8)]


def test_from_the_plan(ann: Player) -> None:
    ann.says("my head hurts")
    ann.presses("none")
    ann.presses("severity:4")
    ann.presses("variant:quick")
    ann.presses("remind")
    ann.says("weekdays at 7:30 am")
    reminder = ann.seat.reminders[0]
    assert reminder.what == Favourite("headache", "quick")
    assert reminder.rule.days == (0, 1, 2, 3, 4)


def test_tomorrow_once(ann: Player) -> None:
    told(ann, "remind me tomorrow at 8 am")
    ann.rings()
    assert ann.at.date() == dt.date(2026, 3, 3)
    assert ann.timers == {}


def test_words_that_are_no_time(ann: Player) -> None:
    ann.says("remind me every day at 9")
    turn = ann.says("whenever you like")
    assert "reminders.no_time" in turn.keys
    turn = ann.says("I feel sick and my stomach turns")
    assert not isinstance(ann.seat.state, AskWhen)


def test_an_alarm_comes_before_any_reminder(ann: Player) -> None:
    ann.says("remind me every day at 9 pm, I have crushing chest pain")
    assert isinstance(ann.seat.state, Alarmed)
    assert ann.seat.reminders == ()


def test_not_before_consent(ctx: Context) -> None:
    new = Player(ctx)
    new.commands("start")
    new.says("remind me every day at 9 pm")
    assert isinstance(new.seat.state, Welcome)
    assert new.timers == {}


def test_not_more_than_ten(ann: Player) -> None:
    for hour in range(10):
        told(ann, f"remind me every day at {hour + 13}:00")
    assert len(ann.seat.reminders) == 10
    turn = ann.says("remind me every day at 23:00")
    assert "reminders.too_many" in turn.keys
    assert len(ann.timers) == 10


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


# ---------------------------------------------------------------- near an alarm


def test_none_within_a_day_of_an_alarm_then_it_asks_first(ann: Player) -> None:
    told(ann)
    ann.says("crushing chest pain")
    assert ann.rings().replies == ()
    for answer in ("no", "no"):  # denied twice: closed
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


# ---------------------------------------------------------------- changing it


def test_the_time_the_days_a_rest_and_the_end(ann: Player) -> None:
    told(ann)
    ann.presses("time")
    ann.says("7 am")
    assert min(ann.timers.values()) == at(2026, 3, 3, 7)
    ann.presses("days")
    ann.says("sunday")
    assert min(ann.timers.values()) == at(2026, 3, 8, 7)
    ann.presses("pause")
    assert isinstance(ann.seat.state, AskUntil)
    ann.says("20 march")
    assert min(ann.timers.values()) == at(2026, 3, 22, 7)
    ann.presses("until")
    ann.says("25 march")
    ann.rings()
    assert ann.timers == {}
    assert len(ann.seat.reminders) == 1


def test_a_rest_can_be_ended(ann: Player) -> None:
    told(ann)
    ann.presses("pause")
    ann.presses("days:7")
    assert min(ann.timers.values()) == at(2026, 3, 9, 21)
    ann.presses("resume")
    assert min(ann.timers.values()) == at(2026, 3, 2, 21)


# ---------------------------------------------------------------- the clock


def test_the_zone_is_asked_once_and_moves_the_plans(ann: Player) -> None:
    ann.seat = replace(ann.seat, settings=replace(ann.seat.settings, zone=""))
    ann.says("remind me every day at 9 pm")
    assert isinstance(ann.seat.state, AskZone)
    ann.says("Kathmandu")
    assert list(ann.timers.values()) == [at(2026, 3, 2, 15, 15)]
    ann.commands("settings")
    ann.presses("zone")
    turn = ann.says("New York")
    assert "zone.moved" in turn.keys
    assert list(ann.timers.values()) == [at(2026, 3, 3, 2)]


def test_a_town_there_is_twice(ann: Player) -> None:
    ann.commands("settings")
    ann.presses("zone")
    ann.says("Portland")
    ann.presses("town:1")
    assert ann.seat.settings.zone == "America/New_York"


def test_by_location_and_the_place_is_not_kept(ann: Player) -> None:
    ann.seat = replace(ann.seat, settings=replace(ann.seat.settings, zone=""))
    ann.says("remind me every day at 9 pm")
    ann.shares("location", 51.4781, -0.0015)
    assert ann.seat.settings.zone == "Europe/London"
    assert "51.47" not in repr(ann.seat)


def test_a_location_where_nobody_asked(ann: Player) -> None:
    assert "shared.location" in ann.shares("location", 51.5, 0.0).keys


def test_by_what_time_it_is(ann: Player) -> None:
    ann.commands("settings")
    ann.presses("zone")
    ann.says("17:46")  # it is 12:00 in Greenwich
    turn = ann.presses("Kathmandu (NP)")
    assert ann.seat.settings.zone == "Asia/Kathmandu"
    assert "17:4" in turn.words


def test_a_clock_of_nobodys_is_a_plain_offset(ann: Player) -> None:
    ann.commands("settings")
    ann.presses("zone")
    ann.says("14:30")
    turn = ann.presses("offset:150")
    assert ann.seat.settings.zone == "+02:30"
    assert "zone.fixed" in turn.keys


def test_a_town_nobody_knows(ann: Player) -> None:
    ann.commands("settings")
    ann.presses("zone")
    assert "zone.not_found" in ann.says("Atlantis").keys


# ---------------------------------------------------------------- coming back


def test_who_comes_back_is_reminded_again(ann: Player) -> None:
    told(ann)
    ann.timers = {}
    ann.waits(days=3)
    ann.goes(Came(at=ann.at))
    assert list(ann.timers.values()) == [at(2026, 3, 5, 21)]


def test_when_the_rules_of_the_zones_change(ann: Player) -> None:
    told(ann)
    ann.timers = {}
    ann.goes(Rang(at=ann.at, timer="zones"))
    assert list(ann.timers.values()) == [at(2026, 3, 2, 21)]


def test_deleting_everything_takes_the_reminders_too(ann: Player) -> None:
    told(ann)
    ann.commands("forget")
    ann.presses("forget.yes")
    assert ann.seat.reminders == ()
    assert ann.seat.settings.zone == ""
