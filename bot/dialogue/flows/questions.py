"""The questions that change the answer, and which of them is still open.

`onward` is the only place that decides what is asked next; a question already answered, or answered in passing, is
not asked again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeAlias, get_args

from bot.catalog.model import AgeGroup, Combination, Level, Pregnancy
from bot.catalog.model.lines import Line, Ref
from bot.dialogue.flows.flags import WHY, list_of
from bot.dialogue.flows.whose import is_open
from bot.dialogue.here import Here, button, column, line, note, pairs, screen_reply
from bot.dialogue.states import (
    Alarmed,
    AskAge,
    AskCombination,
    AskComplaint,
    AskFlags,
    AskMatters,
    AskNew,
    AskPregnancy,
    AskSeverity,
    AskSide,
    AskTrimester,
    AskUndo,
    AskWhose,
    Case,
    Crisis,
    NoRoutine,
    PlanShown,
    ProfileShown,
    SeeDoctor,
)
from bot.dialogue.values import Button, Pressed, Reply, Step
from bot.safety.profile import (
    Known,
    PregnancyAnswer,
    Side,
    checklist_due,
    matters_now,
    pregnancy_now,
    with_age,
    with_matter,
    without_matter,
)
from bot.safety.screen import BOTH, NO_POINT_AGES
from bot.safety.triage import POINTLESS, SEVERE, hangs_on_new, holding, level_of, told_already, worst
from bot.understanding.minors import MINOR

Next: TypeAlias = (
    AskComplaint | AskWhose | AskPregnancy | AskAge | AskMatters | AskFlags | AskCombination | AskSeverity | AskNew | SeeDoctor | Alarmed | Crisis
    | NoRoutine | PlanShown
)
AGES: tuple[AgeGroup, ...] = get_args(AgeGroup)
ANSWERS: tuple[Pregnancy, ...] = get_args(Pregnancy)
YOUNG: tuple[AgeGroup, ...] = ("12-15", "16-17")
"""They are asked about pregnancy in private."""
AGE_MATTERS = ("age-young", "age-old")
"""Two lines of the checklist that are about age: they lead to the question for the age group."""


def onward(case: Case, here: Here) -> Next:
    """The next open question of this case, or the routine when none is open."""
    if not case.conditions or is_open(case):
        return AskWhose(case) if case.conditions else AskComplaint(case)
    case = of_today(case, here)
    profile, knowledge = here.profile(case), here.knowledge
    if profile.age in NO_POINT_AGES:
        return AskFlags(case) if profile.age != "under-2" and list_of(case, here) else NoRoutine(raised(case, "doctor-soon"))
    if profile.age is None and (profile.other or profile.checked is not None):
        return AskAge(case)
    if pregnancy_now(profile, here.today) is None:
        return AskPregnancy(case)
    case = fitting(case, here)
    if checklist_due(profile, knowledge.matters, here.today):
        return AskMatters(case, tuple(known.matter for known in profile.matters if known.matter in knowledge.matters))
    return _about_the_complaint(case, here)


def fitting(case: Case, here: Here) -> Case:
    """Without what the answer about a pregnancy rules out, if other complaints are left: "I'm due on Thursday" was no period then."""
    pregnancy = pregnancy_now(here.profile(case), here.today)
    left = tuple(c for c in case.conditions if pregnancy not in here.knowledge.conditions[c].never_with)
    return replace(case, conditions=left) if left else case


def of_today(case: Case, here: Here) -> Case:
    """The case, dated. What was said about the complaint days ago (red flags, how bad, new) is asked again."""
    if case.on is not None and (here.today - case.on).days <= 1:
        return case
    if case.on is None:
        return replace(case, on=here.today)
    return Case(case.conditions, guest=case.guest, age=case.age, variant=case.variant, programme=case.programme, on=here.today)


def _about_the_complaint(case: Case, here: Here) -> Next:
    if list_of(case, here):
        return AskFlags(case)
    rule = next((rule for rule in holding(here.triage(case), here.knowledge) if rule.id not in case.ruled), None)
    if rule is not None:
        return together(rule, case, here)
    if case.severity is None:
        return AskSeverity(case)
    if case.new is None and (case.severity >= SEVERE or hangs_on_new(here.triage(case), case.ruled, here.knowledge)):
        return AskNew(case)
    return _answer(case, here)


def stood_too_long(case: Case, here: Here) -> Next | None:
    """The question to which a routine that stood for days, or whose answers ran out meanwhile, goes back; None while it may go on."""
    profile = here.profile(case)
    fresh = of_today(case, here) is case and pregnancy_now(profile, here.today) is not None
    if fresh and not checklist_due(profile, here.knowledge.matters, here.today):
        return None
    following = onward(case, here)
    return None if isinstance(following, PlanShown) else following


def together(rule: Combination, case: Case, here: Here) -> AskCombination | Alarmed | Crisis | SeeDoctor:
    """A combination rule holds: it asks first, rings its alarm, or sets the level."""
    if rule.ask and not told_already(rule, case.age):
        return AskCombination(case, rule.id)
    case = replace(case, ruled=(*case.ruled, rule.id))
    if rule.level == "emergency" and rule.alarm:
        return alarming(rule.alarm, case, here)
    return SeeDoctor(rule.level, "combination", rule.id, raised(case, rule.level))


def alarming(alarm: str, case: Case | None, here: Here, *, certain: bool = True) -> Alarmed | Crisis:
    """Where an answer that rings an alarm leads: thoughts of suicide always to the path made for them."""
    if here.knowledge.alarms[alarm].crisis:
        return Crisis(alarm)
    return Alarmed(alarm, "confirmed" if certain else "acted", case)


def _answer(case: Case, here: Here) -> Next:
    level = worst((case.level, level_of(here.triage(case), here.knowledge)))
    if level in POINTLESS:
        return SeeDoctor(level, "severe", case=case)
    case = replace(case, level=level)
    if here.planned(case) is not None:
        return PlanShown(case)
    return NoRoutine(case if here.knowledge.conditions[case.conditions[0]].routines else raised(case, "same-day"))


def raised(case: Case, level: Level) -> Case:
    """The case with this level, unless it stands worse already."""
    return replace(case, level=worst((case.level, level)))


def go_on(case: Case | None, here: Here, *says: Reply) -> Step[Next | ProfileShown]:
    """The step to the next open question; back to the profile when there is no case."""
    if case is None:
        return Step(ProfileShown(), says, seat=here.seat)
    return Step(onward(case, here), says, seat=here.seat)


# ---------------------------------------------------------------- pregnancy


def show_pregnancy(state: AskPregnancy, here: Here) -> tuple[Reply, ...]:
    """The question that matters most, with why it is asked."""
    profile = here.profile(state.case)
    other = profile.other
    key = "ask.pregnancy_other" if other else "ask.pregnancy"
    young = (line("ask.pregnancy_private_other" if other else "ask.pregnancy_private"),) if profile.age in YOUNG else ()
    answers = (button(f"pregnancy.{value}", f"pregnancy:{value}") for value in ANSWERS)
    return (screen_reply((line(key), *young), (*column(*answers), (button("button.why", "why:pregnancy"),))),)


def pregnancy_answered(state: AskPregnancy, event: Pressed, here: Here) -> Step[Next | AskTrimester | ProfileShown | AskPregnancy | AskUndo]:
    """One of six answers; "pregnant" asks how far along; taking a pregnancy back asks why."""
    value = event.action.partition(":")[2]
    if value not in ANSWERS:
        return Step(state)
    known = pregnancy_now(here.profile(state.case), here.today)
    if known == "pregnant" != value:
        return Step(AskUndo("pregnancy", state.case, value))
    value, careful = careful_now(value, here) if known is not None else (value, ())
    answer = PregnancyAnswer(value, here.today)
    seat, case = here.with_profile(state.case, replace(here.profile(state.case), pregnancy=answer))
    if value == "pregnant":
        return Step(AskTrimester(case), seat=seat)
    says = (note(line(f"pregnancy.said_{value.replace('-', '_')}")),) if value != "not" else ()
    return go_on(case, here.moved(seat), *(careful or says))


def careful_now(value: Pregnancy, here: Here) -> tuple[Pregnancy, tuple[Reply, ...]]:
    """The changed answer to keep: "not" stays open for this visit when a point was refused just before."""
    if value != "not" or not here.refused_lately:
        return value, ()
    return "not-saying", (note(line("undo.careful_today")),)


def show_trimester(state: AskTrimester, here: Here) -> tuple[Reply, ...]:
    """How far along, or the week in words."""
    del state, here
    choices = (*(button(f"trimester.{n}", f"trimester:{n}") for n in (1, 2, 3)), button("button.dont_know", "trimester:0"))
    return (replace(screen_reply((line("ask.trimester"),), column(*choices)), numbers=True),)


def trimester_answered(state: AskTrimester, event: Pressed, here: Here) -> Step[Next | ProfileShown | AskTrimester]:
    """A trimester; 0 is "I don't know"."""
    number = event.action.partition(":")[2]
    if number not in {"0", "1", "2", "3"}:
        return Step(state)
    return weeks_known(state.case, here, 0, int(number))


def weeks_known(case: Case | None, here: Here, weeks: int, trimester: int) -> Step[Next | ProfileShown]:
    """Pregnant, in this week or this trimester; 0 is not known."""
    answer = PregnancyAnswer("pregnant", here.today, weeks, trimester)
    seat, case = here.with_profile(case, replace(here.profile(case), pregnancy=answer))
    return go_on(case, here.moved(seat), note(line("pregnancy.said_pregnant")))


# ---------------------------------------------------------------- the safety checklist


def show_matters(state: AskMatters, here: Here) -> tuple[Reply, ...]:
    """The whole list by groups, a button a group; or one group to tick in. "None of these" ends it in one tap."""
    key = "ask.matters_other" if here.profile(state.case).other else "ask.matters"
    listed = checklist(here)
    if state.group:
        each = pairs(tuple(_matter_button(id_, state.chosen) for id_ in listed.get(state.group, ())))
        last = (button("button.done", "group:"), button("button.why", WHY))
        return (screen_reply((line("ask.matters_group", group=line(f"matters.group_{state.group}")),), (*each, last)),)
    rows = tuple(line("ask.matters_row", group=line(f"matters.group_{g}"), all=tuple(map(_matter_label, ids))) for g, ids in listed.items())
    ticked = (line("ask.matters_ticked", all=tuple(map(_matter_label, state.chosen))),) if state.chosen else ()
    groups = pairs(tuple(button(f"matters.group_{g}", f"group:{g}") for g in listed))
    done = button("button.done", "done") if state.chosen else button("button.none_of_these", "none")
    return (screen_reply((line(key), *rows, *ticked), ((done,), *groups, (button("button.why", "why:matters"),))),)


def checklist(here: Here) -> Mapping[str, tuple[str, ...]]:
    """Everything the checklist asks, by group; groups and what is in them by importance. Age comes last."""
    groups: dict[str, tuple[str, ...]] = {}
    for matter in sorted(here.knowledge.matters.values(), key=lambda m: (m.order, m.id)):
        groups[matter.group] = (*groups.get(matter.group, ()), matter.id)
    return {**groups, "age": AGE_MATTERS}


def _matter_label(id_: str) -> Line | Ref:
    return line(f"matters.{id_.replace('-', '_')}") if id_ in AGE_MATTERS else Ref("matter", id_, "label")


def _matter_button(id_: str, chosen: tuple[str, ...]) -> Button:
    key = "button.ticked" if id_ in chosen else "button.plain"
    return button(key, f"matter:{id_}", label=_matter_label(id_))


def matter_pressed(state: AskMatters, event: Pressed, here: Here) -> Step[Next | AskMatters | AskSide | ProfileShown | AskAge | AskUndo]:
    """A tick, another group, none, or done."""
    action, _, id_ = event.action.partition(":")
    if action == "group":
        return Step(replace(state, group=id_ if id_ in checklist(here) else ""))
    if action == "matter" and any(id_ in ids for ids in checklist(here).values()):
        return _ticked(state, id_, here)
    if action in {"none", "done"}:
        return matters_chosen(state.case, () if action == "none" else state.chosen, here)
    return Step(state, (note(line("why.matters"), *_helps(state.group, here)),) if event.action == WHY else ())


def _helps(group: str, here: Here) -> tuple[Line, ...]:
    """What each matter of a group means; those about age mean what they say."""
    ids = (id_ for id_ in checklist(here).get(group, ()) if id_ not in AGE_MATTERS)
    return tuple(line("matters.help", label=_matter_label(id_), help=Ref("matter", id_, "help")) for id_ in ids)


def _ticked(state: AskMatters, id_: str, here: Here) -> Step[AskMatters]:
    """A tick counts at once: whoever goes elsewhere before "Done" has told it all the same. It is taken back as easily while this list
    is open; what was known before is given up only with "Done"."""
    if id_ in state.chosen:
        state = replace(state, chosen=_but(state.chosen, id_))
        if id_ not in state.fresh:
            return Step(state)
        profile, fresh = without_matter(here.profile(state.case), id_), _but(state.fresh, id_)
    else:
        known = here.profile(state.case)
        state = replace(state, chosen=(*state.chosen, id_))
        if id_ in AGE_MATTERS or any(k.matter == id_ for k in known.matters):
            return Step(state)
        profile, fresh = with_matter(known, Known(id_, here.today)), (*state.fresh, id_)
    seat, case = here.with_profile(state.case, profile)
    return Step(replace(state, case=case, fresh=fresh), seat=seat)


def _but(ids: tuple[str, ...], id_: str) -> tuple[str, ...]:
    return tuple(each for each in ids if each != id_)


def matters_chosen(
    case: Case | None, chosen: tuple[str, ...], here: Here, *, asked: bool = False,
) -> Step[Next | AskSide | ProfileShown | AskAge | AskUndo]:
    """The checklist is answered. What was known or said in passing stood ticked, so what is chosen is all there is; why something
    weighty was taken back is `asked` first."""
    undone = () if asked else _weighty_undone(case, chosen, here)
    if undone:
        return Step(AskUndo(undone[0], case, chosen=chosen, left=undone[1:]))
    profile = replace(here.profile(case), checked=here.today)
    for known in profile.matters:
        if known.matter not in chosen:
            profile = without_matter(profile, known.matter)
    for id_ in (c for c in chosen if c not in AGE_MATTERS):
        profile = with_matter(profile, Known(id_, here.today, _side_said(case, id_, here)))
    young = case is not None and MINOR in case.heard  # their age group is asked
    if not set(chosen).intersection(AGE_MATTERS) and profile.age is None and not profile.other and not young:
        profile = replace(profile, age="18-69")
    seat, case = here.with_profile(case, profile)
    here = here.moved(seat)
    if set(chosen).intersection(AGE_MATTERS):
        return Step(AskAge(case), seat=seat)
    return _sides_next(case, here)


def _weighty_undone(case: Case | None, chosen: tuple[str, ...], here: Here) -> tuple[str, ...]:
    """What holds, is not ticked any more, and is not given up without a question."""
    held = (known.matter for known in matters_now(here.profile(case), here.knowledge.matters, here.today))
    return tuple(matter for matter in held if matter not in chosen and here.knowledge.matters[matter].weighty)


def _side_said(case: Case | None, matter: str, here: Here) -> Side:
    return next((k.side for k in here.profile(case).matters if k.matter == matter), "")


def _sides_open(case: Case | None, here: Here) -> tuple[str, ...]:
    matters = here.knowledge.matters
    return tuple(
        k.matter for k in here.profile(case).matters
        if k.matter in matters and matters[k.matter].detail == "side" and not k.side
    )


def _sides_next(case: Case | None, here: Here) -> Step[Next | AskSide | ProfileShown]:
    left = _sides_open(case, here)
    return Step(AskSide(left, case), seat=here.seat) if left else go_on(case, here)


def show_side(state: AskSide, here: Here) -> tuple[Reply, ...]:
    """On which side?"""
    del here
    sides = (button(f"side.{side}", f"side:{side}") for side in (*BOTH, "both"))
    return (screen_reply((line("ask.side", matter=Ref("matter", state.left[0], "which_side")),), column(*sides)),)


def side_answered(state: AskSide, event: Pressed, here: Here) -> Step[Next | AskSide | ProfileShown]:
    """A side for the first open matter."""
    side = event.action.partition(":")[2]
    if side not in {*BOTH, "both"}:
        return Step(state)
    known = Known(state.left[0], here.today, side)  # type: ignore[arg-type]  # membership was tested above
    seat, case = here.with_profile(state.case, with_matter(here.profile(state.case), known))
    here = here.moved(seat)
    left = state.left[1:]
    return Step(AskSide(left, case), seat=seat) if left else go_on(case, here)


# ---------------------------------------------------------------- age


def show_age(state: AskAge, here: Here) -> tuple[Reply, ...]:
    """Which age group?"""
    key = "ask.age_other" if here.profile(state.case).other else "ask.age"
    ages = tuple(button(f"age.{age}", f"age:{age}") for age in AGES)
    return (replace(screen_reply((line(key),), pairs(ages)), numbers=True),)


def age_answered(state: AskAge, event: Pressed, here: Here) -> Step[Next | AskAge | AskSide | ProfileShown]:
    """An age group."""
    age = event.action.partition(":")[2]
    if age not in AGES:
        return Step(state)
    seat, case = here.with_profile(state.case, with_age(here.profile(state.case), age))
    return _sides_next(case, here.moved(seat))


# ---------------------------------------------------------------- combinations


def ruled(rule: Combination, case: Case | None, here: Here, *, certain: bool) -> SeeDoctor | Alarmed | Crisis:
    """Where a combination rule leads that holds (`certain`) or may hold."""
    if rule.level == "emergency" and rule.alarm:
        return alarming(rule.alarm, case, here, certain=certain)
    return SeeDoctor(rule.level, "combination", rule.id, raised(case, rule.level) if case is not None else None)
