"""Words typed instead of a button of the present screen."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from bot.dialogue.flows.journal import is_favourite
from bot.dialogue.flows.remarks import remarks
from bot.dialogue.flows.undo import KEEP, UNDO
from bot.dialogue.here import Here
from bot.dialogue.how_bad_now import number
from bot.dialogue.named import DENIALS, flag_named, label_named, says_any
from bot.dialogue.nth import nth
from bot.dialogue.planning import AskDays, AskUntil, AskWhen, AskZone
from bot.dialogue.states import (
    Alarmed,
    Answered,
    AskCombination,
    AskComplaint,
    AskDoubt,
    AskFlags,
    AskMatters,
    AskNew,
    AskPregnancy,
    AskUndo,
    AtPoint,
    Confirm,
    ConfirmForget,
    Crisis,
    GetReady,
    PlanShown,
    PointShown,
    Rate,
    Rated,
    Trouble,
    Welcome,
)
from bot.dialogue.values import Pressed, Reply, Said
from bot.understanding.meaning import HeardFacts

PLAINLY = (AskPregnancy, AskMatters, AskFlags, AskDoubt, AskCombination, AskNew, ConfirmForget)
WORDS_FIRST = (AskWhen, AskDays, AskUntil, AskZone)
"""Words typed here are times, days and towns before they are anything else but a way back."""
WAYS = ("back", "stop", "change")
"""Words alone that are buttons where there are such."""
PRESSING = {
    "go": ("resume", "go", "start"), "next": ("skip", "go", "start"), "again": ("repeat", "again"), "yes": ("resume", "go", "start"), "agreed": ("resume", "go", "start"),
    "wait": ("pause",), "found": ("resume",), "skip": ("skip",), "did": ("skip", "go"),
    "restart": ("repeat", "again"), "lost": ("cue",), "swap": ("swap",), "longer": ("longer", "variant:standard"),
    "shorter": ("variant:quick",), "softer": ("variant:gentle",), "one_hand": ("variant:one-hand",), "at_desk": ("variant:desk",),
    "in_bed": ("variant:bed",), "with_partner": ("variant:partner",), "on_ear": ("variant:ear",), "keep": ("keep",), "pictures": ("pictures",), "more": ("more",),
}
"""The same from the plan to the rating: the buttons that lead on, whichever is there."""
PLAIN = {
    "no": ("no", "pregnancy:not", "none", "done", "new:no", "group:"),
    "none": ("none", "done", "no", "new:no", "pregnancy:not", "group:"),
    "unlisted": ("none", "done", "no", "new:no"),
    "yes": ("yes", "pregnancy:pregnant", "new:yes", "flag"),
    "agreed": (), "pick_last": (),
    "unsure": ("unsure", "cannot_say", "pregnancy:maybe", "new:yes"),
    "withheld": ("pregnancy:not-saying", "unsure", "cannot_say"),
    "no_pregnancy": ("pregnancy:not",),
    "trying": ("pregnancy:trying",),
    "newly": ("new:yes",),
    "not_new": ("new:no",),
    "skip": ("pregnancy:not-saying",),
}
"""Questions to which a plain or a vague answer is one, and the buttons that it means, whichever is there; a button may go on after
a colon. A vague answer never means "no"; words that only agree ("ok", "go on then") say nothing of a fact."""


ONWARD = frozenset({"agreed", "go", "next"})
"""Said to what is offered. To a question of fact they are no answer, not even a vague one."""
READ = frozenset({"go", "yes", "agreed", "found", "next", "did"})
"""Said to an answer or a card that was read."""
BOTH = 2
ASKED = "?"
HELPED = "helped:"
MARKS = re.compile(r"[,.;:!]+")
ENDS = frozenset({"nothing_else", "none_here", "did"})
"""Said to the checklist: nothing, or nothing beside what is ticked."""
WELL = frozenset({"healthy", "no", "none"})
"""What each part of an answer to the checklist says that ticks nothing: "no, I am healthy, no problems"."""


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
    if isinstance(here.seat.state, ConfirmForget) and ASKED in event.words:
        return None  # "yes?" deletes nothing
    ways = (_way, nth) if isinstance(here.seat.state, WORDS_FIRST) else MEANT
    action = next((action for way in ways if (action := way(event, buttons, here))), None)
    return None if action is None else _press(action, event, here)


def _way(event: Said, buttons: Mapping[str, str], here: Here) -> str | None:
    """Back or stop, as a word alone."""
    answer = here.meaning(event.words).answer
    return answer if answer in WAYS and answer in buttons else None


def _onward(event: Said, buttons: Mapping[str, str], here: Here) -> str | None:
    """Go on, next or again, from the plan to the rating. A yes to "something is wrong?" is not one."""
    if isinstance(here.seat.state, PointShown | Answered):
        return _on_from_what_was_read(buttons, here.meaning(event.words).answer, here)
    if not isinstance(here.seat.state, PlanShown | GetReady | AtPoint | Trouble | Rated):
        return None
    answer = here.meaning(event.words).answer or ""
    if answer in {"yes", "agreed"} and isinstance(here.seat.state, Trouble):
        return None
    if answer == "keep" and (not isinstance(here.seat.state, PlanShown | Rated) or is_favourite(here.seat.state.case, here)):
        return None  # the button would let it go
    if answer == "hurts":
        return "trouble:hurts" if isinstance(here.seat.state, AtPoint | Trouble) else None
    return next((each for each in PRESSING.get(answer, ()) if each in buttons), None)


def _helped(event: Said, buttons: Mapping[str, str], here: Here) -> str | None:
    """What helped, by its name or a word of one of the answers; who cannot say, says so."""
    asked = {action: label for action, label in buttons.items() if action.startswith(HELPED)}
    if not isinstance(here.seat.state, Rated) or not asked:
        return None
    meaning = here.meaning(event.words)
    if meaning.answer in {"unsure", "all"}:
        return f"{HELPED}unsure"
    if meaning.point is not None:
        return f"{HELPED}{meaning.point}" if f"{HELPED}{meaning.point}" in asked else None
    return label_named(event.words, asked) if meaning.decision != "sure" else None


def _on_from_what_was_read(buttons: Mapping[str, str], answer: str | None, here: Here) -> str | None:
    """On from an answer; and from a card that was asked for in a routine back into it."""
    if isinstance(here.seat.state, Answered):
        return next((each for each in ("on", "tell") if each in buttons), None) if answer in READ else None
    behind = here.seat.trail[-1] if here.seat.trail else None
    back = isinstance(behind, PlanShown | GetReady | AtPoint | Trouble | Rate) and "back" in buttons
    return "back" if back and answer in {*READ, "thanks"} else None


def _like(event: Said, buttons: Mapping[str, str], here: Here) -> str | None:
    """The button whose label is very like the words."""
    action = here.ctx.understanding[here.seat.settings.language].choice(event.words, buttons) if buttons else None
    other = action is not None and (_denied(action, event, here) or _elsewhere(action, event, here) or _not_safe(action, event, here))
    return None if other else action


def _not_safe(action: str, event: Said, here: Here) -> bool:
    """"I am not so safe right now" is very like "I am safe right now", and the opposite."""
    return isinstance(here.seat.state, Crisis) and action == "safe" and bool(here.meaning(event.words).concepts & DENIALS)


def _undone(event: Said, buttons: Mapping[str, str], here: Here) -> str | None:
    """Why something is taken back, told by a word of one of the answers; denied, the question stands as it was."""
    if not isinstance(here.seat.state, AskUndo) or here.meaning(event.words).decision == "sure":
        return None
    action = label_named(event.words, {each: label for each, label in buttons.items() if each.startswith(UNDO)})
    return UNDO if _denied(action, event, here) else action


def _denied(action: str, event: Said, here: Here) -> bool:
    """A "no" or "still" beside the word for it takes nothing back: "it is not over yet"."""
    takes_back = action.startswith(UNDO) and action != f"{UNDO}{KEEP}"
    return takes_back and (bool(here.meaning(event.words).concepts & DENIALS) or says_any(event.words, _lasting(here)))


def _checked(event: Said, buttons: Mapping[str, str], here: Here) -> str | None:
    """While an alarm stands: that a doctor has looked, where there is a button for it. A doctor who is only spoken of has not:
    "are you a doctor?", "I will ask my doctor"."""
    if not isinstance(here.seat.state, Alarmed) or "checked" not in buttons or ASKED in event.words:
        return None
    seen = "seen" in remarks(event, here)[0] and not here.meaning(event.words).concepts & DENIALS
    return "checked" if seen else None


def _trouble(event: Said, buttons: Mapping[str, str], here: Here) -> str | None:
    """What is wrong while pressing, by a word of one of the answers."""
    action = label_named(event.words, buttons) if isinstance(here.seat.state, Trouble) else ""
    return action if action and not _elsewhere(action, event, here) else None


def _elsewhere(action: str, event: Said, here: Here) -> bool:
    """Whether what hurts is surely another complaint than the one that is pressed for: the routine is not ended for that."""
    state, heard = here.seat.state, here.meaning(event.words)
    hurts = isinstance(state, Trouble) and action == "trouble:hurts" and heard.decision == "sure"
    return hurts and any(c not in state.case.conditions for c in heard.wanted)


def _lasting(here: Here) -> tuple[str, ...]:
    lexicon = here.words.lexicon
    return lexicon.facts.lasting if lexicon is not None else ()


def _without_it(event: Said, buttons: Mapping[str, str], here: Here) -> str | None:
    """On with the routine without a point that is left alone, where that is offered."""
    return "rate:on" if "rate:on" in buttons and here.meaning(event.words).answer in {*ONWARD, "yes"} else None


def _plainly(event: Said, buttons: Mapping[str, str], here: Here) -> str | None:
    """The button of a plain or vague answer. Yes to a whole list of red flags does not say which."""
    if not isinstance(here.seat.state, PLAINLY):
        return None
    said = here.meaning(event.words).answer or _in_pieces(event.words, here)
    if isinstance(here.seat.state, ConfirmForget) and said in {"refused", "agreed"}:
        return "no" if said == "refused" else "yes"
    if isinstance(here.seat.state, AskMatters) and "none" in buttons and (said == "healthy" or _all_well(event.words, here)):
        return "none"
    if isinstance(here.seat.state, AskMatters) and said in ENDS:
        said = "none"
    said = "newly" if said == "worsens" and isinstance(here.seat.state, AskNew) else said
    answer = "unsure" if said == "yes" and isinstance(here.seat.state, AskFlags) else said
    meant = (action for one in PLAIN.get(answer, ()) for action in buttons if action == one or (action.startswith(f"{one}:") and not one.endswith(":")))
    return next(meant, None)


def _in_pieces(words: str, here: Here) -> str:
    """"No nothing like that love": a no, or several, and nothing else."""
    if isinstance(here.seat.state, AskPregnancy | ConfirmForget):
        return ""
    said = here.ctx.understanding[here.seat.settings.language].answers_in(words, ("no", "none"))
    return "none" if "none" in said else "no" if said else ""


def _all_well(words: str, here: Here) -> bool:
    """Whether every part of these words says that nothing is wrong, and one of them that the person is healthy. Each is read by itself:
    a part that says anything else ticks something, or is asked about."""
    index = here.ctx.understanding[here.seat.settings.language]
    said = [index.meaning(part).answer for part in _parts(words, here)]
    return "healthy" in said and all(answer in WELL for answer in said)


def _parts(words: str, here: Here) -> list[str]:
    """What stands between marks, and between the words that begin something new ("and")."""
    begins = here.words.lexicon.writing.breaks if here.words.lexicon is not None else ()
    parts: list[str] = []
    for piece in MARKS.split(words):
        parts.append("")
        for word in piece.split():
            parts[-1:] = [parts[-1], ""] if word.casefold() in begins else [f"{parts[-1]} {word}".strip()]
    return [part for part in parts if part]


def _which(event: Said, buttons: Mapping[str, str], here: Here) -> str | None:
    """Which of the complaints was meant, by its number or place; all of them, or none, which is also said by who cannot say."""
    state = here.seat.state
    if not isinstance(state, Confirm):
        return None
    answer, said = here.meaning(event.words).answer or "", event.words.strip(" .!")
    meant = int(said) if said.isdecimal() and len(said) == 1 else 0
    if 0 < meant <= len(state.candidates):
        return f"mean:{state.candidates[meant - 1]}"
    several = "mean_all" in buttons and (answer == "all" or (answer == "both" and len(state.candidates) == BOTH))
    return "mean_all" if several else {"no": "neither", "none": "neither", "unlisted": "neither", "unsure": "neither"}.get(answer)


def _agreed(event: Said, buttons: Mapping[str, str], here: Here) -> str | None:
    """Consent by a plain yes, or none by a plain no: only where the question for it has been shown. A yes before any question agrees to
    nothing."""
    asked = isinstance(here.seat.state, Welcome) and bool(here.seat.turn) and "agree" in buttons
    answer = here.meaning(event.words).answer if asked else None
    return {"yes": "agree", "agreed": "agree", "no": "decline", "refused": "decline"}.get(answer or "")


def _why(event: Said, buttons: Mapping[str, str], here: Here) -> str | None:
    """The button that says why this is asked."""
    asked = here.meaning(event.words).answer == "why"
    return next((action for action in buttons if action.startswith("why:")), None) if asked else None


def _named(event: Said, buttons: Mapping[str, str], here: Here) -> str | None:
    """The red flag that is named; said with other words, its own question comes first. What nobody understands is not a "no"
    either: which one is meant is asked."""
    state = here.seat.state
    if not isinstance(state, AskFlags | AskDoubt):
        return None
    ref, surely = flag_named(event.words, state, here)
    heard = here.meaning(event.words)
    if heard.answer in ONWARD:
        return None
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


MEANT: tuple[Callable[[Said, Mapping[str, str], Here], str | None], ...] = (
    _way, _why, _without_it, number, _onward, nth, _which, _like, _helped, _agreed, _plainly, _undone, _named, _checked, _trouble,
)
"""The ways to mean a button, in order."""


def _press(action: str, event: Said, here: Here) -> Pressed:
    turn = None if action.startswith("!") else here.seat.turn
    return Pressed(at=event.at, token=event.token, action=action.removeprefix("!"), turn=turn)
