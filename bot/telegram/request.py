"""HTTP under python-telegram-bot, on aiohttp, and a `Bot` that hands out raw updates.

The library's own client scans its whole pool for every request and gets slower the more people talk at once.
Nothing here puts an address into a message: it carries the token.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Sequence
from typing import Any, TypeAlias

import aiohttp
from telegram import Bot
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, RetryAfter, TimedOut
from telegram.request import BaseRequest, RequestData

Answer: TypeAlias = dict[str, Any]


class NotSent(NetworkError):  # noqa: N818 - what happened
    """There was no connection, so the request surely did not arrive."""


def seconds_to_wait(error: RetryAfter) -> float:
    """How long Telegram told us to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, dt.timedelta) else float(wait)


os.environ.setdefault("PTB_TIMEDELTA", "true")  # periods as timedelta, the way the library is going; it warns otherwise
JSON_TYPE = {"Content-Type": "application/json"}
READ, CONNECT, UPLOAD = 20.0, 10.0, 60.0
"""Seconds: between two pieces of an answer, for a connection, and for an answer to an upload."""
NOT_GIVEN: ODVInput[float] = BaseRequest.DEFAULT_NONE


class AiohttpRequest(BaseRequest):
    """Requests of one kind with their own pool of `connections`. `proxied`: heed HTTPS_PROXY and its like."""

    def __init__(self, connections: int = 256, *, proxied: bool = True) -> None:
        self._connections, self._proxied = connections, proxied
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer when the caller names none."""
        return READ

    async def initialize(self) -> None:
        """Open the pool; needs the running loop."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=75)
            self._session = aiohttp.ClientSession(
                connector=connector, trust_env=self._proxied, headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        """Close the pool."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(  # noqa: PLR0913, PLR0917  # the signature is the library's
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = NOT_GIVEN,
        write_timeout: ODVInput[float] = NOT_GIVEN,
        connect_timeout: ODVInput[float] = NOT_GIVEN,
        pool_timeout: ODVInput[float] = NOT_GIVEN,
    ) -> tuple[int, bytes]:
        """Status and body. Raises TimedOut and NetworkError only."""
        del write_timeout, pool_timeout  # aiohttp knows neither; reading covers the first, connecting the second
        if self._session is None:
            raise NetworkError("closed")
        default = UPLOAD if request_data is not None and request_data.contains_files else READ
        timeout = aiohttp.ClientTimeout(
            total=None, connect=_given(connect_timeout, CONNECT), sock_read=_given(read_timeout, default),
        )
        try:
            async with self._session.request(method, url, timeout=timeout, **_body(request_data)) as answer:
                return answer.status, await answer.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as away:
            raise NotSent(type(away).__name__) from None
        except TimeoutError as late:
            raise TimedOut(type(late).__name__) from None
        except (aiohttp.ClientError, OSError) as broken:
            raise NetworkError(type(broken).__name__) from None


def _given(value: ODVInput[float], default: float) -> float | None:
    return default if isinstance(value, DefaultValue) else value


def _body(data: RequestData | None) -> dict[str, Any]:
    """JSON, or a form when files go along."""
    if data is None:
        return {}
    if not data.contains_files:
        return {"data": json.dumps(data.parameters, ensure_ascii=False).encode(), "headers": JSON_TYPE}
    form = aiohttp.FormData()
    for name, text in data.json_parameters.items():
        form.add_field(name, text)
    for name, (filename, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return {"data": form}


class RawBot(Bot):
    """A `Bot` that also hands out what Telegram answers as it came: each update can be parsed alone."""

    async def raw_updates(self, offset: int | None, wait: int, allowed: Sequence[str]) -> list[dict[str, Any]]:
        """A batch of at most 100; waits up to `wait` seconds for the first. `offset` confirms everything below it."""
        asked = {"offset": offset, "timeout": wait, "allowed_updates": list(allowed), "limit": 100}
        batch: list[dict[str, Any]] = await self._post("getUpdates", asked, read_timeout=wait + 10)
        return batch

    async def call(self, method: str, data: dict[str, Any]) -> Answer:
        """Any method that answers with a message, as it came. The library's own way (types there and back) costs six
        times as much, and this is done for every message."""
        answer: Answer = await self._post(method, data)
        return answer

    async def album(self, data: dict[str, Any]) -> list[Answer]:
        """Several pictures sent as one: a message each, as they came."""
        answers: list[Answer] = await self._post("sendMediaGroup", data)
        return answers


def build_bot(token: str, root: str) -> RawBot:
    """A bot that talks to the Bot API server at `root` (without /bot)."""
    root = root.rstrip("/")
    proxied = root.startswith("https://")
    return RawBot(
        token, base_url=f"{root}/bot", base_file_url=f"{root}/file/bot", request=AiohttpRequest(400, proxied=proxied),
        get_updates_request=AiohttpRequest(2, proxied=proxied),
    )
