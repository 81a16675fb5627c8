"""Where things lie on the mannequin: measured from landmarks, as WHO does, and written as data (see README.md)."""
