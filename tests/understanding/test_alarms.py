"""Emergencies in people's own words: every example of the rules, and what must hold for any text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.model import Knowledge
from bot.catalog.model.alarm_rules import AlarmRules, AlarmSound, AlarmWordList
from bot.understanding.alarms import Alarms, Known, alarms, vocabulary
from bot.understanding.index import index_of
from bot.understanding.words import Reader, Reading

FOLDER = Path(__file__).resolve().parents[2] / "knowledge" / "lang" / "en" / "understanding" / "alarms"
IDS = sorted(path.stem for path in FOLDER.glob("*.yaml"))
COMPLAINTS = (
    "chest pain", "stiff neck", "shortness of breath", "numbness", "vomiting blood", "seizures", "swelling of the tongue",
    "bleeding", "suicidal thoughts", "double vision", "slurred speech", "weakness in my arm", "fainting",
)
EMERGENCIES = (
    "crushing chest pain and sweating", "my mum's face has dropped and her speech is slurred", "I want to kill myself",
    "my tongue is swelling after peanuts", "the bleeding won't stop, blood everywhere", "he is having a seizure",
)


@pytest.fixture(scope="module")
def rules(knowledge: Knowledge) -> AlarmRules:
    found = knowledge.words["en"].alarm_rules
    assert found
    return found


@pytest.fixture(scope="module")
def heard(rules: AlarmRules) -> Alarms:
    return alarms(rules)


@pytest.fixture(scope="module")
def reader(knowledge: Knowledge) -> Reader:
    return index_of(knowledge, "en").reader


@pytest.mark.parametrize("alarm", IDS)
def test_every_ringing_example_rings_its_own_alarm(alarm: str, rules: AlarmRules, heard: Alarms, reader: Reader) -> None:
    texts = rules.sounds[alarm].rings
    assert len(texts) >= 12
    assert [text for text in texts if alarm not in {ring.id for ring in heard.heard(reader.read(text))}] == []


@pytest.mark.parametrize("alarm", IDS)
def test_every_silent_example_rings_no_alarm(alarm: str, rules: AlarmRules, heard: Alarms, reader: Reader) -> None:
    texts = rules.sounds[alarm].silent
    assert len(texts) >= 6
    assert {text: heard.heard(reader.read(text)) for text in texts if heard.heard(reader.read(text))} == {}


@pytest.mark.parametrize("alarm", IDS)
def test_what_is_known_of_the_person_counts(alarm: str, rules: AlarmRules, heard: Alarms, reader: Reader) -> None:
    for tag, texts in rules.sounds[alarm].knowing.items():
        known = Known(tags=frozenset({tag}))
        assert [text for text in texts if alarm not in {ring.id for ring in heard.heard(reader.read(text), known)}] == []


def test_every_condition_phrase_is_silent(knowledge: Knowledge, heard: Alarms, reader: Reader) -> None:
    phrases = [phrase for one in knowledge.words["en"].conditions.values() for phrase in one.phrases]
    ringing = [phrase for phrase in phrases if heard.heard(reader.read(phrase))]
    assert len(ringing) <= len(phrases) * 0.005, ringing


@given(st.text(max_size=300))
def test_any_text_can_be_read(heard: Alarms, reader: Reader, text: str) -> None:
    reading = reader.read(text)
    heard.why(reading)
    assert isinstance(heard.heard(Reading.of(text, (), (), ())), tuple)


@given(st.sampled_from(COMPLAINTS), st.sampled_from(("no {}", "I have no {}", "never any {}", "without {}", "I don't have {}")))
def test_a_denied_sign_does_not_ring(heard: Alarms, reader: Reader, sign: str, frame: str) -> None:
    assert heard.heard(reader.read(frame.format(sign))) == ()


@given(
    st.sampled_from(EMERGENCIES),
    st.sampled_from(("{}", "hi. {}", "{} what can I press?", "please help, {}", "{}. thanks", "{}!!!", "for a friend: {}", "\n{}\n")),
    st.booleans(),
)
def test_words_around_an_emergency_do_not_hide_it(heard: Alarms, reader: Reader, text: str, frame: str, loud: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
    said = frame.format(text)
    before = {ring.id for ring in heard.heard(reader.read(text))}
    assert before
    assert before <= {ring.id for ring in heard.heard(reader.read(said.upper() if loud else said))}


def test_denied_alarms_are_told_apart(heard: Alarms, reader: Reader) -> None:
    assert "cardiac" in heard.denied(reader.read("no chest pain, no sweating, just a stiff neck"))
    assert "cardiac" not in heard.denied(reader.read("chest pain and sweating"))


def test_why_names_the_words(heard: Alarms, reader: Reader) -> None:
    why = heard.why(reader.read("my brother drank pesticide"))
    assert ("drank", "pesticide") in {one.words for one in why}


def test_a_same_day_rule_says_so(heard: Alarms, reader: Reader) -> None:
    (ring,) = heard.heard(reader.read("deaf in one ear since I woke up"))
    assert (ring.id, ring.level) == ("eye-emergency", "same-day")


def test_both_ears_together_keep_ordinary_complaints_silent(knowledge: Knowledge) -> None:
    ear = index_of(knowledge, "en")
    phrases = [phrase for one in knowledge.words["en"].conditions.values() for phrase in one.phrases]
    ringing = [phrase for phrase in phrases if ear.meaning(phrase).alarms]
    assert len(ringing) <= len(phrases) * 0.005, ringing


def test_the_second_ear_only_asks(knowledge: Knowledge, heard: Alarms) -> None:
    ear = index_of(knowledge, "en")
    text = "my lips look blue in the mirror and climbing one stair leaves me gasping"
    assert all(not alarm.sure for alarm in ear.meaning(text).alarms if alarm.id not in {ring.id for ring in heard.heard(ear.reader.read(text))})


def test_the_second_ear_silences_no_example_of_a_crisis(knowledge: Knowledge, rules: AlarmRules) -> None:
    ear = index_of(knowledge, "en")
    crises = [alarm for alarm, facts in knowledge.alarms.items() if facts.crisis and alarm in rules.sounds]
    assert [text for alarm in crises for text in rules.sounds[alarm].rings if not ear.meaning(text).alarms] == []


def test_the_speller_knows_the_words_of_the_rules(rules: AlarmRules) -> None:
    assert {"pesticide", "seizure", "ambulance"} & vocabulary(rules) >= {"pesticide", "seizure"}


def test_a_wrong_rule_is_named() -> None:
    words = AlarmWordList(id="body", groups={"HEAD": ("head",)})
    sound = AlarmSound(id="odd", sources=(), rings=(), silent=(), now=("HEAD + WINGS", "HEAD + inches>=3"))
    with pytest.raises(ValueError, match=r"(?s)no measure 'inches'.*no word group WINGS|no word group WINGS.*no measure 'inches'"):
        alarms(AlarmRules(sounds={"odd": sound}, words={"body": words}))
