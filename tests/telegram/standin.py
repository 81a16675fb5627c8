"""A small Bot API server of our own, over real HTTP: people who talk and press, faults on order, a record of every call.

It knows what this bot uses of the Bot API and is strict about it: lengths, HTML, button data, edits, offsets.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import re
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web

TOKEN = "4242:stand-in-token"
BOT = {"id": 4242, "is_bot": True, "first_name": "Guide", "username": "guide_bot"}
CAPITAL = re.compile(r"(?=[A-Z])")
TAGS = re.compile(r"</?(\w+)[^>]*>")
ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&"))
Rows = list[list[dict[str, str]]]


class Refuse(Exception):  # noqa: N818 - what the server does
    """An error answer."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters

    def answer(self) -> web.Response:
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return web.json_response(body, status=self.code)


@dataclass
class Message:
    """A message of the bot as it stands now."""

    id: int
    chat: int
    text: str
    rows: Rows = field(default_factory=list)
    photo: str = ""
    edits: int = 0

    @property
    def labels(self) -> list[str]:
        return [button["text"] for row in self.rows for button in row]

    def data(self, label: str) -> str:
        """The data behind the first button whose label has this in it."""
        return next(b["callback_data"] for row in self.rows for b in row if label.lower() in b["text"].lower())


@dataclass(frozen=True)
class Call:
    """One call of the bot."""

    method: str
    params: dict[str, Any]
    at: float


