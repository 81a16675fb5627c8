"""`step`: one seat, one event, one answer. The order never changes: the safety gate, the doors, the table, "not here"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from bot.asked import Asked
from bot.catalog.model.lines import Line
from bot.dialogue import behind, gate, short, typed
from bot.dialogue.flows import (
    agenda,
    alarms,
    asides,
    asked,
    browse,
    complaint,
    country,
    doors,
    doubt,
    instead,
    invite,
    passing,
    player,
    private,
    reminder_words,
    taken_back,
    turns,
)
from bot.dialogue.here import Here, button, line, note
from bot.dialogue.planning import AskZone
from bot.dialogue.states import (
    Alarmed,
    Areas,
    AskComplaint,
    AtPoint,
    Case,
    Crisis,
    Gone,
    PointShown,
    SettingsShown,
    State,
    Welcome,
)
from bot.dialogue.table import HANDLERS, VIEWS
from bot.dialogue.values import (
    PLAYER_TIMER,
    Came,
    Commanded,
    Context,
    DropTimer,
    Due,
    Effect,
    Event,
    Failed,
    Left,
    Missed,
    Pressed,
    Rang,
    Reply,
    Rows,
    Said,
    Seat,
    Shared,
    Step,
)

MOST_BEHIND = 12
MOST_RECENTS = 5
BEFORE_CONSENT = (Welcome, Gone, Alarmed, Crisis)
NO_WAY_BACK = (Welcome, Gone, Alarmed, Crisis, AskComplaint)
"""Places that show no Back button: the beginning, the end, and alarms, which have their own ways out."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What a step gives: the seat afterwards, what to say, what to do."""

    seat: Seat
    replies: tuple[Reply, ...] = ()
    effects: tuple[Effect, ...] = ()


def step(seat: Seat, event: Event, ctx: Context) -> Moved:
    """The answer to an event. Pure: the same seat, event and context always give the same answer."""
    here = Here(private.forgotten(seat, event.at), event.at, ctx)
    if isinstance(event, Left | Came | Due | Missed | Failed):
        return _beside(event, here)
    if isinstance(event, Pressed):
        return _pressed(event, here)
    if isinstance(event, Commanded):
        return _commanded(event, here)
    if isinstance(event, Said):
        return _said(event, here)
    if isinstance(event, Rang):
        return _rang(event, here)
    return _finished(_shared(event, here), event, here)


# ---------------------------------------------------------------- words


def _said(event: Said, here: Here) -> Moved:
    labels = typed.labels(tuple(_as_shown(reply, here.seat) for reply in _view(here.seat.state, here)), here)
    exact = typed.exactly(event, labels, here)
    if exact is not None and not private.answered_by(event, here):  # our own words: what they mean is known, also where they sound like an alarm
        return _pressed(exact, here)
    here = replace(here, heard=asked.only_told(event, here))
    first = _alarming(event, here) or _before_the_place(event, here)
    if first is not None:
        return _finished(first, event, here)
    meant = typed.meant(event, labels, here)
    closed = behind.at_the_question(event, here) if meant is None else None
    if closed is not None:
        return _said(event, closed)
    if meant is None or passing.about_another(here.heard, doors.open_case(here), here):
        return _finished(_told(event, here), event, here)
    here, noted = passing.beside_answer(here.heard, doors.open_case(here), here)
    return _pressed(meant, here, noted)


def _alarming(event: Said, here: Here) -> Step[Any] | None:
    """Nothing but remarks to an alarm, or a new one."""
    alarm = gate.alarm_in(here.heard, here)
    return instead.said(event, here) or (alarms.rang(alarm, _case(here.seat.state), here) if alarm is not None else None)


def _before_the_place(event: Said, here: Here) -> Step[Any] | None:
    """What comes before the answer of the place: another alarm, words after those about abuse, an edited message, a reminder."""
    other = gate.less_urgent_in(here.heard, here)
    if other is not None:
        return alarms.also(here.seat.state, other, here)
    if private.stands(event, here):
        return _away_from_abuse(event, here) or doors.said_beside_abuse(event, here)
    way = reminder_words.said(event, here) or doors.said_way(event, here) or country.said(event, here) or invite.said_to_it(here) or _about_whom(event, here)
    if way is not None:
        return way
    if event.edited and not isinstance(here.seat.state, AskComplaint | Welcome):
        return _edited(event, here)
    return reminder_words.wanted(event, here)


