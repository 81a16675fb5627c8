"""Words while pressing: something is wrong, the way on, and a further complaint, which waits until the person wants it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeAlias

from bot.catalog.model.lines import Ref
from bot.dialogue.flows import complaint, journal, whose
from bot.dialogue.flows.player import Playing, Troubled, at, at_rest, troubled
from bot.dialogue.flows.questions import Next, together
from bot.dialogue.flows.routine import duration
from bot.dialogue.here import Here, column, door, line, note
from bot.dialogue.kept import Favourite
from bot.dialogue.named import DENIALS, says_any
from bot.dialogue.states import Answered, AtPoint, Case, GetReady, Rate, Trouble
from bot.dialogue.values import PLAYER_TIMER, DropTimer, Reply, Said, Step
from bot.safety.screen import Offered
from bot.safety.triage import holding
from bot.understanding.meaning import HeardFacts, Meaning
from bot.understanding.turns import holds, words_of

WRONG: Mapping[str, frozenset[str]] = {"dizzy": frozenset({"dizzy", "faint"}), "numb": frozenset({"tingle", "numb"})}
"""Concepts that stop a routine, by the trouble they are."""
ASKED: Mapping[str, frozenset[str]] = {
    "chest": frozenset({"chest", "chest-part", "breathless"}), "contractions": frozenset({"contractions", "labor"}), **WRONG,
    "hurts": frozenset({"pain"}),
}
"""The same where it is asked what is wrong, the worst first."""
ANSWERED: Mapping[str, str] = {"unfelt": "what-should-i-feel", "tender": "it-hurts", "harder": "how-hard"}
"""What is felt at a point, or is not, and the question of ours that speaks of it."""
NOTED: Mapping[type, Mapping[str, str]] = {
    GetReady: {"meh": "player.so_so", "wait": "ready.waits", "later": "ready.waits", "no": "ready.waits", "left": "ready.left", "unreached": "plan.unreached"},
    AtPoint: {"meh": "player.so_so", "good": "player.good", "changed": "player.good", "asleep": "player.good", "over": "player.over", "left": "player.left", "unreached": "plan.unreached"},
}
"""Short answers that change nothing, and what is said to them."""
WHERE = frozenset({"whereabouts", "now"})
STAYS = frozenset({"yes", "agreed", "go", "wait"})
"""Said where it is going on, or waits, already."""
LIMBS = frozenset({"arm", "hand", "leg", "foot"})
"""A hand that fell asleep is numb; who fell asleep is not."""
Pressing: TypeAlias = GetReady | AtPoint | Trouble | Rate
Heard: TypeAlias = complaint.Heard | Playing | Troubled | Next | GetReady | Trouble | None


def said(state: Pressing, event: Said, here: Here) -> Step[Heard]:
    """Trouble first; then the way on; then a complaint of its own; all else is heard in passing."""
    meaning = here.meaning(event.words)
    felt = _felt(meaning.answer or "", state)
    if felt is not None:
        return felt
    wrong = "other" if isinstance(state, AtPoint) and meaning.answer == "worsens" else trouble_in(meaning, state)
    if isinstance(state, AtPoint) and not wrong and _hurts_pressed(event, here):
        wrong = "hurts"
    if wrong:
        return _stopped(wrong, meaning, state, here)
    along = _along(state, event, meaning, here) if isinstance(state, AtPoint) else None
    if along is not None:
        return along
    further = tuple(c for c in complaint.surely(meaning, here) if c not in state.case.conditions)
    if further and not whose.begins_anew(meaning, state.case) and not _rule(state.case, meaning, here) and complaint.taken_in(meaning, state.case, here)[2] == ():
        return _waits(state, further, here)
    return complaint.said_meanwhile(state.case, event, here)


def _eases(event: Said, meaning: Meaning, state: AtPoint, here: Here) -> bool:
    """As in "the neck is better but the heat is the same", said of what is pressed for."""
    lexicon, words = here.words.lexicon, words_of(event.words)
    other = any(c not in state.case.conditions for c in complaint.surely(meaning, here)) or meaning.question or "?" in event.words
    return lexicon is not None and not other and meaning.facts == HeardFacts() and holds(words, lexicon.beside.eased)


def _hurts_pressed(event: Said, here: Here) -> bool:
    """As in "my ear hurts now when I press": the pressing, not a complaint beside it."""
    lexicon = here.words.lexicon
    denied = bool(here.meaning(event.words).concepts & DENIALS) or "?" in event.words
    return lexicon is not None and not denied and says_any(event.words, lexicon.answers.get("pressing_hurts", ()))


def _along(state: AtPoint, event: Said, meaning: Meaning, here: Here) -> Step[Heard] | None:
    """One point back; where we are; the clock waits for who has to go; and that it gets better."""
    answer = meaning.answer
    if answer == "back":
        return at(state.case, state.steps, max(state.index - 1, 0), here, state.skipped)
    if answer == "bye":
        return Step(at_rest(state, here.at), (note(line("not_here.bye")),), (DropTimer(PLAYER_TIMER),))
    if answer in WHERE:
        return _place(state, here)
    if answer in STAYS:
        return Step(state)
    return Step(state, (note(line("player.good")),)) if _eases(event, meaning, state, here) else None


def _place(state: AtPoint, here: Here) -> Step[Heard]:
    """Which point this is, of how many, and which comes next. Each is screened before it is named."""
    now, *then = [here.offered(step.point, state.case) for step in state.steps[state.index : state.index + 2]]
    if not isinstance(now, Offered):
        return Step(state)
    sides = tuple(line(f"side.now_{step.side}" if step.side else "side.now_midline") for step in state.steps[state.index : state.index + 2])
    said = [line("player.place", n=state.index + 1, count=len(state.steps), name=now.words("name"), side=sides[0])]
    said += [line("player.place_next", name=each.words("name"), side=sides[1]) for each in then if isinstance(each, Offered)]
    return Step(state, (note(*said),))


def _felt(answer: str, state: Pressing) -> Step[Heard] | None:
    """What a short answer says of the pressing: nothing is felt, it feels good; or it asks how much is left."""
    if isinstance(state, AtPoint) and answer in ANSWERED:
        return Step(Answered(ANSWERED[answer], state.case))
    key = NOTED.get(type(state), {}).get(answer)
    if key is None or isinstance(state, Trouble | Rate):
        return None
    index = state.index if isinstance(state, AtPoint) else 0
    seconds = sum(step.seconds for step in state.steps[index:])
    return Step(state, (note(line(key, time=duration(max(seconds // 30, 1) * 30), n=len(state.steps) - index)),))


def trouble_in(meaning: Meaning, state: Pressing) -> str:
    """What is wrong by these words; "" when nothing is. Who only says where it hurts for sure has a complaint."""
    asked = isinstance(state, Trouble)
    if meaning.question is not None and not asked:
        return ""
    found = next((what for what, concepts in (ASKED if asked else WRONG).items() if meaning.concepts & concepts), "")
    asleep = found == "numb" and "sleep" in meaning.concepts and meaning.concepts.isdisjoint(LIMBS)
    return "" if asleep or (found == "hurts" and meaning.decision == "sure") else found


def _stopped(wrong: str, meaning: Meaning, state: Pressing, here: Here) -> Step[Heard]:
    """The routine ends as by the button; where the complaint makes the trouble urgent, that is asked or said first."""
    seat, case, noted = complaint.taken_in(meaning, state.case, here)
    answer, rule = troubled(wrong, replace(state, case=case), here.moved(seat)), _rule(case, meaning, here)
    seat = answer.seat or seat
    place = together(here.knowledge.combinations[rule], case, here.moved(seat)) if rule and isinstance(answer.state, Rate) else answer.state
    return Step(place, (*noted, *answer.says), (*answer.effects, DropTimer(PLAYER_TIMER)), seat=seat, forget_trail=answer.forget_trail)


def _rule(case: Case, meaning: Meaning, here: Here) -> str:
    """The combination rule that holds once these words are said too; "" when there is none."""
    both = replace(case, conditions=tuple(dict.fromkeys((*case.conditions, *complaint.surely(meaning, here)))), heard=case.heard | meaning.concepts)
    return next((rule.id for rule in holding(here.triage(both), here.knowledge) if rule.id not in case.ruled), "")


def _waits(state: Pressing, further: tuple[str, ...], here: Here) -> Step[Heard]:
    """The routine is not given up unasked: the clock stops, a number after it is still asked for, and a door leads to the other
    complaint."""
    names = tuple(Ref("condition", c, "name") for c in further)
    each = (door("player.other_first", journal.again(Favourite(c)), condition=Ref("condition", c, "name")) for c in further)
    says = Reply((line("rate.further" if isinstance(state, Rate) else "player.further", conditions=names),), column(*each))
    return Step(at_rest(state, here.at) if isinstance(state, AtPoint) else state, (says,), (DropTimer(PLAYER_TIMER),))
