"""A net below the rules: a message in which no rule rang, and which is far more like the examples of the alarms than like
ordinary complaints, asks its question all the same.

Every word, pair of neighbouring words and word group counts for as much as it is commoner among the examples than among
ordinary complaints (naive Bayes). Nothing is trained or stored: the counts are made at the start from the YAML files.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping

Features = frozenset[str | int]
ENOUGH = 3.5
"""Reached by about 1 in 400 ordinary complaints that were left out of the counts, and by two fifths of left-out emergencies."""
MOST = 3.0
"""No single word counts for more."""
RARE = 2
"""What was seen less often counts nothing."""


class Likeness:
    """`examples`: features of the ringing examples by alarm; `ordinary`: those of what must stay silent."""

    def __init__(self, examples: Mapping[str, Iterable[Features]], ordinary: Iterable[Features]) -> None:
        heard = {alarm: list(many) for alarm, many in examples.items()}
        plain = list(ordinary)
        self._of = {alarm: _counted(many) for alarm, many in heard.items()}
        self._worth = _worth(_counted(one for many in heard.values() for one in many), _counted(plain),
                             sum(map(len, heard.values())), len(plain))

    def nearest(self, features: Features) -> str | None:
        """The alarm whose examples the message is most like, or None when it is like an ordinary complaint."""
        known = [one for one in features if one in self._worth]
        if not known or sum(self._worth[one] for one in known) / math.sqrt(len(known)) < ENOUGH:
            return None
        telling = [one for one in known if self._worth[one] > 0]
        return max(self._of, key=lambda alarm: sum(math.log1p(self._of[alarm][one]) for one in telling))


def _counted(many: Iterable[Features]) -> Counter[str | int]:
    return Counter(one for seen in many for one in seen)


def _worth(rings: Counter[str | int], silent: Counter[str | int], alarms: int, ordinary: int) -> dict[str | int, float]:
    """Logarithm of how much commoner a feature is among rings, at most `MOST` either way."""
    worth: dict[str | int, float] = {}
    for one in rings.keys() | silent.keys():
        if rings[one] + silent[one] >= RARE:
            ratio = math.log((rings[one] + 0.15) / (alarms + 1)) - math.log((silent[one] + 0.5) / (ordinary + 1))
            worth[one] = max(-MOST, min(MOST, ratio))
    return worth
