"""What plain methods make of the same sentences: WRatio, token_set_ratio and BM25 over the same phrases."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from rapidfuzz import fuzz, process, utils

WORD = re.compile(r"[a-z']+")
Ranker = Callable[[str], list[str]]


def fuzzy(phrases: Mapping[str, Sequence[str]], scorer: Callable[..., float]) -> Ranker:
    choices = [(utils.default_process(text), name) for name, many in phrases.items() for text in many]
    texts = [text for text, _ in choices]

    def ranked(text: str) -> list[str]:
        found = process.extract(utils.default_process(text), texts, scorer=scorer, limit=60)
        return list(dict.fromkeys(choices[place][1] for _, _, place in found))

    return ranked


def bm25(phrases: Mapping[str, Sequence[str]], k1: float = 1.2, b: float = 0.75) -> Ranker:
    """One document a condition."""
    documents = {
        name: Counter(word for text in many for word in WORD.findall(text.lower())) for name, many in phrases.items()
    }
    lengths = {name: sum(words.values()) for name, words in documents.items()}
    mean = sum(lengths.values()) / len(lengths)
    spread = Counter(word for words in documents.values() for word in words)

    def ranked(text: str) -> list[str]:
        scores: dict[str, float] = dict.fromkeys(documents, 0.0)
        for word in WORD.findall(text.lower()):
            rarity = math.log(1 + (len(documents) - spread[word] + 0.5) / (spread[word] + 0.5))
            for name, words in documents.items():
                count = words[word]
                scores[name] += rarity * count * (k1 + 1) / (count + k1 * (1 - b + b * lengths[name] / mean))
        return sorted(scores, key=lambda name: -scores[name])[:5]

    return ranked


def baselines(phrases: Mapping[str, Sequence[str]]) -> dict[str, Ranker]:
    return {
        "rapidfuzz WRatio": fuzzy(phrases, fuzz.WRatio),
        "rapidfuzz token_set_ratio": fuzzy(phrases, fuzz.token_set_ratio),
        "BM25": bm25(phrases),
    }
