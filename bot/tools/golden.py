"""`python -m bot.tools golden`: every complaint's routine cards as a person sees them, for reviewers who read no code.

`golden --write` puts them into tests/golden/conditions, one file a complaint, where a test keeps them fresh.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.catalog.load import load
from bot.catalog.model import Condition, Flag, Knowledge
from bot.catalog.texts import ENGLISH, Phrasebook
from bot.dialogue.flows.routine import show_plan
from bot.dialogue.here import Here
from bot.dialogue.states import Case, PlanShown, Welcome
from bot.dialogue.values import Context, Seat
from bot.routines.plan import variants
from bot.safety.profile import Known, PregnancyAnswer, Profile

CARDS = Path("tests/golden/conditions")
DAY = dt.date(2026, 1, 15)
"""Any day does: nothing of this may depend on it."""
PEOPLE: Mapping[str, PregnancyAnswer] = {
    "Not pregnant": PregnancyAnswer("not", DAY),
    "Pregnant, week 24": PregnancyAnswer("pregnant", DAY, weeks=24),
}
HEAD = "<!-- Made by `python -m bot.tools golden --write`. Read it, but change the files under knowledge. -->"
POINT = "plan.point"
SAME = "(The rest as on the first card.)"


def cards(knowledge: Knowledge) -> dict[str, str]:
    """The page of each complaint, by its id."""
    ctx = Context(knowledge, {}, {ENGLISH: Phrasebook(knowledge, ENGLISH)})
    return {id_: "\n\n".join(_page(condition, ctx)) + "\n" for id_, condition in knowledge.conditions.items()}


def _page(condition: Condition, ctx: Context) -> Iterator[str]:
    """Warning signs, the cards for each person, and what stands behind "More"."""
    yield f"# {condition.id}"
    yield HEAD
    yield "## Warning signs asked first"
    yield "\n".join(_sign(condition.flags, flag, ctx) for flag in ctx.knowledge.flags[condition.flags].flags)
    for who, answer in PEOPLE.items():
        yield f"## {who}"
        yield from _cards(condition, _here(condition, answer, ctx))
    yield '## Behind "More"'
    more = PlanShown(Case((condition.id,), flags="none"), more=True)
    yield from (text for _, text in _said(more, _here(condition, PEOPLE["Not pregnant"], ctx)))


def _sign(flags: str, flag: Flag, ctx: Context) -> str:
    return f"- {flag.level}: {ctx.knowledge.words[ENGLISH].flags[flags].flags[flag.id].text}"


def _here(condition: Condition, answer: PregnancyAnswer, ctx: Context) -> Here:
    """Someone of 18 to 69 who has only what the complaint itself is about, such as cancer treatment."""
    held = tuple(Known(matter, DAY) for matter in condition.only_when)
    profile = Profile(pregnancy=answer, matters=held, checked=DAY, age="18-69")
    return Here(Seat(Welcome(), profile=profile), dt.datetime.combine(DAY, dt.time(12), dt.UTC), ctx)


def _cards(condition: Condition, here: Here) -> Iterator[str]:
    """The first card whole; of the others their points and what else differs from it."""
    first: list[tuple[str, str]] = []
    for variant in variants((condition.id,), here.knowledge) or ("standard",):
        case = Case((condition.id,), flags="none", variant=variant)
        said = _said(PlanShown(case), here)
        yield f"### {variant}"
        yield from (text for key, text in said if key == POINT or (key, text) not in first)
        if here.planned(case) is None:
            return
        if first:
            yield SAME
        first = first or said


def _said(state: PlanShown, here: Here) -> list[tuple[str, str]]:
    """The key and the words of each line."""
    say = here.ctx.phrasebooks[ENGLISH].say
    lines = ((line.key, say(line)) for reply in show_plan(state, here) for line in reply.lines)
    return [(key, words) for key, words in lines if words]


def main(arguments: list[str]) -> int:
    """Print the pages, or write them."""
    pages = cards(load())
    if "--write" not in arguments:
        print("\n".join(pages.values()))
        return 0
    CARDS.mkdir(parents=True, exist_ok=True)
    for old in set(CARDS.glob("*.md")) - {CARDS / f"{id_}.md" for id_ in pages}:
        old.unlink()
    for id_, page in pages.items():
        (CARDS / f"{id_}.md").write_text(page, encoding="utf-8")
    return 0
