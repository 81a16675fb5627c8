"""How fast Telegram takes messages: so many a second in all, one a second for each chat, with small bursts."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

MOST_CHATS = 20_000


@dataclass(frozen=True, slots=True)
class Rate:
    """`per_second` in the long run, `burst` at once."""

    per_second: float
    burst: int


OVERALL, CHAT = Rate(28, 28), Rate(1, 8)


class Pace:
    """Places in the queue are handed out in order; nobody is refused, only told how long to wait."""

    def __init__(self, overall: Rate | None = OVERALL, chat: Rate | None = CHAT) -> None:
        self._overall, self._chat = overall, chat
        self._all = 0.0
        self._chats: OrderedDict[int, float] = OrderedDict()

    def reserve(self, chat: int, now: float, *, urgent: bool = False) -> float:
        """Seconds to wait before a message to this chat; its place is taken. `now` is monotonic. Urgent ones take their
        place without waiting for it."""
        wait = 0.0
        if self._chat is not None:
            wait, self._chats[chat] = _next(self._chats.get(chat, 0.0), now, self._chat)
            self._chats.move_to_end(chat)
            if len(self._chats) > MOST_CHATS:
                self._chats.popitem(last=False)
        if self._overall is not None:
            whole, self._all = _next(self._all, now, self._overall)
            wait = max(wait, whole)
        return 0.0 if urgent else wait


def _next(full: float, now: float, rate: Rate) -> tuple[float, float]:
    """The wait, and when the bucket that was full at `full` is full again (the generic cell rate algorithm)."""
    full = max(full, now) + 1 / rate.per_second
    return max(full - now - rate.burst / rate.per_second, 0.0), full
