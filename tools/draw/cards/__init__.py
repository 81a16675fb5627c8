"""From a point's `draw:` data to a finished card."""