def _about_whom(event: Said, here: Here) -> Step[Any] | None:
    """What is not told but asked or taken back, and whose turn it is."""
    open_ = doors.open_case(here)
    return asides.said(event, open_, here) or asked.said(event, open_, here) or taken_back.said(event, open_, here) or turns.said(event, open_, here)


def _away_from_abuse(event: Said, here: Here) -> Step[Any] | None:
    """What leads on where words about abuse rang by mistake: "stop", or a wish for a reminder."""
    stop = here.heard is not None and here.heard.answer == "stop"
    return doors.said_way(event, here) if stop else reminder_words.wanted(event, here)


def _edited(event: Said, here: Here) -> Step[Any]:
    """A message that was changed answers nothing; what it tells about the person is kept all the same."""
    if passing.kept_first(here.heard, doors.open_case(here), here)[1]:
        return complaint.said_meanwhile(_case(here.seat.state), event, here)
    return Step(here.seat.state, (note(line("edited.read")),), show=False)


def _told(event: Said, here: Here) -> Step[Any]:
    """Words that the place itself understands, or that are heard in passing."""
    if (here.heard is not None and here.heard.answer == "emergency") or doors.asks_numbers(event, here):
        return doors.said_emergency(Commanded(at=event.at, token=event.token, name="emergency"), here)
    handler = HANDLERS.get((type(here.seat.state), Said)) if not _means_else(event, here) else None
    if handler is None:
        return complaint.said_meanwhile(_case(here.seat.state), event, here)
    if not isinstance(here.seat.state, typed.WORDS_FIRST):
        answer: Step[Any] = handler(here.seat.state, event, here)
        return answer
    return passing.noted_first(lambda now: handler(now.seat.state, event, now), doors.open_case(here), here)


def _means_else(event: Said, here: Here) -> bool:
    """A complaint, where a time or a town was asked."""
    if not isinstance(here.seat.state, typed.WORDS_FIRST) or here.meaning(event.words).decision != "sure":
        return False
    town = isinstance(here.seat.state, AskZone) and here.ctx.places.named(event.words)
    return not town and here.times(event.words) == Asked() and here.day(event.words) is None


def _case(state: State) -> Case | None:
    case = getattr(state, "case", None) or getattr(state, "before", None)
    return case if isinstance(case, Case) else None


# ---------------------------------------------------------------- commands and buttons


def _commanded(event: Commanded, here: Here) -> Moved:
    here = replace(here, heard=here.meaning(event.rest) if event.rest else None)
    alarm = gate.alarm_in(here.heard, here)
    if alarm is not None:
        return _finished(alarms.rang(alarm, _case(here.seat.state), here), event, here)
    other = gate.less_urgent_in(here.heard, here)
    if other is not None:
        return _finished(alarms.also(here.seat.state, other, here), event, here)
    handler = doors.COMMANDS.get(event.name) or doors.UNLISTED.get(event.name)
    if handler is None:
        return _finished(Step(here.seat.state, (note(line("not_here.command")),)), event, here)
    return _finished(handler(event, here), event, here)


def _pressed(event: Pressed, here: Here, noted: tuple[Reply, ...] = ()) -> Moved:
    """A button's answer. `noted`: what was said back about the words that were typed instead of it."""
    seat = here.seat
    if event.turn is None:
        found = doors.opened(event, here)
        return _finished(found or Step(seat.state, (note(line("not_here.door")),)), event, here)
    if (event.turn, event.action) == seat.answered:
        return Moved(seat)
    if event.action == "emergency":  # the numbers, from a screen of any age
        return _finished(doors.said_emergency(event, here), event, here)
    if event.turn != seat.turn:
        still_rings = doubt.rings_at_any_age(event.action, _case(seat.state), here)
        return _finished(still_rings or Step(seat.state), Pressed(at=event.at, token=event.token, action=event.action), here)
    answer = _everywhere(event, here) or _by_table(event, here)
    return _finished(replace(answer, says=(*noted, *answer.says)), event, here)


