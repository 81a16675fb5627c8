"""Rules about people's own words: enough of them, each in one place, none that rings an alarm or belongs elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.catalog.check.desk import Desk
from bot.catalog.problems import Problem, Severity
from bot.understanding.alarms import NOTHING_KNOWN, Known, alarms

LEAST_PHRASES = 15
PHRASED = ("conditions", "questions")


def few(desk: Desk) -> Iterator[Problem]:
    """The more different people are heard, the better."""
    for language, words in desk.knowledge.words.items():
        for id_, condition in words.conditions.items():
            if len(condition.phrases) < LEAST_PHRASES:
                message = f"{len(condition.phrases)} phrases; at least {LEAST_PHRASES} are needed"
                yield desk.sheet("conditions", id_, language).problem(message, ("phrases",), "warning")


def twice(desk: Desk) -> Iterator[Problem]:
    """A phrase means one thing."""
    for language in desk.knowledge.words:
        seen: dict[str, tuple[str, str]] = {}
        for kind, id_, place, phrase in _phrases(desk, language):
            plain = " ".join(phrase.casefold().split()).rstrip(".!?")
            first = seen.setdefault(plain, (kind, id_))
            if first != (kind, id_):
                message = f"'{phrase}' is a phrase of '{first[1]}' too"
                yield desk.sheet(kind, id_, language).problem(message, ("phrases", place))


def _phrases(desk: Desk, language: str) -> Iterator[tuple[str, str, int, str]]:
    for kind in PHRASED:
        for id_, words in getattr(desk.knowledge.words[language], kind).items():
            for place, phrase in enumerate(words.phrases):
                yield kind, id_, place, phrase


def ringing(desk: Desk) -> Iterator[Problem]:
    """Nobody who only names a complaint or asks a question should be told to call an ambulance."""
    for language in desk.ears:
        for kind, id_, place, phrase in _phrases(desk, language):
            rung = _rung(desk, language, phrase)
            if rung:
                message = f"'{phrase}' rings the alarm {', '.join(sorted(rung))}"
                yield desk.sheet(kind, id_, language).problem(message, ("phrases", place), _weight(rung.values()))


def closer_to_another(desk: Desk) -> Iterator[Problem]:
    """A phrase leads to its own condition or question."""
    for language in desk.ears:
        for kind, id_, place, phrase in _phrases(desk, language):
            heard = desk.meaning(language, phrase)
            best = heard.conditions[0].id if heard.conditions else "nothing"
            found = best if kind == "conditions" else heard.question or "no question"
            if found != id_:
                message = f"'{phrase}' is understood as {found}"
                yield desk.sheet(kind, id_, language).problem(message, ("phrases", place), "warning")


def alarm_examples(desk: Desk) -> Iterator[Problem]:
    """What `rings` rings, what is `silent` does not, and what rings for some does so for them."""
    for language in desk.ears:
        rules = desk.knowledge.words[language].alarm_rules
        for id_, sound in rules.sounds.items() if rules is not None else ():
            examples = [
                *((("rings", place), text, NOTHING_KNOWN) for place, text in enumerate(sound.rings)),
                *((("silent", place), text, NOTHING_KNOWN) for place, text in enumerate(sound.silent)),
                *((("knowing", tag, place), text, Known(frozenset({tag})))
                  for tag, texts in sound.knowing.items() for place, text in enumerate(texts)),
            ]
            for loc, text, known in examples:
                rung = _rung(desk, language, text, known)
                silent, rang = loc[0] == "silent", id_ in rung
                if rang == silent:
                    message = f"'{text}' {'rings' if rang else 'does not ring'}"
                    weight = _weight([rung[id_]]) if rang else "error"
                    yield desk.sheet("alarm_sounds", id_, language).problem(message, loc, weight)


def _rung(desk: Desk, language: str, text: str, known: Known = NOTHING_KNOWN) -> dict[str, bool]:
    """The alarms that ring, and whether each is sure."""
    return {alarm.id: alarm.sure for alarm in desk.meaning(language, text, known).alarms}


def _weight(sure: Iterable[bool]) -> Severity:
    """Where only a question would come first, the second ear wants teaching (`tools/learn`)."""
    return "error" if any(sure) else "warning"


def broken_alarm_rules(desk: Desk) -> Iterator[Problem]:
    """An alarm rule that cannot be read rings for nobody."""
    for language, words in desk.knowledge.words.items():
        if words.alarm_rules is None:
            continue
        try:
            alarms(words.alarm_rules)
        except ValueError as error:
            for line in str(error).splitlines():
                yield _alarm_problem(desk, language, line)


def _alarm_problem(desk: Desk, language: str, line: str) -> Problem:
    """The message names the file first: `alarms/cardiac: ...`."""
    place, _, message = line.partition(": ")
    sheet = desk.survey.sheets.get(f"lang/{language}/understanding/{place}.yaml")
    if sheet is not None:
        return sheet.problem(message)
    return Problem(f"{desk.survey.folder.name}/lang/{language}/understanding/alarms", 1, line)


def answers_twice(desk: Desk) -> Iterator[Problem]:
    """A short answer has one meaning: of two the later would hide the earlier. Forms of the same words are one: "do it", "did it"."""
    for language, words in desk.knowledge.words.items():
        seen: dict[str, str] = {}
        ear = desk.ears.get(language)
        for kind, many in words.lexicon.answers.items() if words.lexicon is not None else ():
            for place, text in enumerate(many):
                first = seen.setdefault(" ".join(text.casefold().split()), kind)
                heard = ear.meaning(text).answer if ear is not None and first == kind else None
                other = first if first != kind else heard or kind
                if other != kind:
                    yield desk.sheet("answers", kind, language).problem(f"'{text}' is an answer '{other}' too", (kind, place))
