"""Answers that were given before and still hold; the rest of the house does not know of this room."""
