"""What the bot knows, as frozen values. Nothing here reads files, knows a language or imports a library."""

from bot.catalog.model.alarm_rules import AlarmRules, AlarmSound, AlarmWordList
from bot.catalog.model.conditions import (
    Category,
    Condition,
    ConditionWords,
    Evidence,
    Grade,
    Lesson,
    LessonWords,
    Programme,
    ProgrammeWords,
    Question,
    QuestionWords,
    QuizChoice,
    Routine,
    RoutineStep,
    Source,
    Variant,
)
from bot.catalog.model.knowledge import Knowledge, Language, NeverSay, Text, Words
from bot.catalog.model.lexicon import (
    Beside,
    Complaint,
    Concept,
    Facts,
    Lexicon,
    People,
    Remarks,
    Scopes,
    Thresholds,
    Topic,
    Turns,
    Untold,
    Writing,
)
from bot.catalog.model.lines import Fact, Line, Ref, RefKind
from bot.catalog.model.points import Point, PointWords, Posture, Press, RefusedPoint, RefusedPointWords, Region
from bot.catalog.model.safety import (
    AgeGroup,
    Alarm,
    AlarmWords,
    Combination,
    CombinationWords,
    Country,
    Flag,
    FlagList,
    FlagListWords,
    FlagText,
    HelpLine,
    Level,
    Matter,
    MatterWords,
    Pregnancy,
    Rule,
    When,
    Zone,
)
from bot.catalog.model.times import TimeWords

__all__ = [
    "AgeGroup", "Alarm", "AlarmRules", "AlarmSound", "AlarmWordList", "AlarmWords", "Beside", "Category", "Combination",
    "CombinationWords", "Complaint", "Concept", "Condition", "ConditionWords", "Country", "Evidence", "Fact",
    "Facts", "Flag", "FlagList", "FlagListWords", "FlagText", "Grade", "HelpLine", "Knowledge", "Language",
    "Lesson", "LessonWords", "Level", "Lexicon", "Line", "Matter", "MatterWords", "NeverSay", "People", "Point",
    "PointWords", "Posture", "Pregnancy", "Press", "Programme", "ProgrammeWords", "Question", "QuestionWords", "QuizChoice", "Ref",
    "RefKind", "RefusedPoint", "RefusedPointWords", "Region", "Remarks", "Routine", "RoutineStep", "Rule", "Scopes",
    "Source", "Text", "Thresholds", "TimeWords", "Topic", "Turns", "Untold", "Variant", "When", "Words", "Writing", "Zone",
]
