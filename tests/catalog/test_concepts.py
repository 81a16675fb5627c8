"""Ids of concepts in the code are known to a language."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from bot.catalog.check.concepts import unknown
from bot.catalog.check.desk import Desk
from bot.catalog.load import survey_of

ROOT = Path(__file__).resolve().parents[2]
RENAMED = """
LOSS = "loss-of-old"
STILL = "no concept, no matter"
found = is_at(hearing, 0, "renamed") or hearing.by_id.get("pregnant", ()) or hearing.has("gone-too")
"""


def test_a_renamed_concept_is_told(tmp_path: Path) -> None:
    (tmp_path / "dialogue").mkdir()
    (tmp_path / "dialogue" / "loss.py").write_text(RENAMED, "utf-8")
    desk = Desk(survey_of(ROOT / "knowledge"), dt.date(2026, 3, 2), tmp_path)
    told = sorted(problem.message.rpartition(" ")[2] for problem in unknown(desk))
    assert told == ["'gone-too'", "'loss-of-old'", "'renamed'"]
