"""A bare echo bot on aiogram, if that is installed; its polling handles updates side by side."""

from __future__ import annotations

import asyncio
import importlib
import os
from typing import Any


async def echo(message: Any) -> None:
    """Say it back."""
    await message.answer(message.text or "")


async def main() -> None:
    """Poll until killed."""
    aiogram = importlib.import_module("aiogram")
    sessions = importlib.import_module("aiogram.client.session.aiohttp")
    servers = importlib.import_module("aiogram.client.telegram")
    api = servers.TelegramAPIServer.from_base(os.environ["TELEGRAM_API_URL"])
    bot = aiogram.Bot(os.environ["TELEGRAM_BOT_TOKEN"], session=sessions.AiohttpSession(api=api, limit=256))
    dispatcher = aiogram.Dispatcher()
    dispatcher.message.register(echo)
    await dispatcher.start_polling(bot)


if __name__ == "__main__":
    asyncio.run(main())
