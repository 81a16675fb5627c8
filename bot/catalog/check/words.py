"""Rules about what people read: nothing empty, short labels, calm words, no point named where it may not be."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from bot.catalog.check.desk import Desk, Sentence
from bot.catalog.links import ENGLISH, severity_for
from bot.catalog.model import NeverSay
from bot.catalog.problems import Problem
from bot.catalog.survey import Sheet
from bot.catalog.texts import BOLD, PLACEHOLDER

LABEL_LENGTH = 30
LABELS = {"matters": "label", "flags": "label"}
EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u231a\u231b\u23e9-\u23fa\u25b6\u25c0\u2b50\u2b55\ufe0f\u200d\u20e3]")
MARKUP = re.compile(r"</?[a-zA-Z][^>]*>|\[[^\]]*\]\(|`|(?<!\w)_\w[^_]*_(?!\w)|(?<![*\w])\*[^*\s]")
POINT_CODE = re.compile(
    r"\b(?:LU|LI|ST|SP|HT|SI|BL|UB|KI|KD|PC|TE|TW|SJ|TB|GB|LR|LV|CV|GV|Ren|Du|EX-[A-Z]{2})[ -]?\d{1,2}(?:\b|(?=[^\d\w]))"
)
SENTENCE = re.compile(r"[^.!?;\n]+[.!?;]?")
SPOKEN_BY_NAME = ("PC6",)
"""Points that may be named anywhere: safe for everyone, and known by this name from bands and leaflets."""
POINT_KINDS = ("points", "refused")
PLACEHOLDERS_OF = {"alarms": frozenset({"number"}), "combinations": frozenset({"number"})}
"""Words outside `texts` that may hold placeholders, and which."""
MAY_BE_EMPTY = {"alarms": ("ask", "ask_again", "closed")}
"""Alarms whose action is everything ask nothing."""


def empty(desk: Desk) -> Iterator[Problem]:
    """A required field with nothing in it would be silence. A text is empty only where the English one is."""
    for sheet in desk.survey.sheets.values():
        if sheet.language and dataclasses.is_dataclass(sheet.kind.shape):
            for name in _required(sheet):
                if name not in MAY_BE_EMPTY.get(sheet.kind.name, ()):
                    yield from _blanks(sheet, name, sheet.data.get(name))
    english = desk.knowledge.words[ENGLISH].texts if ENGLISH in desk.knowledge.words else {}
    for language in desk.other_languages:
        for key, text in desk.knowledge.words[language].texts.items():
            area, _, name = key.partition(".")
            if not text and english.get(key):
                yield desk.sheet("texts", area, language).problem(f"'{name}' is empty", (name,))


def _required(sheet: Sheet) -> Iterator[str]:
    for field in dataclasses.fields(sheet.kind.shape):
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            yield field.name


def _blanks(sheet: Sheet, name: str, value: Any) -> Iterator[Problem]:
    if isinstance(value, str) and not value.strip():
        yield sheet.problem(f"'{name}' is empty", (name,))
    if isinstance(value, list):
        for place, item in enumerate(value):
            if isinstance(item, str) and not item.strip():
                yield sheet.problem(f"'{name}' item {place + 1} is empty", (name, place))


def missing_for_the_facts(desk: Desk) -> Iterator[Problem]:
    """Words that are optional in general but needed by these very facts."""
    known = desk.knowledge
    for language, words in known.words.items():
        severity = severity_for(desk.survey, language)
        needs = [
            *(("matters", id_, _matter_needs(known.matters[id_])) for id_ in words.matters if id_ in known.matters),
            *(("combinations", id_, {"question": r.ask}) for id_, r in known.combinations.items() if id_ in words.combinations),
            *(("points", id_, {"not_taught": not p.taught, "press_light": p.force}) for id_, p in known.points.items() if id_ in words.points),
            *(("conditions", id_, {"no_routine": not c.routines}) for id_, c in known.conditions.items() if id_ in words.conditions),
        ]
        for kind, id_, fields in needs:
            said = getattr(words, kind)[id_]
            lacking = (name for name, needed in fields.items() if needed and not getattr(said, name))
            yield from (desk.sheet(kind, id_, language).problem(f"'{name}' is needed here", (), severity) for name in lacking)


def _matter_needs(matter: Any) -> dict[str, bool]:
    return {
        "stops": matter.stops,
        "light": any(rule.does == "light" for rule in matter.rules),
        "which_side": matter.detail == "side",
        "undo": matter.weighty,
    }


def undecided(desk: Desk) -> Iterator[Problem]:
    """What decides a red flag for who is not sure is one question, and another one than the flag itself."""
    for language, words in desk.knowledge.words.items():
        for id_, listed in words.flags.items():
            for name, flag in listed.flags.items():
                if not flag.unsure.endswith("?") or flag.unsure.count("?") > 1 or flag.unsure == flag.text:
                    yield desk.sheet("flags", id_, language).problem(f"'unsure' of '{name}' is not one plain question", ("flags", name))


def long_labels(desk: Desk) -> Iterator[Problem]:
    """What stands on a button fits on it."""
    for sentence in desk.sentences:
        if LABELS.get(sentence.sheet.kind.name) == sentence.loc[-1] and len(sentence.text) > LABEL_LENGTH:
            yield sentence.problem(f"a label of {len(sentence.text)} characters; at most {LABEL_LENGTH} fit a button")


def emoji(desk: Desk) -> Iterator[Problem]:
    """Words carry the meaning, also for those who listen to a screen reader."""
    for sentence in desk.sentences:
        found = EMOJI.search(sentence.text)
        if found:
            name = unicodedata.name(found[0], "emoji").lower()
            yield sentence.problem(f"no emoji in words ({name})")


def marks(desk: Desk) -> Iterator[Problem]:
    """`**bold**` is the only mark, and it is closed on its own row."""
    for sentence in desk.sentences:
        if any(row.count(BOLD) % 2 for row in sentence.text.split("\n")):
            yield sentence.problem("a ** is not closed on its row")
        found = MARKUP.search(sentence.text.replace(BOLD, ""))
        if found:
            yield sentence.problem(f"'{found[0]}': the only mark is **bold**")


def never_said(desk: Desk) -> Iterator[Problem]:
    """Nothing promises a cure; the list stands in `never-say.yaml` of each language."""
    for language, words in desk.knowledge.words.items():
        if words.never_say is not None:
            said = _claims(words.never_say)
            allowed = re.compile(rf"\b(?:{'|'.join(map(re.escape, words.never_say.unless))})\b", re.IGNORECASE)
            for sentence in desk.sentences:
                if sentence.sheet.language == language:
                    yield from _claimed(sentence, said, allowed)


def _claims(never_say: NeverSay) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, never_say.claims))})\b", re.IGNORECASE)


def _claimed(sentence: Sentence, claims: re.Pattern[str], allowed: re.Pattern[str]) -> Iterator[Problem]:
    for one in SENTENCE.findall(sentence.text):
        found = claims.search(one)
        if found and not one.endswith("?") and not allowed.search(one, 0, found.start()):
            yield sentence.problem(f"'{found[0]}' promises too much")


def points_by_name(desk: Desk) -> Iterator[Problem]:
    """Elsewhere than on its own card a point is not named: the words may be read by someone it is not for."""
    names = _point_names(desk)
    for sentence in desk.sentences:
        if sentence.sheet.kind.name not in POINT_KINDS:
            found = next((f for f in POINT_CODE.finditer(sentence.text) if f[0] not in SPOKEN_BY_NAME), None)
            found = found or (names.search(sentence.text) if names else None)
            if found:
                yield sentence.problem(f"names a point ('{found[0]}'): say where it lies, or leave it out")


def _point_names(desk: Desk) -> re.Pattern[str] | None:
    """English names of two words or more, as they are written, and pinyin with and without its tones."""
    names: set[str] = set()
    pinyin = {id_: point.pinyin for id_, point in desk.knowledge.points.items()}
    pinyin |= {id_: point.pinyin for id_, point in desk.knowledge.refused.items()}
    for id_, sound in pinyin.items():
        if id_ not in SPOKEN_BY_NAME:
            names |= {sound, _toneless(sound)}
            for words in desk.knowledge.words.values():
                card = words.points.get(id_) or words.refused.get(id_)
                names |= {card.name} if card is not None and " " in card.name else set()
    useful = sorted(name for name in names if len(name) > 3)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, useful))})\b") if useful else None


def _toneless(pinyin: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFD", pinyin) if not unicodedata.combining(letter))


def stray_placeholders(desk: Desk) -> Iterator[Problem]:
    """Outside `texts` only a few words may hold a `{placeholder}`."""
    for sentence in desk.sentences:
        kind = sentence.sheet.kind.name
        if kind != "texts":
            for name in sorted(set(PLACEHOLDER.findall(sentence.text)) - PLACEHOLDERS_OF.get(kind, frozenset())):
                yield sentence.problem(f"the placeholder '{{{name}}}' is not filled here")
