"""Conditions and a person become a plan: which points, which sides, how long, in which order. Pure."""
