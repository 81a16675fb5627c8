"""People's words to meaning. Pure: no files, no clock, no language of its own."""
