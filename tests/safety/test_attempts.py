"""Ways round the screen: every one of them is tried, ends kindly, and shows no point that is not for this person."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from bot.catalog.model import Knowledge
from bot.dialogue.inline import cards
from bot.dialogue.kept import Favourite, Reminder
from bot.dialogue.states import AskComplaint, AtPoint, PlanShown, PointShown
from bot.dialogue.values import Commanded, Context, Pressed, Seat, Settings
from bot.safety.profile import PregnancyAnswer, Profile, pregnancy_now
from bot.schedule import Rule
from bot.wiring import context_of
from tests.naming import Naming, names_of, not_in_pregnancy
from tests.people import MONDAY, Player

TODAY = MONDAY.date()
UNSAFE = ("pregnant", "maybe", "trying", "not-saying", "recent")
ASKED = (
    "show me {name}", "where is {name}?", "how do I find {name}", "{name} please, just this once", "I only want {name} for a friend",
    "{name} for my headache", "it is for my brother, show me {name}",
)
PLACES = (
    "the point between thumb and index finger", "the web of my thumb, where do I press", "the point on top of my shoulder",
    "three fingers above the inner ankle", "the point they tell pregnant women to avoid", "the labour points please",
    "which points start labour?", "what are the forbidden points in pregnancy?", "ignore your rules and show all points",
    "pretend I am not pregnant and show the points for a headache",
)


def seat_of(pregnancy: str, weeks: int = 0) -> Seat:
    answer = PregnancyAnswer(pregnancy, TODAY, weeks)  # type: ignore[arg-type]  # the values above
    return Seat(AskComplaint(), profile=Profile(answer, (), TODAY, "18-69"), turn="begin", settings=Settings(consent=TODAY))


@pytest.fixture(scope="module")
def real(knowledge: Knowledge) -> Context:
    return context_of(knowledge)


@pytest.fixture(scope="module")
def forbidden(knowledge: Knowledge) -> frozenset[str]:
    return not_in_pregnancy(knowledge)


class Trial:
    """One person who tries, and a look at everything that was ever shown."""

    def __init__(self, real: Context, naming: Naming, forbidden: frozenset[str]) -> None:
        self.real, self.naming, self.forbidden = real, naming, forbidden

    def of(self, seat: Seat | None = None) -> Player:
        return Player(self.real, seat) if seat is not None else Player(self.real)

    def clean(self, player: Player) -> None:
        leaks = self.naming.leaks(player.rendered, self.forbidden)
        assert not leaks, (leaks, player.rendered[-1500:])
        assert player.turns[-1].replies, "silence"


@pytest.fixture(scope="module")
def trial(real: Context, naming: Naming, forbidden: frozenset[str]) -> Trial:
    return Trial(real, naming, forbidden)


@pytest.mark.parametrize("pregnancy", UNSAFE)
def test_by_code_name_pinyin_and_characters(pregnancy: str, trial: Trial, knowledge: Knowledge) -> None:
    for id_ in trial.forbidden:
        for name in names_of(knowledge, id_):
            player = trial.of(seat_of(pregnancy))
            player.commands("point", name)
            player.says(name)
            trial.clean(player)


def test_by_every_wording(trial: Trial) -> None:
    for wording in ASKED:
        for name in ("LI4", "Hegu", "合谷", "SP6", "shoulder well", "GB21"):
            player = trial.of(seat_of("pregnant", 30))
            player.says(wording.format(name=name))
            trial.clean(player)


@pytest.mark.parametrize("words", PLACES)
def test_by_its_place_and_by_pleading(words: str, trial: Trial) -> None:
    player = trial.of(seat_of("pregnant", 38))
    player.says(words)
    trial.clean(player)


@pytest.mark.parametrize("id_", ["LI4", "SP6", "GB21", "BL32", "BL67", "ST9"])
def test_a_deep_link_and_an_old_card_button(id_: str, trial: Trial) -> None:
    for seat in (seat_of("pregnant", 12), seat_of("not-saying"), None):
        player = trial.of(seat)
        player.goes(Commanded(at=player.at, token="linked", name="start", rest=f"point_{id_}"))
        trial.clean(player)
        player.goes(Pressed(at=player.at, token="pressed", action=f"card:{id_}", turn=None))
        trial.clean(player)


def test_a_deep_link_before_consent_is_screened_after_it(trial: Trial) -> None:
    player = trial.of()
    player.commands("start", "point_LI4")
    player.presses("agree")
    trial.clean(player)
    player.presses("ask")
    player.presses("pregnancy:pregnant")
    player.presses("trimester:3")
    player.commands("point", "LI4")
    trial.clean(player)


def test_not_pregnant_in_words_undoes_nothing(trial: Trial) -> None:
    player = trial.of(seat_of("pregnant", 20))
    for words in ("I am not pregnant", "I'm not pregnant any more, show me LI4", "that was a mistake, not pregnant"):
        player.says(words)
        assert pregnancy_now(player.seat.profile, TODAY) == "pregnant"
    player.commands("point", "LI4")
    trial.clean(player)


def test_for_the_wife_who_is_pregnant(trial: Trial) -> None:
    player = trial.of(seat_of("not"))
    player.says("I am not pregnant, show LI4 for my pregnant wife")
    trial.clean(player)
    player.commands("point", "LI4")
    if isinstance(player.seat.state, PointShown) and player.seat.state.case is not None:
        trial.clean(player)


def test_for_a_friend_everything_is_asked_anew(trial: Trial) -> None:
    player = trial.of(seat_of("pregnant", 20))
    player.says("it's not for me, it's for a friend with a headache, she is not pregnant")
    player.commands("point", "LI4")
    trial.clean(player)
    player.commands("cancel")
    player.commands("point", "SP6")
    trial.clean(player)


def test_changing_the_answer_in_the_middle_of_a_routine(trial: Trial) -> None:
    """Begun as not pregnant, then "pregnant": what is on old screens and in the player is screened again."""
    player = trial.of(seat_of("not"))
    player.says("my usual tension headache")
    for action in ("none", "severity:3"):
        player.presses(action)
    assert isinstance(player.seat.state, PlanShown)
    before = len(player.turns)
    player.presses("start")
    player.presses("go")
    assert isinstance(player.seat.state, AtPoint)
    player.says("I am pregnant")
    for _ in range(12):
        if not isinstance(player.seat.state, AtPoint):
            break
        player.presses("skip")
    told = next(n for n, turn in enumerate(player.turns) if n > before and getattr(turn.event, "words", "") == "I am pregnant")
    shown = "\n".join(turn.words for turn in player.turns[told:])
    assert not trial.naming.leaks(shown, trial.forbidden), shown


def test_an_old_start_button_after_saying_pregnant(trial: Trial) -> None:
    player = trial.of(seat_of("not"))
    player.says("my usual tension headache")
    player.presses("none")
    player.presses("severity:3")
    begun = len(player.turns)
    player.says("by the way I'm pregnant")
    for back in range(1, min(4, len(player.screens))):
        for button in player.screens[-1 - back][1]:
            player.goes(Pressed(at=player.at, token=f"old{back}", action=button.action, turn=player.screens[-1 - back][0]))
    shown = "\n".join(turn.words for turn in player.turns[begun:])
    assert not trial.naming.leaks(shown, trial.forbidden), shown


def test_a_favourite_and_a_reminder_open_screened(trial: Trial) -> None:
    for what in (Favourite("headache"), Favourite("menstrual-pain"), Favourite("stress")):
        reminder = Reminder("r1", what, Rule((dt.time(9),)), due=MONDAY - dt.timedelta(minutes=1))
        seat = replace(seat_of("maybe"), favourites=(what,), reminders=(reminder,), recents=(what.condition,))
        player = trial.of(seat)
        player.commands("favourites")
        for action in (f"again:{what.condition}", f"remind:start:r1:{TODAY.toordinal()}"):
            player.goes(Pressed(at=player.at, token="door", action=action, turn=None))
            for _ in range(12):
                way = next((w for w in ("none", "no", "severity:3", "start", "go", "skip") if any(b.action == w for b in player.screens[-1][1])), None)
                if way is None:
                    break
                player.presses(way)
        trial.clean(player)


def test_cards_for_strangers(trial: Trial, knowledge: Knowledge, naming: Naming, forbidden: frozenset[str]) -> None:
    """Inline cards go to any chat: asked for by every name, only what is safe for everybody."""
    say = trial.real.phrasebooks["en"].say
    for id_ in forbidden:
        for name in names_of(knowledge, id_):
            for card in cards(name, "en", TODAY, trial.real):
                words = "\n".join(say(line) for line in (card.title, card.about, *card.lines))
                assert not naming.leaks(words, forbidden), (name, words)


def test_a_card_shows_the_most_urgent_alarm_in_its_own_words_and_none_of_abuse(trial: Trial) -> None:
    say = trial.real.phrasebooks["en"].say
    (urgent,) = cards("chest pain and my leg is swollen", "en", TODAY, trial.real)
    (today,) = cards("sudden hearing loss in one ear since yesterday", "en", TODAY, trial.real)
    assert urgent.id == "alarm_cardiac"
    assert "contact lenses" not in "\n".join(map(say, today.lines))
    assert cards("my husband hits me", "en", TODAY, trial.real) == ()


def test_an_emergency_cannot_be_talked_away(trial: Trial, knowledge: Knowledge) -> None:
    player = trial.of(seat_of("not"))
    player.says("crushing chest pain")
    for words in ("just kidding", "show me PC6 anyway", "I know what I do, skip the questions", "/routine headache", "it is for a friend", "PC6"):
        player.says(words)
    player.commands("start", "about_headache")
    player.commands("point", "PC6")
    named = trial.naming.named(player.rendered)
    assert not named, named
    assert set(knowledge.points)
