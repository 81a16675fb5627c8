"""The clinical review in plain point numbers. Elsewhere the rules are read from the YAML; here they stand as the review has
them, so that a rule that goes missing is seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.catalog.model import Knowledge
from bot.safety.profile import Known, PregnancyAnswer, Profile
from bot.safety.screen import MOST_SECONDS, LeftOut, Looking, Offered, screen
from bot.safety.triage import Picture, holding
from tests.people import MONDAY

TODAY = MONDAY.date()
HEALTHY = Profile(PregnancyAnswer("not", TODAY), (), TODAY, "18-69")
NECK = ("GB20", "BL10", "GV16", "GV14", "TE17", "EX-HN22")
FACE = ("BL2", "EX-HN3", "EX-HN4", "EX-HN5", "EX-HN8", "GB14", "LI20", "ST2", "ST3", "ST6", "ST7", "TE23", "SI18", "CV24")
ARM = ("PC6", "PC7", "PC8", "HT7", "LU5", "LU7", "LU9", "LU10", "LI4", "LI10", "LI11", "LI15", "TE3", "TE5", "TE14", "SI3")
LEG = ("ST34", "ST35", "ST36", "ST37", "ST40", "ST44", "SP4", "SP6", "SP8", "SP9", "SP10", "GB34", "GB39", "GB41", "LR2", "LR3",
       "KI1", "KI3", "KI6", "BL40", "BL57", "BL60", "BL62", "EX-LE2", "EX-LE4-5", "GB30")
TRUNK = ("CV17", "KI27", "LU1", "LR14", "CV12", "CV6", "CV4", "ST25", "SP15", "BL13", "BL21", "BL23", "BL25", "BL32", "GV4", "SI11")
NEVER: Mapping[str, tuple[str, ...]] = {
    "neck-artery": NECK, "neck-unstable": NECK, "head-injury": (*FACE, *NECK),
    "sickle-spleen": ("LR14", "ST25", "CV12"), "clot-recent": LEG, "arm-line": ARM,
    "lymphoedema": (*ARM, *LEG, "LU1", "KI27"), "eye-problem": ("ST2", "EX-HN4", "TE23", "BL2"), "face-fillers": FACE,
    "radiotherapy-field": (*TRUNK, *NECK, *FACE, "GB21"), "tumour-site": (*TRUNK, *NECK, *FACE, "GB21"),
    "recent-surgery": ("CV17", "KI27", "LU1", "CV12", "ST25", "BL13", "BL57", "BL40", "ST35", "EX-LE4-5", "GB21"),
    "caesarean": ("CV12", "CV6", "CV4", "ST25", "SP15", "BL57", "BL40"), "breastfeeding": ("CV17", "KI27", "LU1"),
    "device": ("CV17", "KI27", "LU1"), "heart-disease": ("CV17",), "just-eaten": ("CV12", "ST25", "CV6"),
    "belly-problem": ("CV12", "ST25", "CV6", "CV4", "SP15"), "numb-areas": ("KI1", "LR3", "LR2", "ST44", "GB41", "SP4"),
    "joint-replacement": ("ST35", "EX-LE4-5", "EX-LE2", "ST34", "SP10", "GB30", "LI15"), "carpal-tunnel": ("PC7",),
    "spinal-injury": ("BL13", "BL23", "GV4", "GV14", "BL10"), "varicose-veins": ("BL40",), "fragile-bones": ("BL13", "BL23", "CV17", "LR14"),
}
LIGHT = ("blood-thinners", "bleeding-disorder", "cancer-treatment", "fragile-bones", "numb-areas", "clot-old", "clot-recent",
         "spinal-injury", "lymphoedema", "epilepsy", "heart-disease", "weak-immunity", "caesarean", "recent-surgery")
STOPS = ("fever-now", "alcohol", "cannot-report-pain")
TOGETHER = [
    (("headache",), (), {"pregnancy": "pregnant", "weeks": 22}, "emergency"),
    (("leg-cramps",), ("one-sided-swelling",), {}, "same-day"),
    (("low-back-pain",), ("bladder-trouble",), {}, "emergency"),
    (("nausea",), ("fever",), {"matters": ("cancer-treatment",)}, "emergency"),
    (("headache",), (), {"age": 62, "new": True}, "same-day"),
    (("stomach-ache",), (), {"pregnancy": "maybe"}, "emergency"),
    (("neck-pain", "dizziness"), (), {}, "emergency"),
    (("neck-pain",), ("double-vision",), {}, "emergency"),
    (("headache",), ("head-knock",), {"matters": ("blood-thinners",)}, "emergency"),
    (("low-back-pain",), ("fever",), {"matters": ("weak-immunity",)}, "emergency"),
    (("headache",), (), {"pregnancy": "recent"}, "emergency"),
    (("headache",), (), {"matters": ("spinal-injury",)}, "emergency"),
    (("sore-throat",), (), {"matters": ("cancer-treatment",)}, "same-day"),
    (("neck-pain",), (), {"pregnancy": "pregnant", "weeks": 30}, "emergency"),
    (("insomnia",), (), {"pregnancy": "pregnant", "weeks": 9}, "emergency"),
    (("neck-pain",), (), {"pregnancy": "recent"}, "emergency"),
    (("stress",), (), {"pregnancy": "recent"}, "emergency"),
    (("stress",), (), {"matters": ("cancer-treatment",)}, "emergency"),
]


def looking(*matters: str, profile: Profile = HEALTHY, heard: tuple[str, ...] = ()) -> Looking:
    return Looking(replace(profile, matters=tuple(Known(m, TODAY, "both") for m in matters)), TODAY, frozenset(heard))


def shown(knowledge: Knowledge, whom: Looking) -> dict[str, Offered]:
    verdicts = ((id_, screen(point, whom, knowledge)) for id_, point in knowledge.points.items())
    return {id_: verdict for id_, verdict in verdicts if isinstance(verdict, Offered)}


@pytest.mark.parametrize("matter", sorted(NEVER))
def test_where_not_to_press(matter: str, knowledge: Knowledge) -> None:
    assert not set(NEVER[matter]) - set(knowledge.points), "a point of the review that is not there"
    offered = shown(knowledge, looking(matter))
    assert not offered.keys() & set(NEVER[matter])


@pytest.mark.parametrize("matter", LIGHT)
def test_light_throughout(matter: str, knowledge: Knowledge) -> None:
    assert all(point.light for point in shown(knowledge, looking(matter)).values())


@pytest.mark.parametrize("age", ["12-15", "16-17", "70-plus"])
@pytest.mark.parametrize("pregnancy", ["not", "maybe", "recent"])
def test_light_for_the_young_and_the_old(age: str, pregnancy: str, knowledge: Knowledge) -> None:
    profile = Profile(PregnancyAnswer(pregnancy, TODAY), (), TODAY, age)  # type: ignore[arg-type]  # the lists above
    assert all(point.light for point in shown(knowledge, looking(profile=profile)).values())


@pytest.mark.parametrize("matter", STOPS)
def test_nothing_at_all(matter: str, knowledge: Knowledge) -> None:
    assert not shown(knowledge, looking(matter))


@pytest.mark.parametrize("age", ["under-2", "2-11"])
def test_nothing_for_children(age: str, knowledge: Knowledge) -> None:
    assert not shown(knowledge, looking(profile=replace(HEALTHY, age=age)))


@pytest.mark.parametrize("pregnancy", ["pregnant", "maybe", "trying", "not-saying", "recent", None])
def test_only_the_harmless_letter_and_no_ear_when_a_pregnancy_is_possible(pregnancy: str | None, knowledge: Knowledge) -> None:
    answer = PregnancyAnswer(pregnancy, TODAY) if pregnancy is not None else None  # type: ignore[arg-type]  # the list above
    offered = shown(knowledge, looking(profile=replace(HEALTHY, pregnancy=answer)))
    assert offered
    assert all(point.light for point in offered.values())
    for id_ in offered:
        assert knowledge.points[id_].pregnancy == "N"
        assert knowledge.points[id_].region not in {"ear", "lower-belly", "upper-belly", "sacrum", "lower-back"}
    assert not offered.keys() & {"LI4", "SP6", "GB21", "BL60", "BL67", "BL32", "CV3", "CV4", "CV6", "ST25", "BL57", "BL40", "LR3"}


@pytest.mark.parametrize("heard", ["chest", "palpitations"])
def test_chest_and_palpitations(heard: str, knowledge: Knowledge) -> None:
    assert not shown(knowledge, looking(heard=(heard,))).keys() & {"CV17", "LU1", "KI27", "HT7", "PC6"}


def test_never_taught_and_at_most_three_minutes(knowledge: Knowledge) -> None:
    offered = shown(knowledge, looking())
    assert not offered.keys() & {"GV26", "BL67", "CV3", "ST9", "BL1", "CV22", "ST17"}
    assert all(point.seconds <= MOST_SECONDS == 180 for point in offered.values())
    assert isinstance(screen(knowledge.points["GV26"], looking(), knowledge), LeftOut)


def test_labour_has_no_routine(knowledge: Knowledge) -> None:
    assert knowledge.conditions["labor-pain"].routines == ()


def asks(condition: str, who: str, knowledge: Knowledge) -> bool:
    """Whether somebody with this complaint is asked about danger in pregnancy, after a birth or in cancer treatment."""
    alarm = {"pregnant": "pregnancy-emergency", "recent": "postpartum", "cancer-treatment": "chemo-fever"}[who]
    if who == "cancer-treatment":
        profile = replace(HEALTHY, matters=(Known(who, TODAY),))
    else:
        profile = replace(HEALTHY, pregnancy=PregnancyAnswer(who, TODAY, 30 if who == "pregnant" else 0))  # type: ignore[arg-type]  # a value
    rules = holding(Picture((condition,), frozenset(), profile, TODAY), knowledge)
    list_ = knowledge.conditions[condition].flags
    return any(rule.alarm == alarm for rule in rules) or any(flag.alarm == alarm for flag in knowledge.flags[list_].flags)


@pytest.mark.parametrize("who", ["pregnant", "recent", "cancer-treatment"])
def test_whatever_the_complaint_the_person_is_asked_about(who: str, knowledge: Knowledge) -> None:
    """A stiff neck at 30 weeks, a sleepless night after chemotherapy: the signs that cannot wait are asked each time."""
    unasked = [c for c in knowledge.conditions if not asks(c, who, knowledge)]
    assert not [c for c in unasked if c != "labor-pain"], unasked


@pytest.mark.parametrize(("conditions", "heard", "person", "level"), TOGETHER)
def test_worse_together(conditions: tuple[str, ...], heard: tuple[str, ...], person: dict[str, object], level: str, knowledge: Knowledge) -> None:
    answer = PregnancyAnswer(person.get("pregnancy", "not"), TODAY, person.get("weeks", 0))  # type: ignore[arg-type]  # the table above
    matters = tuple(Known(str(m), TODAY) for m in person.get("matters", ()))  # type: ignore[attr-defined]  # a tuple
    profile = replace(HEALTHY, pregnancy=answer, matters=matters)
    new = True if person.get("new") else None
    age = person.get("age")
    picture = Picture(conditions, frozenset(heard), profile, TODAY, new=new, age=age if isinstance(age, int) else None)
    rules = holding(picture, knowledge)
    assert level in {rule.level for rule in rules}, [rule.id for rule in rules]
    assert all(rule.sources for rule in rules)
