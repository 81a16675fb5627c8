"""Stories told in YAML (tests/transcripts/<language>/*.yaml), played against the real knowledge.

A story has `seat:` (who begins; left out: somebody new), `turns:`, `never:` (points that nothing may name) and one
turn is one thing a person does (`says`, `edits`, `press`, `press_old` with `back`, `press_again`, `command` with `rest`,
`shares`, `rings`, `waits`) and what must come of it:

    bot:      keys of lines in this order, others may stand between (references are kind:id:field)
    buttons:  keys of button labels that must be there, in any order
    not:      keys of lines or buttons that must not be there
    state:    the place afterwards
    case, guest, profile, seat: fields that must have these values
    shows:    points that must be named;  hides: points that must not be named in this turn
    noted:    keys said back as noted, exactly these
    effects:  names of effects that must be there;  timer: whether the player's timer runs
    silent:   nothing at all is said

`until: <place>` denies every red flag and question (severity 3) until that place is reached.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.dialogue.states import AskComplaint, Case
from bot.dialogue.values import Context, Seat, Settings
from bot.safety.profile import Known, PregnancyAnswer, Profile
from bot.saved import kind_of
from tests.naming import Naming, never_shown
from tests.people import MONDAY, Player, Turn, keys_of

STORIES = sorted((Path(__file__).parents[1] / "transcripts").glob("*/*.yaml"))
TODAY = MONDAY.date()
DONE = {"says", "edits", "press", "press_old", "back", "press_again", "command", "rest", "shares", "rings", "waits", "until"}
EXPECTED = {
    "bot", "buttons", "not", "state", "case", "guest", "profile", "seat", "shows", "hides", "noted", "effects", "timer", "silent",
}


def test_there_are_stories() -> None:
    assert len(STORIES) >= 30


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_story(path: Path, ctx: Context, naming: Naming) -> None:
    story = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - the safest loader: everything is text
    assert set(story) <= {"seat", "turns", "never"}, set(story)
    player = Player(ctx, seat_of(story["seat"])) if "seat" in story else Player(ctx)
    for number, told in enumerate(story["turns"], 1):
        assert set(told) <= DONE | EXPECTED, set(told) - DONE - EXPECTED
        turn = done(player, told)
        try:
            looked_at(player, turn, told, naming)
        except AssertionError as wrong:
            raise AssertionError(f"{path.name}, turn {number}: {wrong}\n\nstate: {player.seat.state}\n\n{turn.words if turn else ''}") from None
    forbidden = frozenset(story.get("never", ())) | never_shown(ctx.knowledge)
    assert not naming.leaks(player.rendered, forbidden)


def seat_of(told: Mapping[str, Any]) -> Seat:
    """Somebody known. `days_ago`: when the answers were given."""
    on = TODAY - dt.timedelta(days=int(told.get("days_ago", 0)))
    pregnancy = told.get("pregnancy")
    profile = Profile(
        pregnancy=PregnancyAnswer(pregnancy, on, int(told.get("weeks", 0)), int(told.get("trimester", 0))) if pregnancy else None,
        matters=tuple(Known(matter, on, side) for matter, side in told.get("matters", {}).items()),
        checked=on if told.get("checked", "true") == "true" else None,
        age=told.get("age", "18-69") or None,
    )
    return Seat(AskComplaint(), profile=profile, turn="begin", settings=Settings(consent=on, country=told.get("country", "")))


def done(player: Player, told: Mapping[str, Any]) -> Turn | None:
    if "waits" in told:
        player.waits(**{unit: float(much) for unit, much in told["waits"].items()})
        return None
    if "says" in told or "edits" in told:
        return player.says(told.get("says") or told["edits"], edited="edits" in told)
    ways: dict[str, Callable[[], Turn]] = {
        "press": lambda: player.presses(told["press"]),
        "press_old": lambda: player.presses_old(told["press_old"], int(told["back"])),
        "press_again": player.presses_again,
        "command": lambda: player.commands(told["command"], told.get("rest", "")),
        "shares": lambda: player.shares(told["shares"]),
        "rings": player.rings,
        "until": lambda: denied_until(player, told["until"]),
    }
    return ways[next(way for way in ways if way in told)]()


def denied_until(player: Player, place: str) -> Turn:
    for _ in range(12):
        if kind_of(type(player.seat.state)) == place:
            break
        actions = {button.action for button in player.screens[-1][1]}
        player.presses(next(action for action in ("none", "no", "severity:3") if action in actions))
    return player.turns[-1]


def looked_at(player: Player, turn: Turn | None, told: Mapping[str, Any], naming: Naming) -> None:
    state = player.seat.state
    if "state" in told:
        assert kind_of(type(state)) == told["state"], f"the place is {kind_of(type(state))}"
    if turn is not None:
        heard(turn, told, naming)
    if "noted" in told and turn is not None:
        assert noted_in(turn) == told["noted"], noted_in(turn)
    case = getattr(state, "case", None) or getattr(state, "before", None)
    for name, value in (("case", case), ("guest", case.guest if isinstance(case, Case) else None), ("profile", player.seat.profile), ("seat", player.seat)):
        if name in told:
            same(plain(value), told[name], name)
    if "timer" in told:
        assert ("player" in player.timers) == (told["timer"] == "true"), player.timers


def heard(turn: Turn, told: Mapping[str, Any], naming: Naming) -> None:
    if "silent" in told:
        assert not turn.replies, turn.keys
    else:
        assert turn.replies, "silence"
    rest = iter(turn.keys)
    for key in told.get("bot", ()):
        assert key in rest, f"{key} is not said (in this order) among {turn.keys}"
    for key in told.get("buttons", ()):
        assert key in turn.button_keys, f"no button {key} among {turn.button_keys}"
    for key in told.get("not", ()):
        assert key not in turn.keys, f"{key} is said"
        assert key not in turn.button_keys, f"{key} is a button"
    named = {min(owners) for owners in naming.named(turn.words)}
    assert set(told.get("shows", ())) <= named, f"only {sorted(named)} are shown"
    assert not naming.leaks(turn.words, frozenset(told.get("hides", ())))
    kinds = [type(effect).__name__ for effect in turn.effects]
    assert set(told.get("effects", ())) <= set(kinds), kinds


def noted_in(turn: Turn) -> list[str]:
    """What was said back as noted."""
    return [
        key
        for reply in turn.replies for line in reply.lines if line.key == "noted.all"
        for key in list(keys_of(line))[1:] if not key.startswith("age.")
    ]


def plain(value: Any) -> Any:
    """Dataclasses as mappings, everything else as the YAML file writes it."""
    if hasattr(value, "__dataclass_fields__"):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple | frozenset):
        return [plain(each) for each in (sorted(value) if isinstance(value, frozenset) else value)]
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def same(found: Any, wanted: Any, where: str) -> None:
    """Only what is named is compared. A list of names is compared with the names of what is there."""
    if isinstance(wanted, Mapping):
        assert isinstance(found, Mapping), f"{where} is {found!r}"
        for name, value in wanted.items():
            same(found[name], value, f"{where}.{name}")
        return
    if isinstance(wanted, list) and found and isinstance(found[0], Mapping):
        found = [each["matter"] for each in found]
    if isinstance(found, Mapping) and isinstance(wanted, str):
        found = found.get("value")
    assert found == wanted, f"{where} is {found!r}"
