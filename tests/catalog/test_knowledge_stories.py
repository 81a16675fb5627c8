"""Every rule of the knowledge base as a story: what is changed in a small, faultless knowledge base, and what is said.

The stories stand in `stories/*.yaml`, the small knowledge base in `small/`.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.catalog.check import check
from bot.catalog.load import survey_of
from bot.understanding.alarms import NOTHING_KNOWN, Known
from bot.understanding.meaning import HeardAlarm, Meaning, Ranked

HERE = Path(__file__).parent
TODAY = dt.date(2026, 11, 22)


@dataclass(frozen=True)
class FakeEar:
    """Understands exactly the phrases it was told; `knowing` rings for a person of whom that is known."""

    conditions: Mapping[str, str]
    alarms: Mapping[str, str]
    knowing: Mapping[str, str]

    def meaning(self, text: str, known: Known = NOTHING_KNOWN) -> Meaning:
        told = self.conditions.get(text, "")
        rings = text in self.alarms or self.knowing.get(text) in known.tags
        rung = (HeardAlarm(self.alarms.get(text, "cardiac")),) if rings else ()
        return Meaning(conditions=(Ranked(told, 1.0),) if told else (), question=told or None, alarms=rung)


def stories() -> list[Any]:
    """All stories, each under its own sentence."""
    told = [(path.stem, story) for path in sorted(HERE.glob("stories/*.yaml")) for story in yaml.safe_load(path.read_text("utf-8"))]
    return [pytest.param(story, id=f"{area}: {story['story']}") for area, story in told]


def told(folder: Path, story: Mapping[str, Any]) -> list[str]:
    """Tell the story in that folder and return what `check` says."""
    knowledge = folder / "knowledge"
    shutil.copytree(HERE / "small", knowledge)
    for picture in ("PC6", "LI4", "EAR-stomach"):
        _write(knowledge / f"images/{picture}.jpg", "")
    for path, text in story.get("write", {}).items():
        _write(knowledge / path, text)
    for path, changes in story.get("change", {}).items():
        _change(knowledge / path, changes)
    for path in story.get("remove", ()):
        (knowledge / path).unlink()
    for path, text in story.get("code", {}).items():
        _write(folder / "bot" / path, text)
    ear = FakeEar(story.get("hears", {}), story.get("rings", {}), story.get("knowing", {}))
    ears = {"en": ear} if "hears" in story else None
    found = check(survey_of(knowledge), TODAY, folder / "bot" if "code" in story else None, ears)
    return [f"{problem.severity} {problem}" for problem in found]


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _change(path: Path, changes: Mapping[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text, f"{old!r} does not stand in {path.name}"
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("story", stories())
def test_a_story_of_the_knowledge_base(story: Mapping[str, Any], tmp_path: Path) -> None:
    """What is changed is said, with path and line, and nothing else is."""
    assert story["says"] == told(tmp_path, story)
