"""What stays from visit to visit: what hurt, how it went, favourites, programmes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from bot.dialogue.kept import Course, Favourite, Reminder
from bot.dialogue.states import AskComplaint, AskFlags, AtPoint, PlanShown, ProgrammesShown, Rate, Rated
from bot.dialogue.values import Context, Rang, Record, Tell
from bot.safety.profile import PregnancyAnswer
from bot.saved import read, written
from bot.schedule import Rule
from tests.dialogue.test_transcripts import seat_of
from tests.people import Player


@pytest.fixture
def ann(ctx: Context) -> Player:
    return Player(ctx, seat_of({"pregnancy": "not"}))


def plan(ann: Player, words: str = "my head hurts", severity: int = 6) -> None:
    ann.says(words)
    ann.presses("none")
    ann.presses(f"severity:{severity}")
    assert isinstance(ann.seat.state, PlanShown)


def press_all(ann: Player) -> None:
    """The whole routine, timer by timer."""
    ann.presses("start")
    ann.presses("go")
    while isinstance(ann.seat.state, AtPoint):
        ann.timers = {"player": ann.timers["player"]}
        ann.rings()
    assert isinstance(ann.seat.state, Rate)


def visit(ann: Player, before: int, after: int) -> None:
    plan(ann, severity=before)
    press_all(ann)
    ann.presses(f"rate:{after}")
    assert isinstance(ann.seat.state, Rated)


# ---------------------------------------------------------------- points that hurt


def hurt_at_the_first(ann: Player) -> str:
    plan(ann)
    ann.presses("start")
    ann.presses("go")
    assert isinstance(ann.seat.state, AtPoint)
    point = ann.seat.state.steps[0].point
    ann.presses("trouble")
    ann.presses("trouble:hurts")
    ann.presses("rate:skip")
    return point


def points_now(ann: Player) -> list[str]:
    plan(ann)
    ann.presses("start")
    return [step.point for step in ann.seat.state.steps]


def test_what_hurt_rests_for_two_days_and_is_then_asked_about(ann: Player) -> None:
    point = hurt_at_the_first(ann)
    assert point not in points_now(ann)
    ann.commands("cancel")
    ann.waits(days=3)
    turn = ann.says("my head hurts")
    for answer in ("none", "severity:6"):
        turn = ann.presses(answer)
    assert "plan.hurt_before" in turn.keys
    ann.presses("start")
    assert "player.hurt_before" in ann.presses("go").keys
    ann.commands("cancel")
    ann.waits(days=25)
    assert point in points_now(ann)


def test_who_got_dizzy_is_told_so_next_time(ann: Player) -> None:
    plan(ann)
    for answer in ("start", "go", "trouble", "trouble:dizzy", "rate:skip"):
        ann.presses(answer)
    ann.waits(days=1)
    plan(ann)
    assert "ready.dizzy_before" in ann.presses("start").keys
    assert not {"plan.hurt_before", "screen.resting"} & {key for turn in ann.turns for key in turn.keys}


def test_long_after_its_time_the_player_waits_where_it_was(ann: Player) -> None:
    plan(ann)
    ann.presses("start")
    ann.presses("go")
    point = ann.seat.state.steps[0].point
    ann.waits(hours=8)
    turn = ann.goes(Rang(at=ann.at, timer="player", late=8 * 3600))
    assert "player.interrupted" in turn.keys
    assert ann.seat.state.steps[ann.seat.state.index].point == point
    assert "player.paused" in turn.keys
    ann.timers.clear()
    ann.presses("resume")
    assert ann.timers["player"] > ann.at


def test_the_reason_never_names_the_point(ann: Player, ctx: Context) -> None:
    point = hurt_at_the_first(ann)
    ann.says("my head hurts")
    ann.presses("none")
    turn = ann.presses("severity:6")
    assert "screen.resting" in turn.keys
    assert ctx.knowledge.words["en"].points[point].name not in turn.words


def test_somebody_elses_sore_spot_is_not_mine(ann: Player) -> None:
    hurt_at_the_first(ann)
    assert len(ann.seat.troubled) == 1
    ann.says("my mother has a headache, she is 60")
    for answer in ("not", "none", "none", "severity:5"):
        key = f"pregnancy:{answer}" if answer == "not" else answer
        ann.presses(key) if any(b.action == key for b in ann.screens[-1][1]) else None
    assert "screen.resting" not in ann.turns[-1].keys


# ---------------------------------------------------------------- how it went


def test_a_course_grows(ann: Player) -> None:
    visit(ann, 6, 3)
    ann.waits(days=1)
    visit(ann, 5, 2)
    course = ann.seat.courses[0]
    assert (course.times, course.first, course.before, course.after) == (2, 6, (6, 5), (3, 2))


def test_skipping_the_rating_still_counts_the_routine(ann: Player) -> None:
    plan(ann)
    press_all(ann)
    ann.presses("rate:skip")
    assert ann.seat.courses[0].times == 1
    assert ann.seat.courses[0].after == ()


def test_no_better_after_its_days_leads_to_a_doctor_or_other_points(ann: Player) -> None:
    days = ann.ctx.knowledge.conditions["headache"].try_days
    for _ in range(3):
        visit(ann, 6, 4)
        assert "rated.no_better_long" not in ann.turns[-1].keys
        ann.waits(hours=8)
    ann.waits(days=days)
    ann.seat = replace(ann.seat, profile=replace(ann.seat.profile, pregnancy=PregnancyAnswer("not", ann.at.date()), checked=ann.at.date()))
    visit(ann, 6, 4)
    turn = ann.turns[-1]
    assert "rated.no_better_long" in turn.keys
    assert "plan.doctor" in turn.keys
    ann.presses(next(b.action for b in turn.buttons if b.label.key == "rated.try"))
    assert isinstance(ann.seat.state, AskFlags)


def test_better_than_at_the_beginning_says_nothing(ann: Player) -> None:
    old = ann.at.date().replace(month=2)
    ann.seat = replace(ann.seat, courses=(Course("headache", "standard", old, ann.at.date(), 20, 6, (5, 4, 4), (2, 2, 2)),))
    visit(ann, 4, 2)
    assert not {"rated.no_better_long", "rated.worse_long"} & set(ann.turns[-1].keys)


def test_worse_again_and_again(ann: Player) -> None:
    for before in (4, 6, 7, 7):
        visit(ann, before, before)
        ann.waits(hours=3)
    assert "rated.worse_long" in ann.turns[-1].keys


def test_what_helped_is_asked_and_told_next_time(ann: Player) -> None:
    visit(ann, 6, 3)
    assert "helped.ask" in ann.turns[-1].keys
    point = next(b.action for b in ann.turns[-1].buttons if b.label.key == "helped.point").removeprefix("helped:")
    turn = ann.presses(f"helped:{point}")
    assert [e.facts["point"] for e in turn.effects if isinstance(e, Record)] == [point]
    assert "helped.noted" in turn.keys
    assert "helped.ask" not in turn.keys
    ann.waits(days=1)
    plan(ann)
    assert "plan.helped_before" in ann.turns[-1].keys


@pytest.mark.parametrize("what", ["rest", "other", "unsure"])
def test_what_helped_may_be_no_point(ann: Player, what: str) -> None:
    visit(ann, 6, 3)
    turn = ann.presses(f"helped:{what}")
    assert [e.facts["what"] for e in turn.effects if isinstance(e, Record)] == [what]
    plan(ann)
    assert "plan.helped_before" not in ann.turns[-1].keys


def test_where_nothing_got_better_nobody_asks_what_helped(ann: Player) -> None:
    for after in (6, 8):
        visit(ann, 6, after)
        assert "helped.ask" not in ann.turns[-1].keys


def test_what_helped_names_no_point_that_is_not_for_this_person_any_more(ann: Player) -> None:
    visit(ann, 6, 3)
    there = [b for b in ann.turns[-1].buttons if b.action == "helped:LI4"]
    assert there
    ann.seat = replace(ann.seat, profile=replace(ann.seat.profile, pregnancy=PregnancyAnswer("pregnant", ann.at.date(), 20)))
    turn = ann.shares("sticker")  # the same screen again
    assert "helped.ask" in turn.keys
    assert "LI4" not in turn.words


def test_stopped_on_the_way_only_what_was_pressed_can_have_helped(ann: Player) -> None:
    plan(ann)
    for answer in ("start", "go", "stop", "rate:2"):
        ann.presses(answer)
    points = [b.action for b in ann.turns[-1].buttons if b.label.key == "helped.point"]
    assert len(points) == 1
    assert ann.seat.courses[0].after == (2,)
    assert ann.commands("progress").effects == (Tell("progress"),)


def test_somebody_elses_ratings_are_not_mine(ann: Player) -> None:
    plan(ann)
    case = ann.seat.state.case
    ann.seat = replace(ann.seat, state=Rate(replace(case, guest=ann.seat.profile)), turn="t")
    ann.screens.append(("t", ann.screens[-1][1]))
    from bot.dialogue.values import Pressed

    turn = ann.goes(Pressed(at=ann.at, token="x", action="rate:3", turn="t"))
    assert ann.seat.courses == ()
    assert [e.facts["other"] for e in turn.effects if isinstance(e, Record)] == [True]


# ---------------------------------------------------------------- favourites, history, same as last time


def test_keep_open_and_let_go(ann: Player) -> None:
    plan(ann)
    ann.presses("variant:quick")
    ann.presses("keep")
    assert ann.seat.favourites == (Favourite("headache", "quick"),)
    ann.commands("favourites")
    ann.presses("again:headache:quick")
    assert isinstance(ann.seat.state, AskFlags)
    assert ann.seat.state.case.variant == "quick"
    ann.commands("favourites")
    ann.presses("drop:0")
    assert ann.seat.favourites == ()


def test_a_favourite_is_screened_again(ann: Player) -> None:
    plan(ann)
    ann.presses("keep")
    pregnant = replace(ann.seat.profile, pregnancy=PregnancyAnswer("pregnant", ann.at.date(), 12))
    ann.seat = replace(ann.seat, profile=pregnant)
    ann.commands("favourites")
    turn = ann.presses("again:headache")
    for _ in range(4):
        action = next((b.action for b in turn.buttons if b.action in {"none", "no", "go_on", "severity:4"}), None)
        turn = ann.presses(action) if action else turn
    assert isinstance(ann.seat.state, PlanShown)
    assert "LI4" not in turn.words


def test_history_and_the_same_as_last_time(ann: Player) -> None:
    plan(ann)
    ann.presses("variant:desk")
    press_all(ann)
    ann.presses("rate:2")
    assert "history.rated" in ann.commands("history").keys
    ann.commands("routine")
    ann.presses("button.same_as_last")
    assert ann.seat.state.case.variant == "desk"


# ---------------------------------------------------------------- programmes


def test_a_programme_is_followed_day_by_day(ann: Player) -> None:
    ann.commands("programmes")
    ann.presses("open:sleep")
    for answer in ("begin", "none", "severity:5"):
        turn = ann.presses(answer)
    assert "plan.programme" in turn.keys
    press_all(ann)
    ann.presses("rate:4")
    assert ann.seat.following is not None
    assert ann.seat.following.done == 1
    ann.commands("programmes")
    assert "programmes.stands" in ann.presses("open:sleep").keys
    ann.presses("remind")
    ann.says("every day at 10 pm")
    ann.says("London")
    assert ann.seat.reminders[0].what == Favourite("insomnia", programme="sleep")
    assert ann.seat.reminders[0].rule.until == ann.at.date() + dt.timedelta(days=27)  # four weeks, the first day counted
    ann.commands("programmes")
    ann.presses("open:sleep")
    ann.presses("stop")
    assert ann.seat.following is None


@pytest.mark.parametrize("programme", ["relaxing", "stimulating", "sleep", "period-pain"])
def test_a_programme_is_screened_whenever_it_opens(ctx: Context, programme: str) -> None:
    for pregnancy in ("pregnant", "maybe", "trying", "recent", "not-saying"):
        ann = Player(ctx, seat_of({"pregnancy": pregnancy}))
        ann.commands("programmes")
        ann.presses(f"open:{programme}")
        turn = ann.presses("begin")
        for _ in range(6):
            action = next((b.action for b in turn.buttons if b.action in {"none", "no", "go_on", "severity:4"}), None)
            turn = ann.presses(action) if action else turn
        forbidden = {p.code for p in ctx.knowledge.points.values() if p.pregnancy != "N"}
        assert not [code for code in forbidden if f"({code})" in ann.rendered]


def test_every_programme_says_what_it_rests_on(ann: Player) -> None:
    for programme in ann.ctx.knowledge.programmes:
        ann.commands("programmes")
        turn = ann.presses(f"open:{programme}")
        assert {"programmes.evidence", "programmes.limits", "question.sources"} <= set(turn.keys)
    assert isinstance(ann.seat.state, ProgrammesShown)


# ---------------------------------------------------------------- what is answered outside, and what was saved before


def test_progress_and_export_are_orders(ann: Player) -> None:
    assert "progress.none" in ann.commands("progress").keys
    visit(ann, 5, 3)
    assert ann.commands("progress").effects == (Tell("progress"),)
    assert ann.commands("export").effects == (Tell("export"),)


def test_a_seat_saved_before_all_this_still_reads(ctx: Context) -> None:
    import json

    old = json.loads(written(seat_of({"pregnancy": "not"})))
    for name in ("zone", "open_lock", "dark"):
        del old["settings"][name]
    old["favourites"] = []
    found = read(json.dumps(old), ctx.knowledge)
    assert not found.lost
    assert isinstance(found.seat.state, AskComplaint)
    assert found.seat.reminders == ()


# ---------------------------------------------------------------- the other side first


def test_the_other_side_first(ann: Player) -> None:
    plan(ann)
    ann.presses("start")
    ann.presses("go")
    while ann.seat.state.steps[ann.seat.state.index].side not in {"left", "right"}:
        ann.presses("skip")
    index = ann.seat.state.index
    before = [step.side for step in ann.seat.state.steps[index : index + 2]]
    ann.presses("swap")
    assert [step.side for step in ann.seat.state.steps[index : index + 2]] == before[::-1]
    assert ann.seat.state.index == index


def test_what_the_knowledge_no_longer_has(ctx: Context, ann: Player) -> None:
    """A favourite goes, a reminder stays and asks what it is for, a draft for it gives way to the first place."""
    plan(ann)
    ann.presses("keep")
    ann.presses("remind")
    ann.seat = replace(ann.seat, reminders=(Reminder("r", Favourite("headache"), Rule(())),))
    text = written(ann.seat)
    fewer = replace(ctx.knowledge, conditions={id_: c for id_, c in ctx.knowledge.conditions.items() if id_ != "headache"})
    found = read(text, fewer)
    assert found.lost
    assert isinstance(found.seat.state, AskComplaint)
    assert found.seat.favourites == ()
    assert found.seat.reminders[0].what == Favourite()
