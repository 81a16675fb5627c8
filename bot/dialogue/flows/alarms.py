"""An alarm holds the conversation: what to do now, then one question, then another. Never a point.

One denial never closes an alarm; a second one, to a different question, may, unless the words themselves named the sign. The path for suicide and self-harm is
fixed, and "you misunderstood me" does not close it. Abuse leaves no state and no memory: only doors.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal, TypeAlias

from bot.catalog.model import Combination
from bot.catalog.model.lines import Line, Ref
from bot.dialogue.flows import loss
from bot.dialogue.flows.beside import beside_alarm, joined, kept_by, of_somebody_else, only_facts, worth_keeping
from bot.dialogue.flows.complaint import MOST_CONDITIONS, perhaps, surely, taken_in
from bot.dialogue.flows.numbers import alarm_words, emergency_number, for_crisis, words_to_do
from bot.dialogue.flows.private import may_read, show_private, token
from bot.dialogue.flows.questions import Next, go_on, ruled
from bot.dialogue.flows.remarks import answer_to
from bot.dialogue.flows.waiting import next_waiting, with_waiting
from bot.dialogue.gate import most_urgent, standing
from bot.dialogue.here import Here, button, column, line, note, screen_reply
from bot.dialogue.states import Alarmed, AskComplaint, Case, Confirm, Crisis, ProfileShown, Welcome
from bot.dialogue.values import PLAYER_TIMER, Button, DropTimer, Pressed, Reply, Rows, Said, Seat, Step
from bot.safety.triage import holding, undeniable
from bot.understanding.meaning import HeardAlarm, Meaning

UNSAFE_WHEN_VAGUE: Mapping[str, Literal["unsafe", "friend"]] = {"ask": "unsafe", "again": "unsafe", "friend_again": "friend"}
"""Where a typed answer leads that is no button's label; yes to "safe right now?" says so."""
Ringing: TypeAlias = Alarmed | Crisis | AskComplaint
Closed: TypeAlias = Next | Confirm | Welcome | ProfileShown
"""Where it goes on from an alarm that is closed: another alarm, or what was going on."""
STEPS: Mapping[str, Literal["unsafe", "safe", "friend", "friend_again", "grounding", "again"]] = {
    "unsafe": "unsafe", "safe": "safe", "friend": "friend", "friend_again": "friend_again", "grounding": "grounding", "again": "again",
}


def rang(heard: HeardAlarm, case: Case | None, here: Here) -> Step[Ringing | None]:
    """An alarm was heard: everything else stops. `case` is what was going on, for the way back when it is closed."""
    alarm = heard.id
    facts = here.knowledge.alarms[alarm]
    quiet = (DropTimer(PLAYER_TIMER),)
    if facts.private and standing(here.seat) is not None:
        return Step(None, private_beside(here), quiet, show=False)
    if facts.private:
        seat = replace(here.seat, turn=token(here, read=may_read(here)))
        says = show_private("numbers" if may_read(here) else "first", here)
        return Step(AskComplaint(), says, quiet, seat=seat, show=False, forget_trail=True)
    beside, others = (*private_beside(here), *loss.kindly(here.heard)), here.heard.alarms if here.heard is not None else ()
    said = _said_beside(here)
    said = replace(said, concepts=said.concepts | frozenset(facts.tells)) if said is not None else None
    if facts.crisis:
        body = _body_in_danger(others, here)
        return Step(with_waiting(Crisis(alarm, before=case, heard=said), others, here), (*beside, *body), quiet)
    known, told = as_told(case, said, here)
    worse, before = _worse(heard, told, known), _kept(case, told, here)
    state = Alarmed(worse, "confirmed", before) if worse else Alarmed(alarm, before=before, sure=heard.sure, level=heard.level)
    return Step(with_waiting(replace(state, heard=said), others, here), beside, quiet, seat=_seat_after(known, here))


def _body_in_danger(heard: tuple[HeardAlarm, ...], here: Here) -> tuple[Reply, ...]:
    """What to do at once about a danger to the body that surely rang together with a crisis, as tablets that were swallowed: the
    questions about it wait, this does not."""
    known = here.knowledge.alarms
    bodily = [a for a in heard if a.sure and a.id in known and not (known[a.id].crisis or known[a.id].private)]
    urgent = [a for a in bodily if (a.level or known[a.id].level) == "emergency"]
    return (note(*words_to_do(most_urgent(urgent, known).id, here)),) if urgent else ()


