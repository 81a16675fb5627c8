"""Names that must lead somewhere: every id that a file mentions, and words for every fact. Checked at each start."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from bot.catalog.kinds import LEXICON, NEEDED_WHEN_COMPLETE, SPARED, SPOKEN, named
from bot.catalog.problems import Loc, Problem, Severity
from bot.catalog.survey import Sheet, Survey

ENGLISH = "en"
EVERY = "*"
SHOWN = 12
ALIKE = 0.75
"""How much alike two names must be to suggest one for the other, from 0 to 1."""
FACT_LINKS = (
    ("points", "sources", "sources"),
    ("points", "avoid", "matters"),
    ("points", "light_for", "matters"),
    ("points", "not_for", "concepts"),
    ("refused", "sources", "sources"),
    ("conditions", "routines", "routines"),
    ("conditions", "flags", "flags"),
    ("conditions", "related", "conditions"),
    ("conditions", "only_when", "matters"),
    ("conditions", "evidence.sources", "sources"),
    ("conditions", "self_care_sources", "sources"),
    ("routines", "conditions", "conditions"),
    ("routines", "steps.*.point", "points"),
    ("routines", "sources", "sources"),
    ("matters", "rules.*.points", "points"),
    ("matters", "rules.*.zones", "zones"),
    ("matters", "rules.*.beside", "matters"),
    ("matters", "rules.*.complaints", "conditions"),
    ("matters", "sources", "sources"),
    ("flags", "flags.*.alarm", "alarms"),
    ("flags", "flags.*.sources", "sources"),
    ("combinations", "when.conditions", "conditions"),
    ("combinations", "when.also", "conditions"),
    ("combinations", "when.unless", "conditions"),
    ("combinations", "when.heard", "concepts"),
    ("combinations", "when.matters", "matters"),
    ("combinations", "alarm", "alarms"),
    ("combinations", "sources", "sources"),
    ("alarms", "sources", "sources"),
    ("countries", "lines.*.source", "sources"),
    ("questions", "sources", "sources"),
    ("lessons", "sources", "sources"),
    ("programmes", "condition", "conditions"),
    ("programmes", "steps.*.point", "points"),
    ("programmes", "sources", "sources"),
)
"""(kind of file, the way to the ids in it, kind of what they name). `*` goes through a list or mapping."""
WORD_LINKS = (
    ("questions", "see", "questions"),
    ("alarm_sounds", "sources", "sources"),
    ("concepts", "*.isa", "concepts"),
    ("scopes", "before.*", "concepts"),
    ("scopes", "after.*", "concepts"),
)
KEY_LINKS = (
    ("complaints", "", "conditions"),
    ("facts", "matters", "matters"),
)
"""The same for files whose keys are the ids."""
SINGULAR = {
    "matters": "matter", "sources": "source", "concepts": "concept", "routines": "routine", "flags": "red-flag list",
    "conditions": "condition", "points": "point", "zones": "zone", "alarms": "alarm", "questions": "question",
    "refused": "refused point", "combinations": "combination rule", "lessons": "lesson",
    "programmes": "programme",
}


def broken_links(survey: Survey) -> Iterator[Problem]:
    """Every id that names nothing, and every fact without words or words without facts."""
    languages = tuple(survey.knowledge.words)
    for kind, way, target in FACT_LINKS:
        yield from _unknown(survey, kind, way, target, "")
    for language in languages:
        for kind, way, target in WORD_LINKS:
            yield from _unknown(survey, kind, way, target, language)
        for kind, way, target in KEY_LINKS:
            yield from _unknown_keys(survey, kind, way, target, language)
        yield from _sounds(survey, language)
        yield from _lone_words(survey, language)
        yield from _wordless(survey, language)
        yield from _half_lexicon(survey, language)
    yield from _flag_words(survey)
    yield from _one_way(survey)
    yield from _languages(survey)


def severity_for(survey: Survey, language: str) -> Severity:
    """What is missing in a language that is not complete is only a warning: English stands in for it."""
    known = survey.knowledge.languages.get(language)
    return "error" if language == ENGLISH or (known is not None and known.complete) else "warning"


def at(data: Any, way: tuple[str, ...]) -> Iterator[tuple[Loc, Any]]:
    """All values at the end of a way, each with its place; lists at the end are taken apart."""
    if not way:
        yield from (((i,), v) for i, v in enumerate(data)) if isinstance(data, list) else (((), data),)
        return
    for step, value in _steps(data, way[0]):
        yield from (((step, *loc), found) for loc, found in at(value, way[1:]))


def _steps(data: Any, name: str) -> Iterator[tuple[str | int, Any]]:
    if name != EVERY:
        if isinstance(data, dict) and name in data:
            yield name, data[name]
    elif isinstance(data, list):
        yield from enumerate(data)
    elif isinstance(data, dict):
        yield from data.items()


def _unknown(survey: Survey, kind: str, way: str, target: str, language: str) -> Iterator[Problem]:
    known = _known(survey, target)
    if (not known and target == "concepts") or not survey.readable(target, ENGLISH if target == "concepts" else ""):
        return
    for sheet in survey.of_kind(kind, language):
        for loc, id_ in at(sheet.data, tuple(way.split("."))):
            if isinstance(id_, str) and id_ and id_ not in known:
                yield sheet.problem(f"unknown {SINGULAR[target]} '{id_}'{_meant(id_, known)}", loc)


def _unknown_keys(survey: Survey, kind: str, way: str, target: str, language: str) -> Iterator[Problem]:
    known = _known(survey, target)
    for sheet in survey.of_kind(kind, language):
        for key in sheet.data.get(way, {}) if way else sheet.data:
            if key not in known:
                loc = (way, key) if way else (key,)
                yield sheet.problem(f"unknown {SINGULAR[target]} '{key}'{_meant(key, known)}", loc)


def _sounds(survey: Survey, language: str) -> Iterator[Problem]:
    """How an alarm sounds and what is said then belong together."""
    alarms, sounds = survey.ids("alarms"), survey.ids("alarm_sounds", language)
    for id_ in sorted(sounds - alarms):
        yield survey.sheet("alarm_sounds", id_, language).problem(f"unknown alarm '{id_}'{_meant(id_, alarms)}")
    if sounds or severity_for(survey, language) == "error":
        for id_ in sorted(alarms - sounds):
            message = f"no words ring this alarm: lang/{language}/understanding/alarms/{id_}.yaml is missing"
            yield survey.sheet("alarms", id_).problem(message, (), "warning")


def _known(survey: Survey, target: str) -> frozenset[str]:
    """Concepts are said differently in each language but have the same ids in all."""
    if target != "concepts":
        return survey.ids(target)
    return frozenset(chain.from_iterable(survey.ids(target, language) for language in survey.knowledge.words))


def _meant(id_: str, known: frozenset[str]) -> str:
    close = difflib.get_close_matches(id_, sorted(known), n=1, cutoff=ALIKE)
    return f"; did you mean '{close[0]}'?" if close else ""


def _wordless(survey: Survey, language: str) -> Iterator[Problem]:
    """Facts without words: one by one in a complete language, counted in one that still grows."""
    severity = severity_for(survey, language)
    for kind in sorted(SPOKEN):
        place = f"lang/{language}/{named(kind, language).place}"
        missing = sorted(survey.ids(kind) - survey.ids(kind, language))
        if severity == "error":
            yield from (survey.sheet(kind, id_).problem(f"no words: {place}/{id_}.yaml is missing or empty") for id_ in missing)
        elif missing:
            message = f"{len(missing)} of {len(survey.ids(kind))} are not translated: {shortened(missing)}"
            yield Problem(f"{survey.folder.name}/{place}", 1, message, severity)


def shortened(names: Sequence[str]) -> str:
    """The first few of many names."""
    return ", ".join(names[:SHOWN]) + (" ..." if len(names) > SHOWN else "")


def _lone_words(survey: Survey, language: str) -> Iterator[Problem]:
    for kind in sorted(SPOKEN):
        place = named(kind, "").place
        for id_ in sorted(survey.ids(kind, language) - survey.ids(kind)):
            yield survey.sheet(kind, id_, language).problem(f"words without facts: {place}/{id_}.yaml is missing")


def _half_lexicon(survey: Survey, language: str) -> Iterator[Problem]:
    there = [name for name in LEXICON if any(survey.of_kind(name, language))]
    severity = severity_for(survey, language)
    spared = SPARED.keys() - (NEEDED_WHEN_COMPLETE if severity == "error" else ())
    missing = [named(name, language).place for name in LEXICON if name not in there and name not in spared]
    if missing and (there or severity == "error"):
        path = f"{survey.folder.name}/lang/{language}"
        yield Problem(path, 1, f"people's words are not understood without {', '.join(missing)}", severity)


def _flag_words(survey: Survey) -> Iterator[Problem]:
    for language in survey.knowledge.words:
        for sheet in survey.of_kind("flags", language):
            facts = survey.knowledge.flags.get(sheet.id)
            if facts is not None and isinstance(sheet.data.get("flags"), dict):
                yield from _differing(sheet, [flag.id for flag in facts.flags], severity_for(survey, language))


def _differing(sheet: Sheet, flags: list[str], severity: Severity) -> Iterator[Problem]:
    said = sheet.data["flags"]
    yield from (sheet.problem(f"no words for the red flag '{id_}'", ("flags",), severity) for id_ in flags if id_ not in said)
    yield from (sheet.problem(f"words for an unknown red flag '{id_}'", ("flags", id_)) for id_ in said if id_ not in flags)


def _one_way(survey: Survey) -> Iterator[Problem]:
    """A condition and its routines name each other."""
    conditions, routines = survey.knowledge.conditions, survey.knowledge.routines
    for id_, condition in conditions.items():
        for place, routine in enumerate(condition.routines):
            if routine in routines and id_ not in routines[routine].conditions:
                message = f"the routine '{routine}' does not name '{id_}' among its conditions"
                yield survey.sheet("conditions", id_).problem(message, ("routines", place))
    for id_, one in routines.items():
        for place, name in enumerate(one.conditions):
            if name in conditions and id_ not in conditions[name].routines:
                message = f"the condition '{name}' does not list this routine"
                yield survey.sheet("routines", id_).problem(message, ("conditions", place))


def _languages(survey: Survey) -> Iterator[Problem]:
    for language in sorted({ENGLISH, *survey.knowledge.words} - set(survey.knowledge.languages)):
        yield Problem(f"{survey.folder.name}/languages.yaml", 1, f"the language '{language}' is missing here")
