"""Stand-ins for what a test should not depend on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from bot.dialogue.values import Understands
from bot.understanding.alarms import Known
from bot.understanding.meaning import HeardAlarm, Meaning

RINGS: Mapping[str, str] = {
    "crushing chest pain": "cardiac", "can't breathe": "breathing", "drooping": "stroke", "thunderclap": "thunderclap-headache",
    "kill myself": "suicidal", "end my life": "suicidal", "live any more": "suicidal", "hits me": "abuse-danger",
    "waters broke": "pregnancy-emergency", "cut myself": "self-harm", "took thirty tablets": "poisoning-overdose",
}


class PlainAlarms:
    """The real understanding, with alarms that ring at a few fixed words: tests of the dialogue are about what happens
    after an alarm rang; how alarms are heard is tested with the phrase tables."""

    def __init__(self, real: Understands) -> None:
        self._real = real

    def meaning(self, text: str, known: Known = Known()) -> Meaning:  # noqa: B008 - a frozen value
        heard = self._real.meaning(text, known)
        rung = {alarm for words, alarm in RINGS.items() if words in text.lower()}
        others = tuple(a for a in heard.alarms if a.id not in rung)
        return replace(heard, alarms=(*(HeardAlarm(alarm) for alarm in sorted(rung)), *others))

    def choice(self, text: str, labels: Mapping[str, str]) -> str | None:
        return self._real.choice(text, labels)

    def answers_in(self, text: str, allowed: Collection[str]) -> frozenset[str]:
        return self._real.answers_in(text, allowed)