def private_beside(here: Here) -> tuple[Reply, ...]:
    """Words of abuse together with another danger: a message of its own, which takes the place of nothing."""
    heard = here.heard.alarms if here.heard is not None else ()
    abuse = any(here.knowledge.alarms[a.id].private for a in heard if a.id in here.knowledge.alarms)
    return tuple(replace(reply, slot="", edit=False) for reply in show_private("first", here)) if abuse else ()


def _said_beside(here: Here) -> Meaning | None:
    """What these words and those before them mean beside the alarm. On the path of a crisis nothing is looked through for complaints."""
    before = kept_by(here.seat.state)
    if here.heard is None:
        return before
    now = beside_alarm(here.heard)
    return joined(before, only_facts(now) if isinstance(here.seat.state, Crisis) else now)


def as_told(case: Case | None, said: Meaning | None, here: Here) -> tuple[Here, Case]:
    """The case and the person with all that was said beside the alarm: nothing of it is asked again. Before consent this is
    only looked at."""
    if said is None:
        return here, case or Case(())
    seat, told, _ = taken_in(said, case or Case(()), here)
    new = tuple(c for c in surely(said, here) if c not in told.conditions)
    if new:
        told = replace(told, conditions=(*told.conditions, *new)[:MOST_CONDITIONS], flags="unasked")
    return here.moved(seat), told


def _seat_after(known: Here, here: Here) -> Seat:
    """The seat with the facts told, once there is consent to keep them."""
    return known.seat if here.seat.settings.consent is not None else here.seat


def _kept(case: Case | None, told: Case, here: Here) -> Case | None:
    """The case for the way back, when there is one."""
    if here.seat.settings.consent is None:
        return case
    return told if told.conditions or told.guest is not None or told.ruled else None


def _so_far(state: Alarmed, told: Case, here: Here) -> Case:
    """The case to go on with, in which the rule that let no denial close the alarm counts as asked. What was told counts once there is
    consent."""
    case = told if here.seat.settings.consent is not None else state.before or Case(())
    return replace(case, ruled=(*told.ruled, *((state.because,) if state.because else ())))


def _worse(heard: HeardAlarm, case: Case, here: Here) -> str:
    """Words that only need advice the same day may, for this person, be an emergency: fever with weak immunity."""
    if not case.conditions and here.heard is not None:
        case = replace(case, conditions=perhaps(here.heard, here))
    if (heard.level or here.knowledge.alarms[heard.id].level) == "emergency":
        return ""
    rules = (r for r in holding(here.triage(case), here.knowledge) if r.level == "emergency" and not r.ask)
    return next((rule.alarm for rule in rules if rule.alarm), "")


def also(state: Alarmed | Crisis, heard: HeardAlarm, here: Here) -> Step[Alarmed | Crisis]:
    """A less urgent alarm while one stands: what to do about it is said now, and it waits to be asked about. Nothing gets
    easier to leave."""
    if here.knowledge.alarms[heard.id].private:
        return Step(state, private_beside(here), show=False)
    helpers = for_crisis(here, _age_said(_said_beside(here))) if here.knowledge.alarms[heard.id].crisis else ()
    said = (*private_beside(here), note(*words_to_do(heard.id, here, level=heard.level), *helpers))
    state = replace(state, step="unsafe") if isinstance(state, Crisis) else state
    others = here.heard.alarms if here.heard is not None else ()
    kept, seat = _with_facts(with_waiting(state, (*others, replace(heard, sure=True)), here), here)
    return Step(kept, said, seat=seat)


def _with_facts(state: Alarmed | Crisis, here: Here) -> tuple[Alarmed | Crisis, Seat]:
    """The alarm and the seat with what these words say beside it."""
    said = _said_beside(here)
    if isinstance(state, Crisis):
        return replace(state, heard=said), here.seat
    known, told = as_told(state.before, said, here)
    return replace(state, before=_kept(state.before, told, here), heard=said), _seat_after(known, here)


