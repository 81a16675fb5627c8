"""The folder `knowledge/` -> one frozen `Knowledge`, or every problem with its path and line.

    knowledge = load()              # raises KnowledgeError(problems) when anything is wrong
    survey = survey_of(folder)      # what could be read, and the problems; for `check` and other tools

There is no compiled copy and no cache: reading it all is quick enough, an edited file is seen at once, and nothing is
written anywhere.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.catalog import files
from bot.catalog.kinds import ALARM_RULES, FACTS, LEXICON, SPARED, WORDS, Kind, kind_of
from bot.catalog.links import broken_links
from bot.catalog.model import AlarmRules, Knowledge, Lexicon, Words
from bot.catalog.problems import KnowledgeError, Problem
from bot.catalog.shapes import Fault, shaped
from bot.catalog.survey import Sheet, Survey

FOLDER = Path(__file__).resolve().parents[2] / "knowledge"
"""Beside the package `bot`, in a checkout and when installed."""
NEARLY_YAML = (".yml", ".yaml.txt", ".YAML", ".YML")
PLAIN_TEXT, IMAGES = ("words.txt", "learned.txt"), "images"
WHOLE = ""
"""The key of a value that is a whole file."""
Values = dict[str, dict[str, dict[str, Any]]]
"""language ("" for facts) -> kind -> id -> value"""


def load(folder: Path = FOLDER) -> Knowledge:
    """All knowledge. Raises KnowledgeError with every error in single files and every link that leads nowhere."""
    survey = survey_of(folder)
    errors = [problem for problem in (*survey.problems, *broken_links(survey)) if problem.severity == "error"]
    if errors:
        raise KnowledgeError(errors)
    return survey.knowledge


def survey_of(folder: Path = FOLDER) -> Survey:
    """Read everything that can be read; never raises for what stands in the files."""
    problems: list[Problem] = []
    sheets: dict[str, Sheet] = {}
    values: Values = {"": {}}
    for name in _names(folder, problems):
        sheet = _sheet(folder, name, problems)
        if sheet is not None:
            sheets[name] = sheet
        if sheet is not None and sheet.readable:
            known = values.setdefault(sheet.language, {}).setdefault(sheet.kind.name, {})
            known.update(_values(sheet, known, problems))
    if not sheets:
        problems.append(Problem(folder.name, 1, f"no knowledge found in {folder}"))
    return Survey(folder, _knowledge(values), tuple(problems), sheets)


def _names(folder: Path, problems: list[Problem]) -> Iterator[str]:
    """Every file that is read, by its path inside the folder; one that looks as if it were meant is told. What begins with a dot
    belongs to an editor or a system."""
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(folder_ for folder_ in folders if folder_ != IMAGES and not folder_.startswith("."))
        inner = Path(here).relative_to(folder).as_posix()
        for name in sorted(name_ for name_ in names if not name_.startswith(".")):
            path = name if inner == "." else f"{inner}/{name}"
            if name.endswith(".yaml") or name in PLAIN_TEXT:
                yield path
            elif name.endswith(NEARLY_YAML):
                problems.append(Problem(f"{folder.name}/{path}", 1, "the name of a knowledge file ends in .yaml"))


def _sheet(folder: Path, name: str, problems: list[Problem]) -> Sheet | None:
    """The file as plain values; what is wrong with it is told. None when nothing is read there, and for words that
    are all commented out: they are not translated yet and count as not there."""
    language, inner = _language_of(name)
    kind = kind_of(inner, WORDS if language else FACTS)
    shown = f"{folder.name}/{name}"
    if kind is None:
        problems.append(Problem(shown, 1, "nothing is read from here; is the name of the folder right?"))
        return None
    data, slips = _read(folder / name, kind)
    if language and slips == [files.EMPTY]:
        return None
    readable = isinstance(data, dict)
    if not slips and not readable:
        slips = [(1, "the file should be a mapping of fields and values")]
    problems += [Problem(shown, line, message) for line, message in slips]
    return Sheet(folder / name, shown, kind, language, data if readable else {}, readable)


def _language_of(name: str) -> tuple[str, str]:
    if not name.startswith("lang/"):
        return "", name
    _, language, inner = (*name.split("/", 2), "", "")[:3]
    return language, inner


def _read(path: Path, kind: Kind) -> tuple[Any, list[files.Slip]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return None, [(1, "the file is not saved as UTF-8")]
    except OSError as error:
        return None, [(1, f"the file cannot be read: {error.strerror}")]
    if kind.layout == "plain":
        return ({WHOLE: text}, []) if text.strip() else (None, [files.EMPTY])
    return files.read(text)


def _values(sheet: Sheet, known: Mapping[str, Any], problems: list[Problem]) -> dict[str, Any]:
    values, faults = READERS[sheet.kind.layout](sheet)
    faults += [((id_,), f"'{id_}' is given in another file too") for id_ in values if id_ in known]
    problems += [sheet.problem(message, loc) for loc, message in faults]
    return values


def _file_per_id(sheet: Sheet) -> tuple[dict[str, Any], list[Fault]]:
    value, faults = shaped(sheet.kind.shape, sheet.data)
    if sheet.data.get("id", sheet.id) != sheet.id:
        faults.append((("id",), f"the id should be the name of the file, '{sheet.id}'"))
    return {} if value is None else {sheet.id: value}, faults


def _mapping(sheet: Sheet) -> tuple[dict[str, Any], list[Fault]]:
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for id_, fields in sheet.data.items():
        value, wrong = shaped(sheet.kind.shape, _with_id(id_, fields, sheet.kind.shape))
        faults += [((id_, *loc), message) for loc, message in wrong]
        if value is not None:
            values[id_] = value
    return values, faults


def _with_id(id_: str, fields: Any, shape: Any) -> Any:
    """In a mapping the key is the id; shapes that know their id get it from there."""
    return {"id": id_, **fields} if isinstance(fields, dict) and hasattr(shape, "id") else fields


def _single(sheet: Sheet) -> tuple[dict[str, Any], list[Fault]]:
    value, faults = shaped(sheet.kind.shape, sheet.data)
    return {} if value is None else {WHOLE: value}, faults


def _plain(sheet: Sheet) -> tuple[dict[str, Any], list[Fault]]:
    return dict(sheet.data), []


def _texts(sheet: Sheet) -> tuple[dict[str, Any], list[Fault]]:
    texts = {key: text for key, text in sheet.data.items() if key != "of"}
    faults: list[Fault] = [((key,), f"'{key}' should be a sentence, or 'plural' with its forms")
                           for key, text in texts.items() if not _is_text(text)]
    return {f"{sheet.id}.{key}": text for key, text in texts.items() if _is_text(text)}, faults


def _is_text(text: object) -> bool:
    if isinstance(text, dict):
        return "plural" in text and "other" in text and all(isinstance(part, str) for part in text.values())
    return isinstance(text, str)


READERS = {"file-per-id": _file_per_id, "mapping": _mapping, "single": _single, "texts": _texts, "plain": _plain}


def _knowledge(values: Values) -> Knowledge:
    facts = {kind.name: values[""].get(kind.name, {}) for kind in FACTS}
    languages = sorted({*facts["languages"], *values} - {""})
    return Knowledge(**facts, words={language: _words(language, values.get(language, {})) for language in languages})


def _words(language: str, values: dict[str, dict[str, Any]]) -> Words:
    found: dict[str, Any] = {kind.name: values.get(kind.name, {}) for kind in WORDS}
    for kind in WORDS:
        if kind.layout in ("single", "plain"):
            found[kind.name] = found[kind.name].get(WHOLE)
    lexicon_parts = {name: found.pop(name) for name in LEXICON}
    sounds, alarm_words = (found.pop(name) for name in ALARM_RULES)
    rules = AlarmRules(sounds=sounds, words=alarm_words) if sounds or alarm_words else None
    return Words(language=language, **found, lexicon=_lexicon(lexicon_parts, rules), alarm_rules=rules)


def _lexicon(parts: dict[str, Any], rules: AlarmRules | None) -> Lexicon | None:
    """None while a part is missing; `broken_links` says which."""
    if any(part is None for name, part in parts.items() if name not in SPARED):
        return None
    there: dict[str, Any] = {**SPARED, **{name: part for name, part in parts.items() if part is not None}}
    return Lexicon(**there, alarms={} if rules is None else {"rules": rules})