def _everywhere(event: Pressed, here: Here) -> Step[Any] | None:
    """Buttons that mean the same in every place."""
    kind, _, topic = event.action.partition(":")
    state = here.seat.state
    if kind == "why" and f"why.{topic}" in here.words.texts:
        return Step(state, (note(line(f"why.{topic}")),))
    if kind == "back" and here.seat.trail:
        seat = replace(here.seat, trail=here.seat.trail[:-1])
        return Step(doors.as_known_now(here.seat.trail[-1], here), seat=seat)
    if kind in doors.PLACES and (kind == "country" or not isinstance(state, Alarmed | Crisis)):
        return Step(doors.place(kind, here))
    return None


def _by_table(event: Event, here: Here) -> Step[Any]:
    handler = HANDLERS.get((type(here.seat.state), type(event)))
    return handler(here.seat.state, event, here) if handler else Step(here.seat.state, (note(line("not_here.choose")),))


def _beside(event: Left | Came | Due | Missed | Failed, here: Here) -> Moved:
    """Nothing the person said or pressed: the place stays as it is."""
    if isinstance(event, Due | Missed):
        return _finished(invite.due(event, here) if isinstance(event, Due) else invite.missed(event, here), event, here)
    if isinstance(event, Failed):
        return _after_failure(event, here)
    return _planned_anew(here) if isinstance(event, Came) else Moved(here.seat)


def _after_failure(event: Failed, here: Here) -> Moved:
    """Reminders come again, and a pressing waits where it was. As little as possible is done here: what failed may fail again."""
    seat, effects = invite.unanswered(event.timers, here)
    if PLAYER_TIMER in event.timers and isinstance(seat.state, AtPoint):
        seat = replace(seat, state=player.at_rest(seat.state, here.at))
    return Moved(seat, (Reply((line("not_here.sorry"),)),), effects)


def _planned_anew(here: Here) -> Moved:
    """Every reminder: the person came back, or the rules of the time zones changed."""
    seat, effects = agenda.all_planned(here)
    return Moved(seat, (), effects)


def _rang(event: Rang, here: Here) -> Moved:
    if event.timer == agenda.ZONES:
        return _planned_anew(here)
    if not isinstance(here.seat.state, AtPoint):
        return Moved(here.seat)
    return _finished(_by_table(event, here), event, here)


def _shared(event: Event, here: Here) -> Step[Any]:
    """A picture, a voice message, a sticker: a fitting answer, and the present place again."""
    handler = HANDLERS.get((type(here.seat.state), Shared))
    if handler is not None:
        answer: Step[Any] = handler(here.seat.state, event, here)
        return answer
    kind = event.kind if isinstance(event, Shared) else "other"
    return Step(here.seat.state, (note(line(f"shared.{kind}")),))


# ---------------------------------------------------------------- showing the next place


def _view(state: State, here: Here) -> tuple[Reply, ...]:
    return VIEWS[type(state)](state, here)


def _finished(answer: Step[Any], event: Event, here: Here) -> Moved:
    """The seat moves to the answer's place, and that place shows itself."""
    seat = answer.seat if answer.seat is not None else here.seat
    state = answer.state if answer.state is not None else seat.state
    if seat.settings.consent is None and not isinstance(state, doors.OPEN_BEFORE_CONSENT) and not country.choosing(state):
        state = here.seat.state if isinstance(here.seat.state, Welcome | Gone) else Welcome()
    answer, state = gate.held(answer, state, event, here)
    answer = private.asked_after(answer, state, here)
    seat = answer.seat if answer.seat is not None else seat
    seat, effects = _arrived(seat, state, answer.effects, here)
    answered = seat.answered
    if isinstance(event, Pressed) and event.turn and not private.is_mark(event.turn):
        answered = (event.turn, event.action)
    seat = replace(
        seat, state=state, trail=_trail(answer, event, here, state), recents=_recents(seat, state),
        turn=event.token if answer.show else seat.turn,
        answered=answered,
    )
    if not answer.show:
        return Moved(seat, answer.says, effects)
    shown = tuple(_with_back(reply, seat) for reply in _view(state, here.moved(seat)))
    if isinstance(event, Said) and answer.says and short.stands(state, here.moved(seat), here):
        shown = tuple(map(short.form, shown))
    replies = _joined(answer.says, shown, edit=isinstance(event, Pressed))
    return Moved(seat, replies, effects)


