"""The routine on the screen: what it is, for whom it was changed and why, how honest the evidence is."""

from __future__ import annotations

from dataclasses import replace

from bot.catalog.model import Level, Variant
from bot.catalog.model.lines import Line, Ref
from bot.dialogue.flows import journal, reminders
from bot.dialogue.flows.agenda import what_of
from bot.dialogue.flows.questions import Next, go_on, onward
from bot.dialogue.here import Here, button, column, line, pairs, screen_reply
from bot.dialogue.planning import AskWhen
from bot.dialogue.states import Case, GetReady, NoRoutine, PlanShown, ProfileShown, SeeDoctor
from bot.dialogue.values import Button, Picture, Pressed, Reply, Step
from bot.routines.plan import Plan, pressings, variants
from bot.safety.profile import matters_now, pregnancy_now
from bot.safety.screen import NO_POINT_AGES, Offered

MOST_DOCTOR = 2
TRIED: tuple[Level, ...] = ("self-care", "with-care")


def planned(case: Case, here: Here) -> Plan | None:
    """The routine of a case, screened now."""
    return here.planned(case)


def show_plan(state: PlanShown, here: Here) -> tuple[Reply, ...]:
    """The whole routine: points in order, how to press, cautions, honesty, when to see a doctor."""
    found = planned(state.case, here)
    if found is None:
        return show_none(NoRoutine(state.case), here)
    if state.more:
        return (screen_reply(_more(state.case, here), column(button("button.start", "start"), button("button.back_plan", "less"))),)
    lines = (
        *_opening(state.case, found, here), *_points(found, here), *_pressing(found), *_left_out(found), *_notes(state.case, here),
        *_honesty(state.case), *_level(state.case, here),
    )
    return (screen_reply(lines, _buttons(state.case, found, here), _picture(found)),)


def _picture(found: Plan) -> Picture:
    """All points on one sheet; its words are those of their cards, one after the other."""
    texts = tuple(line("plan.picture_of", number=n, name=p.words("name"), text=p.words("picture")) for n, p in enumerate(found.points, 1))
    return Picture(points=tuple(p.id for p in found.points), text=line("plan.pictures", texts=texts))


def _opening(case: Case, found: Plan, here: Here) -> tuple[Line, ...]:
    names = tuple(Ref("condition", c, "name") for c in case.conditions)
    time = in_all(found.seconds)
    opening = line("plan.title", conditions=names, count=len(found.points), time=time, variant=line(f"variant.{found.variant}"))
    if case.programme and found.routine == case.programme:
        opening = line("plan.programme", name=Ref("programme", case.programme, "name"), time=time)
    changed = (line("plan.fallback", variant=line(f"variant.{found.variant}")),) if found.fallback else ()
    pregnancy = pregnancy_now(here.profile(case), here.today)
    careful = (line("plan.pregnancy", statement=Ref("condition", case.conditions[0], "pregnancy")),) if pregnancy != "not" else ()
    sore = tuple(p.words("name") for p in found.points if journal.hurt_before(p.id, case, here))
    warned = (line("plan.hurt_before", points=sore),) if sore else ()
    good = tuple(line("plan.helped_before", point=p.words("name")) for p in found.points if journal.helped_before(p.id, case, here))
    return (opening, *_made_for(case, here), *changed, *careful, *warned, *good)


def _made_for(case: Case, here: Here) -> tuple[Line, ...]:
    """The answers this routine rests on, so that a wrong one is seen."""
    profile = here.profile(case)
    answers: list[Line | Ref] = [line(f"plan.for_{(pregnancy_now(profile, here.today) or 'not-saying').replace('-', '_')}")]
    answers += [line("noted.age", group=line(f"age.{profile.age}"))] if profile.age not in {None, "18-69"} else []
    made = line("plan.made_for_other" if profile.other else "plan.made_for", answers=tuple(answers))
    held = tuple(Ref("matter", k.matter, "label") for k in matters_now(profile, here.knowledge.matters, here.today))
    return (made, line("plan.with_regard_to", matters=held)) if held else (made,)


def _points(found: Plan, here: Here) -> tuple[Line, ...]:
    return tuple(
        line("plan.point", number=n, code=p.code, name=p.words("name"), where=p.words("landmark"), time=duration(p.seconds),
             side=side_words(p), helps=_helps(found, n - 1), reach=_reach(p, here))
        for n, p in enumerate(found.points, 1)
    )


def _reach(point: Offered, here: Here) -> Line:
    """Who can reach it, and with what; no ball where pressure stays light."""
    reach = here.knowledge.points[point.id].reach
    return line(f"reach.{'self' if point.light and reach == 'wall-ball' else reach.replace('-', '_')}")


def _helps(found: Plan, index: int) -> Line:
    return line("plan.helps", n=found.helps[index]) if max(found.helps) > 1 else line("text.nothing")


