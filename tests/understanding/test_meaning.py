"""People's own words, from the tables in tests/phrases: complaints, facts, topics; and what never happens."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bench._sentences import Row, mistyped, rows
from bench.understanding import TOPIC_OF
from bot.catalog.model import Knowledge
from bot.tools.ask import facts_of
from bot.understanding.index import Understanding, understanding
from bot.understanding.meaning import PERHAPS_PREGNANT

TABLES = Path(__file__).resolve().parents[1] / "phrases" / "en"
ODD = {
    "long": "my head hurts and my knee aches, " * 130,
    "emoji": "\U0001f926" * 1000,
    "zero width": "he\u200bad\u200b hur\u200dts " * 200,
    "right to left": "\u202ehead hurts\u202c \u05d0\u05d1\u05d2 " * 100,
    "one letter": "a " * 2000,
    "no words": "... !!! ???",
    "digits": "1234567890 " * 300,
    "no decimal digits": "my \u1369 year old, \u00b2 weeks, \u1369\u136a/10, 3 days " * 40,
    "misspelt": "hedake stomik sholdr " * 190,
    "nothing": "",
}


@pytest.fixture(scope="module")
def index(knowledge: Knowledge) -> Understanding:
    return understanding(knowledge.words["en"], knowledge)


def _share(found: list[bool]) -> float:
    return sum(found) / len(found)


@pytest.mark.parametrize("table", ["utterances", "hard_negatives"])
def test_the_right_condition_comes_first(index: Understanding, table: str) -> None:
    misses = [row.text for row in rows(TABLES, table) if index.ranked(row.text)[0].id not in row.good]
    assert len(misses) <= 0.05 * len(rows(TABLES, table)), misses


def test_a_phrase_to_the_letter_is_its_own_at_once(index: Understanding, knowledge: Knowledge) -> None:
    words = knowledge.words["en"]
    for name, question in words.questions.items():
        misses = [text for text in question.phrases if index.meaning(text).question not in (name, None)]
        assert not misses, name
    told = {text: name for name, condition in words.conditions.items() for text in condition.phrases}
    misses = [text for text, name in told.items() if (first := index.ranked(text)) and first[0].id != name]
    assert len(misses) <= 0.001 * len(told), misses


def test_a_question_of_ours_is_no_alarm_and_no_topic(index: Understanding) -> None:
    meaning = index.meaning("I don't want pills any more")
    assert (meaning.question, meaning.alarms) == ("instead-of-medicine", ())
    assert index.meaning("is it harmful for the baby").question == "pregnancy"


def test_words_that_say_for_whom_stay_an_answer_though_a_question_of_ours_has_them(index: Understanding) -> None:
    assert index.meaning("for my husband").topic is None
    assert index.meaning("for my 8 year old").topic == "child"
    assert index.meaning("infant colic acupressure").topic == "child"


def test_typing_errors_leave_it_among_the_first_three(index: Understanding) -> None:
    told = [(row, mistyped(row.text, 0.3, seed)) for seed in (5, 6) for row in rows(TABLES, "utterances")]
    assert _share([bool(row.good & {one.id for one in index.ranked(text)[:3]}) for row, text in told]) >= 0.95


@pytest.mark.parametrize(
    "row", [row for row in rows(TABLES, "utterances") if len(row.want) > 1], ids=lambda row: row.text
)
def test_every_complaint_of_a_message_is_heard(index: Understanding, row: Row) -> None:
    assert set(row.want) <= {one.id for one in index.ranked(row.text)[:4]}


@pytest.mark.parametrize("row", [*rows(TABLES, "context"), *rows(TABLES, "facts")], ids=lambda row: row.text)
def test_facts_said_in_passing(index: Understanding, row: Row) -> None:
    found = facts_of(index.meaning(row.text))
    wrong = {
        name: (value, found[name])
        for name, value in row.facts.items()
        if found[name] not in [value, *row.facts_accept.get(name, ())]
    }
    assert not wrong


@pytest.mark.parametrize("row", yaml.safe_load((TABLES / "pregnancy.yaml").read_text(encoding="utf-8")), ids=lambda row: row["text"])
def test_a_pregnancy_is_only_denied_in_plain_words(index: Understanding, row: dict[str, str]) -> None:
    meaning = index.meaning(row["text"])
    said, perhaps = meaning.facts.pregnancy, PERHAPS_PREGNANT in meaning.concepts
    told = {"pregnant": said == "pregnant", "not": said == "not", "open": said != "not"}
    assert (told | {"perhaps": said is None and perhaps, "nothing": said is None and not perhaps})[row["said"]]


@given(
    st.sampled_from(("no {}, pregnant", "not {} and pregnant", "without {} but {weeks} weeks pregnant", "{} is fine, pregnant {weeks} weeks",
                     "never {} in my pregnancy", "pregnancy and {} are all good", "no {} pregnant {weeks} weeks", "{} gone, pregnancy ok")),
    st.sampled_from(("pain", "bleeding", "problems", "sleep", "fever", "worries", "medicine", "complications", "smoking", "sickness")),
    st.integers(4, 42),
)
def test_a_no_about_something_else_leaves_a_pregnancy_said(index: Understanding, frame: str, what: str, weeks: int) -> None:
    assert index.meaning(f"{frame.format(what, weeks=weeks)}, headache").facts.pregnancy == "pregnant"


@pytest.mark.parametrize(
    ("text", "matter"),
    [("no problems on warfarin, knee aches", "blood-thinners"), ("my chemo is going fine, tired", "cancer-treatment")],
)
def test_a_matter_that_goes_well_is_still_there(index: Understanding, text: str, matter: str) -> None:
    assert matter in {name for name, _ in index.meaning(text).facts.matters}


@pytest.mark.parametrize("row", rows(TABLES, "out_of_scope"), ids=lambda row: row.text)
def test_what_is_no_complaint_has_its_topic(index: Understanding, row: Row) -> None:
    assert index.meaning(row.text).topic == TOPIC_OF.get(row.want[0], row.want[0])


@pytest.mark.parametrize(
    ("text", "matter", "side"),
    [
        ("on apixaban, knee hurts", "blood-thinners", ""),
        ("I have lymphoedema in my left arm and my neck is stiff", "lymphoedema", "left"),
        ("pacemaker, sore shoulder", "device", ""),
        ("diabetic with numb feet, cannot sleep", "numb-areas", ""),
        ("epileptic, stressed", "epilepsy", ""),
        ("osteoporosis and a bad back", "fragile-bones", ""),
    ],
)
def test_matters_are_heard_with_their_side(index: Understanding, text: str, matter: str, side: str) -> None:
    assert (matter, side) in index.meaning(text).facts.matters


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("no headache, just a stiff neck", "headache"),
        ("elbow is fine, it's the wrist", "elbow-pain"),
        ("my mum has migraine, I only want to sleep", "migraine"),
        ("not tired, only sad", "fatigue"),
    ],
)
def test_what_is_denied_or_another_persons_is_not_wanted(index: Understanding, text: str, denied: str) -> None:
    assert denied not in index.meaning(text).wanted


def test_a_remedy_that_does_not_help_denies_nothing(index: Understanding) -> None:
    assert index.meaning("honey isn't helping this cough").wanted == ("cough",)


@pytest.mark.parametrize(
    ("text", "point"),
    [("where is ST36", "ST36"), ("show me he gu", "LI4"), ("P6?", "PC6"), ("\u8db3\u4e09\u91cc", "ST36")],
)
def test_a_point_is_asked_for_by_any_of_its_names(index: Understanding, text: str, point: str) -> None:
    assert index.meaning(text).point == point


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Both", "both"), ("left", "left"), ("rigth", "right"), ("not sur", "unsure"), ("banana", None), ("", None)],
)
def test_typed_words_for_a_button(index: Understanding, typed: str, meant: str | None) -> None:
    labels = {"left": "Left side", "right": "Right side", "both": "Both sides", "unsure": "Not sure"}
    labels |= {"right": "Right"}
    assert index.choice(typed, labels) == meant


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("yes please", "agreed"),
        ("aye", "yes"),
        *((words, "no_pregnancy") for words in ("cannot be", "no male", "I'm a fella", "no I'm a guy", "I have coil so no")),
        ("nope not me", "no"),
        ("option b please", "pick_2"),
        ("first trimester", "first"),
        ("something else", "unlisted"),
        ("nope", "no"),
        ("none of these", "none"),
        ("I don't know", "unsure"),
        ("maybe knee", None),
    ],
)
def test_plain_answers(index: Understanding, text: str, answer: str | None) -> None:
    assert index.meaning(text).answer == answer


def test_an_answer_in_numbers(index: Understanding) -> None:
    assert index.meaning("22 weeks").facts.weeks == 22
    assert index.meaning("8/10").facts.severity == 8


def test_a_man_who_asks_for_his_pregnant_wife_is_not_taken_for_the_one_pressed(index: Understanding) -> None:
    facts = index.meaning("my wife is pregnant and feels sick").facts
    assert (facts.pregnancy, facts.for_other) == ("pregnant", True)


@pytest.mark.parametrize("name", ODD)
def test_odd_messages_are_read_quickly(index: Understanding, name: str) -> None:
    times = []
    for _ in range(2):  # in one of them Python may be tidying its memory
        began = time.thread_time()
        index.meaning(ODD[name])
        times.append(time.thread_time() - began)
    assert min(times) < 0.1


def test_an_emergency_in_very_few_words_is_heard(index: Understanding) -> None:
    told = {text: index.meaning(text) for text in yaml.safe_load((TABLES / "few_words.yaml").read_text(encoding="utf-8"))}
    assert not [text for text, meaning in told.items() if not meaning.alarms and meaning.answer != "emergency"]


def in_forms(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(what is named, the text), of every name in every form."""
    names = table["names"] if isinstance(table["names"], dict) else {"": table["names"]}
    for name, texts in names.items():
        yield from ((name, form.format(text)) for text in texts for form in table["forms"])


