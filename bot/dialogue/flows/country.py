"""The country, for the numbers: chosen before consent too and beside an alarm, and typed by name anywhere."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.dialogue import typed
from bot.dialogue.flows import doors
from bot.dialogue.flows.numbers import country_named
from bot.dialogue.flows.profile import settings_pressed
from bot.dialogue.here import Here, line, note
from bot.dialogue.states import Alarmed, Crisis, SettingsShown, State
from bot.dialogue.values import Pressed, Said, Step


def choosing(state: State) -> bool:
    """Whether the list of countries stands there, which needs no consent."""
    return isinstance(state, SettingsShown) and state.choosing == "country"


def said(event: Said, here: Here) -> Step[Any] | None:
    """The name of a country and nothing else: it is chosen, and its numbers are shown, where no town is asked for."""
    state, named = here.seat.state, country_named(event.words, here)
    if not named and isinstance(here.seat.state, SettingsShown):
        named = country_named(here.town(event.words), here)
    heard = here.heard
    if not named and choosing(state) and heard is not None and heard.decision != "sure" and heard.answer is None and heard.question is None:
        named = _around(here.town(event.words), here)
        if not named:
            return Step(state, (note(line("settings.no_such_country")),))
    if not named or isinstance(state, typed.WORDS_FIRST):
        return None
    pressed = Pressed(at=event.at, token=event.token, action=f"chose:{named}")
    if isinstance(state, SettingsShown):
        return settings_pressed(state, pressed, here)
    seat = replace(here.seat, settings=replace(here.seat.settings, country=named))
    if isinstance(state, Alarmed | Crisis):
        return Step(state, seat=seat)
    return replace(doors.said_emergency(pressed, here.moved(seat)), seat=seat)


def _around(words: str, here: Here) -> str:
    """The country of a town or a state, typed where the list of countries stands; "" when there are such in several countries, or it is
    none of ours."""
    towns = (*here.ctx.places.named(words), *(here.ctx.places.in_zone(zone) for zone in here.clock(words).zones))
    countries = {town.country for town in towns if town is not None}
    return next(iter(countries & set(here.knowledge.countries)), "") if len(countries) == 1 else ""
