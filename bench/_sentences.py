"""Sentences with right answers, from a folder of .jsonl or .yaml files, and the harm that fingers do to them."""

from __future__ import annotations

import json
import random
import string
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

PHRASES = Path(__file__).resolve().parents[1] / "tests" / "phrases" / "en"
"""`unseen` in it holds sentences whose authors knew neither the code nor the sentences that are taught."""
COMPLAINTS = ("utterances", "hard_negatives", "context")
LONG_WORD = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence. `want`: right conditions, the most important first, or one topic; `accept`: as good as the first.
    `flag`: the alarm that should ring; `also`: as reasonable ones."""

    text: str
    want: tuple[str, ...]
    accept: tuple[str, ...] = ()
    kind: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    facts_accept: dict[str, Any] = field(default_factory=dict)
    flag: str = ""
    also: tuple[str, ...] = ()

    @property
    def good(self) -> frozenset[str]:
        return frozenset((*self.want[:1], *self.accept))


def rows(folder: Path, name: str) -> list[Row]:
    """The rows of `<name>.jsonl` or `<name>.yaml`; none when there is no such file."""
    found = folder / f"{name}.jsonl"
    if found.exists():
        raw = [json.loads(line) for line in found.read_text(encoding="utf-8").splitlines() if line.strip()]
    else:
        found = folder / f"{name}.yaml"
        raw = yaml.safe_load(found.read_text(encoding="utf-8")) if found.exists() else []
    return [_row(one) for one in raw]


def _row(one: dict[str, Any]) -> Row:
    want = one.get("want", [])
    return Row(
        text=one["text"],
        want=(want,) if isinstance(want, str) else tuple(want),
        accept=tuple(one.get("accept", ())),
        kind=one.get("kind", ""),
        facts=one.get("facts", {}),
        facts_accept=one.get("facts_accept", {}),
        flag=one.get("flag", ""),
        also=tuple(one.get("also", ())),
    )


def mistyped(text: str, share: float, seed: int) -> str:
    """The same with a wrong, missing, doubled or swapped letter in that share of its longer words."""
    chance = random.Random(f"{seed} {text}")
    words = text.split(" ")
    long = [place for place, word in enumerate(words) if len(word) >= LONG_WORD and word.isalpha()]
    for place in chance.sample(long, round(share * len(long))):
        words[place] = _slip(words[place], chance)
    return " ".join(words)


def _slip(word: str, chance: random.Random) -> str:
    place = chance.randrange(len(word))
    after = word[place + 1 :]
    match chance.randrange(4):
        case 0:
            return word[:place] + after
        case 1:
            return word[:place] + chance.choice(string.ascii_lowercase) + after
        case 2:
            return word[:place] + chance.choice(string.ascii_lowercase) + word[place:]
        case _:
            return word[:place] + after[:1] + word[place] + after[1:]


def complaints(folder: Path, names: Sequence[str] = COMPLAINTS[:1]) -> list[Row]:
    return [row for name in names for row in rows(folder, name) if row.want]