# ---------------------------------------------------------------- alarms


def show_alarm(state: Alarmed, here: Here) -> tuple[Reply, ...]:
    """What to do; then the question that stands."""
    page = {"confirmed": _so_it_is, "denied": _denied_twice}.get(state.stage, _asked)
    return (replace(page(state, here), lasts="alarm"),)


def _so_it_is(state: Alarmed, here: Here) -> Reply:
    stands = (line("alarm.stands", advice=Ref("combination", state.because, "advice")),) if state.because else ()
    acts = words_to_do(state.alarm, here, level=state.level)
    lines = (_title(state, _level(state, here), here), *stands, *acts, line(f"level.{_level(state, here)}_worse"), line("alarm.no_points"))
    return screen_reply(lines, (_help_buttons(here), (button("alarm.checked", "checked"),)))


def _denied_twice(state: Alarmed, here: Here) -> Reply:
    """The page that stands until a doctor has looked."""
    denied = line(f"alarm.denied_{_level(state, here)}", number=emergency_number(here))
    lines = (_title(state, "same_day", here), denied, line("level.same_day"), line("alarm.no_points"))
    return screen_reply(lines, ((button("alarm.checked", "checked"),), _help_buttons(here)))


def _asked(state: Alarmed, here: Here) -> Reply:
    again, level = state.stage == "again", _level(state, here)
    if_so = line(f"alarm.if_so_{level}", number=emergency_number(here))
    question = line("alarm.ask", question=alarm_words(state.alarm, "ask_again" if again else "ask", here.words, state.level))
    acts = words_to_do(state.alarm, here, level=state.level)
    first = here.knowledge.alarms[state.alarm].action_first or state.sure
    lines = (_title(state, level, here), *acts, question) if first else (line("alarm.asking"), question, *acts[:1])
    if again:
        lines = (line("alarm.once_more"), question, if_so)
    elif state.brief:
        lines = (question, if_so)
    yes, no = button("button.yes", f"yes:{state.alarm}"), button("button.no", "no")
    return screen_reply(lines, ((yes, no, button("button.not_sure", "unsure")), _help_buttons(here)))


def _level(state: Alarmed, here: Here) -> str:
    return (state.level or here.knowledge.alarms[state.alarm].level).replace("-", "_")


def _title(state: Alarmed, level: str, here: Here) -> Line:
    return line(f"alarm.title_{level}", title=alarm_words(state.alarm, "title", here.words, state.level))


def _help_buttons(here: Here) -> tuple[Button, ...]:
    """The numbers; and the country, as long as it is not known whose."""
    known = here.seat.settings.country in here.knowledge.countries
    return (button("button.numbers", "emergency"), *(() if known else (button("button.country", "country"),)))


def alarm_pressed(state: Alarmed, event: Pressed, here: Here) -> Step[Alarmed | Closed]:
    """Yes and not sure confirm; no asks a second, different question; a second no closes, or leads to the page that stands until
    a doctor has looked."""
    action = event.action.partition(":")[0]
    if action in {"yes", "unsure"}:
        return Step(replace(state, stage="confirmed"))
    if action == "no" and state.stage == "acted":
        return Step(replace(state, stage="again"))
    if action == "no" and state.stage == "again":
        return _closed(state, here)
    if action == "checked" and state.stage == "confirmed":
        return Step(replace(state, stage="again", may_close=True))
    if action == "checked" and state.stage == "denied":
        return _closed(replace(state, may_close=True), here)
    return Step(replace(state, brief=False))


def _closed(state: Alarmed, here: Here) -> Step[Closed]:
    """Denied twice: it is closed, unless something known of the person or the words themselves let no denial do that."""
    known, told = as_told(state.before, state.heard, here)
    case, rule = _so_far(state, told, here), _against(state, told, known)
    if rule is not None:
        level: Literal["", "same-day"] = "same-day" if rule.level == "same-day" else ""
        case = replace(case, ruled=(*case.ruled, rule.id))
        return Step(replace(state, alarm=rule.alarm, stage="confirmed", before=case, level=level, because=rule.id))
    if state.sure and state.heard is not None and not state.may_close:
        return Step(replace(state, stage="denied"))
    here = here.moved(_seat_after(known, here))
    memory = here.seat.alarm
    if memory is not None and memory.alarm == state.alarm:
        here = here.moved(replace(here.seat, alarm=replace(memory, closed=True)))
    said = note(line("alarm.closed", closed=alarm_words(state.alarm, "closed", here.words, state.level), number=emergency_number(here)))
    same = tuple(r.id for r in holding(known.triage(told), here.knowledge) if r.alarm == state.alarm)
    case = replace(case, ruled=(*case.ruled, *same))
    following = next_waiting(state, case, here)
    if following is not None:
        return Step(following, (said, note(line("alarm.one_more"))), seat=here.seat)
    return _on_with(case, state.heard, said, here)


