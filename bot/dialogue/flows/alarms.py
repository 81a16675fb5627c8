"""An alarm holds the conversation: what to do now, then one question, then another. Never a point.

One denial never closes an alarm; a second one, to a different question, may. The path for suicide and self-harm is
fixed, and "you misunderstood me" does not close it. Abuse leaves no state and no memory: only doors.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal, TypeAlias

from bot.catalog.model.lines import Line, Ref
from bot.dialogue.flows.complaint import MOST_CONDITIONS, taken_in
from bot.dialogue.flows.numbers import emergency_number, numbers, words_to_do
from bot.dialogue.flows.private import show_private
from bot.dialogue.flows.questions import Next, go_on
from bot.dialogue.flows.waiting import next_waiting, with_waiting
from bot.dialogue.here import Here, button, column, line, note, screen_reply
from bot.dialogue.states import Alarmed, AskComplaint, Case, Crisis, ProfileShown
from bot.dialogue.values import Button, DropTimer, Pressed, Reply, Rows, Said, Seat, Step
from bot.safety.triage import holding
from bot.understanding.meaning import HeardAlarm

UNSAFE_WHEN_VAGUE: Mapping[str, Literal["unsafe", "friend"]] = {"ask": "unsafe", "again": "unsafe", "friend_again": "friend"}
"""Where a typed answer leads that is no button's label."""
Ringing: TypeAlias = Alarmed | Crisis | AskComplaint
STEPS: Mapping[str, Literal["unsafe", "safe", "friend", "friend_again", "grounding", "again"]] = {
    "unsafe": "unsafe", "safe": "safe", "friend": "friend", "friend_again": "friend_again", "grounding": "grounding", "again": "again",
}


def rang(heard: HeardAlarm, case: Case | None, here: Here) -> Step[Ringing]:
    """An alarm was heard: everything else stops. `case` is what was going on, for the way back when it is closed."""
    alarm = heard.id
    facts = here.knowledge.alarms[alarm]
    quiet = (DropTimer("player"),)
    if facts.private:
        stays = here.seat.state if isinstance(here.seat.state, Alarmed | Crisis) else AskComplaint()
        return Step(stays, show_private("first", here), quiet, seat=replace(here.seat, turn=""), show=False, forget_trail=True)
    beside, others = _private_beside(here), here.heard.alarms if here.heard is not None else ()
    if facts.crisis:
        return Step(with_waiting(Crisis(alarm, before=case), others, here), beside, quiet)
    seat, before = _kept(case, here)
    worse = _worse(heard, before, here.moved(seat))
    state = Alarmed(worse, "confirmed", before) if worse else Alarmed(alarm, before=before, sure=heard.sure, level=heard.level)
    return Step(with_waiting(state, others, here), beside, quiet, seat=seat)


def _private_beside(here: Here) -> tuple[Reply, ...]:
    """Words of abuse together with another danger: a message of its own, which takes the place of nothing."""
    heard = here.heard.alarms if here.heard is not None else ()
    abuse = any(here.knowledge.alarms[a.id].private for a in heard if a.id in here.knowledge.alarms)
    return tuple(replace(reply, slot="", edit=False) for reply in show_private("first", here)) if abuse else ()


def _kept(case: Case | None, here: Here) -> tuple[Seat, Case | None]:
    """What the same words say beside the alarm, for the way back: nothing that was said is asked again."""
    if here.heard is None or here.seat.settings.consent is None:
        return here.seat, case
    seat, joined, _ = taken_in(here.heard, case or Case(()), here)
    sure = here.heard.wanted if here.heard.decision == "sure" else ()
    new = tuple(c for c in sure if c in here.knowledge.conditions and c not in joined.conditions)
    if new:
        joined = replace(joined, conditions=(*joined.conditions, *new)[:MOST_CONDITIONS], flags="unasked")
    return seat, joined if joined.conditions or joined.guest is not None else None


def _worse(heard: HeardAlarm, case: Case | None, here: Here) -> str:
    """Words that only need advice the same day may, for this person, be an emergency: fever with weak immunity."""
    if case is None and here.heard is not None and here.heard.decision == "unsure":
        case = Case(tuple(c for c in here.heard.wanted if c in here.knowledge.conditions), heard=here.heard.concepts)
    if case is None or (heard.level or here.knowledge.alarms[heard.id].level) == "emergency":
        return ""
    rules = (r for r in holding(here.triage(case), here.knowledge) if r.level == "emergency" and not r.ask)
    return next((rule.alarm for rule in rules if rule.alarm), "")


