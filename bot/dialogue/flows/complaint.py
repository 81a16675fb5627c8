"""From words to a case: the complaint is heard, confirmed when unsure, and what was said in passing is kept."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import TypeAlias

from bot.catalog.model import AgeGroup
from bot.catalog.model.lines import Line, Ref
from bot.dialogue.flows import journal, loss, whose
from bot.dialogue.flows.no_answer import UNREACHED, about, aside, means_another, no_answer
from bot.dialogue.flows.questions import Next, go_on, onward
from bot.dialogue.here import Here, button, column, door, line, note, pairs, screen_reply
from bot.dialogue.named import flag_named
from bot.dialogue.states import (
    Alarmed,
    Answered,
    Areas,
    AskAge,
    AskCombination,
    AskComplaint,
    AskDoubt,
    AskFlags,
    AskMatters,
    AskPregnancy,
    AskTrimester,
    AskUndo,
    AtPoint,
    Case,
    Confirm,
    GetReady,
    PointShown,
    ProfileShown,
    Rate,
    Rated,
    SeeDoctor,
    Trouble,
)
from bot.dialogue.values import Pressed, Reply, Said, Seat, Step
from bot.safety.profile import (
    Known,
    PregnancyAnswer,
    Profile,
    Side,
    pregnancy_now,
    weeks_said,
    with_matter,
    with_told_age,
)
from bot.understanding.meaning import PERHAPS_PREGNANT, Meaning
from bot.understanding.pregnancy import PREGNANT

MOST_CONDITIONS = 3
PREGNANCY = "pregnancy"
MOST_WEEKS = 42
BREASTFEEDING = "breastfeeding"
"""The matter of the checklist that words about it tick."""
SIDES: Mapping[str, Side] = {"left": "left", "right": "right", "both": "both"}
AGE_GROUPS: tuple[tuple[int, AgeGroup], ...] = ((2, "under-2"), (12, "2-11"), (16, "12-15"), (18, "16-17"), (70, "18-69"), (200, "70-plus"))
CHILD = "child"
TOPICS = frozenset({CHILD, "animal", "medication", "abuse", "other-disease", "gibberish", "smalltalk", "off-topic", "question"})
"""What people write about that is neither a complaint nor a question we answer: each has its own kind sentence."""
ON = frozenset({"go", "agreed", "next"})
"""Said where complaints are told, to go on: what the complaint is is asked again."""
Heard: TypeAlias = Next | AskDoubt | AskUndo | Confirm | Areas | AskComplaint | Answered | PointShown | ProfileShown


def show_complaint(state: AskComplaint, here: Here) -> tuple[Reply, ...]:
    """Tell me in your own words; or choose an area."""
    again = (door("button.same_as_last", journal.last_time(here.seat.recents[0], here)),) if here.seat.recents else ()
    buttons = (*again, button("button.areas", "areas"), button("button.learn", "learn"))
    key = "complaint.ask_other" if state.case is not None and state.case.guest is not None else "complaint.ask"
    return (screen_reply((line(key),), column(*buttons)),)


def heard(state: AskComplaint, event: Said, here: Here) -> Step[Heard]:
    """Words about a complaint."""
    return understood(here.meaning(event.words), here, state.case)


def understood(meaning: Meaning, here: Here, before: Case | None = None) -> Step[Heard]:
    """A meaning becomes the next place: a point card, an answer, a case, a question back, or the areas. `before`: what
    was said already, such as that it is for somebody else."""
    seat, case, noted = taken_in(meaning, before or Case(()), here)
    noted, here = (*loss.kindly(here.heard), *noted), here.moved(seat)
    guest = case if case.guest is not None else None
    if loss.told_in(meaning) and not surely(meaning, here):
        return Step(loss.asked_first(case, here), noted, seat=seat)
    if meaning.point is not None:
        return Step(PointShown(meaning.point, guest), noted, seat=seat)
    if asks(meaning, here):
        return Step(Answered(meaning.question or "", replace(case, conditions=surely(meaning, here)) if surely(meaning, here) else guest), noted, seat=seat)
    spoken = meaning.answer in {"why", "thanks", "bye", "nothing_else"}
    if spoken or meaning.answer in ON or (meaning.topic == "question" and meaning.answer is not None):
        place, key = (AskComplaint(guest), f"not_here.{'bye' if meaning.answer == 'nothing_else' else meaning.answer}") if spoken else (Areas(case=guest), "complaint.not_understood")
        return Step(place, (*noted, note(line(key))), seat=seat) if meaning.answer not in ON else Step(AskComplaint(guest), noted, seat=seat)
    if meaning.topic in TOPICS:
        place = AskComplaint(_of_a_child(case) if meaning.topic == CHILD else guest)
        return Step(place, (*noted, note(line(about(meaning)))), seat=seat, forget_trail=True)
    return _case_from(meaning, case, noted, here)


def _of_a_child(case: Case) -> Case:
    """Whatever comes next is for the child too, until it is said to be for somebody else: the age is asked before any point."""
    age = age_group(case.age) if case.age is not None else None
    return case if case.guest is not None else Case((), case.heard, guest=Profile(other=True, age=age), age=case.age)


def _case_from(meaning: Meaning, case: Case, noted: tuple[Reply, ...], here: Here) -> Step[Heard]:
    """Sure: on with the case. Unsure: did you mean. Only facts: they are kept, and the complaint is asked for."""
    seat, guest = here.seat, case if case.guest is not None else None
    if known := surely(meaning, here):
        return go_on(replace(case, conditions=known), here, *noted)
    if candidates := perhaps(meaning, here):
        return Step(Confirm(candidates, case), noted, seat=seat)
    if noted or meaning.facts.for_other:
        return Step(AskComplaint(guest), noted, seat=seat)
    return Step(Areas(case=guest), (note(line("complaint.not_understood")),), seat=seat)


def asks(meaning: Meaning, here: Here) -> bool:
    """Whether a question was asked that has an answer; a plain "none" or "same" where nobody asked is none."""
    return meaning.topic == "question" and meaning.question in here.knowledge.questions and meaning.answer is None


def surely(meaning: Meaning, here: Here) -> tuple[str, ...]:
    """The complaints that were surely meant; none when it is not sure."""
    known = tuple(c for c in meaning.wanted if c in here.knowledge.conditions)[:MOST_CONDITIONS]
    return known if meaning.decision == "sure" else ()


def perhaps(meaning: Meaning, here: Here) -> tuple[str, ...]:
    """The complaints that may be meant; none when it is sure, or nothing was heard."""
    known = tuple(r.id for r in meaning.conditions if r.id in here.knowledge.conditions)[:MOST_CONDITIONS]
    return known if meaning.decision == "unsure" else ()


# ---------------------------------------------------------------- facts in passing


def taken_in(meaning: Meaning, case: Case, here: Here) -> tuple[Seat, Case, tuple[Reply, ...]]:
    """What was said in passing goes into the profile of whoever is pressed and is said back, not asked again."""
    facts, known = meaning.facts, case.guest is not None
    if whose.in_passing(meaning, case):
        return here.seat, case, ()
    if whose.somebody_else(meaning, case) and not loss.of_a_child(meaning):  # everything is asked anew
        case = Case(case.conditions, case.heard, guest=Profile(other=True))
    case = whose.told_anew(case, meaning)
    case = replace(
        case, heard=case.heard | whose.heard(meaning, case, known=known),
        age=facts.age if facts.age is not None else case.age,
        severity=facts.severity if facts.severity is not None else case.severity,
        new=facts.new if facts.new is not None else case.new,
    )
    before = here.profile(case)
    after = _profile_with(before, meaning, here)
    said = (*said_back(before, after), *asked_again(before, after, meaning.concepts))
    seat, changed = here.with_profile(case, after)
    return seat, changed or case, (note(line("noted.all", facts=said)),) if said else ()


def _profile_with(profile: Profile, meaning: Meaning, here: Here) -> Profile:
    facts = meaning.facts
    profile = replace(profile, pregnancy=_pregnancy_with(profile, meaning, here))
    if facts.age is not None and (profile.other or facts.for_other is not True):
        profile = with_told_age(profile, age_group(facts.age))
    fed = ((BREASTFEEDING, ""),) if facts.breastfeeding else ()
    for matter, side in (*facts.matters, *fed):
        if matter in here.knowledge.matters:
            profile = with_matter(profile, Known(matter, here.today, SIDES.get(side, "")))
    return profile


def _pregnancy_with(profile: Profile, meaning: Meaning, here: Here) -> PregnancyAnswer | None:
    """Words may make us more careful, never less: of what was told before only a week is changed, and a pregnancy only ends. Where it was
    said that there is none, what may tell of one has it asked again."""
    if is_doubted(profile, meaning.concepts, here):
        return None
    said, now = meaning.facts.pregnancy, pregnancy_now(profile, here.today)
    if now == "pregnant" and said != "recent":
        weeks = _week_told(profile, meaning, here)
        return PregnancyAnswer("pregnant", here.today, weeks) if weeks else profile.pregnancy
    if said is None or said == now or (said == "not" and now is not None):
        return profile.pregnancy
    return PregnancyAnswer(said, here.today, _weeks(meaning) if said == "pregnant" else 0)


def _weeks(meaning: Meaning) -> int:
    weeks = meaning.facts.weeks
    return weeks if weeks is not None and 0 < weeks <= MOST_WEEKS else 0


def _week_told(profile: Profile, meaning: Meaning, here: Here) -> int:
    """The week that is told of a pregnancy we know; 0 when none is. A bare number is one only where it is asked for: elsewhere it
    may be how long a knee has hurt. What is no later than the known week must be said of the pregnancy in so many words."""
    weeks, asked = _weeks(meaning), isinstance(here.seat.state, AskPregnancy | AskTrimester)
    outright = not meaning.concepts.isdisjoint(PREGNANT)
    later = meaning.facts.pregnancy == "pregnant" and weeks >= weeks_said(profile, here.today)
    return weeks if asked or outright or later else 0


def age_group(years: int) -> AgeGroup:
    """The group of an age in years."""
    return next((group for under, group in AGE_GROUPS if years < under), "70-plus")


def is_doubted(profile: Profile, heard: AbstractSet[str], here: Here) -> bool:
    """It was answered that there is no pregnancy, and these words may tell of one."""
    return PERHAPS_PREGNANT in heard and pregnancy_now(profile, here.today) == "not"


def asked_again(before: Profile, after: Profile, heard: AbstractSet[str]) -> tuple[Line, ...]:
    """That the question about a pregnancy is open again, because of these words."""
    open_again = PERHAPS_PREGNANT in heard and before.pregnancy is not None and after.pregnancy is None
    return (line("noted.pregnancy_perhaps"),) if open_again else ()


def said_back(before: Profile, after: Profile) -> list[Line | Ref]:
    """What is known now that was not before."""
    said: list[Line | Ref] = []
    if after.pregnancy is not None and after.pregnancy != before.pregnancy:
        weeks = after.pregnancy.weeks
        key = "noted.pregnancy_weeks" if weeks else f"noted.pregnancy_{after.pregnancy.value.replace('-', '_')}"
        said.append(line(key, weeks=weeks))
    if after.age is not None and after.age != before.age:
        said.append(line("noted.age", group=line(f"age.{after.age}")))
    held = {known.matter for known in before.matters}
    said.extend(Ref("matter", known.matter, "label") for known in after.matters if known.matter not in held)
    return said


# ---------------------------------------------------------------- did you mean


def show_confirm(state: Confirm, here: Here) -> tuple[Reply, ...]:
    """A, B or neither."""
    del here
    each = (button("button.plain", f"mean:{c}", label=Ref("condition", c, "name")) for c in state.candidates)
    several = (button("confirm.all", "mean_all"),) if len(state.candidates) > 1 else ()
    buttons = column(*each, *several, button("confirm.neither", "neither"))
    return (screen_reply((line("confirm.ask"),), buttons),)


def confirmed(state: Confirm, event: Pressed, here: Here) -> Step[Next | Areas | Confirm | ProfileShown]:
    """The one that was meant, all of them, or neither."""
    action, _, condition = event.action.partition(":")
    if action == "mean" and condition in state.candidates:
        return go_on(replace(state.case, conditions=(condition,)), here)
    if action == "mean_all":
        return go_on(replace(state.case, conditions=state.candidates), here)
    return Step(Areas(case=state.case if state.case.guest is not None else None) if action == "neither" else state)


# ---------------------------------------------------------------- areas of complaints


def show_areas(state: Areas, here: Here) -> tuple[Reply, ...]:
    """The areas, or the complaints of one."""
    if not state.area:
        areas = dict.fromkeys(c.category for c in here.knowledge.conditions.values())
        each = tuple(button(f"area.{area}", f"area:{area}") for area in sorted(areas))
        return (screen_reply((line("areas.ask"),), pairs(each)),)
    inside = sorted(c.id for c in here.knowledge.conditions.values() if c.category == state.area)
    each = tuple(button("button.plain", f"mean:{c}", label=Ref("condition", c, "name")) for c in inside)
    return (screen_reply((line("areas.inside", area=line(f"area.{state.area}")),), pairs(each)),)


def area_pressed(state: Areas, event: Pressed, here: Here) -> Step[Next | Areas | ProfileShown]:
    """An area, or a complaint in it."""
    action, _, id_ = event.action.partition(":")
    if action == "area" and any(c.category == id_ for c in here.knowledge.conditions.values()):
        return Step(Areas(id_, state.case))
    if action == "mean" and id_ in here.knowledge.conditions:
        return go_on(replace(state.case or Case(()), conditions=(id_,)), here)
    return Step(state)


def area_said(state: Areas, event: Said, here: Here) -> Step[Heard]:
    """Words instead of a button: tried as a complaint again."""
    return understood(here.meaning(event.words), here, state.case)


# ---------------------------------------------------------------- words while a question stands


def said_meanwhile(case: Case | None, event: Said, here: Here) -> Step[Heard | None]:
    """Words that are no answer: facts are kept, a further complaint joins the case, a question is answered.

    Gives a step whose state is None when the present place should simply show itself again.
    """
    meaning = here.meaning(event.words)
    if meaning.topic == CHILD and meaning.decision != "sure":
        return understood(meaning, here)  # for a child after all: nothing goes on for a grown-up
    if _takes_back(meaning, case, here):
        return Step(AskUndo(PREGNANCY, case, "not"), seat=here.seat)  # perhaps a slip: that has its own question
    if case is not None and whose.begins_anew(meaning, case) and surely(meaning, here):
        return understood(meaning, here)
    return _meanwhile(case, event, here)


def _takes_back(meaning: Meaning, case: Case | None, here: Here) -> bool:
    """Whether a pregnancy that stands noted is denied by whoever is pressed."""
    denied = meaning.facts.pregnancy == "not" and not meaning.facts.for_other
    return denied and pregnancy_now(here.profile(case), here.today) == "pregnant"


def _meanwhile(case: Case | None, event: Said, here: Here) -> Step[Heard | None]:
    meaning = here.meaning(event.words)
    seat, joined, noted = taken_in(meaning, case or Case(()), here)
    noted = (*loss.kindly(meaning), *noted) if case is not None and case.conditions else noted
    remark = aside(meaning, event, here) if case is not None else ""
    if remark:
        return Step(None, (*noted, note(line(remark))), seat=seat)
    if meaning.point is not None:
        return Step(PointShown(meaning.point, case and joined), noted, seat=seat)
    if asks(meaning, here):
        return Step(Answered(meaning.question or "", case and joined), noted, seat=seat)
    told = (meaning.decision != "none" and meaning.answer is None) or loss.told_in(meaning)
    if told and (case is None or not case.conditions or isinstance(here.seat.state, Rated)):
        return understood(meaning, here, Case((), guest=case.guest) if case is not None else None)
    here = here.moved(seat)
    if case is None or not case.conditions:
        return _facts_only(joined, noted, here)
    return _further(case, joined, noted, event, here)


def _further(case: Case, joined: Case, noted: tuple[Reply, ...], event: Said, here: Here) -> Step[Heard | None]:
    """A further complaint, or one in the place of what was told before."""
    meaning = here.meaning(event.words)
    new = tuple(c for c in meaning.wanted if c not in joined.conditions and c in here.knowledge.conditions)
    if meaning.decision == "sure" and new and meaning.answer not in {UNREACHED, "meh"}:
        instead = means_another(event, here)
        conditions = (new if instead else (*joined.conditions, *new))[:MOST_CONDITIONS]
        joined = replace(joined, conditions=conditions, flags="unasked", severity=None)
        names = tuple(Ref("condition", c, "name") for c in conditions)
        said = note(line("noted.instead" if instead else "noted.also", conditions=names))
        return _joined(joined, event, here, (*noted, said))
    return _told(case, joined, noted, here)


def _joined(case: Case, event: Said, here: Here, says: tuple[Reply, ...]) -> Step[Heard | None]:
    """On with a further complaint; where its words also name a red flag that stands on the screen, that one is asked about first."""
    asked = here.seat.state
    ref = flag_named(event.words, replace(asked, case=case), here)[0] if isinstance(asked, AskFlags) else ""
    return Step(AskDoubt(case, ref), says, seat=here.seat) if ref else go_on(case, here, *says)


def _told(case: Case, joined: Case, noted: tuple[Reply, ...], here: Here) -> Step[Heard | None]:
    """No further complaint, but perhaps facts, or a word that one of the combination rules listens for."""
    state, following = here.seat.state, onward(joined, here)
    if isinstance(state, AskMatters):
        return _facts_only(joined, noted, here)
    told = noted or replace(joined, heard=case.heard) != case
    if told or (isinstance(following, AskCombination | SeeDoctor | Alarmed) and type(following) is not type(state)):
        return Step(following, noted, seat=here.seat)
    return Step(replace(state, case=joined), (no_answer(here),), seat=here.seat)


def _facts_only(case: Case, noted: tuple[Reply, ...], here: Here) -> Step[Heard | None]:
    """Facts in the middle of a question: a tick in the checklist, or the answer to a question from the profile."""
    state, says = here.seat.state, noted or (no_answer(here),)
    if isinstance(state, AskMatters):
        held = (known.matter for known in here.profile(case).matters if known.matter in here.knowledge.matters)
        chosen = tuple(dict.fromkeys((*state.chosen, *held))) if noted else state.chosen
        return Step(replace(state, case=state.case and case, chosen=chosen), says, seat=here.seat)
    if noted and isinstance(state, AskPregnancy | AskTrimester | AskAge):
        return Step(ProfileShown(), says, seat=here.seat)
    if isinstance(state, Confirm):
        return Step(replace(state, case=case), says, seat=here.seat)
    return Step(None, says, seat=here.seat)


def answer_shown(state: Answered, here: Here) -> tuple[Reply, ...]:
    """The answer to a question, with its sources and related questions."""
    sources = here.knowledge.questions[state.question].sources
    cites = tuple(Ref("source", s, "cite") for s in sources if here.knowledge.sources[s].status == "verified")
    lines: tuple[Line, ...] = (line("question.answer", question=Ref("question", state.question, "question"),
                  answer=Ref("question", state.question, "answer")),)
    lines += (line("question.sources", sources=cites),) if cites else ()
    see = tuple(s for s in here.words.questions[state.question].see if s in here.knowledge.questions)
    each = tuple(door("button.plain", f"question:{s}", label=Ref("question", s, "question")) for s in see[:3])
    back = button("button.go_on", "on") if state.case is not None else button("button.tell_me", "tell")
    return (screen_reply(lines, column(*each, back)),)


def answer_left(state: Answered, event: Pressed, here: Here) -> Step[Next | ProfileShown | Answered | GetReady | AtPoint | Trouble | Rate]:
    """On from an answer to the case that was open; to the very point, where the question came up while pressing."""
    if event.action != "on" or state.case is None:
        return Step(state)
    behind = here.seat.trail[-1] if here.seat.trail else None
    if isinstance(behind, GetReady | AtPoint | Trouble | Rate) and behind.case.conditions == state.case.conditions:
        return Step(replace(behind, case=state.case), seat=replace(here.seat, trail=here.seat.trail[:-1]))
    return go_on(state.case, here)
