"""Who is pressed: what the words tell of somebody else. A pregnancy is left unasked only where it was answered that he is a man."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.here import Here
from bot.dialogue.states import Case
from bot.safety.profile import PregnancyAnswer, Profile
from bot.understanding.meaning import HeardFacts, Meaning
from bot.understanding.people import MAN, NOBODY, OPEN, PASSING, WOMAN

OF_OTHERS = frozenset({MAN, WOMAN, OPEN, NOBODY, PASSING})
"""What is heard only about somebody else."""
WOMEN = "women"
"""The category of complaints that are asked about a pregnancy whoever has them."""


def somebody_else(meaning: Meaning, case: Case) -> bool:
    """Whether these words turn a case of the writer's own into somebody else's. In the middle of one only by a complaint, a fact, or by
    saying so: "my husband says hello" and "they are just cramps" do not."""
    if not meaning.facts.for_other or case.guest is not None:
        return False
    return not case.conditions or (NOBODY not in meaning.concepts and (PASSING not in meaning.concepts or _tells(meaning)))


def in_passing(meaning: Meaning, case: Case) -> bool:
    """Whether somebody is spoken of in the middle of the writer's own case, who is not pressed and tells nothing of the writer."""
    return bool(meaning.facts.for_other) and case.guest is None and PASSING in meaning.concepts and not somebody_else(meaning, case)


def begins_anew(meaning: Meaning, case: Case) -> bool:
    """Whether somebody else's complaint is told in the middle of the writer's own case: it is a case of its own."""
    return bool(case.conditions) and meaning.decision == "sure" and somebody_else(meaning, case)


def _tells(meaning: Meaning) -> bool:
    return replace(meaning.facts, for_other=None) != HeardFacts()


def heard(meaning: Meaning, case: Case, *, known: bool) -> frozenset[str]:
    """What was heard, for the case. Of whom it is counts for somebody else only; where they were `known` nothing is open any more,
    and where a fact alone made them known, all is."""
    if case.guest is None or known:
        return meaning.concepts - (OF_OTHERS if case.guest is None else {OPEN, PASSING})
    meanwhile = PASSING in meaning.concepts and bool(case.conditions)
    return (meaning.concepts | {OPEN} if meanwhile else meaning.concepts) - {PASSING}


def is_open(case: Case) -> bool:
    """Whether it was not said clearly that it is for somebody else."""
    return case.guest is not None and OPEN in case.heard


def is_named(case: Case) -> bool:
    """Whether it was said who the somebody else is: what was told then is theirs."""
    return case.guest is not None and (NOBODY not in case.heard or not case.heard.isdisjoint({MAN, WOMAN}))


def settled(case: Case) -> Case:
    """The case, for somebody else beyond doubt."""
    return replace(case, heard=case.heard - {OPEN})


def told_anew(case: Case, meaning: Meaning) -> Case:
    """Where a woman is named after a man, what followed from his sex is forgotten."""
    if case.guest is None or WOMAN not in meaning.concepts or MAN not in case.heard:
        return case
    guest = replace(case.guest, pregnancy=None) if is_not(case.guest) else case.guest
    return replace(case, guest=guest, heard=case.heard - {MAN})


def of_a_man(case: Case, here: Here) -> Case:
    """The case of somebody else of whom it was answered that he is a man or a boy: no pregnancy is asked about, unless one was told of,
    or it is for a complaint of women."""
    case = replace(case, heard=case.heard | {MAN})
    women = any(here.knowledge.conditions[c].category == WOMEN for c in case.conditions)
    if case.guest is None or case.guest.pregnancy is not None or women:
        return case
    return replace(case, guest=replace(case.guest, pregnancy=PregnancyAnswer("not", here.today)))


def is_not(profile: Profile) -> bool:
    """Whether it is kept that there is no pregnancy."""
    return profile.pregnancy is not None and profile.pregnancy.value == "not"
