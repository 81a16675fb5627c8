"""The short cases of tests/vignettes: the right level for each, nobody shown what is not for them; and every red flag,
asked of every complaint it belongs to, does what its level says."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bot.catalog.model import Knowledge
from bot.dialogue.values import Context
from bot.safety.triage import LEVELS
from bot.tools.vignettes import Case, Played, cases_in, play
from bot.wiring import context_of
from tests.naming import never_shown

FOLDER = Path(__file__).parents[1] / "vignettes"
LEAST_CASES = 550
STUDIES = 15
MOST_OVER_TRIAGE, LEAST_RIGHT, LEAST_COVERED = 0.2, 0.95, 0.98
MILD = {"with-care", "self-care"}


@pytest.fixture(scope="module")
def real(knowledge: Knowledge) -> Context:
    """With the real ear for alarms, which other tests replace."""
    return context_of(knowledge)


@pytest.fixture(scope="module")
def played(real: Context) -> list[Played]:
    return [play(case, real) for case in cases_in(FOLDER, real.knowledge)]


def told(found: list[Played]) -> str:
    rows = (f"{p.case.id}: {p.level} at {p.place}, right is {' or '.join(p.case.level)}; shown {sorted(p.shown)}" for p in found)
    return "\n" + "\n".join(rows)


def test_there_are_enough_cases(played: list[Played]) -> None:
    ids = Counter(p.case.id for p in played)
    groups = Counter(p.case.group for p in played)
    assert [name for name, n in ids.items() if n > 1] == []
    assert len(ids) >= LEAST_CASES
    assert [groups[f"studies-{kind}"] for kind in ("emergency", "doctor", "self-care")] == [STUDIES] * 3
    assert {level for p in played for level in p.case.level} <= {*LEVELS, "none"}


def test_every_case_is_safe(played: list[Played]) -> None:
    unsafe = [p for p in played if not p.safe]
    assert not unsafe, told(unsafe)


def test_every_emergency_is_found(played: list[Played]) -> None:
    missed = [p for p in played if p.case.level == ("emergency",) and p.level != "emergency"]
    assert not missed, told(missed)


def test_nothing_forbidden_is_shown(played: list[Played], knowledge: Knowledge) -> None:
    untaught = never_shown(knowledge)
    leaks = [p for p in played if p.forbidden or p.shown & untaught]
    assert not leaks, told(leaks)


def test_an_emergency_or_advice_today_shows_no_point(played: list[Played]) -> None:
    shown = [p for p in played if p.level in {"emergency", "same-day"} and p.shown]
    assert not shown, told(shown)


def test_self_care_is_rarely_sent_away(played: list[Played]) -> None:
    mild = [p for p in played if set(p.case.level) <= MILD]
    sent = [p for p in mild if p.level in LEVELS and p.level not in MILD]
    assert len(sent) <= MOST_OVER_TRIAGE * len(mild), told(sent)


def test_most_levels_are_exactly_right(played: list[Played]) -> None:
    wrong = [p for p in played if not p.right]
    lost = [p for p in played if p.level == "none" and "none" not in p.case.level]
    assert len(wrong) <= (1 - LEAST_RIGHT) * len(played), told(wrong)
    assert len(lost) <= (1 - LEAST_COVERED) * len(played), told(lost)


def flagged(knowledge: Knowledge) -> list[tuple[str, str, str]]:
    """Each complaint with each red flag of its list, and the level of the flag."""
    return [
        (one.id, flag.id, flag.level)
        for one in knowledge.conditions.values() if one.flags for flag in knowledge.flags[one.flags].flags
    ]


def test_every_red_flag_decides_for_every_complaint(real: Context) -> None:
    """Said in the plain name of the complaint, answered with each of its flags in turn."""
    names = {c: words.name for c, words in real.knowledge.words["en"].conditions.items()}
    wrong: list[str] = []
    for condition, flag, level in flagged(real.knowledge):
        meaning = real.understanding["en"].meaning(names[condition])
        if meaning.decision != "sure" or meaning.wanted != (condition,) or meaning.alarms:
            continue
        case = Case(f"{condition}-{flag}", "flags", (names[condition],), (level,), {"pregnancy": "not"}, {"flag": flag})
        found = play(case, real)
        if not found.safe or (level != "doctor-soon" and found.shown):
            wrong.append(f"{condition} with {flag}: {found.level}, right is {level}; shown {sorted(found.shown)}")
    assert not wrong, "\n".join(wrong)


def test_a_red_flag_list_has_an_emergency_first(knowledge: Knowledge) -> None:
    for list_ in knowledge.flags.values():
        levels = [LEVELS.index(flag.level) for flag in list_.flags]
        assert levels[0] == 0, list_.id
        assert levels == sorted(levels), list_.id
