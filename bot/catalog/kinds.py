"""Which file of `knowledge/` holds what. One row per kind; a new kind of file is a new row here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from bot.catalog import model

Layout = Literal["file-per-id", "mapping", "single", "texts", "plain"]
"""file-per-id: the file's name is the id. mapping: `id: {fields}` in one file, or divided over the files of a folder.
single: the whole file is one value. texts: `key: sentence`, the file's name is the area. plain: text that is no YAML."""


@dataclass(frozen=True, slots=True)
class Kind:
    """`name` is the field of `Knowledge` (of `Words`, for words); `place` the folder, or the one file, that holds it."""

    name: str
    place: str
    shape: Any
    layout: Layout = "file-per-id"


FACTS = (
    Kind("languages", "languages.yaml", model.Language, "mapping"),
    Kind("sources", "sources.yaml", model.Source, "mapping"),
    Kind("points", "points", model.Point),
    Kind("refused", "safety/refused", model.RefusedPoint),
    Kind("conditions", "conditions", model.Condition),
    Kind("routines", "routines", model.Routine),
    Kind("zones", "safety/zones.yaml", model.Zone, "mapping"),
    Kind("matters", "safety/matters", model.Matter),
    Kind("flags", "safety/flags", model.FlagList),
    Kind("combinations", "safety/combinations", model.Combination),
    Kind("alarms", "safety/alarms", model.Alarm),
    Kind("countries", "safety/countries", model.Country),
    Kind("questions", "faq", model.Question),
    Kind("lessons", "lessons", model.Lesson),
    Kind("programmes", "programmes", model.Programme),
)
WORDS = (
    Kind("texts", "texts", None, "texts"),
    Kind("points", "points", model.PointWords),
    Kind("refused", "safety/refused", model.RefusedPointWords),
    Kind("conditions", "conditions", model.ConditionWords),
    Kind("matters", "safety/matters", model.MatterWords),
    Kind("flags", "safety/flags", model.FlagListWords),
    Kind("combinations", "safety/combinations", model.CombinationWords),
    Kind("alarms", "safety/alarms", model.AlarmWords),
    Kind("questions", "faq", model.QuestionWords),
    Kind("lessons", "lessons", model.LessonWords),
    Kind("programmes", "programmes", model.ProgrammeWords),
    Kind("never_say", "never-say.yaml", model.NeverSay, "single"),
    Kind("times", "understanding/times.yaml", model.TimeWords, "single"),
    Kind("alarm_sounds", "understanding/alarms", model.AlarmSound),
    Kind("alarm_words", "understanding/alarm-words", model.AlarmWordList),
    Kind("writing", "understanding/writing.yaml", model.Writing, "single"),
    Kind("concepts", "understanding/concepts", model.Concept, "mapping"),
    Kind("complaints", "understanding/conditions", model.Complaint, "mapping"),
    Kind("topics", "understanding/topics", model.Topic, "mapping"),
    Kind("facts", "understanding/facts.yaml", model.Facts, "single"),
    Kind("scopes", "understanding/scopes.yaml", model.Scopes, "single"),
    Kind("thresholds", "understanding/thresholds.yaml", model.Thresholds, "single"),
    Kind("answers", "understanding/answers.yaml", tuple[str, ...], "mapping"),
    Kind("remarks", "understanding/remarks.yaml", model.Remarks, "single"),
    Kind("people", "understanding/people.yaml", model.People, "single"),
    Kind("turns", "understanding/turns.yaml", model.Turns, "single"),
    Kind("untold", "understanding/untold.yaml", model.Untold, "single"),
    Kind("beside", "understanding/beside.yaml", model.Beside, "single"),
    Kind("common", "understanding/words.txt", str, "plain"),
    Kind("learned", "understanding/learned.txt", str, "plain"),
)
LEXICON = (
    "writing", "concepts", "complaints", "topics", "facts", "scopes", "thresholds", "answers", "remarks", "people", "turns",
    "untold", "beside", "common", "learned",
)
"""The kinds that become one `Lexicon`."""
SPARED = {
    "learned": "", "remarks": model.Remarks(), "people": model.People(), "turns": model.Turns(), "untold": model.Untold(), "beside": model.Beside(),
}
"""Those of them a language may do without, and what it has then."""
NEEDED_WHEN_COMPLETE = ("learned",)
"""Of these, what a language that is complete needs all the same: without its second ear
many emergencies ring nothing, and nobody would notice."""
ALARM_RULES = ("alarm_sounds", "alarm_words")
"""The kinds that become one `AlarmRules`."""
SPOKEN = frozenset(kind.name for kind in WORDS) & frozenset(kind.name for kind in FACTS)
"""The kinds with facts and words: each id has both."""


def kind_of(name: str, table: tuple[Kind, ...]) -> Kind | None:
    """The kind of the file with that relative name; None when nothing is read there."""
    return _places(table).get(name) or _places(table).get(name.rpartition("/")[0])


def named(name: str, language: str) -> Kind:
    """The kind of that name: facts without a language, words with one."""
    return next(kind for kind in (WORDS if language else FACTS) if kind.name == name)


def _places(table: tuple[Kind, ...]) -> dict[str, Kind]:
    return {kind.place: kind for kind in table}
