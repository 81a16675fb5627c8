"""What is said to an alarm instead of an answer: "I am fine now", "I can't call anyone", "the doctor said it's nothing"."""

from __future__ import annotations

import re
from functools import cache

from bot.catalog.model.lexicon import Lexicon, Remarked, Remarks

LONGEST = 200
"""A longer message is more than a remark."""
CLAUSE = re.compile(r"[.,;:!?()\n\u2026]+|\s+-+\s+")
WORD = re.compile(r"[\w&']+")
SLOT = re.compile(r"\{(\w+)\}")


def remarks_in(text: str, lexicon: Lexicon) -> tuple[tuple[Remarked, ...], bool]:
    """The kinds of remarks in the order in which they are said, and whether nothing else is said."""
    if len(text) > LONGEST:
        return (), False
    told = lexicon.remarks
    clauses = [clause for part in CLAUSE.split(_plain(text, told)) for clause in _clauses(part.split(), told)]
    heard = [_kind(" ".join(clause), told) for clause in clauses if clause]
    return tuple(dict.fromkeys(kind for kind in heard if kind is not None)), bool(heard) and None not in heard


def _plain(text: str, told: Remarks) -> str:
    """Small letters and straight apostrophes; what is written in two ways in one of them."""
    plain = text.casefold().replace("\u2019", "'")
    for written, meant in told.same.items():
        plain = re.sub(rf"(?<![\w']){re.escape(written)}(?![\w'])", meant, plain)
    return plain


def _clauses(words: list[str], told: Remarks) -> list[list[str]]:
    """Cut before words that begin a clause, without words that carry nothing."""
    clauses: list[list[str]] = [[]]
    for word in (found for each in words for found in WORD.findall(each)):
        if word in told.breaks:
            clauses.append([])
        elif word not in told.dropped and (clauses[-1] or word not in told.around):
            clauses[-1].append(word)
    return clauses


def _kind(clause: str, told: Remarks) -> Remarked | None:
    return next((kind for kind, phrases in told.said.items() if any(_says(clause, phrase, told) for phrase in phrases)), None)


def _says(clause: str, phrase: str, told: Remarks) -> bool:
    """Whether the clause is this phrase. Most are not: that is seen without filling in its words."""
    fixed = SLOT.split(_light(phrase, told.dropped))[::2]
    return all(part in clause for part in fixed) and re.fullmatch(_filled(phrase, told), clause) is not None


def _filled(phrase: str, told: Remarks) -> str:
    parts = SLOT.split(_light(phrase, told.dropped))
    return "".join(f"(?:{'|'.join(_filled(word, told) for word in told.words[part])})" if n % 2 else re.escape(part) for n, part in enumerate(parts))


@cache
def _light(phrase: str, dropped: tuple[str, ...]) -> str:
    """A phrase as what is said is heard: without the words that carry nothing."""
    return " ".join(word for word in phrase.split() if word not in dropped)
