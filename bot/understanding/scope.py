"""What is denied, impossible, or about somebody else: which words of a message bend which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from bot.catalog.model.lexicon import Scopes
from bot.understanding.words import Reading, Token

DENIED, UNABLE, OTHER = 1, 2, 4
"""Bits of the state of something said: "no cough", "cannot sleep", "my mum's cough"."""
Said = Sequence[tuple[frozenset[str], int, int]]
"""Concept ids, first token, last token."""
ADULT = 18
CHILD, GROWN, LONG_AGO = frozenset({"child-person"}), frozenset({"adult-person"}), frozenset({"long-ago"})
NEAR_START = 3
NAMED = ("adult-person", "child-person", "animal")
PEOPLE = (*NAMED, "other-person")
BENDING = ("denial", "double-denial", "inability", "fine-after", "nope")
"""Concepts that say something of what stands around them."""
CENTURIES = ("19", "20")
NOTHING: frozenset[str] = frozenset()


class Scope:
    """Which of the things said are denied, impossible, or about somebody else."""

    def __init__(self, scopes: Scopes, firm: AbstractSet[str] = frozenset()) -> None:
        """`firm`: concepts that only a "no" of their own denies."""
        self._firm = firm
        self._between = frozenset(scopes.between)
        self._reach = scopes.reach
        self._ties = frozenset((*scopes.between, *scopes.ties))
        self._closes = frozenset(scopes.closes)
        self._purpose = frozenset(scopes.purpose)
        self._me = frozenset(scopes.me)
        self._naming = frozenset(scopes.naming)
        self._given_to = frozenset(scopes.given_to)
        self._for_whom = frozenset(scopes.for_whom)
        self._a_person = frozenset(scopes.a_person)
        self._aged = frozenset(scopes.aged)
        self._in_year = frozenset(scopes.in_year)
        self._subjects = frozenset(scopes.subjects)
        self._goes_on = frozenset(scopes.goes_on)
        self._joins = frozenset(scopes.joins)
        self._role = frozenset(scopes.role)

    def states(self, said: Said, reading: Reading) -> list[int]:
        every = NOTHING.union(*[ids for ids, _, _ in said])
        states = [0] * len(said)
        if not every.isdisjoint(BENDING):
            self._bend(said, states, reading)
        if every.isdisjoint(PEOPLE):
            return states
        others = self._others(said, reading)
        owned = _owned(said, reading.tokens)
        return [
            state | (OTHER if reading.tokens[said[n][1]].clause in others or said[n][1] in owned else 0)
            for n, state in enumerate(states)
        ]

    def _bend(self, said: Said, states: list[int], reading: Reading) -> None:
        """What is denied or impossible."""
        clause_of = [token.clause for token in reading.tokens]
        whole = [one for one in said if not one[0].isdisjoint(("double-denial", "inability"))]
        covered = {place for _, first, last in whole for place in range(first, last + 1)}
        for ids, _, last in whole:
            if "inability" in ids:
                self._forward(said, states, reading, last, UNABLE)
        for ids, first, last in said:
            if "nope" in ids and last + 1 < len(clause_of) and reading.tokens[last + 1].word in self._subjects:
                continue  # an answer, as in "no I'm expecting"
            if "denial" in ids and last not in covered:
                hoped = reading.breaks[clause_of[last]] in self._purpose
                self._forward(said, states, reading, last, UNABLE if hoped else DENIED)
            elif "fine-after" in ids and first not in covered:
                _backward(said, states, clause_of, first)
        self._keep_firm(said, states, reading.tokens)
        for clause in _answered_no(said, reading):
            _deny(said, states, clause_of, clause)

    def _keep_firm(self, said: Said, states: list[int], tokens: Sequence[Token]) -> None:
        """What is firm stays said, unless a "no" stands right before it or before a list it belongs to."""
        noes = {last for ids, _, last in said if "denial" in ids}
        listed: set[int] = set()
        for number, (ids, first, last) in enumerate(said):
            if ids.isdisjoint(self._firm) or not states[number] & DENIED:
                continue
            place = first - 1
            while place >= 0 and place not in noes and (tokens[place].word in self._between or place in listed):
                place -= 1
            if place in noes:
                listed.update(range(first, last + 1))
            else:
                states[number] &= ~DENIED

    def more(self, reading: Reading) -> Iterator[tuple[frozenset[str], int, int]]:
        """Somebody named by age only ("my 6 year old"), and years ("in 1998")."""
        tokens = reading.tokens
        for place, token in enumerate(tokens):
            if not token.word.isdecimal():
                continue
            before = tokens[place - 1].stem if place else ""
            if len(token.word) == 4 and token.word[:2] in CENTURIES and before in self._in_year:
                yield LONG_AGO, place, place
            said = " ".join(one.stem for one in tokens[place + 1 : place + 3])
            if len(token.word) < 4 and said in self._aged:
                first = not place and tokens[1].raw[-1] != "s" and int(token.word) < ADULT
                own = before in self._a_person and (
                    (place < NEAR_START and self._speaks_of_me(tokens))
                    or (place >= NEAR_START and tokens[place - 3].word in self._subjects)
                    or (place > 1 and tokens[place - 2].word in self._role)
                )
                if (first or before in self._naming) and not own:
                    young = int(token.word) < ADULT or tokens[place + 1].stem != "year"
                    yield CHILD if young else GROWN, place, place + 2

    def _speaks_of_me(self, tokens: Sequence[Token]) -> bool:
        """As in "a 13 year old girl, school gives me headaches"."""
        return any(token.word in self._me for token in tokens)

    def speaks_of_another(self, said: Said, reading: Reading) -> bool:
        """Somebody is named at the start, and the writer never speaks of themselves: "son is four, cough"; or the points
        are asked for somebody else: "where do I press for her"."""
        if self._asked_for_another(said, reading.tokens):
            return True
        if not any(first < NEAR_START and not ids.isdisjoint(NAMED if first else PEOPLE) for ids, first, _ in said):
            return False
        if any("died-of" in ids for ids, _, _ in said):
            return False
        return not any("self" in ids and self._is_self(said, first, reading) for ids, first, _ in said)

    def _asked_for_another(self, said: Said, tokens: Sequence[Token]) -> bool:
        persons = {first for ids, first, _ in said if not ids.isdisjoint(PEOPLE)}
        return any(
            token.word in self._for_whom and tokens[place - 1].stem in self._given_to and {place + 1, place + 2} & persons
            for place, token in enumerate(tokens)
            if place
        )

    def _is_self(self, said: Said, place: int, reading: Reading) -> bool:
        """As in "I" and "my shoulder", not in "my son", which may be one expression ("my friend")."""
        token = reading.tokens[place]
        if token.word in self._me:
            return True
        end = reading.clauses[token.clause][1]
        return not any(place <= first <= min(place + 3, end - 1) and not ids.isdisjoint(NAMED) for ids, first, _ in said)

    def _others(self, said: Said, reading: Reading) -> set[int]:
        """Clauses whose subject is somebody else: a person is named, and nobody says "I" or "my" about themselves."""
        found: set[int] = set()
        clause_of = [token.clause for token in reading.tokens]
        selves = [place for ids, place, _ in said if "self" in ids]
        for ids, first, _ in said:
            if not ids.isdisjoint(PEOPLE):
                begin, end = reading.clauses[clause_of[first]]
                begin = _from_self(reading, clause_of[first], begin)
                own = [place for place in selves if begin <= place < end and self._is_self(said, place, reading)]
                subject = first <= begin + 2 and not ids.isdisjoint(NAMED)
                spoken = any(place < first or not subject or self._is_object(reading, place) for place in own)
                if not spoken or self._is_for(first, begin, reading.tokens):
                    found.add(clause_of[first])
        spoken_of = {clause_of[place] for place in selves}
        for clause, (begin, _end) in enumerate(reading.clauses) if found else ():
            goes_on = clause - 1 in found and reading.breaks[clause] in self._joins and clause not in spoken_of
            if goes_on and any(first == begin + 1 for _, first, _ in said) and reading.tokens[begin + 1].word in self._goes_on:
                found.add(clause)
        return found

    def _is_object(self, reading: Reading, place: int) -> bool:
        """As in "my boss exhausts me", where I am the one who suffers; in "anxious when I leave" somebody else does."""
        return reading.tokens[place].word not in self._subjects

    def _is_for(self, first: int, begin: int, tokens: Sequence[Token]) -> bool:
        """Somebody is to be pressed by the writer, as in "points on my 10 year old"."""
        before = tokens[max(begin, first - 2) : first]
        asked = any(token.stem in self._given_to for token in tokens[begin:first])
        return asked and any(token.stem in self._naming for token in before) and first > begin + 2

    def _forward(self, said: Said, states: list[int], reading: Reading, last: int, bit: int) -> None:
        tokens = reading.tokens
        clause = tokens[last].clause
        stop = self._stop([one for one in said if one[2] >= last and tokens[one[1]].clause == clause], last, tokens)
        for number, (_, first, _last) in enumerate(said):
            if last < first <= last + self._reach and first < stop and tokens[first].clause == clause:
                states[number] = states[number] or bit

    def _stop(self, said: Said, last: int, tokens: Sequence[Token]) -> int:
        """Where a "no" ends within its clause: at "only", or where a sentence of the writer's begins that no mark divides, as dictation
        writes it: "no fever | my knee hurts"."""
        for number, (ids, first, _) in enumerate(said):
            if first > last and ("only" in ids or ("self" in ids and self._begins_anew(said, number, last, tokens))):
                return first
        return len(tokens)

    def _begins_anew(self, said: Said, number: int, last: int, tokens: Sequence[Token]) -> bool:
        """Whether what is denied is at its end, and enough follows for a sentence: "my knee hurts", "I ache"."""
        first = said[number][1]
        before = tokens[first - 1].word
        if before in self._ties or first - 1 == last:
            return False
        ended = before in self._closes or any(end == first - 1 and begin >= last and _tells(ids) for ids, begin, end in said)
        follow = [ids for ids, begin, _ in said[number + 1 :] if begin > first and _tells(ids)]
        return ended and len(follow) > (tokens[first].word not in self._subjects)


def _tells(ids: AbstractSet[str]) -> bool:
    """Whether it is more than a word that only patterns know."""
    return any(name[0] != "=" and name != "filler" for name in ids)


def _from_self(reading: Reading, clause: int, begin: int) -> int:
    """Where a clause begins that a word divides from nothing but its subject: "I'm | so worn out"."""
    if clause and reading.breaks[clause][:1].isalpha():
        before, end = reading.clauses[clause - 1]
        if end - before == 1:
            return before
    return begin


def _backward(said: Said, states: list[int], clause_of: list[int], first: int) -> None:
    """As in "the knee is fine", unless it is not fine."""
    if any("denial" in ids and end < first and clause_of[end] == clause_of[first] for ids, _, end in said):
        return
    for number, (_, _begin, last) in enumerate(said):
        if first - 3 <= last < first and clause_of[last] == clause_of[first]:
            states[number] |= DENIED


def _answered_no(said: Said, reading: Reading) -> Iterator[int]:
    """Clauses that are questions the writer answers with no: "blood thinners? nope"."""
    nopes = {first for ids, first, _ in said if "nope" in ids}
    for clause, (begin, end) in enumerate(reading.clauses):
        if (
            clause
            and begin < end
            and reading.breaks[clause] == "?"
            and all(place in nopes for place in range(begin, end))
        ):
            yield clause - 1


def _deny(said: Said, states: list[int], clause_of: list[int], clause: int) -> None:
    for number, (_, first, _last) in enumerate(said):
        if clause_of[first] == clause:
            states[number] |= DENIED


def _owned(said: Said, tokens: Sequence[Token]) -> set[int]:
    """Places just after somebody's name in the genitive: "my husband's chemo"."""
    return {
        place
        for ids, _, last in said
        if not ids.isdisjoint(NAMED) and tokens[last].raw.endswith("'s")
        for place in (last + 1, last + 2)
    }


def in_words(state: int) -> str:
    """A state as those read it who add phrases."""
    names = [
        name for bit, name in ((1, "denied"), (2, "impossible"), (4, "another person"), (8, "past")) if state & bit
    ]
    return f" ({', '.join(names)})" if names else ""
