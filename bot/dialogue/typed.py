"""Words typed instead of a button of the present screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.dialogue.here import Here
from bot.dialogue.named import DENIALS, flag_named, label_named, trouble_named
from bot.dialogue.states import (
    Alarmed,
    AskCombination,
    AskComplaint,
    AskDoubt,
    AskFlags,
    AskMatters,
    AskNew,
    AskPregnancy,
    AskSeverity,
    AskUndo,
    AtPoint,
    Rate,
    Trouble,
)
from bot.dialogue.values import Pressed, Reply, Said
from bot.understanding.how_bad import how_bad
from bot.understanding.meaning import HeardFacts

PLAINLY = (AskPregnancy, AskMatters, AskFlags, AskDoubt, AskCombination, AskNew)
WAYS = ("back", "stop")
"""Words alone that are buttons where there are such."""
PLAIN = {
    "no": ("no", "pregnancy:not", "none", "done", "new:no"),
    "none": ("none", "done", "no", "new:no"),
    "yes": ("yes", "pregnancy:pregnant", "new:yes", "flag"),
    "unsure": ("unsure", "cannot_say", "pregnancy:maybe", "new:yes"),
}
"""Questions to which a plain or a vague answer is one, and the buttons that it means, whichever is there; a button may go on after
a colon. A vague answer never means "no"."""


def labels(replies: Sequence[Reply], here: Here) -> dict[str, str]:
    """What the buttons of these replies say, by their action; doors begin with "!"."""
    book = here.ctx.phrasebooks[here.seat.settings.language]
    buttons = [b for reply in replies for row in reply.buttons for b in row]
    return {("!" if b.door else "") + b.action: book.say(b.label) for b in buttons}


def exactly(event: Said, buttons: Mapping[str, str], here: Here) -> Pressed | None:
    """The button whose label was typed to the letter."""
    words = event.words.strip().casefold()
    action = next((action for action, label in buttons.items() if label.casefold() == words), None)
    return None if action is None or event.edited else _press(action, event, here)


def meant(event: Said, buttons: Mapping[str, str], here: Here) -> Pressed | None:
    """The button that the words mean: very like its label, or a plain answer to a question."""
    if isinstance(here.seat.state, AskComplaint) and here.heard is not None and here.heard.decision != "none":
        return None
    if here.heard is not None and here.heard.answer in WAYS and here.heard.answer in buttons:
        return _press(here.heard.answer, event, here)
    if isinstance(here.seat.state, AskSeverity | Rate):
        number = _number(event, here)
        if number:
            return _press(number, event, here)
    action = here.ctx.understanding[here.seat.settings.language].choice(event.words, buttons) if buttons else None
    if action is None and isinstance(here.seat.state, PLAINLY) and here.heard is not None:
        action = _plainly(here.heard.answer or "", buttons, here)
    if action is None and isinstance(here.seat.state, AskUndo) and here.heard is not None and here.heard.decision != "sure":
        action = label_named(event.words, {each: label for each, label in buttons.items() if each.startswith("undo:")}) or None
    if action is None and isinstance(here.seat.state, AskFlags | AskDoubt):
        action = _named(event, buttons, here)
    if action is None and isinstance(here.seat.state, AtPoint | Trouble | Alarmed):
        action = _stops(event, buttons, here)
    return None if action is None else _press(action, event, here)


def _stops(event: Said, buttons: Mapping[str, str], here: Here) -> str | None:
    """A trouble with pressing; while an alarm stands, that a doctor has looked, where there is a button for it."""
    if isinstance(here.seat.state, Alarmed):
        denied = here.meaning(event.words).concepts & DENIALS
        return "checked" if not denied and label_named(event.words, {"checked": buttons.get("checked", "")}) else None
    named = trouble_named(event.words, here)
    return named or (label_named(event.words, buttons) or None if isinstance(here.seat.state, Trouble) else None)


def _number(event: Said, here: Here) -> str:
    """The button for how bad it is; one that is on no screen for a number that is none of 0 to 10, or for who cannot say."""
    lexicon, kind = here.words.lexicon, "severity" if isinstance(here.seat.state, AskSeverity) else "rate"
    said = how_bad(event.words, lexicon) if lexicon is not None else None
    if said is not None:
        return f"{kind}:{'beyond' if said.number is None else said.number}{':word' if said.by == 'word' else ''}"
    return f"{kind}:rough" if here.meaning(event.words).answer == "unsure" else ""


def _plainly(answer: str, buttons: Mapping[str, str], here: Here) -> str | None:
    """The button of a plain or vague answer. Yes to a whole list of red flags does not say which."""
    answer = "unsure" if answer == "yes" and isinstance(here.seat.state, AskFlags) else answer
    meant = (action for one in PLAIN.get(answer, ()) for action in buttons if action == one or action.startswith(f"{one}:"))
    return next(meant, None)


def _named(event: Said, buttons: Mapping[str, str], here: Here) -> str | None:
    """The red flag that is named; said with other words, its own question comes first. What nobody understands is not a "no"
    either: which one is meant is asked."""
    state: AskFlags | AskDoubt = here.seat.state
    ref, surely = flag_named(event.words, state, here)
    heard = here.meaning(event.words)
    joins = heard.decision == "sure" and any(c not in state.case.conditions for c in heard.wanted)
    if (heard.question or heard.point or joins) and not surely:
        return None  # a question of theirs, or a further complaint
    if isinstance(state, AskDoubt) and state.flag:
        return (f"flag:{ref}" if surely else "unsure") if ref == state.flag else None
    if ref:
        return f"flag:{ref}" if surely and isinstance(state, AskFlags) else f"doubt:{ref}"
    return "unsure" if _unheard(event, here) and "unsure" in buttons else None


def _unheard(event: Said, here: Here) -> bool:
    """Words in which nothing at all was heard that another place answers."""
    heard = here.meaning(event.words)
    other = heard.topic not in {None, "gibberish"} or heard.point or heard.facts != HeardFacts() or heard.concepts & DENIALS
    return heard.decision != "sure" and not other


def _press(action: str, event: Said, here: Here) -> Pressed:
    turn = None if action.startswith("!") else here.seat.turn
    return Pressed(at=event.at, token=event.token, action=action.removeprefix("!"), turn=turn)
