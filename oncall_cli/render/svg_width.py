"""How wide words are in a picture, at most: a picture is made without the fonts with which it will be read."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_NARROW, _WIDE = frozenset("iljtfrI.,'|!:; ()-"), frozenset("mwMW@%")


def width(said: str, size: int) -> float:
    """Return a width that no usual sans-serif passes."""
    return size * sum(map(_part, said))


def _part(character: str) -> float:
    if character in _NARROW:
        return 0.38
    if character in _WIDE:
        return 0.95
    if unicodedata.east_asian_width(character) in "WF":
        return 1.05
    if unicodedata.combining(character):
        return 0.0
    return 0.72 if character.isupper() else 0.61


def fitting(choices: Iterable[str], room: float, size: int, *, cut: bool = False) -> str:
    """Return the first of the choices that has room; else nothing, or what there is room for of the last one."""
    last = ""
    for last in choices:
        if width(last, size) <= room:
            return last
    if not cut:
        return ""
    while last and width(f"{last}…", size) > room:
        last = last[:-1]
    return f"{last}…"
