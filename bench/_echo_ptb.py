"""A bare echo bot on stock python-telegram-bot: no state, nothing kept. The argument is `concurrent_updates`."""

from __future__ import annotations

import os
import sys
from typing import Any

from telegram import Update
from telegram.ext import Application, MessageHandler, filters


async def echo(update: Update, _: Any) -> None:
    """Say it back."""
    if update.message is not None:
        await update.message.reply_text(update.message.text or "")


def main() -> None:
    """Poll until killed."""
    root, at_once = os.environ["TELEGRAM_API_URL"], int(sys.argv[1])
    builder = Application.builder().token(os.environ["TELEGRAM_BOT_TOKEN"]).base_url(f"{root}/bot").concurrent_updates(at_once)
    app = builder.connection_pool_size(max(at_once, 1)).pool_timeout(60).build()
    app.add_handler(MessageHandler(filters.ALL, echo))
    app.run_polling(poll_interval=0.0)


if __name__ == "__main__":
    main()
