"""`python -m bot.tools check`: every problem of the knowledge base at once, errors first; exit code 1 on errors."""

from __future__ import annotations

import argparse
import datetime as dt
from collections import Counter
from pathlib import Path

from bot.catalog.check import check
from bot.catalog.check.desk import Ears, Hears
from bot.catalog.load import FOLDER, survey_of
from bot.catalog.problems import ORDER, KnowledgeError, Problem, in_order
from bot.catalog.survey import Survey
from bot.clock import SystemClock
from bot.wiring import put_to_use

CODE = Path(__file__).resolve().parents[1]


def main(arguments: list[str]) -> int:
    """Print what is wrong; notes only with --all."""
    parser = argparse.ArgumentParser(prog="python -m bot.tools check", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER, help="the knowledge folder")
    parser.add_argument("--all", action="store_true", help="show notes too")
    parser.add_argument("--today", type=dt.date.fromisoformat, default=None, help="the day reviews are compared with")
    options = parser.parse_args(arguments)
    today = options.today or SystemClock().now().date()
    survey = survey_of(options.folder)
    ears, deaf = _ears(survey)
    problems = in_order([*deaf, *check(survey, today, CODE if options.folder == FOLDER else None, ears)])
    for problem in problems:
        if options.all or problem.severity != "note":
            print(_line(problem))
    print(_summary(problems))
    return int(any(problem.severity == "error" for problem in problems))


def _ears(survey: Survey) -> tuple[Ears, list[Problem]]:
    """What understands people's words, for each language that can. With broken files nobody listens: they come first."""
    ears: dict[str, Hears] = {}
    deaf: list[Problem] = []
    if any(problem.severity == "error" for problem in survey.problems):
        return ears, deaf
    for code, words in survey.knowledge.words.items():
        try:
            if words.lexicon is not None:
                ears[code] = put_to_use(words, survey.knowledge, survey.folder.name)
        except KnowledgeError as wrong:
            deaf += wrong.problems
    return ears, deaf


def _line(problem: Problem) -> str:
    return str(problem) if problem.severity == "error" else f"{problem.path}:{problem.line}: {problem.severity}: {problem.message}"


def _summary(problems: tuple[Problem, ...]) -> str:
    counts = Counter(problem.severity for problem in problems)
    return ", ".join(f"{counts[severity]} {severity}{'' if counts[severity] == 1 else 's'}" for severity in ORDER)