class Standin:
    """The server. `latency`: seconds each call takes. `faults[method]`: what the next calls get instead of an answer."""

    def __init__(self, latency: float = 0.0) -> None:
        self.latency = latency
        self.calls: list[Call] = []
        self.chats: dict[int, list[Message]] = defaultdict(list)
        self.pending: list[dict[str, Any]] = []
        self.confirmed = 0
        self.faults: dict[str, deque[Refuse | Callable[[dict[str, Any]], Refuse | None]]] = defaultdict(deque)
        self.files: dict[str, bytes] = {}
        self.blocked: set[int] = set()
        self.answered: list[str] = []
        self.url = ""
        self._numbers, self._updates = itertools.count(1), itertools.count(1000)
        self._news = asyncio.Condition()
        self._runner: web.ServerRunner | None = None

    async def __aenter__(self) -> Self:
        self._runner = web.ServerRunner(web.Server(self._handle), shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    # ------------------------------------------------------------ people

    async def push(self, **update: Any) -> int:
        """An update as it is; gives its id."""
        number = next(self._updates)
        self.pending.append({"update_id": number, **update})
        await self._changed()
        return number

    async def say(self, user: int, text: str = "", **more: Any) -> int:
        return await self.push(message=self.incoming(user, text, **more))

    def incoming(self, user: int, text: str = "", **more: Any) -> dict[str, Any]:
        """A message of a person in their private chat."""
        message = {
            "message_id": next(self._numbers), "date": 1_700_000_000, "chat": {"id": user, "type": "private", "first_name": "Ann"},
            "from": person(user), **more,
        }
        return {**message, "text": text} if text else message

    async def press(self, user: int, label: str, message: Message | None = None) -> int:
        """Press the button whose label has this in it, on the newest message that has one."""
        message = message or next(m for m in reversed(self.chats[user]) if any(label.lower() in x.lower() for x in m.labels))
        query = {"id": f"q{next(self._numbers)}", "from": person(user), "chat_instance": "1", "data": message.data(label),
                 "message": {"message_id": message.id, "date": 1_700_000_000, "chat": {"id": user, "type": "private"}, "text": message.text}}
        return await self.push(callback_query=query)

    async def until(self, ready: Callable[[], Any], seconds: float = 5.0) -> Any:
        """Wait until this is true; its value."""
        async with asyncio.timeout(seconds):
            async with self._news:
                while not (value := ready()):
                    await self._news.wait()
                return value

    async def expect(self, user: int, pattern: str, seconds: float = 5.0) -> Message:
        """The newest message of the bot once it has this in it."""
        def newest() -> Message | None:
            found = [m for m in self.chats[user] if re.search(pattern, m.text)]
            return found[-1] if found else None

        message: Message = await self.until(newest, seconds)
        return message

    def sent(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    # ------------------------------------------------------------ HTTP

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        _, token, method = request.path.split("/", 2)
        if token != f"bot{TOKEN}":
            return Refuse(401, "Unauthorized").answer()
        params = await _params(request)
        self.calls.append(Call(method, params, asyncio.get_running_loop().time()))
        if self.latency and method != "getUpdates":
            await asyncio.sleep(self.latency)
        try:
            self._spoil(method, params)
            result = await getattr(self, "_" + CAPITAL.sub("_", method).lower())(params)
        except Refuse as refused:
            await self._changed()
            return refused.answer()
        await self._changed()
        return web.json_response({"ok": True, "result": result})

    def _spoil(self, method: str, params: dict[str, Any]) -> None:
        """The next fault for this method, if it applies to this call; faults that do not apply stay."""
        waiting = self.faults[method]
        for place, fault in enumerate(waiting):
            refused = fault if isinstance(fault, Refuse) else fault(params)
            if refused is not None:
                del waiting[place]
                raise refused

    async def _changed(self) -> None:
        async with self._news:
            self._news.notify_all()

    # ------------------------------------------------------------ methods

    async def _get_me(self, _: dict[str, Any]) -> Any:
        return BOT

    async def _delete_webhook(self, params: dict[str, Any]) -> Any:
        assert not params.get("drop_pending_updates")
        return True

    async def _set_my_commands(self, params: dict[str, Any]) -> Any:
        assert all(re.fullmatch(r"[a-z0-9_]{1,32}", c["command"]) and 1 <= len(c["description"]) <= 256 for c in params["commands"])
        return True

    async def _set_my_description(self, params: dict[str, Any]) -> Any:
        return len(params["description"]) <= 512

    async def _set_my_short_description(self, params: dict[str, Any]) -> Any:
        return len(params["short_description"]) <= 120

    async def _set_chat_menu_button(self, _: dict[str, Any]) -> Any:
        return True

    async def _get_updates(self, params: dict[str, Any]) -> Any:
        offset = int(params.get("offset") or 0)
        self.confirmed = max(self.confirmed, offset)
        self.pending = [u for u in self.pending if u["update_id"] >= self.confirmed]
        await self._changed()
        if not self.pending and int(params.get("timeout") or 0):
            try:
                await self.until(lambda: self.pending, min(float(params["timeout"]), 2.0))
            except TimeoutError:
                return []
        return self.pending[: int(params.get("limit") or 100)]

    async def _send_message(self, params: dict[str, Any]) -> Any:
        text = parsed(params["text"], params.get("parse_mode", ""), 4096)
        if not text:
            raise Refuse(400, "Bad Request: message text is empty")
        return self._shown(Message(next(self._numbers), int(params["chat_id"]), text, _rows(params)))

    async def _send_photo(self, params: dict[str, Any]) -> Any:
        caption = parsed(params.get("caption", ""), params.get("parse_mode", ""), 1024)
        photo = self._file(params["photo"])
        return self._shown(Message(next(self._numbers), int(params["chat_id"]), caption, _rows(params), photo))

    async def _send_media_group(self, params: dict[str, Any]) -> Any:
        if not 2 <= len(params["media"]) <= 10 or "reply_markup" in params:
            raise Refuse(400, "Bad Request: wrong album")
        photos = [self._file(_attached(each["media"], params)) for each in params["media"]]
        return [self._shown(Message(next(self._numbers), int(params["chat_id"]), "", photo=photo)) for photo in photos]

    async def _edit_message_text(self, params: dict[str, Any]) -> Any:
        message = self._found(params)
        if message.photo:
            raise Refuse(400, "Bad Request: there is no text in the message to edit")
        return self._changed_to(message, parsed(params["text"], params.get("parse_mode", ""), 4096), _rows(params), message.photo)

    async def _edit_message_caption(self, params: dict[str, Any]) -> Any:
        message = self._found(params)
        return self._changed_to(message, parsed(params.get("caption", ""), params.get("parse_mode", ""), 1024), _rows(params), message.photo)

    async def _edit_message_media(self, params: dict[str, Any]) -> Any:
        media = params["media"]
        photo = self._file(_attached(media["media"], params))
        caption = parsed(media.get("caption", ""), media.get("parse_mode", ""), 1024)
        return self._changed_to(self._found(params), caption, _rows(params), photo)

    async def _edit_message_reply_markup(self, params: dict[str, Any]) -> Any:
        message = self._found(params)
        return self._changed_to(message, message.text, _rows(params), message.photo)

    async def _answer_callback_query(self, params: dict[str, Any]) -> Any:
        if params["callback_query_id"] in self.answered:
            raise Refuse(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        self.answered.append(params["callback_query_id"])
        return True

    async def _answer_inline_query(self, params: dict[str, Any]) -> Any:
        self.answered.append(params["inline_query_id"])
        return True

    # ------------------------------------------------------------ what messages do

    def _shown(self, message: Message) -> Any:
        if message.chat in self.blocked:
            raise Refuse(403, "Forbidden: bot was blocked by the user")
        self.chats[message.chat].append(message)
        return public(message)

    def _found(self, params: dict[str, Any]) -> Message:
        for message in self.chats[int(params["chat_id"])]:
            if message.id == int(params["message_id"]):
                return message
        raise Refuse(400, "Bad Request: message to edit not found")

    def _changed_to(self, message: Message, text: str, rows: Rows, photo: str) -> Any:
        if (message.text, message.rows, message.photo) == (text, rows, photo):
            raise Refuse(400, "Bad Request: message is not modified: specified new message content is exactly the same")
        message.text, message.rows, message.photo = text, rows, photo
        message.edits += 1
        return public(message)

    def _file(self, given: str | bytes) -> str:
        """The id of an uploaded or known file."""
        if isinstance(given, str):
            if given not in self.files:
                raise Refuse(400, "Bad Request: wrong file identifier/HTTP URL specified")
            return given
        known = next((name for name, content in self.files.items() if content == given), f"file{len(self.files)}")
        self.files[known] = given
        return known


def _attached(given: str, params: dict[str, Any]) -> str | bytes:
    """What is uploaded beside, or an id."""
    uploaded: str | bytes = params[given.removeprefix("attach://")] if given.startswith("attach://") else given
    return uploaded


def person(user: int) -> dict[str, Any]:
    return {"id": user, "is_bot": False, "first_name": "Ann", "language_code": "en-GB"}


def public(message: Message) -> dict[str, Any]:
    whole: dict[str, Any] = {"message_id": message.id, "date": 1_700_000_000, "chat": {"id": message.chat, "type": "private"}, "from": BOT}
    if not message.photo:
        return {**whole, "text": message.text}
    size = {"file_id": message.photo, "file_unique_id": message.photo, "width": 1, "height": 1}
    return {**whole, "caption": message.text, "photo": [size]}


def parsed(text: str, mode: str, most: int) -> str:
    """Plain words, or a refusal as Telegram words it."""
    if mode == "HTML":
        text = _html(text)
    text = text.strip()
    if len(text.encode("utf-16-le")) // 2 > most:
        raise Refuse(400, "Bad Request: message is too long" if most > 1024 else "Bad Request: message caption is too long")
    return text


def _html(text: str) -> str:
    open_tags: list[str] = []
    for found in TAGS.finditer(text):
        if found[1] not in {"b", "i", "u", "s", "a", "code", "pre"}:
            raise Refuse(400, f'Bad Request: can\'t parse entities: Unsupported start tag "{found[1]}"')
        if not found[0].startswith("</"):
            open_tags.append(found[1])
        elif not open_tags or open_tags.pop() != found[1]:
            raise Refuse(400, "Bad Request: can't parse entities: Unexpected end tag")
    text = TAGS.sub("", text)
    if open_tags or "<" in text:
        raise Refuse(400, "Bad Request: can't parse entities: Can't find end tag")
    for entity, character in ENTITIES:
        text = text.replace(entity, character)
    return text


def _rows(params: dict[str, Any]) -> Rows:
    rows: Rows = params.get("reply_markup", {}).get("inline_keyboard", [])
    for button in (b for row in rows for b in row):
        if not button["text"].strip():
            raise Refuse(400, "Bad Request: can't parse inline keyboard button: Text buttons must have non-empty text")
        if not 1 <= len(button.get("callback_data", "url").encode()) <= 64:
            raise Refuse(400, "Bad Request: BUTTON_DATA_INVALID")
    return rows


async def _params(request: web.BaseRequest) -> dict[str, Any]:
    """JSON, or a form whose values are JSON where they can be."""
    if request.content_type == "application/json":
        whole: dict[str, Any] = json.loads(await request.read())
        return whole
    params: dict[str, Any] = {}
    if request.can_read_body:
        for name, value in (await request.post()).items():
            params[name] = value.file.read() if isinstance(value, web.FileField) else _json(name, str(value))
    return params


def _json(name: str, value: str) -> Any:
    return json.loads(value) if name in {"reply_markup", "media", "commands", "link_preview_options"} else value
