"""The whole conversation on one page: who answers what where, and what each place looks like.

A handler's annotations say where it may lead; `python -m bot.tools map` draws them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

from bot.dialogue import planning
from bot.dialogue import states as s
from bot.dialogue.flows import (
    alarms,
    browse,
    combination,
    complaint,
    doubt,
    flags,
    for_whom,
    in_words,
    invite,
    journal,
    player,
    pressing,
    profile,
    programmes,
    questions,
    rating,
    reminders,
    routine,
    severity,
    undo,
    welcome,
    zone,
)
from bot.dialogue.here import Here
from bot.dialogue.values import Event, Pressed, Rang, Reply, Said, Shared, Step

P = TypeVar("P")
E = TypeVar("E", bound=Event)


class Row(NamedTuple):
    """In this place, this event is answered by this handler."""

    place: type
    event: type[Event]
    handler: Callable[[Any, Any, Here], Step[Any]]


def row(place: type[P], event: type[E], handler: Callable[[P, E, Here], Step[Any]]) -> Row:
    """A row whose handler fits its place and event: mypy refuses any other."""
    return Row(place, event, handler)


TABLE: tuple[Row, ...] = (
    row(s.Welcome, Said, welcome.welcome_said),
    row(s.Welcome, Pressed, welcome.welcome_pressed),
    row(s.Gone, Said, welcome.gone_left),
    row(s.Gone, Pressed, welcome.gone_left),
    row(s.AskComplaint, Said, complaint.heard),
    row(s.Confirm, Pressed, complaint.confirmed),
    row(s.Areas, Said, complaint.area_said),
    row(s.Areas, Pressed, complaint.area_pressed),
    row(s.Answered, Pressed, complaint.answer_left),
    row(s.AskWhose, Pressed, for_whom.pressed),
    row(s.AskWhose, Said, for_whom.said),
    row(s.AskPregnancy, Pressed, questions.pregnancy_answered),
    row(s.AskPregnancy, Said, in_words.pregnancy_said),
    row(s.AskTrimester, Pressed, questions.trimester_answered),
    row(s.AskTrimester, Said, in_words.trimester_said),
    row(s.AskMatters, Pressed, questions.matter_pressed),
    row(s.AskMatters, Said, in_words.matters_said),
    row(s.AskSide, Pressed, questions.side_answered),
    row(s.AskAge, Pressed, questions.age_answered),
    row(s.AskAge, Said, in_words.age_said),
    row(s.AskUndo, Pressed, undo.undo_answered),
    row(s.AskFlags, Pressed, doubt.flag_answered),
    row(s.AskDoubt, Pressed, doubt.doubt_answered),
    row(s.AskCombination, Pressed, combination.combination_answered),
    row(s.AskSeverity, Pressed, severity.severity_answered),
    row(s.AskNew, Pressed, severity.new_answered),
    row(s.SeeDoctor, Pressed, routine.doctor_pressed),
    row(s.PlanShown, Pressed, routine.plan_pressed),
    row(s.GetReady, Pressed, player.ready_pressed),
    row(s.GetReady, Said, pressing.said),
    row(s.AtPoint, Pressed, player.player_pressed),
    row(s.AtPoint, Said, pressing.said),
    row(s.AtPoint, Rang, player.rang),
    row(s.Trouble, Pressed, player.trouble_pressed),
    row(s.Trouble, Said, pressing.said),
    row(s.Rate, Pressed, rating.rated),
    row(s.Rate, Said, pressing.said),
    row(s.Rated, Pressed, rating.rated_pressed),
    row(s.Rated, Said, rating.rated_said),
    row(s.Alarmed, Pressed, alarms.alarm_pressed),
    row(s.Alarmed, Said, alarms.alarm_said),
    row(s.Crisis, Pressed, alarms.crisis_pressed),
    row(s.Crisis, Said, alarms.crisis_said),
    row(s.PointShown, Pressed, browse.card_pressed),
    row(s.Learning, Pressed, browse.lesson_pressed),
    row(s.ProfileShown, Pressed, profile.profile_pressed),
    row(s.ProfileShown, Said, in_words.profile_said),
    row(s.SettingsShown, Pressed, profile.settings_pressed),
    row(s.ConfirmForget, Pressed, profile.forget_pressed),
    row(planning.RemindersShown, Pressed, reminders.reminders_pressed),
    row(planning.AskWhat, Pressed, reminders.what_pressed),
    row(planning.AskWhen, Pressed, reminders.when_pressed),
    row(planning.AskWhen, Said, reminders.when_said),
    row(planning.AskDays, Pressed, reminders.days_pressed),
    row(planning.AskDays, Said, reminders.days_said),
    row(planning.AskUntil, Pressed, reminders.until_pressed),
    row(planning.AskUntil, Said, reminders.until_said),
    row(planning.AskZone, Pressed, zone.zone_pressed),
    row(planning.AskZone, Said, zone.zone_said),
    row(planning.AskZone, Shared, zone.zone_shared),
    row(s.AskCleared, Pressed, invite.cleared),
    row(s.Shelf, Pressed, journal.shelf_pressed),
    row(s.ProgrammesShown, Pressed, programmes.programmes_pressed),
)
HANDLERS: Mapping[tuple[type, type[Event]], Callable[[Any, Any, Here], Step[Any]]] = {(r.place, r.event): r.handler for r in TABLE}


class View(NamedTuple):
    """A place and what it looks like."""

    place: type
    show: Callable[[Any, Here], tuple[Reply, ...]]


def view(place: type[P], show: Callable[[P, Here], tuple[Reply, ...]]) -> View:
    """A view that fits its place: mypy refuses any other."""
    return View(place, show)


VIEWS: Mapping[type, Callable[[Any, Here], tuple[Reply, ...]]] = dict((
    view(s.Welcome, welcome.show_welcome),
    view(s.Gone, welcome.show_gone),
    view(s.AskComplaint, complaint.show_complaint),
    view(s.Confirm, complaint.show_confirm),
    view(s.Areas, complaint.show_areas),
    view(s.Answered, complaint.answer_shown),
    view(s.AskWhose, for_whom.show),
    view(s.AskPregnancy, questions.show_pregnancy),
    view(s.AskTrimester, questions.show_trimester),
    view(s.AskMatters, questions.show_matters),
    view(s.AskSide, questions.show_side),
    view(s.AskAge, questions.show_age),
    view(s.AskUndo, undo.show_undo),
    view(s.AskFlags, flags.show_flags),
    view(s.AskDoubt, doubt.show_doubt),
    view(s.AskCombination, combination.show_combination),
    view(s.AskSeverity, severity.show_severity),
    view(s.AskNew, severity.show_new),
    view(s.SeeDoctor, routine.show_doctor),
    view(s.NoRoutine, routine.show_none),
    view(s.PlanShown, routine.show_plan),
    view(s.GetReady, player.show_ready),
    view(s.AtPoint, player.show_point),
    view(s.Trouble, player.show_trouble),
    view(s.Rate, rating.show_rate),
    view(s.Rated, rating.show_rated),
    view(s.Alarmed, alarms.show_alarm),
    view(s.Crisis, alarms.show_crisis),
    view(s.PointShown, browse.show_card),
    view(s.Learning, browse.show_lesson),
    view(s.ProfileShown, profile.show_profile),
    view(s.SettingsShown, profile.show_settings),
    view(s.ConfirmForget, profile.show_forget),
    view(planning.RemindersShown, reminders.show_reminders),
    view(planning.AskWhat, reminders.show_what),
    view(planning.AskWhen, reminders.show_when),
    view(planning.AskDays, reminders.show_days),
    view(planning.AskUntil, reminders.show_until),
    view(planning.AskZone, zone.show_zone),
    view(s.AskCleared, invite.show_cleared),
    view(s.Shelf, journal.show_shelf),
    view(s.ProgrammesShown, programmes.show_programmes),
))
