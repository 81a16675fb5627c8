"""Numbers with a meaning in a message: temperature, weeks of pregnancy, age, tablets, minutes, sugar, pulse."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.understanding.alarm_grammar import MEASURES, Book
from bot.understanding.alarm_hits import NOWHERE, Hits, Known
from bot.understanding.alarm_text import Tokens

NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
NAMED = ("sugar", "oxygen", "pulse", "pressure")
"""Measures that are known by the word before the number: BEFORE-SUGAR and so on."""
UNIT_GAP = {"tablets": 3, "temperature": 2}
"""How many words may stand between a number and its unit: "20 white paracetamol tablets"."""
NAME_REACH = 5
LEAST = {"oxygen": 40.0, "pulse": 15.0, "pressure": 60.0}
"""Nobody who is written about has less: "sat at table nine" is no oxygen, "pulse 2" no pulse, "pressure at 9" no blood pressure."""
PARTS_OF_A_YEAR = {"months": 12, "weeks": 52, "days": 365}
LONGEST_LIFE = 111
ALONE_FROM = 50
"""A bare number between commas is an age from here on: "Grandma, 84, fell"."""
WEEKS = (4, 43)
MOST_MMOL, MG_A_MMOL = 40.0, 18.0
"""Meters of blood sugar show no more mmol/l; so many mg/dl are one."""


class Numbers:
    """Reads the numbers of a message by the word groups UNIT-..., BEFORE-..., SPAN-... and CLOCK of the language."""

    def __init__(self, book: Book) -> None:
        self._words = book.numbers
        self._measure = {name: book.reserved(f"={name}") for name in MEASURES}
        self._units = {name: book.reserved(f"UNIT-{name.upper()}") for name in MEASURES if name not in NAMED}
        self._before = {name: book.reserved(f"BEFORE-{name.upper()}") for name in ("temperature", "age", *NAMED)}
        self._span = book.reserved("SPAN-BEFORE"), book.reserved("SPAN-AFTER")
        self._clock = book.single("CLOCK")

    def note(self, tokens: Tokens, hits: Hits, known: Known) -> None:
        """Adds the numbers of the message, and those known of the person, to the hits."""
        for place, word in enumerate(tokens.words) if hits.has_number else ():
            if word[0].isdecimal() or word in self._words:
                for name, value in _At(self, tokens, hits, place).meanings(self._value(word)):
                    hits.measure(self._measure[name], value, (place, place + 1))
        for name, given in (("gestation", known.weeks), ("age", known.age)):
            if given is not None:
                hits.measure(self._measure[name], given, NOWHERE)

    def _value(self, word: str) -> float | None:
        if word in self._words:
            return self._words[word]
        return float(word.replace(",", ".")) if NUMBER.fullmatch(word) else None

    def unit(self, at: _At) -> set[str]:
        said = at.hits.said
        return {name for name, group in self._units.items() if group in said and at.follows(group, UNIT_GAP.get(name, 0))}

    def named(self, name: str, at: _At) -> bool:
        """Whether the word for this measure stands shortly before the number."""
        return self._before[name] in at.hits.said and any(
            0 <= at.place - end < NAME_REACH and at.tokens.sentences[start] == at.tokens.sentences[at.place]
            for start, end in at.hits.spans.get(self._before[name], ())
        )

    def just_after(self, name: str, at: _At) -> bool:
        return self._before[name] in at.hits.said and any(end == at.place for _, end in at.hits.spans[self._before[name]])

    def spans_time(self, at: _At) -> bool:
        """A time span and not a week of pregnancy: "for 30 weeks", "30 weeks ago"."""
        before, after = self._span
        return any(end == at.place for _, end in at.hits.spans.get(before, ())) or any(
            start == at.place + 2 for start, _ in at.hits.spans.get(after, ())
        )

    def clock(self, at: _At) -> bool:
        return not self._clock.isdisjoint(at.tokens.words[at.place + 1 : at.place + 2])


class _At:
    """The number at one place of a message."""

    def __init__(self, numbers: Numbers, tokens: Tokens, hits: Hits, place: int) -> None:
        self._numbers = numbers
        self.tokens = tokens
        self.hits = hits
        self.place = place

    def meanings(self, value: float | None) -> Iterator[tuple[str, float]]:
        if value is None or self._numbers.clock(self):
            return
        unit = self._numbers.unit(self)
        for name in unit - {"temperature", "age", "gestation"}:
            yield name, value
        if self._is_gestation(value, unit):
            yield "gestation", value
        if not unit:
            yield from ((name, _mmol(value) if name == "sugar" else value) for name in NAMED if value >= LEAST.get(name, 0.0) and self._numbers.named(name, self))
        if self._is_temperature(value, unit):
            yield "temperature", _celsius(value)
        years = self._years(value, unit)
        if years is not None:
            yield "age", years

    def follows(self, group: int, gap: int) -> bool:
        last = self.place + 1 + gap
        return any(
            self.place < start <= last and self.tokens.sentences[start] == self.tokens.sentences[self.place]
            for start, _ in self.hits.spans.get(group, ())
        )

    def _is_gestation(self, value: float, unit: set[str]) -> bool:
        if self.tokens.words[self.place + 1 : self.place + 2] == ("+",):
            return WEEKS[0] <= value <= WEEKS[1]
        return "weeks" in unit and WEEKS[0] <= value <= WEEKS[1] and not self._numbers.spans_time(self)

    def _is_temperature(self, value: float, unit: set[str]) -> bool:
        if not 33 <= _celsius(value) <= 43 or "weeks" in unit:
            return False
        written = self.tokens.words[self.place]
        alone = not unit and ("." in written or "," in written)
        return alone or "temperature" in unit or self._numbers.named("temperature", self)

    def _years(self, value: float, unit: set[str]) -> float | None:
        if not 0 < value < LONGEST_LIFE:
            return None
        if "age" in unit:
            return value / next((parts for name, parts in PARTS_OF_A_YEAR.items() if name in unit), 1)
        alone = self.tokens.pieces.count(self.tokens.pieces[self.place]) == 1 and value >= ALONE_FROM
        alone = alone and self.tokens.words[self.place].isdecimal()
        return value if not unit and (alone or self._numbers.just_after("age", self)) else None


def _mmol(value: float) -> float:
    """Sugar in mmol/l: what is above any such reading was told in mg/dl."""
    return value if value <= MOST_MMOL else value / MG_A_MMOL


def _celsius(value: float) -> float:
    return value if value <= 45 else (value - 32) / 1.8 if 94 <= value <= 110 else 0.0
