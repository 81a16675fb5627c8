"""Numbers to call: the emergency number and lines of help, by country. A guessed country is only a labelled suggestion."""

from __future__ import annotations

from bot.catalog.model import AgeGroup, Words
from bot.catalog.model.lines import Line, Ref
from bot.dialogue.here import Here, line

COUNTRIES_A_PAGE = 8
GROWN = 18
MINORS: tuple[AgeGroup, ...] = ("under-2", "2-11", "12-15", "16-17")


def emergency_number(here: Here, country_id: str = "") -> Line:
    """The number to call: the person's own country, or how to say it when that is not known."""
    country = here.knowledge.countries.get(country_id or here.seat.settings.country)
    return line("numbers.emergency", number=country.emergency) if country else line("numbers.emergency_unknown")


def numbers(kinds: tuple[str, ...], here: Here, country_id: str = "", *, written: bool = False) -> tuple[Line, ...]:
    """Lines of help of these kinds: the chosen country's, or those of the one that is named here; a guessed one only as a
    labelled suggestion. `written`: only those that can be written to."""
    chosen, guessed = country_id or here.seat.settings.country, here.seat.settings.guessed
    country = here.knowledge.countries.get(chosen or guessed)
    anywhere = line("numbers.anywhere")
    if country is None:
        return (anywhere, line("numbers.emergency_unknown_full"))
    title = line("numbers.country" if chosen else "numbers.guessed", country=country.name, number=country.emergency)
    fitting = (each for each in country.lines if each.kind in kinds and (each.text or not written))
    listed = sorted(fitting, key=lambda each: kinds.index(each.kind))
    lines = tuple(line("numbers.line", name=each.name, number=each.number, open=each.open) for each in listed)
    return (title, *lines, anywhere)


def country_named(words: str, here: Here) -> str:
    """The country whose name these words are, with nothing beside it; "" for all others."""
    told = _plain(words)
    return next((c.id for c in here.knowledge.countries.values() if told in {_plain(name) for name in (c.name, *c.also)}), "")


def _plain(words: str) -> str:
    return " ".join(words.casefold().replace(".", "").split())


def young(here: Here, age: int | None = None) -> bool:
    """Whether the person is under age, by the profile or by what was just said."""
    return here.seat.profile.age in MINORS or (age is not None and age < GROWN)


def for_crisis(here: Here, age: int | None = None) -> tuple[Line, ...]:
    """Lines for thoughts of suicide; those for children come first for somebody under `age`."""
    if not young(here, age):
        return numbers(("suicide",), here)
    return (*for_young(here, said=age), *numbers(("child", "suicide"), here))


def to_write_to(here: Here) -> tuple[Line, ...]:
    """For who cannot call: where to write to, in the country and anywhere."""
    return numbers(("suicide",), here, written=True)


def for_young(here: Here, country_id: str = "", said: int | None = None) -> tuple[Line, ...]:
    """For somebody under age: that there are lines for young people too, where we know none of the country."""
    country = here.knowledge.countries.get(country_id or here.seat.settings.country or here.seat.settings.guessed)
    known = country is not None and any(each.kind == "child" for each in country.lines)
    return (line("numbers.young"),) if young(here, said) and not known else ()


def alarm_words(alarm: str, field: str, words: Words, level: str = "") -> Ref:
    """A field of an alarm's words; those for today where it rang for the same day and has such."""
    own = words.alarms.get(alarm)
    return Ref("alarm", alarm, f"today.{field}" if level == "same-day" and own is not None and own.today is not None else field)


def words_to_do(alarm: str, here: Here, country_id: str = "", *, level: str = "") -> tuple[Line, ...]:
    """What to do now and what not to, with the number to call."""
    number, do, not_do = emergency_number(here, country_id), *(alarm_words(alarm, field, here.words, level) for field in ("do", "not_do"))
    return (line("alarm.do", do=do, number=number), line("alarm.not_do", not_do=not_do, number=number))