def also(state: Alarmed | Crisis, heard: HeardAlarm, here: Here) -> Step[Alarmed | Crisis]:
    """A less urgent alarm while one stands: what to do about it is said now, and it waits to be asked about. Nothing gets
    easier to leave."""
    if here.knowledge.alarms[heard.id].private:
        return Step(state, _private_beside(here), show=False)
    helpers = numbers(("suicide",), here) if here.knowledge.alarms[heard.id].crisis else ()
    said = note(*words_to_do(heard.id, here), *helpers)
    state = replace(state, step="unsafe") if isinstance(state, Crisis) else state
    others = here.heard.alarms if here.heard is not None else ()
    return Step(with_waiting(state, (*others, replace(heard, sure=True)), here), (said,))


# ---------------------------------------------------------------- alarms


def show_alarm(state: Alarmed, here: Here) -> tuple[Reply, ...]:
    """What to do; then the question that stands."""
    facts = here.knowledge.alarms[state.alarm]
    level = (state.level or facts.level).replace("-", "_")
    title = line(f"alarm.title_{level}", title=Ref("alarm", state.alarm, "title"))
    if state.stage == "confirmed":
        lines = (title, *words_to_do(state.alarm, here), line(f"level.{level}_worse"), line("alarm.no_points"))
        buttons = (_help_buttons(here), (button("alarm.checked", "checked"),))
        return (replace(screen_reply(lines, buttons), lasts="alarm"),)
    question = line("alarm.ask", question=Ref("alarm", state.alarm, "ask_again" if state.stage == "again" else "ask"))
    acts = words_to_do(state.alarm, here)
    lines = (title, *acts, question) if facts.action_first or state.sure else (line("alarm.asking"), question, *acts[:1])
    if state.stage == "again":
        lines = (line("alarm.once_more"), question, line("alarm.if_so", number=emergency_number(here)))
    yes, no = button("button.yes", f"yes:{state.alarm}"), button("button.no", "no")
    return (replace(screen_reply(lines, ((yes, no, button("button.not_sure", "unsure")), _help_buttons(here))), lasts="alarm"),)


def _help_buttons(here: Here) -> tuple[Button, ...]:
    """The numbers; and the country, as long as it is not known whose."""
    known = here.seat.settings.country in here.knowledge.countries
    return (button("button.numbers", "emergency"), *(() if known else (button("button.country", "country"),)))


def alarm_pressed(state: Alarmed, event: Pressed, here: Here) -> Step[Alarmed | Next | AskComplaint | ProfileShown]:
    """Yes and not sure confirm; no asks a second, different question; a second no closes."""
    action = event.action.partition(":")[0]
    if action in {"yes", "unsure"}:
        return Step(replace(state, stage="confirmed"))
    if action == "no" and state.stage == "acted":
        return Step(replace(state, stage="again"))
    if action == "no" and state.stage == "again":
        return _closed(state, here)
    if action == "checked" and state.stage == "confirmed":
        return Step(replace(state, stage="again"))
    return Step(state)


def _closed(state: Alarmed, here: Here) -> Step[Next | Alarmed | Crisis | AskComplaint | ProfileShown]:
    memory = here.seat.alarm
    if memory is not None and memory.alarm == state.alarm:
        here = here.moved(replace(here.seat, alarm=replace(memory, closed=True)))
    said = note(line("alarm.closed", closed=Ref("alarm", state.alarm, "closed"), number=emergency_number(here)))
    following = next_waiting(state, state.before, here)
    if following is not None:
        return Step(following, (said, note(line("alarm.one_more"))), seat=here.seat)
    if state.before is not None and state.before.conditions:
        same = (r.id for r in holding(here.triage(state.before), here.knowledge) if r.alarm == state.alarm)
        return go_on(replace(state.before, ruled=(*state.before.ruled, *same)), here, said)
    return Step(AskComplaint(), (said,), seat=here.seat, forget_trail=True)


