"""The loss of a pregnancy or of a baby: a few kind words, and the question that matters before anything else."""

from __future__ import annotations

from bot.dialogue.here import Here, line, note
from bot.dialogue.states import AskCombination, AskComplaint, Case
from bot.dialogue.values import Reply
from bot.safety.triage import holding
from bot.understanding.meaning import Meaning

LOSS = "pregnancy-loss"
"""The concept in people's words, and what the combination rule listens for."""
CHILD, ADULT = "child-person", "adult-person"


def kindly(meaning: Meaning | None) -> tuple[Reply, ...]:
    """What is said at once when a loss was told; nothing otherwise."""
    return (note(line("loss.sorry")),) if meaning is not None and told_in(meaning) else ()


def told_in(meaning: Meaning) -> bool:
    """Whether these words tell of a loss; an animal's is not meant, nor a question how to bring one about."""
    return LOSS in meaning.concepts and meaning.topic not in {"animal", "abuse"}


def of_a_child(meaning: Meaning) -> bool:
    """Whether the somebody else in these words is the child that was lost: nobody to be pressed."""
    return told_in(meaning) and CHILD in meaning.concepts and ADULT not in meaning.concepts


def heard_in(case: Case) -> bool:
    """Whether a loss was told, in words or by an answer."""
    return LOSS in case.heard


def asked_first(case: Case, here: Here) -> AskCombination | AskComplaint:
    """The question about danger after a loss that was not long ago; else what bothers the person."""
    rules = (r for r in holding(here.triage(case), here.knowledge) if LOSS in r.when.heard and r.id not in case.ruled)
    rule = next(rules, None)
    return AskCombination(case, rule.id) if rule is not None else AskComplaint(case)
