"""/progress and /export in a terminal: words are printed, files are written into the data folder."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from bot.catalog.model.lines import Line
from bot.catalog.texts import BOLD
from bot.clock import Clock
from bot.conversation import Desk, Person, Wanted
from bot.dialogue.values import Context
from bot.told import Told, told


@dataclass(slots=True)
class Teller:
    """What was ordered while an event was taken is answered right after it."""

    desk: Desk
    context: Context
    clock: Clock
    folder: Path
    out: TextIO
    _waiting: list[tuple[Person, Wanted]] = field(default_factory=list)

    def __call__(self, person: Person, wanted: Wanted) -> None:
        """Remember it; `answer` does it."""
        self._waiting.append((person, wanted))

    async def answer(self) -> None:
        """Everything that was ordered."""
        while self._waiting:
            person, wanted = self._waiting.pop(0)
            try:
                self._print(await self._told(person, wanted), wanted)
            except Exception:  # noqa: BLE001 - whatever broke, the person gets a kind line and the chat goes on
                print(f"\n{self._say(wanted, Line('progress.failed'))}", file=self.out)

    async def _told(self, person: Person, wanted: Wanted) -> Told:
        entries = await self.desk.journal(person)
        return await asyncio.to_thread(told, wanted, entries, self.clock.now(), self.context)

    def _print(self, answer: Told, wanted: Wanted) -> None:
        print(f"\n{answer.words.replace(BOLD, '')}", file=self.out)
        picture = {f"progress-{self.clock.now().date().isoformat()}.png": answer.picture} if answer.picture else {}
        for name, content in {**picture, **answer.files}.items():
            self.folder.mkdir(parents=True, exist_ok=True)
            path = self.folder / name
            path.write_bytes(content)
            print(self._say(wanted, Line("progress.written", {"path": str(path)})), file=self.out)

    def _say(self, wanted: Wanted, line: Line) -> str:
        return self.context.phrasebooks[wanted.seat.settings.language].say(line)
