"""The phrasebook to use for somebody without a seat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.dialogue.values import Says

ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """All phrasebooks, by language."""

    phrasebooks: Mapping[str, Says]

    def of(self, language: str) -> Says:
        """That language, or English."""
        return self.phrasebooks.get(language) or self.phrasebooks[ENGLISH]
