"""What a front answers from the journal, ready to be sent: words, a picture, files. Shared by the fronts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from babel.dates import format_skeleton

from bot import charts, report
from bot.catalog.model.lines import Line, Ref
from bot.catalog.texts import BOLD
from bot.conversation import JournalEntry, Wanted
from bot.dialogue.values import Context
from bot.report import Looked


@dataclass(frozen=True, slots=True)
class Told:
    """`words` in the person's language; `picture` a PNG or empty; `files` by name."""

    words: str
    picture: bytes = b""
    files: Mapping[str, bytes] = field(default_factory=dict)


def told(wanted: Wanted, entries: Sequence[JournalEntry], now: dt.datetime, ctx: Context) -> Told:
    """A chart with its words, or an export. It may take a second: not for the event loop."""
    looked = Looked(wanted.seat, now, ctx.knowledge)
    says = ctx.phrasebooks[wanted.seat.settings.language]
    if wanted.what == "export":
        day = now.date().isoformat()
        files = {
            f"acupressure-{day}.json": report.export_json(entries, looked).encode(),
            f"acupressure-{day}.csv": report.export_csv(entries, looked).encode("utf-8-sig"),
        }
        return Told(says.say(Line("progress.export")), files=files)
    words = "\n".join(says.say(line) for line in report.lines(entries, looked))
    courses = report.by_condition(report.ratings(entries, looked))
    if not courses or wanted.seat.settings.plain:
        return Told(words)
    return Told(words, charts.chart(courses, _words(tuple(courses), looked, ctx), dark=wanted.seat.settings.dark))


def _words(conditions: Sequence[str], looked: Looked, ctx: Context) -> charts.ChartWords:
    language = looked.seat.settings.language
    say = ctx.phrasebooks[language].say
    titles = {
        c: say(Line("button.plain", {"label": Ref("condition", c, "name")})).replace(BOLD, "") for c in conditions
    }
    known = ctx.knowledge.languages.get(language)
    locale = (known.locale if known is not None and known.locale else language).replace("-", "_")
    return charts.ChartWords(
        titles,
        say(Line("progress.chart_before")),
        say(Line("progress.chart_after")),
        say(Line("progress.chart_scale")),
        lambda day: format_skeleton("MMMd", day, locale=locale),
    )
