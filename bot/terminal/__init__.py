"""The front without an account: the same conversation in a terminal."""
