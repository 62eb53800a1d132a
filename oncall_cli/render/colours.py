"""The colours of calendars: each has a name in CSS, for some programs, and the same as ``#rrggbb``, for others."""

from __future__ import annotations

import hashlib
from typing import NamedTuple


class Colour(NamedTuple):
    """A colour by its name in CSS, and by its parts."""

    name: str
    rgb: str


# Far enough from each other, and from white and black, to be told apart in a list of calendars.
_COLOURS = (
    Colour("steelblue", "#4682b4"),
    Colour("seagreen", "#2e8b57"),
    Colour("chocolate", "#d2691e"),
    Colour("mediumorchid", "#ba55d3"),
    Colour("crimson", "#dc143c"),
    Colour("darkcyan", "#008b8b"),
    Colour("slateblue", "#6a5acd"),
    Colour("olivedrab", "#6b8e23"),
    Colour("palevioletred", "#db7093"),
    Colour("darkgoldenrod", "#b8860b"),
    Colour("cornflowerblue", "#6495ed"),
    Colour("sienna", "#a0522d"),
)
GAP = Colour("red", "#ff0000")


def colour_of(name: str) -> Colour:
    """Return the colour of what has this name: the same for ever, whoever joins or leaves."""
    return _COLOURS[hashlib.sha256(name.encode()).digest()[0] % len(_COLOURS)]
