"""/profile, /settings, /forget: what is known about the person, to look at, to change and to delete."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias

from bot.catalog.model.lines import Line, Ref
from bot.dialogue.flows.numbers import COUNTRIES_A_PAGE
from bot.dialogue.flows.questions import onward
from bot.dialogue.here import Here, button, column, line, note, pairs, screen_reply
from bot.dialogue.planning import AskZone
from bot.dialogue.states import (
    Alarmed,
    AskAge,
    AskComplaint,
    AskMatters,
    AskPregnancy,
    AtPoint,
    Case,
    ConfirmForget,
    Crisis,
    GetReady,
    Gone,
    PlanShown,
    PointShown,
    ProfileShown,
    Rate,
    SettingsShown,
    Trouble,
    Welcome,
)
from bot.dialogue.values import PLAYER_TIMER, DropTimer, Event, ForgetMe, Pressed, Reply, Seat, Settings, Step
from bot.routines.plan import pressings
from bot.safety.profile import Profile, last_day, matters_now, pregnancy_now, weeks_said

Playing: TypeAlias = GetReady | AtPoint | Trouble | Rate
PLAYING = (GetReady, AtPoint, Trouble, Rate)
"""Places of a routine under way."""


def show_profile(state: ProfileShown, here: Here) -> tuple[Reply, ...]:
    """Everything that is known, with how long it holds."""
    profile = here.profile(state.case)
    held = matters_now(profile, here.knowledge.matters, here.today)
    items: list[Line | Ref] = [
        line("profile.matter_side", matter=Ref("matter", k.matter, "label"), side=line(f"side.{k.side}")) if k.side
        else Ref("matter", k.matter, "label")
        for k in held
    ]
    matters = line("profile.matters", matters=tuple(items)) if items else line("profile.no_matters" if profile.checked else "profile.not_checked")
    age = line("profile.age", group=line(f"age.{profile.age}")) if profile.age else line("profile.no_age")
    buttons = column(button("profile.change_pregnancy", "pregnancy"), button("profile.change_matters", "matters"),
                     button("profile.change_age", "age"), button("button.go_on", "on"), button("profile.forget", "forget"))
    title = line("profile.title_other" if profile.other else "profile.title")
    return (screen_reply((title, _pregnancy(profile, here), age, matters), buttons),)


def _pregnancy(profile: Profile, here: Here) -> Line:
    answer, value = profile.pregnancy, pregnancy_now(profile, here.today)
    if value is None:
        return line("profile.pregnancy_unknown" if answer is None else "profile.pregnancy_expired")
    if answer is None or here.today > last_day(answer):
        return line("profile.pregnancy_by_age")
    weeks, until = weeks_said(profile, here.today), last_day(answer)
    if value == "pregnant" and not weeks:
        part = line(f"profile.trimester_{answer.trimester}") if answer.trimester else line("profile.week_unknown")
        return line("profile.pregnancy_week_open", said=part, until=until)
    return line(f"profile.pregnancy_{value.replace('-', '_')}", weeks=weeks, until=until)


def profile_pressed(
    state: ProfileShown, event: Pressed, here: Here,
) -> Step[AskPregnancy | AskMatters | AskAge | ConfirmForget | AskComplaint | PlanShown | PointShown | ProfileShown | Playing]:
    """Change one answer, go on, or delete."""
    if event.action == "on":
        place = _routine_behind(here)
        return Step(place, seat=_without(place, here)) if place is not None else Step(_went_on(here))
    chosen = tuple(k.matter for k in matters_now(here.profile(state.case), here.knowledge.matters, here.today))
    places: dict[str, AskPregnancy | AskMatters | AskAge | ConfirmForget] = {
        "pregnancy": AskPregnancy(state.case), "matters": AskMatters(state.case, chosen), "age": AskAge(state.case),
        "forget": ConfirmForget(),
    }
    return Step(places.get(event.action, state))


def _went_on(here: Here) -> AskComplaint | PlanShown | PointShown:
    """Back to the card that waited for the answers, or to the case that was open through its questions; else to a new complaint."""
    card = next((s for s in reversed(here.seat.trail) if isinstance(s, PointShown)), None)
    if card is not None:
        return card
    case: Case | None = next((s.case for s in reversed(here.seat.trail) if isinstance(getattr(s, "case", None), Case)), None)
    return onward(case, here) if case is not None and case.conditions else AskComplaint()  # type: ignore[return-value]  # any open question


def _routine_behind(here: Here) -> Playing | None:
    """The very place in a routine that was left, as long as what is known now asks nothing more and gives the same points for the same
    time: else the case is opened anew, and for somebody else always."""
    place: Playing | None = next((s for s in reversed(here.seat.trail) if isinstance(s, PLAYING)), None)
    if place is None or place.case.guest is not None or any(isinstance(s, PointShown) for s in here.seat.trail) or not isinstance(onward(place.case, here), PlanShown):
        return None
    if isinstance(place, Rate):
        return place
    found = here.planned(place.case)
    now = sorted((each.point, each.seconds) for each in pressings(found)) if found is not None else []
    return place if now == sorted((each.point, each.seconds) for each in place.steps) else None


def _without(place: Playing, here: Here) -> Seat:
    """The way back ends before the place it leads to."""
    return replace(here.seat, trail=here.seat.trail[: here.seat.trail.index(place)])


# ---------------------------------------------------------------- settings


def show_settings(state: SettingsShown, here: Here) -> tuple[Reply, ...]:
    """Country for the emergency numbers, pictures or not."""
    if state.choosing == "country":
        return _countries(state, here)
    chosen = here.knowledge.countries.get(here.seat.settings.country)
    country = line("settings.country", country=chosen.name) if chosen else line("settings.no_country")
    plain = line("settings.plain_on" if here.seat.settings.plain else "settings.plain_off")
    zone = here.seat.settings.zone
    clock = line("zone.now", zone=zone, at=here.there(here.at).time()) if zone else line("zone.unknown")
    dark = line("settings.dark_on" if here.seat.settings.dark else "settings.dark_off")
    buttons = column(button("button.country", "country"), button("zone.change", "zone"), button("settings.toggle_plain", "plain"),
                     button("settings.toggle_dark", "dark"), button("button.go_on", "on"))
    return (screen_reply((line("settings.title"), country, clock, plain, dark), buttons),)


def _countries(state: SettingsShown, here: Here) -> tuple[Reply, ...]:
    every = sorted(here.knowledge.countries.values(), key=lambda c: c.name)
    page = every[state.page * COUNTRIES_A_PAGE : (state.page + 1) * COUNTRIES_A_PAGE]
    each = pairs(tuple(button("settings.name", f"chose:{c.id}", name=c.name) for c in page))
    more = (button("button.more_list", "page"),) if len(every) > COUNTRIES_A_PAGE else ()
    return (screen_reply((line("settings.choose_country"),), (*each, (*more, button("settings.other_country", "chose:")))),)


def settings_pressed(
    state: SettingsShown, event: Pressed, here: Here,
) -> Step[SettingsShown | AskComplaint | Alarmed | Crisis | Welcome | AskZone | Playing]:
    """Changes take effect at once."""
    action, _, value = event.action.partition(":")
    routine = _routine_behind(here) if action == "on" else None
    if routine is not None:
        return Step(routine, seat=_without(routine, here))
    settings = here.seat.settings
    places: dict[str, AskComplaint | SettingsShown | AskZone] = {
        "on": AskComplaint(), "country": SettingsShown("country"), "zone": AskZone(),
    }
    if action in places:
        return Step(places[action])
    if action == "page":
        pages = -(-len(here.knowledge.countries) // COUNTRIES_A_PAGE)
        return Step(SettingsShown("country", (state.page + 1) % pages))
    if action == "chose" and (not value or value in here.knowledge.countries):
        seat = replace(here.seat, settings=replace(settings, country=value))
        behind = here.seat.trail[-1] if here.seat.trail else None
        says = () if value else (note(line("settings.no_country_chosen")),)
        return Step(behind if isinstance(behind, Alarmed | Crisis | Welcome) else SettingsShown(), says, seat=seat)
    toggled = {"plain": replace(settings, plain=not settings.plain), "dark": replace(settings, dark=not settings.dark)}
    return Step(SettingsShown(), seat=replace(here.seat, settings=toggled[action])) if action in toggled else Step(state)


# ---------------------------------------------------------------- forget


def show_forget(state: ConfirmForget, here: Here) -> tuple[Reply, ...]:
    """Really?"""
    del state, here
    return (screen_reply((line("forget.ask"),), column(button("forget.yes", "yes"), button("forget.no", "no"))),)


def forget_pressed(state: ConfirmForget, event: Pressed, here: Here) -> Step[Gone | ProfileShown | ConfirmForget]:
    """Everything goes, or nothing."""
    if event.action == "yes":
        return forgotten(event, here)
    return Step(ProfileShown() if event.action == "no" else state)


def forgotten(event: Event, here: Here) -> Step[Gone]:
    """A seat as of a stranger, and the order to delete the rest."""
    del event
    blank = Seat(Gone(), settings=Settings(here.seat.settings.language, guessed=here.seat.settings.guessed))
    said = (note(line("forget.done")),)
    return Step(Gone(), said, (ForgetMe(), DropTimer(PLAYER_TIMER)), seat=blank, show=False, forget_trail=True)


