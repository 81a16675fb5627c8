"""What is understood of sentences whose authors knew neither the code nor what is taught. The floors lie a little under what was
measured (`python -m bench alarms`, `python -m bench understanding`): whoever teaches or prunes sees at once what it costs. Some rules
of alarms were written after these sets had shown what was missed: the figures for alarms flatter a little."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bench._sentences import COMPLAINTS, PHRASES, Row, complaints, rows
from bench.understanding import TOPIC_OF
from bot.catalog.model import Knowledge
from bot.tools.ask import facts_of
from bot.understanding.index import Understanding, index_of
from bot.understanding.learned import read
from tools.learn.taught import digest, sentences

UNSEEN = PHRASES / "unseen"
TAUGHT = Path(__file__).resolve().parents[2] / "tools" / "learn" / "sentences" / "en"
CRISES = {"suicidal", "self-harm"}


@pytest.fixture(scope="module")
def index(knowledge: Knowledge) -> Understanding:
    return index_of(knowledge, "en")


def _share(found: list[bool]) -> float:
    return sum(found) / len(found)


def _rings(index: Understanding, told: list[Row]) -> list[bool]:
    return [bool(index.meaning(row.text).alarms) for row in told]


def test_emergencies_ring(index: Understanding) -> None:
    assert _share(_rings(index, rows(UNSEEN, "redflags"))) >= 0.985


def test_crises_ring(index: Understanding) -> None:
    assert _share(_rings(index, [row for row in rows(UNSEEN, "redflags") if row.flag in CRISES])) >= 0.96


@pytest.mark.parametrize(("between", "least"), [(". ", 0.96), (". But ", 0.96), (", ", 0.89)])
def test_calm_words_before_it_hide_no_emergency(index: Understanding, between: str, least: float) -> None:
    calm = rows(UNSEEN, "utterances")
    told = [f"{calm[place % len(calm)].text}{between}{row.text}" for place, row in enumerate(rows(UNSEEN, "redflags"))]
    assert _share([bool(index.meaning(text).alarms) for text in told]) >= least


def test_the_right_alarm_rings(index: Understanding) -> None:
    told = [(row, {alarm.id for alarm in index.meaning(row.text).alarms}) for row in rows(UNSEEN, "redflags")]
    assert _share([bool({row.flag, *row.also} & ids) for row, ids in told]) >= 0.97


@pytest.mark.parametrize(("table", "most"), [("hard_negatives", 0.02), ("utterances", 0.01), ("context", 0.01)])
def test_what_is_no_emergency_stays_silent(index: Understanding, table: str, most: float) -> None:
    assert _share(_rings(index, rows(UNSEEN, table))) <= most


def test_the_right_complaint_comes_first_and_among_three(index: Understanding) -> None:
    told = [(row, [one.id for one in index.ranked(row.text)[:3]]) for row in rows(UNSEEN, "utterances")]
    assert _share([ids[0] in row.good for row, ids in told]) >= 0.955
    assert _share([bool(row.good & set(ids)) for row, ids in told]) >= 0.985


def test_sure_is_seldom_wrong(index: Understanding) -> None:
    """Judged on the sentences on which the thresholds were not fitted."""
    told = [(row, index.meaning(row.text)) for row in complaints(UNSEEN, COMPLAINTS)[1::2]]
    assert _share([m.decision == "sure" and m.conditions[0].id not in row.good for row, m in told]) <= 0.025
    assert _share([m.decision == "sure" for _, m in told]) >= 0.8


def test_topics_are_told_apart(index: Understanding) -> None:
    told = rows(UNSEEN, "out_of_scope")
    assert _share([index.meaning(row.text).topic == TOPIC_OF.get(row.want[0], row.want[0]) for row in told]) >= 0.9


def test_facts_in_passing_are_found(index: Understanding) -> None:
    said = [
        facts_of(index.meaning(row.text))[name] in (value, *row.facts_accept.get(name, ()))
        for row in rows(UNSEEN, "context")
        for name, value in row.facts.items()
        if value is not None
    ]
    assert _share(said) >= 0.93


def test_nothing_that_is_measured_with_is_taught() -> None:
    taught = {text for path in TAUGHT.glob("*/*.yaml") for text in _texts(yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader))}
    measured = {row.text for name in ("redflags", "hard_negatives", "utterances", "out_of_scope", "context") for row in rows(UNSEEN, name)}
    assert measured & taught == set()
    assert len(taught) > 20_000


def _texts(table: object) -> list[str]:
    if isinstance(table, dict):
        return [text for texts in table.values() for text in texts]
    return list(table) if isinstance(table, list) else []


def test_the_second_ear_was_made_from_these_sentences(knowledge: Knowledge) -> None:
    lexicon = knowledge.words["en"].lexicon
    assert lexicon is not None
    assert read(lexicon.learned).about.made_from == digest(sentences(knowledge.words["en"]))
