"""What the rules and the learned second ear make of a message together: its alarms, its topic, the order of its complaints."""

from __future__ import annotations

import math
from collections.abc import Sequence
from heapq import nlargest

from bot.understanding.learned import ALARM, COMPLAINT, CONDITION, TOPIC, Likely
from bot.understanding.meaning import HeardAlarm
from bot.understanding.symptoms import Candidate

DOUBT, DOUBT_SURE, DOUBT_CRISIS, ASKS, SURE = 2.0, 0.0, -8.0, 3.5, 10.0
"""How much a message must sound like danger (odds, as logarithms) for a rule that rings to count, a sure rule, and one of a crisis;
from where on an alarm that no rule rings asks its question, and from where on it is as sure as a rule. Fitted on sentences that
were not learnt from: see `python -m tools.learn --measure`."""
NAMED_ALARM = -0.5
"""An alarm is named by the second ear when it is so likely (a logarithm)."""
LEARNED, LEAST_LOG = 2.0, -6.0
"""Points of score a condition gains by what the second ear makes of it, for each step (a factor e) above the least."""
MOST_LEARNED = 6
"""So many conditions are judged by the second ear alone."""
NAMED, NAMED_BESIDE, COMPLAINS, OTHERWISE = 0.5, 3.0, 4.0, 2.0
"""Odds (logarithms): above `NAMED` a topic the rules did not name is one (`NAMED_BESIDE` where a complaint is sure); above
`COMPLAINS` it is a complaint after all; above `OTHERWISE` another topic than the rules named."""
FIRM = frozenset({"abuse", "medication"})
"""Topics that stay once they are named."""


def alarms_of(rings: Sequence[HeardAlarm], likely: Likely, crises: frozenset[str]) -> tuple[HeardAlarm, ...]:
    """The alarms, the likeliest first: those of the rules, but for what is surely an idiom, and the one it sounds most like."""
    danger, logs = likely.danger(), likely.of(ALARM)
    kept = [ring for ring in rings if danger > (DOUBT_CRISIS if ring.id in crises else DOUBT_SURE if ring.sure else DOUBT)]
    nearest = likely.alarm()
    if danger > ASKS and (not kept or logs[nearest] > NAMED_ALARM) and nearest not in {ring.id for ring in kept}:
        kept.append(HeardAlarm(nearest, sure=danger > SURE and logs[nearest] > NAMED_ALARM))
    return tuple(sorted(kept, key=lambda ring: -logs.get(ring.id, 0.0)))


def topic_of(named: str | None, likely: Likely, *, sure: bool) -> str | None:
    """The topic, given what the rules named and whether a complaint is sure."""
    logs = likely.of(TOPIC)
    complaint = logs.pop(COMPLAINT)
    best = max(logs, key=logs.__getitem__)
    if named is None:
        return best if logs[best] - complaint > (NAMED_BESIDE if sure else NAMED) else None
    if named in FIRM or named not in logs:
        return named
    if complaint - max(logs.values()) > COMPLAINS:
        return None
    return best if logs[best] - logs[named] > OTHERWISE else named


def ranked(candidates: Sequence[Candidate], likely: Likely) -> list[Candidate]:
    """The conditions by both: what the patterns and phrases say, and what the second ear learnt. The best first."""
    logs = likely.of(CONDITION)
    found = [_with(one, logs.get(one.id, LEAST_LOG)) for one in candidates]
    known = {one.id for one in candidates}
    more = nlargest(MOST_LEARNED, ((log, name) for name, log in logs.items() if log > LEAST_LOG and name not in known))
    found += [Candidate(name, LEARNED * (log - LEAST_LOG), ()) for log, name in more]
    found.sort(key=lambda one: (-one.score, one.id))
    return found


def _with(one: Candidate, log: float) -> Candidate:
    return Candidate(one.id, one.score + LEARNED * max(log - LEAST_LOG, 0.0), one.matches)


def share(candidates: Sequence[Candidate]) -> float:
    """How much of what is likely the first has (0 to 1). What stands in other words of the message is another complaint, no
    rival."""
    first, *others = candidates
    rivals = [one for one in others if not one.places or not first.places or first.places & one.places]
    return 1 / (1 + sum(math.exp((one.score - first.score) / LEARNED) for one in rivals))


def told(likely: Likely) -> list[str]:
    """What the second ear made of a message, for whoever teaches it."""
    lines = [f"second ear: danger {likely.danger():+.1f} (asks from {ASKS:+.1f}), most like {likely.alarm()}"]
    for head in (TOPIC, CONDITION):
        logs = likely.of(head)
        best = sorted(logs, key=logs.__getitem__, reverse=True)[:3]
        lines.append(f"second ear: {head} {', '.join(f'{name} {math.exp(logs[name]):.2f}' for name in best)}")
    return lines
