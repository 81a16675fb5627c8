"""Words that answer nothing where they are said: what is said to them."""

from __future__ import annotations

from bot.dialogue.here import Here, line, note
from bot.dialogue.named import says_any
from bot.dialogue.states import PlanShown, Rated
from bot.dialogue.values import Reply, Said

ASIDE = frozenset({"animal", "medication", "other-disease"})
"""Those whose sentence helps in the middle of something else, too."""
SAID = frozenset({"why", "thanks", "bye", "now"})
"""Short answers that have a sentence of their own in any place."""
NOT_NOW, DONE = frozenset({"no", "none", "later", "skip", "wait", "refused"}), frozenset({"did", "no", "none", "skip"})
"""Said to a routine that is shown; and after one, when nothing more is wanted."""


def no_answer(here: Here) -> Reply:
    """What is said to words that do not fit here: of a thing that has its own kind sentence that one, else where the ways on are."""
    answer = here.heard.answer if here.heard is not None else None
    topic = here.heard.topic if here.heard is not None and answer is None else None
    if answer in SAID:
        return note(line(f"not_here.{answer}"))
    if answer in NOT_NOW and isinstance(here.seat.state, PlanShown):
        return note(line("plan.waits"))
    if answer in DONE and isinstance(here.seat.state, Rated):
        return note(line("not_here.bye"))
    if topic == "smalltalk":
        return note(line("not_here.smalltalk"))
    return note(line(f"topic.{topic.replace('-', '_')}" if topic in ASIDE else "not_here.choose"))


def means_another(event: Said, here: Here) -> bool:
    """As in "no, I meant my neck"."""
    lexicon = here.words.lexicon
    return lexicon is not None and says_any(event.words, lexicon.facts.meant)


def leaves_out(event: Said, here: Here) -> bool:
    """As in "skip LI4"."""
    lexicon = here.words.lexicon
    return lexicon is not None and says_any(event.words, lexicon.facts.left_out)
