"""How it went, in words, in a picture and as files."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from dataclasses import replace

from PIL import Image

from bot.conversation import JournalEntry, Wanted
from bot.dialogue.kept import Course, Troubled
from bot.dialogue.values import Context, Seat
from bot.report import Looked, export_csv, export_json, lines
from bot.safety.profile import PregnancyAnswer, Profile
from bot.saved import new_seat
from bot.told import told

NOW = dt.datetime(2026, 12, 1, 20, tzinfo=dt.UTC)
NOT_PREGNANT = Profile(pregnancy=PregnancyAnswer("not", NOW.date()))


def rated(days_ago: int, hour: int, before: int | None, after: int, condition: str = "headache") -> JournalEntry:
    at = NOW.replace(hour=hour) - dt.timedelta(days=days_ago)
    return at, "rating", {"conditions": [condition], "before": before, "after": after, "variant": "standard"}


def seat(**changes: object) -> Seat:
    return replace(new_seat("en"), profile=NOT_PREGNANT, **changes)  # type: ignore[arg-type]


ENTRIES = [*(rated(day, 8, 6, 5) for day in (9, 8, 7)), *(rated(day, 19, 7, 3) for day in (4, 3, 2)), rated(1, 8, None, 2, "nausea")]


def say(ctx: Context, entries: list[JournalEntry], whose: Seat | None = None) -> str:
    looked = Looked(whose or seat(), NOW, ctx.knowledge)
    return "\n".join(ctx.phrasebooks["en"].say(line) for line in lines(entries, looked))


def test_the_twin_of_the_chart(ctx: Context) -> None:
    words = say(ctx, ENTRIES)
    assert "Headache: rated 6 times, on average 6.5 before and 4 after. It began at 6; lately it was 7 before." in words
    assert "rated once, 2 after" in words
    assert "You pressed on 7 days of the last 30." in words
    assert "4 days followed each other" in words
    assert "it eased most in the evening: by 4 points on average" in words


def test_nothing_yet_and_nothing_of_others(ctx: Context) -> None:
    somebody = [(at, kind, {**facts, "other": True}) for at, kind, facts in ENTRIES]
    assert "nothing to show yet" in say(ctx, [])
    assert "nothing to show yet" in say(ctx, somebody)


def helped(what: str, **point: str) -> JournalEntry:
    return NOW, "helped", {"conditions": ["headache"], "what": what, **point}


def test_what_helped_most_often_and_never_a_point_that_is_not_shown(ctx: Context) -> None:
    entries = [*ENTRIES, helped("point", point="LI4"), helped("point", point="LI4"), helped("rest"), helped("unsure")]
    assert "most often as helpful: Joining Valley (LI4) (2 of 3 times)" in say(ctx, entries)
    pregnant = replace(seat(), profile=Profile(pregnancy=PregnancyAnswer("pregnant", NOW.date(), 20)))
    assert "as helpful" not in say(ctx, entries, pregnant)
    course = Course("headache", "standard", NOW.date(), NOW.date(), helped="LI4")
    for whose, shown in ((seat(courses=(course,)), True), (replace(pregnant, courses=(course,)), False)):
        looked = Looked(whose, NOW, ctx.knowledge)
        assert ("LI4" in export_json(entries, looked)) is shown
        assert ("LI4" in export_csv(entries, looked)) is shown


def test_no_word_about_missed_days(ctx: Context) -> None:
    words = say(ctx, [rated(20, 8, 5, 5)])
    assert "one day of the last 30" in words
    assert "followed each other" not in words


def test_the_picture_light_and_dark(ctx: Context) -> None:
    shades = []
    for dark in (False, True):
        whose = seat()
        whose = replace(whose, settings=replace(whose.settings, dark=dark))
        picture = Image.open(io.BytesIO(told(Wanted("progress", whose), ENTRIES, NOW, ctx).picture))
        assert picture.width == 1080
        assert picture.height < 2 * picture.width
        shades.append(sum(picture.convert("L").getpixel((3, 3)) for _ in range(1)))  # type: ignore[misc]
    assert shades[0] > 240
    assert shades[1] < 40


def test_plain_mode_has_only_words(ctx: Context) -> None:
    whose = seat()
    answer = told(Wanted("progress", replace(whose, settings=replace(whose.settings, plain=True))), ENTRIES, NOW, ctx)
    assert answer.picture == b""
    assert answer.words


def test_the_export_is_whole(ctx: Context) -> None:
    looked = Looked(seat(), NOW, ctx.knowledge)
    whole = json.loads(export_json(ENTRIES, looked))
    assert len(whole["journal"]) == len(ENTRIES)
    assert whole["known"]["profile"]["pregnancy"]["value"] == "not"
    table = list(csv.DictReader(io.StringIO(export_csv(ENTRIES, looked))))
    assert [row["after"] for row in table] == ["5", "5", "5", "3", "3", "3", "2"]


def test_an_export_is_a_door_like_any_other(ctx: Context) -> None:
    """A point that is not for this person now does not stand in it, though it hurt there once."""
    trouble: list[JournalEntry] = [(NOW, "trouble", {"what": "hurts", "point": "LI4"})]
    troubled = (Troubled("LI4", "hurts", NOW.date()),)
    free = Looked(seat(troubled=troubled), NOW, ctx.knowledge)
    pregnant = replace(free, seat=replace(free.seat, profile=Profile(pregnancy=PregnancyAnswer("pregnant", NOW.date()))))
    assert "LI4" in export_json(trouble, free)
    assert "LI4" in export_csv(trouble, free)
    assert "LI4" not in export_json(trouble, pregnant)
    assert "LI4" not in export_csv(trouble, pregnant)


def test_a_rating_put_right_takes_the_place_of_the_one_before(ctx: Context) -> None:
    at, kind, facts = rated(0, 9, 6, 5)
    right = (at + dt.timedelta(minutes=1), kind, {**facts, "after": 2, "corrects": True})
    assert say(ctx, [*ENTRIES, (at, kind, facts), right]) == say(ctx, [*ENTRIES, (at, kind, {**facts, "after": 2})])
