"""Reminders as they are made and changed: asked for in words or by buttons, the clock they follow."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import replace

import pytest

from bot.dialogue.kept import Favourite
from bot.dialogue.planning import AskDays, AskUntil, AskWhen, AskZone, RemindersShown
from bot.dialogue.states import Alarmed, AskFlags, Welcome
from bot.dialogue.values import Came, Context, Rang
from tests.coming_back.asking import at, reminded, told
from tests.people import Player

HEADACHE = Favourite("headache")


@pytest.fixture
def ann(ctx: Context) -> Player:
    return reminded(ctx)


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


def test_until_a_day_in_words(ann: Player) -> None:
    turn = ann.says("remind me on mondays and thursdays at noon until christmas")
    rule = ann.seat.reminders[0].rule
    assert (rule.days, rule.until) == ((0, 3), dt.date(2026, 12, 25))
    assert "reminders.until" in turn.keys
    assert list(ann.timers.values()) == [at(2026, 3, 5, 12)]


def test_twice_a_day(ann: Player) -> None:
    assert "08:00 and 20:00" in ann.says("remind me twice a day").words
    assert list(ann.timers.values()) == [at(2026, 3, 2, 20)]


def test_every_day_and_the_time_is_asked(ann: Player) -> None:
    ann.says("remind me every day")
    assert isinstance(ann.seat.state, AskWhen)
    ann.presses("at:21:00")
    assert isinstance(ann.seat.state, RemindersShown)
    assert ann.seat.reminders[0].rule.days == ()


def test_for_a_complaint_and_the_time_is_asked(ann: Player) -> None:
    ann.says("remind me to press for my headache")
    assert isinstance(ann.seat.state, AskWhen)
    ann.says("every day at 9 pm")
    assert ann.seat.reminders[0].what == HEADACHE


def test_on_the_list_a_time_is_enough(ann: Player) -> None:
    ann.commands("reminders")
    ann.says("every weekday at half past seven")
    assert isinstance(ann.seat.state, AskWhen)
    ann.presses("at:07:30")
    assert ann.seat.reminders[0].rule.days == (0, 1, 2, 3, 4)
    ann.says("my head hurts since 8 pm")
    assert isinstance(ann.seat.state, AskFlags)
    assert len(ann.seat.reminders) == 1


def test_in_two_hours_once_and_never_again(ann: Player) -> None:
    turn = ann.says("remind me in 2 hours")
    assert "reminders.once" in turn.keys
    assert not {"reminders.paused", "reminders.until"} & set(turn.keys)
    assert list(ann.timers.values()) == [at(2026, 3, 2, 14)]
    assert "remind.time" in ann.rings().keys
    assert ann.timers == {}


def test_in_half_an_hour_is_half_an_hour_also_when_the_clocks_go_back(ann: Player) -> None:
    for now in (at(2026, 10, 25, 0, 15), at(2026, 10, 25, 1, 15), at(2026, 10, 24, 23, 50)):
        ann.at = now
        ann.says("remind me in 90 minutes")
        assert now + dt.timedelta(minutes=90) in ann.timers.values()


def test_what_came_once_makes_room_for_others(ann: Player) -> None:
    for _ in range(12):
        told(ann, "remind me in 1 minute")
        ann.rings()
    assert len(ann.seat.reminders) == 1


def test_one_that_comes_once_is_put_off_or_made_to_come_again(ann: Player) -> None:
    told(ann, "remind me tomorrow at 8 am")
    ann.presses("pause")
    assert "reminders.once" in ann.says("20 march").keys
    assert list(ann.timers.values()) == [at(2026, 3, 20, 8)]
    ann.presses("days")
    ann.presses("days:all")
    assert list(ann.timers.values()) == [at(2026, 3, 3, 8)]
    assert ann.seat.reminders[0].rule.until is None


def test_today_at_a_time_that_is_over_is_tomorrow(ann: Player) -> None:
    told(ann, "remind me today at 8 am")
    assert list(ann.timers.values()) == [at(2026, 3, 3, 8)]


def test_in_half_an_hour_whatever_the_clock_is_there(ann: Player) -> None:
    ann.seat = replace(ann.seat, settings=replace(ann.seat.settings, zone=""))
    ann.says("remind me in half an hour")
    assert isinstance(ann.seat.state, AskZone)
    ann.says("Kathmandu")
    assert list(ann.timers.values()) == [at(2026, 3, 2, 12, 30)]


def test_a_message_as_long_as_they_can_be_is_no_town_and_holds_nobody_up(ann: Player) -> None:
    ann.seat = replace(ann.seat, settings=replace(ann.seat.settings, zone=""))
    ann.says("remind me every day at 9 pm")
    before = time.process_time()
    assert "zone.not_found" in ann.says(" ".join("abcdefgh" * 256)[:4096]).keys
    assert time.process_time() - before < 1  # every way to divide it took three


def test_asked_again_in_other_words_before_the_zone_was_told(ann: Player) -> None:
    ann.seat = replace(ann.seat, settings=replace(ann.seat.settings, zone=""))
    ann.says("remind me every day at 9 pm")
    ann.says("no, remind me every day at 8 pm")
    ann.says("London")
    assert list(ann.timers.values()) == [at(2026, 3, 2, 20)]


def test_no_more_of_it(ann: Player) -> None:
    told(ann)
    ann.says("my head hurts")
    ann.says("please stop reminding me")
    assert ann.seat.state == RemindersShown()


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


def test_spread_over_the_day_says_the_new_times(ann: Player) -> None:
    told(ann, "remind me every day at 7 am")
    turn = ann.says("every three hours")
    assert "reminders.spread" in turn.keys
    assert "07:00" not in turn.words
    assert turn.words.count("08:00") == 2  # what is possible, and what was saved


def test_a_rest_can_be_ended(ann: Player) -> None:
    told(ann)
    ann.presses("pause")
    ann.presses("days:7")
    assert min(ann.timers.values()) == at(2026, 3, 9, 21)
    assert "Rests until" in ann.presses("all").words
    ann.presses(f"open:{ann.seat.reminders[0].id}")
    ann.presses("resume")
    assert min(ann.timers.values()) == at(2026, 3, 2, 21)
    assert "Rests until" not in ann.presses("all").words


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
