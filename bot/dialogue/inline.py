"""Cards for words typed behind the bot's name in any chat: for a stranger, so the strictest screen, and without a seat."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.catalog.model import Words
from bot.catalog.model.lines import Line, Ref
from bot.dialogue.flows.numbers import alarm_words
from bot.dialogue.gate import most_urgent
from bot.dialogue.here import line
from bot.dialogue.values import Context
from bot.safety.screen import Looking, Offered, screen
from bot.understanding.meaning import HeardAlarm, Meaning

MOST_CARDS = 5
WHEN_EMPTY = ("stress", "insomnia", "headache", "neck-pain", "wellness")
"""What is offered before anything is typed."""


@dataclass(frozen=True, slots=True)
class Card:
    """`title` and `about` are seen in the list; `lines` are what is sent to the chat; `link` is the payload of a deep
    link into the private chat, where everything is asked and screened."""

    id: str
    title: Line
    about: Line
    lines: tuple[Line, ...]
    link: str


def cards(query: str, language: str, today: dt.date, ctx: Context) -> tuple[Card, ...]:
    """What fits the typed words. An alarm gives one card that says what to do, and nothing else."""
    spoken = language if language in ctx.understanding else "en"
    meaning = ctx.understanding[spoken].meaning(query) if query.strip() else None
    if meaning is None:
        return tuple(_complaint(c) for c in WHEN_EMPTY if c in ctx.knowledge.conditions)
    if meaning.alarms:
        return _alarm_of(meaning.alarms, spoken, ctx)
    if meaning.point is not None:
        return _points(meaning.point, today, ctx)
    return tuple(_complaint(c) for c in _complaints(meaning) if c in ctx.knowledge.conditions)


def _alarm_of(heard: tuple[HeardAlarm, ...], language: str, ctx: Context) -> tuple[Card, ...]:
    """The most urgent one. Words about abuse are for no chat in which somebody else may read."""
    known = [a for a in heard if a.id in ctx.knowledge.alarms]
    urgent = most_urgent(known, ctx.knowledge.alarms) if known else None
    return (_alarm(urgent, ctx.knowledge.words[language]),) if urgent and not ctx.knowledge.alarms[urgent.id].private else ()


def _complaints(meaning: Meaning) -> tuple[str, ...]:
    if meaning.decision == "sure":
        return meaning.wanted[:MOST_CARDS]
    return tuple(ranked.id for ranked in meaning.conditions[:MOST_CARDS]) if meaning.decision == "unsure" else ()


def _complaint(condition: str) -> Card:
    """About a complaint: what it is and when to see a doctor. Points only follow after the questions."""
    name, about = Ref("condition", condition, "name"), Ref("condition", condition, "description")
    lines = (line("inline.about", name=name, about=about), line("inline.doctor", when=Ref("condition", condition, "doctor")),
             line("inline.first_questions"), line("plan.disclaimer"))
    return Card(f"about_{condition}", line("inline.title", name=name), line("inline.said", about=about), lines, f"about_{condition}")


def _points(point: str, today: dt.date, ctx: Context) -> tuple[Card, ...]:
    if point not in ctx.knowledge.points:
        return ()
    verdict = screen(ctx.knowledge.points[point], Looking(None, today), ctx.knowledge)
    if not isinstance(verdict, Offered):
        return (Card(f"point_{point}", line("inline.ask_first"), line("screen.stranger"), (line("screen.stranger"), line("plan.disclaimer")),
                     f"point_{point}"),)
    title = line("inline.point", name=verdict.words("name"), code=verdict.code)
    lines = (title, line("point.where", text=verdict.words("where")), line("point.landmark", text=verdict.words("landmark")),
             line("point.caution", text=verdict.words("caution")), line("screen.light_stranger"), line("plan.disclaimer"))
    return (Card(f"point_{point}", title, line("inline.said", about=verdict.words("where")), lines, f"point_{point}"),)


def _alarm(alarm: HeardAlarm, words: Words) -> Card:
    title, do = (alarm_words(alarm.id, field, words, alarm.level) for field in ("title", "do"))
    lines = (line("inline.alarm", title=title), line("alarm.do", do=do, number=line("numbers.emergency_unknown")), line("alarm.no_points"))
    return Card(f"alarm_{alarm.id}", lines[0], line("inline.alarm_about"), lines, "")
