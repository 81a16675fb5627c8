"""The tools for people who edit the knowledge base."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.catalog.load import load, survey_of
from bot.tools.__main__ import COMMANDS, main

SMALL = Path(__file__).parent / "small"
TODAY = "--today=2026-11-22"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the small knowledge base, with its pictures; too small to be listened to."""
    copy = tmp_path / "knowledge"
    shutil.copytree(SMALL, copy)
    (copy / "images").mkdir()
    for picture in ("PC6", "LI4", "EAR-stomach"):
        (copy / "images" / f"{picture}.jpg").touch()
    return copy


def test_check_prints_errors_first_and_fails(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    card = folder / "points/PC6.yaml"
    card.write_text(card.read_text().replace("reach: self", "reach: slef"))
    (folder / "images/LI4.jpg").unlink()

    assert main(["check", str(folder), TODAY]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "knowledge/points/PC6.yaml:11: 'reach' is 'slef', which is not known; did you mean 'self'?; one of: self, partner, wall-ball",
        "knowledge/images:1: warning: 1 of 2 points have no picture: LI4",
        "1 error, 1 warning, 0 notes",
    ]


def test_coverage_shows_conditions_and_points(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["coverage", str(folder)]) == 0

    rows = {tuple(line.split()) for line in capsys.readouterr().out.splitlines()}
    assert ("nausea", "15", "3", "standard", "quick", "gentle", "gentle", "1", "low", "nausea") in rows
    assert ("PC6", "forearm-palm-side", "N", "self", "2", "1", "yes", "all", "yes") in rows


def test_a_new_language_is_laid_out_and_ships_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new-language", "no", "norsk: bokmål", str(folder)]) == 0

    knowledge = load(folder)
    assert (knowledge.languages["no"].name, knowledge.languages["no"].complete) == ("norsk: bokmål", False)
    assert (knowledge.words["no"].texts, knowledge.words["no"].points, knowledge.words["no"].lexicon) == ({}, {}, None)
    assert "commented out" in capsys.readouterr().out


def test_a_translated_file_counts_as_soon_as_its_signs_are_taken_away(folder: Path) -> None:
    main(["new-language", "de", "Deutsch", str(folder)])
    card = folder / "lang/de/faq/what.yaml"
    lines = card.read_text().splitlines()[1:]
    card.write_text("\n".join(line.removeprefix("# ") for line in lines).replace("What is acupressure?", "Was ist Akupressur?"))

    survey = survey_of(folder)
    assert survey.knowledge.words["de"].questions["what"].question == "Was ist Akupressur?"
    assert survey.sheet("questions", "what", "en").digest == survey.knowledge.words["de"].questions["what"].of


@pytest.mark.parametrize(("code", "trouble"), [("en", "already there"), ("klingon", "no known language code")])
def test_a_language_that_is_there_or_unknown_is_refused(folder: Path, code: str, trouble: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new-language", code, "?", str(folder)]) == 1
    assert trouble in capsys.readouterr().err


def test_a_language_is_laid_out_only_where_it_can_be_entered(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new-language", "de", "Deutsch", str(tmp_path / "nowhere")]) == 1
    assert "there is no" in capsys.readouterr().err
    for broken in (b"en: [\n", b"\xff\n"):
        (folder / "languages.yaml").write_bytes(broken)
        assert main(["new-language", "de", "Deutsch", str(folder)]) == 1
        assert "knowledge/languages.yaml:" in capsys.readouterr().err
    assert not (folder / "lang/de").exists()
    assert not (tmp_path / "nowhere").exists()


def test_a_language_that_is_entered_is_not_entered_twice(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    languages = folder / "languages.yaml"
    languages.write_text(languages.read_text() + "de: {name: Deutsch, complete: false}\n")
    assert main(["new-language", "de", "Deutsch", str(folder)]) == 1
    assert "already there" in capsys.readouterr().err


@pytest.fixture
def own_knowledge(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The copy, named by the operator."""
    monkeypatch.setenv("ACUPRESSURE_KNOWLEDGE", str(folder))
    return folder


def test_ask_reads_the_folder_of_the_settings_and_tells_what_is_wrong_there(own_knowledge: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (own_knowledge / "points/PC6.yaml").write_text("id: [\n")
    (own_knowledge / "lang/en/understanding/thresholds.yaml").unlink()
    assert main(["ask", "my head hurts"]) == 2
    told = capsys.readouterr().err
    assert "knowledge/points/PC6.yaml:" in told
    assert "thresholds.yaml" in told


@pytest.mark.parametrize("languages", ["", "de: {name: Deutsch, complete: false}\n"])
def test_ask_names_the_languages_it_understands(own_knowledge: Path, languages: str, capsys: pytest.CaptureFixture[str]) -> None:
    with (own_knowledge / "languages.yaml").open("a") as file:
        file.write(languages)
    with pytest.raises(SystemExit) as left:
        main(["ask", "--language", "de", "mein Kopf tut weh"])
    assert left.value.code == 2
    assert "in these languages: en" in capsys.readouterr().err


def test_an_unknown_tool_shows_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["chekc"]) == 2
    shown = capsys.readouterr().out
    assert all(name in shown for name in COMMANDS)