def _arrived(seat: Seat, state: State, effects: tuple[Effect, ...], here: Here) -> tuple[Seat, tuple[Effect, ...]]:
    """However an alarm was reached, it is remembered; the player's timer never outlives the player."""
    standing = gate.standing(here.seat)
    if isinstance(state, gate.HOLDING) and (standing is None or standing.alarm != state.alarm):
        seat = replace(seat, alarm=gate.remembered(state.alarm, seat, here))
    if standing is not None or isinstance(state, gate.HOLDING):
        seat = private.waiting(seat, here)
    if isinstance(state, PointShown) and not _for_guest(state.case) and browse.refused(state, here.moved(seat)):
        seat = replace(seat, refused=here.at)
    if isinstance(here.seat.state, AtPoint) and not isinstance(state, AtPoint) and DropTimer(PLAYER_TIMER) not in effects:
        effects = (*effects, DropTimer(PLAYER_TIMER))
    return seat, effects


def _for_guest(case: Case | None) -> bool:
    """Whether somebody else is pressed: what is kept from them says nothing of the writer."""
    return case is not None and case.guest is not None


def _trail(answer: Step[Any], event: Event, here: Here, state: State) -> tuple[State, ...]:
    """The places behind: the one just left is added, unless it is the same, or the step says the way back is closed."""
    before, left = (answer.seat or here.seat).trail, here.seat.state
    out_of_alarm = isinstance(left, gate.HOLDING) and not isinstance(state, gate.BESIDE_ALARMS)
    if answer.forget_trail or out_of_alarm or isinstance(state, (*gate.HOLDING, AskComplaint)):
        return ()
    going_back = isinstance(event, Pressed) and event.action == "back"
    chosen = isinstance(left, AskZone) and isinstance(state, SettingsShown)
    if going_back or chosen or type(state) is type(left) or (isinstance(left, Welcome | Gone) and not country.choosing(state)):
        return before
    return (*before, player.at_rest(left, here.at) if isinstance(left, AtPoint) else left)[-MOST_BEHIND:]


def _recents(seat: Seat, state: State) -> tuple[str, ...]:
    """The complaints of late, newest first."""
    case = _case(state)
    first = case.conditions[:1] if case is not None else ()
    return tuple(dict.fromkeys((*first, *seat.recents)))[:MOST_RECENTS]


def _with_back(reply: Reply, seat: Seat) -> Reply:
    """Every screen but a few has a way back."""
    if not seat.trail or not reply.buttons or isinstance(seat.state, (*NO_WAY_BACK, AtPoint)):
        return reply
    change = (button("button.change", "change"),) if _case(seat.state) is not None and not _changes(reply) else ()
    rows: Rows = (*reply.buttons, (button("button.back", "back"), *change))
    return replace(reply, buttons=rows)


def _as_shown(reply: Reply, seat: Seat) -> Reply:
    """With the way back, whose word is a part of the body where complaints are told."""
    return reply if isinstance(seat.state, Areas) else _with_back(reply, seat)


def _changes(reply: Reply) -> bool:
    return any(each.action == "change" for row in reply.buttons for each in row)


def _joined(says: tuple[Reply, ...], shown: tuple[Reply, ...], *, edit: bool) -> tuple[Reply, ...]:
    """Notes stand in one message with the screen that follows; a button's answer replaces the screen it was on."""
    notes = [reply for reply in says if not reply.buttons and reply.picture is None]
    if not shown or len(notes) != len(says) or shown[0].slot == "player":
        return (*says, *(replace(r, edit=edit and not says) for r in shown))
    lines: tuple[Line, ...] = tuple(ln for reply in notes for ln in reply.lines)
    first = replace(shown[0], lines=(*lines, *shown[0].lines), edit=edit)
    return (first, *(replace(r, edit=edit) for r in shown[1:]))
