"""A second look at a message that says little: a word that is right but odd may be a slip for one of ours ("bak pain")."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from bot.understanding.hear import Hearing
from bot.understanding.spelling import Speller
from bot.understanding.symptoms import Candidate
from bot.understanding.words import Reading

WEAK, GAIN = 7.6, 2.0
"""Below this a complaint is weak; a guess must gain so much."""
LONG = 12
"""In so many words the others tell more than a guess at one."""
COMMONEST = 5.4
MOST_GUESSES = 12
FAVOURED = 0.4
FAR = 0.75
NOTHING = frozenset({"filler"})


def better(
    hearing: Hearing,
    candidates: list[Candidate],
    speller: Speller,
    listen: Callable[[Reading], tuple[Hearing, list[Candidate]]],
) -> tuple[Hearing, list[Candidate]] | None:
    """The message with one word changed, if that makes a complaint of it."""
    before = strength(candidates)
    if before >= WEAK or len(hearing.reading.tokens) >= LONG:
        return None
    best: tuple[float, Hearing, list[Candidate]] | None = None
    for guess in _guesses(hearing, speller):
        heard, found = listen(guess)
        if strength(found) >= max(WEAK, before + GAIN) and (best is None or strength(found) > best[0]):
            best = strength(found), heard, found
    return (best[1], best[2]) if best else None


def strength(candidates: Sequence[Candidate]) -> float:
    """The score of the best complaint that a pattern shows."""
    return max([one.matches[0].score for one in candidates if one.matches], default=0.0)


def _guesses(hearing: Hearing, speller: Speller) -> Iterator[Reading]:
    """The message with one word changed; a word as written that means something to us stays."""
    reading = hearing.reading
    meant = {place for one in hearing.said if one.ids - NOTHING for place in range(one.first, one.last + 1)}
    made = 0
    for place, token in enumerate(reading.tokens):
        if place in meant and not token.repaired:
            continue
        for word in _slips(token.raw if token.repaired else token.word, speller):
            if made < MOST_GUESSES and word != token.word:
                made += 1
                changed = token._replace(word=word, stem=speller.stem(word), repaired=True)
                yield Reading.of(reading.text, (*reading.tokens[:place], changed, *reading.tokens[place + 1 :]), reading.clauses, reading.breaks)


def _slips(word: str, speller: Speller) -> list[str]:
    """Our own words one slip away from a word that is not one of the commonest."""
    if len(word) < 3 or not word.isalpha() or speller.frequency(word) > COMMONEST or speller.favour(word) > FAVOURED:
        return []
    near = speller.near(word, own_only=True)
    if speller.frequency(word):
        near = {one: cost for one, cost in near.items() if one[0] == word[0]}
    return [
        one for one in sorted(near, key=lambda one: near[one]) if near[one] < FAR and speller.favour(one) > FAVOURED
    ][:3]
