"""Who is pressed: what the words tell of somebody else. A man or a boy is not asked about a pregnancy."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.here import Here
from bot.dialogue.states import Case
from bot.safety.profile import PregnancyAnswer, Profile
from bot.understanding.meaning import HeardFacts, Meaning
from bot.understanding.people import MAN, NOBODY, OPEN, PASSING, WOMAN

OF_OTHERS = frozenset({MAN, WOMAN, OPEN, NOBODY, PASSING})
"""What is heard only about somebody else."""


def somebody_else(meaning: Meaning, case: Case) -> bool:
    """Whether these words turn a case of the writer's own into somebody else's. In the middle of one only by a complaint, a fact, or by
    saying so: "my husband says hello" and "they are just cramps" do not."""
    if not meaning.facts.for_other or case.guest is not None:
        return False
    return not case.conditions or (NOBODY not in meaning.concepts and (PASSING not in meaning.concepts or _tells(meaning)))


def in_passing(meaning: Meaning, case: Case) -> bool:
    """Whether somebody is spoken of in the middle of the writer's own case, who is not pressed and tells nothing of the writer."""
    return bool(meaning.facts.for_other) and case.guest is None and PASSING in meaning.concepts and not somebody_else(meaning, case)


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


def settled(case: Case) -> Case:
    """The case, for somebody else beyond doubt."""
    return replace(case, heard=case.heard - {OPEN})


def told_anew(case: Case, meaning: Meaning) -> Case:
    """Where a woman is named after a man, what followed from his sex is forgotten."""
    if case.guest is None or WOMAN not in meaning.concepts or MAN not in case.heard:
        return case
    guest = replace(case.guest, pregnancy=None) if is_not(case.guest) else case.guest
    return replace(case, guest=guest, heard=case.heard - {MAN})


def by_sex(profile: Profile, case: Case, here: Here) -> Profile:
    """The profile of somebody else: of a man that he is not pregnant, once it is clear that it is for him. What was said counts more."""
    man = MAN in case.heard and WOMAN not in case.heard and not is_open(case)
    return replace(profile, pregnancy=PregnancyAnswer("not", here.today)) if man and profile.other and profile.pregnancy is None else profile


def is_not(profile: Profile) -> bool:
    """Whether it is kept that there is no pregnancy."""
    return profile.pregnancy is not None and profile.pregnancy.value == "not"
