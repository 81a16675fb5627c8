"""How bad it is, typed where a number is asked for: the number, a word that stands for one, or how it is by now."""

from __future__ import annotations

from collections.abc import Mapping

from bot.dialogue.here import Here
from bot.dialogue.states import AskSeverity, Rate
from bot.dialogue.values import Said
from bot.understanding.how_bad import HowBad, how_bad, worst_of
from bot.understanding.meaning import HeardFacts
from bot.understanding.turns import holds, words_of

ASKED = "?"
COUNTED = "unit-"
"""How the concepts begin of what is counted: days, weeks."""
ROUGH, FELT = frozenset({"unsure", "same", "changed", "worsens", "good", "newly", "meh", "asleep"}), frozenset({"unfelt", "tender", "over"})
FELT_NOW = {"changed": "better", "good": "better", "over": "better", "worsens": "worse", "newly": "worse"}
"""Short answers to how bad it is that give no number; and after a routine what is felt, or is not; `FELT_NOW`: what that says of the change."""


def number(event: Said, buttons: Mapping[str, str], here: Here) -> str | None:
    """The button for how bad it is; one that is on no screen for a number that is none of 0 to 10, or for who cannot say."""
    del buttons
    state = here.seat.state
    if not isinstance(state, AskSeverity | Rate):
        return None
    kind, answer, said = "severity" if isinstance(state, AskSeverity) else "rate", here.meaning(event.words).answer, _said(event, here)
    if kind == "rate" and said is not None and said.by == "word" and answer in {"yes", "agreed"}:
        return "rate:rough"  # "ok" after a routine is no number
    if said is not None:
        return f"{kind}:{'beyond' if said.number is None else said.number}{':word' if said.by == 'word' else ''}"
    if isinstance(state, Rate) and answer == "same" and state.case.severity is not None:
        return f"rate:{state.case.severity}:word"
    if kind == "rate":
        return _by_now(event, answer or "", here)
    return "severity:rough" if answer in ROUGH else ""


def _said(event: Said, here: Here) -> HowBad | None:
    """The number of the whole, or the worst of those of its parts."""
    lexicon = here.words.lexicon
    if lexicon is None:
        return None
    said = how_bad(event.words, lexicon)
    several = said is None and here.meaning(event.words).answer is None and _is_of_this(event, here)
    worst = worst_of(event.words, lexicon) if several else None
    return said if worst is None else worst._replace(by="word")


def _by_now(event: Said, answer: str, here: Here) -> str:
    """After a routine, without a number: better, worse, or neither can be said. Also in a sentence: "the neck is better but the heat is the
    same"."""
    if answer in FELT_NOW:
        return f"rate:{FELT_NOW[answer]}"
    if answer in ROUGH | FELT:
        return "rate:rough"
    lexicon = here.words.lexicon
    if lexicon is None or not _is_of_this(event, here):
        return ""
    words = words_of(event.words)
    return "rate:better" if holds(words, lexicon.beside.eased) else "rate:rough" if holds(words, lexicon.beside.unchanged) else ""


def _is_of_this(event: Said, here: Here) -> bool:
    """Whether the words name no other complaint, ask nothing and count nothing else: "neck 3, heat 5"."""
    heard, state = here.meaning(event.words), here.seat.state
    if ASKED in event.words or heard.question or heard.facts != HeardFacts() or not isinstance(state, AskSeverity | Rate):
        return False
    other = heard.decision == "sure" and any(c not in state.case.conditions for c in heard.wanted)
    return not other and not any(concept.startswith(COUNTED) for concept in heard.concepts)