def _against(state: Alarmed, case: Case, here: Here) -> Combination | None:
    """The combination rule for which a denial is not enough: words and person alone make it urgent. Each has its say only
    once; after that a doctor may have looked."""
    rang = state.alarm if state.heard is not None else ""
    rules = undeniable(here.triage(case), rang, here.knowledge, sure=state.sure)
    return next((rule for rule in rules if rule.alarm and rule.id not in (*case.ruled, state.because)), None)


def _on_with(case: Case, heard: Meaning | None, said: Reply, here: Here) -> Step[Closed]:
    """Back to what was going on or was told beside the alarm; before consent that comes first. What is urgent without an alarm of
    its own is said at once."""
    if here.seat.settings.consent is None:
        return Step(Welcome(worth_keeping(heard), case), (said,), seat=here.seat, forget_trail=True)
    rule = next((r for r in undeniable(here.triage(case), "", here.knowledge, sure=False) if r.id not in case.ruled), None)
    if rule is not None:
        return Step(ruled(rule, case, here, certain=True), (said,), seat=here.seat, forget_trail=True)
    if case.conditions:
        return go_on(case, here, said)
    if loss.heard_in(case):
        return Step(AskComplaint(case), (said,), seat=here.seat, forget_trail=True)
    if heard is not None and perhaps(heard, here):
        return Step(Confirm(perhaps(heard, here), case), (said,), seat=here.seat, forget_trail=True)
    return Step(AskComplaint(case if case.guest is not None else None), (said,), seat=here.seat, forget_trail=True)


def alarm_said(state: Alarmed, event: Said, here: Here) -> Step[Alarmed | Closed]:
    """Words during an alarm: yes, no, or something else, to which the alarm stands as it is."""
    answer = here.meaning(event.words).answer
    if answer in {"yes", "no", "none", "unsure"}:
        action = "no" if answer in {"no", "none"} else answer
        return alarm_pressed(state, Pressed(at=event.at, action=action or "unsure"), here)
    return _told_meanwhile(state, event, here)


def _told_meanwhile(state: Alarmed, event: Said, here: Here) -> Step[Alarmed | Crisis]:
    """No answer, but perhaps a fact: it is kept, and the question stands. Words that ring the same alarm again say that it is so."""
    said = _said_beside(here)
    noted = taken_in(said, state.before or Case(()), here)[2] if said is not None and here.seat.settings.consent is not None else ()
    kept, seat = _with_facts(state, here)
    again = here.heard.alarms if here.heard is not None else ()
    if isinstance(kept, Alarmed) and any(alarm.id == state.alarm and alarm.sure for alarm in again):
        return Step(replace(kept, stage="confirmed"), noted, seat=seat)
    return Step(replace(kept, brief=True), (*noted, answer_to(event, state, here)), seat=seat)


# ---------------------------------------------------------------- crisis


def show_crisis(state: Crisis, here: Here) -> tuple[Reply, ...]:
    """The fixed path: ask directly, safe right now?, numbers, not alone, distance from means, grounding."""
    number, alarm = emergency_number(here), state.alarm
    help_lines = for_crisis(here, _age_said(state.heard))
    lines = {
        "ask": (_asks(alarm), *help_lines) if state.brief else _opening(alarm, help_lines, here),
        "again": (line("crisis.rather_ask"), line("alarm.ask", question=Ref("alarm", alarm, "ask_again")), *help_lines),
        "unsafe": (line("crisis.unsafe", number=number), *help_lines, line("crisis.company"), line("crisis.means")),
        "safe": (line("crisis.safe"), *help_lines, line("crisis.company"), line("crisis.means")),
        "friend": (line("crisis.friend", number=number), *help_lines),
        "friend_again": (line("crisis.friend_ask", number=number), *help_lines),
        "grounding": (line("crisis.grounding"), *help_lines),
    }[state.step]
    return (replace(screen_reply(lines, _crisis_buttons(state)), lasts="alarm"),)


