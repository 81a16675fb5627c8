"""A guide to acupressure that talks: safety first, honest evidence, one routine at a time."""
