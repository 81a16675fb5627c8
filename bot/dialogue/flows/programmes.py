"""/programmes: sets of points that trials used over weeks. Each day's pressing is screened anew like everything else."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TypeAlias

from bot.catalog.model import Programme
from bot.catalog.model.lines import Line, Ref
from bot.dialogue.flows import invite, reminders
from bot.dialogue.here import Here, button, column, line, screen_reply
from bot.dialogue.kept import Favourite, Following
from bot.dialogue.planning import AskWhen
from bot.dialogue.states import Case, ProgrammesShown
from bot.dialogue.values import Pressed, Reply, Step

Begun: TypeAlias = invite.Opened | ProgrammesShown | AskWhen


def show_programmes(state: ProgrammesShown, here: Here) -> tuple[Reply, ...]:
    """The list, or one with what is known about it."""
    programme = here.knowledge.programmes.get(state.open)
    if programme is not None:
        return (_one(programme, here),)
    every = sorted(here.knowledge.programmes.values(), key=lambda each: each.order)
    lines: tuple[Line, ...] = tuple(
        line("programmes.item", name=_word(each, "name"), about=_word(each, "about")) for each in every
    )
    each_ = tuple(button("programmes.open", f"open:{each.id}", name=_word(each, "name")) for each in every)
    return (
        screen_reply(
            (line("programmes.title"), *lines, line("programmes.honest")),
            column(*each_, button("button.tell_me", "tell")),
        ),
    )


def _word(programme: Programme, field: str) -> Ref:
    return Ref("programme", programme.id, field)


def _one(programme: Programme, here: Here) -> Reply:
    cites = tuple(Ref("source", s, "cite") for s in programme.sources if here.knowledge.sources[s].status == "verified")
    lines = (
        line("programmes.name", name=_word(programme, "name")),
        line("programmes.about", about=_word(programme, "about")),
        line("programmes.how", how=_word(programme, "how")),
        *_where_it_stands(programme, here),
        line("programmes.evidence", evidence=_word(programme, "evidence")),
        line("programmes.limits", limits=_word(programme, "limits")),
        line("question.sources", sources=cites),
        line("plan.disclaimer"),
    )
    buttons = column(
        button("programmes.begin", "begin"), button("programmes.remind", "remind"), button("programmes.all", "all")
    )
    stop = (button("programmes.stop", "stop"),) if _followed(programme, here) else ()
    return screen_reply(lines, (*buttons, *column(*stop)))


def _followed(programme: Programme, here: Here) -> Following | None:
    following = here.seat.following
    return following if following is not None and following.programme == programme.id else None


def _where_it_stands(programme: Programme, here: Here) -> tuple[Line, ...]:
    following = _followed(programme, here)
    if following is None:
        return ()
    day = (here.there(here.at).date() - following.since).days + 1
    over = day > programme.weeks * 7
    return (
        line(
            "programmes.over" if over else "programmes.stands", day=day, days=programme.weeks * 7, done=following.done
        ),
    )


def programmes_pressed(state: ProgrammesShown, event: Pressed, here: Here) -> Step[Begun]:
    """Open one, begin with it, have it called to mind, or stop."""
    action, _, id_ = event.action.partition(":")
    programme = here.knowledge.programmes.get(state.open)
    if action in {"open", "all"} or programme is None:
        return Step(ProgrammesShown(id_))
    if action == "stop":
        return Step(state, seat=replace(here.seat, following=None))
    if action not in {"begin", "remind"}:
        return Step(state)
    following = _followed(programme, here) or Following(programme.id, here.there(here.at).date())
    here = here.moved(replace(here.seat, following=following))
    if action == "remind":
        draft = reminders.draft(Favourite(programme.condition, programme=programme.id))
        last = following.since + dt.timedelta(days=programme.weeks * 7 - 1)
        ahead = last if last > here.there(here.at).date() else None
        return Step(AskWhen(replace(draft, rule=replace(draft.rule, until=ahead))), seat=here.seat)
    return invite.opened(Case((programme.condition,), programme=programme.id), here)
