"""The front door: with TELEGRAM_BOT_TOKEN a Telegram bot, without one a chat in this terminal."""

import os
import sys

from bot.wiring import main

if __name__ == "__main__":
    sys.exit(main(os.environ, sys.stdin, sys.stdout))