def _age_said(heard: Meaning | None) -> int | None:
    """The age said in these words, whoever else is named in them: a line for young people too many does no harm."""
    return heard.facts.age if heard is not None else None


def _opening(alarm: str, help_lines: tuple[Line, ...], here: Here) -> tuple[Line, ...]:
    """The order is fixed: when to call at once, the direct question, the numbers, then what to do until somebody is there."""
    number, steps = emergency_number(here), len(here.words.alarms[alarm].do)
    first, *rest = (Ref("alarm", alarm, f"do.{n}") for n in range(steps))
    return (
        line("alarm.plain", text=Ref("alarm", alarm, "title")), line("crisis.first", do=first, number=number),
        _asks(alarm), *help_lines,
        line("alarm.do", do=tuple(rest), number=number), line("alarm.not_do", not_do=Ref("alarm", alarm, "not_do"), number=number),
    )


def _asks(alarm: str) -> Line:
    return line("alarm.ask", question=Ref("alarm", alarm, "ask"))


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
        safe = (button("crisis.am_safe", "safe"), button("crisis.for_friend", "friend")) if state.step == "unsafe" else ()
        first = column(button("crisis.not_safe", "unsafe"), *safe, button("crisis.show_grounding", "grounding"), button("crisis.leave", leave))
    return (*first, (button("button.country", "country"),))


def crisis_pressed(state: Crisis, event: Pressed, here: Here) -> Step[Crisis | Closed]:
    """Only the second question, answered no, leads out; the memory stays open for next time."""
    step = event.action
    if step == "close" and state.step in {"again", "friend_again"}:
        return _crisis_closed(state, here)
    if step in STEPS:
        return Step(replace(state, step=STEPS[step], brief=False))
    return Step(replace(state, brief=False))


def _crisis_closed(state: Crisis, here: Here) -> Step[Closed]:
    """On to the next alarm, or to what was going on. What was said on a path for a friend is the friend's."""
    said = note(line("alarm.closed", closed=Ref("alarm", state.alarm, "closed"), number=emergency_number(here)))
    if state.step == "friend_again":
        state = replace(state, heard=of_somebody_else(state.heard))
    known, told = as_told(None if state.step == "friend_again" else state.before, state.heard, here)
    seat = _seat_after(known, here)
    following = next_waiting(state, _kept(state.before, told, here), here)
    if following is not None:
        return Step(following, (said, note(line("alarm.one_more"))), seat=seat)
    return _after_crisis(state, told, said, here.moved(seat))


def _after_crisis(state: Crisis, told: Case, said: Reply, here: Here) -> Step[Closed]:
    """On with what was going on or was surely told, when there were no such thoughts; after a path for a friend nothing goes on
    by itself."""
    own = state.step == "again"
    if here.seat.settings.consent is None:
        return Step(Welcome(worth_keeping(state.heard) if own else None, state.before), (said,), forget_trail=True)
    if own and told.conditions:
        return go_on(told, here, said)
    return Step(AskComplaint(), (said,), seat=here.seat, forget_trail=True)


def crisis_said(state: Crisis, event: Said, here: Here) -> Step[Crisis]:
    """Words in a crisis: the path stays on the screen, and nothing typed leads out of it. About a friend the path is the friend's.
    What they tell of the person is kept."""
    answer, told = here.meaning(event.words).answer, replace(state, heard=_said_beside(here))
    if answer in {"yes", "no", "none", "unsure"} and state.step in UNSAFE_WHEN_VAGUE:
        step = "safe" if answer == "yes" and state.step == "ask" else UNSAFE_WHEN_VAGUE[state.step]
        other = told.heard is not None and told.heard.facts.for_other is True
        return Step(replace(told, step="friend" if other else step))
    return Step(replace(told, brief=True), (answer_to(event, state, here),))
