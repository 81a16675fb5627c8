"""Words that name one of the red flags on the screen: told by what only one of them speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bot.dialogue.flows.flags import flags_of
from bot.dialogue.here import Here
from bot.dialogue.states import AskDoubt, AskFlags

WORD = re.compile(r"[^\W\d_]+")
LEAST = 4
"""Words from this length on are the same when one begins the other: numb, numbness."""
DENIALS = frozenset({"denial", "nope"})
"""Concepts of a "no": what else stands in such words may be what is denied."""
REST = frozenset({"self"})
"""Concepts that tell nothing."""


def flag_named(words: str, state: AskFlags | AskDoubt, here: Here) -> tuple[str, bool]:
    """The flag ("list/flag") that these words name, and whether they say nothing else; "" when they name none or several."""
    meaning = here.meaning(words)
    texts = {f"{list_}/{flag.id}": _text(list_, flag.id, here) for list_, flag in flags_of(state.case, here)}
    long_ = frozenset(word for word in _words(words) if len(word) >= LEAST)
    said = _only_one({ref: _words(text) for ref, text in texts.items()}, long_)
    denied = bool(meaning.concepts & DENIALS)
    whole = [ref for ref in said if all(_among(word, _words(texts[ref])) for word in _words(words))] if not denied else []
    if len(whole) == 1:
        return whole[0], True
    index = here.ctx.understanding[here.seat.settings.language]
    meant = _only_one({ref: index.meaning(text).concepts for ref, text in texts.items()}, meaning.concepts - DENIALS - REST)
    chosen = next((named for named in (meant & said, meant, set() if denied else said) if len(named) == 1), set())
    return (chosen.pop(), False) if chosen else ("", False)


def label_named(words: str, labels: Mapping[str, str]) -> str:
    """The action of the only label that speaks of something in these words; "" when there is none such."""
    long_ = frozenset(word for word in _words(words) if len(word) >= LEAST)
    found = _only_one({action: _words(label) for action, label in labels.items()}, long_)
    return found.pop() if len(found) == 1 else ""


def says_any(words: str, which: Iterable[str]) -> bool:
    """Whether one of these words, or several in a row, stands among the words."""
    said = f" {' '.join(WORD.findall(words.casefold()))} "
    return any(f" {one} " in said for one in which)


def _text(list_: str, flag: str, here: Here) -> str:
    told = here.words.flags[list_].flags[flag]
    return f"{told.label}. {told.text}"


def _words(text: str) -> frozenset[str]:
    return frozenset(WORD.findall(text.casefold()))


def _among(word: str, others: frozenset[str]) -> bool:
    return any(word == other or (min(len(word), len(other)) >= LEAST and (word.startswith(other) or other.startswith(word))) for other in others)


def _only_one(spoken_of: Mapping[str, frozenset[str]], said: frozenset[str]) -> set[str]:
    """Those that speak of something said of which no other one speaks."""
    found: set[str] = set()
    for one in said:
        which = [ref for ref, all_ in spoken_of.items() if _among(one, all_)]
        if len(which) == 1:
            found.add(which[0])
    return found
