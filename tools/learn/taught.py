"""The sentences to learn from, with their right answers.

`sentences/<code>/seen` were known to the people who wrote the rules, `fresh` were not: only the fresh ones tell how far a rule
that rings is to be trusted. Beside them the examples of the alarm rules and the phrases of complaints and questions are learnt.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.catalog.model import Words
from bot.understanding.learned import COMPLAINT, NONE

PERHAPS_OF_A_CONDITION = frozenset({COMPLAINT, "child", "animal"})
"""Topics whose sentences may speak of one of our conditions."""
QUESTION = "question"
SENTENCES = Path(__file__).parent / "sentences"
JOINED = 5
"""Every so many emergencies one is taught once more behind other words."""
FORMS = {"alarms": 18, "complaints": 18, "parts": 14, "hurt": 6, "topics": 8, "knocks": 24, "knocking": 12}
"""In how many of the plainest forms each name of a kind is said."""
ALARMING = frozenset({"alarms", "knocks", "knocking"})
"""Kinds whose names are those of alarms."""
CALM = 8
"""In how many forms the name of an alarm is said where nothing is wrong."""
AND = " + "
"""Between the two complaints of one message, the more important first."""
ENDS, BETWEEN = ".!?… ", (", ", ", ", ". ")
"""What is cut from the end of a sentence before another follows, and what stands between them: a comma twice as often."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with the right answer of each head; an empty answer teaches that head nothing. `also`: a second complaint, beside the
    more important one; `asked`: which of our questions."""

    text: str
    alarm: str = ""
    topic: str = ""
    condition: str = ""
    also: str = ""
    asked: str = ""
    fresh: bool = False


def sentences(words: Words) -> list[Sentence]:
    """Everything there is to learn from, in a fixed order; of two with the same text the later one counts. The last are joined of two."""
    folder = SENTENCES / words.language
    found = [*_plain(folder / "forms.yaml"), *_folder(folder / "seen", fresh=False), *_knowledge(words), *_folder(folder / "fresh", fresh=True)]
    single = list({one.text: one for one in found}.values())
    return [*single, *_joined(single)]


def _joined(many: Sequence[Sentence]) -> Iterator[Sentence]:
    """Every fifth emergency once more behind an ordinary complaint, and as many complaints behind another: how a message begins tells
    nothing of how it goes on."""
    chance = random.Random(1)  # noqa: S311 - the same ones each time
    calm = [one for one in many if one.alarm == NONE and one.topic == COMPLAINT and one.fresh]
    alarming = [one for one in many if one.alarm not in ("", NONE)][::JOINED]
    for one in (*alarming, *chance.sample(calm, min(len(calm), len(alarming)))):
        begin = chance.choice(calm).text.rstrip(ENDS)
        yield Sentence(f"{begin}{chance.choice(BETWEEN)}{one.text}", one.alarm, COMPLAINT, fresh=one.fresh)


def _plain(file: Path) -> Iterator[Sentence]:
    """Names in the plainest forms there are."""
    chance = random.Random(2)  # noqa: S311 - the same ones each time
    tables = yaml.safe_load(file.read_text(encoding="utf-8"))
    for kind, many in FORMS.items():
        for name, texts in tables[kind]["names"].items():
            said = [form.format(text) for text in texts for form in chance.sample(tables[kind]["forms"], many)]
            yield from (_of(kind, name, text) for text in said)
    yield from _calm(tables, chance)


def _calm(tables: Mapping[str, Any], chance: random.Random) -> Iterator[Sentence]:
    """The names of alarms where nothing is wrong now, each beside some complaints."""
    complaints = [(name, text) for name, texts in tables["complaints"]["names"].items() for text in texts]
    for alarm, names in tables["alarms"]["names"].items():
        for text in names if alarm not in tables["calm"]["but"] else ():
            for form in chance.sample(tables["calm"]["forms"], CALM):
                condition, complaint = chance.choice(complaints)
                yield Sentence(form.format(alarm=text, complaint=complaint), NONE, COMPLAINT, condition, fresh=True)


def _of(kind: str, name: str, text: str) -> Sentence:
    """One of the plainest sentences: rules are trusted by it, for it was not written beside any."""
    if kind in ALARMING:
        return Sentence(text, name, COMPLAINT, fresh=True)
    return Sentence(text, NONE, name, NONE, fresh=True) if kind == "topics" else Sentence(text, NONE, COMPLAINT, name, fresh=True)


def digest(taught: Iterable[Sentence]) -> str:
    """Of all sentences and answers, for the model made from them."""
    lines = (f"{one.alarm}\t{one.topic}\t{one.condition}\t{one.also}\t{one.asked}\t{one.fresh}\t{one.text}" for one in taught)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def _folder(folder: Path, *, fresh: bool) -> Iterator[Sentence]:
    tables = {path.stem: yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader) for path in sorted(folder.glob("*.yaml"))}
    for alarm, texts in tables["alarms"].items():
        yield from (Sentence(text, alarm, COMPLAINT, fresh=fresh) for text in texts)
    yield from (Sentence(text, NONE, COMPLAINT, fresh=fresh) for text in tables["ordinary"])
    yield from (Sentence(text, NONE, fresh=fresh) for text in tables.get("calm", ()))
    for topic, texts in tables["topics"].items():
        condition = "" if topic in PERHAPS_OF_A_CONDITION else NONE
        yield from (Sentence(text, NONE if topic != "abuse" else "", topic, condition, fresh=fresh) for text in texts)
    for asked, texts in tables.get("questions", {}).items():
        yield from (Sentence(text, NONE, QUESTION, NONE, asked=asked, fresh=fresh) for text in texts)
    for conditions, texts in tables.get("complaints", {}).items():
        condition, _, also = conditions.partition(AND)
        yield from (Sentence(text, NONE, COMPLAINT, condition, also, fresh=fresh) for text in texts)


def _knowledge(words: Words) -> Iterator[Sentence]:
    sounds = words.alarm_rules.sounds if words.alarm_rules else {}
    for alarm, sound in sounds.items():
        yield from (Sentence(text, alarm, COMPLAINT) for text in sound.rings)
        yield from (Sentence(text, NONE) for text in sound.silent)
    for name, condition in words.conditions.items():
        yield from (Sentence(text, NONE, COMPLAINT, name) for text in condition.phrases)
    for name, complaint in words.lexicon.complaints.items() if words.lexicon else ():
        yield from (Sentence(text, NONE, COMPLAINT, name) for text in complaint.phrases)
    for asked, question in words.questions.items():
        yield from (Sentence(text, NONE, QUESTION, NONE, asked=asked) for text in (question.question, *question.phrases))
