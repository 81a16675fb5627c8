"""A key and facts -> words of one language.

`knowledge/lang/<code>/texts/<area>.yaml` holds `key: sentence`; the full key is `area.key`. A sentence may have:

* placeholders, `{name}`, filled from the facts of the line. A list is said inside the sentence ("a, b and c"); standing
  alone on its row (after a mark such as `- `) its row is repeated for each item, and left out for none;
* plural forms: `{plural: n, one: "{n} point", other: "{n} points"}`, chosen by the CLDR category of the fact `n`;
* one mark, `**bold**`. Fronts translate it into their own; there is no other.

The words of the knowledge base (`Ref`) may have placeholders of the line around them, such as `{number}`.
A row of a whole line that begins with a placeholder begins with a capital letter.
What a language lacks is said in English; what English lacks is a mistake of ours and raises `UnsaidError`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from babel import Locale
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_decimal

from bot.catalog.model import Knowledge
from bot.catalog.model.knowledge import Text
from bot.catalog.model.lines import Fact, Line, One, Ref

ENGLISH = "en"
BOLD = "**"
PLACEHOLDER = re.compile(r"\{(\w+)\}")
LIST_ROW = re.compile(r"([^\w{]*)\{(\w+)\}")
ROW_START = re.compile(r"[^\w{/]*\{")
LETTER = re.compile(r"\w")
SENTENCE_ENDS = (".", "!", "?", "。", "।", "؟", "…")
PLURAL = "plural"
WORDS_OF: Mapping[str, str] = {
    "condition": "conditions", "matter": "matters", "flag": "flags", "alarm": "alarms", "combination": "combinations",
    "question": "questions", "lesson": "lessons", "point": "points", "refused": "refused",
    "programme": "programmes",
}
"""Where the words of each `RefKind` stand in `Words`."""
FACTS_OF: Mapping[str, str] = {**WORDS_OF, "country": "countries", "source": "sources"}


class UnsaidError(KeyError):
    """Code asks for a key, a fact or a word that does not exist: a mistake of ours, found by `check` before."""


def placeholders(text: Text) -> frozenset[str]:
    """The facts a text needs: all its forms together, and the fact that chooses the form."""
    if isinstance(text, str):
        return frozenset(PLACEHOLDER.findall(text))
    forms = (found for form, words in text.items() if form != PLURAL for found in PLACEHOLDER.findall(words))
    return frozenset((*forms, text[PLURAL]))


class Phrasebook:
    """The words of one language, with English behind it."""

    def __init__(self, knowledge: Knowledge, language: str) -> None:
        self.language = language
        self._knowledge = knowledge
        spoken = tuple(dict.fromkeys((language, ENGLISH)))
        self._words = tuple(knowledge.words[code] for code in spoken)
        self._locales = tuple(_locale(knowledge, code) for code in spoken)

    def say(self, line: Line) -> str:
        """The words of a line. Raises UnsaidError for an unknown key, a missing fact or an unknown id."""
        return self._said(line, top=True)

    def _said(self, line: Line, *, top: bool = False) -> str:
        text, locale = self._text(line)
        rows = (self._row(row, line.facts, locale, top=top) for row in text.split("\n"))
        return "\n".join(row for row in rows if row is not None)

    def _text(self, line: Line) -> tuple[str, Locale]:
        """The sentence behind a key, its plural form chosen, and the locale whose rules hold in it."""
        for words, locale in zip(self._words, self._locales, strict=False):
            text = words.texts.get(line.key)
            if text is not None:
                return (text if isinstance(text, str) else _form(text, line, locale)), locale
        raise UnsaidError(line.key)

    def _row(self, row: str, facts: Mapping[str, Fact], locale: Locale, *, top: bool) -> str | None:
        """One row of a sentence, filled; None when it stood for the items of an empty list."""
        alone = LIST_ROW.fullmatch(row)
        if alone:
            mark, name = alone.groups()
            items = self._items(_fact(facts, name), facts)
            if items is not None:
                return "\n".join(_capital(mark + item) if top else mark + item for item in items) if items else None
        filled = PLACEHOLDER.sub(lambda found: self._inline(_fact(facts, found[1]), facts, locale), row)
        return _capital(filled) if top and ROW_START.match(row) else filled

    def _items(self, fact: Fact, facts: Mapping[str, Fact]) -> list[str] | None:
        """The items of a list said one by one; None when the fact is no list."""
        if isinstance(fact, tuple):
            return [self._single(item, facts, self._locales[0]) for item in fact]
        words = self._reference(fact) if isinstance(fact, Ref) else ""
        return [self._filled(item, facts) for item in words] if isinstance(words, tuple) else None

    def _inline(self, fact: Fact, facts: Mapping[str, Fact], locale: Locale) -> str:
        items = self._items(fact, facts)
        if items is not None or isinstance(fact, tuple):
            return _joined(items or [], locale)
        return self._single(fact, facts, locale)

    def _single(self, fact: One, facts: Mapping[str, Fact], locale: Locale) -> str:
        if isinstance(fact, Line):
            return self._said(fact)
        if isinstance(fact, Ref):
            words = self._reference(fact)
            return self._filled(words if isinstance(words, str) else _joined(list(words), locale), facts)
        return _plain(fact, locale)

    def _filled(self, words: str, facts: Mapping[str, Fact]) -> str:
        """Words of the knowledge base with the placeholders of the line around them."""
        return PLACEHOLDER.sub(lambda found: self._inline(_fact(facts, found[1]), {}, self._locales[0]), words)

    def _reference(self, ref: Ref) -> str | tuple[str, ...]:
        """The words behind a reference: in this language, else in English, else among the facts. A field that is
        there and empty is said as nothing."""
        shelves = [getattr(words, WORDS_OF[ref.kind]) for words in self._words if ref.kind in WORDS_OF]
        shelves.append(getattr(self._knowledge, FACTS_OF[ref.kind]))
        found = [_part(shelf.get(ref.id), _way(ref)) for shelf in shelves]
        said = [words for words in found if words is not None]
        if not said:
            raise UnsaidError(ref)
        words = next((words for words in said if words), said[0])
        return words if isinstance(words, tuple) else str(words)


def _way(ref: Ref) -> str:
    """`headache-sudden.text` of a red-flag list stands under its `flags`."""
    return f"flags.{ref.field}" if ref.kind == "flag" and "." in ref.field else ref.field


def _locale(knowledge: Knowledge, language: str) -> Locale:
    known = knowledge.languages.get(language)
    return Locale.parse(known.locale if known is not None and known.locale else language, sep="-")


def _form(text: Mapping[str, str], line: Line, locale: Locale) -> str:
    number = _fact(line.facts, text[PLURAL])
    if not isinstance(number, (int, float)):
        raise UnsaidError(line.key, text[PLURAL])
    return text.get(locale.plural_form(number), text["other"])


def _fact(facts: Mapping[str, Fact], name: str) -> Fact:
    if name not in facts:
        raise UnsaidError(name)
    return facts[name]


def _plain(fact: str | float | dt.date | dt.time, locale: Locale) -> str:
    if isinstance(fact, str):
        return fact.replace(BOLD, "")
    if isinstance(fact, dt.datetime):
        return f"{format_date(fact, 'long', locale)}, {format_time(fact, 'short', locale=locale)}"
    if isinstance(fact, dt.date):
        return format_date(fact, "long", locale)
    if isinstance(fact, dt.time):
        return format_time(fact, "short", locale=locale)
    return str(fact) if isinstance(fact, int) else format_decimal(fact, locale=locale)


def _joined(items: list[str], locale: Locale) -> str:
    """Whole sentences follow each other; names are listed: "a, b and c"."""
    if items and all(item.endswith(SENTENCE_ENDS) for item in items):
        return " ".join(items)
    return format_list(items, locale=locale)


def _capital(row: str) -> str:
    first = LETTER.search(row)
    return row if first is None else row[: first.start()] + first[0].upper() + row[first.end() :]


def _part(thing: Any, way: str) -> Any:
    """The value at the end of `steps.2` or `headache-sudden.text`; None when there is none."""
    for step in way.split("."):
        if isinstance(thing, Mapping):
            thing = thing.get(step)
        elif isinstance(thing, tuple):
            thing = thing[int(step)] if step.isdecimal() and int(step) < len(thing) else None
        else:
            thing = getattr(thing, step, None)
    return thing
