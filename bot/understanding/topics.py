"""Messages that are not complaints: small talk, other diseases, medicines, animals, children, abuse."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from bot.catalog.model.lexicon import Topic
from bot.understanding.hear import OTHER, Hearing
from bot.understanding.meaning import HeardFacts
from bot.understanding.patterns import Match, Patterns, pattern
from bot.understanding.symptoms import Candidate

FIRM = ("abuse", "medication")
"""Topics that are answered even beside a complaint."""
SURELY = 9.5
OWN = 7.0
FAINT = 6.0
SURELY_ASKED = 0.9
GUESSED = 0.8
LITTLE = 6.5
"""Words as common as "the" and "of": of them alone nothing is said."""
LONG_NUMBER = 3
JUMBLE = re.compile(r"[a-z]\d[a-z]\d[a-z]|\d[a-z]\d[a-z]\d")
CERTAIN = 8.6
CHILD_UNTIL = 16
STRONG, CLEAR = 8.4, 7.5
"""Scores of a complaint from which it stands beside an insult, or beside a question."""
OURS = 0.97
"""How near a question is that is one of ours to the letter."""
ASKED = 0.62
"""Share of a question's weight that must be said."""


class Topics:
    """The topic of a message, given what it complains of."""

    def __init__(self, topics: Mapping[str, Topic], stem: Callable[[str], str], grade: Callable[[str], float]) -> None:
        self._grade = grade
        self._patterns = Patterns(
            [
                pattern(name, text, weight, stem)
                for name, topic in topics.items()
                for text, weight in topic.patterns.items()
            ]
        )

    def found(self, hearing: Hearing) -> list[Match]:
        return self._patterns.found(hearing)

    def topic(self, hearing: Hearing, best: Sequence[Candidate], facts: HeardFacts, asked: float) -> str | None:
        found = {match.target: match for match in sorted(self._patterns.found(hearing), key=lambda match: match.score)}
        complaint = best[0].matches[0].score if best and best[0].matches else 0.0
        mild = complaint < STRONG
        if is_ours(hearing, facts, asked) and complaint < CLEAR and not hearing.has("unsafe"):
            return "question"
        medicine, abuse, chat = found.get("medication"), found.get("abuse"), found.get("smalltalk")
        shown = {
            "abuse": abuse and (abuse.score > SURELY or mild),
            "animal": "animal" in found and _about_animal(found["animal"], best, facts),
            "medication": medicine
            and medicine.score > SURELY
            and (complaint < SURELY or hearing.has("asking"))
            and is_asked(hearing),
            "child": _about_child(best, facts) and ("child" in found or facts.age is not None),
            "other-disease": "other-disease" in found and _beats(found["other-disease"], best),
            "smalltalk": chat and ((chat.score > CERTAIN and mild) or (complaint < FAINT and not is_asked(hearing))),
            "off-topic": "off-topic" in found and complaint < (SURELY if hearing.has("order") else CERTAIN),
            "question": self._asks(hearing, complaint, asked),
            "gibberish": "gibberish" in found and complaint < FAINT,
        }
        named = next((name for name, there in shown.items() if there), None)
        if not named and self._unknown(hearing, complaint):
            return "gibberish"
        if named or complaint >= FAINT:
            return named
        return "off-topic" if is_asked(hearing) and not hearing.has("self-help") else None

    def _asks(self, hearing: Hearing, complaint: float, asked: float) -> bool:
        """One of our questions, or any question about pressing and about this guide."""
        if hearing.has("unsafe"):
            return False
        ours = hearing.has("about-this") or (hearing.has("press-word") and complaint < FAINT)
        if ours and is_asked(hearing) and complaint < STRONG:
            return True
        return asked >= (SURELY_ASKED if complaint >= CLEAR else ASKED)

    def _unknown(self, hearing: Hearing, complaint: float) -> bool:
        """Nothing known was said, or nearly every word had to be guessed and the guesses make no sense together."""
        tokens = hearing.reading.tokens
        if JUMBLE.search(hearing.reading.text) or (
            tokens and all(token.word.isdecimal() for token in tokens) and len(tokens[0].word) > LONG_NUMBER
        ):
            return True
        words = [token for token in tokens if not token.word[0].isdecimal()]
        if len(words) > 2 and all(self._grade(token.word) >= LITTLE for token in words):
            return True
        known = {place for one in hearing.said for place in range(one.first, one.last + 1)}
        guessed = sum(
            token.repaired or (place not in known and not self._grade(token.word)) for place, token in enumerate(tokens)
        )
        nonsense = len(words) > 1 and guessed / len(words) > GUESSED and complaint < CERTAIN + 1
        return bool(words) and ((not hearing.said and complaint < 1) or nonsense)


def is_ours(hearing: Hearing, facts: HeardFacts, asked: float) -> bool:
    """Whether it is one of our questions to the letter, and no answer that says for whom it is ("for my husband")."""
    return asked >= OURS and (not facts.for_other or is_asked(hearing))


def is_asked(hearing: Hearing) -> bool:
    """A question or an order, by its mark or its first words."""
    if "?" in hearing.reading.text:
        return True
    starts = {first for first, last in hearing.reading.clauses if first < last}
    return any(one.first in starts for name in ("asking", "order") for one in hearing.by_id.get(name, ()))


def _about_animal(match: Match, best: Sequence[Candidate], facts: HeardFacts) -> bool:
    """The animal is what is complained of: the writer complains of nothing in other words of the message."""
    if facts.for_other:
        return True
    return not any(
        one.score > STRONG and one.matches and not one.matches[0].state & OTHER and not one.places & match.places
        for one in best[:3]
    )


def _about_child(best: Sequence[Candidate], facts: HeardFacts) -> bool:
    """The complaint is a child's: nothing is complained of by the writer, and no adult's age is given."""
    if facts.age is not None and facts.age >= CHILD_UNTIL:
        return False
    own = any(one.matches and one.matches[0].score > OWN and not one.matches[0].state & OTHER for one in best[:3])
    return bool(facts.for_other) or (not own and any(one.matches and one.score > STRONG for one in best[:1]))


def _beats(match: Match, best: Sequence[Candidate]) -> bool:
    """No clear complaint stands beside the disease, in other words and another clause."""
    return not any(
        own.score >= CERTAIN and not own.places & match.places and not {*own.clauses} & {*match.clauses}
        for one in best[:3]
        for own in one.matches
    )