def alarm_said(state: Alarmed, event: Said, here: Here) -> Step[Alarmed | Next | AskComplaint | ProfileShown]:
    """Words during an alarm: yes, no, or something else, to which the alarm stands as it is."""
    answer = here.meaning(event.words).answer
    if answer in {"yes", "no", "none", "unsure"}:
        action = "no" if answer in {"no", "none"} else answer
        return alarm_pressed(state, Pressed(at=event.at, action=action or "unsure"), here)
    return Step(state, (note(line("alarm.first_this")),))


# ---------------------------------------------------------------- crisis


def show_crisis(state: Crisis, here: Here) -> tuple[Reply, ...]:
    """The fixed path: ask directly, safe right now?, numbers, not alone, distance from means, grounding."""
    number, alarm = emergency_number(here), state.alarm
    help_lines = numbers(("suicide",), here)
    lines = {
        "ask": _opening(alarm, here),
        "again": (line("crisis.rather_ask"), line("alarm.ask", question=Ref("alarm", alarm, "ask_again")), *help_lines),
        "unsafe": (line("crisis.unsafe", number=number), *help_lines, line("crisis.company"), line("crisis.means")),
        "safe": (line("crisis.safe"), *help_lines, line("crisis.company"), line("crisis.means")),
        "friend": (line("crisis.friend", number=number), *help_lines),
        "friend_again": (line("crisis.friend_ask", number=number), *help_lines),
        "grounding": (line("crisis.grounding"), *help_lines),
    }[state.step]
    return (replace(screen_reply(lines, _crisis_buttons(state)), lasts="alarm"),)


def _opening(alarm: str, here: Here) -> tuple[Line, ...]:
    """The order is fixed: when to call at once, the direct question, the numbers, then what to do until somebody is there."""
    number, steps = emergency_number(here), len(here.words.alarms[alarm].do)
    first, *rest = (Ref("alarm", alarm, f"do.{n}") for n in range(steps))
    return (
        line("alarm.plain", text=Ref("alarm", alarm, "title")), line("crisis.first", do=first, number=number),
        line("alarm.ask", question=Ref("alarm", alarm, "ask")), *numbers(("suicide",), here),
        line("alarm.do", do=tuple(rest), number=number), line("alarm.not_do", not_do=Ref("alarm", alarm, "not_do"), number=number),
    )


def _crisis_buttons(state: Crisis) -> Rows:
    if state.step == "again":
        first: Rows = ((button("crisis.yes_thoughts", "unsafe"), button("crisis.no_thoughts", "close")),)
    elif state.step == "friend_again":
        first = column(button("crisis.friend_alone", "friend"), button("crisis.friend_cared_for", "close"))
    elif state.step == "ask":
        first = column(button("crisis.not_safe", "unsafe"), button("crisis.am_safe", "safe"), button("crisis.for_friend", "friend"),
                       button("crisis.misunderstood", "again"))
    else:
        leave = "friend_again" if state.step == "friend" else "again"
        first = column(button("crisis.not_safe", "unsafe"), button("crisis.show_grounding", "grounding"), button("crisis.leave", leave))
    return (*first, (button("button.country", "country"),))


def crisis_pressed(state: Crisis, event: Pressed, here: Here) -> Step[Crisis | Alarmed | AskComplaint]:
    """Only the second question, answered no, leads out; the memory stays open for next time."""
    step = event.action
    if step == "close" and state.step in {"again", "friend_again"}:
        said = note(line("alarm.closed", closed=Ref("alarm", state.alarm, "closed"), number=emergency_number(here)))
        following = next_waiting(state, state.before, here)
        if following is not None:
            return Step(following, (said, note(line("alarm.one_more"))))
        return Step(AskComplaint(), (said,), forget_trail=True)
    if step in STEPS:
        return Step(replace(state, step=STEPS[step]))
    return Step(state)


def crisis_said(state: Crisis, event: Said, here: Here) -> Step[Crisis]:
    """Words in a crisis: the path stays on the screen. A bare yes or no to "thinking of it? safe?" may mean either, so it is
    heard as not safe."""
    answer = here.meaning(event.words).answer
    if answer in {"yes", "no", "none", "unsure"} and state.step in UNSAFE_WHEN_VAGUE:
        return Step(replace(state, step=UNSAFE_WHEN_VAGUE[state.step]))
    return Step(state, (note(line("crisis.i_am_here")),))
