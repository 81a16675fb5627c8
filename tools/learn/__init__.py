"""Teaches the second ear (`bot/understanding/learned.py`). Not needed to run the bot."""
