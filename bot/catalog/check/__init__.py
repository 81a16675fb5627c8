"""What must hold across the files of the knowledge base. One small function a rule, all of them in `RULES`.

Errors are what must not reach a person; warnings count and someone should look; notes only inform. A file with a fault
of its own is reported for that fault and left out of the rest, so that one slip is told once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.catalog.check import concepts, facts, keys, phrases, routines, translations, words
from bot.catalog.check.desk import Desk, Ears
from bot.catalog.links import broken_links
from bot.catalog.problems import Problem, in_order
from bot.catalog.survey import Survey

Rule = Callable[[Desk], Iterator[Problem]]
RULES: tuple[Rule, ...] = (
    facts.without_source,
    facts.from_memory,
    facts.unused_source,
    facts.emergency_without_words,
    facts.too_many_flags,
    facts.same_order,
    facts.unknown_clocks,
    facts.old_reviews,
    facts.quiz_answers,
    facts.missing_pictures,
    facts.stale_pictures,
    facts.pictures_of_lessons,
    facts.days_to_try,
    facts.codes,
    routines.without_red_flags,
    routines.not_gentle,
    routines.seconds_out_of_bounds,
    routines.missing_variants,
    routines.unfit_steps,
    routines.longer_than_quick,
    routines.emptied_by_one_matter,
    routines.unused_points,
    words.empty,
    words.missing_for_the_facts,
    words.undecided,
    words.long_labels,
    words.emoji,
    words.marks,
    words.never_said,
    words.points_by_name,
    words.stray_placeholders,
    translations.stale,
    translations.other_placeholders,
    keys.unknown,
    keys.unknown_fields,
    keys.unused,
    concepts.unknown,
    concepts.in_patterns,
    phrases.few,
    phrases.twice,
    phrases.answers_twice,
    phrases.ringing,
    phrases.closer_to_another,
    phrases.broken_alarm_rules,
    phrases.alarm_examples,
)


def check(survey: Survey, today: dt.date, code: Path | None = None, ears: Ears | None = None) -> tuple[Problem, ...]:
    """Every problem, errors first. `code`: the folder of Python files whose text keys are looked up (none: not done).
    `ears`: by language, what understands the phrases (none: phrases are only counted and compared)."""
    desk = Desk(survey, today, code, ears or {})
    found = [problem for rule in RULES for problem in rule(desk)]
    return in_order([*survey.problems, *broken_links(survey), *found])
