"""The whole knowledge base: from a folder to frozen values."""

from __future__ import annotations

import dataclasses
import shutil
import time
from pathlib import Path

import pytest

from bot.catalog.load import load, survey_of
from bot.catalog.problems import KnowledgeError

SMALL = Path(__file__).parent / "small"
MOST_SECONDS = 2.0
"""Of this process's own time, four times the goal of 0.5 s: a busy or slow machine does not fail the test."""


def test_a_folder_becomes_knowledge() -> None:
    knowledge = load(SMALL)

    assert knowledge.words["en"].points["PC6"].name == "Inner Gate"
    assert (knowledge.points["PC6"].press.seconds, knowledge.points["PC6"].pregnancy) == (60, "N")
    assert knowledge.sources["trial"].id == "trial"
    assert knowledge.words["en"].texts["plan.points"]["one"] == "{n} point"  # type: ignore[index]


def test_how_people_say_things_is_one_lexicon() -> None:
    words = load(SMALL).words["en"]

    assert words.lexicon is not None
    assert words.alarm_rules is not None
    assert words.lexicon.answers == {"yes": ("yes", "y", "yeah"), "no": ("no", "n")}
    assert words.lexicon.common == "7.5: and of the\n"
    assert words.alarm_rules.sounds["cardiac"].now == ("crushing chest pain",)


def test_knowledge_is_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        load(SMALL).points["PC6"].id = "PC7"  # type: ignore[misc]


def test_all_errors_are_raised_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge"
    shutil.copytree(SMALL, folder)
    (folder / "points/PC6.yaml").unlink()
    (folder / "zones.yaml").write_text("a: 1\n")
    (folder / "faq/what.yaml").write_bytes(b"id: what\ngroup: \xff\n")

    with pytest.raises(KnowledgeError) as raised:
        load(folder)

    assert [str(problem) for problem in raised.value.problems] == [
        "knowledge/faq/what.yaml:1: the file is not saved as UTF-8",
        "knowledge/lang/en/points/PC6.yaml:1: words without facts: points/PC6.yaml is missing",
        "knowledge/routines/nausea-gentle.yaml:4: unknown point 'PC6'",
        "knowledge/routines/nausea-standard.yaml:4: unknown point 'PC6'",
        "knowledge/zones.yaml:1: nothing is read from here; is the name of the folder right?",
    ]


def test_what_editors_and_systems_leave_behind_is_not_read(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge"
    shutil.copytree(SMALL, folder)
    (folder / "points/.#PC6.yaml").symlink_to("me@host.1234:99")
    (folder / "points/._PC6.yaml").write_bytes(b"\x00\x05\x16\x07")
    (folder / ".idea").mkdir()
    (folder / ".idea/own.yaml").write_text("a: 1\n")

    assert load(folder) == load(SMALL)


def test_a_file_that_cannot_be_read_is_a_problem_like_any_other(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge"
    shutil.copytree(SMALL, folder)
    for name in ("points/PC6.yaml", "safety/alarms/cardiac.yaml", "sources.yaml"):
        (folder / name).unlink()
        (folder / name).symlink_to("nowhere")

    assert {str(problem) for problem in survey_of(folder).problems} == {
        f"knowledge/{name}:1: the file cannot be read: No such file or directory" for name in ("points/PC6.yaml", "safety/alarms/cardiac.yaml", "sources.yaml")
    }
    with pytest.raises(KnowledgeError, match="cannot be read"):
        load(folder)


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="no knowledge found"):
        load(tmp_path)


def test_a_digest_changes_with_the_words_and_not_with_their_wrapping(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge"
    shutil.copytree(SMALL, folder)
    card = folder / "lang/en/faq/what.yaml"
    before = survey_of(folder).sheet("questions", "what", "en").digest

    card.write_text(card.read_text().replace("answer: Pressing points", "answer: >-\n  Pressing\n  points"))
    wrapped = survey_of(folder).sheet("questions", "what", "en").digest
    card.write_text(card.read_text().replace("Pressing", "Touching"))
    changed = survey_of(folder).sheet("questions", "what", "en").digest

    assert before == wrapped
    assert before != changed


def test_the_whole_knowledge_loads_quickly() -> None:
    began = time.process_time()
    knowledge = load()

    assert time.process_time() - began < MOST_SECONDS
    assert len(knowledge.points) >= 100
    assert len(knowledge.conditions) == 49
