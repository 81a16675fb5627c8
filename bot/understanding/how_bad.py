"""How bad it is, from 0 to 10, in a short answer: a number, a range, or a plain word."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from bot.catalog.model.lexicon import Lexicon

MOST, BOTH = 10, 2
AROUND = " .,!~?"
LONGEST = 80
"""A longer message is no answer to this question."""
NUMBER = re.compile(r"(?<![\w.,])-?\d{1,4}(?:[.,]\d+)?(?=\D|$)")
COMMA = re.compile(r",(?!\d)")
PART = re.compile(r"[,;\n]|\.(?!\d)")
THEN = re.compile(r"(?<=\d)\s+(?=[^\W\d])")
MOST_PARTS, MOST_PART = 4, 4
"""So many parts, each of so many words, may have a number of their own."""
WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
RANGE = re.compile(r"(\d)\s*[-\u2013]\s*(\d)")
OUT_OF = re.compile(r"/\s*(10{1,2})\b")
OTHER_SCALE = re.compile(r"\d\s*/|\d[.,]\d{3}")
"""Out of another number, or thousands."""


class HowBad(NamedTuple):
    """`number`: 0 to 10; None when it is on no such scale. `by`: figures, or a word that stands for one."""

    number: int | None
    by: Literal["number", "word"] = "number"


def how_bad(text: str, lexicon: Lexicon) -> HowBad | None:
    """What a short answer says; None when it says nothing about it. Of several numbers the worst counts, of "from 8 to 3" the second,
    of "to 3 from 8" the first."""
    said = _said(text, lexicon)
    given = _given(text, lexicon) if said is None else ""
    return _said(given, lexicon) if given else said


def worst_of(text: str, lexicon: Lexicon) -> HowBad | None:
    """Of "neck 3, heat 5", one number at the end of each part, the worst; None for all else."""
    scale, plain = _scale(_plain(text), lexicon)
    breaks = "|".join(map(re.escape, lexicon.writing.breaks)) or "(?!)"
    pieces = (one for piece in PART.split(plain) for one in re.split(rf"\b(?:{breaks})\b", piece))
    parts = [_bare(part, lexicon) for piece in pieces for part in THEN.split(piece) if part.strip()]
    if scale != MOST or {word for part in parts for word in part.split()} & {*lexicon.facts.from_to, *(words.split()[0] for words in lexicon.facts.of_ten)}:
        return None
    if not 0 < len(parts) <= MOST_PARTS or any(len(part.split()) > MOST_PART for part in parts):
        return None
    ends = [how_bad(part.split()[-1], lexicon) if part else None for part in parts]
    alone = all(len(NUMBER.findall(part)) + sum(word in lexicon.writing.numbers for word in WORD.findall(part)) == 1 for part in parts)
    numbers = [end.number for end in ends if end is not None and end.by == "number" and end.number is not None]
    return HowBad(max(numbers)) if alone and len(numbers) == len(parts) else None


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("\u2019", "'").split())


def _given(text: str, lexicon: Lexicon) -> str:
    """The words without those that give a number, "i will give it seven love"; "" where there are none such."""
    plain, told = _bare(_plain(COMMA.sub(" ", text)), lexicon), lexicon.beside
    rest = _bare(" ".join(word for word in plain.split() if word.strip(AROUND) not in told.addressed), lexicon)
    phrases, before = sorted(told.gives, key=len, reverse=True), ""
    while before != rest:
        before = rest
        found = next((one for one in phrases if rest.startswith(f"{one} ") or rest.endswith(f" {one}")), "")
        rest = rest.removeprefix(f"{found} ").removesuffix(f" {found}").strip(AROUND) if found else rest
    moved, words = lexicon.facts.from_to, rest.split()
    backwards = bool(moved) and moved[0] in words and not _in_order(words, moved)  # "down to 3 from 8"
    return "" if rest == _bare(_plain(text), lexicon) or backwards else rest


def _said(text: str, lexicon: Lexicon) -> HowBad | None:
    asked, _, answered = text.strip().rstrip(AROUND).rpartition("?")  # "how bad? a 7": the question said again
    plain = _bare(" ".join((answered if asked else text).casefold().split()), lexicon)
    if len(plain) > LONGEST:
        return None
    words = plain.split()
    then = next((place for place, word in enumerate(words) if word in lexicon.writing.breaks), len(words))
    if set(lexicon.facts.earlier).isdisjoint(words[then:]):
        told_of_before = then < len(words) and not set(lexicon.facts.earlier).isdisjoint(words[:then])
        return None if told_of_before else _how_bad(plain, lexicon)
    return _how_bad(" ".join(words[:then]).strip(" ,"), lexicon)


def _bare(plain: str, lexicon: Lexicon) -> str:
    """Without marks and words of courtesy around it."""
    plain = plain.strip(AROUND)
    for words in lexicon.facts.courtesy:
        plain = plain.removesuffix(f" {words}").removeprefix(f"{words} ").strip(AROUND)
    return plain


def _how_bad(plain: str, lexicon: Lexicon) -> HowBad | None:
    if plain in lexicon.facts.how_bad:
        return HowBad(lexicon.facts.how_bad[plain], "word")
    scale, plain = _scale(plain, lexicon)
    figures = RANGE.sub(r"\1 \2", plain)
    words = WORD.findall(figures)
    spelt = [lexicon.writing.numbers[word] for word in words if word in lexicon.writing.numbers]
    around = all(word in lexicon.writing.numbers or word in lexicon.facts.around_number for word in words)
    values = [float(found.replace(",", ".")) for found in NUMBER.findall(figures)] + spelt
    if not values or not around or OTHER_SCALE.search(figures):
        return None
    worst = max(values) if min(values) >= 0 else -1.0
    if len(values) == BOTH and lexicon.facts.from_to and _in_order(words, lexicon.facts.from_to):
        worst = values[-1]
    elif len(values) == BOTH and lexicon.facts.from_to and _in_order(words, lexicon.facts.from_to[::-1]):
        worst = values[0]  # "down to 3 from 8"
    number = math.floor(worst * MOST / scale + 0.5)
    return HowBad(number if 0 <= worst <= scale else None)


def _in_order(words: list[str], wanted: Sequence[str]) -> bool:
    """Whether these words are all said, in this order."""
    left = iter(words)
    return all(word in left for word in wanted)


def _scale(plain: str, lexicon: Lexicon) -> tuple[int, str]:
    """Out of how many, and the answer without that."""
    scales = {int(found) for found in OUT_OF.findall(plain)}
    if len(scales) == 1:
        return scales.pop(), OUT_OF.sub(" ", plain)
    ending = next((words for words in lexicon.facts.of_ten if plain.endswith(f" {words}")), "")
    return MOST, plain.removesuffix(ending) if ending else plain
