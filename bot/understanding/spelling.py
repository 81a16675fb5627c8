"""Repair of words that nobody knows: our own vocabulary first, by distance and by sound, then a large word list."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.catalog.model.lexicon import Ending, Writing

SOUND = 0.55
"""In a word that sounds the same, wrong letters cost this much of the usual."""
OTHER_START = 0.5
SWAPPED, LOST = 0.2, 0.08
"""Two letters swapped, or one lost, are likelier slips than a wrong one."""
PER_CLASS = 0.12
CACHE = 20_000
MOST_NEAR = 40
LONG_RUN = re.compile(r"([^\W\d_])\1{2,}")
RARER = 1.5
RARE, OURS, SLIP, PHRASE = 3.0, 0.5, 0.15, 0.25
NEAR = 0.35
MAX_LENGTH = 32


def common_words(text: str) -> dict[str, float]:
    """The large word list: lines `<class>: word word ...`, comments begin with #."""
    found: dict[str, float] = {}
    for line in text.splitlines():
        grade, _, words = line.partition(":")
        if words and not line.startswith("#"):
            found.update(dict.fromkeys(words.split(), float(grade)))
    return found


def allowed(length: int) -> int:
    """How many wrong letters a word of this length may have."""
    return 0 if length < 3 else 1 if length < 5 else 2


class Stemmer:
    """Bent words to base words, by the endings of the language; a base counts only if somebody knows it."""

    def __init__(self, writing: Writing, own: Mapping[str, float], common: Mapping[str, float]) -> None:
        self._irregular = writing.irregular
        self._endings = writing.endings
        self._spellings = writing.spellings
        self._written = [one for one, _ in writing.spellings]
        self._own = own
        self._common = common
        self._memory: dict[str, str] = {}

    def is_base(self, word: str, than: float = 0.0) -> bool:
        """Whether this is a word; not when it is far rarer than the bent form it would explain ("morn", "morning")."""
        return word in self._own or self._common.get(word, 0.0) > max(0.0, than - RARER)

    def __call__(self, word: str) -> str:
        found = self._memory.get(word)
        if found is None:
            if len(self._memory) > CACHE:
                self._memory.clear()
            found = self._memory[word] = self._irregular.get(word) or self._reduced(self.respelt(word))
        return found

    def respelt(self, word: str) -> str:
        if any(map(word.__contains__, self._written)):  # hardly any has one
            for one, other in self._spellings:
                word = word.replace(one, other)
        return word

    def _reduced(self, word: str) -> str:
        known = self.is_base(word)
        for ending in self._endings:
            left = len(word) - len(ending.drop)
            if word.endswith(ending.drop) and left >= ending.least and not (known and ending.unknown_only):
                base = self._base(word[:left], ending, self._common.get(word, 0.0))
                if base:
                    return base
        return word

    def _base(self, rest: str, ending: Ending, grade: float) -> str | None:
        if ending.undouble and len(rest) > 3 and rest[-1] == rest[-2] and self.is_base(rest[:-1], grade):
            return rest[:-1]
        bases = [rest + add for add in ending.add if self.is_base(rest + add, grade)]
        return max(bases, key=lambda base: self._common.get(base, 0.0)) if bases else None


