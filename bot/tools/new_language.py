"""`python -m bot.tools new-language CODE NAME`: the folder of a new language, ready to be translated.

Every file of the English folder is laid beside it with its words commented out, and with the digest (`of`) of the
English it is to be made from. Translating a file means taking the comment signs away; what is still commented out
counts as not there, English stands in for it, and `check` counts it. Nothing half-done can be shown as done.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from babel import Locale, UnknownLocaleError

from bot.catalog.check.translations import TRANSLATED
from bot.catalog.links import ENGLISH
from bot.catalog.load import FOLDER, survey_of
from bot.catalog.survey import Sheet

NOT_COPIED = frozenset({"thresholds", "common"})
"""Fitted or made for each language, never translated."""
LANGUAGES = "languages.yaml"
OPENING = "# Not translated yet. Put these words into your language, then take the '# ' away from every line below this one.\n"


def main(arguments: list[str]) -> int:
    """Make the folder and the entry in languages.yaml; exit code 1 when it cannot be."""
    parser = argparse.ArgumentParser(prog="python -m bot.tools new-language", description=__doc__)
    parser.add_argument("code", help="the language, such as de or pt-BR")
    parser.add_argument("name", help="its name in the language itself, such as Deutsch")
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER, help="the knowledge folder")
    options = parser.parse_args(arguments)
    try:
        trouble = _trouble(options.code, options.folder)
        made = make(options.code, options.name, options.folder) if not trouble else 0
    except OSError as error:
        trouble = f"{error.filename or options.folder}: {error.strerror}"
    if trouble:
        print(trouble, file=sys.stderr)
        return 1
    print(f"{made} files in {options.folder.name}/lang/{options.code}, all commented out. English stands in for them.")
    print("Translate file by file, see what is left with python -m bot.tools check, and set complete: true at the end.")
    return 0


def make(code: str, name: str, folder: Path) -> int:
    """Lay out the folder and enter the language as not complete; returns how many files were made."""
    sheets = [sheet for sheet in survey_of(folder).sheets.values() if sheet.language == ENGLISH]
    wanted = [sheet for sheet in sheets if sheet.kind.name not in NOT_COPIED]
    for sheet in wanted:
        place = folder / "lang" / code / sheet.path.relative_to(folder / "lang" / ENGLISH)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(_stub(sheet), encoding="utf-8")
    languages = folder / LANGUAGES
    before = languages.read_text(encoding="utf-8").rstrip("\n")
    entry = f"{code}: {{name: {json.dumps(name, ensure_ascii=False)}, complete: false}}"
    languages.write_text(f"{before}\n{entry}\n", encoding="utf-8")
    return len(wanted)


def _stub(sheet: Sheet) -> str:
    digest = f"of: {sheet.digest}\n" if sheet.kind.name in TRANSLATED else ""
    return OPENING + "".join(f"# {line}".rstrip() + "\n" for line in (digest + sheet.text).splitlines())


def _trouble(code: str, folder: Path) -> str:
    """Looked for before anything is written."""
    survey = survey_of(folder)
    languages = survey.sheets.get(LANGUAGES)
    if languages is None:
        return f"there is no {folder / LANGUAGES}"
    wrong = [str(problem) for problem in survey.problems if problem.path == languages.shown]
    if wrong:
        return "\n".join(wrong)
    if code in survey.knowledge.languages or (folder / "lang" / code).exists():
        return f"{folder.name}/lang/{code} is already there"
    try:
        Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return f"'{code}' is no known language code; examples: de, pt-BR, zh-Hans"
    return ""
