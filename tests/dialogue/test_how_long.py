"""How long a routine takes is said alike on its page and where it begins."""

from __future__ import annotations

from bot.catalog.model.lines import Fact
from bot.dialogue.flows.player import show_ready
from bot.dialogue.flows.routine import show_plan
from bot.dialogue.here import Here
from bot.dialogue.states import Case, GetReady, PlanShown
from bot.dialogue.values import Context, Reply
from bot.routines.plan import pressings
from tests.dialogue.test_transcripts import seat_of
from tests.people import MONDAY


def told(key: str, replies: tuple[Reply, ...]) -> Fact:
    return next(line.facts["time"] for reply in replies for line in reply.lines if line.key == key)


def test_its_page_and_its_beginning_say_the_same(ctx: Context) -> None:
    here = Here(seat_of({"pregnancy": "not"}), MONDAY, ctx)
    cases = [Case((id_,)) for id_, condition in ctx.knowledge.conditions.items() if condition.routines]
    for case in cases:
        plan = here.planned(case)
        assert plan is not None
        page, beginning = show_plan(PlanShown(case), here), show_ready(GetReady(case, pressings(plan)), here)
        assert told("plan.title", page) == told("ready.title", beginning), case