def side_words(point: Offered) -> Line:
    """Which sides, and in what manner."""
    if len(point.sides) == 1:
        return line(f"sides.only_{point.sides[0]}")
    if point.together:
        return line("sides.together")
    return line("sides.both" if point.sides else "sides.midline")


def duration(seconds: int) -> Line:
    """Seconds or minutes in words."""
    if seconds < 60 or seconds % 30:
        return line("time.seconds", n=seconds)
    return line("time.minutes", n=seconds // 60) if seconds % 60 == 0 else line("time.minutes_half", n=seconds // 60)


def in_all(seconds: int) -> Line:
    """How long a whole routine takes, to the half minute: on its page as where it begins."""
    return duration(max(seconds // 30, 1) * 30)


def _pressing(found: Plan) -> tuple[Line, ...]:
    light = [p for p in found.points if p.light]
    how: tuple[Line, ...] = (line("plan.how_light") if len(light) == len(found.points) else line("plan.how_firm"),)
    if light and len(light) < len(found.points):
        how += (line("plan.some_light", points=tuple(p.words("name") for p in light)),)
    reasons: list[Line] = []
    for point in light:
        reasons.extend(reason for reason in point.because if reason not in reasons)
    return (*how, *reasons)


def _left_out(found: Plan) -> tuple[Line, ...]:
    return tuple(line("plan.left_out", reason=reason) for reason in found.left_out)


def _notes(case: Case, here: Here) -> tuple[Line, ...]:
    """What must be said while a matter holds, whatever is left out."""
    held = (known.matter for known in matters_now(here.profile(case), here.knowledge.matters, here.today))
    return tuple(line("plan.note", note=Ref("matter", id_, "note")) for id_ in held if here.words.matters[id_].note)


def _honesty(case: Case) -> tuple[Line, ...]:
    return (line("plan.evidence", evidence=Ref("condition", case.conditions[0], "evidence")),)


def doctor(condition: str, here: Here, most: int = 99) -> Line:
    """When to see a doctor with this complaint, the first sentences or all of them."""
    sentences = here.words.conditions[condition].doctor if condition in here.words.conditions else ()
    return line("plan.doctor", when=tuple(Ref("condition", condition, f"doctor.{n}") for n in range(min(len(sentences), most))))


def _level(case: Case, here: Here) -> tuple[Line, ...]:
    """How urgent it is; how long to try, where trying is fine (a programme has its own weeks); and when to see a doctor."""
    key, first = case.level.replace("-", "_"), case.conditions[0]
    judge = (line("more.judge", judge=Ref("condition", first, "judge")),) if case.level in TRIED and not case.programme else ()
    return (line(f"level.{key}"), *judge, line(f"level.{key}_worse"), line("plan.disclaimer"),
            line("plan.not_today"), doctor(first, here, MOST_DOCTOR))


def _more(case: Case, here: Here) -> tuple[Line, ...]:
    first = case.conditions[0]
    sources = here.knowledge.conditions[first].evidence.sources
    cites = tuple(Ref("source", s, "cite") for s in sources if here.knowledge.sources[s].status == "verified")
    lines = (
        line("more.about", description=Ref("condition", first, "description")),
        line("more.self_care", care=Ref("condition", first, "self_care")),
        doctor(first, here),
        line("more.judge", judge=Ref("condition", first, "judge")),
        line("more.grade", grade=line(f"grade.{here.knowledge.conditions[first].evidence.grade.replace('-', '_')}")),
        line("more.limits", limits=Ref("condition", first, "limits")),
    )
    reviewed = line("more.reviewed", day=here.knowledge.conditions[first].evidence.reviewed)
    return (*lines, line("more.sources", sources=cites), reviewed) if cites else (*lines, line("more.no_sources"), reviewed)


def _buttons(case: Case, found: Plan, here: Here) -> tuple[tuple[Button, ...], ...]:
    there = tuple(v for v in variants(case.conditions, here.knowledge) if v not in {case.variant, found.variant})
    others = tuple(button(f"variant.button_{v.replace('-', '_')}", f"variant:{v}", **_lasting(v, case, here)) for v in there)
    cards = column(button("button.pictures", "pictures")) if len(found.points) > 1 and not here.seat.settings.plain else ()
    last = (button("button.more", "more"), button("button.change", "change"))
    own = (journal.keep_button(case, here), button("reminders.remind", "remind")) if case.guest is None else ()
    return ((button("button.start", "start"),), *cards, *pairs(others), *((own,) if own else ()), last)


def _lasting(variant: Variant, case: Case, here: Here) -> dict[str, Line]:
    """How long it takes this person with these complaints, where the button says it: with two complaints it is no three minutes."""
    if variant != "quick":
        return {}
    found = planned(replace(case, variant=variant, programme=""), here)
    return {"time": in_all(found.seconds if found is not None else 0)}


def plan_pressed(state: PlanShown, event: Pressed, here: Here) -> Step[Next | GetReady | AskWhen]:
    """Start, another variant, all pictures, more, keep it, or be reminded of it."""
    action, _, value = event.action.partition(":")
    if action == "start":
        return _started(state, here)
    if action == "pictures":
        return _all_pictures(state, here)
    if action == "variant" and value in variants(state.case.conditions, here.knowledge):
        return Step(PlanShown(replace(state.case, variant=value, programme="")))
    if action == "keep":
        seat, said = journal.kept(state.case, here)
        return Step(state, (said,), seat=seat)
    if action == "remind":
        return Step(AskWhen(reminders.draft(what_of(state.case))))
    return Step(replace(state, more=action == "more") if action in {"more", "less"} else state)


def _started(state: PlanShown, here: Here) -> Step[GetReady | Next]:
    """Off to the player, unless an answer has grown too old while the plan stood there."""
    still_open = onward(state.case, here)
    if not isinstance(still_open, PlanShown):
        return Step(still_open)
    found = planned(state.case, here)
    return Step(GetReady(state.case, pressings(found))) if found is not None else Step(NoRoutine(state.case))


def _all_pictures(state: PlanShown, here: Here) -> Step[PlanShown | Next]:
    """Every card by itself, below the routine that stays as it is; screened anew like the routine."""
    still_open, found = onward(state.case, here), planned(state.case, here)
    if not isinstance(still_open, PlanShown) or found is None:
        return Step(still_open)
    points = tuple(line("plan.album_point", number=n, name=p.words("name"), code=p.code) for n, p in enumerate(found.points, 1))
    rows = tuple(row for row in _buttons(state.case, found, here) if row[0].action != "pictures")
    back = ((button("button.back", "back"),),) if here.seat.trail else ()
    album = replace(_picture(found), album=True)
    return Step(state, (screen_reply((line("plan.album", points=points),), (*rows, *back), album),), show=False)


# ---------------------------------------------------------------- no points


def show_none(state: NoRoutine, here: Here) -> tuple[Reply, ...]:
    """No points for this complaint or this person: why, and what helps without them."""
    first = state.case.conditions[0] if state.case.conditions else ""
    lines: list[Line] = [line("none.title")]
    lines.extend(_why_none(state.case, first, here))
    if first:
        lines.append(line("more.self_care", care=Ref("condition", first, "self_care")))
        lines.append(doctor(first, here))
    level = state.case.level.replace("-", "_")
    lines.extend((line(f"level.{level}"), line(f"level.{level}_worse"), line("plan.disclaimer")))
    buttons = column(button("button.change", "change"), button("button.tell_me", "tell"), button("button.areas", "areas"))
    return (screen_reply(tuple(lines), buttons),)


def _why_none(case: Case, first: str, here: Here) -> tuple[Line, ...]:
    profile = here.profile(case)
    if profile.age in NO_POINT_AGES:
        return (line("none.infant" if profile.age == "under-2" else "none.child"),)
    words = here.words.conditions.get(first)
    if words is not None and words.no_routine:
        return (line("none.because", reason=Ref("condition", first, "no_routine")),)
    stops = tuple(
        line("none.because", reason=Ref("matter", known.matter, "stops"))
        for known in matters_now(profile, here.knowledge.matters, here.today) if here.knowledge.matters[known.matter].stops
    )
    if stops or not first:
        return stops
    pregnant = pregnancy_now(profile, here.today) != "not"
    return (line("none.because", reason=Ref("condition", first, "pregnancy")),) if pregnant else (line("none.nothing_left"),)


# ---------------------------------------------------------------- see a doctor


def show_doctor(state: SeeDoctor, here: Here) -> tuple[Reply, ...]:
    """A level and what led to it; the two highest end here, without points."""
    del here
    key = state.level.replace("-", "_")
    lines = (line(f"doctor.{key}"), *_because(state), line(f"level.{key}"), line(f"level.{key}_worse"), line("doctor.not_diagnosis"))
    on = (button("doctor.go_on", "go_on"),) if state.level == "doctor-soon" and state.case is not None else ()
    return (screen_reply(lines, column(*on, button("button.numbers", "emergency"), button("button.tell_me", "tell"))),)


def _because(state: SeeDoctor) -> tuple[Line, ...]:
    if state.because == "flag":
        list_, _, flag = state.ref.partition("/")
        return (line("doctor.because_flag", text=Ref("flag", list_, f"{flag}.text")),)
    if state.because == "combination":
        return (line("doctor.because", advice=Ref("combination", state.ref, "advice")),)
    return (line(f"doctor.because_{state.because}"),)


def doctor_pressed(state: SeeDoctor, event: Pressed, here: Here) -> Step[Next | ProfileShown]:
    """Only "see a doctor soon" may go on, gently."""
    if event.action == "go_on" and state.level == "doctor-soon" and state.case is not None:
        return go_on(state.case, here)
    return Step(state)
