"""Abuse: doors only. No place, no memory, no journal, no follow-up; even the country is chosen without being kept."""

from __future__ import annotations

from bot.dialogue.flows.numbers import COUNTRIES_A_PAGE, numbers, words_to_do
from bot.dialogue.here import Here, door, line, pairs
from bot.dialogue.values import Reply, Rows

ALARM = "abuse-danger"
WAY_OUT = "private:exit"
KINDS = ("abuse", "child")
"""Lines for children stand beside those for abuse."""


def show_private(step: str, here: Here) -> tuple[Reply, ...]:
    """First: is it safe to read this? Then the numbers, of any country in one tap more. The way out is always there."""
    what, _, which = step.partition(":")
    exit_ = door("private.exit", WAY_OUT)
    if what == "exit":
        return (Reply((line("private.neutral"),), slot="screen", edit=True),)
    if what == "first":
        rows: Rows = ((door("private.yes", "private:numbers"),), (exit_,))
        return (Reply((line("private.safe_to_read"),), rows, slot="screen", lasts="private"),)
    if what == "where":
        return (Reply((line("private.where"),), (*_countries(which, here), (exit_,)), slot="screen", edit=True, lasts="private"),)
    country = which if what == "in" and which in here.knowledge.countries else ""
    lines = (*words_to_do(ALARM, here, country), *numbers(KINDS, here, country), line("private.nothing_kept"))
    return (Reply(lines, ((door("button.country", "private:where"),), (exit_,)), slot="screen", edit=True, lasts="private"),)


def _countries(page: str, here: Here) -> Rows:
    every = sorted(here.knowledge.countries.values(), key=lambda country: country.name)
    pages = -(-len(every) // COUNTRIES_A_PAGE)
    number = int(page) % pages if page.isdigit() else 0
    shown = every[number * COUNTRIES_A_PAGE : (number + 1) * COUNTRIES_A_PAGE]
    more: Rows = ((door("button.more_list", f"private:where:{(number + 1) % pages}"),),) if pages > 1 else ()
    return (*pairs(tuple(door("settings.name", f"private:in:{each.id}", name=each.name) for each in shown)), *more)
