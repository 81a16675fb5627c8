"""A Bot API server that does nothing but hand out updates and count answers, fast enough to leave the rest to the bot.

Raw asyncio, just the HTTP that aiohttp and httpx send. Every call takes `latency` seconds.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from typing import Any

OFFSET = re.compile(rb'offset"?\s*[:=]\s*"?(\d+)')
LENGTH = re.compile(rb"content-length:\s*(\d+)", re.IGNORECASE)
BOT = {"id": 4242, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
BATCH = 100


class BotApi:
    """`put` updates, then wait for `answered` messages."""

    def __init__(self, latency: float) -> None:
        self.latency = latency
        self.url = ""
        self.polls = 0
        self._updates: list[tuple[int, bytes]] = []
        self._next = 1
        self._waiting: list[tuple[_Connection, int]] = []
        self._answers, self._wanted = 0, 0
        self._done: asyncio.Future[float] | None = None
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Listen on a free port of this machine."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Connection(self), "127.0.0.1", 0, backlog=1024)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        """Close; open connections go with the bot."""
        if self._server is not None:
            self._server.close()

    def put(self, users: range, each: int, text: str) -> asyncio.Future[float]:
        """So many messages of each user, all there at once. The future gives the moment of the last answer."""
        for _ in range(each):
            for user in users:
                self._updates.append((self._next, json.dumps(_update(self._next, user, text)).encode()))
                self._next += 1
        self._answers, self._wanted = 0, len(users) * each
        self._done = asyncio.get_running_loop().create_future()
        waiting, self._waiting = self._waiting, []
        for connection, offset in waiting:
            self.hand_out(connection, offset)
        return self._done

    def hand_out(self, connection: _Connection, offset: int) -> None:
        """A batch, or wait until there is one."""
        self._updates = [each for each in self._updates if each[0] >= offset]
        if not self._updates:
            self._waiting.append((connection, offset))
            return
        connection.answer(b"[" + b",".join(body for _, body in self._updates[:BATCH]) + b"]")

    def sent(self) -> None:
        """One message of the bot."""
        self._answers += 1
        if self._answers == self._wanted and self._done is not None:
            self._done.set_result(time.perf_counter())


class _Connection(asyncio.Protocol):
    """One connection, one request after the other."""

    def __init__(self, api: BotApi) -> None:
        self._api = api
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport if isinstance(transport, asyncio.Transport) else None

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, split, rest = self._buffer.partition(b"\r\n\r\n")
        if not split:
            return
        length = int(found[1]) if (found := LENGTH.search(head)) else 0
        if len(rest) >= length:
            self._buffer = rest[length:]
            method = head.split(b" ", 2)[1].rsplit(b"/", 1)[1].decode()
            asyncio.get_running_loop().call_later(self._api.latency, self._called, method, rest[:length])

    def _called(self, method: str, body: bytes) -> None:
        if method == "getUpdates":
            self._api.polls += 1
            found = OFFSET.search(body)
            self._api.hand_out(self, int(found[1]) if found else 0)
        elif method == "sendMessage":
            self._api.sent()
            self.answer(b'{"message_id":1,"date":1700000000,"chat":{"id":1,"type":"private"},"text":"x"}')
        else:
            self.answer(json.dumps(BOT if method == "getMe" else True).encode())

    def answer(self, result: bytes) -> None:
        body = b'{"ok":true,"result":' + result + b"}"
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(head.encode() + body)


def _update(number: int, user: int, text: str) -> dict[str, Any]:
    person = {"id": user, "is_bot": False, "first_name": "Ann", "language_code": "en"}
    message = {"message_id": number, "date": 1_700_000_000, "chat": {"id": user, "type": "private"}, "from": person, "text": text}
    return {"update_id": number, "message": message}
