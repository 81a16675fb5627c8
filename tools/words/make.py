"""Make the large word list of a language: `python -m tools.words.make en`, with `wordfreq` installed (a tool, not a dependency).

The list is what spelling repair leaves alone and falls back on. Its classes are Zipf frequencies rounded to halves.
Words that are common only as misspellings are left out (`NOT_WORDS`)."""

from __future__ import annotations

import hashlib
import sys
from collections import defaultdict
from importlib.metadata import version
from pathlib import Path

import wordfreq

SIZE = 36_000
TARGET = Path(__file__).resolve().parents[2] / "knowledge" / "lang"
HEADER = """\
# The {size} commonest words of "{language}", by half classes of Zipf frequency (6: once in a thousand words, 3: once in a million).
# Made by tools/words/make.py from the data of wordfreq {version} (Robyn Speer, https://github.com/rspeer/wordfreq), which is
# redistributed under Creative Commons Attribution-ShareAlike 4.0; this file keeps that licence (see NOTICE).
# Digest of the words: {digest}
"""
NOT_WORDS = frozenset(
    [
        "teh",
        "becuase",
        "definately",
        "recieve",
        "seperate",
        "untill",
        "wierd",
        "alot",
        "tommorow",
        "tomorow",
        "thier",
        "beleive",
        "freind",
        "wich",
        "realy",
        "stomache",
        "hed",
        "hav",
        "wen",
        "sumthing",
        "somthing",
        "beacuse",
        "basicly",
        "occured",
        "goverment",
        "enviroment",
        "dont",
        "cant",
        "wont",
        "didnt",
        "doesnt",
        "isnt",
        "wasnt",
        "arent",
        "couldnt",
        "wouldnt",
        "shouldnt",
        "havent",
        "hasnt",
        "ive",
        "youre",
        "theyre",
        "thats",
        "whats",
    ]
)


def listing(language: str) -> str:
    classes: dict[float, list[str]] = defaultdict(list)
    for word in wordfreq.top_n_list(language, SIZE, wordlist="large"):
        if word.isalpha() and len(word) > 1 and word not in NOT_WORDS:
            classes[round(wordfreq.zipf_frequency(word, language) * 2) / 2].append(word)
    body = "".join(f"{grade}: {' '.join(sorted(words))}\n" for grade, words in sorted(classes.items(), reverse=True))
    digest = hashlib.sha256(body.encode()).hexdigest()[:16]
    size = sum(map(len, classes.values()))
    return HEADER.format(size=size, language=language, version=version("wordfreq"), digest=digest) + body


def main(languages: list[str]) -> None:
    for language in languages:
        (TARGET / language / "understanding" / "words.txt").write_text(listing(language), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
