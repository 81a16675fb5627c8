"""The front for Telegram."""
