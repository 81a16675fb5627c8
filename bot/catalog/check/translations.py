"""Rules about other languages: made from the present English, with the same placeholders."""

from __future__ import annotations

from collections.abc import Iterator

from bot.catalog.check.desk import Desk
from bot.catalog.kinds import SPOKEN
from bot.catalog.links import ENGLISH, severity_for, shortened
from bot.catalog.problems import Problem
from bot.catalog.survey import Sheet
from bot.catalog.texts import placeholders

TRANSLATED = sorted(SPOKEN | {"texts"})


def stale(desk: Desk) -> Iterator[Problem]:
    """`of:` holds the digest of the English file a translation was made from."""
    for language in desk.other_languages:
        for kind in TRANSLATED:
            for sheet in desk.survey.of_kind(kind, language):
                yield from _stale(desk, sheet) if sheet.readable else ()


def _stale(desk: Desk, sheet: Sheet) -> Iterator[Problem]:
    try:
        english = desk.sheet(sheet.kind.name, sheet.id, ENGLISH)
    except KeyError:
        return
    made_of = sheet.data.get("of", "")
    if not made_of:
        yield sheet.problem(f"'of' is missing; the English file is {english.digest}", (), "warning")
    elif made_of != english.digest:
        yield sheet.problem(f"the English words have changed since {made_of}; they are {english.digest} now", ("of",), "warning")


def other_placeholders(desk: Desk) -> Iterator[Problem]:
    """A text has the placeholders of its English twin, and no key that English lacks; a complete language lacks none."""
    english = desk.knowledge.words[ENGLISH].texts if ENGLISH in desk.knowledge.words else {}
    for language in desk.other_languages:
        texts = desk.knowledge.words[language].texts
        for key, text in texts.items():
            area, _, name = key.partition(".")
            sheet = desk.sheet("texts", area, language)
            if key not in english:
                yield sheet.problem(f"English has no text '{key}'", (name,))
            elif placeholders(text) != placeholders(english[key]):
                yield sheet.problem(f"'{key}' should have the placeholders {_listed(placeholders(english[key]))}", (name,))
        yield from _untranslated(desk, sorted(english.keys() - texts.keys()), language)


def _listed(names: frozenset[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names)) or "of none"


def _untranslated(desk: Desk, keys: list[str], language: str) -> Iterator[Problem]:
    """One by one in a complete language, counted in one that still grows."""
    if severity_for(desk.survey, language) == "error":
        for key in keys:
            area, _, name = key.partition(".")
            yield desk.sheet("texts", area, ENGLISH).problem(f"no words in '{language}' for '{key}'", (name,))
    elif keys:
        path = f"{desk.survey.folder.name}/lang/{language}/texts"
        yield Problem(path, 1, f"{len(keys)} texts are not translated: {shortened(keys)}", "warning")
