"""Words typed instead of a button of the present screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.dialogue.here import Here
from bot.dialogue.states import AskCombination, AskComplaint, AskFlags, AskMatters, AskPregnancy
from bot.dialogue.values import Pressed, Reply, Said

PLAINLY = (AskPregnancy, AskMatters, AskFlags, AskCombination)
PLAIN = {"no": ("no", "pregnancy:not", "none", "done"), "none": ("none", "done", "no"), "yes": ("yes",)}
"""Questions to which a plain yes or no is an answer, and the buttons that it means, whichever is there."""


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
    action = here.ctx.understanding[here.seat.settings.language].choice(event.words, buttons) if buttons else None
    if action is None and isinstance(here.seat.state, PLAINLY) and here.heard is not None:
        action = next((one for one in PLAIN.get(here.heard.answer or "", ()) if one in buttons), None)
    return None if action is None else _press(action, event, here)


def _press(action: str, event: Said, here: Here) -> Pressed:
    turn = None if action.startswith("!") else here.seat.turn
    return Pressed(at=event.at, token=event.token, action=action.removeprefix("!"), turn=turn)
