"""The composition root: the only place where real things meet."""

from __future__ import annotations

import asyncio
import datetime as dt
import gc
import io
import logging
import threading
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, TextIO

from bot.asked import Asking
from bot.catalog.load import load
from bot.catalog.model import Knowledge, Words
from bot.catalog.problems import KnowledgeError, Problem
from bot.catalog.texts import Phrasebook
from bot.clock import Clock, SimulatedClock, SystemClock
from bot.conversation import Conversation, StoreDown
from bot.dialogue.values import Context
from bot.places import GeoNames
from bot.settings import Settings, SettingsError, settings_from
from bot.understanding.index import Understanding, understanding

if TYPE_CHECKING:
    from bot.terminal.chat import Chat

LOG = logging.getLogger(__name__)
CANNOT_START = 2
DAY = 86_400.0


class Spoken(Mapping[str, Understanding]):
    """The index of each language, built once, by `build` or when its first words are heard."""

    def __init__(self, words: Mapping[str, Words], knowledge: Knowledge) -> None:
        self._words, self._knowledge = words, knowledge
        self._built: dict[str, Understanding] = {}
        self._building = threading.Lock()

    def __getitem__(self, language: str) -> Understanding:
        """Raises KeyError for a language that is not understood, and KnowledgeError for one whose words cannot be put to use."""
        found = self._built.get(language)
        if found is None:
            with self._building:
                found = self._built.get(language) or put_to_use(self._words[language], self._knowledge)
                self._built[language] = found
        return found

    def __contains__(self, language: object) -> bool:
        return language in self._words  # asking whether is not hearing

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)

    def build(self) -> None:
        """All of them, now."""
        for language in self._words:
            self[language]


def put_to_use(words: Words, knowledge: Knowledge, folder: str = "knowledge") -> Understanding:
    """Raises KnowledgeError when these words cannot be, with the path inside `folder`."""
    try:
        return understanding(words, knowledge)
    except (KeyError, ValueError) as wrong:
        told = f"cannot be put to use: {type(wrong).__name__} {wrong}"
        raise KnowledgeError([Problem(f"{folder}/lang/{words.language}/understanding", 1, told)]) from wrong


def note_ears(knowledge: Knowledge) -> None:
    """By what each language is heard, in the log: a language that is not complete may lack the second ear."""
    for code, words in knowledge.words.items():
        if words.lexicon is not None:
            rules = len(words.alarm_rules.sounds) if words.alarm_rules is not None else 0
            LOG.info("hears language=%s alarms_with_rules=%d second_ear=%s", code, rules, "yes" if words.lexicon.learned else "no")


def context_of(knowledge: Knowledge) -> Context:
    """Everything a step may use, for every language whose words of understanding are there."""
    spoken = {code: words for code, words in knowledge.words.items() if words.lexicon is not None}
    return Context(
        knowledge,
        Spoken(spoken, knowledge),
        {code: Phrasebook(knowledge, code) for code in spoken},
        {code: Asking(words.times) for code, words in spoken.items() if words.times is not None},
    )


def main(environ: Mapping[str, str], lines: TextIO, out: TextIO) -> int:
    """Settings -> knowledge -> front. Gives the exit status."""
    if isinstance(out, io.TextIOWrapper):
        out.reconfigure(errors="replace")  # a terminal that has no sign for a letter shows a question mark
    gc.disable()  # what is read now stays for good: looking through it again and again costs a fifth of the start
    try:
        settings = settings_from(environ)
        knowledge = load(settings.knowledge)
        places = GeoNames({name: country.id for country in knowledge.countries.values() for name in (country.name, *country.also)})
        context = replace(context_of(knowledge), places=places)
        if settings.token is not None or not lines.isatty():
            _ready(context)
        gc.freeze()
        gc.enable()
        if settings.token is None:
            return asyncio.run(_terminal(settings, context, environ, lines, out))
    except (SettingsError, KnowledgeError) as wrong:
        print(*wrong.problems, sep="\n", file=out)
        return CANNOT_START
    return _telegram(settings, context, places, out)


def _ready(context: Context) -> None:
    """People's words are understood before anybody is served: a rule of an alarm that cannot be read must not wait for its emergency."""
    if isinstance(context.understanding, Spoken):
        context.understanding.build()


async def _terminal(settings: Settings, context: Context, environ: Mapping[str, str], lines: TextIO, out: TextIO) -> int:
    """A chat that forgets when it ends; its people are other people than Telegram's."""
    from bot.store.memory import MemoryDesk  # noqa: PLC0415 - each front loads only what it needs, to start at once
    from bot.terminal.chat import Chat, piped  # noqa: PLC0415
    from bot.terminal.inline_pictures import Inline, way_of  # noqa: PLC0415
    from bot.terminal.render import TerminalRender  # noqa: PLC0415
    from bot.terminal.tell import Teller  # noqa: PLC0415

    desk = MemoryDesk()
    at_keyboard = lines.isatty()
    clock: Clock = SystemClock() if at_keyboard else SimulatedClock(SystemClock().now())
    render = TerminalRender(context.phrasebooks, settings.knowledge / "images")
    teller = Teller(desk, context, clock, settings.data, out)
    chat = Chat(Conversation(desk, context, render, teller), desk, desk, clock, out)
    chat.after = teller.answer
    way = way_of(environ, out)
    chat.inline = Inline(way, settings.data / "sheets") if way is not None else None
    if isinstance(clock, SimulatedClock):
        await piped(chat, clock, lines, out)
    else:
        await _live(chat, clock, context)
    return 0


async def _live(chat: Chat, clock: Clock, context: Context) -> None:
    """The first screen does not wait until words are understood; raises KnowledgeError when they cannot be."""
    from bot.terminal.chat import live  # noqa: PLC0415

    talk, built = asyncio.create_task(live(chat, clock)), asyncio.create_task(asyncio.to_thread(_ready, context))
    done, _ = await asyncio.wait({talk, built}, return_when=asyncio.FIRST_EXCEPTION)
    talk.cancel()
    for task in done:
        task.result()


async def _tidied_daily(tidy: Callable[[dt.datetime], Awaitable[object]], clock: Clock) -> None:
    """What is older than the retention time goes, once a day, until the program ends. What fails today is tried tomorrow."""
    while True:
        try:
            await tidy(clock.now())
        except StoreDown:
            LOG.warning("not_tidied because=store_away")
        except Exception:  # nobody awaits this task: an error that ended it would let everything be kept for ever, unseen
            LOG.exception("not_tidied")
        await clock.sleep(DAY)


def _telegram(settings: Settings, context: Context, places: GeoNames, out: TextIO) -> int:
    """The Telegram bot, by long polling."""
    from bot.store.errors import StoreError  # noqa: PLC0415 - the terminal does without a database
    from bot.store.open_store import Store, away, open_store  # noqa: PLC0415
    from bot.telegram.app import run  # noqa: PLC0415

    clock = SystemClock()
    upkeep: set[asyncio.Task[None]] = set()

    async def opened() -> Store:
        note_ears(context.knowledge)  # only now is there a log
        store = await open_store(settings.database_url, settings.keys)
        await store.zones(clock.now())
        upkeep.add(asyncio.create_task(_tidied_daily(store.tidy, clock)))
        threading.Thread(target=places.load, daemon=True).start()  # beside the first timers and answers
        return store

    try:
        return asyncio.run(run(settings, context, opened(), clock))
    except StoreError as wrong:
        print(wrong, file=out)
    except StoreDown as down:
        print(away(settings.database_url, down), file=out)
    return CANNOT_START
