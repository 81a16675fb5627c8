"""Which clock holds for a person: by city, by a shared location, or by what time it is there now.

Only the zone is kept, never the place. A zone that is a plain offset does not follow clock changes, and we say so.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TypeAlias

from bot.asked import Asked
from bot.dialogue.flows import agenda, reminders
from bot.dialogue.here import Here, button, column, line, note, screen_reply
from bot.dialogue.kept import LONGEST_TOWN, Town
from bot.dialogue.planning import AskDays, AskWhat, AskWhen, AskZone, RemindersShown
from bot.dialogue.states import SettingsShown
from bot.dialogue.values import Button, Pressed, Reply, Said, Shared, Step
from bot.schedule import fixed, zone_of

MOST_TOWNS = 8
QUARTER, DAY = 15, 24 * 60
LEAST, MOST = -12 * 60, 14 * 60
"""Minutes from UTC: no clock in the world is further off."""
Zoned: TypeAlias = AskZone | AskWhat | AskWhen | AskDays | RemindersShown | SettingsShown


def show_zone(state: AskZone, here: Here) -> tuple[Reply, ...]:
    """The question; or the towns it may be, or the offsets."""
    if not state.towns and not state.offsets:
        timed = state.draft is not None and state.draft.rule.times
        told = (line("zone.for_rule", rule=agenda.rule_words(state.draft.rule)),) if state.draft is not None and timed else ()
        return (screen_reply((*told, line("zone.ask"))),)
    towns = tuple(_town(n, town, here, with_time=not state.offsets) for n, town in enumerate(state.towns))
    offsets = tuple(
        button("zone.offset", f"offset:{minutes}", offset=fixed(minutes), at=_at(minutes, here))
        for minutes in state.offsets
    )
    ask = "zone.ask_which" if not state.offsets else "zone.ask_like" if state.towns else "zone.ask_offset"
    return (
        replace(screen_reply((line(ask),), column(*towns, *offsets, button("zone.again", "again"))), numbers=False),
    )


def _town(number: int, town: Town, here: Here, *, with_time: bool) -> Button:
    """Towns of one name are told apart by their clocks."""
    action = f"town:{number}"
    if not with_time:
        return button("zone.town", action, name=town.name, country=town.country)
    return button("zone.town_at", action, name=town.name, country=town.country, at=here.at.astimezone(zone_of(town.zone)).time())


def _at(minutes: int, here: Here) -> dt.time:
    return here.at.astimezone(dt.timezone(dt.timedelta(minutes=minutes))).time()


def zone_said(state: AskZone, event: Said, here: Here) -> Step[Zoned]:
    """What the clock is called, the time it shows, or a city or country."""
    clock, told = here.clock(event.words), here.times(event.words)
    if clock.offset is not None:
        return _by_offset(state, (clock.offset,), here)
    if len(clock.zones) == 1:
        return chosen(state, clock.zones[0], here)
    if clock.zones:
        return _one_of(state, tuple(town for zone in clock.zones if (town := here.ctx.places.in_zone(zone))), here)
    told = told if told != Asked() else here.hour(event.words)
    shown = told.times or told.either
    if shown:
        return _by_offset(state, tuple(dict.fromkeys(minutes for at in shown for minutes in offsets_for(at, here.at))), here)
    return _by_name(state, (here.town(event.words), here.town_at_the_end(event.words)), here)


def _by_name(state: AskZone, said: tuple[str, ...], here: Here) -> Step[Zoned]:
    """A town is taken by its very name; one that is only like it is asked about."""
    places = here.ctx.places
    exactly = next((found for words in said if words and (found := places.named(words))), ())
    like = () if exactly else next((found for words in said if words and (found := places.like(words))), ())
    inside = _region_before_a_country(said, here) if not exactly else ()
    if inside:
        return _one_of(state, inside, here)
    return Step(AskZone(state.draft, like[:MOST_TOWNS]), (note(line("zone.only_like")),)) if like else _one_of(state, exactly, here)


def _region_before_a_country(said: tuple[str, ...], here: Here) -> tuple[Town, ...]:
    """As in "yorkshire uk": a part of a country, with the country behind it."""
    places = here.ctx.places
    for words in (each.split() for each in said if len(each) <= LONGEST_TOWN):
        for cut in range(1, len(words)):
            zones = here.clock(" ".join(words[:cut])).zones
            countries = {town.country for town in places.named(" ".join(words[cut:]))} if zones else set()
            found = tuple(town for zone in zones if (town := places.in_zone(zone)) is not None and town.country in countries)
            if found:
                return found
    return ()


def _one_of(state: AskZone, towns: tuple[Town, ...], here: Here) -> Step[Zoned]:
    if not towns:
        return Step(AskZone(state.draft), (note(line("zone.not_found")),))
    if len({town.zone for town in towns}) == 1:
        return chosen(state, towns[0].zone, here)
    return Step(AskZone(state.draft, towns[:MOST_TOWNS]))


def _by_offset(state: AskZone, offsets: tuple[int, ...], here: Here) -> Step[AskZone]:
    offsets = tuple(minutes for minutes in offsets if LEAST <= minutes <= MOST)
    if not offsets:
        return Step(AskZone(state.draft), (note(line("zone.not_found")),))
    each = MOST_TOWNS // len(offsets)
    towns: tuple[Town, ...] = tuple(
        town for minutes in offsets for town in here.ctx.places.at_offset(minutes, here.at)[:each]
    )
    return Step(AskZone(state.draft, towns, offsets))


def offsets_for(clock: dt.time, at: dt.datetime) -> tuple[int, ...]:
    """By how many minutes a clock that shows this now is ahead of UTC, to the quarter of an hour; two at the date line."""
    ahead = clock.hour * 60 + clock.minute - (at.hour * 60 + at.minute)
    nearest = round(ahead / QUARTER) * QUARTER
    return tuple(minutes for minutes in (nearest - DAY, nearest, nearest + DAY) if LEAST <= minutes <= MOST)


def zone_shared(state: AskZone, event: Shared, here: Here) -> Step[Zoned]:
    """A location: the zone of the nearest town is kept, the place is not."""
    town = here.ctx.places.near(event.latitude, event.longitude) if event.kind == "location" else None
    if town is None:
        return Step(AskZone(state.draft), (note(line("zone.not_found")),))
    return chosen(state, town.zone, here)


def zone_pressed(state: AskZone, event: Pressed, here: Here) -> Step[Zoned]:
    """One of the towns, a plain offset, or once more."""
    action, _, value = event.action.partition(":")
    if action == "town" and value.isdecimal() and int(value) < len(state.towns):
        return chosen(state, state.towns[int(value)].zone, here)
    if action == "offset" and value in {str(minutes) for minutes in state.offsets}:
        return chosen(state, fixed(int(value)), here, note(line("zone.fixed")))
    return Step(AskZone(state.draft))


def chosen(state: AskZone, zone: str, here: Here, *says: Reply) -> Step[Zoned]:
    """The clock is known: every plan moves with it."""
    here = here.moved(replace(here.seat, settings=replace(here.seat.settings, zone=zone)))
    seat, effects = agenda.all_planned(here)
    here = here.moved(seat)
    moved = (note(line("zone.moved")),) if seat.reminders else ()
    said = (note(line("zone.now", zone=zone, at=here.there(here.at).time())), *says, *moved)
    if state.draft is not None:
        step = reminders.onward(state.draft, here, *said)
        return replace(step, effects=(*effects, *step.effects))
    behind = seat.trail[-1] if seat.trail else None
    if isinstance(behind, SettingsShown):
        return Step(behind, said, effects, seat=replace(seat, trail=seat.trail[:-1]))
    return Step(RemindersShown(), said, effects, seat=seat, forget_trail=True)