class Speller:
    """`vocabulary`: our own words and how much each is favoured (0 to 1); `common`: the large list with frequency classes."""

    def __init__(
        self, vocabulary: Mapping[str, float], common: Mapping[str, float], writing: Writing, stem: Stemmer
    ) -> None:
        self.stem = stem
        self._own = vocabulary
        self._common = common
        self._writing = writing
        self._never = frozenset(writing.never)
        self._starts: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._seconds: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._large: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._sounding: dict[str, list[str]] = defaultdict(list)
        for word in vocabulary:
            if len(word) > 2 and word.isalpha():
                self._starts[word[0], len(word)].append(word)
                self._seconds[word[1], len(word)].append(word)
                self._sounding[self.sound(word)].append(word)
        for word in common:
            self._large[word[0], len(word)].append(word)
        self._memory: dict[str, tuple[str, ...]] = {}

    def knows(self, word: str) -> bool:
        return word in self._own or word in self._common or word in self._never

    def frequency(self, word: str) -> float:
        return self._common.get(word, 0.0)

    def commonest(self, grade: float, own_grade: float) -> list[str]:
        """Words of the large list that are at least so common, our own if they are at least `own_grade`."""
        return [word for word, own in self._common.items() if own >= (own_grade if word in self._own else grade)]

    def favour(self, word: str) -> float:
        return self._own.get(word, 0.0)

    def sound(self, word: str) -> str:
        """A key that words share when they sound alike: replacements, then only the first vowel, no doubled letters."""
        for letters, sound in self._writing.sounds:
            if letters in word:
                word = word.replace(letters, sound)
        kept = word[:1] + "".join(letter for letter in word[1:] if letter not in self._writing.vowels)
        return "".join(letter for place, letter in enumerate(kept) if not place or letter != kept[place - 1])

    def repair(self, word: str) -> tuple[str, ...]:
        """The word or words most likely meant; empty when there is nothing near."""
        found = self._memory.get(word)
        if found is None:
            if len(self._memory) > CACHE:
                self._memory.clear()
            found = self._memory[word] = self._repair(word)
        return found

    def _repair(self, word: str) -> tuple[str, ...]:
        if not 2 < len(word) <= MAX_LENGTH or word in self._never:
            return ()
        costs = self.near(word)
        best = min(costs, key=lambda one: (costs[one], one), default="")
        split = self._split(word) if not best or costs[best] > NEAR else ()
        return split or ((best,) if best else ())

    def unstretched(self, word: str) -> str:
        """A stretched word with its letters twice or once, whichever is the likelier word: "soooo", "pooo"."""
        return max((LONG_RUN.sub(letters, word) for letters in (r"\1\1", r"\1")), key=self._favour)

    def slip(self, word: str) -> str:
        """One of our own common words that a rare word is surely a slip for: "bak" is "back"."""
        grade = self._common.get(word, 0.0)
        if not 0 < grade <= RARE or self._own.get(word, 0.0) > PHRASE or len(word) < 3 or word in self._never:
            return ""
        near = {
            one: cost
            for one, cost in self.near(word, own_only=True).items()
            if one[0] == word[0]
            and self._common.get(one, 0.0) >= grade + 1
            and self._own.get(one, 0.0) >= OURS
            and cost < SLIP
        }
        return min(near, key=lambda one: (near[one], one), default="")

    def near(self, word: str, *, own_only: bool = False) -> dict[str, float]:
        """Words that may be meant, each with its cost: wrong letters less the favour it enjoys."""
        costs: dict[str, float] = {}
        limit = allowed(len(word))
        for candidate in self._sounding.get(self.sound(word), ()):
            distance = OSA.distance(word, candidate, score_cutoff=len(word) // 2)
            if 1 < distance <= min(len(word) // 2, len(candidate) - 1):  # one letter in common is no likeness
                costs[candidate] = SOUND * self._cost(word, candidate, distance) + (SOUND - 1) * self._favour(candidate)
        for candidate, distance, _ in process.extract(
            word, self._own_candidates(word, limit), scorer=OSA.distance, score_cutoff=limit, limit=MOST_NEAR
        ):
            costs[candidate] = min(costs.get(candidate, 9.0), self._cost(word, candidate, distance))
        if not own_only:
            for candidate, distance, _ in process.extract(
                word, self._large_candidates(word), scorer=OSA.distance, score_cutoff=limit, limit=MOST_NEAR
            ):
                costs.setdefault(candidate, self._cost(word, candidate, distance))
        return costs

    def _cost(self, word: str, candidate: str, distance: float) -> float:
        same_letters = distance == 1 and len(word) == len(candidate) and sorted(word) == sorted(candidate)
        start = 0.0 if word[0] == candidate[0] else OTHER_START
        slip = SWAPPED if same_letters else LOST if len(candidate) > len(word) else 0.0
        return distance - slip + start - self._favour(candidate)

    def _favour(self, candidate: str) -> float:
        return self._own.get(candidate, 0.0) + PER_CLASS * self._common.get(candidate, 1.0)

    def _own_candidates(self, word: str, limit: int) -> list[str]:
        found: list[str] = []
        for length in range(len(word) - limit, len(word) + limit + 1):
            found += self._starts.get((word[0], length), ())
            if abs(length - len(word)) <= 1:
                for letter in {word[0], word[1]}:
                    found += self._seconds.get((letter, length), ())
                if word[1] != word[0]:
                    found += self._starts.get((word[1], length), ())
        return found

    def _large_candidates(self, word: str) -> list[str]:
        shorter, as_long, longer = (self._large.get((word[0], len(word) + length), ()) for length in (-1, 0, 1))
        return [*shorter, *as_long, *longer]

    def _split(self, word: str) -> tuple[str, ...]:
        """Two joined words, one of them ours and both known and common: "stomachpain"."""
        if len(word) < 7:
            return ()
        best: tuple[float, tuple[str, ...]] = (0.0, ())
        for place in range(3, len(word) - 2):
            left, right = word[:place], word[place:]
            if (left in self._own or right in self._own) and self._both(left, right):
                worth = self._favour(left) + self._favour(right) + 0.1 * min(len(left), len(right))
                best = max(best, (worth, (left, right)))
        return best[1]

    def _both(self, left: str, right: str) -> bool:
        return all(
            part in self._own or self._common.get(part, 0.0) >= (5.5 if len(part) < 4 else 3.5)
            for part in (left, right)
        )
