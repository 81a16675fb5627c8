"""What the rules and the learned second ear make of a message together: its alarms, its topic, the order of its complaints."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Literal

from bot.understanding.learned import ALARM, CONDITION, NONE, TOPIC, Likely
from bot.understanding.meaning import HeardAlarm
from bot.understanding.symptoms import Candidate

DOUBT, DOUBT_SURE, DOUBT_CRISIS, DOUBT_FEW = 2.0, -2.0, -2.0, -2.7
"""How much a message must sound like danger (odds, as logarithms) for a rule that asks first to count, for one that is sure, for one of a
crisis (in a part of a message a crisis is as any other), and for any in very few words, which cannot tell much: below, it is taken for an
idiom. Set by hand where `python -m bench alarms` lost next to nothing."""
ASKS, ASKS_CRISIS, ASKS_CRISIS_BESIDE = 5.3, 0.5, 2.0
"""From where on an alarm that no rule rings asks its question, and one of a crisis does, beside a clear complaint or not; it is never as sure as a rule. See
`python -m tools.learn --measure` for what a limit finds and costs."""
NAMED_CRISIS = -1.2
"""How likely that crisis must be by name (a logarithm), where it sounds less like danger than any alarm must."""
PART = 6.0
"""A part of a message must sound like danger by so much more: it lacks what stands around it."""
NAMED_ALARM, PERHAPS = -0.4, -3.0
"""An alarm is named by the second ear when it is so likely (a logarithm), and may be meant when it is so likely."""
FEW, SHORT = 5, 3.0
"""So few words that no rule rings on are more often an answer: they must sound like danger by so much more."""
Look = Literal["whole", "clear", "part"]
Weight = Literal["crisis", "now", "later"]
"""A crisis of the mind or at home; an emergency; something for the same day."""
LEARNED, LEAST_LOG, FAR = 3.0, -10.0, 9.0
"""Points of score a condition gains by what the second ear makes of it, for each step (a factor e) above the least; one that no
pattern shows and that is by `FAR` less likely than the likeliest is not looked at."""
OWN = 6.0
"""Points from which patterns alone show a complaint; beside one of the writer's own, somebody else's gains nothing by the second ear."""
NAMED, QUESTION_BESIDE, CHILD_BESIDE, NAMED_BESIDE, COMPLAINS, COMPLAINS_GUESSED, OTHERWISE = -0.5, 0.0, 3.0, 4.0, 5.0, 10.0, 1.5
"""Odds (logarithms): above `NAMED` a topic the rules did not name is one; where a complaint is sure, a question above
`QUESTION_BESIDE`, a child above `CHILD_BESIDE`, any other above `NAMED_BESIDE`; above `COMPLAINS` it is a complaint after all (where nearly every word was
guessed, above `COMPLAINS_GUESSED`); above `OTHERWISE` another topic than the rules named."""
GIBBERISH, QUESTION, CHILD = "gibberish", "question", "child"
DEAF = 5.0
"""A complaint that a pattern shows clearly is at most so much less likely than the likeliest (a logarithm)."""
DISPUTED, EVEN, ALONE = 0.5, 1.0, 0.75
"""The confidence at most where the two disagree; scores of patterns so near are even; how sure the second ear must be where no
pattern speaks for it."""
SEEN = 3
"""So many conditions are shown where it is not sure which is meant."""
FIRM = frozenset({"abuse", "medication"})
"""Topics that stay once they are named."""


def alarms_of(
    rings: Sequence[HeardAlarm], likely: Likely, weight: Mapping[str, Weight], words: int, look: Look = "whole"
) -> tuple[HeardAlarm, ...]:
    """The alarms, the likeliest first: those of the rules, but for what is surely an idiom, and the one it sounds most like; where
    that can wait till later in the day, also the likeliest that cannot. `words`: how many were said; `look`: a "part" is only a
    part of a message; in a "clear" one a pattern shows a complaint clearly, beside which a crisis must sound a little more like one ("I think
    I hurt my knee"). What sounds more like another topic ("I lost my bank card, who do I ring") must sound like danger as any other."""
    part = look == "part"
    asks_crisis = ASKS_CRISIS_BESIDE if look == "clear" else ASKS_CRISIS
    danger = likely.danger() - (PART if part else 0.0)
    if not rings and words <= FEW:
        danger -= SHORT
    if not rings and danger <= min(ASKS, asks_crisis):
        return ()
    logs = likely.of(ALARM)
    kept = [ring for ring in rings if danger > _least(ring, weight, words, part=part)]
    nearest = likely.alarm() if danger > min(ASKS, asks_crisis) else ""
    if danger > ASKS or (weight.get(nearest) == "crisis" and danger > asks_crisis and likely.complaint() > 0 and logs[nearest] > NAMED_CRISIS):
        rung = {ring.id for ring in kept}
        named = logs[nearest] > NAMED_ALARM
        if (named or not kept) and nearest not in rung:
            kept.append(HeardAlarm(nearest, sure=False))
        if all(weight.get(one.id) == "later" for one in kept):
            urgent = max((name for name, one in weight.items() if one != "later" and name in logs), key=logs.__getitem__, default="")
            kept += [HeardAlarm(urgent, sure=False)] if urgent and logs[urgent] > PERHAPS else []
    return tuple(sorted(kept, key=lambda ring: -logs.get(ring.id, 0.0)))


def _least(ring: HeardAlarm, weight: Mapping[str, Weight], words: int, *, part: bool) -> float:
    if weight.get(ring.id) == "crisis" and not part:
        return DOUBT_CRISIS
    if words <= FEW:
        return DOUBT_FEW
    return DOUBT_SURE if ring.sure else DOUBT


def topic_of(named: str | None, likely: Likely, *, sure: bool) -> str | None:
    """The topic, given what the rules named and whether a complaint is sure."""
    odds = -likely.complaint()
    if named is None:
        best = likely.topic()
        least = NAMED if not sure else QUESTION_BESIDE if best == QUESTION else CHILD_BESIDE if best == CHILD else NAMED_BESIDE
        return best if odds > least else None
    if named in FIRM or not likely.knows(TOPIC, named):
        return named
    if named == GIBBERISH:
        return None if -odds > COMPLAINS_GUESSED else named
    if -odds > COMPLAINS:
        return None
    best = likely.topic()
    return best if likely.log(TOPIC, best) - likely.log(TOPIC, named) > OTHERWISE else named


def ranked(candidates: Sequence[Candidate], likely: Likely) -> list[Candidate]:
    """The conditions by both: what the patterns and phrases say, and what the second ear learnt. The best first."""
    own = any(one.score > OWN and not one.others for one in candidates)
    most = likely.most(CONDITION)
    found = [_with(one, LEAST_LOG if own and one.others else _heard(one, likely, most)) for one in candidates]
    known = {one.id for one in candidates}
    known.add(NONE)
    more = likely.above(CONDITION, max(LEAST_LOG, most - FAR))
    found += [Candidate(name, LEARNED * (log - LEAST_LOG), ()) for name, log in more if name not in known]
    found.sort(key=lambda one: (-one.score, one.id))
    return found if any(one.shown > OWN for one in found[:SEEN]) else _with_shown(found)


def with_first(name: str | None, found: list[Candidate]) -> list[Candidate]:
    """The same with this one before all others."""
    if name is None or (found and found[0].id == name):
        return found
    own = next((one for one in found if one.id == name), Candidate(name, 0.0, ()))
    best = found[0].score if found else OWN
    return [own._replace(score=best), *[one for one in found if one.id != name]]


def _with_shown(found: list[Candidate]) -> list[Candidate]:
    """What a pattern shows is among those that are seen, as the last of them, however unlikely the second ear finds it."""
    place = next((place for place, one in enumerate(found) if one.shown > OWN), None)
    if place is None:
        return found
    one, last = found[place], found[SEEN - 1]
    return [*found[: SEEN - 1], one._replace(score=max(one.score, last.score)), *found[SEEN - 1 : place], *found[place + 1 :]]


def _heard(one: Candidate, likely: Likely, most: float) -> float:
    """What the second ear says of it; where a pattern shows it clearly, never that it is out of the question."""
    log = likely.log(CONDITION, one.id, LEAST_LOG)
    return max(log, most - DEAF) if one.shown > OWN else log


def _with(one: Candidate, log: float) -> Candidate:
    return Candidate(one.id, one.score + LEARNED * max(log - LEAST_LOG, 0.0), one.matches)


def confidence(before: Sequence[Candidate], after: Sequence[Candidate], likely: Likely | None) -> float:
    """How sure the first condition is (0 to 1): its share of what is likely, "none" among it, and little where patterns and second
    ear disagree. `before`: by the patterns alone; `after`: by both."""
    if not after:
        return 0.0
    first, *others = after
    places, best = first.places, first.score
    rivals = [one.score for one in others if not one.matches or not places or not places.isdisjoint(one.places)]
    nothing = math.exp(likely.log(CONDITION, NONE, LEAST_LOG) - LEAST_LOG - best / LEARNED) if likely else 0.0
    share = 1 / (1 + nothing + sum([math.exp((score - best) / LEARNED) for score in rivals]))
    if not first.matches and share < ALONE:
        return share * DISPUTED
    return share if _agreed(first.id, before, likely) else min(share, DISPUTED)


def _agreed(name: str, before: Sequence[Candidate], likely: Likely | None) -> bool:
    score = max((one.score for one in before if one.id == name), default=0.0)
    by_patterns = score > OWN and score >= before[0].score - EVEN
    return by_patterns and (likely is None or likely.best(CONDITION) == name)


def told(likely: Likely) -> list[str]:
    """What the second ear made of a message, for whoever teaches it."""
    lines = [f"second ear: danger {likely.danger():+.1f} (asks from {ASKS:+.1f}), most like {likely.alarm()}"]
    for head in (TOPIC, CONDITION):
        logs = likely.of(head)
        best = sorted(logs, key=logs.__getitem__, reverse=True)[:3]
        lines.append(f"second ear: {head} {', '.join(f'{name} {math.exp(logs[name]):.2f}' for name in best)}")
    return lines
