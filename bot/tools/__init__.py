"""Tools for those who edit the knowledge and the code: `python -m bot.tools`."""
