"""After a routine: how is it now, how it went, what helped, and when to see a doctor or try other points."""

from __future__ import annotations

from dataclasses import replace

from bot.catalog.model.lines import Line, Ref
from bot.dialogue.flows import journal, reminders
from bot.dialogue.flows.agenda import what_of
from bot.dialogue.flows.complaint import Heard, said_meanwhile
from bot.dialogue.flows.in_words import number_in
from bot.dialogue.flows.player import Playing, at
from bot.dialogue.flows.questions import Next, go_on, stood_too_long
from bot.dialogue.flows.routine import doctor
from bot.dialogue.flows.severity import numbers_0_to_10, rating_in
from bot.dialogue.here import Here, button, column, door, line, note, pairs, screen_reply
from bot.dialogue.kept import Favourite
from bot.dialogue.named import says_any
from bot.dialogue.planning import AskWhen
from bot.dialogue.states import AskComplaint, Case, ProfileShown, Rate, Rated
from bot.dialogue.values import Pressed, Record, Reply, Rows, Said, Step
from bot.safety.screen import Offered
from bot.understanding.how_bad import MOST

MUCH = 3
"""So many steps of 0 to 10 are more than a little."""
BESIDE = ("rest", "other", "unsure")
"""What may have helped beside a point."""



def show_rate(state: Rate, here: Here) -> tuple[Reply, ...]:
    """0 to 10 again."""
    del here
    on = (button("rate.go_on", "rate:on"),) if state.steps else ()
    before = (line("rate.before", n=state.case.severity),) if state.case.severity is not None else ()
    rows = (*numbers_0_to_10("rate"), (*on, button("rate.skip", "rate:skip")))
    reply = screen_reply((line("rate.ask_or_on" if on else "rate.ask"), *before), rows)
    return (replace(reply, numbers=True),)


def rated(state: Rate, event: Pressed, here: Here) -> Step[Rated | AskComplaint | Rate | Playing | Next]:
    """A number after the routine; or on with it, without the point that is left alone."""
    if event.action == "rate:on" and state.steps:
        asked = stood_too_long(state.case, here)
        return Step(asked) if asked is not None else at(state.case, state.steps, state.index, here)
    if event.action == "rate:skip":
        return Step(AskComplaint(), forget_trail=True)
    after, says = rating_in(event)
    if after is None:
        return Step(state, says)
    seat = journal.rated(state.case, after, here)
    return Step(Rated(state.case, after, state.pressed), says, (_record(state.case, after),), seat, forget_trail=True)


def _record(case: Case, after: int, **more: bool) -> Record:
    return Record("rating", {**journal.facts_of(case), "before": case.severity, "after": after, **more})


def rated_said(state: Rated, event: Said, here: Here) -> Step[Heard | Rated | None]:
    """A number that puts the one just given right: "actually it was a 5". All else is heard in passing."""
    number = _corrected(event, here)
    if number is None or number == state.after:
        return said_meanwhile(state.case, event, here)
    says = (note(line("severity.taken", n=number)),)
    return Step(replace(state, after=number), says, (_record(state.case, number, corrects=True),), journal.rated_anew(state.case, number, here))


def _corrected(event: Said, here: Here) -> int | None:
    """The only number from 0 to 10, beside a word that puts something right and none that counts something else."""
    lexicon, meaning, number = here.words.lexicon, here.meaning(event.words), number_in(event.words, here)
    right = lexicon is not None and says_any(event.words, lexicon.answers.get("corrects", ()))
    other = meaning.decision == "sure" or meaning.question or meaning.point or any(c.startswith("unit-") for c in meaning.concepts)
    return number if right and not other and number is not None and number <= MOST else None


def show_rated(state: Rated, here: Here) -> tuple[Reply, ...]:
    """How it went, what next, and when to see a doctor."""
    before, first = state.case.severity, state.case.conditions[0]
    key = _change(before, state.after)
    judged = journal.verdict(state.case, here)
    more = (line(f"rated.{judged}_long", days=here.knowledge.conditions[first].try_days),) if judged else ()
    helped = _what_helped(state, here)
    asked = (line("helped.ask"),) if helped else ()
    lines = (line(f"rated.{key}"), *more, line("rated.judge", judge=Ref("condition", first, "judge")), doctor(first, here), *asked)
    return (screen_reply(lines, (*helped, *_other_ways(first, here, wanted=bool(judged)), *_after_buttons(state.case, here))),)


def _change(before: int | None, after: int) -> str:
    """How it changed, in a word."""
    if before is None or after == before:
        return "same"
    if after > before:
        return "worse"
    return "gone" if after == 0 else "much_better" if before - after >= MUCH else "better"


def _what_helped(state: Rated, here: Here) -> Rows:
    """The points that were pressed, screened again, and what else it may have been. Nothing is asked where nothing got
    better, about somebody else, or twice."""
    before = state.case.severity
    if state.helped or state.case.guest is not None or (before is not None and state.after >= before):
        return ()
    verdicts = (here.offered(point, state.case) for point in state.pressed)
    points = tuple(button("helped.point", f"helped:{p.id}", name=p.words("name"), code=p.code) for p in verdicts if isinstance(p, Offered))
    beside = tuple(button(f"helped.{what}", f"helped:{what}") for what in BESIDE)
    return pairs((*points, *beside)) if points else ()


def _other_ways(condition: str, here: Here, *, wanted: bool) -> Rows:
    """Related complaints, whose routines have other points."""
    related = here.knowledge.conditions[condition].related if wanted else ()
    there = [c for c in related if here.knowledge.conditions[c].routines][:2]
    return column(*(door("rated.try", journal.again(Favourite(c)), condition=Ref("condition", c, "name")) for c in there))


def _after_buttons(case: Case, here: Here) -> Rows:
    own = ((journal.keep_button(case, here), button("reminders.remind", "remind")),) if case.guest is None else ()
    return ((button("rated.again", "again"),), *own, (button("button.tell_me", "tell"),))


def rated_pressed(state: Rated, event: Pressed, here: Here) -> Step[Next | ProfileShown | AskComplaint | Rated | AskWhen]:
    """Once more, where what has run out meanwhile is asked again first; keep it; be reminded of it."""
    if event.action == "keep":
        seat, said = journal.kept(state.case, here)
        return Step(state, (said,), seat=seat)
    if event.action == "remind":
        return Step(AskWhen(reminders.draft(what_of(state.case))))
    action, _, what = event.action.partition(":")
    if action == "helped" and what in {*state.pressed, *BESIDE} and not state.helped:
        return _helped(state, what, here)
    return go_on(state.case, here) if action == "again" else Step(state)


def _helped(state: Rated, what: str, here: Here) -> Step[Rated]:
    """Kept for next time."""
    point = {"point": what} if what in state.pressed else {}
    record = Record("helped", {**journal.facts_of(state.case), "what": "point" if point else what, **point})
    seat = journal.helped(state.case, point.get("point", ""), here)
    said: tuple[Line, ...] = (line("helped.thanks" if what == "unsure" else "helped.noted"),)
    return Step(replace(state, helped=what), (note(*said),), (record,), seat=seat)
