"""How fast messages may go out. Nobody publishes the limits for answers, so the pace is learnt: wide open at first,
halved when the server says that it is too fast, and slowly faster again. Bulk has a pace of its own (see `Outbox`).

All times are monotonic seconds.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

MOST_CHATS = 20_000
GROWS = 1.03
"""By this factor each second, back to the most."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Messages a second in all, at most and at least; and for a chat that was told to wait, for so many seconds."""

    most: float = 1000
    least: float = 20
    chat: float = 1
    wary: float = 60


class Pace:
    """Places in the queue are handed out in order; nobody is refused, only told how long to wait. One second's worth
    may go at once."""

    def __init__(self, limits: Limits = Limits()) -> None:
        self._limits = limits
        self._rate, self._learnt = limits.most, float("-inf")
        self._full = float("-inf")
        self._seen: tuple[float, int, int] = (float("-inf"), 0, 0)  # this second: its beginning, how many; the second before
        self._wary: OrderedDict[int, tuple[float, float]] = OrderedDict()  # chat -> until, next place

    def told(self, chat: int, now: float) -> None:
        """The server said: too fast. Several chats hear it at the same time; it counts once a second."""
        self._wary[chat] = now + self._limits.wary, now
        if len(self._wary) > MOST_CHATS:
            self._wary.popitem(last=False)
        if now - self._learnt >= 1:
            used = max(self._seen[1:])
            self._rate = max(min(self.rate(now), used) / 2, self._limits.least)
            self._learnt = now

    def rate(self, now: float) -> float:
        """Messages a second at present."""
        if self._rate >= self._limits.most:
            return self._limits.most
        grown: float = self._rate * GROWS ** max(now - self._learnt, 0)
        return min(grown, self._limits.most)

    def reserve(self, chat: int, now: float, *, urgent: bool = False) -> float:
        """Seconds to wait before a message to this chat; its place is taken. Urgent ones take their place without
        waiting for it."""
        self._count(now)
        self._full = max(self._full, now) + 1 / self.rate(now)
        wait = max(self._full - now - 1, self._for_chat(chat, now), 0.0)
        return 0.0 if urgent else wait

    def spare(self, chat: int, now: float) -> bool:
        """Whether something nobody waits for may go at once, and takes its place then: only while half of the room is
        free, and never to a chat that was told to wait."""
        if chat in self._wary and self._wary[chat][0] > now:
            return False
        return self._full - now < 1 / 2 and self.reserve(chat, now) == 0.0

    def _for_chat(self, chat: int, now: float) -> float:
        until, place = self._wary.get(chat, (now, now))
        if until <= now:
            self._wary.pop(chat, None)
            return 0.0
        self._wary[chat] = until, max(place, now) + 1 / self._limits.chat
        return max(place - now, 0.0)

    def _count(self, now: float) -> None:
        begun, here, before = self._seen
        if now - begun < 1:
            self._seen = begun, here + 1, before
        else:
            self._seen = now, 1, here if now - begun < 2 else 0
