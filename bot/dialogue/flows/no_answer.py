"""Words that answer nothing where they are said: what is said to them."""

from __future__ import annotations

from bot.dialogue.here import Here, line, note
from bot.dialogue.named import says_any
from bot.dialogue.states import (
    AskAge,
    AskCombination,
    AskDoubt,
    AskFlags,
    AskMatters,
    AskNew,
    AskPregnancy,
    AskSide,
    AskTrimester,
    PlanShown,
    ProfileShown,
    ProgrammesShown,
    Rated,
    SeeDoctor,
    SettingsShown,
    Shelf,
)
from bot.dialogue.values import Reply, Said
from bot.understanding.meaning import Meaning

ASIDE = frozenset({"animal", "medication", "other-disease"})
"""Topics whose sentence helps in the middle of something else, too."""
UNREACHED = "unreached"
"""A point that somebody cannot reach, or does not want."""
SAID = frozenset({"why", "thanks", "bye", "nothing_else", "now", "holidays", "clocks"})
"""Short answers that have a sentence of their own in any place."""
NOT_NOW, DONE, AGREED = (
    frozenset({"no", "none", "later", "skip", "wait", "refused"}), frozenset({"did", "no", "none", "skip"}), frozenset({"yes", "agreed", "go", "found", "did"}),
)
NO_FACT = frozenset({"agreed", "go", "next"})
OF_FACT = (AskPregnancy, AskTrimester, AskMatters, AskAge, AskSide, AskFlags, AskDoubt, AskCombination, AskNew)
"""Words that agree to go on, and the questions that they do not answer."""
READ_ONLY = (SeeDoctor, ProfileShown, SettingsShown, Shelf, ProgrammesShown)
THERE: tuple[tuple[type | tuple[type, ...], frozenset[str], str], ...] = (
    (PlanShown, NOT_NOW, "plan.waits"), (PlanShown, frozenset({UNREACHED}), "plan.unreached"), (Rated, DONE, "not_here.bye"), (READ_ONLY, AGREED, "not_here.fine"),
    (OF_FACT, NO_FACT, "not_here.which_answer"),
)
"""Said to a routine that is not wanted now; after one, when nothing more is; to a page that asks nothing: place, short answers, and the line."""


def about(meaning: Meaning) -> str:
    """The line about what the words are instead of a complaint. A birth that is to be brought on, or a period, is asked for in need more
    often than to trick: it has an answer of its own."""
    return "topic.induce" if induces(meaning) else f"topic.{(meaning.topic or '').replace('-', '_')}"


def induces(meaning: Meaning) -> bool:
    """As in "how do I induce labour", which is no insult."""
    return meaning.topic == "abuse" and "induce" in meaning.concepts


def no_answer(here: Here) -> Reply:
    """What is said to words that do not fit here: of a thing that has its own kind sentence that one, else where the ways on are."""
    answer = here.heard.answer if here.heard is not None else None
    meaning = here.heard if answer is None else None
    return note(line(_for_answer(answer, here) or _for_topic(meaning, here)))


def _for_answer(answer: str | None, here: Here) -> str:
    if answer == "nothing_else" and isinstance(here.seat.state, OF_FACT):
        return "not_here.which_answer"
    if answer in SAID:
        return "not_here.bye" if answer == "nothing_else" else f"not_here.{answer}"
    return next((key for places, answers, key in THERE if answer in answers and isinstance(here.seat.state, places)), "")


def _for_topic(meaning: Meaning | None, here: Here) -> str:
    if isinstance(here.seat.state, AskMatters):
        return "matters.which"
    if meaning is not None and (meaning.topic in ASIDE or induces(meaning)):
        return about(meaning)
    return "not_here.smalltalk" if meaning is not None and meaning.topic == "smalltalk" else "not_here.choose"


def means_another(event: Said, here: Here) -> bool:
    """As in "no, I meant my neck"."""
    lexicon = here.words.lexicon
    return lexicon is not None and says_any(event.words, lexicon.facts.meant)


def advised_against(event: Said, here: Here) -> bool:
    """As in "my nurse said no pressing"."""
    lexicon = here.words.lexicon
    return lexicon is not None and says_any(event.words, lexicon.facts.advised_against)


def leaves_out(event: Said, here: Here) -> bool:
    """As in "skip LI4"."""
    lexicon = here.words.lexicon
    return lexicon is not None and says_any(event.words, lexicon.facts.left_out)


def aside(meaning: Meaning, event: Said, here: Here) -> str:
    """The line that answers a remark about what goes on, which stays as it is: a point is not wanted, or a care team is against it."""
    if meaning.point is not None:
        return "plan.skip_it" if leaves_out(event, here) else ""
    return "not_here.advised_against" if advised_against(event, here) else ""
