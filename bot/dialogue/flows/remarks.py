"""What is said to an alarm or a crisis instead of an answer: one fitting sentence, and the page stays with its buttons."""

from __future__ import annotations

from bot.catalog.model.lexicon import Remarked
from bot.catalog.model.lines import Line
from bot.dialogue.flows.no_answer import NO_FACT
from bot.dialogue.flows.numbers import emergency_number, to_write_to
from bot.dialogue.here import Here, line, note
from bot.dialogue.states import Alarmed, Crisis
from bot.dialogue.values import Reply, Said
from bot.understanding.remarks import remarks_in

NOT_SAFE: Remarked = "not_safe"
"""No remark like the others: it has a page, not a sentence."""


def remarks(event: Said, here: Here) -> tuple[tuple[Remarked, ...], bool]:
    """The kinds of remarks in these words, and whether nothing else is said."""
    lexicon = here.words.lexicon
    return remarks_in(event.words, lexicon) if lexicon is not None else ((), False)


def answer_to(event: Said, state: Alarmed | Crisis, here: Here) -> Reply:
    """What is said about words that are no answer: to the first remark in them, or that they were read."""
    kinds = tuple(kind for kind in remarks(event, here)[0] if kind != NOT_SAFE)
    if kinds:
        return note(*sentence(kinds[0], state, here))
    helped = here.meaning(event.words).answer == "helped"
    if isinstance(state, Crisis):
        return note(line("crisis.help_comes" if helped else "crisis.i_am_here"))
    asked = state.stage in {"acted", "again"} and here.meaning(event.words).answer in NO_FACT
    return note(line("alarm.help_comes" if helped else "not_here.which_answer" if asked else "alarm.first_this"))


def sentence(kind: Remarked, state: Alarmed | Crisis, here: Here) -> tuple[Line, ...]:
    """The sentence for a remark; for who cannot call, lines of the country that can be written to."""
    if isinstance(state, Alarmed):
        return (line(f"alarm.said_{kind}", number=emergency_number(here)),)
    first = line(f"crisis.said_{kind}")
    return (first, *to_write_to(here)) if kind == "cannot_call" else (first,)
