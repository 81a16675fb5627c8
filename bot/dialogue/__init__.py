"""How the bot talks: a place and an event give a new place, replies and orders. No I/O, no clock, no language."""