OF_A_PREGNANCY = {"nausea all week"}
"""May be, and both are offered."""


def test_the_plainest_messages_are_understood(index: Understanding) -> None:
    plain = yaml.safe_load((TABLES / "plain.yaml").read_text(encoding="utf-8"))
    for wanted, text in in_forms(plain["complaints"]):
        meaning = index.meaning(text)
        assert meaning.conditions, text
        offered = [one.id for one in meaning.conditions[: 1 + (text in OF_A_PREGNANCY)]]
        assert wanted in offered, text
        assert (meaning.topic, meaning.alarms) == (None, ()), text
        assert meaning.decision != "none", text
    told = {text: index.meaning(text) for _, text in in_forms(plain["emergencies"])}
    assert not [text for text, meaning in told.items() if not meaning.alarms and meaning.answer != "emergency"]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=600))
def test_no_text_is_an_error(index: Understanding, text: str) -> None:
    meaning = index.meaning(text)
    assert all(0 <= one.score <= 1 for one in meaning.conditions)
    assert index.meaning(text) == meaning


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(categories=["Nd", "Nl", "No"]), min_size=1, max_size=4), st.text(st.characters(categories=["Nd", "No"]), min_size=1, max_size=4))
def test_no_digits_of_any_script_are_an_error(index: Understanding, one: str, two: str) -> None:
    index.meaning(f"my {one} year old is {two}/10 for 3 days, {two} weeks in, {one} out of 10, in {two}")


def test_why_says_what_was_repaired_and_what_matched(index: Understanding) -> None:
    told = "\n".join(index.why("sholder hurts"))
    assert "sholder->shoulder" in told
    assert "shoulder-pain" in told


@pytest.mark.parametrize("text", ["9" * 400 + " weeks", "crushing chest pain and " + "9" * 400 + " weeks", "1e999 years old"])
def test_a_number_without_end_is_no_error(index: Understanding, text: str) -> None:
    assert index.meaning(text).facts.weeks is None


@pytest.mark.parametrize("text", ["58 year old builder, sore shoulder", "she has a headache", "headache for my daughter, 14", "82 year old mother, constipated"])
def test_nobody_who_may_be_grown_up_is_refused_as_a_child(index: Understanding, text: str) -> None:
    assert index.meaning(text).topic is None


@pytest.mark.parametrize("text", ["i am 58", "I cannot find it", "i dont know", "I am ready", "i'm a guy", "no I am fine, show me points", "thanks"])
def test_what_people_answer_rings_no_alarm(index: Understanding, text: str) -> None:
    assert index.meaning(text).alarms == ()
