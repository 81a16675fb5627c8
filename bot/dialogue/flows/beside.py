"""What was said beside an alarm or before consent: kept, so that nothing is asked again once the way is free."""

from __future__ import annotations

from dataclasses import replace

from bot.catalog.model import Pregnancy
from bot.dialogue.states import Alarmed, Crisis, State, Welcome
from bot.understanding.meaning import HeardFacts, Meaning

LESS_CAREFUL: tuple[Pregnancy | None, ...] = ("not", None)
"""Answers about pregnancy that never take the place of another one."""

SAID = 0.5
"""From this score on some of the words meant the complaint; below, the whole only sounds like it."""


def kept_by(state: State) -> Meaning | None:
    """What a place keeps of words that came before."""
    return state.heard if isinstance(state, Welcome | Alarmed | Crisis) else None


def beside_alarm(meaning: Meaning) -> Meaning:
    """Complaint and facts of words that rang an alarm: what else they are about is left behind, and so is a mere guess, for words
    about danger sound a little like many complaints."""
    rest = replace(meaning, alarms=(), answer=None, topic=None, question=None, point=None)
    if meaning.decision == "sure":
        return rest
    told = tuple(each for each in meaning.conditions if each.score > SAID or each.id in meaning.concepts)
    if meaning.decision == "none" or not told:
        return only_facts(rest)
    return replace(rest, conditions=told, wanted=tuple(each.id for each in told))


def only_facts(meaning: Meaning) -> Meaning:
    """Without any complaint."""
    return replace(meaning, conditions=(), wanted=(), decision="none")


def worth_keeping(meaning: Meaning | None) -> Meaning | None:
    """The meaning, if there is a complaint in it or something about the person."""
    if meaning is None:
        return None
    person = replace(meaning.facts, severity=None, new=None, denied=()) != HeardFacts()
    return meaning if meaning.decision != "none" or person else None


def of_somebody_else(meaning: Meaning | None) -> Meaning | None:
    """The facts in it, as those of another person than the writer; None when there are none."""
    kept = worth_keeping(only_facts(meaning)) if meaning is not None else None
    return replace(kept, facts=replace(kept.facts, for_other=True)) if kept is not None else None


def joined(before: Meaning | None, now: Meaning) -> Meaning:
    """Two messages as one: the complaints of both that are sure, else those of the newer one that has any; the facts of both. A newer
    one that is sure says alone what it is about, and nothing of an animal goes with it."""
    if before is None or (now.decision == "sure" and before.topic == "animal"):
        return now
    surest = before if _rank(before) > _rank(now) or now.decision == "none" else now
    other = now if surest is before else before
    both = surest.decision == other.decision == "sure"
    wanted = tuple(dict.fromkeys((*before.wanted, *now.wanted))) if both else surest.wanted
    about = now if now.decision == "sure" else before
    return replace(
        now, conditions=surest.conditions, decision=surest.decision, wanted=wanted,
        facts=_facts(before.facts, now.facts), concepts=before.concepts | now.concepts,
        point=now.point or about.point, question=now.question or about.question, topic=now.topic or about.topic,
    )


def _rank(meaning: Meaning) -> int:
    return ("none", "unsure", "sure").index(meaning.decision)


def _facts(before: HeardFacts, now: HeardFacts) -> HeardFacts:
    """The newer fact, but never a less careful one about pregnancy."""
    careful = now.pregnancy in LESS_CAREFUL and before.pregnancy is not None
    return HeardFacts(
        pregnancy=before.pregnancy if careful else now.pregnancy,
        weeks=before.weeks if now.weeks is None else now.weeks,
        age=before.age if now.age is None else now.age,
        for_other=now.for_other or before.for_other,
        matters=tuple(sorted({**dict(before.matters), **dict(now.matters)}.items())),
        breastfeeding=now.breastfeeding or before.breastfeeding,
        severity=before.severity if now.severity is None else now.severity,
        new=before.new if now.new is None else now.new,
        denied=tuple(sorted({*before.denied, *now.denied})),
    )
